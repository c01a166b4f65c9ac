"""How lists are ordered: what was learned from answers, what it gains, and one press to go back; for staff."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func, select

from matchmaker.access import Rule, allow, signed_in
from matchmaker.extensions import db, portal
from matchmaker.printing import region_name
from matchmaker.recommender.criteria import specs as of_premises
from matchmaker.recommender.learning import LEAST_LABELS
from matchmaker.recommender.people import specs as of_people
from matchmaker.services import ranking_models
from models import ExposurePrice, Interest, Park, ParkOffer, RankingModel
from models.vocabulary import N_, InterestStatus

blueprint = Blueprint("ranking", __name__)

FAMILIES = {"premises": N_("需求和载体、园区"), "people": N_("岗位、需求和人才")}
MODELS = 10
LABELS = {
    "premises": {spec.name: spec.label for spec in (*of_premises.ASKING, *of_premises.ANSWERING)},
    "people": {spec.name: spec.label for spec in (*of_people.ASKING, *of_people.ANSWERING)},
}


@blueprint.get("/ranking")
@allow(Rule.STAFF)
def index() -> ResponseReturnValue:
    """Show the learned orders, the answers there are to learn from, and how evenly lists show the prefectures."""
    models = db().scalars(select(RankingModel).order_by(RankingModel.id.desc()).limit(MODELS)).all()
    return render_template(
        "ranking/index.html",
        models=[(model, _weights(model)) for model in models],
        families=FAMILIES,
        active={model.pairing: model for model in models if model.is_active},
        answers=_answers(),
        least=LEAST_LABELS,
        prefectures=_prefectures(),
        spreads=portal().settings.exposure,
        priced_at=db().scalar(select(func.max(ExposurePrice.made_at))),
    )


@blueprint.post("/ranking/<int:model_id>/activate")
@allow(Rule.STAFF)
def activate(model_id: int) -> ResponseReturnValue:
    """Order by a learned model from now on."""
    model = db().get(RankingModel, model_id) or abort(404)
    ranking_models.activate(db(), model, signed_in())
    flash(_("已改用第 %(number)s 版，匹配正在重新排", number=model.number), "success")
    return redirect(url_for("ranking.index"))


@blueprint.post("/ranking/<pairing>/off")
@allow(Rule.STAFF)
def switch_off(pairing: str) -> ResponseReturnValue:
    """Go back to the order that nobody learned."""
    if pairing not in FAMILIES:
        abort(404)
    ranking_models.switch_off(db(), pairing, signed_in())
    flash(_("已回到没有学习的顺序，匹配正在重新排"), "success")
    return redirect(url_for("ranking.index"))


def _weights(model: RankingModel) -> list[tuple[str, float]]:
    """Return the criteria that count, the weightiest first."""
    used = sorted(model.coefficients.items(), key=lambda item: -item[1])
    labels = LABELS[model.pairing]
    return [(_(labels.get(name, name)), weight) for name, weight in used if weight > 0]


def _answers() -> int:
    """Count what there is to learn from: every interest, and every answer to one."""
    about = Interest.about_id.is_not(None)
    answered = Interest.status.in_((InterestStatus.ACCEPTED, InterestStatus.DECLINED))
    sent = db().scalar(select(func.count()).select_from(Interest).where(about)) or 0
    return sent + (db().scalar(select(func.count()).select_from(Interest).where(about, answered)) or 0)


def _prefectures() -> list[tuple[str, float, float]]:
    """Sum what each prefecture's premises are expected to receive, without and with prices."""
    offers = {f"offer:{id_}": code for id_, code in db().execute(select(ParkOffer.id, ParkOffer.park_code))}
    places = dict(db().execute(select(Park.code, Park.prefecture_code)).tuples().all())
    found: dict[str, tuple[float, float]] = {}
    for row in db().scalars(select(ExposurePrice)):
        kind, _colon, key = row.key.partition(":")
        code = places.get(key if kind == "park" else offers.get(row.key) or "", "")
        before, after = found.get(code, (0.0, 0.0))
        found[code] = (before + row.before, after + row.after)
    rows = [(region_name(code), before, after) for code, (before, after) in found.items() if code]
    return sorted(rows, key=lambda row: -row[1])
