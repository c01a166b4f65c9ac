"""Sample needs: what enterprises of the Bay look for in Hunan."""

import datetime as dt
from functools import cache
from typing import Any

from opencc import OpenCC

from matchmaker.services.samples.organisations import Publisher
from matchmaker.services.samples.words import (
    Composer,
    Draw,
    Writer,
    as_answer,
    opening,
    read,
    rounded,
    stated,
    tidy,
)
from models import RelocationNeed
from models.vocabulary import (
    Answer,
    CooperationMode,
    InvestorOrigin,
    NeedCategory,
    PostingLanguage,
    ProjectType,
    Strictness,
    Tenure,
)

Entry = dict[str, Any]
Facts = dict[str, Any]

SQM_PER_MU = 666.67
PROJECT_TYPES = {
    "whole_relocation": ProjectType.RELOCATION,
    "expansion": ProjectType.EXPANSION,
    "part_of_capacity": ProjectType.PART_CAPACITY,
    "headquarters": ProjectType.HEADQUARTERS,
}
TENURES = {
    "land": [[Tenure.BUY_LAND], [Tenure.BUY_LAND, Tenure.BUILT_TO_SUIT], [Tenure.BUY_LAND, Tenure.RENT_LAND]],
    "lease": [[Tenure.LEASE], [Tenure.LEASE, Tenure.BUY_FACTORY], [Tenure.LEASE, Tenure.BUILT_TO_SUIT]],
    "farm": [[Tenure.RENT_LAND]],
}
# Where the fast trains from Hunan stop, for cities that have none of their own.
NEAREST_STATION = {
    "440600": "440100", "440700": "440100", "441200": "440100", "440400": "440100", "820000": "440100",
    "441300": "440300", "441900": "440300", "442000": "440300",
}  # fmt: skip
# What is asked for less often than it is left open: a market of complete forms would teach the matcher nothing.
OFTEN_BLANK = {
    "upstream_codes": 0.25, "downstream_codes": 0.25, "single_building_sqm": 0.2, "clear_height_m": 0.15,
    "floor_load_kn_sqm": 0.2, "water_m3_per_day": 0.12, "sewage_m3_per_day": 0.15, "gas_m3_per_day": 0.15,
    "steam_t_per_hour": 0.15, "energy_use_tce": 0.3, "processes": 0.1, "eia_class": 0.12, "pollutants": 0.15,
    "heavy_metals": 0.3, "fuels": 0.15, "workers_by_trade": 0.25, "dormitory_beds": 0.35,
    "fixed_investment_yi": 0.2, "tax_per_mu_wan": 0.35, "land_price_cap_wan_per_mu": 0.35,
    "rent_cap_yuan_per_sqm_month": 0.3, "power_price_cap_yuan_per_kwh": 0.5, "policy_asks": 0.2,
    "premises_needed_on": 0.12, "power_kva": 0.06, "headcount_needed": 0.06, "investor_origin": 0.1,
    "cooperation_modes": 0.4,
}  # fmt: skip
# A truth that the enterprise does not know yet, or has not answered.
UNSURE, UNANSWERED = 0.12, 0.15
MIDDLE = ("space", "build", "power", "water", "siting", "place", "people", "time", "money")


