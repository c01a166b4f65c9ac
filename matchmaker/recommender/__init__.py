"""Who fits whom, why, and what stands between them: policy over what `search` finds. It never writes."""

from matchmaker.recommender.facts import Item, load_parks, of_park, of_posting, park_facts
from matchmaker.recommender.gates import Gate
from matchmaker.recommender.market import Market
from matchmaker.recommender.pairs import met_by
from matchmaker.recommender.recommend import Proposal, Recommendation, judge_pair, recommend
from matchmaker.recommender.reference import Reference, load_reference
from matchmaker.recommender.words import Sentence, Value

__all__ = [
    "Gate",
    "Item",
    "Market",
    "Proposal",
    "Recommendation",
    "Reference",
    "Sentence",
    "Value",
    "judge_pair",
    "load_parks",
    "load_reference",
    "met_by",
    "of_park",
    "of_posting",
    "park_facts",
    "recommend",
]
