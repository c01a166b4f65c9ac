"""Reasons from what need and premises are about: industries, texts and the supply chain, for either side."""

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np

from matchmaker.recommender.industry import CLASS, DIVISION, GROUP, PER_POSITION, SECOND_CODE, nearness
from matchmaker.recommender.likeness import Phrase
from matchmaker.recommender.reasons.pair import Maker, Pair
from matchmaker.recommender.reasons.texts import form_of, shared_words, telling_words
from matchmaker.recommender.texts import question
from matchmaker.recommender.words import Sentence
from models.vocabulary import N_

SAME_CLASS = N_("行业同一小类：需求 %(need)s，%(whose)s“%(phrase)s”")
SAME_GROUP = N_("行业同一中类：需求 %(need)s，%(whose)s“%(phrase)s”")
SAME_DIVISION = N_("行业同一大类：需求 %(need)s，%(whose)s“%(phrase)s”")
CHAIN = N_("产业链上下游：需求 %(need)s，%(whose)s“%(phrase)s”")
CLUSTER = N_("园区主导产业有“%(phrase)s”，与需求 %(need)s 同行")
MEANING = N_("%(whose)s“%(phrase)s”与需求的说明意思相近")
WORDS = N_("用词相近：两边都写了“%(words)s”")
UPSTREAM = N_("上游配套：需要 %(need)s，园区主导产业有“%(phrase)s”")
DOWNSTREAM = N_("下游客户：服务 %(need)s，园区主导产业有“%(phrase)s”")

LEADING = N_("需求做 %(need)s，正是%(whose)s“%(phrase)s”")
LEADING_NEAR = N_("需求做 %(need)s，与%(whose)s“%(phrase)s”相近")
CHAIN_GAP = N_("补链：需求做 %(need)s，园区“%(phrase)s”的上下游还没有这一环")
CHAIN_LONGER = N_("延链：需求做 %(need)s，与园区“%(phrase)s”是上下游")
BUYS_HERE = N_("需求要采购 %(need)s，园区“%(phrase)s”可以供货")
SELLS_HERE = N_("需求供货给 %(need)s，园区“%(phrase)s”可以就近采购")

# By how many deviations a phrase must stand out before it is said to be near: the nearest of ten wide ones isn't yet.
NEAR = 2.0


def industry(messages: tuple[str, str, str, str]) -> Maker:
    """Make a sentence about the nearest industry: for one class, group or division, or for a link of the chain."""

    def make(pair: Pair) -> Sentence | None:
        phrase = pair.scored.likenesses.industry_phrase
        if phrase is None:
            return None
        code, other = _closest(pair.asking.codes, phrase.codes, pair)
        shared = next((at for at, length in enumerate((CLASS, GROUP, DIVISION)) if _share(code, other, length)), 3)
        values = {"need": pair.reference.industry_name(code), "whose": pair.whose, "phrase": printed(phrase, pair)}
        return Sentence(messages[shared], values, ("need.industry_codes", pair.phrase_field))

    return make


def _closest(codes: Sequence[str], others: Iterable[str], pair: Pair) -> tuple[str, str]:
    near = pair.reference.neighbours
    pairs = [
        (nearness(code, other, near) * (1.0 if at == 0 else SECOND_CODE), code, other)
        for at, code in enumerate(codes)
        for other in others
    ]
    _, code, other = max(pairs, key=lambda found: found[0])
    return code, other


def _share(code: str, other: str, length: int) -> bool:
    return len(code) >= length and len(other) >= length and code[:length] == other[:length]


def printed(phrase: Phrase, pair: Pair) -> str:
    """Print a phrase as its own side writes it."""
    return pair.reference.industry_name(phrase.codes[0]) if pair.is_listed else phrase.text


def cluster(pair: Pair) -> Sentence | None:
    """Say that the park around an offer lives by the same; of a park itself that is said already."""
    if not pair.is_listed:
        return None
    phrases, field = pair.lives_by
    trades, reference = pair.reference.trades, pair.reference
    found = [
        (float(trades.answers(*_numbers(pair, code, phrase))) * _weight(at, position), code, phrase)
        for position, phrase in enumerate(phrases)
        for at, code in enumerate(pair.asking.codes)
        if any(_share(code, other, DIVISION) for other in reference.terms.get(phrase, ()))
    ]
    _, code, phrase = max(found, key=lambda one: one[0], default=(0.0, "", ""))
    values = {"need": reference.industry_name(code), "phrase": phrase}
    return Sentence(CLUSTER, values, ("need.industry_codes", field)) if code else None


