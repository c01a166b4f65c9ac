"""Clauses of a text, and the one form in which they are read and remembered."""

import hashlib
import re
import unicodedata

import opencc

_to_simplified = opencc.OpenCC("t2s")
# A clause ends at 。 or ；, and in English at a stop before a space; at no comma, since conditions stand beside it.
_END = re.compile(r"(?<=[。；;！!？?\n])|(?<=[a-z)%]\.)\s")
_HAN = re.compile(r"[\u3400-\u9fff]")


def clauses(text: str) -> list[str]:
    """Cut a text into the clauses that are judged one by one, as they were written."""
    return [piece.strip() for piece in _END.split(text) if piece.strip(" \n\t。；;!！?？.")]


def fold(clause: str) -> str:
    """Bring a clause into the form that the rules are written in: Simplified, half-width, lower case, single spaces."""
    folded = str(_to_simplified.convert(unicodedata.normalize("NFKC", clause).lower()))
    folded = re.sub(r"\s+", " ", folded)
    # "80 % 给予", "80%给予": the space beside Han tells nothing.
    return re.sub(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])", "", folded).strip()


def is_latin(clause: str) -> bool:
    """Say whether a clause is written in letters, where the same words take four times the characters."""
    return len(_HAN.findall(clause)) * 5 < len(clause)


def key_of(clause: str) -> str:
    """Return the fingerprint of a clause: other spaces, widths, characters or closing marks leave it as it is."""
    bare = re.sub(r"[\s,、。;:.!?\"'“”‘’()]+", "", fold(clause))
    return hashlib.sha256(bare.encode()).hexdigest()
