"""Who is proposed to whom, from real rows: without the model, as on a machine that has none."""

import dataclasses

import pytest

from matchmaker.recommender import Market, load_reference, of_park, park_facts, recommend
from models import Interest, Introduction, RelocationNeed, SitingRule, now, today
from models.vocabulary import InterestStatus, RuleKind, Verdict
from tests import factories


@pytest.fixture
def known(session, cast) -> Market:
    for id_, title in (("HC12", "余量"), ("HC13", "面积和时间"), ("HC14", "门槛")):
        titles = {"title": title, "title_hant": title, "title_en": title}
        source = {"document": "园区自报", "confidence": "H"}
        session.add(SitingRule(rule=id_, version=1, kind=RuleKind.PHYSICAL, **titles, **source))
    session.commit()
    return Market(lambda session: load_reference(session, None, None))


@pytest.fixture
def need(session, cast):
    posting = factories.published(factories.need(cast.owner, cast.enterprise))
    session.add(posting)
    session.commit()
    return posting


@pytest.fixture
def offer(session, cast):
    posting = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    session.add(posting)
    session.commit()
    return posting


def ids(matches):
    return [match.id for match in matches]


def test_lin_sees_parks_and_offers_with_verdict_reasons_and_gaps(known, session, cast, need, offer):
    found = recommend(known, session, need, ("offer", "park"))

    first = found.passing[0]
    assert first.id == offer.search_id
    assert (first.rank, first.kind, first.park_code, first.county_code) == (1, "offer", cast.park.code, "431003")
    assert len(first.reasons) >= 3
    assert first.gates
    assert {f"park:{cast.park.code}", f"park:{cast.other_park.code}"} <= set(ids(found.passing))
    assert found.considered == len(found.passing) + len(found.failing)


def test_a_candidate_that_fails_stands_apart_with_the_number_against_the_limit(known, session, cast, need, offer):
    offer.power_spare_kva = 1_000
    session.commit()

    found = recommend(known, session, need, ("offer",))

    assert offer.search_id not in ids(found.passing)
    failing = next(match for match in found.failing if match.id == offer.search_id)
    assert (failing.verdict, failing.rank) == (Verdict.FAILS, None)
    assert any("差 5,000 kVA" in str(gate.sentence) for gate in failing.gates)


def test_what_fails_by_less_is_named_first(known, session, cast, need):
    near, far = (
        factories.published(factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=power))
        for power in (5_900, 100)
    )
    session.add_all([far, near])
    session.commit()
    failing = ids(recommend(known, session, need, ("offer",)).failing)
    assert failing.index(near.search_id) < failing.index(far.search_id)


def test_what_would_suit_in_nothing_else_stands_last_among_the_failing(known, session, cast, need):
    suits, other = (
        factories.published(
            factories.offer(cast.manager, cast.park, cast.authority, power_spare_kva=power, welcomed_codes=codes)
        )
        for power, codes in ((3_000, ["C3982"]), (5_990, ["A0141"]))
    )
    session.add_all([suits, other])
    session.commit()
    failing = ids(recommend(known, session, need, ("offer",)).failing)
    assert failing.index(suits.search_id) < failing.index(other.search_id)


def test_nobody_is_proposed_what_is_their_own_withdrawn_expired_or_a_draft(known, session, cast, need):
    others = [
        factories.offer(cast.manager, cast.park, cast.authority, title="草稿"),
        factories.published(factories.offer(cast.manager, cast.park, cast.authority, title="过期")),
        factories.published(factories.offer(cast.owner, cast.park, cast.enterprise, title="自己的")),
        factories.published(factories.offer(cast.colleague, cast.park, cast.enterprise, title="同事的")),
    ]
    others[1].expires_on = today().replace(year=today().year - 1)
    session.add_all(others)
    session.commit()
    found = recommend(known, session, need, ("offer",), top=100, failing=100)
    assert not {posting.search_id for posting in others} & set(ids([*found.passing, *found.failing]))


