"""What the makers of sentences look at."""

from collections.abc import Callable

from matchmaker.recommender.facts import Item
from matchmaker.recommender.score import PremisesScorer, Scored
from matchmaker.recommender.words import Sentence, Value
from models.vocabulary import N_

WELCOMES = N_("载体欢迎的行业")
LIVES_BY = N_("园区主导产业")


class Pair:
    """What the makers of sentences look at: both sides, and what was found about them."""

    def __init__(self, premises: Item, scored: Scored, scorer: PremisesScorer) -> None:
        self.need, self.premises, self.scored, self.scorer = scorer.need, premises, scored, scorer
        self.reference = scorer.reference

    @property
    def says(self) -> str:
        """Name the field in which the need says in words what it is about."""
        return "need.description" if self.need.get("description") else "need.title"

    @property
    def phrase_field(self) -> str:
        """Name the field that the premises' phrases come from."""
        return "offer.welcomed_codes" if self.premises.codes else "park.leading_industries"

    @property
    def whose(self) -> Value:
        """Say whose phrases they are."""
        return Value(None, labels=(WELCOMES if self.premises.codes else LIVES_BY,))

    @property
    def prefecture(self) -> str:
        """Return the name of the prefecture."""
        return self.reference.place_name(self.premises.park.prefecture_code) if self.premises.park else ""


Maker = Callable[[Pair], Sentence | None]
