"""How well premises and needs suit each other: named parts of two sides, nothing for what isn't stated."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from matchmaker.recommender.criteria import SPECS
from matchmaker.recommender.facts import Promise, of_park
from matchmaker.recommender.likeness import Likeness
from matchmaker.recommender.parts import GROUPS, band, harmonic
from matchmaker.recommender.score import Side, question, reweigh, score_premises

from .random_postings import RandomPostings

LATER = dt.date(2027, 6, 30)
NEED = {
    "title": "线路板工厂",
    "description": "生产多层线路板，用于手机",
    "category": "new_base",
    "industry_codes": ["C3982"],
    "upstream_codes": ["C3985"],
    "from_city_code": "440300",
    "tenures": ["lease"],
    "floor_area_sqm": 9000.0,
    "power_kva": 3000.0,
    "sewage_m3_per_day": 200.0,
    "premises_needed_on": LATER,
    "rent_cap_yuan_per_sqm_month": 15.0,
    "ports_needed": ["bonded_zone"],
    "policy_asks": ["rent", "hiring"],
    "headcount_needed": 300,
    "rail_city_code": "440300",
    "investment_yi": 3.0,
    "tax_per_mu_wan": 20.0,
    "energy_use_tce": 900.0,
}
OFFER = {
    "title": "元器件标准厂房",
    "description": "适合线路板企业",
    "category": "standard_factory",
    "welcomed_codes": ["C398"],
    "tenures": ["lease"],
    "floor_area_sqm": 20000.0,
    "largest_building_sqm": 9000.0,
    "power_spare_kva": 6000.0,
    "sewage_spare_m3_per_day": 500.0,
    "spare_as_of": dt.date(2026, 9, 1),
    "available_on": dt.date(2027, 1, 1),
    "rent_yuan_per_sqm_month": 10.0,
    "price_source": "园区填报",
    "customs_facilities": ["bonded_zone"],
    "workers_available": 500,
    "min_tax_per_mu_wan": 10.0,
}


def side(items, reference):
    kind = items[0].kind
    return Side.of("offer" if kind == "park" else kind, items, reference)


@pytest.fixture
def score(parks, reference, today):
    """Score one pair."""

    def one(need, premises, **more):
        sides = side([need], reference), side([premises], reference)
        return score_premises(*sides, reference, more.pop("parks", parks), today, **more).at(0)

    return one


@pytest.fixture
def full_offer(offer):
    promises = (Promise("rent", "前两年租金减半", "园区填报"),)
    return dataclasses.replace(offer(**OFFER), promises=promises)


def without(item, *fields):
    return dataclasses.replace(item, facts={name: value for name, value in item.facts.items() if name not in fields})


# --- Sums, sides and scales -----------------------------------------------------------------------------------------


def test_a_pair_has_a_side_for_each_and_is_worth_their_harmonic_mean(need, full_offer, score):
    scored = score(need(**NEED), full_offer)
    assert scored.score == pytest.approx(
        2 * scored.asking_side * scored.answering_side / (scored.asking_side + scored.answering_side), abs=1e-6
    )
    assert {part.side for part in scored.criteria} == {"asking", "answering"}
    earned = {part.name for part in scored.criteria if part.contribution > 0}
    assert {"industry", "space", "rent", "power", "date", "policy", "ports", "workers"} <= earned
    assert {"leading", "investment", "jobs", "tax", "tax_per_mu", "energy", "completeness"} <= earned
    # A part that is very good for one side doesn't make up for the other.
    assert harmonic(np.array([0.9]), np.array([0.1]))[0] == pytest.approx(0.18)
    assert harmonic(np.array([0.0]), np.array([0.0]))[0] == 0


def test_every_part_is_described_and_belongs_to_a_slider():
    for spec in SPECS.values():
        assert spec.group in {group.name for group in GROUPS[spec.side]}, spec.name
        assert spec.label, spec.name
        assert spec.curve, spec.name
        assert spec.weight > 0, spec.name
    assert [len(groups) for groups in GROUPS.values()] == [7, 7]


def test_a_side_rises_with_each_of_its_parts(need, full_offer, score):
    scored = score(need(**NEED), full_offer)
    for change in ({"rent_yuan_per_sqm_month": 14.0}, {"workers_available": 100}, {"power_spare_kva": 3000.0}):
        worse = score(need(**NEED), dataclasses.replace(full_offer, facts=full_offer.facts | change))
        assert worse.asking_side < scored.asking_side
        assert worse.answering_side == pytest.approx(scored.answering_side)
    poorer = score(need(**NEED | {"investment_yi": 0.2}), full_offer)
    assert poorer.answering_side < scored.answering_side


def test_high_is_for_the_first_ten_that_are_known_well_enough():
    assert (band(0.9, 0.8, 10), band(0.9, 0.8, 11), band(0.5, 0.8, 1), band(0.1, 0.8, 1)) == (
        "high",
        "medium",
        "medium",
        "low",
    )
    assert band(0.9, 0.1, 1) == "medium"


def test_good_known_and_foreign_pairs_stand_far_apart(need, offer, full_offer, directory, score):
    good = score(need(**NEED), full_offer)
    little = score(
        need(**NEED), offer(title="厂房", welcomed_codes=["C398"], category="standard_factory", tenures=["lease"])
    )
    park = score(need(description="多层线路板", industry_codes=["C3982"]), directory("HN2"))
    foreign = score(need(**NEED), dataclasses.replace(full_offer, facts=full_offer.facts | {"welcomed_codes": ["C14"]}))
    assert good.score >= 0.75
    assert foreign.score < little.score - 0.2
    assert little.score < good.score - 0.1
    assert park.score < 0.75
    assert foreign.score < 0.45
    assert little.certainty < good.certainty
    assert park.certainty < good.certainty


def test_one_pair_has_one_score_from_whichever_side_and_in_whatever_company(parks, reference, today):
    draw = RandomPostings(5, parks, list(reference.industries))
    needs, offers = [draw.need() for _ in range(12)], [draw.offer() for _ in range(10)]
    offers += [of_park(park) for park in parks.values()]
    many_needs, many_offers = side(needs, reference), side(offers, reference)
    by_need = [score_premises(side([one], reference), many_offers, reference, parks, today) for one in needs]
    by_offer = [score_premises(many_needs, side([one], reference), reference, parks, today) for one in offers]
    rows = np.array([(row, at) for row in range(len(needs)) for at in range(len(offers))])
    together = score_premises(many_needs.take(rows[:, 0]), many_offers.take(rows[:, 1]), reference, parks, today)
    for pair, (row, at) in enumerate(rows):
        seen = by_need[row].at(int(at)), by_offer[at].at(int(row)), together.at(pair)
        assert len({tuple(part.known for part in one.criteria) for one in seen}) == 1
        for one in seen[1:]:
            assert one.score == pytest.approx(seen[0].score, abs=1e-5)
            assert one.certainty == pytest.approx(seen[0].certainty, abs=1e-5)
            assert [part.value for part in one.criteria] == pytest.approx(
                [part.value for part in seen[0].criteria], abs=1e-5
            )
            assert one.likenesses.industry_phrase == seen[0].likenesses.industry_phrase


# --- Nothing for what isn't stated ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_leaving_anything_out_raises_nobody(parks, reference, today, seed):
    """Needs and offers with any facts, beside themselves with some taken away: from either side, in every figure."""
    draw = RandomPostings(seed, parks, list(reference.industries))
    needs = [draw.need() for _ in range(15)]
    offers = [draw.offer() for _ in range(15)]
    for kind, own, others in (("offer", offers, needs), ("need", needs, offers)):
        whole, less = side(own, reference), side([draw.stripped(item) for item in own], reference)
        for other in others:
            alone = side([other], reference)
            before, after = (
                score_premises(*((alone, rows) if kind == "offer" else (rows, alone)), reference, parks, today)
                for rows in (whole, less)
            )
            for figure in ("asking", "answering", "score", "certainty"):
                assert (getattr(after, figure) <= getattr(before, figure) + 1e-6).all(), (kind, figure)
            asker = "asking" if kind == "offer" else "answering"
            assert (after.order(asker) <= before.order(asker) + 1e-6).all()


@pytest.mark.model
def test_leaving_a_description_out_raises_nobody(parks, reference, today, encoder):
    names = list(reference.industries.values())
    likeness = Likeness(["电子信息"], names, ["电池制造", "电子电路制造"], [], encoder, None)
    heard = dataclasses.replace(reference, likeness=likeness)
    draw = RandomPostings(9, parks, list(reference.industries))
    needs = [draw.need() for _ in range(20)]
    offers = side([draw.offer() for _ in range(6)] + [of_park(park) for park in parks.values()], heard)
    silent = [without(item, "description") for item in needs]
    for item, less in zip(needs, silent, strict=True):
        before, after = (score_premises(side([one], heard), offers, heard, parks, today) for one in (item, less))
        assert (after.score <= before.score + 1e-6).all()


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ("floor_area_sqm", "space"),
        ("rent_yuan_per_sqm_month", "rent"),
        ("power_spare_kva", "power"),
        ("sewage_spare_m3_per_day", "sewage"),
        ("available_on", "date"),
        ("customs_facilities", "ports"),
        ("workers_available", "workers"),
        ("tenures", "tenure"),
        ("category", "purpose"),
        ("welcomed_codes", "industry"),
        ("min_tax_per_mu_wan", "tax_per_mu"),
    ],
)
def test_taking_a_fact_away_lowers_the_score_and_what_is_known(need, full_offer, score, field, part):
    whole, less = score(need(**NEED), full_offer), score(need(**NEED), without(full_offer, field))
    assert whole.contribution(part) > less.contribution(part)
    assert less.score < whole.score
    assert less.certainty <= whole.certainty


def test_a_missing_fact_lowers_certainty_and_an_unasked_one_is_no_gap(need, full_offer, score):
    whole = score(need(**NEED), full_offer)
    assert not whole.part("gas").known
    assert score(need(**NEED), without(full_offer, "workers_available")).certainty < whole.certainty
    assert score(without(need(**NEED), "investment_yi"), full_offer).certainty < whole.certainty


def test_a_reading_that_is_too_old_earns_nothing(need, full_offer, score):
    old = dataclasses.replace(full_offer, facts={**full_offer.facts, "spare_as_of": dt.date(2025, 1, 1)})
    scored = score(need(**NEED), old)
    assert (scored.contribution("power"), scored.part("power").known) == (0, False)


def test_an_offer_is_no_nearer_for_a_long_description(need, offer, score):
    asked = need(description="生产多层线路板，需要厂房和宿舍", industry_codes=["C3982"])
    short, long = (
        score(asked, offer(title="厂房", welcomed_codes=["C14"], description=text))
        for text in ("", "生产多层线路板，需要厂房和宿舍，都可以谈")
    )
    assert long.contribution("text") == short.contribution("text")


def test_more_words_of_the_trade_never_make_texts_less_alike(need, offer, score):
    asked = need(description="生产电子元件")
    assert score(asked, offer(title="电子元件厂房")).likenesses.words > 0
    longer = need(description="生产电子元件，自有模具车间，年产两千万件，销往东莞和苏州")
    assert (
        score(longer, offer(title="电子元件厂房")).likenesses.words
        >= score(asked, offer(title="电子元件厂房")).likenesses.words
    )


# --- Trade ----------------------------------------------------------------------------------------------------------


def test_the_park_that_lives_by_the_needs_industry_comes_first(need, parks, reference, today):
    asked = side([need(description="多层线路板", industry_codes=["C3982"])], reference)
    rows = side([of_park(park) for park in parks.values()], reference)
    near = score_premises(asked, rows, reference, parks, today).by_name["industry"].values
    order = [list(parks)[row] for row in np.argsort(-near)]
    assert order[0] == "HN2"
    assert order[-1] in ("HN3", "EN1")


def test_a_wide_phrase_makes_no_supply_chain(need, directory, reference, parks, today):
    wide = dataclasses.replace(reference, terms=reference.terms | {"装备": ("C34", "C35", "C36", "C37", "C39")})
    asked = need(description="电池", industry_codes=["C384"], upstream_codes=["C398"])

    def upstream(premises):
        sides = side([asked], wide), side([premises], wide)
        own = parks | {premises.park.code: premises.park}
        return score_premises(*sides, wide, own, today).at(0).contribution("upstream")

    assert upstream(directory("HN2")) > 0
    assert upstream(directory("HN2", leading_industries=("装备",))) == 0


def test_who_fills_a_gap_of_the_parks_chain_is_worth_more_than_who_lengthens_it(need, directory, parks, score):
    battery, board = need(industry_codes=["C384"]), need(industry_codes=["C3982"])
    both = directory("HN2", leading_industries=("电子元器件", "电池"))
    known = parks | {"HN2": both.park}
    assert score(battery, directory("HN2")).part("chain_gap").value == 1
    assert score(battery, both, parks=known).part("chain_gap").value == pytest.approx(0.6)
    assert score(board, directory("HN1")).part("chain_gap").value == 0


def test_whoever_seeks_a_partner_is_not_judged_by_the_trade_of_running_a_park(need, offer, score):
    asked = need(category="enclave_partner", industry_codes=["L7221"], from_city_code="441900")
    slot = offer(category="enclave_slot", welcomed_codes=["C398"])
    partner, factory = score(asked, slot), score(need(category="new_base", industry_codes=["L7221"]), slot)
    assert partner.contribution("partner") > 0
    assert partner.contribution("enclave_partner") > 0
    assert (partner.held, factory.held) == (False, True)
    assert partner.score > factory.score


def test_another_trade_or_purpose_is_never_called_high(need, full_offer, score):
    assert band(score(need(**NEED), full_offer).score, 1.0, 1) == "high"
    for change in ({"welcomed_codes": ["C397"]}, {"category": "farm_base"}, {"tenures": ["buy_land"]}):
        other = dataclasses.replace(full_offer, facts=full_offer.facts | change)
        if "tenures" in change:
            other = dataclasses.replace(other, facts=other.facts | {"category": "land_plot"})
        scored = score(need(**NEED), other)
        assert scored.held
        assert band(scored.score, 1.0, 1) != "high"


def test_a_factory_is_not_sent_to_a_farm_or_a_warehouse(need, offer, score):
    asked = need(category="new_base", industry_codes=["C398"])
    factory, farm, warehouse = (
        score(asked, offer(category=category, welcomed_codes=["C398"]))
        for category in ("standard_factory", "farm_base", "logistics")
    )
    assert factory.asking_side > farm.asking_side
    assert farm.asking_side == pytest.approx(warehouse.asking_side, abs=0.01)
    assert (factory.part("purpose").value, farm.part("purpose").value) == (1, 0)


def test_floor_is_no_match_for_land(need, offer, score):
    asked = need(description="线路板", industry_codes=["C3982"], land_area_mu=160.0, tenures=["buy_land"])
    floor = offer(welcomed_codes=["C398"], category="standard_factory", tenures=["lease"], floor_area_sqm=20_000.0)
    plot = offer(welcomed_codes=["C398"], category="land_plot", tenures=["buy_land"], largest_plot_mu=200.0)
    assert score(asked, floor).contribution("tenure") == 0
    assert score(asked, plot).part("tenure").value == 1
    assert score(asked, plot).part("space").value > 0.5


# --- Places ---------------------------------------------------------------------------------------------------------


def test_the_prefectures_that_somebody_prefers_come_first_for_them(need, parks, reference, today):
    rows = side([of_park(park) for park in parks.values()], reference)

    def first(**place):
        asked = side([need(description="多层线路板", industry_codes=["C3982"], **place)], reference)
        scores = score_premises(asked, rows, reference, parks, today)
        return list(parks)[int(np.argmax(scores.order("asking")))]

    assert first(target_prefecture_codes=["430100"], place_strictness="prefer") == "HN1"
    assert first(target_prefecture_codes=["431000"], place_strictness="prefer") in ("HN2", "HN3", "EN1")
    assert first() == first(target_prefecture_codes=["430100"], place_strictness="any")


def test_being_where_somebody_wants_makes_no_match_a_good_one_by_itself(need, parks, score):
    asked = {"description": "电子元器件", "industry_codes": ["C398"], "target_prefecture_codes": ["431000"]}
    inside = score(need(**asked, place_strictness="prefer"), of_park(parks["HN3"]))
    bare = score(need(**asked, place_strictness="any"), of_park(parks["HN3"]))
    assert bare.score < inside.score < bare.score + 0.15
    other_trade = need(**asked | {"industry_codes": ["C2614"], "place_strictness": "prefer"})
    assert band(score(other_trade, of_park(parks["HN3"])).score, 1.0, 1) == "low"


def test_a_home_tie_needs_the_city_and_the_industry(need, parks, score):
    def tie(code, **facts):
        scored = score(need(**facts), of_park(parks[code]))
        assert bool(scored.contribution("home_tie")) == bool(scored.contribution("shared_home"))
        return scored.contribution("home_tie")

    electronics = {"industry_codes": ["C3982"]}
    assert tie("HN3", from_city_code="441900", **electronics) == pytest.approx(1.2)
    assert tie("EN1", from_city_code="441900", **electronics) == pytest.approx(1.2)
    assert tie("HN3", from_city_code="440300", **electronics) == 0
    assert tie("HN3", from_city_code="441900", industry_codes=["C2614"]) == 0
    assert tie("HN2", from_city_code="441900", **electronics) == 0


def test_an_offer_may_name_the_city_that_it_is_built_with(need, offer, score):
    slot = offer(category="enclave_slot", welcomed_codes=["C398"], home_region_code="440306")
    assert score(need(industry_codes=["C3982"], from_city_code="440300"), slot).contribution("home_tie") > 0
    assert score(need(industry_codes=["C3982"], from_city_code="441900"), slot).contribution("home_tie") == 0


def test_an_invented_enclave_ties_nobody_to_a_real_park(need, parks, park, score):
    invented = {**parks, "EN1": park("EN1", is_sample=True)}
    asked = need(industry_codes=["C3982"], from_city_code="441900")
    real, sample = (score(asked, of_park(invented[code]), parks=invented) for code in ("HN3", "EN1"))
    assert (real.contribution("home_tie"), real.contribution("enclave")) == (0, 0)
    assert sample.contribution("home_tie") > 0


def test_who_else_is_in_the_market_moves_no_score(need, reference, parks, park, today):
    asked = side([need(description="多层线路板", industry_codes=["C3982"])], reference)
    crowd = {f"SP{n}": dataclasses.replace(park("HN2", is_sample=True), code=f"SP{n}") for n in range(20)}
    found = []
    for known in (parks, parks | crowd):
        rows = side([of_park(one) for one in known.values()], reference)
        found.append(score_premises(asked, rows, reference, known, today).score[list(known).index("HN2")])
    assert found[0] == pytest.approx(found[1])


def test_the_same_parks_are_laid_out_once_and_changed_ones_anew(need, parks, park, score):
    asked = need(industry_codes=["C398"])
    before = score(asked, of_park(parks["HN3"])).part("industry").value
    changed = parks | {"HN3": park("HN3", leading_industries=("电子元器件",))}
    assert score(asked, of_park(changed["HN3"]), parks=changed).part("industry").value > before
    assert score(asked, of_park(parks["HN3"])).part("industry").value == before


# --- Weights --------------------------------------------------------------------------------------------------------


def test_weights_move_groups_of_parts_and_nothing_else(need, full_offer, reference, parks, today):
    sides = side([need(**NEED)], reference), side([full_offer], reference)
    plain = score_premises(*sides, reference, parks, today)
    without_price = score_premises(*sides, reference, parks, today, {"price": 0.0}).at(0)
    assert plain.at(0).contribution("rent") > 0
    assert without_price.contribution("rent") == 0
    assert without_price.contribution("space") == plain.at(0).contribution("space")
    assert without_price.answering_side == pytest.approx(plain.at(0).answering_side)


def test_other_weights_are_added_up_from_the_same_parts(need, full_offer, reference, parks, today):
    sides = side([need(**NEED)], reference), side([full_offer], reference)
    for weights in ({}, {"price": 2.0, "fit": 0.5}, {"travel": 0.0}):
        anew = score_premises(*sides, reference, parks, today, weights)
        again = reweigh(score_premises(*sides, reference, parks, today, {"policy": 2.0}), weights)
        assert again.score == pytest.approx(anew.score)
        assert again.order("asking") == pytest.approx(anew.order("asking"))


def test_nothing_at_all_can_be_scored(need, reference, parks, today):
    nobody = Side.of("offer", [], reference)
    assert len(score_premises(side([need(**NEED)], reference), nobody, reference, parks, today).score) == 0


def test_a_need_in_english_is_read_by_its_trades(need, reference):
    assert "线路板" in question(need(description="Manufacture of printed circuit boards"), reference)
    assert question(need(description="LED显示屏制造"), reference) == "LED显示屏制造"
