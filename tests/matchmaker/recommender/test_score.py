"""How well premises suit a need: named parts, nothing for what isn't stated."""

import dataclasses
import datetime as dt

import pytest

from matchmaker.recommender.facts import Promise, of_park
from matchmaker.recommender.gates import check_premises
from matchmaker.recommender.reasons import gaps, reasons
from matchmaker.recommender.score import CENTRE, FARTHEST, PremisesScorer, Spread, band, on_scale

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
}


@pytest.fixture
def scorer(parks, reference, today):
    def make(need):
        return PremisesScorer(need, parks, reference, today, None)

    return make


@pytest.fixture
def full_offer(offer):
    promises = (Promise("rent", "前两年租金减半", "园区填报"),)
    return dataclasses.replace(offer(**OFFER), promises=promises)


def test_the_park_that_lives_by_the_needs_industry_comes_first(need, scorer, parks):
    asked = scorer(need(description="多层线路板", industry_codes=["C3982"]))
    order = sorted(parks, key=lambda code: -asked.score(of_park(parks[code])).contribution("industry"))
    assert order[0] == "HN2"
    assert order[-1] in ("HN3", "EN1")


def test_a_score_is_the_sum_of_its_named_parts(need, scorer, full_offer):
    scored = scorer(need(**NEED)).score(full_offer)
    assert scored.total == pytest.approx(sum(part.contribution for part in scored.criteria))
    assert {"industry", "space", "rent", "power", "date", "policy", "ports", "workers"} <= {
        part.name for part in scored.criteria
    }


def test_the_scale_rises_with_the_sum_and_stays_between_0_and_100():
    totals = [-50.0, -1.0, 0.0, 1.0, 2.0, 50.0]
    scores = [on_scale(total) for total in totals]
    assert scores == sorted(scores)
    assert (on_scale(CENTRE), scores[0] >= 0.0, scores[-1] <= 100.0) == (50.0, True, True)


def test_high_is_for_the_first_ten_only():
    assert (band(90, 10), band(90, 11), band(50, 1), band(10, 1)) == ("high", "medium", "medium", "low")


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
    ],
)
def test_taking_a_cited_fact_away_lowers_the_score_and_the_reason_goes(need, scorer, full_offer, field, part):
    asked = scorer(need(**NEED))
    with_it = asked.score(full_offer)
    without = dataclasses.replace(full_offer, facts={**full_offer.facts, field: None})

    assert asked.score(without).total < with_it.total
    assert with_it.contribution(part) > 0
    assert asked.score(without).contribution(part) == 0
    assert f"offer.{field}" not in {
        name for said in reasons(without, asked.score(without), asked) for name in said.fields
    }


def test_stripping_an_offer_of_its_facts_never_raises_it(need, scorer, full_offer):
    asked = scorer(need(**NEED))
    facts, last = dict(full_offer.facts), asked.score(full_offer).total
    for name in ("rent_yuan_per_sqm_month", "power_spare_kva", "available_on", "workers_available", "floor_area_sqm"):
        facts[name] = None
        total = asked.score(dataclasses.replace(full_offer, facts=dict(facts))).total
        assert total < last
        last = total


def test_a_reading_that_is_too_old_earns_nothing(need, scorer, full_offer):
    old = dataclasses.replace(full_offer, facts={**full_offer.facts, "spare_as_of": dt.date(2025, 1, 1)})
    assert scorer(need(**NEED)).score(old).contribution("power") == 0


def test_the_prefectures_that_somebody_wants_come_first(need, scorer, parks):
    def first(**place):
        asked = scorer(need(description="多层线路板", industry_codes=["C3982"], **place))
        return max(parks, key=lambda code: asked.score(of_park(parks[code])).total)

    assert first(target_prefecture_codes=["430100"], place_strictness="prefer") == "HN1"
    assert first(target_prefecture_codes=["431000"], place_strictness="prefer") in ("HN2", "HN3", "EN1")
    assert first() == first(target_prefecture_codes=["430100"], place_strictness="any")


def test_being_where_somebody_wants_makes_no_match_a_good_one_by_itself(need, scorer, parks):
    asked = {"description": "电子元器件", "industry_codes": ["C398"], "target_prefecture_codes": ["431000"]}
    inside, outside = (scorer(need(**asked)).score(of_park(parks[code])) for code in ("HN3", "HN1"))
    bare = scorer(need(**(asked | {"place_strictness": "any"}))).score(of_park(parks["HN3"]))
    assert inside.total - bare.total < 0.5
    assert inside.contribution("place") - outside.contribution("place") > 5
    assert band(outside.score, 1) == "low"


