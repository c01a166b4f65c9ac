"""One of each thing that an address can name, who stands in its circle, and every route of the application.

The walks find the routes by themselves, so that a new view is covered on the day it is written. A new word
in an address, such as `<int:letter_id>`, stops them until `World.examples` holds one.
"""

import dataclasses
import hashlib
from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule as Route

from matchmaker.access import rule_of
from matchmaker.database import Database
from matchmaker.kinds import kinds_of
from models import (
    Base,
    Consent,
    Interest,
    Introduction,
    Membership,
    ParkClaim,
    Posting,
    RankingModel,
    SitingRule,
    User,
    now,
    today,
)
from models.vocabulary import ConsentPurpose, InterestStatus, MembershipRole, RuleKind, Side
from tests import factories
from tests.cast import Cast

# A rule admits by who somebody is; these are all the sorts of people there are.
ROLES = ("anonymous", "owner", "colleague", "outsider", "manager", "talent", "reviewer", "administrator")
# What a visitor changes by looking: the visit's last sign of life, the line that a refused look leaves, and the list
# that was shown.
TRACES = {"auth_session", "audit_event", "slate"}


@dataclasses.dataclass
class World:
    """The cast with something of everything between them."""

    cast: Cast
    applicant: User  # asks to join the enterprise, and is not in yet
    draft: Posting  # the enterprise's need that nobody else has seen
    need: Posting
    offer: Posting
    profile: Posting
    position: Posting
    waiting: Posting  # in review
    interest: Interest  # Lin's, in Chen's offer
    introduction: Introduction  # Sun wrote to Lin, and was accepted
    claim: ParkClaim  # Ma's, to the park without a manager
    membership: Membership  # He's
    model: RankingModel  # what a night has learned, and nobody uses yet

    @property
    def people(self) -> dict[str, User | None]:
        """Return one person of each sort, and nobody."""
        return {"anonymous": None, **{name: getattr(self.cast, name) for name in ROLES[1:]}}

    def admitted(self, app: Flask, endpoint: str) -> User | None:
        """Return somebody whom the route lets in, so that only what a test is about is in the way."""
        rule = rule_of(app, endpoint)
        assert rule is not None
        return next(user for user in reversed(self.people.values()) if rule.admits(user))

    def examples(self, user: User | None) -> dict[str, Any]:
        """Return what stands for each word of an address, as this person would ask for it."""
        kinds = kinds_of(user.side) if user else []
        return {
            "posting_id": self.need.id,
            "asking_id": self.need.id,
            "answering": str(self.offer.id),
            "name": "gas_m3_per_day",
            "kind": kinds[0].slug if kinds else "need",
            "step": "about",
            "interest_id": self.interest.id,
            "introduction_id": self.introduction.id,
            "claim_id": self.claim.id,
            "organisation_id": self.cast.enterprise.id,
            "membership_id": self.membership.id,
            "code": self.cast.park.code,
            "clause_id": "T6c",
            "rule_id": "HC12",
            "model_id": self.model.id,
            "pairing": self.model.pairing,
            "finding_id": "tax_reward-0123456789abcdef",
            "side": "enterprise",
            "purpose": ConsentPurpose.TALENT_MATCHING.value,
            "filename": "portal.css",
        }


def build(session: Session, cast: Cast) -> World:
    """Put one of everything between the people of the cast."""
    applicant = User(email="applicant@example.com", password_hash="-", name="申请人", side=Side.ENTERPRISE)
    applicant.memberships.append(Membership(organisation=cast.enterprise, role=MembershipRole.OFFICER))
    draft = factories.need(cast.owner, cast.enterprise, title="草稿：第二条生产线")
    need = factories.published(factories.need(cast.owner, cast.enterprise))
    offer = factories.published(factories.offer(cast.manager, cast.park, cast.authority))
    profile = factories.published(factories.talent(cast.talent))
    position = factories.published(factories.position(cast.owner, cast.enterprise))
    waiting = factories.submitted(factories.need(cast.owner, cast.enterprise, title="等审核：表面贴装线"))
    session.add_all([applicant, draft, need, offer, profile, position, waiting])
    session.add_all([Consent.to(ConsentPurpose.TALENT_MATCHING, cast.talent), *_terms(cast), _rule()])
    session.flush()
    interest = _interest(cast.owner, cast.enterprise.id, offer)
    accepted = _interest(cast.outsider, cast.other_enterprise.id, need)
    accepted.status, accepted.answered_by_id, accepted.answered_at = InterestStatus.ACCEPTED, cast.owner.id, now()
    introduction = Introduction(interest=accepted, host_id=cast.owner.id, opened_at=now())
    claim = ParkClaim(
        park=cast.other_park, organisation=cast.other_authority, claimant=cast.other_manager, evidence="设立批文"
    )
    model = RankingModel(
        pairing="premises",
        number=1,
        labels=320,
        positive=200,
        coefficients={"industry": 1.5},
        intercept=-1.0,
        learned_auc=0.7,
        unlearned_auc=0.65,
        tested_on=20,
    )
    session.add_all([interest, accepted, introduction, claim, model])
    session.flush()
    (membership,) = cast.colleague.memberships
    # The session that wrote the world keeps no lock from here on.
    session.commit()
    return World(
        cast,
        applicant,
        draft,
        need,
        offer,
        profile,
        position,
        waiting,
        interest,
        introduction,
        claim,
        membership,
        model,
    )


def _rule() -> SitingRule:
    titles = {"title": "余量", "title_hant": "餘量", "title_en": "Spare", "says": {"zh": "余量不够的，不能承接。"}}
    return SitingRule(rule="HC12", version=1, kind=RuleKind.PHYSICAL, document="园区自报", confidence="H", **titles)


def _terms(cast: Cast) -> list[Consent]:
    return [Consent.to(ConsentPurpose.TERMS, user) for user in cast.everybody.values()]


def _interest(sender: User, organisation_id: int, posting: Posting) -> Interest:
    return Interest(
        posting=posting,
        sender_id=sender.id,
        organisation_id=organisation_id,
        message="想约一次现场看厂",
        expires_on=today().replace(year=today().year + 1),
    )


def routes(app: Flask, method: str) -> list[Route]:
    """List the routes that answer a method, in a steady order."""
    found = [route for route in app.url_map.iter_rules() if method in (route.methods or ())]
    return sorted(found, key=lambda route: (route.endpoint, route.rule))


def address(app: Flask, route: Route, **words: Any) -> str:
    """Build a route's address from what stands for its words."""
    missing = route.arguments - set(words) - set(route.defaults or {})
    assert not missing, f"{route.rule} names {missing}: put an example into World.examples"
    given = {word: words[word] for word in route.arguments if word in words}
    return app.url_map.bind("localhost").build(route.endpoint, {**given, **(route.defaults or {})})


def every_address(app: Flask, world: World, user: User | None, method: str = "GET") -> Iterator[tuple[str, str]]:
    """Yield endpoint and address of every route that answers a method, with the examples of this person."""
    for route in routes(app, method):
        yield route.endpoint, address(app, route, **world.examples(user))


def fingerprint(database: Database) -> dict[str, str]:
    """Return a digest of each table of the market, to see whether anything has changed at all."""
    prints = {}
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in TRACES:
                rows = sorted(repr(tuple(row)) for row in session.execute(select(table)))
                prints[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return prints
