"""What owners do with their postings, what colleagues may, and what outsiders may not."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.services import postings as svc
from matchmaker.services import reviews
from matchmaker.services.readiness import NotReady
from matchmaker.services.values import UnknownNames, WrongValues
from matchmaker.services.versions import Clash
from models import (
    LAWFUL_MOVES,
    AuditEvent,
    Consent,
    OutboxEntry,
    ParkOffer,
    Posting,
    RelocationNeed,
    TalentProfile,
    UnlawfulMove,
    now,
    today,
)
from models.vocabulary import Answer, ConsentPurpose, NeedCategory, PostingStatus
from tests import factories
from tests.cast import Cast

S = PostingStatus


@pytest.fixture
def need(session: Session, cast: Cast) -> RelocationNeed:
    """Put a complete draft of Lin's into the database."""
    posting = factories.need(cast.owner, cast.enterprise)
    session.add(posting)
    session.commit()
    return posting


@pytest.fixture
def offer(session: Session, cast: Cast) -> ParkOffer:
    """Put a complete draft of Chen's into the database."""
    posting = factories.offer(cast.manager, cast.park, cast.authority)
    session.add(posting)
    session.commit()
    return posting


def deeds(session: Session, posting: Posting) -> list[str]:
    """List what the audit says was done to the posting."""
    about = select(AuditEvent).where(AuditEvent.subject_kind == "posting", AuditEvent.subject_id == str(posting.id))
    return [event.action for event in session.scalars(about.order_by(AuditEvent.id))]


# --- beginning ---------------------------------------------------------------


def test_an_owner_begins_a_draft_with_a_title_alone(session: Session, cast: Cast) -> None:
    posting = svc.create(session, RelocationNeed, cast.owner, {"title": " 线路板搬迁 "}, "key-1")

    assert (posting.title, posting.status, posting.owner_id) == ("线路板搬迁", S.DRAFT, cast.owner.id)
    assert posting.organisation_id == cast.enterprise.id
    assert deeds(session, posting) == ["posting.created"]


def test_a_draft_without_a_title_is_not_begun(session: Session, cast: Cast) -> None:
    with pytest.raises(WrongValues) as refused:
        svc.create(session, RelocationNeed, cast.owner, {"category": NeedCategory.NEW_BASE}, "key-1")

    assert list(refused.value.errors) == ["title"]


def test_a_form_sent_twice_begins_one_draft(session: Session, cast: Cast) -> None:
    first = svc.create(session, RelocationNeed, cast.owner, {"title": "线路板搬迁"}, "key-1")
    second = svc.create(session, RelocationNeed, cast.owner, {"title": "线路板搬迁"}, "key-1")

    assert second.id == first.id


def test_another_persons_form_key_finds_nothing_of_the_owners(session: Session, cast: Cast) -> None:
    mine = svc.create(session, RelocationNeed, cast.owner, {"title": "线路板搬迁"}, "key-1")
    theirs = svc.create(session, RelocationNeed, cast.outsider, {"title": "家具搬迁"}, "key-1")

    assert theirs.id != mine.id
    assert theirs.owner_id == cast.outsider.id


def test_a_talents_profile_belongs_to_no_organisation(session: Session, cast: Cast) -> None:
    profile = svc.create(session, TalentProfile, cast.talent, {"title": "工艺工程师"}, "key-1")

    assert profile.organisation_id is None


def test_nobody_makes_themselves_owner_or_published_through_the_values(session: Session, cast: Cast) -> None:
    for name in ("owner_id", "status", "version", "organisation_id", "is_sample", "published_at", "id", "kind"):
        with pytest.raises(UnknownNames):
            svc.create(session, RelocationNeed, cast.outsider, {"title": "家具", name: cast.owner.id}, "key-1")


# --- saving ------------------------------------------------------------------


def test_a_colleague_saves_a_step_and_the_audit_names_the_fields(
    session: Session, cast: Cast, need: RelocationNeed
) -> None:
    values = {"power_kva": 8000, "dual_supply_needed": "unsure", "water_m3_per_day": need.water_m3_per_day}
    svc.save_step(session, need, values, cast.colleague, need.version)

    assert (need.power_kva, need.dual_supply_needed) == (8000, Answer.UNSURE)
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.action, event.actor_id) == ("posting.saved", cast.colleague.id)
    assert sorted(event.detail["fields"]) == ["dual_supply_needed", "power_kva"]


