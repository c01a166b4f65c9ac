"""Loading the reference data: once, again, and beside what people have stated themselves."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.orm import Session

from matchmaker.services import reference
from models import (
    Base,
    Industry,
    IndustryNeighbour,
    IndustryTerm,
    Organisation,
    OutboxEntry,
    Park,
    PolicyClause,
    PolicyDocument,
    Region,
    SitingRule,
    TravelLink,
    ValueChain,
    Zone,
)
from models.vocabulary import Answer, OrganisationType, ParkVerification, TravelMode

FOLDER = Path(__file__).parents[3] / "reference"


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def snapshot(session: Session) -> dict[str, list[tuple[object, ...]]]:
    session.expire_all()
    kept = [table for table in Base.metadata.sorted_tables if table.name != "outbox_entry"]
    return {
        table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
        for table in kept
    }


def outbox(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(OutboxEntry)) or 0


def test_the_whole_directory_is_loaded(session):
    seen = []
    counts = reference.load(session, FOLDER, lambda name, rows: seen.append((name, rows)))
    assert dict(seen) == counts
    assert counts["parks"] == 158
    assert counts["industries"] == 1971
    assert counts["policy_clauses"] == 30 + 137
    assert counts["travel_links"] == 84
    codes = Counter(code[:2] for code in session.scalars(select(Park.code)))
    assert codes == {"HN": 138, "EN": 20}
    levels = Counter(session.scalars(select(Region.level).where(Region.code.startswith("43"))))
    assert (levels["prefecture"], levels["county"]) == (14, 122)


def test_loading_again_changes_nothing_and_sends_nothing_to_the_index(session):
    first = reference.load(session, FOLDER)
    before, waiting = snapshot(session), outbox(session)
    assert waiting >= 158 + 167
    assert reference.load(session, FOLDER) == first
    assert snapshot(session) == before
    assert outbox(session) == waiting


def test_every_code_leads_somewhere(session):
    reference.load(session, FOLDER)
    industries = set(session.scalars(select(Industry.code)))
    regions = set(session.scalars(select(Region.code)))
    terms = {term.term: term for term in session.scalars(select(IndustryTerm))}
    for park in session.scalars(select(Park)):
        assert park.county.parent_code == park.prefecture_code
        assert set(park.home_region_codes) <= regions
        assert set(park.leading_industries) <= terms.keys()
    assert all(set(term.codes) <= industries for term in terms.values())
    assert all(set(chain.codes) <= industries for chain in session.scalars(select(ValueChain)))
    clauses = {clause.id: clause for clause in session.scalars(select(PolicyClause))}
    assert all(clause.parent_id is None or clause.parent_id in clauses for clause in clauses.values())
    assert [part.id for part in clauses["T9"].parts] == ["T9a", "T9b", "T9c", "T9d"]
    assert all(zone.clause_id in clauses and zone.members for zone in session.scalars(select(Zone)))


def test_a_park_phrase_keeps_its_own_codes_when_the_plan_uses_the_word_too(session):
    reference.load(session, FOLDER)
    assert session.get_one(IndustryTerm, "装备制造").origin == "park_phrase"
    assert session.get_one(IndustryTerm, "装备制造").codes == ["C34", "C35", "C37", "C38"]
    assert session.get_one(IndustryTerm, "线路板").codes == session.get_one(IndustryTerm, "印制电路板").codes
    assert session.get_one(ValueChain, "equipment").codes[-1] == "C40"


def test_what_is_not_known_stays_unknown(session):
    reference.load(session, FOLDER)
    songmu, yueyang = session.get_one(Park, "HN04034"), session.get_one(Park, "HN06056")
    assert (songmu.chemical_status, str(songmu.chemical_as_of)) == (Answer.YES, "2023-04-13")
    assert yueyang.chemical_status is Answer.UNSURE
    # The source of 2015-06 gives no day, so there is none.
    assert yueyang.chemical_as_of is None
    assert yueyang.customs_facilities is None
    assert session.get_one(Park, "HN10086").customs_facilities == ["bonded_zone"]
    assert session.get_one(Park, "HN01001").approved_area_ha is None
    assert (
        session.scalars(select(SitingRule).where(SitingRule.rule == "HC3")).one().parameters["list_complete"] is False
    )
    assert session.get_one(PolicyDocument, "hunan-gba-plan-2020").issuer is None


def test_travel_from_chenzhou_is_known_with_its_basis(session):
    reference.load(session, FOLDER)
    link = session.scalars(
        select(TravelLink).where(
            TravelLink.from_code == "431000", TravelLink.to_code == "440300", TravelLink.mode == TravelMode.RAIL
        )
    ).one()
    assert link.hours == 1.95
    assert link.is_approximate
    assert link.basis.startswith("郴州西站；2016 年")


def test_a_claimed_park_keeps_what_its_manager_stated_while_its_neighbour_is_corrected(session):
    reference.load(session, FOLDER)
    manager = Organisation(type=OrganisationType.PARK_AUTHORITY, name="示例园区管委会")
    session.add(manager)
    session.flush()
    claimed, confirmed, untouched = (session.get_one(Park, code) for code in ("HN10085", "HN10088", "HN10087"))
    claimed.manager_id = manager.id
    confirmed.verification = ParkVerification.CONFIRMED
    for park in (claimed, confirmed, untouched):
        park.leading_industries = ["石墨新材料"]
    session.commit()

    reference.load(session, FOLDER)
    assert claimed.leading_industries == ["石墨新材料"]
    assert confirmed.leading_industries == ["石墨新材料"]
    assert untouched.leading_industries == ["装备制造", "电子信息", "食品医药"]


def test_a_term_and_a_neighbour_that_left_the_files_leave_the_tables(session):
    reference.load(session, FOLDER)
    session.add(IndustryTerm(term="旧词", codes=["C39"], origin="term"))
    session.add(IndustryNeighbour(code="A011", neighbour_code="T970"))
    session.commit()
    counts = reference.load(session, FOLDER)
    assert session.get(IndustryTerm, "旧词") is None
    assert session.scalar(select(func.count()).select_from(IndustryTerm)) == counts["industry_terms"]
    assert session.get(IndustryNeighbour, ("A011", "T970")) is None
    assert session.scalar(select(func.count()).select_from(IndustryNeighbour)) == counts["industry_neighbours"]


def test_every_text_fits_its_column(session):
    # SQLite does not mind a text that is too long; PostgreSQL refuses it.
    reference.load(session, FOLDER)
    for table in Base.metadata.sorted_tables:
        for column in table.c:
            length = getattr(column.type, "length", None)
            if length and table.name != "outbox_entry":
                longest = session.scalar(select(func.max(func.length(column)))) or 0
                assert longest <= length, f"{table.name}.{column.name}"
