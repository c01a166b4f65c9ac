"""Reasons from what the two sides are about: industries, meanings, words, the supply chain."""

from collections.abc import Iterable
from functools import lru_cache

from matchmaker.recommender.criteria import chain_link
from matchmaker.recommender.facts import Item
from matchmaker.recommender.industry import CLASS, DIVISION, GROUP, nearness
from matchmaker.recommender.reasons.pair import Maker, Pair
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.score import Phrase, phrases_of
from matchmaker.recommender.words import Sentence
from models.vocabulary import N_
from search.analysis import normalise

SAME_CLASS = N_("行业同一小类：需求 %(need)s，%(whose)s“%(phrase)s”")
SAME_GROUP = N_("行业同一中类：需求 %(need)s，%(whose)s“%(phrase)s”")
SAME_DIVISION = N_("行业同一大类：需求 %(need)s，%(whose)s“%(phrase)s”")
CHAIN = N_("产业链上下游：需求 %(need)s，%(whose)s“%(phrase)s”")
MEANING = N_("%(whose)s“%(phrase)s”与需求的说明意思相近")
WORDS = N_("用词相近：两边都写了“%(words)s”")
UPSTREAM = N_("上游配套：需要 %(need)s，园区主导产业有“%(phrase)s”")
DOWNSTREAM = N_("下游客户：服务 %(need)s，园区主导产业有“%(phrase)s”")
LIVING = N_("园区主导产业是%(industries)s")
# By how many deviations a phrase must stand out before it is said to be near: the nearest of ten wide ones isn't yet.
NEAR = 2.0
# Words that stand in every text of this market say nothing about two of them.
# fmt: off
EVERYWHERE = frozenset((
    "制造", "生产", "材料", "产品", "加工", "设备", "产业", "工业", "项目", "企业",
    "园区", "需要", "建设", "经济", "技术", "开发", "公司", "基地", "厂房", "用地", "研发",
))
# fmt: on


def industry(pair: Pair) -> Sentence | None:
    """Say which industries are the same, and at which level."""
    phrase = pair.scored.likenesses.industry_phrase
    if phrase is None:
        return None
    code, other = _closest(pair.need.codes, phrase, pair)
    shared = next((length for length in (CLASS, GROUP, DIVISION) if _share(code, other, length)), 0)
    message = {CLASS: SAME_CLASS, GROUP: SAME_GROUP, DIVISION: SAME_DIVISION}.get(shared, CHAIN)
    return Sentence(
        message,
        {"need": pair.reference.industry_name(code), "whose": pair.whose, "phrase": named(phrase, pair)},
        ("need.industry_codes", pair.phrase_field),
    )


def _closest(codes: Iterable[str], phrase: Phrase, pair: Pair) -> tuple[str, str]:
    pairs = [(code, other) for code in codes for other in phrase.codes]
    return max(pairs, key=lambda two: nearness(two[0], two[1], pair.reference.neighbours))


def _share(code: str, other: str, length: int) -> bool:
    return len(code) >= length and len(other) >= length and code[:length] == other[:length]


def named(phrase: Phrase, pair: Pair) -> str:
    """Print a phrase as its own side writes it."""
    return pair.reference.industry_name(phrase.codes[0]) if pair.premises.codes else phrase.text


def meaning(pair: Pair) -> Sentence | None:
    """Say which phrase lies nearest to the description in meaning."""
    phrase, standing = pair.scored.likenesses.meaning_phrase, pair.scored.likenesses.meaning or 0.0
    if phrase is None or standing < NEAR or not (pair.need.get("description") or pair.need.get("title")):
        return None
    return Sentence(MEANING, {"whose": pair.whose, "phrase": named(phrase, pair)}, (pair.says, pair.phrase_field))


def words(pair: Pair) -> Sentence | None:
    """Say which words of the trade stand on both sides."""
    # A park's name is no statement of what it is for; an offer's title is.
    title = pair.premises.name if pair.premises.kind == "offer" else ""
    phrases = phrases_of(pair.premises, pair.scorer.parks, pair.reference)
    own = "\n".join((title, *(phrase.text for phrase in phrases)))
    shared = shared_words(pair.need.words, own, trade_words(pair.reference, pair.need, pair.premises))
    if not shared:
        return None
    in_title = bool(shared_words(shared[0], title, shared[:1]))
    return Sentence(WORDS, {"words": "”“".join(shared)}, (pair.says, "offer.title" if in_title else pair.phrase_field))


def trade_words(reference: Reference, *sides: Item) -> set[str]:
    """Return the words that mean something in a trade: those of the reference, and what either side makes or does."""
    lists = ("products", "processes", "skills")
    return {*reference.terms, *(word for side in sides for name in lists for word in side.get(name) or ())} - EVERYWHERE


@lru_cache(maxsize=10_000)
def _normal(word: str) -> str:
    """Remember the form of a word: the trade's are asked for again with every sentence."""
    return normalise(word)


def shared_words(text: str, other: str, words: Iterable[str], most: int = 3) -> list[str]:
    """Return the longest of some words that stand in both texts, and none that is part of another."""
    here, there = normalise(text), normalise(other)
    forms = {word: _normal(word) for word in words if len(word) > 1}
    both = [word for word, form in forms.items() if form in here and form in there]
    both.sort(key=lambda word: (-len(word), here.index(forms[word])))
    found: list[str] = []
    for word in both:
        if not any(word in longer for longer in found):
            found.append(word)
    return found[:most]


def chain(field: str, message: str) -> Maker:
    """Make a sentence about a neighbour of the supply chain."""

    def make(pair: Pair) -> Sentence | None:
        best, code, phrase = chain_link(pair.need.get(field) or (), pair.premises, pair.reference)
        if not best:
            return None
        values = {"need": pair.reference.industry_name(code), "phrase": phrase}
        return Sentence(message, values, (f"need.{field}", "park.leading_industries"))

    return make


def living(pair: Pair) -> Sentence | None:
    """Say what the park lives by."""
    phrases = pair.premises.park.leading_industries if pair.premises.park else ()
    values = {"industries": "、".join(phrases)}
    return Sentence(LIVING, values, ("park.leading_industries",)) if phrases else None
