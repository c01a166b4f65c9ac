"""The synthetic market: forms that the portal would publish, and a truth that nobody could read from them alone."""

import numpy as np
import pytest

from matchmaker.recommender.evaluation.firms import draw_firm
from matchmaker.recommender.evaluation.ground import Ground
from matchmaker.recommender.evaluation.need_forms import need_form
from matchmaker.recommender.evaluation.synthetic import SyntheticMarket, make_market
from matchmaker.recommender.evaluation.trades import Product, trades
from matchmaker.recommender.evaluation.wording import Text, Voice, need_text
from matchmaker.recommender.facts import Item
from models import ParkOffer, RelocationNeed, check
from models.vocabulary import PostingLanguage

TABLES = {"need": RelocationNeed, "offer": ParkOffer}
TEXTS = {"title", "description", "products"}


@pytest.mark.parametrize("kind", ["need", "offer"])
def test_every_form_would_be_published(small_market: SyntheticMarket, kind: str) -> None:
    table = TABLES[kind]
    for item in small_market.needs if kind == "need" else small_market.offers:
        posting = table(**item.facts)
        assert posting.missing() == []
        assert [problem.field for problem in posting.contradictions()] == [], item.facts
        for name, field in table.fields().items():
            assert check(field, item.facts.get(name)) == item.facts.get(name), name


def test_codes_places_and_parks_are_known(small_market: SyntheticMarket, ground: Ground) -> None:
    for item in (*small_market.needs, *small_market.offers):
        assert item.codes
        assert all(code in ground.industry_names for code in item.codes)
    for park in small_market.parks.values():
        assert park.county_code in ground.counties
        assert park.leading_industries
    assert all(offer.park in small_market.parks.values() for offer in small_market.offers)


def test_a_seed_makes_one_market_and_another_seed_another(ground: Ground, small_market: SyntheticMarket) -> None:
    again, other = make_market(ground, 60, 150, 7), make_market(ground, 60, 150, 8)
    assert again.needs == small_market.needs
    assert again.offers == small_market.offers
    assert np.array_equal(again.truth.worth, small_market.truth.worth)
    assert other.needs != small_market.needs


def test_a_larger_market_holds_the_same_firms(ground: Ground, small_market: SyntheticMarket) -> None:
    assert make_market(ground, 10, 150, 7).needs == small_market.needs[:10]


def test_texts_come_in_three_scripts(small_market: SyntheticMarket) -> None:
    words = [need.words for need in small_market.needs]
    assert any("廠" in text for text in words)
    assert any("厂" in text for text in words)
    assert any(text.isascii() for text in (need.facts["description"] for need in small_market.needs))


def test_fields_are_left_empty_but_never_those_that_a_review_asks_for(small_market: SyntheticMarket) -> None:
    stated = [need.get("power_kva") is not None for need in small_market.needs]
    assert 0.7 < np.mean(stated) < 1.0
    assert not any(need.get("industry_codes") is None for need in small_market.needs)


def without_texts(item: Item) -> dict[str, object]:
    return {name: value for name, value in item.facts.items() if name not in TEXTS}


def test_other_words_say_the_same_and_nothing_else(small_market: SyntheticMarket) -> None:
    for at in range(20):
        need, other, foreign = small_market.needs[at], small_market.reworded(at), small_market.translated(at)
        assert without_texts(other) == without_texts(need) == without_texts(foreign)
        assert other.facts["description"] != need.facts["description"]
        assert other.id == need.id


def test_a_translation_is_in_the_other_language(small_market: SyntheticMarket) -> None:
    for at in range(20):
        was_english = small_market.needs[at].facts["description"].isascii()
        assert small_market.translated(at).facts["description"].isascii() is not was_english


def test_what_a_text_says_does_not_hang_on_the_language(ground: Ground) -> None:
    firm = next(firm for firm in (draw_firm(3, at, ground) for at in range(200)) if firm.home and firm.by_land)
    texts = [need_text(firm, Voice(language, 3, 1, firm.at, 0), ground, 3) for language in PostingLanguage]
    assert len({text.description for text in texts}) == 3
    forms = [need_form(1, firm, text, PostingLanguage.ZH_HANS, ground, 3) for text in texts]
    assert len({form.power_kva for form in forms}) == 1


def test_products_of_one_trade_lie_nearer_than_those_of_another() -> None:
    boards, capacitors, pumps = (trades()[code] for code in ("C3982", "C3981", "C3441"))

    def near(one: Product, other: Product) -> float:
        return float(one.direction @ other.direction)

    first = boards.products[0]
    assert near(first, first) == pytest.approx(1)
    assert near(first, boards.products[1]) > near(first, capacitors.products[0]) > near(first, pumps.products[0])


def test_two_sides_want_different_things_and_most_pairs_are_worth_little(small_market: SyntheticMarket) -> None:
    truth = small_market.truth
    assert ((truth.worth >= 0) & (truth.worth <= 1)).all()
    assert (truth.worth[~truth.works] == 0).all()
    assert 0.02 < truth.works.mean() < 0.4
    together = np.corrcoef(truth.firm[truth.works], truth.park[truth.works])[0, 1]
    assert 0 < together < 0.8


def test_who_insists_on_a_prefecture_goes_nowhere_else(small_market: SyntheticMarket) -> None:
    strict = [firm for firm in small_market.firms if firm.must]
    assert strict
    for firm in strict:
        for at, one in enumerate(small_market.premises):
            if one.host.prefecture not in firm.must:
                assert not small_market.truth.works[firm.at, at]


def test_land_is_no_use_to_whoever_wants_floor(small_market: SyntheticMarket) -> None:
    for firm in small_market.firms:
        for at, one in enumerate(small_market.premises):
            if not (firm.by_land if one.is_land else firm.by_floor):
                assert not small_market.truth.works[firm.at, at]


def test_a_title_never_outgrows_its_field(ground: Ground) -> None:
    for at in range(100):
        text = need_text(draw_firm(5, at, ground), Voice(PostingLanguage.EN, 5, 1, at, 0), ground, 5)
        assert isinstance(text, Text)
        assert 0 < len(text.title) <= 80
