"""Which facts of either side a criterion compares, so that the page of a pair can print both beside its value.

Names are columns of a posting; what a kind doesn't have is left out, so one entry serves needs and positions. `a|b` is
the first of two that is stated, `park.…` is what the directory says, and `words.…` names what no cell could hold.
"""

from collections.abc import Callable, Iterator, Mapping

from flask_babel import gettext as _

from matchmaker import printing
from models import Park, ParkOffer, Posting
from models.vocabulary import N_, PortType

Sides = tuple[tuple[str, ...], tuple[str, ...]]

WORDS = {"words.texts": N_("标题、说明和产品"), "words.asked": N_("园区看重的十四项事实")}
TEXTS = ("words.texts",)
PLACE = ("park.place",)
LEADING = ("park.leading",)
WELCOMED = ("welcomed_codes|park.leading",)
TRADES = ("industry_codes",)
WAY = ("category", "project_type")
TIE: Sides = (("from_city_code",), ("home_region_code|park.home",))
PARTNER: Sides = (("category",), ("category|park.home",))
DELIVERY = ("available_on",)

PREMISES: Mapping[str, Sides] = {
    "industry": (TRADES, WELCOMED),
    "text": (TEXTS, TEXTS),
    "cluster": (TRADES, LEADING),
    "upstream": (("upstream_codes",), LEADING),
    "downstream": (("downstream_codes",), LEADING),
    "supply": (("annual_purchase_t",), ("annual_supply_t",)),
    "purpose": (("category",), ("category",)),
    "tenure": (("tenures|land_area_mu|floor_area_sqm",), ("tenures|category",)),
    "space": (("land_area_mu", "floor_area_sqm"), ("largest_plot_mu", "floor_area_sqm")),
    "date": (("premises_needed_on",), DELIVERY),
    "start": (("production_start_on",), DELIVERY),
    "land_price": (("land_price_cap_wan_per_mu",), ("land_price_wan_per_mu",)),
    "rent": (("rent_cap_yuan_per_sqm_month",), ("rent_yuan_per_sqm_month",)),
    "power_price": (("power_price_cap_yuan_per_kwh",), ("power_price_yuan_per_kwh",)),
    "power": (("power_kva",), ("power_spare_kva",)),
    "sewage": (("sewage_m3_per_day",), ("sewage_spare_m3_per_day",)),
    "water": (("water_m3_per_day",), ("water_spare_m3_per_day",)),
    "gas": (("gas_m3_per_day",), ("gas_spare_m3_per_day",)),
    "dual_supply": (("dual_supply_needed",), ("dual_supply",)),
    "place": (("target_prefecture_codes", "place_strictness"), PLACE),
    "rail": (("rail_city_code",), PLACE),
    "rail_home": (("from_city_code",), PLACE),
    "rail_bay": ((), PLACE),
    "ports": (("ports_needed",), ("customs_facilities|park.customs",)),
    "size": ((), ("park.economy",)),
    "level": ((), ("park.level",)),
    "provincial": ((), ("park.level",)),
    "capital": (WAY, PLACE),
    "beyond_capital": (WAY, PLACE),
    "customs": ((), ("park.customs",)),
    "zone": (TRADES, PLACE),
    "workers": (("headcount_needed",), ("workers_available",)),
    "labour": (("headcount_needed|industry_codes",), PLACE),
    "policy": (("policy_asks",), ("incentives",)),
    "cooperation": (("cooperation_modes",), ("enclave_modes",)),
    "partner": PARTNER,
    "home_tie": TIE,
    "enclave": ((), PLACE),
    "leading": (TRADES, WELCOMED),
    "likeness": (TEXTS, TEXTS),
    "enclave_partner": PARTNER,
    "shared_home": TIE,
    "chain_gap": (TRADES, LEADING),
    "chain_served": (("upstream_codes", "downstream_codes"), LEADING),
    "investment": (("investment_yi",), ()),
    "investment_per_mu": (("investment_yi", "land_area_mu"), ("min_investment_per_mu_wan",)),
    "tax": (("tax_per_mu_wan",), ()),
    "tax_per_mu": (("tax_per_mu_wan",), ("min_tax_per_mu_wan",)),
    "jobs": (("headcount_needed",), ()),
    "energy": (("energy_use_tce", "investment_yi"), ()),
    "completeness": (("words.asked",), ()),
    "wants_here": (("target_prefecture_codes", "place_strictness"), PLACE),
}

