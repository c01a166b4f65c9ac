"""An organisation's profile and members, and its verification by staff."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.access import Rule, allow, managed_organisation, organisation_for, refuse, signed_in
from matchmaker.extensions import db
from matchmaker.forms.choices import choices
from matchmaker.forms.organisations import OrganisationForm
from matchmaker.services import organisations
from matchmaker.services.organisations import Profile
from matchmaker.views.regions import towns
from models import Membership, Organisation, User
from models.vocabulary import RegionLevel

blueprint = Blueprint("organisations", __name__)

TOWNS = (RegionLevel.CITY, RegionLevel.PREFECTURE, RegionLevel.COUNTY)


@blueprint.get("/organisations")
@allow(Rule.STAFF)
def index() -> ResponseReturnValue:
    """List the organisations that wait to be verified."""
    return render_template("organisations/index.html", organisations=organisations.waiting(db()))


@blueprint.get("/organisations/<int:organisation_id>")
@allow(Rule.SIGNED_IN)
def show(organisation_id: int) -> ResponseReturnValue:
    """Show an organisation to its members and to staff."""
    organisation = organisation_for(signed_in(), organisation_id)
    manages = signed_in().manages(organisation_id) or signed_in().is_staff
    return render_template("organisations/show.html", organisation=organisation, manages=manages)


@blueprint.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@allow(Rule.SIGNED_IN)
def edit(organisation_id: int) -> ResponseReturnValue:
    """Edit what an organisation says of itself."""
    organisation = managed_organisation(signed_in(), organisation_id)
    form = OrganisationForm(obj=organisation, organisation=organisation.name)
    form.region_code.choices = choices(towns(db(), *TOWNS))
    if not form.is_submitted():
        return render_template("organisations/edit.html", organisation=organisation, form=form)
    if not form.validate():
        return render_template("organisations/edit.html", organisation=organisation, form=form), 422
    profile = Profile(form.organisation.data, form.region_code.data, form.website.data, form.introduction.data)
    organisations.describe(db(), organisation, signed_in(), profile)
    flash(_("单位资料已保存"), "success")
    return _back_to(organisation_id)


@blueprint.post("/organisations/<int:organisation_id>/verify")
@allow(Rule.STAFF)
def verify(organisation_id: int) -> ResponseReturnValue:
    """Record that the organisation is who it says it is."""
    organisation = organisation_for(signed_in(), organisation_id)
    organisations.verify(db(), organisation, signed_in())
    flash(_("已核实“%(name)s”", name=organisation.name), "success")
    return redirect(url_for("organisations.index"))


@blueprint.post("/organisations/<int:organisation_id>/members/<int:membership_id>/approve")
@allow(Rule.SIGNED_IN)
def approve(organisation_id: int, membership_id: int) -> ResponseReturnValue:
    """Let somebody act for the organisation."""
    return _change_member(organisation_id, membership_id, organisations.approve, _("已批准加入"))


@blueprint.post("/organisations/<int:organisation_id>/members/<int:membership_id>/make-manager")
@allow(Rule.SIGNED_IN)
def make_manager(organisation_id: int, membership_id: int) -> ResponseReturnValue:
    """Let a member administer the others."""
    return _change_member(organisation_id, membership_id, organisations.make_manager, _("已设为管理员"))


@blueprint.post("/organisations/<int:organisation_id>/members/<int:membership_id>/remove")
@allow(Rule.SIGNED_IN)
def remove(organisation_id: int, membership_id: int) -> ResponseReturnValue:
    """End a membership, or turn down who asks to join."""
    return _change_member(organisation_id, membership_id, organisations.remove, _("已移出单位"))


def _change_member(
    organisation_id: int, membership_id: int, change: Callable[[Session, Membership, User], None], done: str
) -> ResponseReturnValue:
    organisation = managed_organisation(signed_in(), organisation_id)
    membership = _member_of(organisation, membership_id)
    is_self = membership.user_id == signed_in().id
    try:
        change(db(), membership, signed_in())
    except organisations.CannotChange as reason:
        flash(_(str(reason)), "warning")
        return _back_to(organisation_id)
    flash(done, "success")
    if is_self and change is organisations.remove:
        return redirect(url_for("accounts.profile"))
    return _back_to(organisation_id)


def _member_of(organisation: Organisation, membership_id: int) -> Membership:
    membership = db().get(Membership, membership_id)
    if membership is None or membership.organisation_id != organisation.id:
        refuse("membership", membership_id if membership else None)
    return membership


def _back_to(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.show", organisation_id=organisation_id))