def _weight(at: int, position: int) -> float:
    return (1.0 if at == 0 else SECOND_CODE) * max(0.0, 1 - PER_POSITION * position)


def _numbers(pair: Pair, code: str, phrase: str) -> tuple[np.ndarray, np.ndarray]:
    reference = pair.reference
    return np.array(reference.industry_at[code]), np.array(reference.trades.number(phrase))


def text(message: str) -> Maker:
    """Make a sentence about the phrase that lies nearest in meaning, or else about the words that both say."""

    def make(pair: Pair) -> Sentence | None:
        near = pair.scored.likenesses
        if near.meaning_phrase is not None and (near.meaning or 0.0) >= NEAR and pair.asking.get("description"):
            values = {"whose": pair.whose, "phrase": printed(near.meaning_phrase, pair)}
            return Sentence(message, values, ("need.description", pair.phrase_field))
        return _words(pair)

    return make


def _words(pair: Pair) -> Sentence | None:
    # A park's name is no statement of what it is for; an offer's title is.
    title = pair.answering.name if pair.is_listed else ""
    codes, (phrases, _) = pair.answering.codes, pair.lives_by
    named = [pair.reference.group_name(code) or "" for code in codes] if pair.is_listed else list(phrases)
    words = telling_words(pair.reference, pair.asking, pair.answering)
    # The first field of the need that shares a word with the other side is the one to point at.
    for name in ("description", "title", "products", "processes"):
        said = pair.asking.get(name)
        shared = shared_words(
            said if isinstance(said, str) else "、".join(said or ()), "\n".join((title, *named)), words
        )
        if shared:
            rest = dataclasses.replace(pair.asking, facts={**pair.asking.facts, name: None})
            # The text of each field with what is said beside it. What is said twice stays said when one place is
            # silent, so only words that stand alone can be pointed at.
            beside = {
                f"need.{name}": "" if name == "description" else question(rest, pair.reference),
                "offer.title": "\n".join(named),
                pair.phrase_field: title,
            }
            form = words[shared[0]]
            fields = tuple(field for field, other in beside.items() if form not in form_of(other))
            return Sentence(WORDS, {"words": "”“".join(shared)}, fields) if fields else None
    return None


# --- The supply chain ---------------------------------------------------------------------------------------------


def chain(field: str, message: str) -> Maker:
    """Make a sentence about a neighbour of the supply chain whom the park already has."""

    def make(pair: Pair) -> Sentence | None:
        best, code, phrase = _link(pair, field)
        values = {"need": pair.reference.industry_name(code), "phrase": phrase}
        return Sentence(message, values, (f"need.{field}", pair.lives_by[1])) if best else None

    return make


def _link(pair: Pair, field: str) -> tuple[float, str, str]:
    """Return how well a phrase of the park names one of the industries of a field, which one, and by which phrase."""
    found = [
        (float(pair.reference.trades.names(*_numbers(pair, code, phrase))), code, phrase)
        for phrase in pair.lives_by[0]
        for code in pair.asking.get(field) or ()
        if code in pair.reference.industry_at
    ]
    return max(found, key=lambda one: one[0], default=(0.0, "", ""))


def chain_gap(pair: Pair) -> Sentence | None:
    """Say which link of its supply chain the need would bring to the park."""
    for code in pair.asking.codes:
        for phrase in pair.lives_by[0]:
            if code in pair.reference.industry_at and pair.reference.trades.supplies(*_numbers(pair, code, phrase)):
                message = CHAIN_GAP if pair.value("chain_gap") > 0.99 else CHAIN_LONGER
                values = {"need": pair.reference.industry_name(code), "phrase": phrase}
                return Sentence(message, values, ("need.industry_codes", pair.lives_by[1]))
    return None


def chain_served(pair: Pair) -> Sentence | None:
    """Say whom of the park's firms the need would buy from, or sell to."""
    up, down = _link(pair, "upstream_codes"), _link(pair, "downstream_codes")
    best, field, message = (
        (up, "upstream_codes", BUYS_HERE) if up[0] >= down[0] else (down, "downstream_codes", SELLS_HERE)
    )
    values = {"need": pair.reference.industry_name(best[1]), "phrase": best[2]}
    return Sentence(message, values, (f"need.{field}", pair.lives_by[1])) if best[0] else None
