"""Sample offers: what sample parks have to give, and the supports that go with it."""

import datetime as dt
from typing import Any

from matchmaker.services.samples.needs import SQM_PER_MU, leave_blank, month_end, named, perhaps
from matchmaker.services.samples.organisations import Estate
from matchmaker.services.samples.words import Composer, Draw, Writer, read, rounded, stated, tidy
from models import Incentive, ParkOffer
from models.vocabulary import (
    Answer,
    CooperationMode,
    IncentiveType,
    OfferCategory,
    PostingLanguage,
    ShorelineClass,
    SpecialSector,
    Tenure,
)

Entry = dict[str, Any]
Facts = dict[str, Any]
C = OfferCategory

BUILDINGS = (C.STANDARD_FACTORY, C.BUILT_TO_SUIT, C.INCUBATOR, C.LOGISTICS, C.ENCLAVE_SLOT)
# Areas of buildings in ㎡, heights in m, loads in kN/㎡, by category.
FLOORS = {
    C.STANDARD_FACTORY: ((6_000, 90_000), (4.5, 10), (5, 20)),
    C.BUILT_TO_SUIT: ((15_000, 120_000), (6, 13), (8, 30)),
    C.INCUBATOR: ((1_200, 12_000), (3.6, 6), (4, 10)),
    C.LOGISTICS: ((8_000, 60_000), (8, 14), (15, 40)),
    C.ENCLAVE_SLOT: ((10_000, 80_000), (4.5, 8), (5, 15)),
}
RENTS = {
    C.STANDARD_FACTORY: (6, 15),
    C.BUILT_TO_SUIT: (8, 16),
    C.INCUBATOR: (12, 35),
    C.LOGISTICS: (10, 24),
    C.ENCLAVE_SLOT: (6, 14),
}
TENURES = {
    C.LAND_PLOT: [[Tenure.BUY_LAND], [Tenure.BUY_LAND, Tenure.RENT_LAND]],
    C.STANDARD_FACTORY: [[Tenure.LEASE], [Tenure.LEASE, Tenure.BUY_FACTORY]],
    C.BUILT_TO_SUIT: [[Tenure.BUILT_TO_SUIT], [Tenure.BUILT_TO_SUIT, Tenure.BUY_FACTORY]],
    C.INCUBATOR: [[Tenure.LEASE]],
    C.ENCLAVE_SLOT: [[Tenure.LEASE, Tenure.BUY_LAND], [Tenure.LEASE, Tenure.BUILT_TO_SUIT]],
    C.FARM_BASE: [[Tenure.RENT_LAND]],
    C.LOGISTICS: [[Tenure.LEASE]],
}
# Changsha's own ground is several times dearer than that of the counties.
DEAR_PREFECTURE = "4301"
OFTEN_BLANK = {
    "refused_codes": 0.3, "largest_plot_mu": 0.1, "largest_building_sqm": 0.1, "clear_height_m": 0.15,
    "floor_load_kn_sqm": 0.2, "slots": 0.3, "water_spare_m3_per_day": 0.3, "sewage_spare_m3_per_day": 0.22,
    "gas_spare_m3_per_day": 0.4, "power_spare_kva": 0.12, "workers_available": 0.3,
    "power_price_yuan_per_kwh": 0.35, "shoreline_distance_m": 0.5, "shoreline_class": 0.3, "siting_as_of": 0.25,
    "listed_sectors": 0.5,
}  # fmt: skip
# Of these offers the plot's papers are all there: what most parks have yet to answer.
WELL_DOCUMENTED = 0.4
PROTECTED = (
    "in_ecological_redline", "in_permanent_farmland", "in_water_protection_zone", "in_nature_reserve", "in_wetland",
)  # fmt: skip
FARM_TRADES = ("vegetable", "pork", "food", "ready_meals", "tcm", "feed")
SOURCES = ["园区填报", "示例评估报告", "示例挂牌公告"]
CLOSES = {C.FARM_BASE: "farm_close", C.SERVICE: "service_close"}
MIDDLE = ("build", "power", "water", "price", "terms", "siting", "people")


