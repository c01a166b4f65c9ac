"""Where a draft stands: its steps, what each still lacks, and links to the very fields."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from matchmaker.extensions import db
from matchmaker.forms.posting import CLAUSES, INCENTIVES, PUBLICATION, fields_on, steps_of
from matchmaker.services.readiness import problems
from models import ParkOffer, Posting, Problem, Shape, User


def step_links(posting: Posting, current: str) -> list[dict[str, Any]]:
    """Return the steps of a draft for the navigation, with what each one holds or lacks."""
    missing, wrong = set(posting.missing()), {problem.field for problem in posting.contradictions()}
    links = []
    for slug, title in steps_of(type(posting)):
        state, note = _state(posting, slug, missing, wrong)
        links.append(
            {
                "title": _(title),
                "url": url_for("postings.edit", posting_id=posting.id, step=slug),
                "state": state,
                "note": note,
                "current": slug == current,
            }
        )
    links.append(
        {
            "title": _("检查并提交"),
            "url": url_for("postings.submit", posting_id=posting.id),
            "state": "todo",
            "note": _("最后一步"),
            "current": current == "submit",
        }
    )
    return links


def _state(posting: Posting, slug: str, missing: set[str], wrong: set[str]) -> tuple[str, str]:
    names = set(fields_on(type(posting), slug))
    filled = _filled(posting, slug, names)
    lacks, clashes = len(names & missing), len(names & wrong)
    if clashes:
        return "missing", _("%(count)s 处前后矛盾", count=clashes)
    if lacks and filled:
        return "missing", _("还缺 %(count)s 项必填", count=lacks)
    if filled:
        return "done", _("已填 %(count)s 项", count=filled)
    if lacks:
        return "todo", _("%(count)s 项必填", count=lacks)
    return "todo", _("可以不填")


def _filled(posting: Posting, slug: str, names: set[str]) -> int:
    if slug == INCENTIVES[0]:
        assert isinstance(posting, ParkOffer)
        return len(posting.incentives)
    if slug == CLAUSES[0]:
        return len(posting.clauses)
    if slug == PUBLICATION[0]:
        return int(posting.expires_on is not None) + int(posting.name_is_public)
    return sum(getattr(posting, name) not in (None, "", [], {}) for name in names)


def missing_links(posting: Posting, actor: User) -> list[dict[str, Any]]:
    """Return what still stands between a draft and its review, each with a link to where it is settled."""
    return [problem_link(posting, problem) for problem in problems(db(), posting, actor)]


def problem_link(posting: Posting, problem: Problem) -> dict[str, Any]:
    """Return label, link and sentence of a problem."""
    field = posting.fields().get(problem.field)
    sentence = _(problem.message, **problem.values)
    if field is not None:
        number, title = _place_of(posting, field.step)
        note = _("第 %(number)s 步“%(title)s”：%(sentence)s", number=number, title=title, sentence=sentence)
        return {"label": _(field.label), "url": field_url(posting, problem.field), "note": note}
    label, url = _elsewhere(posting, problem.field)
    return {"label": label, "url": url, "note": sentence}


def field_url(posting: Posting, name: str) -> str:
    """Return where a described fact is stated in the form."""
    field = posting.fields()[name]
    # A group takes no focus, so its link goes to its first choice.
    anchor = f"{name}-0" if field.shape in (Shape.ANSWER, Shape.TERMS, Shape.REGIONS) else name
    return url_for("postings.edit", posting_id=posting.id, step=field.step, _anchor=anchor)


def _place_of(posting: Posting, step: str) -> tuple[int, str]:
    slugs = [slug for slug, _title in steps_of(type(posting))]
    index = slugs.index(step)
    return index + 1, _(steps_of(type(posting))[index][1])


def _elsewhere(posting: Posting, name: str) -> tuple[str, str]:
    if name == "consent":
        return _("同意公开和匹配"), url_for("accounts.profile")
    if name == "organisation":
        return _("发布单位"), url_for("accounts.profile")
    if name == INCENTIVES[0]:
        return _(INCENTIVES[1]), url_for("postings.edit", posting_id=posting.id, step=INCENTIVES[0])
    return _("到期日"), url_for("postings.edit", posting_id=posting.id, step=PUBLICATION[0], _anchor=name)


def neighbours(kind: type[Posting], step: str) -> tuple[str | None, str | None]:
    """Return the steps before and after; after the last comes the summary, which is no step."""
    slugs = [slug for slug, _title in steps_of(kind)]
    index = slugs.index(step)
    return slugs[index - 1] if index else None, slugs[index + 1] if index + 1 < len(slugs) else None
