"""How good the matching is, as measured every night, in figures and in words, for everybody to read."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from matchmaker.access import Rule, actor, allow
from matchmaker.extensions import db
from matchmaker.recommender.evaluate import CANNOT_KNOW, CROSS_VALIDATED, TOLD
from matchmaker.recommender.evaluation.measure import CEILING, GOAL, OURS, SPREAD
from matchmaker.services import quality
from models import QualityReport
from models.vocabulary import N_

blueprint = Blueprint("quality", __name__)

NIGHTS = 30
LABELS = {
    OURS: N_("本平台的排序"),
    SPREAD: N_("本平台的排序，分散关注"),
    "fields": N_("逐项对照打分"),
    "rrf": N_("用词和意思合并"),
    "bm25": N_("按用词（BM25）"),
    "cosine": N_("按意思（向量）"),
    "newest": N_("最新的在前"),
    CEILING: N_("除了偏好什么都知道"),
}
REPLAY_LABELS = {
    "ours": N_("本平台的排序"),
    CROSS_VALIDATED: N_("本平台，权重由其他企业选定"),
    TOLD: N_("本平台，说明了市州"),
    "popularity": N_("别的企业去得多的在前"),
    "tfidf": N_("按用词"),
    "cosine": N_("按意思（向量）"),
}
NOTES = {
    OURS: N_("看双方写明的字段和文字"),
    SPREAD: N_("推荐过多的往后让，不让大家都去同几个园区"),
    "fields": N_("只看企业的要求满足了几项"),
    "rrf": N_("两种名次合在一起"),
    "bm25": N_("同样的字词越多越靠前"),
    "cosine": N_("整段文字的意思越近越靠前"),
    "newest": N_("不看合不合适"),
    CEILING: N_("做不到，只说明最多能到哪里"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One order in the comparison, with its figures."""

    name: str
    figures: Mapping[str, Any]

    @property
    def label(self) -> str:
        """Name the order."""
        return LABELS.get(self.name, self.name)

    @property
    def note(self) -> str:
        """Say what it goes by."""
        return NOTES.get(self.name, "")


@blueprint.get("/quality")
@allow(Rule.PUBLIC)
def show() -> ResponseReturnValue:
    """Show the last night's figures; to staff also how they went before."""
    report = quality.latest(db(), quality.MARKET)
    user = actor()
    nights: Sequence[QualityReport] = ()
    if user is not None and user.is_staff:
        nights = quality.history(db(), quality.MARKET, NIGHTS)
    return render_template(
        "quality/show.html",
        report=report,
        replayed=quality.latest(db(), quality.RELOCATIONS),
        replay_labels=REPLAY_LABELS,
        cannot_know=CANNOT_KNOW,
        lines=_lines(report) if report else [],
        labels=LABELS,
        nights=nights,
        goal=GOAL,
    )


def _lines(report: QualityReport) -> list[Line]:
    """Return our own order first, then the others from the best on, and last what nobody can reach."""
    orders = report.figures["orders"]
    others = sorted(
        (name for name in orders if name not in (OURS, SPREAD, CEILING)),
        key=lambda name: -(orders[name]["reciprocal_ndcg_10"]["value"] or 0.0),
    )
    return [Line(name, orders[name]) for name in (OURS, SPREAD, *others, CEILING) if name in orders]