def test_who_has_been_introduced_is_not_proposed_again(known, session, cast, need, offer):
    interest = Interest(
        posting_id=offer.id,
        about_id=need.id,
        sender_id=cast.owner.id,
        message="想谈谈",
        status=InterestStatus.ACCEPTED,
        expires_on=today(),
    )
    interest.introduction = Introduction(opened_at=now(), host_id=cast.manager.id)
    session.add(interest)
    session.commit()

    assert offer.search_id not in ids(recommend(known, session, need).passing)
    assert need.search_id not in ids(recommend(known, session, offer).passing)


def test_chen_sees_the_need_from_the_offer_and_from_the_park(known, session, cast, need, offer):
    from_offer = recommend(known, session, offer)
    from_park = recommend(known, session, cast.park)

    assert need.search_id in ids(from_offer.passing)
    assert need.search_id in ids(from_park.passing)
    as_item = recommend(known, session, of_park(park_facts(cast.park)))
    assert ids(as_item.passing) == ids(from_park.passing)


def test_both_sides_of_a_pair_see_one_score(known, session, cast, need, offer):
    there = next(m for m in recommend(known, session, need).passing if m.id == offer.search_id)
    back = next(m for m in recommend(known, session, offer).passing if m.id == need.search_id)
    assert there.score == pytest.approx(back.score)
    assert [gate.verdict for gate in there.gates] == [gate.verdict for gate in back.gates]


def test_a_talent_meets_positions_and_needs_and_is_met(known, session, cast, need):
    talent = factories.published(factories.talent(cast.talent))
    position = factories.published(factories.position(cast.owner, cast.enterprise))
    session.add_all([talent, position])
    session.commit()

    seen = recommend(known, session, talent, top=100)
    assert {position.search_id, need.search_id} <= set(ids(seen.passing))
    back = recommend(known, session, position, audiences=("public", "members"))
    assert talent.search_id in ids(back.passing)
    match = next(match for match in back.passing if match.id == talent.search_id)
    assert len(match.reasons) >= 3
    assert not [name for said in (*match.reasons, *match.gaps) for name in said.fields if "birth" in name]


def test_without_an_index_talents_are_still_shown_to_members_only(known, session, cast, need):
    talent = factories.published(factories.talent(cast.talent))
    session.add(talent)
    session.commit()
    assert recommend(known, session, need, ("talent",)).considered == 0
    assert recommend(known, session, need, ("talent",), ("public", "members")).considered == 1


def test_an_unsaved_need_of_one_line_is_matched_and_nothing_is_written(known, session, cast):
    found = recommend(known, session, RelocationNeed(description="做线路板"))
    assert found.passing
    assert all(len(match.reasons) >= 3 for match in found.passing)
    assert not session.new
    assert not session.dirty


def test_a_must_leaves_other_prefectures_among_the_failing(known, session, cast):
    need = RelocationNeed(description="做线路板", place_strictness="must", target_prefecture_codes=["430100"])
    found = recommend(known, session, need, ("park",), failing=100)
    assert {match.county_code for match in found.passing} == {"430121"}
    assert f"park:{cast.park.code}" in ids(found.failing)


def test_a_match_as_json_says_all_that_it_rests_on(known, session, cast, need, offer):
    match = recommend(known, session, need).passing[0].as_json()
    assert {
        "rank",
        "kind",
        "id",
        "park_code",
        "county_code",
        "name",
        "score",
        "verdict",
        "gates",
        "reasons",
        "gaps",
    } <= (set(match))
    assert all(reason["fields"] for reason in match["reasons"])


def test_marked_samples_stay_marked(known, session, cast, need, offer):
    offer.is_sample = True
    session.commit()
    found = recommend(known, session, need)
    assert next(match for match in found.passing if match.id == offer.search_id).is_sample
    assert dataclasses.is_dataclass(found)
