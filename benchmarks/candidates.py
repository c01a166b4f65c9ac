"""One need against ten thousand, a hundred thousand and a million premises, as ratios to what can't be avoided.

The premises are made: each is an offer of the sample market with some of its numbers drawn anew from a seed, laid out
in the same columns as real ones. Their vectors are drawn around real ones and only read, which is the measure: whoever
asks by meaning encodes the question, here the need's own description, and reads every vector once.
"""

import dataclasses
import gc
import random
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks import market
from benchmarks.measure import Times, once, summary, times
from matchmaker.exposure_keeper import CANDIDATES
from matchmaker.extensions import Portal
from matchmaker.recommender import Market
from matchmaker.recommender.exposure import listed
from matchmaker.recommender.facts import Item
from matchmaker.recommender.frame import Frame
from matchmaker.recommender.gates.marks import MARKS
from matchmaker.recommender.judging import Judged, judge, side_of
from matchmaker.recommender.market import fresh_items
from matchmaker.recommender.reasons import explain
from matchmaker.recommender.texts import Side, said_meaning
from models import today

SIZES = (10_000, 100_000, 1_000_000)
TOP = 20
ROUNDS = 24
BATCH = 60  # needs of the nightly batch that are timed
CHUNK = 20_000
# What is drawn anew, and how far from what the offer says.
DRAWN = ("available_area_mu", "largest_plot_mu", "floor_area_sqm", "power_spare_kva", "sewage_spare_m3_per_day")
Figures = dict[str, Any]


def measure(console: Console, portal: Portal) -> Figures:
    """Measure every size in turn, each in memory that the one before has given back."""
    shop = portal.market
    with portal.database.reading() as session:
        shop.refresh(session)
    found: Figures = {}
    for size in SIZES:
        console.print(f"{size:,} premises …")
        found[f"{size:,} premises"] = _of_size(shop, portal, size)
        gc.collect()
    return found


def _of_size(shop: Market, portal: Portal, size: int) -> Figures:
    before = _resident()
    offers, needs = _items(portal, "offer"), _items(portal, "need")
    side = generated(shop, offers, size)
    vectors = market.Drawn(market.vectors_of(portal)).matrix(size)
    read = times(lambda _: np.add.reduce(vectors, axis=None), range(5))
    asked = [said_meaning(_fresh(need, size + turn)) for turn, need in enumerate(needs[:ROUNDS])]
    encode = times(lambda text: portal.encoder.encode_queries([text]), asked, warm_up=0)
    held = vectors.nbytes + side.frame.nbytes + side.texts.nbytes
    _forget_peak()
    columns, words = [], []
    for turn in range(ROUNDS):
        need = needs[turn % len(needs)]
        # Words that were never asked before, or the encoder's memory would answer.
        columns.append(once(lambda item: _rank(shop, item, side), _fresh(need, size + 1000 + turn)))
        words.append(once(lambda item: _answer(shop, item, side, offers), _fresh(need, size + 2000 + turn)))
    peak = _peak() - before
    unavoidable = encode.p50 + read.p50
    whole = summary(words)
    return {
        "vectors and columns, MB": round(held / 1e6),
        "peak memory ÷ vectors and columns": round(peak / held, 2),
        "encode the need": encode,
        "plain read of the vectors": read,
        "encoding, gates, score and order": summary(columns),
        "the same with words for the top 20": whole,
        "with words ÷ (encode + read)": round(whole.p50 / unavoidable, 2),
        "new order for other weights": _other_weights(shop, needs[0], side),
        "nightly batch, needs per second": _batch(shop, needs, side),
        "refresh of one posting": _refresh(side, offers),
    }


def generated(shop: Market, offers: Sequence[Item], size: int) -> Side:
    """Lay out made premises; their texts are those of the offers that they were made from."""
    frame = Frame("offer", shop.reference, MARKS.get("offer"))
    for start in range(0, size, CHUNK):
        frame.extend([made(offers, number) for number in range(start, min(size, start + CHUNK))])
    texts = side_of(offers, shop.reference).texts
    return Side(frame, texts.take(np.arange(size) % len(offers)))


