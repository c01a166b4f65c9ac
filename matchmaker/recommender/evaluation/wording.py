"""Titles and descriptions of the synthetic market in three scripts, and the same said in other words.

What a text says is drawn once for each firm and premises. How it says it is drawn for each voice: other sentences,
another order, other words for the products, another language. So a text of another voice is a paraphrase, nothing else.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from opencc import OpenCC
from pypinyin import lazy_pinyin

from matchmaker.recommender.evaluation.drawing import Dice
from matchmaker.recommender.evaluation.firms import Firm
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.hosts import Premises
from matchmaker.recommender.evaluation.trades import GROUP, Product, trades
from models.vocabulary import IncentiveType, PostingLanguage

SENTENCES = Path(__file__).with_name("wording.yaml")
CONTENT, VOICE = 6, 7  # the kinds of things, in the keys of their dice
NOT_PINYIN = {"香港": "Hong Kong", "澳门": "Macao"}
# How often a thing is said that holds.
TOLD_BY_FIRMS = {
    "upstream": 0.6, "downstream": 0.6, "home": 0.5, "prefer": 0.15, "hands": 0.6, "power": 0.5, "water": 0.6,
    "port": 0.7, "asks": 0.4,
}  # fmt: skip
TOLD_BY_PARKS = {
    "cluster": 0.6, "sought": 0.8, "gap": 0.6, "refuse": 0.3, "workers": 0.6, "near": 0.5, "chemical": 0.6,
    "plating": 0.5, "grants": 0.5,
}  # fmt: skip
_traditional = OpenCC("s2hk")


@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """What a form's free fields hold."""

    title: str
    description: str
    products: list[str]


@cache
def _read() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    return read


class Voice:
    """A way to say things: a language, and chance for everything that doesn't change what is said."""

    def __init__(self, language: PostingLanguage, *key: int) -> None:
        self.language, self.dice = language, Dice(VOICE, *key)
        self.tongue = "en" if language is PostingLanguage.EN else "zh"

    def wording(self, options: Sequence[str]) -> str:
        """Choose among words that say the same."""
        return self.dice.one(options)

    def product(self, product: Product) -> str:
        """Name a product."""
        return self.wording(product.en if self.tongue == "en" else product.zh)

    def products(self, products: Iterable[Product]) -> str:
        """Name some products."""
        return self.listed(self.product(product) for product in products)

    def listed(self, words: Iterable[str]) -> str:
        """Join words as the language does."""
        some = list(dict.fromkeys(words))
        if self.tongue == "zh":
            return "、".join(some)
        return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)

    def place(self, ground: Ground, code: str) -> str:
        """Name a region."""
        name = ground.place_names[code]
        if self.tongue == "zh":
            return name
        return NOT_PINYIN.get(name) or "".join(lazy_pinyin(name)).capitalize()

    def asks(self, asks: Iterable[IncentiveType]) -> str:
        """Name kinds of support."""
        return self.listed(self.wording(_read()["asks"][ask.value][self.tongue]) for ask in sorted(asks))

    def groups(self, groups: Iterable[str], ground: Ground) -> str:
        """Name industries by a product where the market has one, as people do."""
        words = []
        for group in groups:
            known = [trade for code, trade in trades().items() if code[:GROUP] == group]
            if known:
                words.append(self.product(known[0].products[0]))
            elif self.tongue == "zh":
                words.append(ground.industry_names.get(group, group).removesuffix("制造"))
        return self.listed(words) if words else ""

    def sentence(self, unit: str, values: Mapping[str, str], number: int | None = None) -> str:
        """Say one thing in one of its wordings; `number` picks a thing of a list of things."""
        side, _, name = unit.partition(".")
        options = _read()[side][name][self.tongue]
        return self.wording(options if number is None else options[number]).format(**values)

    def written(self, text: str) -> str:
        """Write in the script of the language."""
        return str(_traditional.convert(text)) if self.language is PostingLanguage.ZH_HANT else text

    def text(self, title: str, first: str, others: Sequence[str], last: str, products: Iterable[Product]) -> Text:
        """Put a text together, its middle in any order."""
        between = "" if self.tongue == "zh" else " "
        sentences = [first, *self.dice.shuffled(others), last]
        described = between.join(sentence for sentence in sentences if sentence)
        return Text(
            self.written(title)[:80], self.written(described), [self.written(self.product(one)) for one in products]
        )


