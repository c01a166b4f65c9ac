"""Measure the portal on this machine: `make bench`. It takes some minutes, most of them to load the large market."""

import dataclasses
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
from flask import Flask, render_template_string
from rich.console import Console
from sqlalchemy import select

from benchmarks import candidates, machine, market
from benchmarks.measure import Times, once, summary, times
from matchmaker.access import Rule, allow
from matchmaker.extensions import Portal
from matchmaker.recommender import recommend
from matchmaker.services import samples
from models import ParkOffer, Position, Posting, RelocationNeed
from models.vocabulary import PostingStatus
from search.documents import Names, to_document

SCALE = 100
QUERIES = (
    "多层线路板 标准厂房", "新能源汽车零部件", "冷链仓储", "预制菜基地", "飞地园区 生物医药", "锂电池正极材料",
    "服装加工 用工", "保税加工", "精密模具", "油茶种植基地", "数据中心", "医疗器械", "轨道交通配套",
    "化工涂料 复配", "碳纤维复合材料", "文旅康养", "深圳 电子信息 搬迁", "郴州 厂房", "衡阳 土地 100亩",
    "无人机 测试", "xianluban", "changsha", "港澳青年 创业", "光伏组件",
)  # fmt: skip
ROUNDS = 40
PASSAGES = 128
EMPTY = "{% extends 'base.html' %}"

Figures = dict[str, Any]


def main() -> None:
    """Measure, print, and keep the figures in build/bench/figures.json."""
    console = Console(highlight=False, width=120)
    small = market.small(console)
    real: Portal = small.extensions["portal"]
    figures: Figures = {"machine": machine.describe()}
    figures["encoding"] = encoding(real)
    figures["market"] = ranking(real) | scanning(real)
    figures["pages"] = pages(small)
    figures |= candidates.measure(console, real)
    large = market.large(console, SCALE, real)
    figures[f"market × {SCALE}"] = scanning(large.extensions["portal"])
    figures[f"pages × {SCALE}"] = pages(large, ranks=False)
    figures["note"] = f"At × {SCALE} the vectors are drawn at random around the real ones; texts and facts are made."
    show(console, figures)
    (market.FOLDER / "figures.json").write_text(json.dumps(figures, ensure_ascii=False, indent=2, default=_plain))


def encoding(portal: Portal) -> Figures:
    """Time queries one by one, as visitors send them, and passages in bulk, as the worker reads them."""
    portal.encoder.warm()
    # Each differs from what was asked before, or the encoder's memory would answer.
    queries = [f"{query} {number}" for number, query in enumerate(QUERIES * 2)]
    alone = times(lambda query: portal.encoder.encode_queries([query]), queries, warm_up=0)
    passages = _passages(portal)
    took = once(portal.encoder.encode_documents, passages) / 1000
    return {
        "one query": alone,
        "passages per second": round(len(passages) / took, 1),
        "characters per passage": round(sum(map(len, passages)) / len(passages)),
    }


def _passages(portal: Portal) -> list[str]:
    with portal.database.reading() as session:
        names = Names.load(session)
        rows = session.scalars(_live(Posting).limit(PASSAGES))
        return [document.embed_text for row in rows if (document := to_document(row, names))]


def ranking(portal: Portal) -> Figures:
    """Time whole matches, from the stored posting to sentences: needs with premises, positions with talents."""
    found: Figures = {"documents": portal.engine.count()}
    with portal.database.reading() as session:

        def match(posting: Posting, kinds: tuple[str, ...]) -> object:
            return recommend(portal.market, session, posting, kinds, audiences=("public", "members"), top=20)

        needs = list(session.scalars(_live(RelocationNeed).limit(ROUNDS)))
        positions = list(session.scalars(_live(Position).limit(ROUNDS)))
        found["rank need → offers and parks"] = times(lambda need: match(need, ("offer", "park")), needs)
        found["rank position → talents"] = times(lambda position: match(position, ("talent",)), positions)
    return found


def scanning(portal: Portal) -> Figures:
    """Compare the search by meaning with a plain read of the same bytes of vectors."""
    matrix = market.vectors_of(portal)
    query = portal.encoder.encode_queries(["多层线路板 标准厂房"])[0]
    rounds = range(ROUNDS)
    read = times(lambda _: np.add.reduce(matrix, axis=None), rounds)
    product = times(lambda _: matrix @ query, rounds)
    scan = times(lambda _: portal.engine.candidates(query, audiences=("public", "members"), limit=200), rounds)
    return {
        "vectors, MB": round(matrix.nbytes / 1e6, 1),
        "plain read of the vectors": read,
        "cosine with all": product,
        "the 200 nearest, filtered and fused": scan,
        "scan / plain read": round(scan.p50 / read.p50, 1),
    }


def pages(app: Flask, ranks: bool = True) -> Figures:
    """Time pages as somebody signed in gets them, against a page with nothing on it, in turns."""
    _add_empty_page(app)
    client = app.test_client()
    _sign_in(client)
    with app.extensions["portal"].database.reading() as session:
        need = session.scalars(
            _live(RelocationNeed).join(Posting.owner).filter_by(email="enterprise@example.com")
        ).first()
        offer = session.scalars(_live(ParkOffer)).first()
    assert need is not None
    assert offer is not None
    urls: dict[str, Callable[[int], str]] = {
        "empty page": lambda turn: "/empty",
        "home": lambda turn: "/",
        "search, no words": lambda turn: "/search?kind=offer",
        "search, words": lambda turn: f"/search?q={QUERIES[turn % len(QUERIES)]}",
        "posting": lambda turn: f"/postings/{offer.id}",
        "park": lambda turn: f"/parks/{offer.park_code}",
        "matches of a need": lambda turn: f"/postings/{need.id}/matches",
        "desk": lambda turn: "/desk",
    }
    if not ranks:
        # To rank, this market's own texts would have to be embedded, which takes hours.
        urls = {name: url for name, url in urls.items() if name not in ("matches of a need", "desk")}
    taken: dict[str, list[float]] = {name: [] for name in urls}
    for turn in range(-2, ROUNDS):
        for name, url in urls.items():
            took = once(lambda address: _get(client, address), url(turn))
            if turn >= 0:
                taken[name].append(took)
    found = {name: summary(measured) for name, measured in taken.items()}
    empty = found["empty page"].p50
    return {name: f"{measured}, {measured.p50 / empty:.1f} × empty" for name, measured in found.items()}


def _get(client: Any, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answers {answer.status_code}; nothing was measured.")


def _add_empty_page(app: Flask) -> None:
    @allow(Rule.PUBLIC)
    def empty() -> str:
        return render_template_string(EMPTY)

    app.add_url_rule("/empty", "empty", empty)


def _sign_in(client: Any) -> None:
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    answer = client.post(
        "/sign-in",
        data={"csrf_token": token[1], "email": "enterprise@example.com", "password": samples.PASSWORD},
    )
    if answer.status_code != 302:
        raise SystemExit("The sample enterprise could not sign in; nothing was measured.")


def _live(table: type[Posting]) -> Any:
    return select(table).where(table.status == PostingStatus.PUBLISHED).order_by(table.id)


def show(console: Console, figures: Figures) -> None:
    """Print each group of figures."""
    for group, values in figures.items():
        console.print(f"\n[bold]{group}[/]")
        if isinstance(values, dict):
            for name, value in values.items():
                console.print(f"  {name:<38}{value}")
        else:
            console.print(f"  {values}")


def _plain(value: object) -> object:
    assert isinstance(value, Times)
    return dataclasses.asdict(value)


if __name__ == "__main__":
    main()
