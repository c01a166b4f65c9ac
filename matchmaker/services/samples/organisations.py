"""Sample organisations, the people who act for them, and the sample premises of sample park authorities."""

import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.services import passwords
from matchmaker.services.samples.words import read
from models import Consent, Membership, Organisation, Park, ParkClaim, User
from models.vocabulary import (
    Answer,
    ClaimStatus,
    ConsentPurpose,
    MembershipRole,
    OrganisationType,
    ParkLevel,
    ParkType,
    ParkVerification,
    PortType,
    Side,
)

# Everybody's, and printed where the market is started: sample accounts guard nothing.
PASSWORD = "orchid-harbour-47-lantern"  # noqa: S105 - meant to be known
FOUNDED = dt.datetime(2026, 6, 1, 1, 0, tzinfo=dt.UTC)
# A directory entry that no authority has claimed yet, so that staff find one claim to decide.
UNCLAIMED = "SP016"
SELF_DECLARED = ("SP003", "SP009", "SP013", "SP020")

Trade = str


@dataclasses.dataclass
class Publisher:
    """An organisation that publishes, who writes for it, and what it deals in."""

    organisation: Organisation
    owner: User
    trades: list[Trade]
    origin: str
    is_estate: bool = False


@dataclasses.dataclass
class Estate:
    """A sample park, its authority and what the words about it are drawn from."""

    park: Park
    publisher: Publisher
    county: str
    home: str | None
    gives: dict[str, float]
    about: list[str]
    # What the words about the park take for granted in each of its offers.
    granted: dict[str, str]


