"""Passwords: how they are kept, compared, and judged."""

import threading
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pypinyin import lazy_pinyin
from zxcvbn import zxcvbn

from models.vocabulary import N_

LENGTH = 10
LONGEST = 128
STRENGTH = 3
# zxcvbn reads no further; a longer password is judged by its beginning.
JUDGED = 72
# What anybody would guess first about an account of this portal.
COMMON_WORDS = ("hunan", "xiang", "changsha", "guangdong", "dawanqu", "furong", "gba", "portal", "duijie")

# 19 MiB, two passes: as hard to attack as the library's 64 MiB, at a third of the memory of each sign-in.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# A burst of sign-ins waits here instead of taking 19 MiB each at once.
_slots = threading.BoundedSemaphore(4)


class WeakPassword(ValueError):
    """A password that is too short or too easy to guess; its text is a translatable sentence."""


def hash_password(password: str) -> str:
    """Return what the database keeps of a password."""
    with _slots:
        return _hasher.hash(_same_spelling(password))


# Compared with when the account is unknown, so that an answer takes as long and tells nothing.
_NOBODY = _hasher.hash("nobody has this password")


def fits(password_hash: str | None, password: str) -> bool:
    """Say whether the password is the one that was kept; None is an account that does not exist."""
    with _slots:
        try:
            _hasher.verify(password_hash or _NOBODY, _same_spelling(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Say whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)


def judge(password: str, words: Iterable[str | None] = ()) -> None:
    """Accept a password, or raise `WeakPassword`; `words` are the names that a guesser would try."""
    if len(password) < LENGTH:
        raise WeakPassword(N_("密码至少 10 个字符"))
    if len(password) > LONGEST:
        raise WeakPassword(N_("密码最多 128 个字符"))
    judged = _same_spelling(password)[:JUDGED]
    if zxcvbn(judged, user_inputs=[*COMMON_WORDS, *_guesses(words)])["score"] < STRENGTH:
        raise WeakPassword(N_("这个密码容易被猜到。用几个不相干的词连起来，不用单位名、姓名和邮箱"))


def _guesses(words: Iterable[str | None]) -> list[str]:
    spellings = [word.lower() for word in words if word]
    parts = [part for word in spellings for part in word.replace("@", " ").replace(".", " ").split()]
    return [*spellings, *parts, *(latin for word in spellings for latin in _in_latin(word))]


def _in_latin(word: str) -> list[str]:
    """Spell a Chinese name as its owner would type it into a password: its beginnings and its ends."""
    if word.isascii():
        return []
    syllables = lazy_pinyin(word)
    return ["".join(part) for at in range(1, len(syllables) + 1) for part in (syllables[:at], syllables[-at:])]


def _same_spelling(password: str) -> str:
    # A full-width letter typed on one device must fit the half-width one of another.
    return unicodedata.normalize("NFKC", password)
