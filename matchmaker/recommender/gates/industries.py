"""Whom the premises refuse, by industry."""

from collections.abc import Iterable, Iterator

import numpy as np

from matchmaker.recommender.frame import Array, Bools, Frame
from matchmaker.recommender.gates.outcome import FAILS, PASSES, SKIP, UNKNOWN, Ending, Outcome, at, decide
from matchmaker.recommender.gates.printers import Printer, named
from matchmaker.recommender.reference import Reference
from matchmaker.recommender.relation import meets
from matchmaker.recommender.words import Value
from models.vocabulary import N_

REFUSED = N_("%(what)s：%(need)s 在园区不接受的 %(limit)s 之内")
REFUSED_UNKNOWN = N_("%(what)s：园区不接受 %(limit)s，需求的行业写得不够细，还不能判断")
ACCEPTED = N_("%(what)s：%(need)s 不在园区不接受的行业之内")


def refused_industries(need: Frame, premises: Frame, reference: Reference) -> Iterator[Outcome]:
    """Keep away from premises that refuse the need's industry."""
    codes, refused = need["industry_codes"], premises["refused_codes"]
    has_refused = premises.has("refused_codes")
    if not has_refused.any():
        return
    hit = meets(reference.covering, refused, codes)
    holds = meets(reference.covering, codes, refused)
    endings, ended = decide(
        (
            (~has_refused, SKIP),
            (hit, Ending(FAILS, REFUSED)),
            # A broad code of the need may mean what is refused or something else.
            (holds | ~need.has("industry_codes"), Ending(UNKNOWN, REFUSED_UNKNOWN)),
        ),
        otherwise=Ending(PASSES, ACCEPTED),
    )
    yield Outcome(
        "industry",
        N_("不接受的行业"),
        ("need.industry_codes", "offer.refused_codes"),
        endings,
        ended,
        *_printed(codes, refused, hit, holds, reference),
    )


def _printed(codes: Array, refused: Array, hit: Bools, holds: Bools, reference: Reference) -> tuple[Printer, Printer]:
    """Print the first code that is refused and what refuses it, or else all of them."""
    covering = reference.covering

    def listed(numbers: Iterable[int]) -> Value | None:
        return named(numbers, list(reference.industries), reference.industry_name)

    def one(number: int) -> Value:
        code = list(reference.industries)[number]
        return Value(code, labels=(reference.industry_name(code),))

    def pair(row: int) -> tuple[int, int]:
        return next((code, other) for code in at(codes, row) for other in at(refused, row) if covering[other, code])

    def need(row: int) -> Value | None:
        if at(hit, row):
            return one(pair(row)[0])
        return None if at(holds, row) else listed(at(codes, row))

    def limit(row: int) -> Value | None:
        if at(hit, row):
            return one(pair(row)[1])
        others = at(refused, row)
        return listed(others[covering[at(codes, row)[:, np.newaxis], others].any(axis=0)] if at(holds, row) else others)

    return need, limit
