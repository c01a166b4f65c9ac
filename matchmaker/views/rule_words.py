"""How siting rules read on a page: their dates, what they rest on, what they ask, and where they look."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _

from matchmaker.recommender.rules import acting, as_rule
from models import ParkOffer, Region, RelocationNeed, RestrictedEntry, SitingArea, SitingRule
from models.rule import Dated
from models.vocabulary import N_, AreaType, Evidence, Precision, ProjectType, RuleKind
from search.analysis import normalise

SIDES = {"need": N_("需求方"), "offer": N_("园区"), "park": N_("园区名录")}
PARK_LABELS = {"chemical_status": N_("化工片区认定"), "county_code": N_("所在县市区")}
TELLING = (RuleKind.REQUIREMENT, RuleKind.INFORMATION)
STATED = (RuleKind.PHYSICAL, RuleKind.COMMERCIAL)
STATES = {
    "acting": N_("现行"),
    "pending": N_("待生效"),
    "replaced": N_("已被新版取代"),
    "over": N_("已失效"),
}
# Which counties a rule looks up before it asks about the plot.
AREAS: Mapping[str, tuple[AreaType, ...]] = {
    "HC4": tuple(type_ for type_ in AreaType if type_.value.startswith("shoreline_")),
    "HC8": (AreaType.XIANG_BASIN, AreaType.HEAVY_METAL_KEY_2012),
    "HC9": (AreaType.GREEN_HEART,),
    "HC10": (AreaType.KEY_ECOLOGICAL_FUNCTION,),
}


def period(row: Dated) -> str:
    """Print from when to when something is in force, no more precisely than its source says."""
    start, end = start_of(row), row.in_force_to.isoformat() if row.in_force_to else ""
    if start and end:
        return _("%(start)s 至 %(end)s", start=start, end=end)
    if start:
        return _("%(start)s 起", start=start)
    return _("至 %(end)s", end=end) if end else _("不限期")


def start_of(row: Dated) -> str:
    """Print the beginning: a day, or the month or year that is all the source says."""
    is_year = row.starts and row.in_force_from_precision is Precision.YEAR
    return _("%(year)s 年", year=row.starts) if is_year else row.starts


def standing(rule: SitingRule) -> str:
    """Say what a rule rests on, and whether that is enough to refuse anybody."""
    if rule.kind in STATED:
        return _("园区自己写明，可以拒绝")
    basis = _("读到原文") if rule.evidence is Evidence.PAGE else _("凭记忆")
    if rule.kind in TELLING:
        return _("%(basis)s，只提示", basis=basis)
    if rule.confidence != "H":
        return _("%(basis)s，把握不够，只提示", basis=basis)
    if rule.evidence is Evidence.PAGE:
        return _("读到原文，可以拒绝")
    return _("凭记忆，条文没有疑问，可以拒绝")


def sureness(row: RestrictedEntry | SitingArea) -> str:
    """Say how well one row of a list is known."""
    basis = _("读到原文") if row.evidence is Evidence.PAGE else _("凭记忆")
    return basis if row.confidence == "H" else _("%(basis)s，只提示", basis=basis)


def applies(entry: RestrictedEntry) -> str:
    """Say which kinds of project an entry is about."""
    labels = [_(ProjectType(word).label) if word != "existing" else _("现有") for word in entry.applies_to]
    return _("、").join(labels)


def list_state(rule: SitingRule, day: dt.date) -> str:
    """Say in short what is wrong with the rule's list; nothing where the rule reads no list, or the list is whole."""
    known = as_rule(rule)
    if known.list_has_expired(day):
        return _("清单 %(day)s 已到期", day=rule.parameters["list_valid_to"])
    return "" if known.list_is_complete or "list_complete" not in rule.parameters else _("清单不完整")


def list_note(rule: SitingRule, day: dt.date) -> str:
    """Say what it means not to stand on such a list."""
    if as_rule(rule).list_has_expired(day):
        until = rule.parameters["list_valid_to"]
        return _("清单已在 %(day)s 到期。载体没有写明现行清单的，结论是还不清楚。", day=until)
    return _("清单还不完整：在清单上的照判；不在清单上，也不能算符合。") if list_state(rule, day) else ""


def questions(rule: SitingRule) -> list[tuple[str, list[str]]]:
    """Return the facts that the rule asks for, by whom it asks."""
    found: dict[str, list[str]] = {}
    for field in rule.reads:
        side, _dot, name = field.partition(".")
        if side == "park":
            label = PARK_LABELS.get(name, name)
        else:
            label = (RelocationNeed if side == "need" else ParkOffer).fields()[name].label
        found.setdefault(SIDES[side], []).append(label)
    return list(found.items())


def state_of(rule: SitingRule, versions: Sequence[SitingRule], day: dt.date) -> str:
    """Say whether a version acts that day, or why not."""
    acts = acting(map(as_rule, versions), day)
    if acts is not None and acts.version == rule.version:
        return "acting"
    if rule.in_force_from and rule.in_force_from > day:
        return "pending"
    return "over" if rule.in_force_to and rule.in_force_to < day else "replaced"


def shown_version(versions: Sequence[SitingRule], day: dt.date) -> SitingRule:
    """Return the version that a page speaks of: the one that acts, else the latest."""
    by_state = {state_of(rule, versions, day): rule for rule in versions}
    return by_state.get("acting") or max(versions, key=lambda rule: rule.version)


def matching(entries: Iterable[RestrictedEntry], words: str, industries: Mapping[str, str]) -> list[RestrictedEntry]:
    """Return the entries that name all the words, or lie under or over an industry code."""
    wanted = normalise(words).split()
    return [entry for entry in entries if all(_names(entry, word, industries) for word in wanted)]


def _names(entry: RestrictedEntry, word: str, industries: Mapping[str, str]) -> bool:
    codes = [code.lower() for code in entry.industry_codes]
    if any(code.startswith(word) or word.startswith(code) or code[1:].startswith(word) for code in codes):
        return True
    names = [industries.get(code, "") for code in entry.industry_codes]
    text = "\n".join((entry.id, entry.restriction_class, entry.condition, *entry.words, *names))
    return word in normalise(text)


@dataclasses.dataclass(frozen=True, slots=True)
class Stretch:
    """The counties of one area, apart by how well that is known."""

    type: AreaType
    sure: list[str]
    unsure: list[str]
    is_over: bool


def stretches(areas: Iterable[SitingArea], regions: Mapping[str, Region], day: dt.date) -> list[Stretch]:
    """Lay out the counties of each area."""
    by_type: dict[AreaType, list[SitingArea]] = {}
    for area in areas:
        by_type.setdefault(area.type, []).append(area)
    return [
        Stretch(
            type_,
            [_county(area, regions, day) for area in those if area.confidence == "H"],
            [_county(area, regions, day) for area in those if area.confidence != "H"],
            all(_is_over(area, day) for area in those),
        )
        for type_, those in sorted(by_type.items(), key=lambda pair: list(AreaType).index(pair[0]))
    ]


def _county(area: SitingArea, regions: Mapping[str, Region], day: dt.date) -> str:
    name = regions[area.county_code].short_name
    if area.townships:
        return _("%(county)s（%(townships)s）", county=name, townships="、".join(area.townships))
    return name


def _is_over(area: SitingArea, day: dt.date) -> bool:
    return area.in_force_to is not None and area.in_force_to < day
