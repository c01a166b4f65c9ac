"""I6: whatever somebody has written, every page shows it as text."""

from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, String, Text
from sqlalchemy.orm import Session

from matchmaker.database import Database
from models import Incentive, Review
from models.vocabulary import IncentiveType, ReviewDecision, ReviewReason
from search.sync import drain
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.payloads import MARK, SCRIPTS
from tests.matchmaker.security.world import World, every_address

pytestmark = [pytest.mark.sqlite_only, pytest.mark.model]

# Where a browser would follow or load what stands there.
LINKS = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "srcset",
    "poster",
    "xlink:href",
    "hx-get",
    "hx-post",
    "content",
}
RUNS = {"script", "style", "iframe", "object", "embed", "base", "svg", "math", "link", "meta"}
# So many pieces at a time, so that a page with a dozen fields shows them all in four rounds.
ROUNDS = 4


class Escapes(HTMLParser):
    """Read a page as a browser does, and list what of the attacker's came to life."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.shown = 0
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MARK in tag:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if MARK in name or (MARK in (value or "") and (name.startswith(("on", "hx-on")) or name == "style")):
                self.found.append(f"<{tag} {name}={value!r}>")
            if MARK in (value or "") and name in LINKS and not _is_inert(value or ""):
                self.found.append(f"<{tag} {name}={value!r}>")
        if tag in RUNS and tag not in ("base", "link", "meta", "embed"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if MARK in data:
            self.shown += 1
            if self._inside:
                self.found.append(f"inside <{self._inside[-1]}>: {data[:80]!r}")

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.found.append(f"in a comment: {data[:80]!r}")


def _is_inert(value: str) -> bool:
    """Say whether the address is a page's: of this site, or the one of the web that the organisation's form took."""
    if value.startswith("https://example.com/"):
        return True
    return value.startswith(("/", "?", "#")) and not value.startswith(("//", "/\\"))


@pytest.mark.parametrize("start", range(ROUNDS))
def test_no_page_brings_to_life_what_somebody_wrote(
    app: Flask, world: World, session: Session, database: Database, browser_of: Browser, start: int
) -> None:
    _add_what_has_words(session, world)
    _write_everywhere(session, world, start)
    handles = app.extensions["portal"]
    while drain(database.writing, handles.engine, handles.embed).taken:
        pass
    alive, shown = {}, 0
    numbers = [thing.id for thing in (world.offer, world.profile, world.position, world.waiting)]
    waiting, draft = world.waiting.id, world.draft.id
    # Looking up the numbers began a transaction, which holds the lock that a refused look needs.
    session.commit()
    for user in world.people.values():
        client = browser_of(user)
        urls = [url for _, url in every_address(app, world, user)]
        urls += [f"/search?kind={kind}" for kind in ("need", "offer", "talent", "position", "park")]
        urls += [f"/search?kind=need&q={MARK}", f"/search?q=%3Cscript%3E{MARK}%3C/script%3E&view=table"]
        urls += [f"/postings/{number}" for number in numbers]
        urls += [f"/review/{waiting}", f"/postings/{draft}/edit/products", "/review/claims"]
        for url in urls:
            with client.get(url) as answer:
                assert answer.status_code < 500, url
                if answer.mimetype == "text/html":
                    page = Escapes(answer.text)
                    shown += page.shown
                    if page.found:
                        alive[url] = page.found
                else:
                    assert answer.mimetype in ("application/json", "text/css", "text/plain", "text/csv"), url
    assert alive == {}
    assert shown > 100, "the pages do show what was written"


def test_the_reader_would_notice() -> None:
    """Each piece, put into a page unescaped where it was meant for, is found."""
    unnoticed = []
    for piece in SCRIPTS:
        places = (f"<p>{piece}</p>", f'<input value="{piece}">', f"<input value='{piece}'>", f'<a href="{piece}">x</a>')
        if not any(Escapes(place).found for place in places):
            unnoticed.append(piece)
    # Templates of other engines and look-alikes of < are only dangerous where something evaluates or folds them.
    assert {piece[:2] for piece in unnoticed} <= {"{{", "${", "`o", "＜s"}


def _add_what_has_words(session: Session, world: World) -> None:
    session.add(
        Incentive(offer_id=world.offer.id, type=IncentiveType.RENT, summary="租金减半", condition="x", issuer="x")
    )
    session.add(
        Review(
            posting_id=world.waiting.id,
            reviewer_id=world.cast.second_reviewer.id,
            decision=ReviewDecision.SENT_BACK,
            reason=ReviewReason.INCOMPLETE,
            words="x",
            appeal="x",
        )
    )
    session.commit()


def _write_everywhere(session: Session, world: World, start: int) -> None:
    """Put a piece into every free text that somebody of the cast may have written."""
    pieces = SCRIPTS[start::ROUNDS]
    at = 0
    things: list[object] = [
        world.need, world.offer, world.profile, world.position, world.waiting, world.draft,
        world.interest, world.introduction.interest, world.claim, world.cast.enterprise, world.cast.authority,
        world.cast.other_enterprise, *world.cast.everybody.values(), *session.query(Incentive), *session.query(Review),
        world.cast.park,
    ]  # fmt: skip
    for thing in things:
        row = session.merge(thing)
        for mapper in type(row).__mapper__.iterate_to_root():  # type: ignore[attr-defined]
            for column in mapper.local_table.columns:
                if value := _poisoned(column, row, mapper.get_property_by_column(column).key, pieces[at % len(pieces)]):
                    setattr(row, mapper.get_property_by_column(column).key, value)
                    at += 1
    session.commit()


def _poisoned(column: Column[object], row: object, key: str, piece: str) -> object | None:
    """Return what to write into a column; None for what no person's words stand in."""
    if (
        column.foreign_keys
        or column.unique
        or column.primary_key
        or key in ("password_hash", "form_key", "evidence_url")
    ):
        return None
    if key == "website":
        # Only an address of the web gets through the form; the page puts it into a link.
        return f'https://example.com/"><script>{MARK}</script>'
    if isinstance(column.type, JSON):
        held = getattr(row, key)
        is_words = key in ("products", "skills", "licences", "certificates", "leading_industries")
        return [piece[:40]] if is_words and isinstance(held, list) else None
    if isinstance(column.type, Text) or (isinstance(column.type, String) and (column.type.length or 0) >= 60):
        return piece[: getattr(column.type, "length", None) or 4000]
    return None
