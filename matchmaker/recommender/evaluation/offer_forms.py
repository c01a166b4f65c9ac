"""What parks of the synthetic market write into the portal's form: rounded, coarse, and with gaps."""

import datetime as dt
from typing import Any

from matchmaker.recommender.evaluation.drawing import Dice, Form, moment, rounded
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.hosts import Premises
from matchmaker.recommender.evaluation.need_forms import FORM, INSISTED, YES
from matchmaker.recommender.evaluation.trades import DIVISION, GROUP, Trade
from matchmaker.recommender.evaluation.wording import Text
from models import Incentive, ParkOffer
from models.vocabulary import Answer, PostingLanguage, PostingStatus, SpecialSector, Tenure

SHARE_SAID = 0.85  # of the supports that a park truly gives, written down one by one
PRICE_SOURCE = "园区填报"


def offer_form(
    at: int, premises: Premises, park_code: str, text: Text, language: PostingLanguage, ground: Ground, seed: int
) -> ParkOffer:
    """Write the offer of premises, under the id `at`."""
    host = premises.host
    form = Form(Dice(seed, FORM, 2, premises.at), host.diligence)
    offer = ParkOffer(
        id=at,
        status=PostingStatus.PUBLISHED,
        owner_id=1_000_000 + host.at,
        organisation_id=1_000_000 + host.at,
        title=text.title,
        description=text.description,
        language=language,
        products=text.products if premises.category.value == "logistics" else None,
        category=premises.category,
        park_code=park_code,
        welcomed_codes=_welcomed(premises, form),
        refused_codes=list(host.refused) or None if not form.leaves_out(0.3) else None,
        available_on=premises.ready_on,
        published_at=moment(ground.day, premises.published_days_ago),
        **form.kept(_offered_space(premises)),
        **_spare(premises, form),
        **_money(premises, form, ground),
        **_offered_siting(premises, form),
    )
    offer.incentives = [
        Incentive(type=grant, summary=grant.label)
        for grant in sorted(host.grants)
        if form.dice.chance(SHARE_SAID) and not form.leaves_out(0.2)
    ]
    return offer


def _welcomed(premises: Premises, form: Form) -> list[str]:
    def written(trade: Trade) -> str:
        return form.dice.one((trade.code, trade.code[:GROUP], trade.code[:DIVISION]), (35, 35, 30))

    gaps = [gap for gap in premises.host.gaps if form.dice.chance(0.4)]
    refused = premises.host.refused
    codes = dict.fromkeys([*map(written, premises.welcomed), *gaps])
    return [code for code in codes if not any(code.startswith(one) for one in refused)] or [premises.welcomed[0].code]


def _offered_space(premises: Premises) -> dict[str, tuple[float, Any]]:
    if premises.is_land:
        return {
            "tenures": (0.03, [Tenure.BUY_LAND.value]),
            "available_area_mu": (0.05, rounded(max(premises.land_mu, premises.plot_mu), 1)),
            "largest_plot_mu": (0.1, rounded(premises.plot_mu, 1)),
            "slots": (0.3, premises.slots),
        }
    suits = premises.category.value == "built_to_suit"
    return {
        "tenures": (0.03, [Tenure.BUILT_TO_SUIT.value] if suits else [Tenure.LEASE.value, Tenure.BUY_FACTORY.value]),
        "floor_area_sqm": (0.05, rounded(premises.floor_sqm, 100)),
        "largest_building_sqm": (0.1, rounded(premises.building_sqm, 100)),
        "clear_height_m": (0.15, rounded(premises.height_m, 0.5)),
        "floor_load_kn_sqm": (0.2, rounded(premises.load, 1)),
        "slots": (0.3, premises.slots),
    }


def _spare(premises: Premises, form: Form) -> dict[str, Any]:
    said = form.kept(
        {
            "power_spare_kva": (0.12, rounded(premises.kva, 50)),
            "water_spare_m3_per_day": (0.3, rounded(premises.water, 10)),
            "sewage_spare_m3_per_day": (0.22, rounded(premises.sewage, 10)),
            "gas_spare_m3_per_day": (0.4, rounded(premises.gas, 100) if premises.gas else 0.0),
        }
    )
    if said:
        said["spare_as_of"] = premises.read_on
    return said | form.kept(
        {
            "dual_supply": (0.15, YES[premises.dual]),
            "workers_available": (0.3, int(rounded(premises.workers, 50))),
        }
    )


def _money(premises: Premises, form: Form, ground: Ground) -> dict[str, Any]:
    host = premises.host
    price = host.land_price if premises.is_land else host.rent
    name = "land_price_wan_per_mu" if premises.is_land else "rent_yuan_per_sqm_month"
    said = form.kept({name: (0.1, rounded(price * premises.price_factor, 0.5))})
    if said:
        said |= {"price_valid_from": ground.day - dt.timedelta(days=120), "price_source": PRICE_SOURCE}
    said |= form.kept({"power_price_yuan_per_kwh": (0.35, rounded(host.power_price, 0.01))})
    if premises.is_land and host.insists_on_threshold and not form.leaves_out(INSISTED):
        said |= {
            "min_investment_per_mu_wan": rounded(host.threshold, 5),
            "thresholds_valid_from": ground.day - dt.timedelta(days=200),
            "thresholds_valid_to": ground.day + dt.timedelta(days=500),
            "thresholds_source": PRICE_SOURCE,
        }
        said |= form.kept(
            {
                "min_tax_per_mu_wan": (0.4, rounded(host.tax_threshold, 0.5)),
                "thresholds_can_be_waived": (0.2, YES[host.waives]),
            }
        )
    return said


def _offered_siting(premises: Premises, form: Form) -> dict[str, Any]:
    host = premises.host
    sectors = [SpecialSector.ELECTROPLATING.value] if host.takes_plating else []
    sectors += [SpecialSector.CHEMICAL.value] if premises.on_chemical_plot else []
    return form.kept(
        {
            "customs_facilities": (0.2, sorted(port.value for port in host.ports) or None),
            "in_chemical_area": (0.15, YES[premises.on_chemical_plot]),
            "in_park_boundary": (0.15, Answer.YES),
            "listed_sectors": (0.5, sectors or None),
            "siting_as_of": (0.25, premises.read_on),
        }
    )
