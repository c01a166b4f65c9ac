"""Find in one clause what may not be promised: pure functions over text and rules."""

import re
from collections.abc import Iterable
from itertools import pairwise, product

from matchmaker.fair_competition.rules import Kind, Pattern, Rules
from matchmaker.fair_competition.text import fold, is_latin
from models.vocabulary import PromiseLabel

LATIN_STRETCH = 4
MOST_SPANS = 12  # of one concept in a clause; nobody writes more
_GAP = "□"  # stands where something silent stood, so that distances stay
Span = tuple[int, int]


def kinds_of(clause: str, rules: Rules, stretch: int = 1) -> list[Kind]:
    """Return the kinds of promise that a clause makes, the unlawful ones alone where there are any.

    `stretch` lets words that belong together stand farther apart.
    """
    whole = fold(clause)
    said = _without(whole, rules.silent)
    stretch *= LATIN_STRETCH if is_latin(whole) else 1
    found = [
        kind
        for kind in rules.kinds
        if any(_stands(pattern, whole if pattern.raw else said, stretch) for pattern in kind.patterns)
        and not (kind.cleared_when_open and _is_open(whole, rules))
        and not (kind.cleared_between_governments and _is_between_governments(whole, said, rules))
    ]
    unlawful = [kind for kind in found if kind.label is PromiseLabel.UNLAWFUL]
    return unlawful or [kind for kind in found if not kind.last] or found


def label_of(clause: str, rules: Rules) -> PromiseLabel:
    """Return the worst that a clause promises; most promise nothing."""
    found = kinds_of(clause, rules)
    return found[0].label if found else PromiseLabel.LAWFUL


def _without(text: str, silent: Iterable[re.Pattern[str]]) -> str:
    for pattern in silent:
        text = pattern.sub(lambda match: _GAP * len(match[0]), text)
    return text


def _is_open(text: str, rules: Rules) -> bool:
    strong = any(pattern.search(text) for pattern in rules.strong)
    return strong or sum(pattern.search(text) is not None for pattern in rules.weak) > 1


def _is_between_governments(whole: str, said: str, rules: Rules) -> bool:
    """Say whether governments share among themselves, and nothing of it goes on to an enterprise."""
    shared = (rules.parties.search(whole) and rules.sharing.search(whole)) or rules.to_park.search(whole)
    return shared is not None and not rules.passing_on.search(said)


def _stands(pattern: Pattern, text: str, stretch: int) -> bool:
    spans = [_spans(word, text, pattern.percent_below) for word in pattern.all]
    if not all(spans) or any(word.search(text) for word in pattern.unless):
        return False
    return any(_are_near(chosen, pattern.within * stretch) for chosen in product(*spans))


def _spans(word: re.Pattern[str], text: str, percent_below: float | None) -> list[Span]:
    matches = list(word.finditer(text))[:MOST_SPANS]
    if percent_below is not None:
        matches = [match for match in matches if float(match["percent"]) < percent_below]
    return [match.span() for match in matches]


def _are_near(spans: tuple[Span, ...], within: int) -> bool:
    """Say whether the spans, in the order in which they stand, are each near enough to the next."""
    ordered = sorted(spans)
    return all(later[0] - earlier[1] <= within for earlier, later in pairwise(ordered))
