"""The registry: one line per kind of posting."""

import dataclasses

from models import ParkOffer, Position, Posting, RelocationNeed, TalentProfile
from models.vocabulary import N_, Side


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """A kind of posting: its table, its names, and the sides that may publish it."""

    slug: str
    model: type[Posting]
    label: str
    new_label: str
    sides: tuple[Side, ...]
    has_organisation: bool = True

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """Return the steps of its form: slug and title."""
        steps: tuple[tuple[str, str], ...] = self.model.steps  # type: ignore[attr-defined]
        return steps


KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind("need", RelocationNeed, N_("需求"), N_("发布需求"), (Side.ENTERPRISE,)),
        Kind("offer", ParkOffer, N_("载体"), N_("发布载体"), (Side.PARK,)),
        Kind("talent", TalentProfile, N_("人才"), N_("登记芙蓉人才"), (Side.TALENT,), has_organisation=False),
        Kind("position", Position, N_("岗位"), N_("发布岗位"), (Side.ENTERPRISE, Side.PARK)),
    )
}


def kinds_of(side: Side) -> list[Kind]:
    """List the kinds that a side may publish."""
    return [kind for kind in KINDS.values() if side in kind.sides]
