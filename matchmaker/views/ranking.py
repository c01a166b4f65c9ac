"""How lists are ordered: what was learned from answers, what it gains, and one press to go back; for staff."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.access import Rule, allow, signed_in
from matchmaker.extensions import db, portal
from matchmaker.printing import region_name
from matchmaker.recommender.criteria import specs as of_premises
from matchmaker.recommender.learning import LEAST_LABELS
from matchmaker.recommender.pairs import family, met_by
from matchmaker.recommender.people import specs as of_people
from matchmaker.services import exposure, ranking_models
from models import RankingModel
from models.vocabulary import N_

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
    models = ranking_models.newest(db(), MODELS)
    return render_template(
        "ranking/index.html",
        models=[(model, _weights(model)) for model in models],
        families=FAMILIES,
        states=_states(),
        least=LEAST_LABELS,
        prefectures=[
            (region_name(code), f"{before:.1f}", f"{after:.1f}")
            for code, (before, after) in exposure.by_prefecture(db()).items()
        ],
        spreads=portal().settings.exposure,
        priced_at=exposure.priced_at(db()),
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


def _states() -> list[dict[str, Any]]:
    """Say for each family of pairs which order is in use, who chose it, and how much there is to learn from."""
    active, decided = ranking_models.active(db()), ranking_models.decided(db())
    counted: dict[str, int] = dict.fromkeys(FAMILIES, 0)
    for (mine, theirs), count in ranking_models.answers(db()).items():
        if theirs in met_by(mine):
            counted[family(mine, theirs)] += count
    return [
        {
            "pairing": name,
            "label": _(label),
            "active": active.get(name),
            "decided": decided.get(name),
            "answers": counted[name],
        }
        for name, label in FAMILIES.items()
    ]


def _weights(model: RankingModel) -> list[tuple[str, float]]:
    """Return the criteria that count, the weightiest first."""
    used = sorted(model.coefficients.items(), key=lambda item: -item[1])
    labels = LABELS[model.pairing]
    return [(_(labels.get(name, name)), weight) for name, weight in used if weight > 0]
