"""Keeping a park's entry: its manager states the facts, staff vouch for them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.access import Rule, allow, own_park, park_for, signed_in
from matchmaker.extensions import db
from matchmaker.forms.parks import STATED, ParkForm
from matchmaker.services import parks
from matchmaker.views.differences import said
from matchmaker.views.park_page import blueprint as blueprint


@blueprint.route("/parks/<code>/edit", methods=["GET", "POST"])
@allow(Rule.PARK)
def edit(code: str) -> ResponseReturnValue:
    """Let whoever keeps the entry state its facts."""
    park = own_park(signed_in(), code)
    form = ParkForm.of(park)
    if not form.is_submitted():
        return render_template("parks/edit.html", park=park, form=form)
    if not form.validate():
        return render_template("parks/edit.html", park=park, form=form), 422
    try:
        changed = parks.edit(db(), park, form.values(), signed_in(), form.read_version)
    except parks.EntryChanged:
        return _show_both(code, form)
    if changed:
        flash(_("已保存，页面标为“园区自报 · 未核实”，省级工作人员核对后改标"), "success")
    else:
        flash(_("没有改动"), "info")
    return redirect(url_for("parks.show", code=code))


def _show_both(code: str, form: ParkForm) -> ResponseReturnValue:
    """Set what was typed beside what a colleague has saved; saving again is then a choice."""
    db().expire_all()
    park = park_for(code)
    typed = form.values()
    clash = [
        {"label": _(field.label), "mine": said(field, typed[name]), "theirs": said(field, getattr(park, name))}
        for name, field in STATED.items()
    ]
    form.version.data = str(park.version)
    return render_template("parks/edit.html", park=park, form=form, clash=clash), 409


@blueprint.post("/parks/<code>/confirm")
@allow(Rule.STAFF)
def confirm(code: str) -> ResponseReturnValue:
    """Vouch for what the manager has stated."""
    park = park_for(code)
    try:
        parks.confirm(db(), park, signed_in(), _version(request.form.get("version")))
    except parks.EntryChanged:
        flash(_("园区刚刚又改了资料，看过新的内容再确认"), "warning")
    else:
        flash(_("已确认，页面标为“省级已核实”"), "success")
    return redirect(url_for("parks.show", code=code))


def _version(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else -1
