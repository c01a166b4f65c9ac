"""A park authority claims its directory entry; staff confirm or refuse."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEvent, Organisation, Park, ParkClaim, User
from models.vocabulary import N_, ClaimStatus, OrganisationType


class CannotClaim(ValueError):
    """The claim can't be made; its text is a translatable sentence for the claimant."""


def claim(session: Session, park: Park, claimant: User, evidence: str) -> ParkClaim:
    """Claim a park for the claimant's authority; a claim that still waits is returned, not doubled."""
    organisation = _authority(claimant)
    # A form that is sent twice at once takes its turn here, and finds the claim of the first time.
    session.refresh(park, with_for_update=True)
    if park.manager_id is not None:
        raise CannotClaim(N_("这个园区已经有管理机构认领"))
    waiting = session.scalar(
        select(ParkClaim).where(
            ParkClaim.park_code == park.code,
            ParkClaim.organisation_id == organisation.id,
            ParkClaim.status == ClaimStatus.OPEN,
        )
    )
    if waiting is not None:
        return waiting
    new = ParkClaim(park=park, organisation=organisation, claimant=claimant, evidence=evidence, status=ClaimStatus.OPEN)
    session.add(new)
    session.flush()
    session.add(AuditEvent.of(claimant, "park.claimed", "park", park.code, claim=new.id))
    session.commit()
    return new


def confirm(session: Session, claim: ParkClaim, actor: User) -> None:
    """Give the park to the authority; other open claims to it are refused with the reason."""
    if claim.park.manager_id is not None:
        raise CannotClaim(N_("这个园区已经有管理机构认领"))
    claim.confirm(by=actor)
    rivals = session.scalars(
        select(ParkClaim).where(
            ParkClaim.park_code == claim.park_code, ParkClaim.status == ClaimStatus.OPEN, ParkClaim.id != claim.id
        )
    )
    for rival in rivals:
        rival.refuse(by=actor, words=N_("这个园区已经确认给另一家管理机构"))
    session.add(AuditEvent.of(actor, "park.confirmed", "park", claim.park_code, claim=claim.id))
    session.commit()


def refuse(session: Session, claim: ParkClaim, actor: User, words: str) -> None:
    """Turn a claim down, with words for the claimant."""
    claim.refuse(by=actor, words=words)
    session.add(AuditEvent.of(actor, "park.claim_refused", "park", claim.park_code, claim=claim.id))
    session.commit()


def open_claims(session: Session) -> list[ParkClaim]:
    """List the claims that wait for staff, the oldest first."""
    return list(session.scalars(select(ParkClaim).where(ParkClaim.status == ClaimStatus.OPEN).order_by(ParkClaim.id)))


def _authority(claimant: User) -> Organisation:
    organisation = claimant.organisation
    if organisation is None or organisation.type is not OrganisationType.PARK_AUTHORITY:
        raise CannotClaim(N_("只有园区管理机构可以认领园区"))
    return organisation
