"""The siting rules for everybody to read: what each refuses, since when, on what it rests, and what it asks."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import func, select

from matchmaker.access import Rule, actor, allow
from matchmaker.extensions import db, portal
from matchmaker.recommender.rule_changes import Example, Shift, asked, live_items, names_of, number_of, shifts
from matchmaker.views import rule_words
from models import ChemicalArea, Industry, Region, RestrictedEntry, SitingArea, SitingRule, today

blueprint = Blueprint("rules", __name__)

# A page is to open at once, so that of a great market only the newest are asked what a version would change.
MOST_NEEDS = 200
MOST_OFFERS = 1000


@blueprint.get("/rules")
@allow(Rule.PUBLIC)
def index() -> ResponseReturnValue:
    """List the rules, those that may refuse apart from those that only tell."""
    day, by_rule = today(), _versions()
    shown = [rule_words.shown_version(versions, day) for versions in by_rule.values()]
    counts = db().execute(select(RestrictedEntry.rule, func.count()).group_by(RestrictedEntry.rule)).all()
    pending = {
        rule
        for rule, versions in by_rule.items()
        if any(rule_words.state_of(version, versions, day) == "pending" for version in versions)
    }
    return render_template(
        "rules/index.html",
        refusing=[rule for rule in shown if rule.kind not in rule_words.TELLING],
        telling=[rule for rule in shown if rule.kind in rule_words.TELLING],
        entries=dict(counts),
        pending=pending,
        loaded_at=max((version.loaded_at for versions in by_rule.values() for version in versions), default=None),
        day=day,
        words=rule_words,
    )


@blueprint.get("/rules/<rule_id>")
@allow(Rule.PUBLIC)
def show(rule_id: str) -> ResponseReturnValue:
    """Show one rule with its versions, exceptions, lists and questions; to staff also what a coming version changes."""
    day, versions = today(), _versions(rule_id).get(rule_id) or abort(404)
    rule = rule_words.shown_version(versions, day)
    asked_for = request.args.get("q", "").strip()[:60]
    entries = list(
        db().scalars(select(RestrictedEntry).where(RestrictedEntry.rule == rule_id).order_by(RestrictedEntry.id))
    )
    codes = {code for entry in entries for code in entry.industry_codes}
    industries = dict(db().execute(select(Industry.code, Industry.name).where(Industry.code.in_(codes))).all())
    return render_template(
        "rules/show.html",
        rule=rule,
        versions=[(version, rule_words.state_of(version, versions, day)) for version in reversed(versions)],
        entries=rule_words.matching(entries, asked_for, industries) if asked_for else entries,
        entry_count=len(entries),
        asked_for=asked_for,
        industries=industries,
        stretches=_stretches(rule_id, day),
        chemical_areas=_chemical_areas() if rule_id == "HC3" else [],
        coming=_coming(versions, day),
        day=day,
        words=rule_words,
    )


def _versions(rule_id: str | None = None) -> dict[str, list[SitingRule]]:
    """Return the versions of every rule, or of one, in order; the rules in the order of their numbers."""
    query = select(SitingRule).order_by(SitingRule.rule, SitingRule.version)
    found: dict[str, list[SitingRule]] = {}
    for row in db().scalars(query.where(SitingRule.rule == rule_id) if rule_id else query):
        found.setdefault(row.rule, []).append(row)
    # The fifteen conditions come first.
    return dict(sorted(found.items(), key=lambda pair: (not pair[0].startswith("HC"), number_of(pair[0]))))


def _stretches(rule_id: str, day: dt.date) -> list[rule_words.Stretch]:
    types = rule_words.AREAS.get(rule_id)
    if not types:
        return []
    areas = db().scalars(select(SitingArea).where(SitingArea.type.in_(types)).order_by(SitingArea.county_code))
    regions = {region.code: region for region in db().scalars(select(Region).where(Region.code.startswith("43")))}
    return rule_words.stretches(areas, regions, day)


def _chemical_areas() -> list[tuple[ChemicalArea, Region]]:
    rows = db().execute(
        select(ChemicalArea, Region).join(Region, Region.code == ChemicalArea.county_code).order_by(ChemicalArea.id)
    )
    return [(area, county) for area, county in rows]


# --- What a coming version changes --------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Coming:
    """What a version that hasn't begun will change, with examples in words, and for how many it was worked out."""

    rule: SitingRule
    needs: int
    premises: int
    shifts: list[tuple[Shift, list[tuple[str, str, str]]]]


def _coming(versions: Sequence[SitingRule], day: dt.date) -> list[Coming]:
    """Tell staff what each version that hasn't begun will change on its first day, for the market as it is now."""
    who = actor()
    waiting = [version for version in versions if version.in_force_from and version.in_force_from > day]
    if not waiting or who is None or not who.is_staff:
        return []
    reference, items = portal().reference, live_items(db(), MOST_NEEDS, MOST_OFFERS)
    before = asked(items, reference, day)
    found = []
    for version in waiting:
        assert version.in_force_from is not None
        after = dataclasses.replace(before, day=version.in_force_from)
        changed = [shift for shift in shifts(before, after) if shift.rule == version.rule]
        names = names_of(db(), changed)
        in_words = [(shift, [_in_words(example, names) for example in shift.examples]) for shift in changed]
        found.append(Coming(version, len(before.needs), len(before.premises), in_words))
    return found


def _in_words(example: Example, names: Mapping[str, str]) -> tuple[str, str, str]:
    sentence = example.sentence.text(gettext) if example.sentence else ""
    return names[example.need], names[example.premises], sentence
