"""Every kind of page at both widths: nothing scrolls sideways, axe finds nothing, and no planted script runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from matchmaker.config import ROOT
from matchmaker.database import Database
from matchmaker.services import exposure, interests, ranking_models, rules
from models import RankingModel, today
from models.vocabulary import PostingStatus
from tests import factories
from tests.cast import Cast
from tests.matchmaker.keeping import keep, load_rules, new_keeper

pytestmark = [pytest.mark.browser, pytest.mark.model]

Visit = Callable[..., Page]
Picture = Callable[[Page, str], None]
AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")

PUBLIC = {
    "home": "/",
    "search": "/search?q=线路板",
    "search-table": "/search?kind=need&view=table",
    "search-none": "/search?q=飞地&kind=offer&prefecture=431000",
    "search-refused": "/search?page=999999",
    "parks": "/parks",
    "park": "/parks/HN99001",
    "clauses": "/clauses",
    "clause": "/clauses/T6c",
    "quality": "/quality",
    "rules": "/rules",
    "rule": "/rules/HC12",
    "sign-in": "/sign-in",
    "register": "/register",
    "register-enterprise": "/register/enterprise",
    "help": "/help",
    "privacy": "/privacy",
    "not-found": "/postings/999999",
}


def violations(page: Page) -> list[str]:
    """Return what axe finds, a line each."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]
    ]


def check(page: Page, name: str, address: str, picture: Picture) -> None:
    page.goto(address)
    assert violations(page) == [], name
    picture(page, f"page-{name}")


def test_pages_that_anybody_may_read(visit: Visit, picture: Picture, session: Session) -> None:
    rules.load_file(session, ROOT / "reference" / "rules.yaml")
    session.commit()
    page = visit()
    for name, address in PUBLIC.items():
        check(page, name, address, picture)


def test_pages_of_each_side(visit: Visit, picture: Picture, cast: Cast, session: Session) -> None:
    need = factories.published(factories.need(cast.owner, cast.enterprise))
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    draft = factories.need(cast.owner, cast.enterprise, title="没写完的需求", production_start_on=None)
    waiting = factories.need(cast.owner, cast.enterprise, title="等审核的需求")
    session.add_all([need, offer, draft, waiting])
    session.flush()
    waiting.move(PostingStatus.IN_REVIEW)
    session.commit()
    sent = interests.express(session, cast.manager, "想请您来看厂房", today(), "k-1", posting=need, about=offer)
    owner = visit(cast.owner.email)
    for name, address in {
        "desk": "/desk",
        "need": f"/postings/{need.id}",
        "need-matches": f"/postings/{need.id}/matches",
        "need-matches-weighed": f"/postings/{need.id}/matches?w_price=8&order=plain",
        "need-matches-wrong": f"/postings/{need.id}/matches?w_price=acht",
        "need-talents": f"/postings/{need.id}/matches?list=talents",
        "pair": f"/matches/{need.id}/{offer.id}?w_price=8",
        "pair-park": f"/matches/{need.id}/{cast.park.code}",
        "need-manage": f"/postings/{need.id}/manage",
        "draft-about": f"/postings/{draft.id}/edit/about",
        "draft-siting": f"/postings/{draft.id}/edit/siting",
        "draft-people": f"/postings/{draft.id}/edit/people",
        "draft-submit": f"/postings/{draft.id}/submit",
        "new": "/postings/new",
        "interest": f"/interests/{sent.id}",
        "interest-new": f"/postings/{offer.id}/interests/new",
        "account": "/account",
        "organisation": f"/organisations/{cast.enterprise.id}",
    }.items():
        check(owner, name, address, picture)
    manager = visit(cast.manager.email)
    for name, address in {
        "offer-space": f"/postings/{_revised(offer, session)}/edit/space",
        "offer-money": f"/postings/{offer.id}/edit/money",
        "park-own": f"/parks/{cast.park.code}",
        "park-edit": f"/parks/{cast.park.code}/edit",
    }.items():
        check(manager, name, address, picture)
    reviewer = visit(cast.reviewer.email)
    for name, address in {
        "staff-desk": "/desk",
        "queue": "/review",
        "review": f"/review/{waiting.id}",
        "decisions": "/review/decisions",
        "claims": "/review/claims",
        "organisations": "/organisations",
    }.items():
        check(reviewer, name, address, picture)


