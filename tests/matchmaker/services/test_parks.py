"""Keeping a park's entry: what the manager states is marked as such until staff have looked again."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.services import parks
from models import AuditEvent, OutboxEntry, Park
from models.vocabulary import Answer, ParkVerification
from tests.cast import Cast

STATED = {
    "leading_industries": ["电子信息", "轻工"],
    "customs_facilities": None,
    "chemical_status": Answer.UNSURE,
    "chemical_as_of": None,
    "chemical_source": None,
    "approved_area_ha": 312.5,
    "area_basis": "示例文件",
    "note": None,
}


def test_an_edit_is_the_parks_own_word_and_leaves_a_trail(session: Session, cast: Cast) -> None:
    parks.confirm(session, cast.park, cast.reviewer, cast.park.version)
    assert cast.park.verification is ParkVerification.CONFIRMED
    assert parks.edit(session, cast.park, STATED, cast.manager, cast.park.version)
    session.expire_all()
    park = session.get_one(Park, cast.park.code)
    assert (park.approved_area_ha, park.leading_industries) == (312.5, ["电子信息", "轻工"])
    assert park.verification is ParkVerification.CLAIMED
    assert park.verified_at is None
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "park.edited")).one()
    assert event.actor_id == cast.manager.id
    assert event.detail["changes"]["approved_area_ha"] == [None, 312.5]
    assert session.scalars(select(OutboxEntry).where(OutboxEntry.subject == park.search_id)).first()


def test_saving_the_same_words_changes_nothing(session: Session, cast: Cast) -> None:
    version, words = cast.park.version, {name: getattr(cast.park, name) for name in parks.EDITABLE}
    assert not parks.edit(session, cast.park, words, cast.manager, version)
    assert cast.park.version == version
    assert not session.scalars(select(AuditEvent).where(AuditEvent.action == "park.edited")).all()


def test_whoever_read_an_older_entry_overwrites_nothing(session: Session, cast: Cast) -> None:
    read = cast.park.version
    parks.edit(session, cast.park, STATED, cast.manager, read)
    with pytest.raises(parks.EntryChanged):
        parks.edit(session, cast.park, STATED | {"note": "另一个人写的"}, cast.manager, read)
    with pytest.raises(parks.EntryChanged):
        parks.confirm(session, cast.park, cast.reviewer, read)
    session.expire_all()
    assert session.get_one(Park, cast.park.code).note is None


def test_name_and_place_are_not_the_managers_to_change(session: Session, cast: Cast) -> None:
    parks.edit(session, cast.park, STATED | {"name": "另一个名字", "code": "X"}, cast.manager, cast.park.version)
    assert cast.park.name == "示例一号产业园"


def test_staff_see_what_changed_since_they_last_looked(session: Session, cast: Cast) -> None:
    park = cast.park
    parks.edit(session, park, STATED, cast.manager, park.version)
    parks.confirm(session, park, cast.reviewer, park.version)
    assert parks.unconfirmed_changes(session, park) == {}
    parks.edit(session, park, STATED | {"approved_area_ha": 400.0}, cast.manager, park.version)
    parks.edit(session, park, STATED | {"approved_area_ha": 410.0, "note": "两片"}, cast.manager, park.version)
    assert parks.unconfirmed_changes(session, park) == {"approved_area_ha": 312.5, "note": None}
    parks.edit(session, park, STATED, cast.manager, park.version)
    assert parks.unconfirmed_changes(session, park) == {}
