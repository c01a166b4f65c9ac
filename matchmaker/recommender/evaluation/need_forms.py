"""What firms of the synthetic market write into the portal's form: rounded, coarse, and with gaps."""

from typing import Any

from matchmaker.recommender.evaluation.drawing import Dice, Form, moment, rounded
from matchmaker.recommender.evaluation.firms import Firm
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.trades import DIVISION, GROUP, trades
from matchmaker.recommender.evaluation.wording import Text
from models import RelocationNeed
from models.vocabulary import (
    Answer,
    NeedCategory,
    PostingLanguage,
    PostingStatus,
    ProjectType,
    Strictness,
    Tenure,
)

# Fields are left empty about as often as in the sample market.
FORM = 8  # the kind of thing, in the key of its dice
# Whoever insists on something hardly forgets to say so.
INSISTED = 0.05
FLOOR = (Tenure.LEASE, Tenure.BUILT_TO_SUIT)
YES = {True: Answer.YES, False: Answer.NO}
PROJECTS = {
    NeedCategory.WHOLE_RELOCATION: ProjectType.RELOCATION,
    NeedCategory.NEW_BASE: ProjectType.NEW,
    NeedCategory.EXPANSION: ProjectType.EXPANSION,
    NeedCategory.PART_OF_CAPACITY: ProjectType.PART_CAPACITY,
    NeedCategory.HEADQUARTERS: ProjectType.HEADQUARTERS,
}


def need_form(at: int, firm: Firm, text: Text, language: PostingLanguage, ground: Ground, seed: int) -> RelocationNeed:
    """Write the need of a firm, under the id `at`."""
    form = Form(Dice(seed, FORM, 1, firm.at), firm.seriousness)
    facts = {
        **form.kept(_wishes(firm, form)),
        **form.kept(_quantities(firm)),
        **form.kept(_spaces(firm)),
        **_siting(firm, form),
    }
    return RelocationNeed(
        id=at,
        status=PostingStatus.PUBLISHED,
        owner_id=at,
        organisation_id=at,
        title=text.title,
        description=text.description,
        language=language,
        products=text.products if not form.leaves_out(0.25) else None,
        category=firm.category,
        industry_codes=list(dict.fromkeys(_coded(product.code, form.dice) for product in firm.products)),
        from_city_code=firm.city,
        production_start_on=firm.starts_on,
        investment_yi=rounded(firm.invest_yi, 0.01 if firm.invest_yi < 1 else 0.1),
        published_at=moment(ground.day, int(form.dice.between(0, 200))),
        **facts,
    )


def _coded(code: str, dice: Dice) -> str:
    """Write the class of a trade as people do: too wide now and then, and sometimes the one beside it."""
    alike = [other for other in trades() if other[:DIVISION] == code[:DIVISION] and other != code]
    return dice.one((code, code[:GROUP], code[:DIVISION], dice.one(alike) if alike else code), (62, 22, 10, 6))


def _wishes(firm: Firm, form: Form) -> dict[str, tuple[float, Any]]:
    best = sorted(firm.taste, key=lambda prefecture: -firm.taste[prefecture])[:2]
    if firm.must:
        place: dict[str, tuple[float, Any]] = {
            "place_strictness": (0.0, Strictness.MUST),
            "target_prefecture_codes": (0.0, list(firm.must)),
        }
    elif firm.is_attached:
        place = {"place_strictness": (0.0, Strictness.PREFER), "target_prefecture_codes": (0.0, best)}
    else:
        place = {"place_strictness": (0.5, Strictness.ANY)}
    return place | {
        "upstream_codes": (0.25, list(firm.upstream) or None),
        "downstream_codes": (0.25, list(firm.downstream) or None),
        "ports_needed": (0.0, sorted(port.value for port in firm.ports) or None),
        "rail_city_code": (0.7, firm.city),
        "policy_asks": (0.2, sorted(ask.value for ask in firm.asks)),
    }


def _quantities(firm: Firm) -> dict[str, tuple[float, Any]]:
    power_cap = rounded(firm.power_cap, 0.01) if firm.insists_on_power_price else None
    return {
        "premises_needed_on": (0.12, firm.needed_on),
        "power_kva": (0.06, rounded(firm.kva, 50 if firm.kva > 500 else 10)),
        "dual_supply_needed": (0.0 if firm.dual else 0.2, YES[firm.dual]),
        "water_m3_per_day": (0.12, rounded(max(firm.water, firm.sewage), 5)),
        "sewage_m3_per_day": (0.15, rounded(firm.sewage, 5)),
        "gas_m3_per_day": (0.15, rounded(firm.gas, 100) if firm.gas else 0.0),
        "energy_use_tce": (0.3, rounded(firm.tce * firm.invest_yi, 10)),
        "headcount_needed": (0.06, int(rounded(firm.hands, 5))),
        "dormitory_beds": (0.35, int(rounded(firm.hands * firm.beds, 5))),
        "fixed_investment_yi": (0.2, rounded(firm.invest_yi * firm.fixed_share, 0.01)),
        "tax_per_mu_wan": (0.35, rounded(firm.tax_per_mu, 0.5)),
        "power_price_cap_yuan_per_kwh": (INSISTED, power_cap),
    }


def _spaces(firm: Firm) -> dict[str, tuple[float, Any]]:
    land: dict[str, tuple[float, Any]] = {
        "land_area_mu": (0.0, max(3.0, rounded(firm.land_mu, 5 if firm.land_mu > 20 else 1))),
        "land_price_cap_wan_per_mu": (INSISTED, rounded(firm.land_cap, 1) if firm.insists_on_price else None),
    }
    floor: dict[str, tuple[float, Any]] = {
        "floor_area_sqm": (0.0, rounded(firm.floor_sqm, 500 if firm.floor_sqm > 2000 else 100)),
        "single_building_sqm": (0.2, None if firm.splits else max(200.0, rounded(firm.building_sqm, 100))),
        "clear_height_m": (0.15, rounded(firm.height_m, 0.5)),
        "floor_load_kn_sqm": (0.2, rounded(firm.load, 1)),
        "rent_cap_yuan_per_sqm_month": (INSISTED, rounded(firm.rent_cap, 0.5) if firm.insists_on_price else None),
    }
    tenures = [*([Tenure.BUY_LAND] if firm.by_land else []), *(FLOOR if firm.by_floor else [])]
    return {
        "tenures": (0.03, [tenure.value for tenure in tenures]),
        "accepts_split_plots": (0.25, YES[firm.splits]),
        **(land if firm.by_land else {}),
        **(floor if firm.by_floor else {}),
    }


def _siting(firm: Firm, form: Form) -> dict[str, Any]:
    chemical = firm.profile_name == "chemical"
    return form.kept(
        {
            "project_type": (0.3, PROJECTS.get(firm.category)),
            "has_chemical_reaction": (0.1 if chemical else 0.3, YES[firm.reacts]),
            "product_is_hazardous_chemical": (0.1 if chemical else 0.3, YES[firm.is_hazardous]),
            "electroplating_step": (0.1 if firm.plates else 0.3, YES[firm.plates]),
        }
    )
