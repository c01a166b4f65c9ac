"""`flask worker`: the process beside the web server."""

import os
import signal
from threading import Event
from types import FrameType

import click

from matchmaker.extensions import portal
from matchmaker.worker import Worker


@click.command("worker", help="Keep the index true and end what is over, until SIGTERM or Ctrl-C.")
@click.option("--parent", type=int, help="Stop as well when this process, which started the worker, has gone.")
def command(parent: int | None) -> None:
    """Work until somebody says stop."""
    stop = Event()

    def say_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, say_stop)
    Worker(portal(), stop).work(lambda: parent is None or os.getppid() == parent)
