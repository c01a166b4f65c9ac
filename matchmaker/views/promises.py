"""Promises to enterprises in words: what was found, why, by which article, and how it may be said lawfully."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from matchmaker import printing
from matchmaker.extensions import db
from matchmaker.fair_competition import Finding, Kind, findings_in
from matchmaker.fair_competition.postings import INCENTIVE
from matchmaker.forms.incentives import IncentivesForm
from matchmaker.forms.posting import INCENTIVES, StepForm
from matchmaker.services import fair_competition
from models import ParkOffer, Posting
from models.vocabulary import PostingLanguage, PromiseLabel

Said = dict[str, Any]
REWORD = "reword"
# A title holds no whole sentence, and a number none at all: there the lawful words are only shown.
TAKES_OVER = frozenset({"description", INCENTIVE})
WRITTEN_IN = {PostingLanguage.ZH_HANS: "zh", PostingLanguage.ZH_HANT: "zh_hant", PostingLanguage.EN: "en"}


def said(finding: Finding, language: PostingLanguage) -> Said:
    """Return everything that a page shows of a finding; the lawful words are in the posting's own language."""
    return {
        "id": finding.id,
        "title": _read(finding.kind.title),
        "label": finding.label,
        "is_unlawful": finding.label is PromiseLabel.UNLAWFUL,
        "why": _read(finding.kind.why),
        "basis": basis(finding.kind),
        "clause": _clause(finding),
        "rewording": finding.kind.rewording[WRITTEN_IN[language]],
        "takes_over": finding.field in TAKES_OVER,
    }


def basis(kind: Kind) -> str:
    """Return the articles; of the Measures only the titles were read, and that is said."""
    articles = (part.partition("(") for part in kind.regulation.split("、"))
    named = (_("第 %(number)s 条", number=number) + f"({items}" * bool(items) for number, _paren, items in articles)
    sentence = _(
        "《公平竞争审查条例》%(articles)s；《实施办法》第 %(measures)s 条（只核对过标题）",
        articles="、".join(named).replace("(", "（").replace(")", "）"),
        measures=kind.measures,
    )
    return _("%(basis)s；%(also)s", basis=sentence, also=kind.also) if kind.also else sentence


def _read(texts: Mapping[str, str]) -> str:
    locale = str(get_locale() or "zh")
    key = "en" if locale.startswith("en") else "zh_hant" if "Hant" in locale else "zh"
    return texts[key]


def _clause(finding: Finding) -> str:
    """Return the words in question; a price is named with its field and unit."""
    field = ParkOffer.fields().get(finding.field)
    if field is None or not field.unit:
        return finding.clause
    return f"{_(field.label)} {printing.number(float(finding.clause))} {_(field.unit)}"


def of_owner(posting: Posting) -> list[Said]:
    """Return what an owner reads before submitting: each promise, its decision, and a link to where it is changed."""
    return [
        said(one.finding, posting.language)
        | {"decision": one.decision, "url": _change(posting, one.finding) if posting.is_editable else None}
        for one in fair_competition.standing(db(), posting)
        if not one.is_cleared
    ]


def _change(posting: Posting, finding: Finding) -> str:
    step = INCENTIVES[0] if finding.field == INCENTIVE else posting.fields()[finding.field].step
    address: dict[str, Any] = {"posting_id": posting.id, "step": step}
    if finding.field in TAKES_OVER and posting.kind == "offer":
        return url_for("postings.edit", **address | {REWORD: finding.id})
    return url_for("postings.edit", **address, _anchor=finding.field)


def in_step(form: StepForm, posting: Posting) -> tuple[dict[str, list[Said]], dict[str, str]]:
    """Return what was found in a step as it is typed, by input, and what a lawful wording has just replaced."""
    if not isinstance(posting, ParkOffer):
        return {}, {}
    typed = {name: form[name].data for name in form.names}
    found = findings_in(ParkOffer, typed, [])
    chosen = next((one for one in found if one.id == wanted() and one.field in TAKES_OVER), None)
    replaced = {}
    if chosen is not None:
        field, words = form[chosen.field], chosen.kind.rewording[WRITTEN_IN[posting.language]]
        replaced[field.name] = chosen.clause
        _write(field, (field.data or "").replace(chosen.clause, words))
        found = findings_in(ParkOffer, typed | {chosen.field: field.data}, [])
    return _by_input(((one.field, one) for one in found), posting.language), replaced


def in_rows(form: IncentivesForm, offer: ParkOffer) -> tuple[dict[str, list[Said]], dict[str, str]]:
    """Return the same for incentives, row by row."""
    found = _in_rows(form)
    chosen = next((one for one in found if one.id == wanted()), None)
    replaced = {}
    if chosen is not None:
        assert chosen.row is not None
        row, words = form.rows[chosen.row], chosen.kind.rewording[WRITTEN_IN[offer.language]]
        replaced[row["summary"].name] = chosen.clause
        _write(row["summary"], words)
        _write(row["condition"], "")
        found = _in_rows(form)
    placed = ((form.rows[one.row or 0][one.part or "summary"].name, one) for one in found)
    return _by_input(placed, offer.language), replaced


def _in_rows(form: IncentivesForm) -> list[Finding]:
    return findings_in(ParkOffer, {}, [{name: row[name].data for name in form.names} for row in form.rows])


def _by_input(found: Iterable[tuple[str, Finding]], language: PostingLanguage) -> dict[str, list[Said]]:
    by_input: dict[str, list[Said]] = {}
    for name, finding in found:
        by_input.setdefault(name, []).append(said(finding, language))
    return by_input


def _write(field: Any, words: str) -> None:
    field.data, field.raw_data = words, [words]


def wanted() -> str | None:
    """Return the finding whose lawful words somebody wants in the place of their own: by a button, or by a link."""
    verb, _colon, finding = request.form.get("go", "").partition(":")
    if request.method == "POST":
        return finding if verb == REWORD else None
    return request.args.get(REWORD)


def is_rewording() -> bool:
    """Say whether a form came only to have words replaced, so that nothing is saved yet."""
    return request.form.get("go", "").startswith(f"{REWORD}:")
