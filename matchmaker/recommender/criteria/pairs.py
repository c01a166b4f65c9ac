"""What the criteria look at: both sides of all pairs, and what several criteria share."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaker.recommender.criteria.curves import NOTHING, Values, known
from matchmaker.recommender.criteria.lists import Lists
from matchmaker.recommender.criteria.where import Where
from matchmaker.recommender.facts import ParkFacts
from matchmaker.recommender.frame import Bools, Frame
from matchmaker.recommender.likeness import Likenesses, Numbers, Phrase
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relation import meets
from matchmaker.recommender.texts import Side
from models.vocabulary import NeedCategory, OfferCategory, Strictness

TIE_NEEDS_FIT = 0.15
MEANING = 0.8  # the rest of the likeness of texts is that of words
FARTHEST = 6.0  # deviations; hardly any description stands out more from the names of all industries
WORDS_IN_COMMON = 60.0  # squared rarities: a share of 1 - 1/e is reached by two or three rare pairs of characters


class Pairs:
    """One need with many premises, many needs with one, or as many needs as premises, row by row."""

    def __init__(
        self, need: Side, premises: Side, reference: Reference, parks: Mapping[str, ParkFacts], day: dt.date
    ) -> None:
        """Take both sides; a side of one row stands against every row of the other."""
        self.need, self.premises = need.frame, premises.frame
        self._need_texts, self._premises_texts = need.texts, premises.texts
        self.reference, self.parks, self.day = reference, parks, day
        self._links: dict[str, Values] = {}

    def __len__(self) -> int:
        """Count the rows."""
        return max(len(self.need), len(self.premises)) if len(self.need) and len(self.premises) else 0

    # --- Industries ---------------------------------------------------------------------------------------------

    @property
    def codes(self) -> NDArray[np.int16]:
        """Return the industries of the needs, the main one first."""
        return self.need["industry_codes"]

    @cached_property
    def where(self) -> Where:
        """Return where the premises lie."""
        # One need looks at each park once; a column of needs looks at the premises' own.
        by_park = len(self.need) == 1 and len(self.premises) > 1
        return Where(self.premises, self.parks, self.reference, by_park=by_park)

    @cached_property
    def meant_for(self) -> Lists:
        """Return what the premises are for: what offers welcome, and what parks live by."""
        return Lists(self.where, self.reference.trades, self.premises["welcomed_codes"], self.premises["is_park"])

    @cached_property
    def lived_by(self) -> Lists:
        """Return what parks live by, whatever an offer welcomes, with a row for each entry of `where`."""
        return Lists(self.where, self.reference.trades)

    @cached_property
    def fit(self) -> Numbers:
        """Return how near a need's industries lie to what the premises are for."""
        return self.meant_for.best(self.codes, self.reference.trades.answers)

    @cached_property
    def cluster(self) -> Numbers:
        """Return how near a need's industries lie to what the park lives by, for each entry of `where`."""
        return self.lived_by.best(self.codes, self.reference.trades.answers)

    def links(self, field: str) -> Values:
        """Return how well the park's industries name one that a need buys from or sells to, by entry of `where`."""
        if field not in self._links:
            asked = self.need.has(field)
            self._links[field] = NOTHING
            if asked.any():
                named = self.lived_by.best(self.need[field], self.reference.trades.names, by_position=False)
                self._links[field] = known(named, asked & self.where.is_somewhere)
        return self._links[field]

    @cached_property
    def is_partner(self) -> Bools:
        """Say where somebody looks for a partner to build an enclave, and somebody offers to be one."""
        seeks = self.need.is_("category", NeedCategory.ENCLAVE_PARTNER)
        if not seeks.any():
            return seeks
        gives = self.premises.is_("category", OfferCategory.ENCLAVE_SLOT) | self.where.spread(self.where.is_enclave)
        return seeks & gives

    # --- Texts --------------------------------------------------------------------------------------------------

    @cached_property
    def standing(self) -> Numbers:
        """Return by how many deviations a need's meaning stands out at the best phrase; minus infinity is none."""
        return self.meant_for.standing(self._need_texts.vectors, self.reference.likeness)

    @cached_property
    def words(self) -> Numbers:
        """Return how much the words weigh that both sides say."""
        need, premises = self._need_texts.words, self._premises_texts.words
        if need.shape[0] == 1:
            return np.asarray(premises @ need.toarray()[0], np.float32)
        if premises.shape[0] == 1:
            return np.asarray(need @ premises.toarray()[0], np.float32)
        return np.asarray(need.multiply(premises).sum(axis=1), np.float32).ravel()

    @cached_property
    def text(self) -> Values:
        """Return the likeness of texts: meaning and words together."""
        # Without a model, words stand for all that is said.
        meaning = MEANING if self.reference.likeness.has_meanings else 0.0
        likeness = np.clip(self.standing, 0, FARTHEST)
        likeness *= np.float32(meaning / FARTHEST)
        words = np.exp(self.words * np.float32(-1 / WORDS_IN_COMMON))
        words -= 1
        words *= np.float32(meaning - 1)
        says = self.need.has("description") | self.need.has("title")
        return likeness + words, says & self.has_phrases

    @cached_property
    def has_phrases(self) -> Bools:
        """Say which premises state what they are for."""
        return self.premises["is_park"] | self.premises.has("welcomed_codes")

    def likenesses(self, row: int) -> Likenesses:
        """Return the best phrases of one row, for putting it into words."""
        mine, theirs = _row(self.need, row), _row(self.premises, row)
        trades, likeness = self.reference.trades, self.reference.likeness
        phrases = self.meant_for.of_row(theirs)
        codes = self.codes[mine : mine + 1]
        fits = [
            (float(trades.answers(np.array([[code]]), np.array([phrase]))[0, 0]) * (1.0 if at == 0 else 0.85), position)
            for position, phrase in enumerate(phrases)
            for at, code in enumerate(codes[0])
            if code >= 0
        ]
        weighed = [(fit * max(0.0, 1 - 0.05 * position), position) for fit, position in fits]
        fit, at = max(weighed, key=lambda one: one[0], default=(0.0, 0))
        standing, meant = None, None
        vectors = self._need_texts.vectors[mine : mine + 1]
        if phrases and vectors.shape[1] and not np.isnan(vectors[0, 0]):
            near = likeness.standings(vectors, trades.places(likeness)[phrases])[0]
            standing, meant = float(near.max()), self._phrase(phrases, int(near.argmax()))
        words = float(self.words[row if len(self.words) > 1 else 0])
        return Likenesses(fit, self._phrase(phrases, at) if fit else None, standing, meant, words)

    def _phrase(self, phrases: list[int], at: int) -> Phrase:
        return self.reference.trades.phrase(phrases[at], at)

    # --- Ties -------------------------------------------------------------------------------------------------

    @cached_property
    def home_tie(self) -> Values:
        """Say where the premises are built together with the need's city, if the trade is not quite another one."""
        city = self.reference.geography.city
        from_city = city[self.need["from_city_code"]]
        if not (from_city >= 0).any():
            return NOTHING
        own_home = city[self.premises["home_region_code"]]
        fits = (self.fit > TIE_NEEDS_FIT) | self.need.is_("category", NeedCategory.ENCLAVE_PARTNER)
        tied = ((own_home == from_city) | self.where.tied_to(from_city)) & fits & (from_city >= 0)
        return tied.astype(np.float32), (from_city >= 0) & ((self.premises["park"] >= 0) | (own_home >= 0))

    # --- Places -------------------------------------------------------------------------------------------------

    @cached_property
    def is_wanted_place(self) -> Bools:
        """Say where the premises lie in a prefecture that the need names, for each entry of `where`."""
        return meets(self.reference.contained, self.where.county, self.need["target_prefecture_codes"])

    @cached_property
    def wants_place(self) -> Bools:
        """Say which needs name a prefecture and say that they mean it."""
        means = self.need.is_("place_strictness", Strictness.MUST, Strictness.PREFER)
        return means & self.need.has("target_prefecture_codes")


def _row(frame: Frame, row: int) -> int:
    return row if len(frame) > 1 else 0
