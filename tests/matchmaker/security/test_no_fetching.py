"""A7: the server never opens an address that somebody has typed."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask
from sqlalchemy import String, Text
from sqlalchemy.orm import Session

from matchmaker.database import Database
from search.sync import drain
from tests.client import PortalClient
from tests.matchmaker.security.conftest import Browser
from tests.matchmaker.security.world import World, every_address

pytestmark = [pytest.mark.sqlite_only, pytest.mark.model]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Listen on this machine, and remember who came."""
    hits: list[str] = []

    class Remember(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_POST = do_GET  # noqa: N815 - http.server asks for these names.

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Remember)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", hits
    server.shutdown()
    thread.join()
    server.server_close()


def test_no_page_and_no_worker_opens_what_was_typed(
    app: Flask,
    world: World,
    session: Session,
    database: Database,
    browser_of: Browser,
    listener: tuple[str, list[str]],
) -> None:
    address, hits = listener
    client = browser_of(world.cast.owner)
    _says(client, f"/organisations/{world.cast.enterprise.id}/edit", website=f"{address}/logo.png")
    session.refresh(world.cast.enterprise)
    assert world.cast.enterprise.website == f"{address}/logo.png"
    _write_everywhere(session, world, address)
    handles = app.extensions["portal"]
    while drain(database.writing, handles.engine, handles.embed).taken:
        pass
    for user in world.people.values():
        visitor = browser_of(user)
        for _, url in every_address(app, world, user):
            visitor.get(url).close()
    assert hits == []


def _says(client: PortalClient, page: str, **values: str) -> None:
    assert client.submit(page, values).status_code == 302


def _write_everywhere(session: Session, world: World, address: str) -> None:
    """Put the address into every free text of what everybody has written."""
    for thing in (world.need, world.offer, world.profile, world.position, world.interest, world.cast.enterprise):
        row = session.get_one(type(thing), thing.id)
        for mapper in type(row).__mapper__.iterate_to_root():
            for column in mapper.local_table.columns:
                if _is_free_text(column.type) and not column.foreign_keys and not column.unique:
                    setattr(row, mapper.get_property_by_column(column).key, f"{address}/{column.name}")
    session.commit()


def _is_free_text(kind: object) -> bool:
    return isinstance(kind, Text) or (isinstance(kind, String) and (kind.length or 0) >= 60)