def test_pages_of_questions_and_of_orders(
    visit: Visit, picture: Picture, cast: Cast, session: Session, database: Database
) -> None:
    load_rules(session)
    need = factories.published(factories.need(cast.owner, cast.enterprise))
    facts = {"power_spare_kva": None, "sewage_spare_m3_per_day": None, "spare_as_of": None}
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority, **facts))
    session.add_all([need, offer])
    session.commit()
    keep(new_keeper(database))
    learned = {"labels": 412, "positive": 300, "intercept": 0.0, "learned_auc": 0.71, "unlearned_auc": 0.65}
    weights = dict.fromkeys(("industry", "text", "land_price", "rent", "power", "rail", "cluster"), 1.0)
    for is_active in (False, True):
        model = RankingModel(pairing="premises", coefficients=weights, tested_on=31, is_active=is_active, **learned)
        ranking_models.add(session, model)
    exposure.replace(
        session, {offer.search_id: (0.2, 3.5, 2.0, 2.0), f"park:{cast.other_park.code}": (0, 1, 2.5, None)}
    )
    manager = visit(cast.manager.email)
    for name, address in {
        "desk-asked": "/desk",
        "desk-matches": "/desk/matches",
        "questions": "/questions",
        "question-reading": f"/questions/{offer.id}/power_spare_kva",
        "question-list": f"/questions/{offer.id}/county_list_source",
        "question-yes-no": f"/questions/{offer.id}/dedicated_sewage_line",
        "question-many": f"/questions/{offer.id}/enclave_modes",
    }.items():
        check(manager, name, address, picture)
    manager.goto(f"/questions/{offer.id}/power_spare_kva")
    manager.fill("input[name=power_spare_kva]", "很多")
    manager.locator("main form button[type=submit]").click()
    assert violations(manager) == []
    picture(manager, "page-question-refused")
    check(visit(cast.owner.email), "questions-none", "/questions", picture)
    reviewer = visit(cast.reviewer.email)
    for name, address in {"ranking": "/ranking", "quality-staff": "/quality"}.items():
        check(reviewer, name, address, picture)


def _revised(offer: object, session: Session) -> int:
    offer.move(PostingStatus.DRAFT)  # type: ignore[attr-defined]
    session.commit()
    return offer.id  # type: ignore[attr-defined,no-any-return]


PAYLOAD = '"><img src=x onerror=alert(1)><script>alert(1)</script><svg/onload=alert(1)>'


def test_no_planted_script_runs_on_any_page(visit: Visit, cast: Cast, session: Session) -> None:
    """Promise I6, in the browser: what users typed is shown, never run; a dialog would fail the test."""
    need = factories.published(
        factories.need(
            cast.owner,
            cast.enterprise,
            title=PAYLOAD[:80],
            description=PAYLOAD * 3,
            products=[PAYLOAD[:60]],
            processes=["<script>alert(1)</script>"],
            name_is_public=True,
        )
    )
    cast.enterprise.name = PAYLOAD[:100]
    session.add_all([need, cast.enterprise])
    session.commit()
    page = visit(cast.owner.email)
    for address in (
        f"/postings/{need.id}",
        f"/postings/{need.id}/manage",
        f"/postings/{need.id}/history",
        "/desk",
        "/search?q=<script>alert(1)</script>",
        f"/search?kind=need&q={PAYLOAD[:40]}",
        f"/organisations/{cast.enterprise.id}",
    ):
        page.goto(address)
        assert page.locator("img[src=x], main script").count() == 0, address
    staff = visit(cast.reviewer.email)
    staff.goto("/review/decisions")
    staff.goto(f"/postings/{need.id}")
    assert PAYLOAD[:20] in staff.inner_text("h1")
