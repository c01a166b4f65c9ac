"""Positions, talents and needs: who suits whom, and what is never read."""

import datetime as dt

import pytest

from matchmaker.recommender import people
from matchmaker.recommender.facts import Item, of_posting
from matchmaker.recommender.gates.people import check_need, check_position
from models import TalentProfile
from models.vocabulary import Education, Identity, SkillLevel, TitleRank, Verdict

P, F, U = Verdict.PASSES, Verdict.FAILS, Verdict.UNKNOWN
TALENT = {
    "title": "线路板工艺工程师",
    "description": "十二年压合和电镀工艺",
    "field_codes": ["C3982"],
    "skills": ["压合工艺", "电镀工艺"],
    "education": Education.MASTER,
    "title_rank": TitleRank.ASSOCIATE_SENIOR,
    "ways_of_coming": ["full_time"],
    "salary_expected_wan": 35.0,
}
POSITION = {
    "title": "线路板工艺主管",
    "description": "负责压合和电镀工艺",
    "field_codes": ["C398"],
    "skills": ["压合工艺", "良率"],
    "region_code": "431003",
    "ways_of_working": ["full_time", "project"],
    "salary_low_wan": 30.0,
    "salary_high_wan": 40.0,
}


def talent(**facts):
    return Item("talent", "talent:7", "人才", TALENT | facts)


def position(**facts):
    return Item("position", "position:8", "岗位", POSITION | facts)


@pytest.mark.parametrize(
    ("asked", "own", "id_", "verdict"),
    [
        ({}, {"place_strictness": "must", "target_prefecture_codes": ["431000"]}, "place", P),
        ({}, {"place_strictness": "must", "target_prefecture_codes": ["430100"]}, "place", F),
        ({"region_code": None}, {"place_strictness": "must", "target_prefecture_codes": ["430100"]}, "place", U),
        ({}, {"ways_of_coming": ["project"]}, "way", P),
        ({}, {"ways_of_coming": ["remote_research"]}, "way", F),
        ({}, {"ways_of_coming": None}, "way", U),
        ({}, {"salary_expected_wan": 40.0}, "salary", P),
        ({}, {"salary_expected_wan": 40.1}, "salary", F),
        ({"salary_high_wan": None}, {"salary_expected_wan": 35.0}, "salary", U),
        ({"salary_high_wan": None}, {"salary_expected_wan": 30.0}, "salary", P),
        ({"education_required": Education.MASTER}, {}, "education", P),
        ({"education_required": Education.DOCTOR}, {}, "education", F),
        ({"education_required": Education.DOCTOR}, {"education": None}, "education", U),
        ({"education_required": Education.BACHELOR}, {"education": Education.OTHER}, "education", U),
        ({"title_required": TitleRank.ASSOCIATE_SENIOR}, {}, "title_rank", P),
        ({"title_required": TitleRank.SENIOR}, {}, "title_rank", F),
        ({"title_required": TitleRank.JUNIOR}, {"title_rank": TitleRank.NONE}, "title_rank", F),
        ({"skill_level_required": SkillLevel.TECHNICIAN}, {"skill_level": SkillLevel.CHIEF}, "skill_level", P),
        ({"skill_level_required": SkillLevel.TECHNICIAN}, {"skill_level": SkillLevel.SENIOR_WORKER}, "skill_level", F),
        ({"skill_level_required": SkillLevel.TECHNICIAN}, {}, "skill_level", U),
        ({"licences_required": ["执业药师"]}, {"licences": ["执业药师（中药）"]}, "licences", P),
        ({"licences_required": ["执业药师"]}, {"licences": ["注册建造师"]}, "licences", F),
        ({"licences_required": ["执业药师"]}, {}, "licences", U),
        ({"years_required": 5}, {"years_experience": 5}, "years", P),
        ({"years_required": 5}, {"years_experience": 4}, "years", F),
        ({"languages_required": ["english"]}, {"languages": ["cantonese"]}, "languages", F),
        ({"start_on": dt.date(2027, 1, 1)}, {"available_on": dt.date(2027, 1, 1)}, "start", P),
        ({"start_on": dt.date(2027, 1, 1)}, {"available_on": dt.date(2027, 1, 2)}, "start", F),
        ({"start_on": dt.date(2027, 1, 1)}, {}, "start", U),
    ],
)
def test_what_a_position_asks(reference, asked, own, id_, verdict):
    gates = {gate.id: gate.verdict for gate in check_position(position(**asked), talent(**own), reference)}
    assert gates[id_] is verdict


