"""The first page: what this is, what the market holds, and where each side starts."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker import printing
from matchmaker.access import Rule, allow
from matchmaker.kinds import KINDS
from matchmaker.services import interests, market
from matchmaker.views.figures import figures
from models.vocabulary import N_, OfferCategory

blueprint = Blueprint("home", __name__)

EXAMPLES = (
    (N_("三类工业用地 100 亩"), "offer"),
    (N_("重荷载标准厂房 双回路"), "offer"),
    (N_("线路板"), "need"),
    (N_("深圳共建飞地"), "offer"),
)
LAND = [OfferCategory.LAND_PLOT.value]
BUILDINGS = [category.value for category in market.BUILDINGS]
# Each balance: its words, its unit, and the lists that its two sums come from.
BALANCES: dict[str, tuple[str, str, dict[str, Any], dict[str, Any]]] = {
    "land": (N_("工业用地"), N_("亩"), {"area_mu_min": 1, "area_mu_unknown": 0}, {"category": LAND}),
    "floor": (N_("厂房"), N_("㎡"), {"floor_area_sqm_min": 1, "floor_area_sqm_unknown": 0}, {"category": BUILDINGS}),
    "power": (N_("用电容量"), N_("kVA"), {}, {}),
    "sewage": (N_("污水处理"), N_("m³/d"), {}, {}),
    "workers": (N_("用工"), N_("人"), {}, {}),
    "enclave": (N_("飞地席位"), N_("个"), {"category": "enclave_partner"}, {"category": "enclave_slot"}),
    "people": (N_("岗位与人才"), N_("人"), {"kind": "position"}, {"kind": "talent"}),
}


@blueprint.get("/")
@allow(Rule.PUBLIC)
def show() -> ResponseReturnValue:
    """Show the market in figures, and a door for each side."""
    found = figures()
    return render_template(
        "home/show.html",
        market=found,
        balances=[_line(balance) for balance in found.balances if balance.wanted.stated or balance.offered.stated],
        kinds=[("", _("全部")), *((slug, _(kind.label)) for slug, kind in KINDS.items()), ("park", _("园区"))],
        examples=[(_(words), url_for("search.show", kind=kind, q=_(words))) for words, kind in EXAMPLES],
        steps={slug: len(kind.steps) for slug, kind in KINDS.items()},
        patience=interests.PATIENCE.days,
    )


def _line(balance: market.Balance) -> dict[str, Any]:
    """Return one line of the table: both sums with their lists, and their difference in words."""
    label, unit, wanted, offered = BALANCES[balance.slug]
    return {
        "label": _(label),
        "unit": _(unit),
        "wanted": balance.wanted,
        "wanted_url": url_for("search.show", **({"kind": "need"} | wanted)),
        "offered": balance.offered,
        "offered_url": url_for("search.show", **({"kind": "offer"} | offered)),
        "most": max(balance.wanted.total, balance.offered.total),
        "difference": _difference(balance, _(unit)),
        "is_short": bool(balance.offered.stated) and balance.wanted.total > balance.offered.total,
    }


def _difference(balance: market.Balance, unit: str) -> str:
    short = balance.wanted.total - balance.offered.total
    if not balance.offered.stated:
        return _("还没有人写明可供")
    if not balance.wanted.stated:
        return _("还没有人写明需要")
    if short > 0:
        return _("缺 %(short)s %(unit)s", short=printing.number(short), unit=unit)
    if not balance.wanted.total:
        return _("可供有余")
    return _("可供为需要的 %(times)s 倍", times=printing.number(round(balance.offered.total / balance.wanted.total, 1)))
