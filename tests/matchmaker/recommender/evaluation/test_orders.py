"""The orders that the matching is measured against do what their names say."""

import datetime as dt

import numpy as np
import pytest

from matchmaker.recommender.evaluation import orders
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.synthetic import SyntheticMarket
from matchmaker.recommender.facts import Item
from models.vocabulary import NeedCategory, OfferCategory
from tests.matchmaker.recommender.evaluation.conftest import DAY


def test_the_newest_come_first_whoever_asks(small_market: SyntheticMarket) -> None:
    for_needs, for_offers = orders.newest(small_market.needs, small_market.offers)
    first = small_market.offers[int(np.argmax(for_needs[0]))]
    assert first.published_on == max(offer.published_on for offer in small_market.offers if offer.published_on)
    newest = small_market.needs[int(np.argmax(for_offers[:, 0]))]
    assert newest.published_on == max(need.published_on for need in small_market.needs if need.published_on)


def test_rare_words_in_common_count_more_than_frequent_ones() -> None:
    scores = orders.bm25(["线路板厂房"], ["线路板", "厂房", "厂房", "厂房", "冷库"])[0]
    assert scores[0] > scores[1] == scores[2] > scores[4] == 0


def test_a_word_said_twice_counts_less_than_twice_and_a_long_text_counts_less() -> None:
    once, twice, long = orders.bm25(["线路板"], ["线路板", "线路板线路板", "线路板" + "园区环境优美" * 5])[0]
    assert once < twice < 2 * once
    assert long < once


def test_bm25_is_the_formula_of_the_books() -> None:
    # One word that two of three texts hold, all of one length: idf = ln(1 + 1.5/2.5), and tf = 2.2/2.2.
    scores = orders.bm25(["pump"], ["pump valve", "pump hose", "hose valve"])[0]
    assert scores.tolist() == pytest.approx([np.log(1 + 1.5 / 2.5)] * 2 + [0.0])


def test_fusion_adds_reciprocal_ranks_of_those_that_may_be_listed() -> None:
    one, other = np.array([[0.9, 0.5, 0.1]]), np.array([[0.1, 0.9, 0.5]])
    everybody = np.ones((1, 3), bool)
    fused = orders.fused((one, other), everybody)[0]
    assert fused.tolist() == pytest.approx([1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62])
    without_first = orders.fused((one, other), np.array([[False, True, True]]))[0]
    assert without_first[1] == pytest.approx(2 / 61)


def test_a_count_of_fields_rises_with_every_wish_that_is_met(ground: Ground, small_market: SyntheticMarket) -> None:
    park = next(iter(small_market.parks.values()))

    def offer(**facts: object) -> Item:
        return Item("offer", "offer:1", "", {"available_on": DAY, **facts}, park=park)

    need = Item(
        "need",
        "need:1",
        "",
        {
            "category": NeedCategory.NEW_BASE,
            "industry_codes": ["C3982"],
            "tenures": ["lease"],
            "floor_area_sqm": 5000,
            "rent_cap_yuan_per_sqm_month": 12,
            "production_start_on": DAY + dt.timedelta(days=90),
        },
    )
    offers = [
        offer(welcomed_codes=["A01"]),
        offer(welcomed_codes=["C39"]),
        offer(welcomed_codes=["C398"]),
        offer(welcomed_codes=["C398"], category=OfferCategory.STANDARD_FACTORY),
        offer(welcomed_codes=["C398"], category=OfferCategory.STANDARD_FACTORY, tenures=["lease"]),
        offer(welcomed_codes=["C398"], category=OfferCategory.STANDARD_FACTORY, tenures=["lease"], floor_area_sqm=5000),
    ]
    dear = offer(**offers[-1].facts, rent_yuan_per_sqm_month=13)
    cheap = offer(**offers[-1].facts, rent_yuan_per_sqm_month=11)
    counts = orders.FieldCount([*offers, dear, cheap], ground).of(need)
    assert counts[:6].tolist() == sorted(set(counts[:6].tolist()))
    assert counts[6] == counts[5] < counts[7]
