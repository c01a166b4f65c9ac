"""The sample market: plenty, alike everywhere, true to itself, about nobody real, and gone with one command."""

import csv
import datetime as dt
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.fair_competition import findings_of
from matchmaker.services import passwords, reference, samples
from matchmaker.services.samples import AlreadyLoaded, NoReference
from models import (
    AuditEvent,
    Base,
    Consent,
    Incentive,
    Interest,
    Introduction,
    Membership,
    Organisation,
    OutboxEntry,
    Park,
    ParkClaim,
    ParkOffer,
    Posting,
    Region,
    RelocationNeed,
    Review,
    TalentProfile,
    User,
    check,
    fields_of,
    now,
)
from models.vocabulary import (
    ConsentPurpose,
    InterestStatus,
    MembershipRole,
    OrganisationType,
    ParkVerification,
    PostingLanguage,
    PostingStatus,
    ReviewDecision,
    Side,
    Term,
)
from tests import factories
from tests.databases import SqliteFiles

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "reference"
SIZES = {"need": 120, "offer": 400, "talent": 200, "position": 80}

# A digit glued to a Latin letter is a unit or a standard's name, such as m³/d; nothing else may carry one.
NUMBER = re.compile(r"(?<![A-Za-z\d.])\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def reference_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the reference data once, into a file that is only copied."""
    folder = tmp_path_factory.mktemp("reference")
    with _opened(SqliteFiles(folder).lend(folder)) as session:
        reference.load(session, REFERENCE)
    return folder / "market.db"


@pytest.fixture(scope="module")
def market_file(reference_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the samples once, into a file that nobody changes."""
    path = Path(shutil.copy(reference_file, tmp_path_factory.mktemp("market")))
    with _opened(_url(path)) as session:
        samples.load(session)
    return path


@pytest.fixture
def market(market_file: Path) -> Iterator[Session]:
    """Read the loaded market."""
    with _opened(_url(market_file)) as session:
        yield session


@pytest.fixture
def unsampled(reference_file: Path, tmp_path: Path) -> Iterator[Session]:
    """Have the reference data, and nothing else, in a file of the test's own."""
    with _opened(_url(Path(shutil.copy(reference_file, tmp_path)))) as session:
        yield session


@pytest.fixture
def bare(session: Session) -> Session:
    """Have the same on each database in turn."""
    reference.load(session, REFERENCE)
    return session


# --- what stands -------------------------------------------------------------


def test_a_visitor_finds_a_market_of_the_promised_size(market: Session) -> None:
    kinds = Counter(market.scalars(select(Posting.kind)))
    assert kinds == SIZES
    organisations = list(market.scalars(select(Organisation)))
    assert 55 <= len(organisations) <= 70
    assert {organisation.type for organisation in organisations} == set(OrganisationType)
    statuses = Counter(market.scalars(select(Posting.status)))
    assert statuses[PostingStatus.PUBLISHED] > 600
    assert all(statuses[status] for status in PostingStatus if status is not PostingStatus.CLOSED)
    offers = market.scalar(select(func.count(Incentive.offer_id.distinct()))) or 0
    assert 140 <= offers <= 260
    assert {interest.status for interest in market.scalars(select(Interest))} == set(InterestStatus)


def test_everything_says_that_it_is_a_sample(market: Session) -> None:
    for table in (Posting, Organisation, User):
        assert all(row.is_sample for row in market.scalars(select(table)))
    for row in (*market.scalars(select(Organisation)), *market.scalars(select(User))):
        assert row.name.startswith("示例·")
        assert not isinstance(row, Organisation) or row.uscc is row.hong_kong_number is row.macao_number is None
    parks = list(market.scalars(select(Park).where(Park.is_sample)))
    assert all(park.name.startswith("示例·") and park.code.startswith("SP") for park in parks)
    assert {offer.park_code for offer in market.scalars(select(ParkOffer))} == {park.code for park in parks}


def test_the_named_accounts_have_something_on_their_desks(market: Session) -> None:
    accounts = {account.email: _user(market, account.email) for account in samples.ACCOUNTS}
    assert passwords.fits(accounts["enterprise@example.com"].password_hash, samples.PASSWORD)
    passwords.judge(samples.PASSWORD, [word for user in accounts.values() for word in (user.email, user.name)])
    enterprise, colleague = accounts["enterprise@example.com"], accounts["colleague@example.com"]
    assert enterprise.organisation is colleague.organisation
    assert accounts["outsider@example.com"].organisation is not enterprise.organisation
    assert accounts["admin@example.com"].is_administrator
    assert [accounts[f"{name}@example.com"].side for name in ("park", "talent", "staff", "reviewer")] == [
        Side.PARK, Side.TALENT, Side.STAFF, Side.STAFF,
    ]  # fmt: skip
    for name in ("enterprise", "outsider", "park", "talent"):
        live = market.scalars(select(Posting).where(Posting.owner_id == accounts[f"{name}@example.com"].id))
        assert any(posting.status is PostingStatus.PUBLISHED for posting in live)
    authority = accounts["park@example.com"].organisation
    assert authority is not None
    assert market.scalar(select(Park.manager_id).where(Park.code == "SP001")) == authority.id
    subjects = market.scalars(select(Posting).join(Interest, Interest.posting_id == Posting.id))
    owners = {posting.owner_id for posting in subjects}
    assert owners & {accounts[f"{name}@example.com"].id for name in ("enterprise", "park", "talent")}


def test_every_profile_stands_on_a_live_consent(market: Session) -> None:
    agreed = set(market.scalars(select(Consent.user_id).where(Consent.purpose == ConsentPurpose.TALENT_MATCHING)))
    assert {profile.owner_id for profile in market.scalars(select(TalentProfile))} <= agreed
    assert not any(profile.name_is_public for profile in market.scalars(select(TalentProfile)))


def test_some_needs_are_written_in_traditional_characters_and_some_in_english(market: Session) -> None:
    languages = Counter(market.scalars(select(Posting.language).where(Posting.kind == "need")))
    assert languages[PostingLanguage.ZH_HANT] >= 5
    assert languages[PostingLanguage.EN] >= 2
    for need in market.scalars(select(RelocationNeed)):
        assert need.language is PostingLanguage.ZH_HANS or need.from_city_code in ("810000", "820000")


# --- whether it is true to itself --------------------------------------------


def test_every_fact_is_one_that_a_person_could_have_typed(market: Session) -> None:
    for posting in market.scalars(select(Posting)):
        for name, field in posting.fields().items():
            value = getattr(posting, name)
            assert check(field, value) == value, (posting.title, name)
        assert list(posting.contradictions()) == []
        if posting.status is not PostingStatus.DRAFT:
            assert posting.missing() == []
    for incentive in market.scalars(select(Incentive)):
        for name, field in fields_of(Incentive).items():
            assert check(field, getattr(incentive, name)) == getattr(incentive, name)


def test_codes_are_those_of_the_reference(market: Session) -> None:
    regions = set(market.scalars(select(Region.code)))
    industries = _industries()
    for posting in market.scalars(select(Posting)):
        for name, field in posting.fields().items():
            value = getattr(posting, name) or []
            codes = [value] if isinstance(value, str) else value
            if field.shape.value in ("region", "regions"):
                assert set(codes) <= regions, (posting.title, name)
            if field.shape.value == "industries":
                assert set(codes) <= industries, (posting.title, name)


def test_postings_state_many_facts_and_leave_some_open(market: Session) -> None:
    for kind, low in (("need", 24), ("offer", 15), ("talent", 15), ("position", 15)):
        filled = [
            sum(value is not None for value in posting.facts().values())
            for posting in market.scalars(select(Posting).where(Posting.kind == kind))
        ]
        assert sum(filled) / len(filled) >= low, kind
        assert len(set(filled)) > 5, f"the {kind}s are all filled alike"


def test_every_number_in_a_text_is_a_number_in_a_field(market: Session) -> None:
    for posting in market.scalars(select(Posting)):
        stated = set(_numbers(posting))
        for text in (posting.title, posting.description or ""):
            for number in NUMBER.findall(text):
                assert float(number.replace(",", "")) in stated, (number, text)


def test_texts_have_the_length_of_a_paragraph_and_titles_fit_on_a_card(market: Session) -> None:
    for posting in market.scalars(select(Posting)):
        assert 4 <= len(posting.title) <= 40
        assert 120 <= len(posting.description or "") <= 400, posting.description
        assert "{" not in f"{posting.title}{posting.description}"


def test_no_two_postings_of_a_kind_read_alike(market: Session) -> None:
    for kind in SIZES:
        texts = market.scalars(select(Posting.description).where(Posting.kind == kind))
        pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in texts if text]
        closest = max(2 * len(one & other) / (len(one) + len(other)) for one, other in combinations(pairs, 2))
        assert closest <= 0.9, kind


def test_promises_are_lawful(market: Session) -> None:
    for incentive in market.scalars(select(Incentive)):
        words = f"{incentive.summary}{incentive.condition}"
        # Where a firm is registered may be named only to say that it does not matter.
        for harmless in ("不分所有制和注册地", "不区分货主注册地", "不以迁移注册地为条件"):
            words = words.replace(harmless, "")
        assert not re.search("税|留成|返还|仅限|注册地|纳税", words), words
        assert incentive.source


def test_samples_stay_live_for_months(market: Session) -> None:
    published = select(Posting).where(Posting.status == PostingStatus.PUBLISHED)
    for posting in market.scalars(published):
        assert posting.expires_on is not None
        assert dt.date(2027, 6, 1) <= posting.expires_on <= dt.date(2027, 11, 23)
        assert posting.versions[0].facts["title"] == posting.title
        assert posting.reviews[-1].decision is ReviewDecision.PUBLISHED


# --- whether it is about nobody real -----------------------------------------


def test_no_real_park_or_company_is_named(market: Session) -> None:
    with (ROOT / "tests/data/relocations.csv").open(encoding="utf-8") as file:
        companies = [row["company"] for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    real = [*companies, *market.scalars(select(Park.name).where(Park.is_sample.is_(False)))]
    stems = {_stem(name) for name in real}
    told = [
        text
        for posting in market.scalars(select(Posting))
        for text in (posting.title, posting.description or "", *(getattr(posting, "products", None) or ()))
    ]
    told += market.scalars(select(Organisation.name))
    told += market.scalars(select(Park.name).where(Park.is_sample))
    everything = "\n".join(told)
    assert [stem for stem in stems if stem in everything] == []


def test_real_parks_keep_what_the_directory_says(market: Session) -> None:
    real = list(market.scalars(select(Park).where(Park.is_sample.is_(False))))
    assert len(real) == 158
    assert all(park.manager_id is None and park.verification is ParkVerification.DIRECTORY for park in real)


# --- loading and removing ----------------------------------------------------


def test_the_same_seed_makes_the_same_market_everywhere(market: Session, bare: Session) -> None:
    samples.load(bare)
    assert _everything(bare) == _everything(market)


def test_another_seed_makes_another_market(market: Session, unsampled: Session) -> None:
    samples.load(unsampled, seed=1)
    assert _everything(unsampled) != _everything(market)


def test_a_larger_market_begins_with_the_small_one(market: Session, unsampled: Session) -> None:
    heard: list[tuple[int, int]] = []
    counts = samples.load(unsampled, scale=2, progress=lambda done, total: heard.append((done, total)))
    assert {counts[name] for name in ("needs", "offers", "talents", "positions")} == {240, 800, 400, 160}
    assert heard[-1] == (1600, 1600)
    first = select(RelocationNeed.description).order_by(RelocationNeed.id).limit(120)
    assert list(unsampled.scalars(first)) == list(market.scalars(first))


def test_the_samples_load_once(unsampled: Session) -> None:
    samples.load(unsampled)
    with pytest.raises(AlreadyLoaded):
        samples.load(unsampled)


def test_the_samples_need_the_reference_data(session: Session) -> None:
    with pytest.raises(NoReference):
        samples.load(session)


def test_the_index_hears_of_every_posting_that_came_and_went(bare: Session) -> None:
    bare.execute(OutboxEntry.__table__.delete())  # type: ignore[attr-defined]
    samples.load(bare)
    came = {entry.subject for entry in bare.scalars(select(OutboxEntry))}
    assert len(came) == sum(SIZES.values()) + bare.scalar(select(func.count()).where(Park.is_sample))  # type: ignore[operator]
    bare.execute(OutboxEntry.__table__.delete())  # type: ignore[attr-defined]
    samples.remove(bare)
    entries = list(bare.scalars(select(OutboxEntry)))
    assert {entry.subject for entry in entries} == came
    assert all(entry.deleted_version for entry in entries)


def test_removing_leaves_what_stood_before(bare: Session) -> None:
    before = _counts(bare)
    samples.load(bare)
    removed = samples.remove(bare)
    after = _counts(bare)
    assert removed["postings"] == sum(SIZES.values())
    assert removed["closed"] == 0
    del before["outbox_entry"], after["outbox_entry"]
    assert after == before
    assert samples.load(bare)["needs"] == SIZES["need"], "the market may be loaded again"


def test_what_an_interrupted_load_left_is_cleared_by_the_next(unsampled: Session) -> None:
    samples.load(unsampled)
    unsampled.execute(AuditEvent.__table__.delete().where(AuditEvent.action == "samples.loaded"))  # type: ignore[attr-defined]
    unsampled.commit()
    assert not samples.is_loaded(unsampled)
    samples.load(unsampled)
    assert samples.is_loaded(unsampled)
    assert unsampled.scalar(select(func.count()).select_from(Posting)) == sum(SIZES.values())


def test_real_rows_stay_when_the_samples_go(bare: Session) -> None:
    samples.load(bare)
    real = _a_real_enterprise(bare)
    need = factories.need(real, real.organisation)
    need.status = PostingStatus.PUBLISHED
    bare.add(need)
    staff, park = _user(bare, "staff@example.com"), _user(bare, "park@example.com")
    need.reviews = [Review(reviewer_id=staff.id, decision=ReviewDecision.PUBLISHED)]
    bare.flush()
    bare.add(AuditEvent.of(staff, "review.published", "posting", need.id))
    # A look at a sample offer, a look by a sample park, and a real park claimed while trying the portal.
    offer = bare.scalar(select(ParkOffer).where(ParkOffer.status == PostingStatus.PUBLISHED).limit(1))
    assert offer is not None
    bare.add_all(
        [
            Interest(posting_id=offer.id, about_id=need.id, sender_id=real.id, message="想看", expires_on=_soon()),
            Interest(posting_id=need.id, about_id=offer.id, sender_id=park.id, message="欢迎", expires_on=_soon()),
        ]
    )
    claimed = bare.scalar(select(Park).where(Park.is_sample.is_(False)).limit(1))
    assert claimed is not None
    claim = ParkClaim(park=claimed, organisation=park.organisation, claimant=park, evidence="试用")
    bare.add(claim)
    bare.flush()
    claim.confirm(staff)
    bare.commit()

    removed = samples.remove(bare)

    bare.expire_all()
    assert [posting.id for posting in bare.scalars(select(Posting))] == [need.id]
    assert need.reviews[0].reviewer_id == staff.id
    assert removed["closed"] == 1
    assert [user.email for user in bare.scalars(select(User).order_by(User.id))] == [
        f"closed-{staff.id}@example.com",
        "real@changsha.example.org",
    ]
    assert not staff.is_active
    assert list(bare.scalars(select(Organisation))) == [real.organisation]
    for table in (Interest, Introduction, ParkClaim):
        assert list(bare.scalars(select(table))) == []
    assert claimed.manager_id is None
    assert claimed.verification is ParkVerification.DIRECTORY
    assert [event.action for event in bare.scalars(select(AuditEvent))] == ["review.published"]
    samples.load(bare)


def test_what_was_written_with_a_sample_account_goes_with_it(unsampled: Session) -> None:
    samples.load(unsampled)
    tried = _user(unsampled, "enterprise@example.com")
    unsampled.add(factories.need(tried, tried.organisation))
    unsampled.commit()
    samples.remove(unsampled)
    assert unsampled.scalar(select(func.count()).select_from(Posting)) == 0


# --- what the tests lean on --------------------------------------------------


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


@contextmanager
def _opened(url: str) -> Iterator[Session]:
    database = Database(url)
    with database.writing() as session:
        yield session
    database.engine.dispose()


def _user(session: Session, email: str) -> User:
    return session.scalars(select(User).where(User.email == email)).one()


def _a_real_enterprise(session: Session) -> User:
    user = User(email="real@changsha.example.org", name="周真", side=Side.ENTERPRISE, password_hash="x")
    organisation = Organisation(type=OrganisationType.ENTERPRISE, name="真有限公司", uscc="91430100MA4L16JQ9B")
    session.add(Membership(user=user, organisation=organisation, role=MembershipRole.MANAGER, approved_at=now()))
    session.flush()
    return user


def _soon() -> dt.date:
    return dt.date(2027, 1, 31)


def _industries() -> set[str]:
    with (REFERENCE / "industries.csv").open(encoding="utf-8") as file:
        return {row["code"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}


def _numbers(posting: Posting) -> Iterator[float]:
    for value in posting.facts().values():
        if isinstance(value, Term | str) or value is None:
            continue
        if isinstance(value, dt.date):
            yield from (value.year, value.month)
        elif isinstance(value, int | float):
            yield value
            # English texts count a hundred million yuan in millions.
            if posting.language is PostingLanguage.EN:
                yield round(value * 100, 4)
        elif isinstance(value, dict):
            yield from value.values()


def _stem(name: str) -> str:
    """Return what is particular about a name: without its legal form and without the place it stands in."""
    name = re.sub(r"（.*?）|\(.*?\)", "", name)
    return re.sub(r"(有限公司|股份有限公司|集团|公司)$", "", name)


def _everything(session: Session) -> list[Any]:
    session.expire_all()
    facts = [
        (posting.status, posting.published_at, posting.expires_on, sorted(clause.id for clause in posting.clauses))
        for posting in session.scalars(select(Posting).order_by(Posting.id))
    ]
    told = [posting.snapshot() for posting in session.scalars(select(Posting).order_by(Posting.id))]
    meetings = [
        (interest.message, interest.status, interest.created_at, interest.decline_words)
        for interest in session.scalars(select(Interest).order_by(Interest.id))
    ]
    return [*facts, *told, *meetings, *session.scalars(select(User.email).order_by(User.id))]


def _counts(session: Session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_no_sample_makes_a_promise_that_a_reviewer_would_have_to_decide_about(market: Session) -> None:
    found = [(one.kind.id, one.clause) for posting in market.scalars(select(Posting)) for one in findings_of(posting)]
    assert found == []