def test_an_offer_is_no_nearer_for_a_long_description(need, scorer, offer):
    asked = scorer(need(description="生产多层线路板，需要厂房和宿舍", industry_codes=["C3982"]))
    short, long = (
        asked.score(offer(title="厂房", welcomed_codes=["C14"], description=text))
        for text in ("", "生产多层线路板，需要厂房和宿舍，都可以谈")
    )
    assert long.contribution("words") == short.contribution("words")


def test_the_only_zone_of_a_trade_stands_out_but_not_without_end():
    spread = Spread.of([0.0] * 137 + [1.0])
    assert (spread.z(1.0), spread.z(0.0) > -0.2) == (FARTHEST, True)


def test_a_factory_is_not_sent_to_a_farm_or_a_warehouse(need, scorer, offer):
    asked = scorer(need(category="new_base", industry_codes=["C398"]))
    factory, farm, warehouse = (
        asked.score(offer(category=category, welcomed_codes=["C398"]))
        for category in ("standard_factory", "farm_base", "logistics")
    )
    assert factory.total - farm.total > 2
    assert farm.total == warehouse.total


def test_floor_is_no_match_for_land_and_the_difference_is_said(need, scorer, offer, reference, today):
    asked = scorer(need(description="线路板", industry_codes=["C3982"], land_area_mu=160.0, tenures=["buy_land"]))
    floor = offer(welcomed_codes=["C398"], category="standard_factory", tenures=["lease"], floor_area_sqm=20_000.0)
    plot = dataclasses.replace(floor, facts=floor.facts | {"largest_plot_mu": 200.0})

    assert asked.score(floor).contribution("tenure") < 0
    assert asked.score(plot).contribution("tenure") >= 0
    said = [
        str(gap) for gap in gaps(floor, asked.score(floor), asked, check_premises(asked.need, floor, reference, today))
    ]
    assert "取得方式不同：需求要的是购地自建，载体是租赁厂房" in said


def test_whoever_seeks_a_partner_is_not_judged_by_the_trade_of_running_a_park(need, scorer, offer):
    asked = scorer(need(category="enclave_partner", industry_codes=["L7221"], from_city_code="441900"))
    scored = asked.score(offer(category="enclave_slot", welcomed_codes=["C398"]))
    assert scored.contribution("unwelcome") == 0
    other = scorer(need(category="new_base", industry_codes=["L7221"]))
    assert other.score(offer(category="land_plot", welcomed_codes=["C398"])).contribution("unwelcome") < 0
    section = scorer(need(category="new_base", industry_codes=["C"]))
    assert section.score(offer(category="land_plot", welcomed_codes=["C398"])).contribution("unwelcome") == 0


def test_another_trade_or_purpose_is_never_called_high(need, scorer, full_offer):
    asked = scorer(need(**NEED))
    assert band(asked.score(full_offer).score, 1) == "high"
    for change in ({"welcomed_codes": ["C397"]}, {"category": "farm_base"}):
        other = dataclasses.replace(full_offer, facts=full_offer.facts | change)
        scored = asked.score(other)
        assert scored.total == pytest.approx(sum(part.contribution for part in scored.criteria))
        assert band(scored.score, 1) != "high"


def test_a_wide_phrase_makes_no_supply_chain(need, scorer, directory, reference):
    wide = dataclasses.replace(reference, terms=reference.terms | {"装备": ("C34", "C35", "C36", "C37", "C39")})
    asked = scorer(need(description="电池", industry_codes=["C384"], upstream_codes=["C398"]))
    asked.reference = wide
    assert asked.score(directory("HN2")).contribution("upstream") > 0
    assert asked.score(directory("HN2", leading_industries=("装备",))).contribution("upstream") == 0


def test_too_few_hands_are_a_gap_and_no_reason(need, scorer, offer):
    asked = scorer(need(description="线路板", industry_codes=["C3982"], headcount_needed=590))
    short = offer(welcomed_codes=["C398"], workers_available=570)
    scored = asked.score(short)
    assert not any("可招工" in str(reason) for reason in reasons(short, scored, asked))
    assert "可招工 570 人，需用工 590 人，差 20 人" in [str(gap) for gap in gaps(short, scored, asked, [])]


