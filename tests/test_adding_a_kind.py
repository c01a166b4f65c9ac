"""Adding a kind of posting takes the steps of CONTRIBUTING.md; this names the one that somebody forgot."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

import models
from matchmaker.config import ROOT
from matchmaker.forms.layout import LAYOUT
from matchmaker.kinds import KINDS
from matchmaker.recommender import facts, pairs
from matchmaker.services import desk
from matchmaker.views import cards, search_facets
from models import Posting
from models.field import Field
from search import sync
from search.documents import Names, to_document
from tests import factories
from tests.cast import Cast

CHOOSE = (ROOT / "templates" / "postings" / "choose.html").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
LEAST_FACTS = 15

Step = tuple[str, str, Callable[[str, Any], bool]]

# File, what to do there, and how to see that it was done for a kind.
STEPS: tuple[Step, ...] = (
    ("models/__init__.py", "export the table", lambda slug, table: table.__name__ in models.__all__),
    ("matchmaker/kinds.py", "register the kind", lambda slug, table: slug in KINDS and KINDS[slug].model is table),
    ("matchmaker/forms/layout.py", "lay out each step of its form", lambda slug, table: _is_laid_out(slug, table)),
    ("templates/postings/choose.html", "say what it is for", lambda slug, table: f'"{slug}": (' in CHOOSE),
    ("search/sync.py", "add the table to KINDS", lambda slug, table: table in sync.KINDS),
    ("matchmaker/services/desk.py", "add the table to KINDS", lambda slug, table: table in desk.KINDS),
    (
        "matchmaker/views/search_facets.py",
        "name its facets and ranges",
        lambda slug, table: slug in search_facets.FACETS and slug in search_facets.RANGES,
    ),
    ("matchmaker/recommender/facts.py", "add the table to TABLES", lambda slug, table: facts.TABLES.get(slug) is table),
    ("matchmaker/recommender/pairs.py", "say whom it meets", lambda slug, table: bool(pairs.met_by(slug))),
    ("tests/factories.py", "make a complete, valid one", lambda slug, table: hasattr(factories, slug)),
)


def forgotten(slug: str, table: Any) -> list[str]:
    """List the steps that were not done for a kind."""
    return [f"{file}: {what}" for file, what, is_done in STEPS if not is_done(slug, table)]


@pytest.mark.parametrize("table", Posting.__subclasses__(), ids=lambda table: table.__name__)
def test_no_step_of_adding_a_kind_was_forgotten(table: type[Posting]) -> None:
    """The failure names the file to open and what to do there."""
    slug = table.__mapper__.polymorphic_identity
    assert isinstance(slug, str)
    assert forgotten(slug, table) == []


def test_a_kind_that_is_nowhere_is_told_every_step() -> None:
    """A newcomer who writes only the table reads the whole list at once."""

    class Landing:
        steps = (("about", "…"),)

        @classmethod
        def fields(cls) -> dict[str, Field]:
            return {}

    assert len(forgotten("landing", Landing)) == len(STEPS)


def test_contributing_lists_the_same_steps() -> None:
    """What the document tells a newcomer is what this test asks for."""
    missing = [file for file, _, _ in STEPS if f"`{file}`" not in CONTRIBUTING]
    assert missing == []


@pytest.mark.parametrize("table", Posting.__subclasses__(), ids=lambda table: table.__name__)
def test_every_fact_stands_on_a_step_of_the_form(table: Any) -> None:
    """A fact on no step could never be stated."""
    steps = {slug for slug, _ in table.steps}
    assert {name: field.step for name, field in table.fields().items() if field.step not in steps} == {}
    assert len(table.fields()) >= LEAST_FACTS


@pytest.mark.sqlite_only
@pytest.mark.parametrize("slug", KINDS)
def test_a_live_posting_of_each_kind_becomes_a_document_and_a_card(slug: str, session: Session, cast: Cast) -> None:
    """search/documents.py says what is searchable, matchmaker/views/cards.py what people compare first."""
    posting = factories.published(_make(slug, cast))
    session.add(posting)
    session.commit()
    document = to_document(posting, Names.load(session))
    assert document is not None, f"search/documents.py: make a document of {slug}"
    assert document.kind == slug
    assert document.embed_text


@pytest.mark.sqlite_only
@pytest.mark.parametrize("slug", KINDS)
def test_the_factory_of_each_kind_leaves_nothing_to_ask(slug: str, session: Session, cast: Cast) -> None:
    """What tests take for complete and valid is so for the reviewers too."""
    posting = _make(slug, cast)
    assert posting.missing() == []
    assert [problem.field for problem in posting.contradictions()] == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize("slug", KINDS)
def test_a_card_of_each_kind_shows_facts(slug: str, app: Any, session: Session, cast: Cast) -> None:
    """A card without a number helps nobody to compare."""
    posting = factories.published(_make(slug, cast))
    session.add(posting)
    session.commit()
    with app.test_request_context():
        assert cards.facts_of(posting), f"matchmaker/views/cards.py: choose the facts of {slug}"


def _is_laid_out(slug: str, table: Any) -> bool:
    for step, _ in table.steps:
        if (slug, step) not in LAYOUT:
            return False
        laid_out = [name for _, rows in LAYOUT[slug, step] for row in rows for name in row]
        if sorted(laid_out) != sorted(name for name, field in table.fields().items() if field.step == step):
            return False
    return True


def _make(slug: str, cast: Cast) -> Posting:
    owners: dict[str, tuple[Any, ...]] = {
        "need": (cast.owner, cast.enterprise),
        "offer": (cast.manager, cast.park, cast.authority),
        "talent": (cast.talent,),
        "position": (cast.owner, cast.enterprise),
    }
    made: Posting = getattr(factories, slug)(*owners[slug])
    return made