FIELD: Sides = (("field_codes", "industry_codes"), ("field_codes",))
SKILLS: Sides = (("skills", "processes", "products"), ("skills",))
WORKPLACE = ("region_code", "target_prefecture_codes")

PEOPLE: Mapping[str, Sides] = {
    "field": FIELD,
    "skills": SKILLS,
    "education": (("education_required",), ("education",)),
    "title_rank": (("title_required",), ("title_rank",)),
    "skill_level": (("skill_level_required",), ("skill_level",)),
    "years": (("years_required",), ("years_experience",)),
    "licences": (("licences_required",), ("licences",)),
    "licence_origin": (("licence_origins_accepted",), ("licence_origin",)),
    "languages": (("languages_required",), ("languages",)),
    "start": (("start_on", "production_start_on"), ("available_on",)),
    "text": (TEXTS, TEXTS),
    "own_field": FIELD,
    "own_skills": SKILLS,
    "wanted_place": (WORKPLACE, ("target_prefecture_codes", "place_strictness")),
    "travel": (WORKPLACE, ("current_city_code",)),
    "same_city": (("from_city_code",), ("current_city_code",)),
    "way": (("ways_of_working", "category"), ("ways_of_coming",)),
    "months": (("months_per_year",), ("months_per_year",)),
    "salary": (("salary_low_wan", "salary_high_wan"), ("salary_expected_wan",)),
    "supports": (("supports_offered",), ("supports_wanted",)),
    "housing": (("housing_offered",), ("supports_wanted",)),
    "employer": (("employer_type",), ("employer_types",)),
    "own_text": (TEXTS, TEXTS),
}


def compared(criterion: str, asking: Posting, answering: Posting | Park) -> tuple[str | None, str | None]:
    """Print what a criterion compares: a fact of either side, None where it isn't stated, "" where it looks at none."""
    is_people = isinstance(answering, Posting) and answering.kind == "talent"
    first, second = (PEOPLE if is_people else PREMISES)[criterion]
    return _printed(first, asking), _printed(second, answering)


def _printed(names: tuple[str, ...], side: Posting | Park) -> str | None:
    if not names:
        return ""
    stated = [found for name in names if (found := _first(name, side)) is not None]
    if not stated:
        return None
    if len(stated) == 1:
        return stated[0][1]
    return _("；").join(f"{label} {value}" if label else value for label, value in stated)


def _first(name: str, side: Posting | Park) -> tuple[str, str] | None:
    return next((found for one in name.split("|") if (found := _stated(one, side)) is not None), None)


def _stated(name: str, side: Posting | Park) -> tuple[str, str] | None:
    """Return label and value of one fact, or None where it isn't stated."""
    if name in WORDS:
        return "", _(WORDS[name])
    if name.startswith("park."):
        park = side if isinstance(side, Park) else side.park if isinstance(side, ParkOffer) else None
        value = PARK[name](park) if park is not None else None
        return ("", value) if value else None
    if name == "incentives" and isinstance(side, ParkOffer):
        given = dict.fromkeys(printing.term(item.type) for item in side.incentives)
        return ("", _("、").join(given)) if given else None
    field = side.fields().get(name) if isinstance(side, Posting) else None
    value = printing.fact(field, getattr(side, name)) if field is not None else None
    if field is None or value is None:
        return None
    return _(field.label), f"{value} {_(field.unit)}" if field.unit else value


def _economy(park: Park) -> str | None:
    if park.prefecture.gdp_yi is None:
        return None
    return _("%(place)s %(size)s 亿元", place=park.prefecture.short_name, size=printing.number(park.prefecture.gdp_yi))


def _customs(park: Park) -> str:
    return _("、").join(_(port.label) for port in PortType if port.value in (park.customs_facilities or ()))


def _home(park: Park) -> str:
    return _("、").join(printing.region_name(code) for code in park.home_region_codes)


def _place(park: Park) -> str:
    return " · ".join(dict.fromkeys((park.prefecture.short_name, park.county.short_name)))


PARK: Mapping[str, Callable[[Park], str | None]] = {
    "park.leading": lambda park: _("、").join(park.leading_industries),
    "park.place": _place,
    "park.level": lambda park: printing.term(park.level),
    "park.customs": _customs,
    "park.home": _home,
    "park.economy": _economy,
}


def names() -> Iterator[str]:
    """Yield every name that the tables use, for the test that each is a fact of some kind."""
    for table in (PREMISES, PEOPLE):
        for sides in table.values():
            for side in sides:
                yield from (one for name in side for one in name.split("|"))
