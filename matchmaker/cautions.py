"""What owner and reviewer should look at twice: nothing here keeps a posting from review, people decide."""

import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ParkOffer, Posting, Problem
from models.vocabulary import N_, PostingStatus

# A mainland mobile, a Hong Kong or Macao number with its prefix, a mail address.
CONTACT = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|\+85[23][\s-]?\d{4}[\s-]?\d{4}|[\w.+-]+@[\w-]+\.[\w.]+")
PUBLIC_WORDS = ("title", "description")
# A lawful wording that was taken over leaves its numbers to whoever promises.
BLANK = re.compile(r"(?<!\d)× ?(?:%|万元|萬元|年|月|10,000)|\buntil ×")


def for_owner(posting: Posting) -> list[Problem]:
    """List what an owner had better change before sending the posting to review."""
    return [*_contacts(posting), *_blanks(posting)]


def for_reviewer(session: Session, posting: Posting) -> list[Problem]:
    """List what a reviewer should check before deciding."""
    return [
        *posting.contradictions(),
        *_contacts(posting),
        *_blanks(posting),
        *_standing(posting),
        *_twins(session, posting),
    ]


def _contacts(posting: Posting) -> Iterator[Problem]:
    for name in PUBLIC_WORDS:
        found = CONTACT.search(getattr(posting, name) or "")
        if found:
            yield Problem(name, N_("公开文字里有联系方式“%(found)s”"), found=found[0])


def _blanks(posting: Posting) -> Iterator[Problem]:
    written = [(name, getattr(posting, name) or "") for name in PUBLIC_WORDS]
    if isinstance(posting, ParkOffer):
        written += [("incentives", f"{one.summary} {one.condition or ''}") for one in posting.incentives]
    for name in dict.fromkeys(name for name, words in written if BLANK.search(words)):
        yield Problem(name, N_("“×”还没换成实际的数"))


def _standing(posting: Posting) -> Iterator[Problem]:
    organisation = posting.organisation
    if organisation is not None and organisation.verified_at is None:
        yield Problem("organisation", N_("发布单位“%(name)s”还没核实"), name=organisation.name)
    if isinstance(posting, ParkOffer) and posting.park and posting.park.manager_id != posting.organisation_id:
        yield Problem("park_code", N_("发布单位不是“%(park)s”已确认的管理机构"), park=posting.park.name)


def _twins(session: Session, posting: Posting) -> Iterator[Problem]:
    same = select(Posting).where(
        Posting.kind == posting.kind,
        Posting.title == posting.title,
        Posting.id != posting.id,
        Posting.status.in_((PostingStatus.PUBLISHED, PostingStatus.IN_REVIEW)),
    )
    twin = session.scalars(same.limit(1)).first()
    if twin is not None:
        yield Problem("title", N_("与 %(number)s 标题相同，看是不是重复发布"), number=twin.number)