def test_a_licence_counts_by_where_it_was_issued(reference):
    asked = {"licences_required": ["注册建筑师"], "licence_origins_accepted": ["mainland", "hong_kong"]}

    def verdict(origin):
        own = talent(licences=["注册建筑师"], licence_origin=origin)
        return {gate.id: gate.verdict for gate in check_position(position(**asked), own, reference)}["licence_origin"]

    assert (verdict("hong_kong"), verdict("foreign"), verdict(None)) == (P, F, U)


def test_a_need_and_a_talent_meet_where_both_would_go(need, reference):
    own = talent(place_strictness="must", target_prefecture_codes=["431000"])

    def verdict(**place):
        return [gate.verdict for gate in check_need(need(**place), own, reference)]

    assert verdict(place_strictness="must", target_prefecture_codes=["431003"]) == [P]
    assert verdict(place_strictness="must", target_prefecture_codes=["430100"]) == [F]
    assert verdict() == [U]
    assert check_need(need(), talent(), reference) == []


def test_the_reasons_are_at_least_three_and_cite_both_sides(reference):
    scored, said = people.score(position(), talent(), reference, None)
    assert 0 < scored.score <= 100
    assert len(said) >= 3
    assert "技能都写了 压合工艺" in [str(sentence) for sentence in said]
    for sentence in said:
        for name in sentence.fields:
            side, _, field = name.partition(".")
            assert (talent() if side == "talent" else position()).get(field) is not None


def test_another_group_of_the_division_is_only_near_the_field(reference):
    def said(code):
        _, sentences = people.score(position(), talent(field_codes=[code]), reference, None)
        return next(str(sentence).split("：")[0] for sentence in sentences if "field_codes" in sentence.fields[0])

    assert [said(code) for code in ("C3982", "C3985", "C3974")] == ["专业领域相符", "专业领域相符", "专业领域相近"]


def test_texts_as_near_as_any_two_of_the_market_earn_nothing_for_it(reference):
    def meaning(cosine):
        scored, _ = people.score(position(), talent(), reference, cosine)
        return scored.contribution("meaning")

    assert (meaning(0.89), meaning(0.95) > meaning(0.92) > 0) == (0.0, True)


def test_a_missing_skill_is_a_gap(reference):
    assert "没有写的技能：良率" in [str(gap) for gap in people.gaps(position(), talent(), reference, [])]


@pytest.mark.parametrize("field", ["skills", "field_codes", "salary_expected_wan", "ways_of_coming"])
def test_taking_a_cited_fact_away_lowers_the_score(reference, field):
    whole, _ = people.score(position(), talent(), reference, None)
    less, said = people.score(position(), talent(**{field: None}), reference, None)
    assert less.total < whole.total
    assert f"talent.{field}" not in {name for sentence in said for name in sentence.fields}


def test_exchanging_what_may_never_count_changes_nothing(reference):
    def matched(**protected):
        own = of_posting(TalentProfile(**{**TALENT, **protected}))
        gates = [gate.as_json() for gate in check_position(position(), own, reference)]
        scored, said = people.score(position(), own, reference, None)
        return own.facts, gates, scored, [str(sentence) for sentence in said]

    young = matched(birth_year=1999, identity=Identity.MAINLAND, household_size=0)
    old = matched(birth_year=1951, identity=Identity.HONG_KONG, household_size=6)
    assert young == old
    assert not {"birth_year", "identity", "household_size"} & set(young[0])
