"""Needs and offers with any facts in them, for what must hold whatever anybody states."""

import datetime as dt
import random
from typing import Any

from matchmaker.recommender.facts import Item, ParkFacts, Promise
from models import Field, ParkOffer, RelocationNeed, Shape, fields_of
from models.vocabulary import IncentiveType

TEXTS = ("多层线路板", "电子元器件标准厂房", "动力电池电芯", "罐头食品加工", "printed circuit boards", "厂房")
PLACES = {"gba": ("440300", "440306", "441900"), "hunan": ("430100", "431000", "431003")}


class RandomPostings:
    """Draws postings, each fact stated or not."""

    def __init__(self, seed: int, parks: dict[str, ParkFacts], industries: list[str]) -> None:
        self._random = random.Random(seed)
        self._parks, self._industries = parks, industries

    def need(self) -> Item:
        facts = self._facts(fields_of(RelocationNeed))
        return Item("need", "need:1", facts.get("title") or "", facts)

    def offer(self) -> Item:
        facts = self._facts(fields_of(ParkOffer))
        code = self._random.choice(list(self._parks))
        promises = tuple(Promise(kind.value, "前两年", None) for kind in self._some(list(IncentiveType)))
        name = facts.get("title") or ""
        return Item("offer", "offer:1", name, facts | {"park_code": code}, self._parks[code], promises)

    def stripped(self, item: Item) -> Item:
        """Take some of what is stated away, or all of it."""
        stated = [name for name in item.facts if item.get(name) is not None]
        gone = set(self._random.sample(stated, self._random.choice((1, 1, 2, len(stated) // 2, len(stated)))))
        facts = {name: value for name, value in item.facts.items() if name not in gone}
        park = item.park if "park_code" in facts else None
        promises = item.promises if self._random.random() < 0.7 else ()
        return Item(item.kind, item.id, facts.get("title") or "", facts, park, promises)

    def _facts(self, fields: dict[str, Field]) -> dict[str, Any]:
        share = self._random.choice((0.2, 0.6, 0.95))
        return {name: self._value(field) for name, field in fields.items() if self._random.random() < share}

    def _value(self, field: Field) -> Any:
        match field.shape:
            case Shape.NUMBER | Shape.COUNT | Shape.YEAR:
                return self._random.choice((1, 5, 20, 90, 100, 110, 300, 2000))
            case Shape.DATE:
                return dt.date(2026, 11, 24) + dt.timedelta(days=self._random.choice((-400, -30, 0, 100, 500)))
            case Shape.TERM | Shape.ANSWER:
                return self._random.choice(list(field.vocabulary or ())).value
            case Shape.TERMS:
                return [word.value for word in self._some(list(field.vocabulary or ()))]
            case Shape.INDUSTRIES:
                return self._some(self._industries)[:4]
            case Shape.REGION:
                return self._random.choice(PLACES["gba"])
            case Shape.REGIONS:
                return self._some(list(PLACES["hunan"]))
            case Shape.TEXTS:
                return self._some(list(TEXTS))
            case Shape.TEXT:
                return self._random.choice(TEXTS)
        return None

    def _some(self, pool: list[Any]) -> list[Any]:
        return self._random.sample(pool, self._random.randint(1, min(4, len(pool))))