def need_text(firm: Firm, voice: Voice, ground: Ground, seed: int) -> Text:
    """Write what a firm says of its need."""
    said = Dice(seed, CONTENT, 1, firm.at)
    space = voice.sentence("need.space_land" if firm.by_land else "need.space_floor", {})
    values = {
        "product": voice.product(firm.main),
        "products": voice.products(firm.products),
        "city": voice.place(ground, firm.city),
        "space": space,
    }
    body: list[str] = [
        voice.sentence("need.why", {}, int(said.rng.integers(5))),
        *([voice.sentence("need.land", {})] if firm.by_land else []),
        *([voice.sentence("need.floor", {})] if firm.by_floor else []),
    ]
    is_told = {name: said.chance(share) for name, share in TOLD_BY_FIRMS.items()}
    for name, groups in (("upstream", firm.upstream), ("downstream", firm.downstream)):
        named = voice.groups(groups, ground)
        if named and is_told[name]:
            body.append(voice.sentence(f"need.{name}", {"groups": named}))
    best = sorted(firm.taste, key=lambda prefecture: -firm.taste[prefecture])[:2]
    if firm.home and is_told["home"]:
        body.append(voice.sentence("need.home", {"place": voice.place(ground, firm.home)}))
    if not firm.must and is_told["prefer"]:
        places = voice.listed(voice.place(ground, code) for code in best)
        body.append(voice.sentence("need.prefer", {"places": places}))
    for name, holds in (
        ("hands", firm.hands > 120),
        ("power", firm.kva > 1500),
        ("water", firm.sewage > 80),
        ("port", bool(firm.ports)),
    ):
        if holds and is_told[name]:
            body.append(voice.sentence(f"need.{name}", {}))
    if is_told["asks"]:
        body.append(voice.sentence("need.asks", {"asks": voice.asks(firm.asks)}))
    return voice.text(
        voice.sentence("need.title", values),
        voice.sentence(f"need.{firm.category.value}", values),
        body,
        voice.sentence("need.close", {}),
        firm.products,
    )


def offer_text(premises: Premises, voice: Voice, ground: Ground, seed: int) -> Text:
    """Write what a park says of its premises."""
    host, said = premises.host, Dice(seed, CONTENT, 2, premises.at)
    kind = premises.category.value
    values = {
        "space": voice.sentence(f"offer.space_{kind}", {}),
        "place": voice.place(ground, host.prefecture),
        "county": voice.place(ground, host.county),
        "product": voice.product(premises.sought[0]),
    }
    here = [product for trade in host.cluster[:3] for product in trade.products[:1]]
    is_told = {name: said.chance(share) for name, share in TOLD_BY_PARKS.items()}
    granted = said.some(sorted(host.grants), 1, 3)
    body = [voice.sentence(f"offer.{kind}", {})]
    if is_told["cluster"]:
        body.append(voice.sentence("offer.cluster", {"products": voice.products(here)}))
    if is_told["sought"]:
        body.append(voice.sentence("offer.sought", {"products": voice.products(premises.sought[:3])}))
    for name, groups in (("gap", host.gaps), ("refuse", host.refused)):
        named = voice.groups((group[:GROUP] for group in groups), ground)
        if named and is_told[name]:
            body.append(voice.sentence(f"offer.{name}", {"groups": named}))
    for name, holds in (
        ("workers", host.pool > 900),
        ("near", int(host.county[-2:]) < 20),
        ("chemical", premises.on_chemical_plot),
        ("plating", host.takes_plating),
    ):
        if holds and is_told[name]:
            body.append(voice.sentence(f"offer.{name}", {}))
    if is_told["grants"]:
        body.append(voice.sentence("offer.grants", {"asks": voice.asks(granted)}))
    return voice.text(
        voice.sentence("offer.title", values),
        voice.sentence("offer.open", values),
        body,
        voice.sentence("offer.noise", {}, int(said.rng.integers(4))),
        premises.sought[:3],
    )
