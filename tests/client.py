"""A client that fills in forms the way a browser does: with the token and everything the page already holds."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Form:
    """One form of a page: where it goes, and what it holds when nobody has typed."""

    def __init__(self, action: str, method: str) -> None:
        """Begin an empty form."""
        self.action, self.method = action, method
        self.values: dict[str, list[str]] = {}
        self.has_files = False

    def add(self, name: str | None, value: str) -> None:
        """Hold one more value under a name."""
        if name:
            self.values.setdefault(name, []).append(value)


class Forms(HTMLParser):
    """Read all forms of a page."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._textarea: str | None = None
        self._words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a form, a field or an option says."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.found.append(self._form)
        elif self._form is None or "disabled" in given:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._textarea, self._words = given.get("name"), ""
        elif tag == "select":
            self._select, self._options = given.get("name"), []
        elif tag == "option":
            self._options.append((given.get("value", ""), "selected" in given))

    def _input(self, given: dict[str, str]) -> None:
        assert self._form is not None
        kind = given.get("type", "text")
        if kind in ("submit", "button", "image", "reset", "file"):
            return
        if kind in ("checkbox", "radio") and "checked" not in given:
            return
        self._form.add(given.get("name"), given.get("value", "on" if kind in ("checkbox", "radio") else ""))

    def handle_data(self, data: str) -> None:
        """Take the words of a text area."""
        if self._textarea:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if self._form is None:
            return
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._textarea:
            # A browser drops the line break that follows the opening tag.
            self._form.add(self._textarea, self._words.removeprefix("\n"))
            self._textarea = None
        elif tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            for value in chosen or [value for value, _ in self._options[:1]]:
                self._form.add(self._select, value)
            self._select = None


class PortalClient(FlaskClient):
    """The test client, with the moves of somebody in front of a browser."""

    def form(self, page: str, action: str | None = None) -> Form:
        """Open a page and return its form: the one that posts to `action`, or the last that posts at all."""
        answer = self.get(page, follow_redirects=True)
        assert answer.status_code == 200, f"{page} answers {answer.status_code}"
        here = answer.request.path
        posting = [form for form in Forms(answer.text).found if form.method == "post"]
        for form in posting:
            form.action = urljoin(answer.request.url, form.action) if form.action else answer.request.url
        wanted = [
            form for form in posting if urlsplit(form.action).path == urlsplit(urljoin(here, action or here)).path
        ]
        if action is None and not wanted:
            wanted = [form for form in posting if urlsplit(form.action).path != "/sign-out"]
        assert wanted, f"{page} has no form that posts to {action or 'it'}"
        return wanted[-1]

    def submit(
        self,
        page: str,
        values: dict[str, Any] | None = None,
        *,
        action: str | None = None,
        follow_redirects: bool = False,
    ) -> TestResponse:
        """Open a page, change some values of its form, and send it with all others as they stand.

        A value of None leaves its field out, as a browser does with an unticked box.
        """
        form = self.form(page, action)
        data: dict[str, Any] = form.values | (values or {})
        parts = urlsplit(form.action)
        return self.post(
            parts.path + (f"?{parts.query}" if parts.query else ""),
            data={name: value for name, value in data.items() if value is not None},
            follow_redirects=follow_redirects,
        )

    def token(self, page: str = "/") -> str:
        """Return the token against forgery that a page carries for this visitor."""
        for form in Forms(self.get(page, follow_redirects=True).text).found:
            if "csrf_token" in form.values:
                return form.values["csrf_token"][0]
        return self._token_of_htmx(page)

    def _token_of_htmx(self, page: str) -> str:
        _, found, rest = self.get(page, follow_redirects=True).text.partition('"X-CSRFToken": "')
        assert found, f"{page} carries no token"
        return rest.partition('"')[0]

    def press(self, url: str, values: dict[str, Any] | None = None, *, page: str = "/") -> TestResponse:
        """Post to an address with this visitor's own token, as a button without a form of fields does."""
        return self.post(url, data={"csrf_token": self.token(page), **(values or {})})
