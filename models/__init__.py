"""The only door to the tables: `from models import RelocationNeed`."""

from .account import AuthSession, Membership, Organisation, SignInAttempt, User
from .audit import AuditEvent
from .base import Base, Instant, now, today
from .consent import WORDING_VERSIONS, Consent
from .exposure import ExposurePrice
from .fair_competition import LEAST_CONCLUSION, FairCompetitionDecision
from .field import Field, Shape, WrongValue, check, fields_of
from .industry import Industry, IndustryNeighbour, IndustryTerm, ValueChain
from .interest import AnsweredAlready, Interest, Introduction
from .learning import RankingModel, Slate
from .match import KEPT, KEPT_FAILING, Match
from .outbox import OutboxEntry
from .park_offer import ParkOffer
from .place import Park, ParkClaim, Region, TravelLink, Zone
from .policy import FurongCategory, PolicyClause, PolicyDocument
from .position import Position
from .posting import (
    LAWFUL_MOVES,
    Incentive,
    Posting,
    PostingVersion,
    Problem,
    Review,
    UnlawfulMove,
    posting_clause,
)
from .quality import QualityReport
from .relocation_need import RelocationNeed
from .rule import ChemicalArea, RestrictedEntry, SitingArea, SitingRule
from .talent_profile import TalentProfile

__all__ = [
    "KEPT",
    "KEPT_FAILING",
    "LAWFUL_MOVES",
    "LEAST_CONCLUSION",
    "WORDING_VERSIONS",
    "AnsweredAlready",
    "AuditEvent",
    "AuthSession",
    "Base",
    "ChemicalArea",
    "Consent",
    "ExposurePrice",
    "FairCompetitionDecision",
    "Field",
    "FurongCategory",
    "Incentive",
    "Industry",
    "IndustryNeighbour",
    "IndustryTerm",
    "Instant",
    "Interest",
    "Introduction",
    "Match",
    "Membership",
    "Organisation",
    "OutboxEntry",
    "Park",
    "ParkClaim",
    "ParkOffer",
    "PolicyClause",
    "PolicyDocument",
    "Position",
    "Posting",
    "PostingVersion",
    "Problem",
    "QualityReport",
    "RankingModel",
    "Region",
    "RelocationNeed",
    "RestrictedEntry",
    "Review",
    "Shape",
    "SignInAttempt",
    "SitingArea",
    "SitingRule",
    "Slate",
    "TalentProfile",
    "TravelLink",
    "UnlawfulMove",
    "User",
    "ValueChain",
    "WrongValue",
    "Zone",
    "check",
    "fields_of",
    "now",
    "posting_clause",
    "today",
]