class Needs:
    """Makes need after need; the same number always makes the same one."""

    def __init__(self, seed: int, publishers: list[Publisher], regions: dict[str, str]) -> None:
        """Read the trades and learn who deals in which."""
        self.seed = seed
        self.trades: dict[str, Entry] = read("needs")
        self.words: Entry = read("need_words")
        self.writer = Writer.of(RelocationNeed, regions)
        self.by_trade = {
            trade: [publisher for publisher in publishers if trade in publisher.trades] for trade in self.trades
        }
        self.names = list(self.trades)

    def trade_of(self, index: int) -> str:
        """Name the trade of a need: every trade has its turn, the first two belong to the named accounts."""
        return self.names[index % len(self.names)]

    def make(self, index: int) -> RelocationNeed:
        """Make the need of this number."""
        draw = Draw(self.seed, "need", index)
        name = self.trade_of(index)
        turn = index // len(self.names)
        publishers = self.by_trade[name]
        publisher = publishers[turn % len(publishers)]
        trade = self.trades[name]
        granted, first = opening(trade["open"], turn)
        facts = _facts(draw, trade, publisher, granted.get("category"))
        language = self._language(draw, name, publisher)
        title, description = self._write(draw, name, turn, first, facts)
        if language is PostingLanguage.EN:
            title, description = self._write_english(draw, name, facts)
        if language is PostingLanguage.ZH_HANT:
            title, description = traditional(title), traditional(description)
            facts["products"] = [traditional(product) for product in facts["products"]]
        return RelocationNeed(
            **stated(RelocationNeed, facts),
            title=title,
            description=description,
            language=language,
            owner_id=publisher.owner.id,
            organisation_id=publisher.organisation.id,
            name_is_public=draw.chance(0.5),
        )

    def clauses(self, index: int) -> list[str]:
        """Name the clauses that the need answers to."""
        draw = Draw(self.seed, "need-clauses", index)
        own = draw.some(self.trades[self.trade_of(index)]["clauses"], 1, 3)
        return [*own, "T1e"] if draw.chance(0.15) else own

    def _language(self, draw: Draw, name: str, publisher: Publisher) -> PostingLanguage:
        dice = draw.between(0, 1)
        if publisher.origin == "domestic" or dice > 0.85:
            return PostingLanguage.ZH_HANS
        if dice < 0.3 and name in self.words["english"]["trades"]:
            return PostingLanguage.EN
        return PostingLanguage.ZH_HANT

    def _write(self, draw: Draw, name: str, turn: int, first: str, facts: Facts) -> tuple[str, str]:
        trade = self.trades[name]
        words = named(facts["products"]) | {"noun": trade["noun"]}
        title = self.writer.title(draw, self.words["titles"][facts["category"]], facts, words)
        text = Composer(self.writer, draw, facts, words)
        text.add([first])
        text.add(trade["make"], first=turn)
        middle = [part for part in MIDDLE if draw.chance(0.62) or part == "space"]
        for part in middle:
            text.add(self._sentences(part, facts))
        text.add(trade["make"], first=turn + 1)
        text.fill((self._sentences(part, facts) for part in MIDDLE), self.words["close"])
        return title, text.text

    def _sentences(self, part: str, facts: Facts) -> list[str]:
        if part != "space":
            sentences: list[str] = self.words[part]
            return sentences
        space: dict[str, list[str]] = self.words["space"]
        tenures = facts["tenures"]
        return space["farm" if facts["category"] == "farm_produce" else "land" if tenures[0] == "buy_land" else "lease"]

    def _write_english(self, draw: Draw, name: str, facts: Facts) -> tuple[str, str]:
        english = self.words["english"]
        words = english["trades"][name]
        title = self.writer.title(draw, [*english["titles"], "{noun}"], facts, words)
        text = Composer(self.writer, draw, facts, words)
        text.add([words["open"]])
        for _ in range(draw.whole(2, 4)):
            text.add(english["parts"])
        text.add(english["close"])
        return title, text.text


def named(products: list[str] | None) -> dict[str, str]:
    """Name the first two of a list, for sentences that speak of one."""
    return dict(zip(("first_product", "second_product"), products or [], strict=False))


@cache
def _converter() -> OpenCC:
    return OpenCC("s2hk")


def traditional(text: str) -> str:
    """Write the text in the characters of Hong Kong."""
    # 签 before a number is read as a lot by the converter; here it always means to sign.
    converted: str = _converter().convert(text).replace("籤", "簽")
    return converted


def _facts(draw: Draw, trade: Entry, publisher: Publisher, granted: str | None) -> Facts:
    space = draw.one(["land", "lease"]) if trade["space"] == "both" else trade["space"]
    category = NeedCategory(granted or draw.weighted(trade["kinds"]))
    facts: Facts = {
        "category": category,
        "industry_codes": trade["codes"],
        "products": draw.some(trade["products"], 2, 3),
        "from_city_code": publisher.organisation.region_code,
        "investor_origin": _origin(draw, publisher),
        "upstream_codes": draw.some(trade["up"], 1, 3),
        "downstream_codes": draw.some(trade["down"], 1, 3),
        "tenures": [tenure.value for tenure in draw.one(TENURES[space])],
    }
    facts |= _space(draw, trade, space) | _dates(draw, space) | _place(draw, trade, publisher)
    facts |= _utilities(draw, trade, facts) | _siting(draw, trade, category, space)
    facts |= _people(draw, trade, facts) | _money(draw, trade, facts, space)
    if "modes" in trade:
        facts["cooperation_modes"] = draw.some(trade["modes"], 1, 3)
    elif space == "farm":
        facts["cooperation_modes"] = [CooperationMode.ORDER_FARMING.value]
    elif draw.chance(0.3):
        facts["cooperation_modes"] = [CooperationMode.SELF_OPERATED.value]
    return leave_blank(draw, facts, OFTEN_BLANK)


