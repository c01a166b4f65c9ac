"""What keeps a talent from a position or a project, and what is never read."""

import datetime as dt

import pytest

from matchmaker.recommender.facts import Item, of_posting
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
def test_what_a_position_asks(check, asked, own, id_, verdict):
    gates = {gate.id: gate.verdict for gate in check(position(**asked), talent(**own))}
    assert gates[id_] is verdict


def test_a_licence_counts_by_where_it_was_issued(check):
    asked = {"licences_required": ["注册建筑师"], "licence_origins_accepted": ["mainland", "hong_kong"]}

    def verdict(origin):
        own = talent(licences=["注册建筑师"], licence_origin=origin)
        return {gate.id: gate.verdict for gate in check(position(**asked), own)}["licence_origin"]

    assert (verdict("hong_kong"), verdict("foreign"), verdict(None)) == (P, F, U)


def test_a_need_and_a_talent_meet_where_both_would_go(need, check):
    own = talent(place_strictness="must", target_prefecture_codes=["431000"])

    def verdict(**place):
        return [gate.verdict for gate in check(need(**place), own)]

    assert verdict(place_strictness="must", target_prefecture_codes=["431003"]) == [P]
    assert verdict(place_strictness="must", target_prefecture_codes=["430100"]) == [F]
    assert verdict() == [U]
    assert check(need(), talent()) == []


def test_a_need_that_insists_on_a_place_without_naming_one_leaves_it_open(need, check):
    own = talent(place_strictness="must", target_prefecture_codes=["431000"])
    assert [gate.verdict for gate in check(need(place_strictness="must"), own)] == [U]


def test_a_failure_by_rank_says_by_how_many_levels(check):
    found = {gate.id: gate for gate in check(position(education_required=Education.DOCTOR), talent())}
    assert (str(found["education"].need), str(found["education"].limit)) == ("≥ 博士", "硕士")
    assert str(found["education"].gap) == "1 级"


def test_licences_are_printed_as_each_side_wrote_them(check):
    asked = position(licences_required=["註冊建造師", "执业药师"])
    (gate,) = [gate for gate in check(asked, talent(licences=["一级注册建造师"])) if gate.id == "licences"]
    assert str(gate.sentence) == "职业资格：要求 註冊建造師、执业药师，人才没有写 执业药师"
    assert (str(gate.limit), gate.distance) == ("一级注册建造师", 0.5)


def test_exchanging_what_may_never_count_changes_no_gate(check):
    def gates(**protected):
        own = of_posting(TalentProfile(**{**TALENT, **protected}))
        return [gate.as_json() for gate in check(position(education_required=Education.DOCTOR), own)]

    young = gates(birth_year=1999, identity=Identity.MAINLAND, household_size=0)
    assert young == gates(birth_year=1951, identity=Identity.HONG_KONG, household_size=6)
    assert young
