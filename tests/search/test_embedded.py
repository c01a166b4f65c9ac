"""The engine inside the process: the common promises, and what many threads and processes may do with one index."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.columns import FIRST_ROOM
from search.embedded import EmbeddedEngine
from search.engine import Document, EngineUnavailable, Query
from tests.search import market
from tests.search.engine_contract import EngineContract, fill, ids
from tests.search.market import BASELINE, COLD_STORAGE, MARKET, about

MODEL = "model-1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> Iterator[EmbeddedEngine]:
    opened = EmbeddedEngine(folder, MODEL)
    yield opened
    opened.close()


@pytest.fixture
def other(folder: Path) -> Iterator[EmbeddedEngine]:
    """Open the same index as another process would."""
    opened = EmbeddedEngine(folder, MODEL)
    yield opened
    opened.close()


class TestEmbeddedEngine(EngineContract):
    pass


def offer(number: int, version: int = 1, title: str = "厂房") -> Document:
    return Document(id=f"offer:{number}", kind="offer", version=version, title=title)


def test_before_the_first_write_there_is_nothing_to_search(engine: EmbeddedEngine) -> None:
    assert engine.is_outdated()
    assert (engine.count(), engine.versions()) == (0, {})
    with pytest.raises(EngineUnavailable, match="no index yet"):
        engine.search(Query())


def test_another_process_sees_what_was_written_at_once(engine: EmbeddedEngine, other: EmbeddedEngine) -> None:
    fill(engine)
    assert other.search(Query(text="厂房")).total == 1
    other.put([offer(50)], [None])
    assert engine.search(Query(text="厂房")).total == 2
    engine.remove({"offer:50": 2})
    assert other.search(Query(text="厂房")).total == 1


def test_another_process_moves_to_the_new_index(engine: EmbeddedEngine, other: EmbeddedEngine, folder: Path) -> None:
    fill(engine)
    assert other.count() == len(MARKET)
    with engine.replacement() as fresh:
        fresh.put([offer(50)], [None])
    assert ids(other.search(Query())) == ["offer:50"]
    other.put([offer(51)], [None])
    assert engine.count() == 2
    assert len(list(folder.glob("index-*.sqlite3"))) == 1, "the old file is gone"


def test_a_write_that_waited_for_the_swap_goes_to_the_new_index(engine: EmbeddedEngine, other: EmbeddedEngine) -> None:
    fill(engine)
    other.count()
    with engine._folder.locked():
        waiting = threading.Thread(target=other.put, args=([offer(50)], [None]))
        waiting.start()
        time.sleep(0.1)
    waiting.join()
    with engine.replacement() as fresh:
        threads = [threading.Thread(target=other.put, args=([offer(60 + n)], [None])) for n in range(5)]
        for thread in threads:
            thread.start()
        fresh.put([offer(50)], [None])
    for thread in threads:
        thread.join()
    assert engine.versions() == {"offer:50": 1} | {f"offer:{60 + n}": 1 for n in range(5)}


def test_a_rebuild_that_was_killed_leaves_nothing_behind(engine: EmbeddedEngine, folder: Path) -> None:
    fill(engine)
    (folder / "index-dead.sqlite3").write_bytes(b"half written")
    (folder / "index-dead.sqlite3-wal").write_bytes(b"half written")
    with engine.replacement() as fresh:
        fresh.put([offer(50)], [None])
    assert [path.name for path in folder.glob("index-dead*")] == []


def test_an_index_of_another_model_is_searched_by_words_only(folder: Path, engine: EmbeddedEngine) -> None:
    fill(engine)
    newer = EmbeddedEngine(folder, "model-2")
    assert newer.is_outdated()
    assert newer.search(Query(text="厂房", vector=about(COLD_STORAGE, 60), baseline=BASELINE)).total == 1
    with pytest.raises(EngineUnavailable, match="rebuild"):
        newer.put([offer(50)], [None])
    with newer.replacement() as fresh:
        fresh.put([offer(50)], [about(COLD_STORAGE, 61)])
    assert not newer.is_outdated()
    assert ids(newer.search(Query(text="苹果", vector=about(COLD_STORAGE, 60), baseline=BASELINE))) == ["offer:50"]
    newer.close()


def test_an_index_of_another_program_version_is_not_guessed_at(folder: Path, engine: EmbeddedEngine) -> None:
    fill(engine)
    with sqlite3.connect(folder / (folder / "CURRENT").read_text()) as connection:
        connection.execute("UPDATE meta SET value = 'of 2019' WHERE key = 'format'")
    connection.close()
    assert engine.is_outdated()
    with pytest.raises(EngineUnavailable, match="another version"):
        engine.search(Query(text="厂房"))
    with engine.replacement() as fresh:
        fresh.put([offer(50)], [None])
    assert engine.count() == 1


def test_damage_is_told_in_words(folder: Path, engine: EmbeddedEngine) -> None:
    fill(engine)
    with sqlite3.connect(folder / (folder / "CURRENT").read_text()) as connection:
        connection.execute("DELETE FROM words WHERE rowid = 1")
    connection.close()
    assert engine.check() == [f"There are {len(MARKET)} documents, but words of {len(MARKET) - 1}."]


def test_thousands_of_changes_do_not_wear_the_memory_out(engine: EmbeddedEngine) -> None:
    fill(engine)
    for round_ in range(3):
        changed = [offer(number, version=round_ + 2, title=f"厂房{round_}") for number in range(50, 50 + FIRST_ROOM)]
        engine.put(changed, [None] * len(changed))
        assert engine.search(Query(text="厂房", facets=("kind",))).facets["kind"]["offer"] == FIRST_ROOM + 1
    assert engine._columns.dead <= len(engine._columns.positions) + FIRST_ROOM
    assert engine.search(Query(text="瓷器")).total == 1


def test_many_threads_search_while_one_writes(engine: EmbeddedEngine) -> None:
    fill(engine)
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                found = engine.search(Query(text="厂房", facets=("kind",), size=100))
                assert found.total == sum(found.facets["kind"].values()) == len(found.hits)
                assert all(hit.fragments for hit in found.hits), "words and columns are of one moment"
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for round_ in range(60):
        engine.put([offer(50 + round_ % 7, version=round_ + 1)], [about(COLD_STORAGE, 20)])
        engine.remove({f"offer:{50 + (round_ + 3) % 7}": round_ + 1})
    with engine.replacement() as fresh:
        fresh.put([market.OFFER_FACTORY], [None])
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


WRITER = """
import sys
from pathlib import Path
from search.embedded import EmbeddedEngine
from search.engine import Document
engine = EmbeddedEngine(Path(sys.argv[1]), "model-1")
round = int(sys.argv[2])
print("ready", flush=True)
for number in range(10_000):
    key = f"offer:{number % 40}"
    if number % 5:
        engine.put([Document(id=key, kind="offer", version=round * 10_000 + number + 1, title="厂房出租" * 20)], [None])
    else:
        engine.remove({key: round * 10_000 + number + 1})
"""


@pytest.mark.chaos
def test_writers_killed_at_random_moments_leave_a_sound_index(engine: EmbeddedEngine, folder: Path) -> None:
    fill(engine)
    for round_ in range(20):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(round_)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.02 + 0.01 * (round_ * 7 % 20))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert engine.check() == []
        found = engine.search(Query(text="厂房", facets=("kind",)))
        assert found.total == found.facets["kind"]["offer"]
    assert set(engine.versions()) >= {"offer:1", "need:1"}