@dataclasses.dataclass
class Bodies:
    """Everybody whom the sample market is made of, talents aside."""

    enterprises: list[Publisher]
    estates: list[Estate]
    staff: list[User]
    password_hash: str

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows that stand behind."""
        publishers = len(self.enterprises) + len(self.estates)
        return {"organisations": publishers + len(read("organisations")["governments"]), "parks": len(self.estates)}


def found(session: Session, regions: dict[str, str]) -> Bodies:
    """Add the organisations, their people, the parks and the staff; the caller commits."""
    words = read("organisations")
    # One hash for all: a thousand of them would take minutes and guard nothing.
    registry = _Registry(session, passwords.hash_password(PASSWORD))
    enterprises = [registry.enterprise(entry) for entry in words["enterprises"]]
    others = [registry.enterprise(entry) for entry in words["others"]]
    for entry in words["governments"]:
        registry.publisher(OrganisationType.GOVERNMENT, entry, Side.PARK)
    estates = [registry.estate(code, entry, regions) for code, entry in read("parks").items()]
    colleague = registry.person("colleague@example.com", "示例·林同事", Side.ENTERPRISE)
    registry.join(colleague, enterprises[0].organisation, MembershipRole.OFFICER)
    staff = [
        registry.person("staff@example.com", "示例·审核员甲", Side.STAFF),
        registry.person("reviewer@example.com", "示例·审核员乙", Side.STAFF),
        registry.person("admin@example.com", "示例·管理员", Side.STAFF, is_administrator=True),
    ]
    session.flush()
    return Bodies(
        enterprises=enterprises + others,
        estates=estates,
        staff=staff,
        password_hash=registry.password_hash,
    )


class _Registry:
    """Registers people and organisations one after the other; the first of a side get the named accounts."""

    def __init__(self, session: Session, password_hash: str) -> None:
        self.session = session
        self.password_hash = password_hash
        self.named = {
            Side.ENTERPRISE: ["enterprise@example.com", "outsider@example.com"],
            Side.PARK: [],
        }
        self.count = 0

    def person(self, email: str, name: str, side: Side, is_administrator: bool = False) -> User:
        user = User(
            email=email,
            name=name,
            side=side,
            is_administrator=is_administrator,
            is_sample=True,
            password_hash=self.password_hash,
            phone=None if side is Side.STAFF else "000 0000 0000",
            created_at=FOUNDED,
            updated_at=FOUNDED,
        )
        self.session.add(user)
        self.session.flush()
        self.session.add(agreement(user, ConsentPurpose.TERMS))
        return user

    def join(self, user: User, organisation: Organisation, role: MembershipRole) -> None:
        self.session.add(
            Membership(
                user=user,
                organisation=organisation,
                role=role,
                approved_at=FOUNDED,
                created_at=FOUNDED,
                updated_at=FOUNDED,
            )
        )

    def publisher(self, kind: OrganisationType, entry: dict[str, Any], side: Side) -> Publisher:
        self.count += 1
        name = str(entry["name"])
        organisation = Organisation(
            type=kind,
            name=name,
            region_code=str(entry["city"]),
            introduction=f"示例单位，{entry['about']}。单位和内容都是虚构的。",
            is_sample=True,
            created_at=FOUNDED,
            updated_at=FOUNDED,
        )
        named = self.named[side]
        email = named.pop(0) if named else f"sample-{self.count:03d}@example.com"
        if str(entry.get("code")) == "SP001":
            email = "park@example.com"
        owner = self.person(email, f"示例·{_FAMILY_NAMES[self.count % len(_FAMILY_NAMES)]}经办", side)
        self.session.add(organisation)
        self.join(owner, organisation, MembershipRole.MANAGER)
        trades = [str(trade) for trade in entry.get("trades", ())]
        return Publisher(organisation, owner, trades, str(entry.get("origin", "domestic")))

    def enterprise(self, entry: dict[str, Any]) -> Publisher:
        kind = OrganisationType(str(entry.get("type", "enterprise")))
        return self.publisher(kind, entry, Side.ENTERPRISE)

    def estate(self, code: str, entry: dict[str, Any], regions: dict[str, str]) -> Estate:
        county = str(entry["county"])
        name = str(entry["name"])
        authority = {
            "code": code,
            "name": f"{name}管委会",
            "city": county,
            "about": "管理一处虚构的园区",
            "trades": entry["trades"],
        }
        publisher = self.publisher(OrganisationType.PARK_AUTHORITY, authority, Side.PARK)
        publisher.is_estate = True
        self.session.flush()
        # A park that was kept, because somebody real had named it, is taken up again.
        park = self.session.merge(_park(code, county, entry, publisher))
        if code == UNCLAIMED:
            self.session.flush()
            self.session.add(_open_claim(park, publisher))
        return Estate(
            park=park,
            publisher=publisher,
            county=regions[county],
            home=str(entry["home"]) if "home" in entry else None,
            gives=entry["gives"],
            about=entry["about"],
            granted=entry.get("granted", {}),
        )


_FAMILY_NAMES = "陈李王张刘黄何周吴徐孙胡朱高郭罗"


def agreement(user: User, purpose: ConsentPurpose) -> Consent:
    """Record that a sample person agreed; the person has an id already."""
    consent = Consent.to(purpose, user)
    consent.given_at = FOUNDED
    return consent


def _park(code: str, county: str, entry: dict[str, Any], publisher: Publisher) -> Park:
    verification = (
        ParkVerification.DIRECTORY
        if code == UNCLAIMED
        else ParkVerification.CLAIMED
        if code in SELF_DECLARED
        else ParkVerification.CONFIRMED
    )
    home = entry.get("home")
    chemical = {True: Answer.YES, False: Answer.NO}.get(entry["chemical"], Answer.UNSURE)
    ports = [port for flag, port in (("rail", PortType.RAIL_PORT), ("river", PortType.RIVER_PORT)) if entry.get(flag)]
    return Park(
        code=code,
        name=str(entry["name"]),
        level=ParkLevel.COOPERATION if home else ParkLevel.PROVINCIAL,
        type=ParkType(str(entry["type"])),
        prefecture_code=f"{county[:4]}00",
        county_code=county,
        leading_industries=entry["leading"],
        chemical_status=chemical,
        chemical_as_of=dt.date(2026, 6, 1) if chemical is not Answer.UNSURE else None,
        chemical_source="示例" if chemical is not Answer.UNSURE else None,
        customs_facilities=[port.value for port in ports] or None,
        is_enclave=bool(home),
        home_region_codes=[str(home)] if home else [],
        confidence="L",
        evidence="sample",
        note="示例园区，虚构，不对应任何真实园区。",
        verification=verification,
        verified_at=FOUNDED if verification is ParkVerification.CONFIRMED else None,
        manager_id=None if verification is ParkVerification.DIRECTORY else publisher.organisation.id,
        is_sample=True,
        created_at=FOUNDED,
        updated_at=FOUNDED,
    )


def _open_claim(park: Park, publisher: Publisher) -> ParkClaim:
    return ParkClaim(
        park_code=park.code,
        organisation_id=publisher.organisation.id,
        claimant_id=publisher.owner.id,
        evidence="示例：我单位负责这个园区的日常管理，附件为示例文件。",
        status=ClaimStatus.OPEN,
        created_at=FOUNDED + dt.timedelta(days=150),
        updated_at=FOUNDED + dt.timedelta(days=150),
    )