def test_an_outsider_saves_nothing(session: Session, cast: Cast, need: RelocationNeed) -> None:
    with pytest.raises(svc.NotYours):
        svc.save_step(session, need, {"power_kva": 1}, cast.outsider, need.version)
    with pytest.raises(svc.NotYours):
        svc.save_step(session, need, {"power_kva": 1}, cast.reviewer, need.version)


def test_saving_enqueues_the_posting_for_the_index(session: Session, cast: Cast, need: RelocationNeed) -> None:
    before = len(session.scalars(select(OutboxEntry).where(OutboxEntry.subject == need.search_id)).all())
    svc.save_step(session, need, {"power_kva": 8000}, cast.owner, need.version)

    after = len(session.scalars(select(OutboxEntry).where(OutboxEntry.subject == need.search_id)).all())
    assert after == before + 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("power_kva", 1),
        ("power_kva", "8000"),
        ("power_kva", float("nan")),
        ("category", "teleport"),
        ("industry_codes", ["C3982", "Z9999"]),
        ("from_city_code", "431000"),
        ("from_city_code", "999999"),
        ("target_prefecture_codes", ["440300"]),
        ("production_start_on", "soon"),
        ("workers_by_trade", {"wizard": 3}),
        ("title", ""),
        ("title", "长" * 81),
        ("expires_on", dt.date(2020, 1, 1)),
        ("expires_on", dt.date(2099, 1, 1)),
        ("language", "tlh"),
        ("name_is_public", "yes"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_saved(
    session: Session, cast: Cast, need: RelocationNeed, name: str, value: object
) -> None:
    with pytest.raises(WrongValues) as refused:
        svc.save_step(session, need, {"clear_height_m": 9, name: value}, cast.owner, need.version)

    assert list(refused.value.errors) == [name]
    session.rollback()
    assert need.clear_height_m == 6


def test_an_unknown_park_is_refused(session: Session, cast: Cast, offer: ParkOffer) -> None:
    with pytest.raises(WrongValues) as refused:
        svc.save_step(session, offer, {"park_code": "HN00000"}, cast.manager, offer.version)

    assert list(refused.value.errors) == ["park_code"]


def test_an_unknown_furong_category_and_a_public_name_are_refused_to_a_talent(session: Session, cast: Cast) -> None:
    profile = factories.talent(cast.talent)
    session.add(profile)
    session.commit()

    with pytest.raises(WrongValues):
        svc.save_step(session, profile, {"furong_category": "NONE"}, cast.talent, profile.version)
    with pytest.raises(WrongValues):
        svc.save_step(session, profile, {"name_is_public": True}, cast.talent, profile.version)


def test_a_posting_on_the_shelf_is_not_changed_in_place(session: Session, cast: Cast, need: RelocationNeed) -> None:
    factories.published(need)
    session.commit()

    with pytest.raises(UnlawfulMove):
        svc.save_step(session, need, {"power_kva": 8000}, cast.owner, need.version)


def test_two_colleagues_clash_and_the_second_sees_what_stands(
    session: Session, cast: Cast, need: RelocationNeed
) -> None:
    read = need.version
    svc.save_step(session, need, {"power_kva": 8000}, cast.colleague, read)

    with pytest.raises(Clash) as clash:
        svc.save_step(session, need, {"power_kva": 9000}, cast.owner, read)
    assert isinstance(clash.value.current, RelocationNeed)
    assert clash.value.current.power_kva == 8000


def test_two_changes_of_incentives_within_a_second_clash_too(session: Session, cast: Cast, offer: ParkOffer) -> None:
    read = offer.version
    row = {"type": "rent", "summary": "前两年租金减半"}
    svc.set_incentives(session, offer, [row], cast.manager, read)
    assert offer.version > read
    middle = offer.version
    svc.set_incentives(session, offer, [row, {"type": "hiring", "summary": "每招一人 1,000 元"}], cast.manager, middle)
    assert offer.version > middle

    with pytest.raises(Clash):
        svc.set_incentives(session, offer, [], cast.manager, middle)


def test_a_clash_that_only_the_database_sees_is_a_clash_as_well(
    database: Database, session: Session, cast: Cast, need: RelocationNeed
) -> None:
    with Session(database.engine, expire_on_commit=False) as slow:
        stale = slow.get_one(RelocationNeed, need.id)
        slow_owner = slow.get_one(type(cast.owner), cast.owner.id)
        assert stale.power_kva == 6000
        slow_owner.organisations  # noqa: B018 - read before the transaction below, as a request would have
        if database.url.get_backend_name() == "sqlite":
            # SQLite would refuse to write from an old snapshot; the web never does, since it begins by writing.
            slow.commit()
        svc.save_step(session, need, {"power_kva": 8000}, cast.colleague, need.version)
        with pytest.raises(Clash) as clash:
            svc.save_step(slow, stale, {"power_kva": 9000}, slow_owner, stale.version)
        assert clash.value.current is not None
        assert clash.value.current.power_kva == 8000  # type: ignore[attr-defined]


# --- incentives and clauses --------------------------------------------------


def test_incentives_are_replaced_as_a_whole(session: Session, cast: Cast, offer: ParkOffer) -> None:
    row = {"type": "equipment", "summary": "设备投资额的 8%", "cap_wan": 300, "valid_to": "2027-12-31"}
    svc.set_incentives(session, offer, [row], cast.manager, offer.version)

    assert [(i.summary, i.cap_wan, i.valid_to) for i in offer.incentives] == [
        ("设备投资额的 8%", 300, dt.date(2027, 12, 31))
    ]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"type": "rent"}, "rows-0-summary"),
        ({"summary": "减半"}, "rows-0-type"),
        ({"type": "gift", "summary": "减半"}, "rows-0-type"),
        ({"type": "rent", "summary": "减半", "cap_wan": -1}, "rows-0-cap_wan"),
        (
            {"type": "rent", "summary": "减半", "valid_from": "2027-01-01", "valid_to": "2026-01-01"},
            "rows-0-valid_to",
        ),
    ],
)
def test_a_wrong_incentive_is_named_by_row_and_field(
    session: Session, cast: Cast, offer: ParkOffer, row: dict[str, object], name: str
) -> None:
    with pytest.raises(WrongValues) as refused:
        svc.set_incentives(session, offer, [row], cast.manager, offer.version)

    assert list(refused.value.errors) == [name]
    assert len(offer.incentives) == 1


