"""What stands between a park's promises and their publication: a named reviewer's decision about each."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.fair_competition import Finding, findings_of
from models import LEAST_CONCLUSION, AuditEvent, FairCompetitionDecision, Posting, Problem, User
from models.vocabulary import N_, ClearingGround, PromiseDecision, PromiseLabel

# Open terms answer the doubt about a selective benefit; they don't make lawful what nobody may promise.
GROUNDS: dict[PromiseLabel, tuple[ClearingGround, ...]] = {
    PromiseLabel.NEEDS_REVIEW: tuple(ClearingGround),
    PromiseLabel.UNLAWFUL: tuple(ground for ground in ClearingGround if ground is not ClearingGround.OPEN_TERMS),
}


class NotThere(LookupError):
    """A decision is about words that the posting doesn't hold any more."""


class NoConclusion(ValueError):
    """A decision without the reason that the Regulation asks for: a ground that applies, and words."""


@dataclass(frozen=True)
class Standing:
    """A promise, and the decision that holds for its present words, if there is one."""

    finding: Finding
    decision: FairCompetitionDecision | None

    @property
    def is_cleared(self) -> bool:
        """Say whether a reviewer has found that it may be published."""
        return self.decision is not None and self.decision.decision is PromiseDecision.CLEARED

    @property
    def is_upheld(self) -> bool:
        """Say whether a reviewer has found that it must be rewritten."""
        return self.decision is not None and self.decision.decision is PromiseDecision.UPHELD


def standing(session: Session, posting: Posting) -> list[Standing]:
    """List the promises of a posting, each with what was decided about these very words."""
    found = {finding.id: finding for finding in findings_of(posting)}
    if not found:
        return []
    made = select(FairCompetitionDecision).where(FairCompetitionDecision.posting_id == posting.id)
    latest = {(row.kind, row.clause_key): row for row in session.scalars(made.order_by(FairCompetitionDecision.id))}
    return [Standing(finding, latest.get((finding.kind.id, finding.key))) for finding in found.values()]


def in_the_way(session: Session, posting: Posting) -> list[Problem]:
    """List the promises that keep a posting off the shelf."""
    return [
        Problem(
            one.finding.field,
            N_("“%(clause)s”已认定须改写") if one.is_upheld else N_("“%(clause)s”还没有公平竞争审查的决定"),
            clause=one.finding.clause,
        )
        for one in standing(session, posting)
        if not one.is_cleared
    ]


def decide(
    session: Session,
    posting: Posting,
    reviewer: User,
    finding_id: str,
    decision: PromiseDecision,
    words: str,
    ground: ClearingGround | None = None,
) -> FairCompetitionDecision:
    """Write down what a reviewer decided about one promise; a later decision about the same words replaces it.

    `reviews.decide_promise` asks first whether this person may.
    """
    finding = next((finding for finding in findings_of(posting) if finding.id == finding_id), None)
    if finding is None:
        raise NotThere(finding_id)
    row = FairCompetitionDecision(
        posting_id=posting.id,
        posting_version=posting.version,
        kind=finding.kind.id,
        label=finding.label,
        field=finding.field,
        clause=finding.clause,
        clause_key=finding.key,
        reviewer_id=reviewer.id,
        decision=decision,
        ground=_ground(finding, decision, ground),
        words=_words(decision, words),
    )
    session.add(row)
    session.add(
        AuditEvent.of(
            reviewer,
            "fair_competition.decided",
            "posting",
            posting.id,
            promise=finding.kind.id,
            decision=decision.value,
            ground=row.ground.value if row.ground else None,
            clause=finding.key[:16],
        )
    )
    session.commit()
    return row


def _ground(finding: Finding, decision: PromiseDecision, ground: ClearingGround | None) -> ClearingGround | None:
    if decision is PromiseDecision.UPHELD:
        return None
    if ground is None or ground not in GROUNDS[finding.label]:
        raise NoConclusion(f"{ground} clears no {finding.label.value} promise")
    return ground


def _words(decision: PromiseDecision, words: str) -> str:
    """Return the conclusion, which article 17 asks for in writing; what must be rewritten is explained by its kind."""
    if decision is PromiseDecision.CLEARED and len(words.strip()) < LEAST_CONCLUSION:
        raise NoConclusion("a promise that is cleared is owed a written conclusion")
    return words.strip()
