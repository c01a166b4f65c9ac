"""A real browser before a real server with its worker, all on this machine."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from matchmaker.database import Database
from search.sync import drain
from tests import needs
from tests.cast import PASSWORD, Cast

CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "")
# Debian's browser as root, with everything off that would call home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Every page that a journey ends on is kept here, so that a person can look.
PICTURES = Path(os.environ.get("PICTURES", "build/pictures"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    if not CHROMIUM:
        pytest.skip(needs.CHROMIUM)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def address(app: Flask, database: Database, cast: Cast) -> Iterator[str]:
    """Serve the application with its cast, and keep the index up to date beside it."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    handles = app.extensions["portal"]
    handles.encoder.warm()
    stopped = threading.Event()

    def keep_the_index() -> None:
        while not stopped.is_set():
            if not drain(database.writing, handles.engine, handles.embed).taken:
                stopped.wait(0.2)

    threads = [threading.Thread(target=server.run), threading.Thread(target=keep_the_index)]
    for thread in threads:
        thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    stopped.set()
    server.close()
    for thread in threads:
        thread.join(timeout=10)


@pytest.fixture(params=[1280, 390])
def width(request: pytest.FixtureRequest) -> int:
    """Walk each journey on a desk and on a phone."""
    width: int = request.param
    return width


@pytest.fixture
def visit(browser: Browser, address: str, width: int) -> Iterator[Callable[..., Page]]:
    """Open a fresh browser for somebody; what the page complains about fails the test."""
    contexts = []
    complaints: list[str] = []

    def visit(email: str | None = None, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None
        )
        page.on("dialog", lambda dialog: (complaints.append("dialog"), dialog.dismiss()))
        if email:
            page.goto("/sign-in")
            page.fill("input[name=email]", email)
            page.fill("input[name=password]", PASSWORD)
            page.locator("main form button[type=submit]").click()
            page.wait_for_url("**/desk")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def picture(width: int, request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keep a picture of a page, and check that nothing on it scrolls sideways."""

    def picture(page: Page, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{name} scrolls sideways by {wider} px"

    return picture
