"""The whole portal in one command: web server and worker together, started and stopped as one."""

import errno
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType

import structlog
import waitress.server
from flask import Flask

from matchmaker.config import ROOT
from matchmaker.extensions import Portal

log = structlog.get_logger()

# Slow clients hold a connection, not a thread; with fewer connections they would hold the portal.
CONNECTIONS = 2000
THREADS = 8
# The worker ends its round first: at most a hundred texts to embed.
WORKER_MAY_TAKE_SECONDS = 20
LONGEST_PAUSE_SECONDS = 30


class PortTaken(Exception):
    """Something else listens there."""


def reserve(host: str, port: int) -> socket.socket:
    """Take the port before anything long begins; nobody is let in until the server listens."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    # Not the connections of the last run, which linger, but only another server keeps the port from us.
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host.strip("[]"), port))
    except OSError as error:
        taken.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"Port {port} is busy: stop what listens there, or choose another with PORTAL_PORT."
            ) from None
        raise PortTaken(f"The portal cannot listen on {host}, port {port}: {os.strerror(error.errno or 0)}.") from None
    return taken


def serve(app: Flask, listening: socket.socket) -> None:
    """Answer requests until Ctrl-C or SIGTERM, with a worker beside."""
    signal.signal(signal.SIGTERM, _leave)
    _allow_many_connections()
    server = waitress.server.create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        ident=None,
    )
    with worker_beside():
        # Waitress ends its requests when it is told to leave, and returns.
        server.run()
        server.close()


def warm(portal: Portal) -> None:
    """Read the model and the reference in the background, so that the first search does not wait for them."""

    def read() -> None:
        portal.encoder.warm()
        portal.reference.likeness.warm()
        with portal.database.reading() as session:
            portal.market.refresh(session)

    # No daemon: a process that ends while the model computes would be aborted, and so waits these seconds.
    Thread(target=read, name="warm").start()


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker process running, started again whenever it dies, and stop it at the end."""
    stop = Event()
    keeper = Thread(target=_keep_a_worker, args=(stop,), name="keeper")
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _keep_a_worker(stop: Event) -> None:
    pause = 1
    while not stop.is_set():
        # In a session of its own, so that Ctrl-C reaches this process only, which then stops the worker.
        process = subprocess.Popen(  # noqa: S603 - the command line holds nothing from outside.
            [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--parent", str(os.getpid())],
            cwd=ROOT,
            start_new_session=True,
        )
        while process.poll() is None and not stop.wait(0.2):
            pass
        if stop.is_set():
            _end(process)
            return
        log.warning("the worker died and is started again", exit_status=process.returncode, in_seconds=pause)
        stop.wait(pause)
        pause = min(LONGEST_PAUSE_SECONDS, pause * 2)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(WORKER_MAY_TAKE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 200
    if soft < wanted and (hard == resource.RLIM_INFINITY or hard > soft):
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )
