"""`flask serve` starts and stops everything as one, as an operator sees it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from matchmaker.config import ROOT

COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--no-sample"]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep one var folder for the first start and the second."""
    return tmp_path_factory.mktemp("var")


@pytest.mark.model
@pytest.mark.sqlite_only
def test_an_operator_starts_the_portal_and_ctrl_c_stops_web_and_worker(var: Path) -> None:
    """The first start prepares everything; Ctrl-C leaves no process and no traceback behind."""
    port = free_port()
    with serving(var, port) as (server, log):
        assert wait_for(port, server), log.read_text()
        worker = wait_for_worker(server.pid)
        assert answer(port, "/readyz").startswith(b'{"index":')
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
    assert not Path(f"/proc/{worker}").exists()
    said = log.read_text()
    assert f"http://127.0.0.1:{port}" in said
    assert "The portal is closed." in said
    assert "Traceback" not in said


@pytest.mark.model
@pytest.mark.sqlite_only
def test_the_second_start_takes_seconds_and_a_dead_worker_comes_back(var: Path) -> None:
    """What stands already costs nothing, and SIGTERM stops as cleanly as Ctrl-C."""
    port = free_port()
    started = time.monotonic()
    with serving(var, port) as (server, log):
        assert wait_for(port, server), log.read_text()
        assert time.monotonic() - started < 15
        assert "Index …" not in log.read_text()
        worker = wait_for_worker(server.pid)
        os.kill(worker, signal.SIGKILL)
        assert wait_for_worker(server.pid, other_than=worker) != worker
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
    assert "the worker died and is started again" in log.read_text()
    assert "Traceback" not in log.read_text()


def test_a_busy_port_is_one_sentence_before_anything_is_written(tmp_path: Path) -> None:
    """Nobody waits a minute to hear that another portal runs already."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = subprocess.run(COMMAND, cwd=ROOT, env=environment(tmp_path, port), capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.strip() == (
        f"Error: Port {port} is busy: stop what listens there, or choose another with PORTAL_PORT."
    )
    assert not (tmp_path / "market.db").exists()


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    """The setting is named, in the words that the operator typed."""
    settings = environment(tmp_path, 8000) | {"PORTAL_PORT": "eighty"}
    run = subprocess.run(COMMAND, cwd=ROOT, env=settings, capture_output=True, text=True)
    assert run.returncode != 0
    assert "Wrong setting: PORTAL_PORT" in run.stderr
    assert "Traceback" not in run.stderr


@contextmanager
def serving(var: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run the command as a process group of its own, and end it whatever happens."""
    log = var.parent / f"{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(COMMAND, cwd=ROOT, env=environment(var, port), stdout=out, stderr=out)
        try:
            yield process, log
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(30)


def environment(var: Path, port: int) -> dict[str, str]:
    """Return the settings of a portal that keeps to its own folder."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return inherited | {
        "PORTAL_VAR": str(var),
        "PORTAL_PORT": str(port),
        "OMP_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
    }


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def answer(port: int, path: str) -> bytes:
    """Return what the portal answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
        body: bytes = response.read()
        return body


def wait_for(port: int, server: subprocess.Popen[bytes], seconds: float = 120) -> bool:
    """Wait until the portal answers; say no when it ended before."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            return answer(port, "/healthz") != b""
        except OSError:
            time.sleep(0.2)
    return False


def wait_for_worker(parent: int, other_than: int = 0, seconds: float = 30) -> int:
    """Return the id of the worker process beside the server."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        children = Path(f"/proc/{parent}/task").glob("*/children")
        found = [int(child) for path in children for child in path.read_text().split()]
        workers = [child for child in found if child != other_than and is_worker(child)]
        if workers:
            return workers[0]
        time.sleep(0.2)
    raise AssertionError("no worker beside the server")


def is_worker(process: int) -> bool:
    """Say whether a process runs the worker's command, rather than being about to."""
    try:
        return b"worker" in Path(f"/proc/{process}/cmdline").read_bytes()
    except FileNotFoundError:
        return False
