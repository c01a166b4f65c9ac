"""What reviewers decide, what they may not, and how an owner objects."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import postings
from matchmaker.services import reviews as svc
from matchmaker.services.readiness import NotReady
from matchmaker.services.versions import Clash
from models import AuditEvent, Consent, RelocationNeed, UnlawfulMove, now, today
from models.vocabulary import ConsentPurpose, PostingStatus, ReviewDecision, ReviewReason
from tests import factories
from tests.cast import Cast

S = PostingStatus


@pytest.fixture
def waiting(session: Session, cast: Cast) -> RelocationNeed:
    """Put Lin's need into the queue, beside the noise."""
    posting = factories.need(cast.owner, cast.enterprise)
    session.add(posting)
    session.commit()
    postings.submit(session, posting, cast.owner)
    return posting


def test_a_reviewer_publishes_and_the_history_keeps_what_was_said(
    session: Session, cast: Cast, waiting: RelocationNeed
) -> None:
    svc.publish(session, waiting, cast.reviewer, waiting.version)

    assert waiting.is_live
    assert waiting.expires_on == today() + dt.timedelta(days=180)
    (version,) = waiting.versions
    assert (version.version, version.facts) == (1, waiting.snapshot())
    (review,) = waiting.reviews
    assert (review.decision, review.reviewer_id) == (ReviewDecision.PUBLISHED, cast.reviewer.id)
    assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc())).first() == "review.published"


def test_a_stated_last_day_is_kept(session: Session, cast: Cast, waiting: RelocationNeed) -> None:
    waiting.expires_on = today() + dt.timedelta(days=30)
    session.commit()
    svc.publish(session, waiting, cast.reviewer)

    assert waiting.expires_on == today() + dt.timedelta(days=30)


def test_a_second_publication_is_a_second_version(session: Session, cast: Cast, waiting: RelocationNeed) -> None:
    svc.publish(session, waiting, cast.reviewer)
    postings.revise(session, waiting, cast.owner)
    postings.save_step(session, waiting, {"power_kva": 9000}, cast.owner, waiting.version)
    postings.submit(session, waiting, cast.owner)
    svc.publish(session, waiting, cast.second_reviewer)

    assert [(v.version, v.facts["power_kva"]) for v in waiting.versions] == [(1, 6000), (2, 9000)]


def test_nobody_but_staff_decides(session: Session, cast: Cast, waiting: RelocationNeed) -> None:
    for user in (cast.owner, cast.colleague, cast.outsider, cast.manager, cast.talent):
        with pytest.raises(svc.NotAReviewer):
            svc.publish(session, waiting, user)
        with pytest.raises(svc.NotAReviewer):
            svc.send_back(session, waiting, user, ReviewReason.INCOMPLETE, "补上")


def test_a_reviewer_decides_about_what_was_read(session: Session, cast: Cast, waiting: RelocationNeed) -> None:
    read = waiting.version
    postings.recall(session, waiting, cast.owner)
    postings.save_step(session, waiting, {"power_kva": 9000}, cast.owner, waiting.version)
    postings.submit(session, waiting, cast.owner)

    with pytest.raises(Clash):
        svc.publish(session, waiting, cast.reviewer, read)


def test_a_posting_is_decided_once(session: Session, cast: Cast, waiting: RelocationNeed) -> None:
    svc.publish(session, waiting, cast.reviewer)

    with pytest.raises(UnlawfulMove):
        svc.send_back(session, waiting, cast.second_reviewer, ReviewReason.POLICY, "先做审查")


def test_a_consent_withdrawn_while_waiting_keeps_a_profile_off_the_market(session: Session, cast: Cast) -> None:
    consent = Consent(user_id=cast.talent.id, purpose=ConsentPurpose.TALENT_MATCHING, wording_version="1")
    profile = factories.talent(cast.talent)
    session.add_all([consent, profile])
    session.commit()
    postings.submit(session, profile, cast.talent)
    consent.withdrawn_at = now()
    session.commit()

    with pytest.raises(NotReady):
        svc.publish(session, profile, cast.reviewer)
    assert profile.status is S.IN_REVIEW


def test_an_owner_sees_why_a_posting_came_back_and_sends_it_again(
    session: Session, cast: Cast, waiting: RelocationNeed
) -> None:
    svc.send_back(session, waiting, cast.reviewer, ReviewReason.UNVERIFIABLE, " 用电容量高出同类 3 倍，说明来源 ")

    assert waiting.status is S.DRAFT
    assert (waiting.reviews[-1].reason, waiting.reviews[-1].words) == (
        ReviewReason.UNVERIFIABLE,
        "用电容量高出同类 3 倍，说明来源",
    )
    postings.submit(session, waiting, cast.owner)
    svc.publish(session, waiting, cast.reviewer)
    assert waiting.is_live


def test_a_reviewer_owes_the_owner_words(session: Session, cast: Cast, waiting: RelocationNeed) -> None:
    with pytest.raises(ValueError, match="words"):
        svc.send_back(session, waiting, cast.reviewer, ReviewReason.INCOMPLETE, "  ")


def test_an_appeal_is_decided_by_another_reviewer(session: Session, cast: Cast, waiting: RelocationNeed) -> None:
    svc.send_back(session, waiting, cast.reviewer, ReviewReason.UNVERIFIABLE, "说明来源")
    review = svc.appeal(session, waiting, cast.colleague, "来源是供电合同，已写在说明里")

    assert waiting.status is S.IN_REVIEW
    assert waiting.open_appeal is review
    with pytest.raises(svc.SameReviewer):
        svc.publish(session, waiting, cast.reviewer)
    with pytest.raises(svc.SameReviewer):
        svc.send_back(session, waiting, cast.reviewer, ReviewReason.UNVERIFIABLE, "还是不行")

    svc.publish(session, waiting, cast.second_reviewer)
    assert waiting.is_live
    assert waiting.open_appeal is None


def test_an_appeal_taken_back_and_sent_again_still_goes_to_another_reviewer(
    session: Session, cast: Cast, waiting: RelocationNeed
) -> None:
    svc.send_back(session, waiting, cast.reviewer, ReviewReason.UNVERIFIABLE, "说明来源")
    svc.appeal(session, waiting, cast.owner, "来源是供电合同")
    postings.recall(session, waiting, cast.owner)
    postings.submit(session, waiting, cast.owner)

    with pytest.raises(svc.SameReviewer):
        svc.publish(session, waiting, cast.reviewer)


def test_only_the_owner_objects_and_only_once_and_only_to_a_refusal(
    session: Session, cast: Cast, waiting: RelocationNeed
) -> None:
    with pytest.raises(svc.NothingToAppeal):
        svc.appeal(session, waiting, cast.owner, "还没有决定")
    svc.send_back(session, waiting, cast.reviewer, ReviewReason.UNVERIFIABLE, "说明来源")
    with pytest.raises(svc.NotAReviewer):
        svc.appeal(session, waiting, cast.outsider, "替别人申诉")
    svc.appeal(session, waiting, cast.owner, "来源是供电合同")
    postings.recall(session, waiting, cast.owner)
    with pytest.raises(svc.NothingToAppeal):
        svc.appeal(session, waiting, cast.owner, "再申诉一次")
