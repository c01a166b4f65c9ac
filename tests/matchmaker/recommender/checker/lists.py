"""How a need meets a row of a list: by what it names, or by its industry."""

import datetime as dt
import unicodedata

from .says import Facts, acts, holds

FROM_HIGHEST = ("fails", "unknown", "passes")


def rows_of(world: Facts, rule: str, day: dt.date) -> list[Facts]:
    """Return the rows of a rule's list that are in force on a day."""
    return [row for row in world["restricted"] if row["rule"] == rule and acts(row, day)]


def names_one_of(need: Facts, words: tuple[str, ...] | list[str]) -> bool:
    """Say whether a process or a product of the need names one of some words."""
    named = "\n".join([*need.get("processes", []), *need.get("products", [])])
    named = unicodedata.normalize("NFKC", named).lower()
    return any(unicodedata.normalize("NFKC", word).lower() in named for word in words)


def lies_under(need: Facts, codes: tuple[str, ...] | list[str]) -> bool:
    """Say whether an industry of the need is one of the codes, or a part of one."""
    return any(holds(listed, code) for code in need.get("industry_codes", []) for listed in codes)


def may_lie_under(need: Facts, codes: tuple[str, ...] | list[str]) -> bool:
    """Say whether an industry of the need is so broadly stated that one of the codes is a part of it."""
    return any(holds(code, listed) for code in need.get("industry_codes", []) for listed in codes)


def worst_of(verdicts: list[str]) -> str | None:
    """Return the worst of some verdicts, or None where nothing was said."""
    return next((verdict for verdict in FROM_HIGHEST if verdict in verdicts), None)
