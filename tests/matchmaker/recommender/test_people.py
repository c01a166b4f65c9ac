"""Positions, talents and needs: who suits whom, and what is never read."""

import pytest

from matchmaker.recommender import people
from matchmaker.recommender.facts import Item, of_posting
from models import TalentProfile
from models.vocabulary import Education, Identity, TitleRank, Verdict

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
        scored, said = people.score(position(), own, reference, None)
        return own.facts, scored, [str(sentence) for sentence in said]

    young = matched(birth_year=1999, identity=Identity.MAINLAND, household_size=0)
    old = matched(birth_year=1951, identity=Identity.HONG_KONG, household_size=6)
    assert young == old
    assert not {"birth_year", "identity", "household_size"} & set(young[0])