def leave_blank(draw: Draw, facts: Facts, shares: dict[str, float]) -> Facts:
    """Forget some facts, as people do, and leave out what there never was."""
    return {name: value for name, value in facts.items() if value is not None and not draw.chance(shares.get(name, 0))}


def perhaps(draw: Draw, truth: bool | str | None, is_told: bool = False) -> str | None:
    """Answer a question truly, or not surely, or not at all; what the text tells is never unsure."""
    if truth is None or draw.chance(UNANSWERED):
        return None
    return Answer.UNSURE.value if draw.chance(UNSURE) and not is_told else as_answer(truth)


def _tells(trade: Entry, *words: str) -> bool:
    return any(word in sentence for sentence in (*trade["open"], *trade["make"]) for word in words)


def _origin(draw: Draw, publisher: Publisher) -> InvestorOrigin:
    if publisher.origin != "domestic":
        return InvestorOrigin(publisher.origin)
    return InvestorOrigin(draw.weighted({"domestic": 80, "HK": 10, "TW": 5, "foreign": 5}))


def _space(draw: Draw, trade: Entry, space: str) -> Facts:
    height = tidy(round(draw.between(*trade.get("height", (4, 5))) * 2) / 2)
    load = round(draw.between(*trade.get("load", (4, 5))))
    if space == "farm":
        return {"land_area_mu": rounded(draw.between(*trade["land"])), "accepts_split_plots": perhaps(draw, True)}
    if space == "land":
        land = rounded(draw.between(*trade["land"]))
        floor = rounded(land * SQM_PER_MU * draw.between(*trade.get("floor_ratio", (0.5, 0.95))))
        return {
            "land_area_mu": land,
            "accepts_split_plots": perhaps(draw, draw.chance(0.5)),
            "floor_area_sqm": floor,
            "clear_height_m": max(height, 3.5),
            "floor_load_kn_sqm": max(load, 2),
        }
    floor = rounded(draw.between(*trade["floor"]))
    return {
        "floor_area_sqm": floor,
        "single_building_sqm": max(200, rounded(floor * draw.between(0.2, 0.6))),
        "clear_height_m": max(height, 3.5),
        "floor_load_kn_sqm": max(load, 2),
    }


def _dates(draw: Draw, space: str) -> Facts:
    if space == "land":
        handed_over = draw.day(dt.date(2027, 4, 1), dt.date(2028, 6, 30))
        start = handed_over + dt.timedelta(days=draw.whole(240, 540))
    else:
        handed_over = draw.day(dt.date(2027, 3, 1), dt.date(2027, 12, 31))
        start = handed_over + dt.timedelta(days=draw.whole(90, 240))
    return {"premises_needed_on": month_end(handed_over), "production_start_on": month_end(start)}