def made(offers: Sequence[Item], number: int) -> Item:
    """Make the item of a number, the same whenever it is asked for."""
    source, chance = offers[number % len(offers)], random.Random(number)
    drawn = {name: round(source.facts[name] * chance.uniform(0.3, 2.0), 1) for name in DRAWN if source.facts.get(name)}
    if drawn.get("largest_plot_mu", 0) > drawn.get("available_area_mu", 0) > 0:
        drawn["largest_plot_mu"] = drawn["available_area_mu"]
    return dataclasses.replace(
        source, id=f"offer:{number}", posting_id=number, facts={**source.facts, **drawn}, organisation_id=None
    )


def _rank(shop: Market, need: Item, side: Side) -> tuple[Judged, Side, NDArray[np.int64]]:
    own = side_of([need], shop.reference)
    judged = judge(own, side, shop.reference, shop.parks, today(), {})
    keys = np.broadcast_to(judged.scores.score, len(side)).astype(np.float64)
    return judged, own, listed(keys, ~judged.failing, TOP)


def _answer(shop: Market, need: Item, side: Side, offers: Sequence[Item]) -> int:
    """Do what a page does: rank all, then judge the shown ones by themselves and put them into words."""
    _, own, rows = _rank(shop, need, side)
    items = [made(offers, int(row)) for row in rows]
    if not items:
        return 0
    judged = judge(own, side_of(items, shop.reference), shop.reference, shop.parks, today(), {})
    said = [
        explain(need, item, judged.scored(row), judged.gates(row), shop.reference, shop.parks, today())
        for row, item in enumerate(items)
    ]
    return sum(len(one.reasons) for one in said)


def _other_weights(shop: Market, need: Item, side: Side) -> Times:
    own = side_of([need], shop.reference)

    def order(turn: int) -> object:
        weights = {"industry": 0.2 * (turn % 10), "price": 2.0}
        judged = judge(own, side, shop.reference, shop.parks, today(), weights)
        return listed(np.broadcast_to(judged.scores.score, len(side)).astype(np.float64), ~judged.failing, TOP)

    return times(order, range(8))


def _batch(shop: Market, needs: Sequence[Item], side: Side) -> float:
    """Rank for one need after the other, as the night does for all, whose vectors are there already."""
    own = side_of(list(needs), shop.reference)
    most = BATCH if len(side) <= 100_000 else 10
    started = time.perf_counter()
    for turn in range(most):
        judged = judge(own.take(np.array([turn % len(needs)])), side, shop.reference, shop.parks, today(), {})
        listed(np.broadcast_to(judged.scores.score, len(side)).astype(np.float64), ~judged.failing, CANDIDATES)
    return round(most / (time.perf_counter() - started), 1)


def _refresh(side: Side, offers: Sequence[Item]) -> Times:
    def write(turn: int) -> None:
        item = made(offers, turn)
        side.frame.write(turn, item)
        side.texts.write(turn, item)

    return times(write, range(24))


def _items(portal: Portal, kind: str) -> list[Item]:
    with portal.database.reading() as session:
        ids = [id_ for id_ in portal.market.ids(kind) if id_.startswith(f"{kind}:")]
        return list(fresh_items(session, ids, portal.market.parks).values())


def _fresh(need: Item, turn: int) -> Item:
    """Change the words a little and leave it unsaved, so that no memory of its vector answers."""
    return dataclasses.replace(
        need, posting_id=None, facts={**need.facts, "description": f"{need.facts['description']}（{turn}）"}
    )


def _forget_peak() -> None:
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def _peak() -> int:
    return _status("VmHWM")


def _resident() -> int:
    return _status("VmRSS")


def _status(name: str) -> int:
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith(name))
    return int(line.split()[1]) * 1024