def test_an_incentive_takes_no_names_but_its_own(session: Session, cast: Cast, offer: ParkOffer) -> None:
    with pytest.raises(UnknownNames):
        svc.set_incentives(session, offer, [{"type": "rent", "summary": "减半", "offer_id": 1}], cast.manager, 1)


def test_a_posting_links_to_clauses_that_exist(session: Session, cast: Cast, need: RelocationNeed) -> None:
    svc.set_clauses(session, need, ["T6c", "T24b"], cast.owner, need.version)
    assert [clause.id for clause in need.clauses] == ["T24b", "T6c"]

    with pytest.raises(WrongValues):
        svc.set_clauses(session, need, ["T6c", "T99"], cast.owner, need.version)


# --- to review and back ------------------------------------------------------


def test_a_complete_draft_goes_to_review(session: Session, cast: Cast, need: RelocationNeed) -> None:
    svc.submit(session, need, cast.owner, need.version)

    assert need.status is S.IN_REVIEW
    assert need.submitted_at is not None
    assert deeds(session, need) == ["posting.submitted"]


def test_what_is_missing_or_cannot_be_true_keeps_a_draft_from_review(
    session: Session, cast: Cast, need: RelocationNeed
) -> None:
    svc.save_step(session, need, {"investment_yi": None, "sewage_m3_per_day": 5000}, cast.owner, need.version)

    with pytest.raises(NotReady) as refused:
        svc.submit(session, need, cast.owner)
    assert {problem.field for problem in refused.value.problems} == {"investment_yi", "sewage_m3_per_day"}
    assert need.status is S.DRAFT


def test_a_talent_needs_a_living_consent(session: Session, cast: Cast) -> None:
    profile = factories.talent(cast.talent)
    consent = Consent(user_id=cast.talent.id, purpose=ConsentPurpose.TALENT_MATCHING, wording_version="1")
    someone_elses = Consent(user_id=cast.other_talent.id, purpose=ConsentPurpose.TALENT_MATCHING, wording_version="1")
    session.add_all([profile, someone_elses])
    session.commit()
    with pytest.raises(NotReady) as refused:
        svc.submit(session, profile, cast.talent)
    assert [problem.field for problem in refused.value.problems] == ["consent"]

    session.add(consent)
    session.commit()
    svc.submit(session, profile, cast.talent)
    assert profile.status is S.IN_REVIEW

    svc.recall(session, profile, cast.talent)
    consent.withdrawn_at = now()
    session.commit()
    with pytest.raises(NotReady):
        svc.submit(session, profile, cast.talent)


