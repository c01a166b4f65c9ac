"""Where the page of a pair stands: the posting that asks comes first, then the other's id or a park's code."""

from typing import Any

from flask import url_for

from matchmaker.access import may_see
from matchmaker.recommender.pairs import pairing
from models import Interest, Park, Posting, User


def url_of_pair(posting: Posting, other_kind: str, other_id: str, **parameters: Any) -> str:
    """Return the address of a posting's pair with something of another kind, given by its id in the index."""
    key = other_id.partition(":")[2]
    if pairing(posting.kind, other_kind).asking == posting.kind:
        return url_for("pairs.show", asking_id=posting.id, answering=key, **parameters)
    return url_for("pairs.show", asking_id=int(key), answering=posting.id, **parameters)


def pair_of_interest(interest: Interest, user: User | None) -> str | None:
    """Return the address of the pair that an interest speaks of, if this visitor may see both sides."""
    about, other = interest.about, interest.posting or interest.park
    if about is None or other is None or not _may_see(user, about) or not _may_see(user, other):
        return None
    kind, id_ = ("park", f"park:{other.code}") if isinstance(other, Park) else (other.kind, other.search_id)
    try:
        return url_of_pair(about, kind, id_)
    except ValueError:
        # An interest may join two kinds that are never matched, such as a position and an offer.
        return None


def _may_see(user: User | None, side: Posting | Park) -> bool:
    return isinstance(side, Park) or may_see(user, side)
