"""Turn Chinese, English and pinyin text into the tokens that both engines compare.

Han text has no spaces, so it is cut into overlapping pairs of characters and a word is looked for as a run of
such pairs. That finds exactly the texts that contain the word, without a dictionary that knows it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import opencc
import yaml
from pypinyin import Style, lazy_pinyin, pinyin_dict

VERSION = 1  # raise it when the same text gives other tokens, so that indexes are made anew

SYNONYMS = Path(__file__).with_name("synonyms.yaml")
SYNONYM_WEIGHT = 0.8
PINYIN_WEIGHT = 0.8
INITIALS_WEIGHT = 0.6
LONGEST_WORD = 4  # Chinese words have up to four characters; a longer run is a sentence without spaces
MAX_SPELLINGS = 4  # ways of cutting "xian" into syllables

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd〇"
# A number ends where its unit begins, so that 5000 finds 5000m2; a code that begins with letters stays whole.
RUN = re.compile(rf"(?P<han>[{HAN}]+)|\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)?|[^\W\d_{HAN}][^\W_{HAN}]*(?:\.\d+)?")
# A number of ours, such as offer-2026-0001, is one thing although its parts are words.
NUMBERED = re.compile(r"(?=[a-z_-]*\d)[a-z0-9]+(?:[-_][a-z0-9]+)+")
# What people say around what they look for. 的 separates words, but not in 目的地 and 的士.
FILLER = re.compile(
    "我们|我想|我要|想要|寻找|寻求|查找|找|需要|请问|请帮|帮我|哪里有|哪里|哪些|哪个|有没有|有哪些|什么|怎么|怎样|如何|可以|能不能"
    "|(?<!目)的(?!士)|了吗|吗|呢|吧"
)
_to_simplified = opencc.OpenCC("t2s")


def clean(text: str) -> str:
    """Fold full-width forms and drop what is invisible; the full-width tilde of "100～200" stays."""
    folded = "～".join(unicodedata.normalize("NFKC", part) for part in text.split("～"))
    return "".join(map(_visible, folded))


@lru_cache(maxsize=65536)
def _visible(character: str) -> str:
    if character in "\t\n\r":
        return character
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") else character


def simplified(text: str) -> str:
    """Write Traditional characters in their simplified form, and leave the rest alone."""
    return str(_to_simplified.convert(text))


def normalise(text: str) -> str:
    """Bring a text into the one form that is indexed and searched: NFKC, lower case, Simplified."""
    return simplified(clean(text).lower())


def runs(normalised: str) -> Iterator[tuple[str, bool]]:
    """Yield each unbroken piece of a normalised text, and whether it is Han."""
    for match in RUN.finditer(normalised):
        piece = match.group()
        yield (piece, True) if match.group("han") else (piece.replace(",", ""), False)


def pairs(run: str) -> tuple[str, ...]:
    """Cut a run of Han characters into overlapping pairs."""
    return tuple(map("".join, pairwise(run)))


def tokens(text: str) -> list[str]:
    """Return the tokens that a text is indexed by.

    The last character of a Han run is indexed alone as well, so that a single character is found as the
    beginning of a token wherever it stands.
    """
    found: list[str] = []
    for piece, is_han in runs(normalise(text)):
        found.extend((*pairs(piece), piece[-1]) if is_han else (piece,))
    return found


def characters(text: str, shortest: int = 1, longest: int = 2) -> list[str]:
    """Return Han n-grams from `shortest` to `longest`, and other words whole, for TF-IDF and BM25."""
    found: list[str] = []
    for piece, is_han in runs(normalise(text)):
        if not is_han:
            found.append(piece)
            continue
        for length in range(shortest, longest + 1):
            found.extend(piece[at : at + length] for at in range(len(piece) - length + 1))
    return found


def code(text: str) -> str:
    """Return the form that codes are compared in: letters and digits only."""
    return "".join(piece for piece, _ in runs(normalise(text)))


def pinyin(text: str) -> list[str]:
    """Return the syllables of all Han characters of a text, in order."""
    return [syllable for piece, is_han in runs(normalise(text)) if is_han for syllable in lazy_pinyin(piece)]


def initials(name: str) -> list[str]:
    """Return the initials of a name from each of its characters on, so that a prefix finds any part."""
    found: list[str] = []
    for piece, is_han in runs(normalise(name)):
        if is_han:
            letters = "".join(lazy_pinyin(piece, style=Style.FIRST_LETTER))
            found.extend(letters[at : at + 12] for at in range(len(letters) - 1))
    return found


@cache
def _syllables() -> frozenset[str]:
    common = (chr(point) for point in pinyin_dict.pinyin_dict if 0x4E00 <= point <= 0x9FFF)
    spoken = lazy_pinyin("".join(common))
    return frozenset(one for one in spoken if re.fullmatch("[a-z]*[aeiouv][a-z]*", one))


def spellings(word: str) -> list[tuple[str, ...]]:
    """Cut a word of Latin letters into pinyin syllables in every way there is, the fewest syllables first."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            if word[start:end] in _syllables():
                ways[end].extend((*before, word[start:end]) for before in ways[start][:MAX_SPELLINGS])
    return sorted(ways[-1], key=len)[:MAX_SPELLINGS]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow one another in a text."""

    text: str
    tokens: tuple[str, ...]
    found_by: str = "words"  # or "pinyin", "initials"
    weight: float = 1.0
    is_prefix: bool = False  # the last token is only the beginning of one


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that the visitor asked for: any of its phrases will do.

    A long run without spaces has `parts` instead, of which most must be found. `fallback` is what the word
    may have meant when it is found nowhere as it stands.
    """

    text: str
    phrases: tuple[Phrase, ...] = ()
    parts: tuple[Phrase, ...] = ()
    fallback: tuple[Phrase, ...] = ()


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Read the synonyms: each word with those that mean the same."""
    groups = [entry["words"] for entry in yaml.safe_load(SYNONYMS.read_text(encoding="utf-8"))["groups"]]
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        words = tuple(dict.fromkeys(" ".join(normalise(str(word)).split()) for word in group))
        for word in words:
            others = (*found.get(word, ()), *(other for other in words if other != word))
            found[word] = tuple(dict.fromkeys(others))
    return found


@cache
def _known_words() -> re.Pattern[str]:
    longest_first = sorted(synonyms(), key=len, reverse=True)
    return re.compile("|".join(word_pattern(word) for word in longest_first))


def word_pattern(normalised: str) -> str:
    """Return a pattern that finds a word in normalised text, a Latin one only where it stands alone."""
    pattern = r"[\W_]+".join(re.escape(part) for part in normalised.split())
    first, last = normalised[0], normalised[-1]
    before = "" if not first.isascii() else "(?<![a-z0-9])" if first.isdigit() else "(?<![a-z])"
    after = "" if not last.isascii() else "(?![0-9])" if last.isdigit() else "(?![a-z0-9])"
    return before + pattern + after


def parse(text: str) -> tuple[Unit, ...]:
    """Read what a visitor typed: words, known words inside longer runs, sentences without spaces, pinyin."""
    normalised = normalise(text)
    asked = FILLER.sub(" ", normalised)
    if not RUN.search(asked):
        asked = normalised
    found: list[Unit] = []
    at = 0
    for match in _known_words().finditer(asked):
        found.extend((*_plain(asked[at : match.start()]), _known(" ".join(match.group().split()))))
        at = match.end()
    found.extend(_plain(asked[at:]))
    # What cutting leaves over, as 有 of 有污水 and 亩 of 50亩, says nothing; what was typed alone is meant.
    alone = set(asked.split())
    meant = [unit for unit in found if not _is_single(unit.text) or unit.text in alone]
    return tuple({unit.text: unit for unit in meant or found}.values())


def _is_single(word: str) -> bool:
    return len(word) == 1 and not word.isascii()


def _known(word: str) -> Unit:
    # A text with 标准厂房 has 厂房 in it, so the longer word need not be looked for beside the shorter.
    alike = [word, *synonyms().get(word, ())]
    others = (one for one in alike[1:] if not any(part != one and part in one for part in alike))
    return Unit(word, (phrase(word), *(phrase(one, SYNONYM_WEIGHT) for one in others)))


def _plain(text: str) -> Iterator[Unit]:
    at = 0
    for match in NUMBERED.finditer(text):
        yield from _separate(text[at : match.start()])
        at = match.end()
        word = re.sub("[-_]", " ", match.group())
        yield Unit(word, (phrase(word),))
    yield from _separate(text[at:])


def _separate(text: str) -> Iterator[Unit]:
    for piece, is_han in runs(text):
        if not is_han:
            yield _latin(piece)
        elif len(piece) > LONGEST_WORD:
            yield Unit(piece, parts=tuple(Phrase(pair, (pair,)) for pair in dict.fromkeys(pairs(piece))))
        else:
            yield Unit(piece, (phrase(piece),))


def _latin(word: str) -> Unit:
    if not (word.isascii() and word.isalpha() and len(word) > 1):
        return Unit(word, (phrase(word),))
    spelled = [Phrase(word, way, "pinyin", PINYIN_WEIGHT) for way in spellings(word)]
    # One syllable is an English word as often as not, so it counts as pinyin only when no text has that word.
    several = (way for way in spelled if len(way.tokens) > 1)
    one = (way for way in spelled if len(way.tokens) == 1)
    letters = Phrase(word, (word,), "initials", INITIALS_WEIGHT, is_prefix=True)
    return Unit(word, (phrase(word), *several), fallback=(*one, letters))


def phrase(word: str, weight: float = 1.0) -> Phrase:
    """Return the tokens that a normalised word is indexed by, as a phrase."""
    sequence: list[str] = []
    is_prefix = False
    for piece, is_han in runs(word):
        is_prefix = is_han and len(piece) == 1
        sequence.extend(pairs(piece) if is_han and not is_prefix else (piece,))
    return Phrase(word, tuple(sequence), weight=weight, is_prefix=is_prefix)