def test_an_enterprise_without_an_organisation_drafts_but_does_not_submit(session: Session, cast: Cast) -> None:
    cast.owner.memberships[0].approved_at = None
    draft = factories.need(cast.owner)
    session.add(draft)
    session.commit()
    with pytest.raises(NotReady) as refused:
        svc.submit(session, draft, cast.owner)
    assert [problem.field for problem in refused.value.problems] == ["organisation"]

    cast.owner.memberships[0].approved_at = now()
    session.commit()
    svc.submit(session, draft, cast.owner)
    assert draft.organisation_id == cast.enterprise.id


def test_a_draft_whose_last_day_has_passed_needs_a_new_one(session: Session, cast: Cast, need: RelocationNeed) -> None:
    need.expires_on = today()
    session.commit()

    with pytest.raises(NotReady) as refused:
        svc.submit(session, need, cast.owner)
    assert [problem.field for problem in refused.value.problems] == ["expires_on"]


def test_a_colleagues_change_while_the_summary_was_read_is_a_clash(
    session: Session, cast: Cast, need: RelocationNeed
) -> None:
    read = need.version
    svc.save_step(session, need, {"power_kva": 8000}, cast.colleague, read)

    with pytest.raises(Clash):
        svc.submit(session, need, cast.owner, read)


def test_an_owner_takes_a_posting_back_from_review_to_change_it(
    session: Session, cast: Cast, need: RelocationNeed
) -> None:
    svc.submit(session, need, cast.owner)
    svc.recall(session, need, cast.colleague)

    assert need.is_editable
    assert deeds(session, need) == ["posting.submitted", "posting.recalled"]


# --- on the shelf and off it -------------------------------------------------


@pytest.fixture
def live(session: Session, cast: Cast, need: RelocationNeed) -> RelocationNeed:
    """Put Lin's need on the shelf."""
    svc.submit(session, need, cast.owner)
    reviews.publish(session, need, cast.reviewer)
    return need


@pytest.mark.parametrize(
    ("verb", "status"), [(svc.withdraw, S.WITHDRAWN), (svc.revise, S.DRAFT), (svc.close, S.CLOSED)]
)
def test_an_owner_takes_a_posting_off_the_shelf(
    session: Session, cast: Cast, live: RelocationNeed, verb: Callable[..., Posting], status: S
) -> None:
    with pytest.raises(svc.NotYours):
        verb(session, live, cast.outsider)
    assert live.is_live

    verb(session, live, cast.owner)
    assert live.status is status
    assert not live.is_live


def test_a_withdrawn_posting_goes_to_review_again_as_it_is(session: Session, cast: Cast, live: RelocationNeed) -> None:
    svc.withdraw(session, live, cast.owner)
    svc.submit(session, live, cast.owner)

    assert live.status is S.IN_REVIEW


def test_a_posting_is_extended_by_at_most_a_year(session: Session, cast: Cast, live: RelocationNeed) -> None:
    svc.extend(session, live, cast.owner, today() + dt.timedelta(days=365))
    assert live.expires_on == today() + dt.timedelta(days=365)

    for day in (today(), today() + dt.timedelta(days=366)):
        with pytest.raises(WrongValues):
            svc.extend(session, live, cast.owner, day)


def test_a_draft_is_deleted_and_a_published_posting_never(session: Session, cast: Cast, need: RelocationNeed) -> None:
    doomed = factories.need(cast.owner, cast.enterprise, title="写错了的草稿")
    session.add(doomed)
    session.commit()
    doomed_id = doomed.id
    svc.delete_draft(session, doomed, cast.colleague)
    assert session.get(Posting, doomed_id) is None

    svc.submit(session, need, cast.owner)
    reviews.publish(session, need, cast.reviewer)
    svc.revise(session, need, cast.owner)
    with pytest.raises(UnlawfulMove):
        svc.delete_draft(session, need, cast.owner)


