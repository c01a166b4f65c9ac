"""No promise to enterprises goes on the shelf without a named reviewer's decision about these very words."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import fair_competition as svc
from matchmaker.services import postings, reviews
from models import AuditEvent, FairCompetitionDecision, Incentive, ParkOffer, UnlawfulMove
from models.vocabulary import ClearingGround, IncentiveType, PostingStatus, PromiseDecision, ReviewReason
from tests import factories
from tests.cast import Cast

S, D, G = PostingStatus, PromiseDecision, ClearingGround
CONCLUSION = "符合第 12 条（三），期限两年，没有影响更小的办法。"
TIED = "奖励 100 万元，按上年纳税额的 5% 计算"
RENT_FREE = "标准厂房前三年免租"


def waiting_offer(session: Session, cast: Cast, *summaries: str) -> ParkOffer:
    """Put an offer of Chen's with these promises into the queue."""
    offer = factories.offer(cast.manager, cast.park, cast.authority)
    offer.incentives = [Incentive(type=IncentiveType.EQUIPMENT, summary=words) for words in summaries]
    session.add(offer)
    session.commit()
    postings.submit(session, offer, cast.manager)
    return offer


def only(session: Session, offer: ParkOffer) -> str:
    (one,) = svc.standing(session, offer)
    return one.finding.id


def resubmit(session: Session, cast: Cast, offer: ParkOffer, summary: str) -> None:
    row = {"type": "equipment", "summary": summary, "condition": None}
    postings.set_incentives(session, offer, [row], cast.manager, offer.version)
    postings.submit(session, offer, cast.manager)


def test_the_owner_may_submit_and_the_reviewer_may_not_publish(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, TIED)
    with pytest.raises(reviews.Undecided) as refused:
        reviews.publish(session, offer, cast.reviewer)
    assert [problem.field for problem in refused.value.problems] == ["incentives"]
    assert offer.status is S.IN_REVIEW


def test_a_lawful_offer_needs_no_decision(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, "面向所有企业公开申报，按统一标准补助设备投资的 5%")
    assert svc.standing(session, offer) == []
    reviews.publish(session, offer, cast.reviewer)
    assert offer.is_live


def test_a_cleared_promise_is_published_with_name_ground_and_conclusion(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, RENT_FREE)
    reviews.decide_promise(
        session, offer, cast.reviewer, only(session, offer), D.CLEARED, CONCLUSION, G.OPEN_TERMS, offer.version
    )
    reviews.publish(session, offer, cast.second_reviewer)

    row = session.scalars(select(FairCompetitionDecision)).one()
    assert (row.reviewer.name, row.kind, row.clause) == (cast.reviewer.name, "rent", RENT_FREE)
    assert (row.decision, row.ground, row.words) == (D.CLEARED, G.OPEN_TERMS, CONCLUSION)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "fair_competition.decided")).one()
    assert (event.actor_id, event.subject_id, event.detail["decision"]) == (cast.reviewer.id, str(offer.id), "cleared")


def test_an_upheld_promise_is_sent_back_and_published_once_it_is_rewritten(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, TIED)
    reviews.decide_promise(session, offer, cast.reviewer, only(session, offer), D.UPHELD, "")
    with pytest.raises(reviews.Undecided):
        reviews.publish(session, offer, cast.reviewer)
    reviews.send_back(session, offer, cast.reviewer, ReviewReason.POLICY, "改写后再提交")

    resubmit(session, cast, offer, TIED)
    with pytest.raises(reviews.Undecided):
        reviews.publish(session, offer, cast.second_reviewer)
    postings.recall(session, offer, cast.manager)
    resubmit(session, cast, offer, "面向所有企业公开申报，按统一标准补助设备投资的 5%")
    reviews.publish(session, offer, cast.reviewer)
    assert offer.is_live


def test_unchanged_words_need_no_second_decision_and_changed_ones_do(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, RENT_FREE)
    reviews.decide_promise(session, offer, cast.reviewer, only(session, offer), D.CLEARED, CONCLUSION, G.INNOVATION)
    reviews.publish(session, offer, cast.reviewer)
    postings.revise(session, offer, cast.manager)
    postings.save_step(session, offer, {"title": "换了标题的厂房"}, cast.manager, offer.version)
    postings.submit(session, offer, cast.manager)
    reviews.publish(session, offer, cast.reviewer)

    postings.revise(session, offer, cast.manager)
    resubmit(session, cast, offer, "标准厂房前五年免租")
    with pytest.raises(reviews.Undecided):
        reviews.publish(session, offer, cast.reviewer)


def test_every_promise_wants_its_own_decision(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, RENT_FREE, "厂房装修每平方米补助 200 元")
    first, second = (one.finding.id for one in svc.standing(session, offer))
    reviews.decide_promise(session, offer, cast.reviewer, first, D.CLEARED, CONCLUSION, G.OPEN_TERMS)
    assert len(svc.in_the_way(session, offer)) == 1
    reviews.decide_promise(session, offer, cast.reviewer, second, D.CLEARED, CONCLUSION, G.OPEN_TERMS)
    reviews.publish(session, offer, cast.reviewer)


def test_the_latest_of_two_decisions_counts(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, RENT_FREE)
    finding = only(session, offer)
    reviews.decide_promise(session, offer, cast.reviewer, finding, D.UPHELD, "")
    reviews.decide_promise(session, offer, cast.second_reviewer, finding, D.CLEARED, CONCLUSION, G.OPEN_TERMS)
    (one,) = svc.standing(session, offer)
    assert one.is_cleared
    assert len(session.scalars(select(FairCompetitionDecision)).all()) == 2


def test_clearing_wants_a_ground_that_applies_and_a_conclusion(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, TIED)
    finding = only(session, offer)
    for ground, words in ((None, CONCLUSION), (G.OPEN_TERMS, CONCLUSION), (G.INNOVATION, "可以")):
        with pytest.raises(svc.NoConclusion):
            reviews.decide_promise(session, offer, cast.reviewer, finding, D.CLEARED, words, ground)
    reviews.decide_promise(session, offer, cast.reviewer, finding, D.CLEARED, CONCLUSION, G.INNOVATION)


def test_nobody_but_staff_decides_and_only_while_the_offer_waits(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, TIED)
    finding = only(session, offer)
    for user in (cast.manager, cast.owner, cast.talent):
        with pytest.raises(reviews.NotAReviewer):
            reviews.decide_promise(session, offer, user, finding, D.UPHELD, "")
    with pytest.raises(svc.NotThere):
        reviews.decide_promise(session, offer, cast.reviewer, "tax_reward-0", D.UPHELD, "")
    postings.recall(session, offer, cast.manager)
    with pytest.raises(UnlawfulMove):
        reviews.decide_promise(session, offer, cast.reviewer, finding, D.UPHELD, "")


def test_decisions_go_with_a_deleted_draft(session: Session, cast: Cast) -> None:
    offer = waiting_offer(session, cast, TIED)
    reviews.decide_promise(session, offer, cast.reviewer, only(session, offer), D.UPHELD, "")
    postings.recall(session, offer, cast.manager)
    postings.delete_draft(session, offer, cast.manager)
    assert session.scalars(select(FairCompetitionDecision)).all() == []