class Offers:
    """Makes offer after offer; the same number always makes the same one."""

    def __init__(self, seed: int, estates: list[Estate], regions: dict[str, str]) -> None:
        """Read the words and learn what each trade's industry is."""
        self.seed = seed
        self.estates = estates
        self.words: Entry = read("offers")
        self.trades: dict[str, Entry] = read("needs")
        self.writer = Writer.of(ParkOffer, regions)
        self.regions = regions

    def make(self, index: int) -> ParkOffer:
        """Make the offer of this number."""
        draw = Draw(self.seed, "offer", index)
        estate = self._estate(index)
        category = self._category(draw, estate)
        trade = draw.one(_trades(estate, category))
        facts = leave_blank(draw, self._facts(draw, estate, category, trade), OFTEN_BLANK)
        _settle(facts)
        if category not in (C.SERVICE, C.FARM_BASE):
            # Drawn apart, so that every other fact stays what it was.
            facts |= _papers(Draw(self.seed, "offer-papers", index), facts)
        title, description = self._write(draw, estate, category, trade, facts, index // len(self.estates))
        return ParkOffer(
            **stated(ParkOffer, facts),
            title=title,
            description=description,
            language=PostingLanguage.ZH_HANS,
            owner_id=estate.publisher.owner.id,
            organisation_id=estate.publisher.organisation.id,
            name_is_public=True,
            incentives=self._incentives(draw, estate) if category is not C.SERVICE and draw.chance(0.55) else [],
        )

    def clauses(self, index: int) -> list[str]:
        """Name the clauses that the offer answers to."""
        category = self._category(Draw(self.seed, "offer", index), self._estate(index))
        return Draw(self.seed, "offer-clauses", index).some(CLAUSES[category], 1, 3)

    def _estate(self, index: int) -> Estate:
        return self.estates[index % len(self.estates)]

    def _category(self, draw: Draw, estate: Estate) -> OfferCategory:
        return OfferCategory(draw.weighted(estate.gives))

    def _facts(self, draw: Draw, estate: Estate, category: OfferCategory, trade: str) -> Facts:
        others = draw.some([name for name in _trades(estate, category) if name != trade], 1, 2)
        welcomed = [code for name in (trade, *others) for code in self.trades[name]["codes"][:1]]
        facts: Facts = {
            "category": category,
            "park_code": estate.park.code,
            "welcomed_codes": list(dict.fromkeys(code if draw.chance(0.5) else code[:4] for code in welcomed)),
            "available_on": _available(draw, category),
        }
        if category is C.SERVICE:
            return facts | self._service(draw)
        facts["tenures"] = [tenure.value for tenure in draw.one(TENURES[category])]
        if category is C.FARM_BASE:
            return facts | self._farm(draw, estate)
        refused = ["C2710", "C2631", "C1713", "C1762", "C3110", "C3011", "C2221", "C3843"]
        facts["refused_codes"] = draw.some([code for code in refused if code not in welcomed], 1, 3)
        facts |= _ground(draw, category) if category is C.LAND_PLOT else _building(draw, category)
        facts |= _utilities(draw, facts) | _terms(draw, estate, category, facts) | _siting(draw, estate, trade)
        facts |= estate.granted
        if category is C.LOGISTICS:
            facts["products"] = draw.some(self.words["logistics_products"], 2, 3)
        if category is C.ENCLAVE_SLOT:
            facts |= _enclave(draw, estate)
        return facts

    def _service(self, draw: Draw) -> Facts:
        name = draw.one(self.words["services"])
        return {"service_type": name, "products": draw.some(self.words["services"][name], 2, 3)}

    def _farm(self, draw: Draw, estate: Estate) -> Facts:
        area = rounded(draw.between(150, 4_000))
        return {
            "products": draw.some(self.words["farm_products"][estate.park.code], 2, 3),
            "available_area_mu": area,
            "largest_plot_mu": min(area, rounded(area * draw.between(0.2, 0.7))),
            "annual_supply_t": rounded(area * draw.between(1, 3)),
            "workers_available": int(rounded(draw.between(60, 600))),
            "enclave_modes": draw.one([[CooperationMode.ORDER_FARMING.value], None]),
            "in_ecological_redline": perhaps(draw, False),
            "in_water_protection_zone": perhaps(draw, False),
            "siting_as_of": draw.day(dt.date(2026, 2, 1), dt.date(2026, 10, 31)),
            "slots": draw.whole(1, 5),
        }

    def _write(
        self, draw: Draw, estate: Estate, category: OfferCategory, trade: str, facts: Facts, turn: int
    ) -> tuple[str, str]:
        pool, shared = self.words[category.value], self.words["shared"]
        words = named(facts.get("products")) | {
            "county": estate.county,
            "trade": self.trades[trade]["noun"],
            "home": self.regions[estate.home] if estate.home else "",
        }
        title = self.writer.title(draw, [*pool["titles"], "{county}{category}"], facts, words)
        text = Composer(self.writer, draw, facts, words)
        text.add(pool["open"])
        text.add(estate.about, first=turn)
        for part in self._middle(category):
            if draw.chance(0.6):
                text.add(pool.get(part) or shared.get(part, []))
        text.add(pool.get("more", []))
        text.add(pool["deliver"])
        rest = [pool.get(part) or shared.get(part, []) for part in ("more", *self._middle(category))]
        text.fill([*rest, estate.about], shared[CLOSES.get(category, "close")])
        return title, text.text

    def _middle(self, category: OfferCategory) -> tuple[str, ...]:
        if category is C.SERVICE:
            return ("more",)
        return ("siting", "people", "more") if category is C.FARM_BASE else MIDDLE

    def _incentives(self, draw: Draw, estate: Estate) -> list[Incentive]:
        kinds = draw.some(self.words["incentives"], 1, 3)
        return [self._incentive(draw, estate, kind) for kind in kinds]

    def _incentive(self, draw: Draw, estate: Estate, kind: Entry) -> Incentive:
        cap = rounded(draw.between(*kind["cap"])) if kind["cap"] else None
        return Incentive(
            type=IncentiveType(kind["type"]),
            summary=kind["summary"].format(cap=f"{cap:,}" if cap else ""),
            cap_wan=cap,
            condition=kind["condition"],
            issuer=f"{estate.park.name}管委会",
            valid_from=dt.date(2026, 1, 1),
            valid_to=draw.one([dt.date(2027, 12, 31), dt.date(2028, 6, 30), dt.date(2028, 12, 31)]),
            source="示例文件，已写明公平竞争审查结论",
        )


CLAUSES = {
    C.LAND_PLOT: ["T5a", "T24c", "T5c"],
    C.STANDARD_FACTORY: ["T5a", "T24b", "T24d"],
    C.BUILT_TO_SUIT: ["T5a", "T24b"],
    C.INCUBATOR: ["T10c", "T11b", "T19d", "T10d"],
    C.ENCLAVE_SLOT: ["T9a", "T9b", "T9c", "T10b"],
    C.FARM_BASE: ["T7a", "T7c", "T7e", "T7f"],
    C.LOGISTICS: ["T8c", "T8d", "T8f"],
    C.SERVICE: ["T23d", "T20e", "T12e", "T19b"],
}


def _trades(estate: Estate, category: OfferCategory) -> list[str]:
    """List the trades that the park welcomes here: nobody makes furniture on a farm."""
    rural = [name for name in estate.publisher.trades if name in FARM_TRADES]
    return rural if category is C.FARM_BASE and rural else estate.publisher.trades


def _available(draw: Draw, category: OfferCategory) -> dt.date:
    if category is C.BUILT_TO_SUIT:
        return month_end(draw.day(dt.date(2027, 9, 1), dt.date(2028, 12, 31)))
    if category is C.LAND_PLOT:
        return month_end(draw.day(dt.date(2027, 1, 1), dt.date(2028, 6, 30)))
    return month_end(draw.day(dt.date(2026, 12, 1), dt.date(2027, 12, 31)))


def _ground(draw: Draw, category: OfferCategory) -> Facts:
    area = rounded(draw.between(40, 700))
    return {
        "available_area_mu": area,
        "largest_plot_mu": min(area, rounded(area * draw.between(0.35, 0.95))),
        "slots": draw.whole(1, 6),
    }


def _building(draw: Draw, category: OfferCategory) -> Facts:
    floors, heights, loads = FLOORS[category]
    floor = rounded(draw.between(*floors))
    facts: Facts = {
        "floor_area_sqm": floor,
        "largest_building_sqm": min(floor, rounded(floor * draw.between(0.25, 0.8))),
        "clear_height_m": tidy(round(draw.between(*heights) * 2) / 2),
        "floor_load_kn_sqm": round(draw.between(*loads)),
        "slots": draw.whole(2, 40) if category in (C.INCUBATOR, C.ENCLAVE_SLOT) else draw.whole(1, 10),
    }
    if category in (C.BUILT_TO_SUIT, C.ENCLAVE_SLOT):
        area = max(3, rounded(floor / SQM_PER_MU * draw.between(1.2, 2)))
        facts |= {"available_area_mu": area, "largest_plot_mu": min(area, rounded(area * draw.between(0.4, 1)))}
    return facts


def _utilities(draw: Draw, facts: Facts) -> Facts:
    size = facts.get("floor_area_sqm") or facts["available_area_mu"] * SQM_PER_MU * 0.7
    water = rounded(size / 1000 * draw.between(6, 40))
    sewage = rounded(water * draw.between(0.5, 0.9))
    found: Facts = {
        "power_spare_kva": rounded(size / 1000 * draw.between(30, 200)),
        "dual_supply": perhaps(draw, draw.chance(0.55)),
        "water_spare_m3_per_day": water,
        "sewage_spare_m3_per_day": sewage,
        "gas_spare_m3_per_day": rounded(size / 1000 * draw.between(30, 260)) if draw.chance(0.7) else None,
        # Spare capacity that was read more than a year ago counts as unknown.
        "spare_as_of": draw.day(dt.date(2026, 5, 1), dt.date(2026, 11, 15))
        if draw.chance(0.85)
        else draw.day(dt.date(2025, 2, 1), dt.date(2025, 9, 30)),
        "dedicated_sewage_line": perhaps(draw, draw.chance(0.25)),
        "workers_available": int(rounded(draw.between(150, 6_000))),
    }
    if draw.chance(0.25):
        found["power_upgrade_kva"] = rounded(found["power_spare_kva"] * draw.between(0.5, 1.5))
        found["power_upgrade_on"] = month_end(draw.day(dt.date(2027, 3, 1), dt.date(2028, 12, 31)))
    if draw.chance(0.2):
        found["sewage_upgrade_m3_per_day"] = rounded(sewage * draw.between(0.5, 2))
        found["sewage_upgrade_on"] = month_end(draw.day(dt.date(2027, 6, 1), dt.date(2028, 12, 31)))
    return found


def _terms(draw: Draw, estate: Estate, category: OfferCategory, facts: Facts) -> Facts:
    dear = estate.park.county_code.startswith(DEAR_PREFECTURE)
    found: Facts = {"power_price_yuan_per_kwh": draw.one([0.55, 0.58, 0.6, 0.62, 0.64, 0.66, 0.68])}
    if draw.chance(0.88):
        if "buy_land" in facts["tenures"]:
            found["land_price_wan_per_mu"] = draw.whole(35, 60) if dear else draw.whole(7, 20)
        if category in RENTS:
            low, high = RENTS[category]
            found["rent_yuan_per_sqm_month"] = tidy(round(draw.between(low, high) * (1.8 if dear else 1) * 2) / 2)
        found["price_valid_from"] = draw.day(dt.date(2025, 10, 1), dt.date(2026, 10, 31))
        found["price_source"] = draw.one(SOURCES)
    if category in (C.LAND_PLOT, C.BUILT_TO_SUIT, C.ENCLAVE_SLOT) and draw.chance(0.75):
        found |= {
            "min_investment_per_mu_wan": draw.whole(10, 22) * 20 if dear else draw.whole(7, 18) * 20,
            "min_tax_per_mu_wan": draw.whole(15, 30) if dear else draw.whole(5, 16),
            "thresholds_can_be_waived": perhaps(draw, draw.chance(0.5)),
            "thresholds_valid_from": dt.date(2026, 1, 1),
            "thresholds_valid_to": dt.date(2027, 12, 31),
            "thresholds_source": "示例园区准入办法",
        }
    return found


def _siting(draw: Draw, estate: Estate, trade: str) -> Facts:
    status = estate.park.chemical_status
    sectors = {"plating": SpecialSector.ELECTROPLATING, "pcb": SpecialSector.ELECTROPLATING}
    listed = [sectors[name].value for name in dict.fromkeys((trade, *estate.publisher.trades)) if name in sectors]
    if status is Answer.YES:
        listed.append(SpecialSector.CHEMICAL.value)
    ports = list(estate.park.customs_facilities or ())
    return {
        "customs_facilities": ports if ports and draw.chance(0.7) else None,
        "in_park_boundary": perhaps(draw, True),
        "in_chemical_area": perhaps(draw, status.value),
        "shoreline_class": draw.one([*ShorelineClass]) if draw.chance(0.5) else None,
        "shoreline_distance_m": rounded(draw.between(300, 12_000)) if draw.chance(0.5) else None,
        "in_ecological_redline": perhaps(draw, False),
        "in_permanent_farmland": perhaps(draw, False),
        "in_water_protection_zone": perhaps(draw, False),
        "in_green_heart": perhaps(draw, False) if estate.park.county_code[:4] in ("4301", "4302", "4303") else None,
        "listed_sectors": sorted(set(listed)) or None,
        "siting_as_of": draw.day(dt.date(2026, 2, 1), dt.date(2026, 10, 31)),
    }


def _papers(draw: Draw, facts: Facts) -> Facts:
    """Answer what a plot's papers say beyond the usual, and which access list the park goes by."""
    found: Facts = {
        "in_nature_reserve": perhaps(draw, False),
        "in_wetland": perhaps(draw, False),
        "shoreline_accuracy_m": draw.one([5, 10, 20]) if "shoreline_distance_m" in facts and draw.chance(0.5) else None,
    }
    if draw.chance(0.6):
        closed = ["C2522", "C2631", "C3110", "C1910", "C3843"]
        found |= {
            "access_list_source": "示例园区生态环境准入清单",
            "access_list_valid_to": dt.date(2030, 12, 31),
            "access_banned_codes": draw.some([code for code in closed if code not in facts["welcomed_codes"]], 2, 3),
            "access_restricted_codes": draw.one([["C3360"], ["C2641"], None]),
        }
    if draw.chance(WELL_DOCUMENTED):
        found |= dict.fromkeys(PROTECTED, Answer.NO)
        found |= {"in_park_boundary": Answer.YES, "siting_as_of": dt.date(2026, 9, 30)}
        found |= {"listed_sectors": facts.get("listed_sectors") or [SpecialSector.NONE.value]}
    return {name: value for name, value in found.items() if value is not None}


def _enclave(draw: Draw, estate: Estate) -> Facts:
    modes = [CooperationMode.TRUSTEESHIP, CooperationMode.JOINT_STOCK, CooperationMode.PROMOTION]
    return {
        "enclave_modes": [mode.value for mode in draw.some(modes, 1, 2)],
        "home_region_code": estate.home,
        "enclave_term_years": draw.one([15, 20, 25, 30]),
    }


def _settle(facts: Facts) -> None:
    """Drop what says nothing without another fact: a date of spares without spares, a shore without distance."""
    spares = ("power_spare_kva", "water_spare_m3_per_day", "sewage_spare_m3_per_day", "gas_spare_m3_per_day")
    if not any(name in facts for name in spares):
        facts.pop("spare_as_of", None)
    if "shoreline_distance_m" in facts and "shoreline_class" not in facts:
        facts.pop("shoreline_distance_m")