def test_an_offer_is_deleted_with_its_incentives_clauses_and_reviews(
    session: Session, cast: Cast, offer: ParkOffer
) -> None:
    svc.set_clauses(session, offer, ["T6c"], cast.manager, offer.version)
    svc.submit(session, offer, cast.manager)
    reviews.send_back(session, offer, cast.reviewer, reviews.ReviewReason.INCOMPLETE, "补上四至")
    svc.delete_draft(session, offer, cast.manager)

    assert session.scalars(select(ParkOffer).where(ParkOffer.title == "电子信息标准厂房")).all() == []


def test_what_is_past_its_last_day_expires_and_nothing_else(
    session: Session, cast: Cast, live: RelocationNeed, clock: time_machine.Traveller
) -> None:
    assert live.expires_on is not None
    last_day = live.expires_on
    assert svc.expire_due(session, last_day) == 0
    others = session.scalars(select(Posting).where(Posting.status == S.PUBLISHED, Posting.id != live.id)).all()
    for other in others:
        other.expires_on = None
    session.commit()

    assert svc.expire_due(session, last_day + dt.timedelta(days=1)) == 1
    assert live.status is S.EXPIRED
    assert all(other.status is S.PUBLISHED for other in others)
    assert deeds(session, live)[-1] == "posting.expired"


def test_a_copy_is_a_draft_of_its_own(session: Session, cast: Cast, offer: ParkOffer) -> None:
    svc.set_clauses(session, offer, ["T6c"], cast.manager, offer.version)
    new = svc.copy(session, offer, cast.manager, "key-2")
    again = svc.copy(session, offer, cast.manager, "key-2")

    assert isinstance(new, ParkOffer)
    assert new.id == again.id != offer.id
    assert new.facts() == offer.facts()
    assert [i.summary for i in new.incentives] == [i.summary for i in offer.incentives]
    assert [clause.id for clause in new.clauses] == ["T6c"]
    assert (new.status, new.published_at) == (S.DRAFT, None)
    with pytest.raises(svc.NotYours):
        svc.copy(session, offer, cast.outsider, "key-3")


# --- the table of lawful moves -----------------------------------------------

VERBS: dict[str, Callable[[Session, Posting, Cast], object]] = {
    "submit": lambda session, posting, cast: svc.submit(session, posting, cast.owner),
    "recall": lambda session, posting, cast: svc.recall(session, posting, cast.owner),
    "withdraw": lambda session, posting, cast: svc.withdraw(session, posting, cast.owner),
    "revise": lambda session, posting, cast: svc.revise(session, posting, cast.owner),
    "close": lambda session, posting, cast: svc.close(session, posting, cast.owner),
    "publish": lambda session, posting, cast: reviews.publish(session, posting, cast.reviewer),
    "send_back": lambda session, posting, cast: reviews.send_back(
        session, posting, cast.reviewer, reviews.ReviewReason.INCOMPLETE, "补上"
    ),
}
WHERE_VERBS_LEAD = {
    "submit": S.IN_REVIEW,
    "recall": S.DRAFT,
    "withdraw": S.WITHDRAWN,
    "revise": S.DRAFT,
    "close": S.CLOSED,
    "publish": S.PUBLISHED,
    "send_back": S.DRAFT,
}


@pytest.mark.parametrize("start", list(S))
def test_verbs_make_exactly_the_lawful_moves(
    session: Session, cast: Cast, need: RelocationNeed, start: PostingStatus
) -> None:
    reached = set()
    for verb, act in VERBS.items():
        need.status, need.expires_on = start, None
        session.commit()
        try:
            act(session, need, cast)
        except UnlawfulMove:
            assert need.status is start
        else:
            assert need.status is WHERE_VERBS_LEAD[verb]
            reached.add(need.status)
    if start is S.PUBLISHED:
        need.status, need.expires_on = start, today() - dt.timedelta(days=1)
        session.commit()
        svc.expire_due(session, today())
        reached.add(need.status)

    assert reached == set(LAWFUL_MOVES[start])


@pytest.mark.parametrize("start", list(S))
@pytest.mark.parametrize("end", list(S))
def test_a_posting_moves_only_by_the_table(start: PostingStatus, end: PostingStatus) -> None:
    posting = RelocationNeed(status=start)
    if end in LAWFUL_MOVES[start]:
        posting.move(end)
        assert posting.status is end
    else:
        with pytest.raises(UnlawfulMove):
            posting.move(end)
        assert posting.status is start
