"""What stands between a posting and its review, as sentences that each name a field."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Consent, Posting, Problem, User, today
from models.vocabulary import N_, ConsentPurpose


class NotReady(ValueError):
    """A posting that can't be sent to review yet, and everything that is in the way."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems, for a page that links to each field."""
        super().__init__(", ".join(problem.field for problem in problems))
        self.problems = problems


def problems(session: Session, posting: Posting, actor: User) -> list[Problem]:
    """List what the owner has to settle before the posting may be reviewed."""
    return [
        *(Problem(name, N_("必填，还没填")) for name in posting.missing()),
        *posting.contradictions(),
        *_date_problems(posting),
        *_standing_problems(session, posting, actor),
    ]


def _date_problems(posting: Posting) -> Iterator[Problem]:
    if posting.expires_on is not None and posting.expires_on <= today():
        yield Problem("expires_on", N_("到期日 %(day)s 已经过了，改一个新的"), day=posting.expires_on.isoformat())


def _standing_problems(session: Session, posting: Posting, actor: User) -> Iterator[Problem]:
    if posting.kind == "talent":
        if not _has_consent(session, posting.owner_id):
            yield Problem("consent", N_("还没同意公开人才画像并参与匹配"))
    elif not actor.acts_for(publisher_of(posting, actor)):
        yield Problem("organisation", N_("您还不是发布单位的成员，先登记单位或等管理员批准"))


def publisher_of(posting: Posting, actor: User) -> int | None:
    """Return the organisation that publishes; a draft older than its owner's registration takes the owner's."""
    if posting.organisation_id is not None or posting.kind == "talent" or actor.organisation is None:
        return posting.organisation_id
    return actor.organisation.id


def _has_consent(session: Session, user_id: int) -> bool:
    consent = select(Consent.id).where(
        Consent.user_id == user_id,
        Consent.purpose == ConsentPurpose.TALENT_MATCHING,
        Consent.withdrawn_at.is_(None),
    )
    return session.scalar(consent.limit(1)) is not None
