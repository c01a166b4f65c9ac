"""Which kinds meet, and from which side each pair is judged."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Pairing:
    """Two kinds that meet: the one that asks, and the one that answers."""

    asking: str
    answering: str

    @property
    def name(self) -> str:
        """Return the name that kept matches carry, such as "need-offer"."""
        return f"{self.asking}-{self.answering}"


PAIRINGS = (
    Pairing("need", "offer"),
    Pairing("need", "park"),
    Pairing("position", "talent"),
    Pairing("need", "talent"),
)


def met_by(kind: str) -> tuple[str, ...]:
    """Return the kinds that one of this kind is matched with, whichever side asks."""
    forward = [pairing.answering for pairing in PAIRINGS if pairing.asking == kind]
    back = [pairing.asking for pairing in PAIRINGS if pairing.answering == kind]
    return tuple(dict.fromkeys((*forward, *back)))


def pairing(kind: str, other: str) -> Pairing:
    """Return the pairing of two kinds, or raise `ValueError` where they don't meet."""
    for known in PAIRINGS:
        if {known.asking, known.answering} == {kind, other}:
            return known
    raise ValueError(f"{kind} and {other} don't meet.")


def family(kind: str, other: str) -> str:
    """Return which criteria two kinds are judged by, whichever asks: those of premises, or those of people."""
    return "people" if pairing(kind, other).answering == "talent" else "premises"