def test_a_home_tie_needs_the_city_and_the_industry(need, scorer, parks):
    def tie(code, **facts):
        return scorer(need(**facts)).score(of_park(parks[code])).contribution("home_tie")

    electronics = {"industry_codes": ["C3982"]}
    assert tie("HN3", from_city_code="441900", **electronics) == pytest.approx(1.2)
    assert tie("EN1", from_city_code="441900", **electronics) == pytest.approx(1.2)
    assert tie("HN3", from_city_code="440300", **electronics) == 0
    assert tie("HN3", from_city_code="441900", industry_codes=["C2614"]) == 0
    assert tie("HN2", from_city_code="441900", **electronics) == 0


def test_an_invented_enclave_ties_nobody_to_a_real_park(need, reference, parks, park, today):
    invented = {**parks, "EN1": park("EN1", is_sample=True)}
    asked = PremisesScorer(need(industry_codes=["C3982"], from_city_code="441900"), invented, reference, today, None)
    real, sample = asked.score(of_park(invented["HN3"])), asked.score(of_park(invented["EN1"]))
    assert (real.contribution("home_tie"), real.contribution("enclave")) == (0, 0)
    assert sample.contribution("home_tie") > 0


def test_invented_parks_move_no_real_parks_score(need, reference, parks, park, today):
    asked = need(description="多层线路板", industry_codes=["C3982"])
    crowded = {
        **parks,
        **{f"SP{n}": dataclasses.replace(park("HN2", is_sample=True), code=f"SP{n}") for n in range(20)},
    }
    alone = PremisesScorer(asked, parks, reference, today, None).score(of_park(parks["HN2"]))
    beside = PremisesScorer(asked, crowded, reference, today, None).score(of_park(parks["HN2"]))
    assert alone.total == pytest.approx(beside.total)


def test_every_reason_cites_stated_facts_of_the_pair(need, scorer, full_offer):
    asked = need(**NEED)
    ranked = scorer(asked)
    said = reasons(full_offer, ranked.score(full_offer), ranked)
    assert len(said) >= 3
    for sentence in said:
        assert sentence.fields
        assert "%(" not in str(sentence)
        for name in sentence.fields:
            side, _, field = name.partition(".")
            if side == "need":
                assert asked.get(field) is not None, name
            if side == "offer" and field != "incentives":
                assert full_offer.get(field) is not None, name


def test_a_bare_park_and_a_need_of_one_line_have_three_reasons(need, scorer, directory):
    asked = scorer(need(description="做点小生意"))
    for code in ("HN1", "HN2", "HN3"):
        said = reasons(directory(code), asked.score(directory(code)), asked)
        assert len(said) >= 3
        assert all(name.partition(".")[0] in ("park", "travel", "zone", "need") for s in said for name in s.fields)


def test_the_same_industry_is_said_with_both_names_and_the_level(need, scorer, directory):
    asked = scorer(need(industry_codes=["C3982"], description="多层线路板"))
    said = [str(sentence) for sentence in reasons(directory("HN2"), asked.score(directory("HN2")), asked)]
    assert "行业同一中类：需求 电子电路制造 C3982，园区主导产业“电子元器件”" in said
    assert any("铁路约 1.95 小时" in sentence for sentence in said)


def test_every_gap_is_named(need, scorer, offer, reference, today):
    asked = need(**NEED)
    bare = offer(**{**OFFER, "workers_available": 100, "power_spare_kva": 1000.0, "rent_yuan_per_sqm_month": None})
    ranked = scorer(asked)
    gates = check_premises(asked, bare, reference, today)
    said = [str(gap) for gap in gaps(bare, ranked.score(bare), ranked, gates)]
    assert any("差 2,000 kVA" in gap for gap in said)
    assert any("差 200 人" in gap for gap in said)
    assert any("租金" in gap and "未填" in gap for gap in said)
    assert any("租金优惠、招工、培训补助" in gap for gap in said)


def test_a_need_in_english_is_read_by_its_trades(need, reference):
    from matchmaker.recommender.score import question

    assert "线路板" in question(need(description="Manufacture of printed circuit boards"), reference)
    assert question(need(description="LED显示屏制造"), reference) == "LED显示屏制造"
