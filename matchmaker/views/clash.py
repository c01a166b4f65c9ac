"""The page of a clash: mine beside theirs, nothing typed is lost, and the owner chooses."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.services.versions import Clash

NOT_TYPED = ("csrf_token", "version")


def clash_page(clash: Clash, step: str, rows: list[dict[str, Any]]) -> ResponseReturnValue:
    """Show both versions; the page carries everything typed, so that it can be sent again over the present one."""
    if clash.current is None:
        abort(404)
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    page = render_template(
        "postings/clash.html",
        posting=clash.current,
        rows=rows,
        differing=[row for row in rows if row["mine"] != row["theirs"]],
        typed=typed,
        url=url_for("postings.edit", posting_id=clash.current.id, step=step),
    )
    return page, 409
