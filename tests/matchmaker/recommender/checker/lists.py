"""How a need meets a row of a list: by what it names, or by its industry."""

import dataclasses
import datetime as dt
import functools
import unicodedata
from collections.abc import Iterable

from .says import NO, YES, Facts, acts, holds

DENIALS = ("无", "非", "免", "不含", "不用", "没有", "不做", "不产", "不涉及")
OFFICES = ("hq", "rd")
INDUSTRY = ("B", "C", "D")  # mining, manufacturing, supply
NONE_WRITTEN = ("无", "没有", "none", "no", "无来源", "没有来源")
NOT_YET = ("待定", "待落实", "未落实", "正在", "暂无", "尚未", "tbd", "不清楚", "不确定")


@dataclasses.dataclass
class Meeting:
    """How a need meets one row: in its industry, in a broader one, by one of its words, or by one that decides."""

    row: Facts
    inside: bool
    around: bool
    named: bool
    decided: bool

    @property
    def by_code(self) -> bool:
        """Say whether the industry alone raises the row, which a broad one does while nobody has said what is done."""
        return self.inside or self.around


def meetings(need: Facts, world: Facts, rule: Facts, day: dt.date) -> list[Meeting]:
    """Return the rows of a rule, in force on a day, that a need meets in any way."""
    found, codes, names = [], need.get("industry_codes", []), named_by(need)
    for row in world["restricted"]:
        if row["rule"] != rule["id"] or not acts(row, day):
            continue
        # Whether anything is plated is asked, and the answer beats industry and word.
        if row["id"] in rule["parameters"].get("electroplating", []) and need.get("electroplating_step") == NO:
            continue
        inside = any(holds(listed, code) for code in codes for listed in row["codes"])
        around = any(holds(code, listed) for code in codes for listed in row["codes"])
        named, decided = affirm_one_of(names, row["words"]), affirm_one_of(names, row["deciding_words"])
        meeting = Meeting(row, inside, around and not inside, named, decided)
        if meeting.inside or meeting.around or meeting.named:
            found.append(meeting)
    return found


def says_how(need: Facts) -> bool:
    """Say whether a need names its processes; then a broad industry alone raises nothing any more."""
    return need.get("processes", []) != []


def names_one_of(need: Facts, words: Iterable[str]) -> bool:
    """Say whether a process or a product of the need names one of some words, and not only to deny it."""
    return affirm_one_of(named_by(need), words)


def named_by(need: Facts) -> list[str]:
    return [plain(name) for name in need.get("processes", []) + need.get("products", [])]


def affirm_one_of(names: list[str], words: Iterable[str]) -> bool:
    return any(affirms(name, plain(word)) for name in names for word in words)


@functools.cache
def affirms(text: str, word: str) -> bool:
    pieces = text.split(word)
    # What stands before each place of the word is all that is before it, other places of the word included.
    return any(not word.join(pieces[:at]).endswith(DENIALS) for at in range(1, len(pieces)))


@functools.cache
def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def names_a_source(text: str | None) -> bool | None:
    """Say whether a source is named, or said not to exist; None where it is open or still being looked for."""
    words = plain(text or "").strip(" 。.、\n")
    if words in NONE_WRITTEN:
        return False
    if not words or any(word in words for word in NOT_YET):
        return None
    return True


def is_office(need: Facts) -> bool:
    return need.get("project_type") in OFFICES


def rebuilds_without_growing(need: Facts) -> bool:
    return need.get("project_type") == "renovation" and need.get("adds_capacity") == NO


def is_plant(need: Facts, sections: Iterable[str] = INDUSTRY) -> bool:
    return any(code[0] in sections for code in need.get("industry_codes", []))


def may_refuse(row: Facts) -> bool:
    return row["decision"] == "fails" and row["confidence"] == "H"


def county_has(premises: Facts, world: Facts, prefix: str) -> bool:
    """Say whether a part of the county lies in an area of a kind."""
    park = premises["park"]
    areas = world["areas"].get(park["county_code"], []) if park else []
    return any(area["type"].startswith(prefix) for area in areas)


def worst_of(verdicts: Iterable[str | None]) -> str | None:
    """Return the worst of some verdicts, or None where nothing was said."""
    said = list(verdicts)
    return next((verdict for verdict in ("fails", "unknown", "passes") if verdict in said), None)


def at_most_warning(verdict: str, rule: Facts) -> str:
    """Let a rule that isn't certain warn where it would refuse."""
    return "unknown" if verdict == "fails" and rule["confidence"] != "H" else verdict


def answered(answer: str | None) -> bool:
    return answer in (YES, NO)