def month_end(day: dt.date) -> dt.date:
    """Return the last day of the month, which is how people name a date far off."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def _place(draw: Draw, trade: Entry, publisher: Publisher) -> Facts:
    facts: Facts = {}
    strictness = draw.weighted({Strictness.MUST: 15, Strictness.PREFER: 50, Strictness.ANY: 20, None: 15})
    if strictness is not None:
        facts["place_strictness"] = strictness
    if strictness in (Strictness.MUST, Strictness.PREFER):
        facts["target_prefecture_codes"] = [str(code) for code in draw.some(trade["where"], 1, 3)]
    if draw.chance(0.45):
        city = publisher.organisation.region_code or ""
        facts["rail_city_code"] = NEAREST_STATION.get(city, city)
        facts["max_rail_hours"] = draw.one([2.5, 3, 3.5, 4, 4.5, 5])
    if trade.get("ports") and draw.chance(0.35):
        facts["ports_needed"] = [draw.one(trade["ports"])]
    return facts


def _utilities(draw: Draw, trade: Entry, facts: Facts) -> Facts:
    thousands = facts.get("floor_area_sqm", 0) / 1000

    def amount(name: str) -> float | None:
        return rounded(thousands * draw.between(*trade[name])) if name in trade and thousands else None

    power, gas, water = amount("kva_k"), amount("gas_k"), amount("water_k")
    found: Facts = {
        "power_kva": power and max(power, 10),
        "dual_supply_needed": as_answer(trade.get("dual")) or (perhaps(draw, draw.chance(0.35)) if power else None),
        "water_m3_per_day": water,
        "sewage_m3_per_day": rounded(water * trade["sewage"]) if water else None,
        "gas_m3_per_day": gas,
        "steam_t_per_hour": round(draw.between(*trade["steam"])) if "steam" in trade else None,
    }
    if power:
        # 60 % of the capacity over 6,000 hours, and the gas of 330 days, in tonnes of standard coal.
        found["energy_use_tce"] = rounded(power * 0.6 * 6000 * 0.1229 / 1000 + (gas or 0) * 330 * 1.33 / 1000)
    if water and found["sewage_m3_per_day"] > water:
        found["sewage_m3_per_day"] = water
    return found


def _siting(draw: Draw, trade: Entry, category: NeedCategory, space: str) -> Facts:
    project = PROJECT_TYPES.get(category, ProjectType.NEW)
    if trade["codes"][0][0] != "C":
        # Nobody asks a film studio about electroplating.
        return {
            "project_type": project,
            "eia_class": trade.get("eia"),
            "pollutants": trade.get("pollutants"),
            "has_chemical_reaction": perhaps(draw, trade["reaction"]) if "M7320" in trade["codes"] else None,
            "fuels": trade.get("fuels") or None,
        }
    facts: Facts = {
        "project_type": project,
        "adds_capacity": perhaps(draw, project is not ProjectType.RELOCATION),
        "processes": draw.some(trade["processes"], 3, 6) if trade.get("processes") else None,
        "eia_class": trade.get("eia"),
        "pollutants": trade.get("pollutants"),
        "electroplating_step": perhaps(draw, trade.get("plating"), _tells(trade, "镀")),
        "has_chemical_reaction": perhaps(draw, trade.get("reaction"), _tells(trade, "反应", "合成")),
        "compounding_only": perhaps(draw, trade.get("compounding"), _tells(trade, "复配")),
        "product_is_hazardous_chemical": perhaps(draw, trade.get("hazardous", False)),
        "heavy_metals": trade.get("metals", ["none"] if trade.get("plating") is False else None),
        "fuels": trade.get("fuels") or None,
        "major_hazard_source": perhaps(draw, False, _tells(trade, "危险源")) if trade.get("reaction") else None,
        "serves_other_industry": perhaps(draw, False) if trade.get("reaction") else None,
    }
    return facts


def _people(draw: Draw, trade: Entry, facts: Facts) -> Facts:
    floor, land = facts.get("floor_area_sqm"), facts.get("land_area_mu", 0)
    if floor and "heads_k" in trade:
        heads = rounded(floor / 1000 * draw.between(*trade["heads_k"]))
    else:
        heads = rounded(land * draw.between(*trade.get("heads_mu", (0.1, 0.2))))
    heads = max(8, int(heads))
    trades = {name: int(heads * share) for name, share in trade.get("trades", {}).items()}
    return {
        "headcount_needed": heads,
        "workers_by_trade": {name: number for name, number in trades.items() if number} or None,
        "dormitory_beds": int(rounded(heads * draw.between(0.3, 0.6))) if heads >= 60 else None,
    }


def _money(draw: Draw, trade: Entry, facts: Facts, space: str) -> Facts:
    land = facts.get("land_area_mu") or facts["floor_area_sqm"] / SQM_PER_MU
    investment = _yi(land * draw.between(*trade["invest"]) / 10_000)
    found: Facts = {
        "investment_yi": investment,
        "fixed_investment_yi": min(investment, _yi(investment * draw.between(0.6, 0.85))),
        "policy_asks": draw.some(trade["asks"], 1, 3),
        "power_price_cap_yuan_per_kwh": draw.one([0.58, 0.6, 0.62, 0.65, 0.68, 0.7]),
    }
    if "tax" in trade:
        found["tax_per_mu_wan"] = round(draw.between(*trade["tax"]))
    if space == "land":
        found["land_price_cap_wan_per_mu"] = draw.one([10, 12, 14, 15, 16, 18, 20, 22, 25])
    if space == "lease":
        costly = trade["codes"][0][0] in "FRMI"
        found["rent_cap_yuan_per_sqm_month"] = draw.one([25, 28, 30, 35, 40] if costly else [8, 9, 10, 12, 14, 16, 18])
    if space == "farm":
        found["annual_purchase_t"] = rounded(land * draw.between(*trade["purchase_mu"]))
    return found


def _yi(value: float) -> float:
    return tidy(max(0.01, round(value, 1) if value >= 2 else round(value, 2)))
