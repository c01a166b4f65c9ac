"""Random sides of a pair, drawn where mistakes live: at a limit, one unit off it, missing, zero, stale to the day."""

import datetime as dt
import random
from typing import Any

from models import Field, ParkOffer, Position, Posting, RelocationNeed, Shape, TalentProfile, fields_of
from models.vocabulary import Answer, ParkLevel, ParkType, ParkVerification, PortType

from .likely import ANSWERED_BY, ANSWERED_BY_TALENT, LICENCES, LIKELY, LISTS, SKILLS, WORDS
from .says import Facts

TABLES: dict[str, type[Posting]] = {
    "need": RelocationNeed,
    "offer": ParkOffer,
    "talent": TalentProfile,
    "position": Position,
}


class Draw:
    """Draws sides and makes them nearly fit each other."""

    def __init__(self, seed: int, world: Facts, day: dt.date) -> None:
        self.dice, self.world, self.day = random.Random(seed), world, day

    def side(self, kind: str) -> Facts:
        """Draw all facts of a side, each missing about one time in three."""
        # Some sides say nearly nothing, some nearly everything.
        missing = self.dice.choice((0.05, 0.3, 0.3, 0.8))
        found: Facts = {}
        for name, field in fields_of(TABLES[kind]).items():
            if self.dice.random() >= missing:
                value = self.fact(name, field)
                if value is not None:
                    found[name] = value
        if kind == "need":
            self._touch_a_rule(found)
            if "rail_city_code" in found and self.world["rail"] and self.dice.random() < 0.5:
                found["rail_city_code"] = self.dice.choice(sorted({city for _, city in self.world["rail"]}))
        if kind == "offer":
            found["park"] = self.park() if self.dice.random() < 0.95 else None
        return found

    def directory_park(self) -> Facts:
        """Draw a park that states nothing of its own."""
        return {"park": self.park()}

    def _touch_a_rule(self, need: Facts) -> None:
        """Let four needs of five be of an industry that a rule speaks of, and name what that rule asks about."""
        if self.dice.random() < 0.2:
            return
        deciding = {row["rule"] for row in self.world["restricted"] if row["deciding_words"]}
        rule = self.dice.choice(sorted({row["rule"] for row in self.world["restricted"]}) + sorted(deciding))
        rows = [row for row in self.world["restricted"] if row["rule"] == rule]
        # Few rows decide anything by a word alone.
        row = self.dice.choice([row for row in rows if row["deciding_words"] or self.dice.random() < 0.3] or rows)
        if row["codes"] and self.dice.random() < 0.9:
            others = need.get("industry_codes", []) if self.dice.random() < 0.3 else []
            need["industry_codes"] = [self._level(self.dice.choice(row["codes"])), *others][:4]
        words = row["deciding_words"] if row["deciding_words"] and self.dice.random() < 0.7 else row["words"]
        if words and self.dice.random() < 0.7:
            name = self.dice.choice(("processes", "products"))
            need[name] = [*need.get(name, []), self.dice.choice(words)]
            need["adds_capacity"] = self.dice.choice(("yes", "no", "unsure"))
        kind = self.dice.choice((None, "new", "expansion", "relocation", "part_capacity", "renovation", "as drawn"))
        if kind is None:
            need.pop("project_type", None)
        elif kind != "as drawn":
            need["project_type"] = kind

    def _level(self, code: str) -> str:
        """Return a code as it is, or as one of those that contain it."""
        return code if self.dice.random() < 0.6 else code[: self.dice.choice((1, 3, 4, 5))]

    def park(self) -> Facts:
        county = self.dice.choice(self.dice.choice((self.world["counties"], list(self.world["areas"]))))
        customs = self.dice.choice((None, self._some([port.value for port in PortType])))
        return {
            "code": f"HN{self.dice.randrange(100_000):05}",
            "name": "某园",
            "alias": None,
            "level": self.dice.choice(list(ParkLevel)).value,
            "type": self.dice.choice(list(ParkType)).value,
            "prefecture_code": self.world["parent_of"][county],
            "county_code": county,
            "leading_industries": (),
            "chemical_status": self.dice.choice(list(Answer)).value,
            "chemical_as_of": None,
            "chemical_source": None,
            "customs_facilities": None if customs is None else tuple(customs),
            "is_enclave": False,
            "home_region_codes": (),
            "host_park_code": None,
            "verification": self.dice.choice(list(ParkVerification)).value,
            "manager_id": None,
        }

    # --- One fact -----------------------------------------------------------------------------------------------

    def fact(self, name: str, field: Field) -> Any:
        """Draw one fact in the shape and range of its field."""
        if name in LIKELY and self.dice.random() < 0.75:
            return self.dice.choice(LIKELY[name])
        if field.shape in (Shape.NUMBER, Shape.COUNT, Shape.YEAR):
            return self._number(field)
        if field.shape is Shape.DATE:
            return self._day(name)
        if field.shape in (Shape.TERM, Shape.ANSWER):
            assert field.vocabulary is not None
            return self.dice.choice(list(field.vocabulary)).value
        if field.shape is Shape.TERMS:
            assert field.vocabulary is not None
            return self._some([word.value for word in field.vocabulary])
        if field.shape is Shape.TEXT:
            return self.dice.choice(WORDS)
        if field.shape is Shape.TEXTS:
            return self._some(LICENCES if name.startswith("licence") else SKILLS)
        if field.shape is Shape.INDUSTRIES:
            return [self._level(self.dice.choice(self.world["classes"])) for _ in range(self.dice.randrange(4))]
        if field.shape in (Shape.REGION, Shape.REGIONS):
            places = self._places(field.places)
            return self.dice.choice(places) if field.shape is Shape.REGION else self._some(places)
        if field.shape is Shape.COUNTS:
            assert field.vocabulary is not None
            return {word: self.dice.randrange(50) for word in self._some([word.value for word in field.vocabulary])}
        return None

    def _some(self, words: list[str]) -> list[str]:
        """Draw a few words, in any order, and sometimes an empty list."""
        return self.dice.sample(words, min(len(words), self.dice.choice((0, 1, 1, 2, 3))))

    def _number(self, field: Field) -> float | int:
        low, high = field.low or 0, field.high or 1_000_000
        if field.shape is not Shape.NUMBER:
            return self.dice.choice((int(low), int(high), self.dice.randint(int(low), min(int(high), int(low) + 20))))
        value = self.dice.choice(
            (low, high, self.dice.uniform(low, high), min(high, low + 10 ** self.dice.uniform(-3, 5)))
        )
        return round(value, self.dice.choice((0, 2, 4))) or low

    def _day(self, name: str) -> dt.date:
        if name == "spare_as_of":
            # A year old to the day, a day younger or older, the end of February, or today.
            year_ago = dt.date(self.day.year - 1, self.day.month, min(self.day.day, 28))
            leap = dt.date(self.day.year - self.day.year % 4, 2, 29)
            fresh = self.day - dt.timedelta(days=self.dice.randrange(300))
            return self.dice.choice((year_ago, self._near(year_ago), self._near(leap), fresh, fresh, fresh, fresh))
        if name in ("thresholds_valid_from", "thresholds_valid_to") and self.dice.random() < 0.7:
            return self.day + dt.timedelta(days=self.dice.choice((0, 30)) * (-1 if name.endswith("from") else 1))
        return self.day + dt.timedelta(days=self.dice.choice((-400, -1, 0, 1, 30, 365, 900)))

    def _places(self, which: str) -> list[str]:
        hunan = [*self.world["prefectures"], *self.world["counties"]]
        bay = [*self.world["cities"], *self.world["districts"]]
        return {"hunan": hunan, "gba": bay}.get(which, hunan + bay)

    # --- Nearly fitting sides -----------------------------------------------------------------------------------

    def fit_premises(self, need: Facts, premises: Facts) -> None:
        """Move what premises have to what the need asks, so that limits are met, or missed by a little."""
        self._fit("offer", need, premises, ANSWERED_BY)
        for utility in ("sewage_{}m3_per_day", "power_{}kva", "gas_{}m3_per_day"):
            asked, spare, more = (utility.format(part) for part in ("", "spare_", "upgrade_"))
            if "spare_as_of" in premises and self.dice.random() < 0.2:
                premises[f"{utility.split('_')[0]}_upgrade_on"] = premises["spare_as_of"]
            if asked in need and spare in premises and more in premises and self.dice.random() < 0.8:
                premises[more] = max(0, self._near(round(need[asked] - premises[spare], 4)))
        if "thresholds_can_be_waived" in premises and self.dice.random() < 0.4:
            premises["thresholds_can_be_waived"] = Answer.NO.value
        area, invested = need.get("land_area_mu"), need.get("fixed_investment_yi", need.get("investment_yi"))
        if area and invested is not None and "min_investment_per_mu_wan" in premises and self.dice.random() < 0.8:
            premises["min_investment_per_mu_wan"] = self._near(round(invested * 10_000 / area, 4))
        link = premises.get("park") and self._rail(premises["park"]["prefecture_code"], need.get("rail_city_code"))
        if link and link["hours"] and "max_rail_hours" in need:
            need["max_rail_hours"] = self.dice.choice((link["hours"], self._near(link["hours"]))) or link["hours"]
        for listed in LISTS:
            if need.get("industry_codes") and listed in premises and self.dice.random() < 0.3:
                premises[listed] = [*premises[listed], self._level(self.dice.choice(need["industry_codes"]))]
        if premises.get("park") and "target_prefecture_codes" in need and self.dice.random() < 0.5:
            park = premises["park"]
            place = self.dice.choice((park["county_code"], park["prefecture_code"]))
            need["target_prefecture_codes"] = [*need["target_prefecture_codes"], place]

    def fit_need(self, need: Facts, premises: Facts) -> None:
        """Move what a need asks to what premises have."""
        self._fit("need", premises, need, [(own, asked) for asked, own in ANSWERED_BY])

    def fit_talent(self, position: Facts, talent: Facts) -> None:
        """Move what a talent brings to what a position asks, and the position to where the talent goes."""
        self._fit("talent", position, talent, ANSWERED_BY_TALENT)
        for asked, own in (
            ("education_required", "education"),
            ("title_required", "title_rank"),
            ("skill_level_required", "skill_level"),
        ):
            if asked in position and own in talent and self.dice.random() < 0.3:
                talent[own] = position[asked]
        targets = talent.get("target_prefecture_codes", [])
        if targets and "region_code" in position and self.dice.random() < 0.5:
            talent["target_prefecture_codes"] = [*targets, self._place_around(position["region_code"])]
        for asked, own in (("licences_required", "licences"), ("languages_required", "languages")):
            if asked in position and own in talent and self.dice.random() < 0.5:
                talent[own] = list(dict.fromkeys([*position[asked], *talent[own]]))

    def fit_places(self, need: Facts, talent: Facts) -> None:
        """Let a talent go to where a need may stand, or near it."""
        places, targets = need.get("target_prefecture_codes", []), talent.get("target_prefecture_codes", [])
        if places and targets and self.dice.random() < 0.5:
            talent["target_prefecture_codes"] = [*targets, self._place_around(self.dice.choice(places))]

    def _rail(self, prefecture: str, place: str | None) -> Facts | None:
        found: Facts | None = self.world["rail"].get((prefecture, place))
        return found

    def _place_around(self, place: str) -> str:
        """Return a place, or what it is a part of."""
        return self.dice.choice((place, self.world["parent_of"].get(place) or place))

    def _fit(self, kind: str, side: Facts, other: Facts, pairs: list[tuple[str, str]]) -> None:
        fields = fields_of(TABLES[kind])
        for asked, answered in pairs:
            if asked in side and answered in other and self.dice.random() < 0.8:
                near, field = self._near(side[asked]), fields[answered]
                # Nothing outside its range is ever saved.
                if field.low is not None and field.high is not None:
                    near = min(max(near, field.low), field.high)
                other[answered] = near

    def _near(self, value: Any) -> Any:
        """Return the same value, or one a unit, a hair or far away."""
        if isinstance(value, dt.date):
            return value + dt.timedelta(days=self.dice.choice((-31, -1, 0, 0, 1, 31)))
        if isinstance(value, int):
            return max(0, value + self.dice.choice((-2, -1, 0, 0, 1, 2)))
        moved = self.dice.choice((value, value, value + 1, value - 1, value + 0.0001, value - 0.0001, value * 3, 0.0))
        return max(0.0, round(moved, 4))
