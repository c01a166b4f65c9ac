"""A park authority claims its directory entry; staff decide."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.access import Rule, allow, park_for, signed_in
from matchmaker.extensions import db
from matchmaker.forms.interests import ClaimForm, RefuseForm
from matchmaker.services import claims
from models import ParkClaim

blueprint = Blueprint("claims", __name__)


@blueprint.route("/parks/<code>/claim", methods=["GET", "POST"])
@allow(Rule.PARK)
def new(code: str) -> ResponseReturnValue:
    """Claim a park of the directory."""
    park = park_for(code)
    form = ClaimForm()
    if not form.is_submitted():
        return render_template("parks/claim.html", park=park, form=form)
    if form.validate():
        try:
            claims.claim(db(), park, signed_in(), form.evidence.data)
        except claims.CannotClaim as refusal:
            form.evidence.errors = [_(str(refusal))]
        else:
            flash(_("认领已提交，省级工作人员核对后在工作台告诉您结果"), "success")
            return redirect(url_for("desk.show"))
    return render_template("parks/claim.html", park=park, form=form), 422


@blueprint.get("/review/claims")
@allow(Rule.STAFF)
def queue() -> ResponseReturnValue:
    """List the claims that wait for staff."""
    return render_template("review/claims.html", claims=claims.open_claims(db()), form=RefuseForm())


@blueprint.post("/review/claims/<int:claim_id>/confirm")
@allow(Rule.STAFF)
def confirm(claim_id: int) -> ResponseReturnValue:
    """Give the park to the claimant's authority."""
    claim = db().get(ParkClaim, claim_id) or abort(404)
    try:
        claims.confirm(db(), claim, signed_in())
    except (ValueError, StaleDataError) as refusal:
        # Stale: a colleague decided it in the same moment.
        db().rollback()
        flash(_(str(refusal)) if isinstance(refusal, claims.CannotClaim) else _("这条认领已经有结果了"), "warning")
    else:
        flash(_("已确认，园区页面现在由该单位维护"), "success")
    return redirect(url_for("claims.queue"))


@blueprint.post("/review/claims/<int:claim_id>/refuse")
@allow(Rule.STAFF)
def refuse(claim_id: int) -> ResponseReturnValue:
    """Turn the claim down, with words."""
    claim = db().get(ParkClaim, claim_id) or abort(404)
    form = RefuseForm()
    if not form.validate():
        return render_template("review/claims.html", claims=claims.open_claims(db()), form=form, wrong=claim_id), 422
    try:
        claims.refuse(db(), claim, signed_in(), form.words.data)
    except (ValueError, StaleDataError):
        db().rollback()
        flash(_("这条认领已经有结果了"), "warning")
    else:
        flash(_("已退回，原因已告诉对方"), "success")
    return redirect(url_for("claims.queue"))
