"""The process that workers are forked from: it starts while the command still reads its input."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

READY = "leanmirror.bridge.check.preload"
"""The module that the server imports before it forks: what every worker needs, made once."""


def context() -> ForkServerContext:
    """The context whose processes come from that server."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([READY])
    return found


def start() -> None:
    """Start the server, which goes on by itself; nothing happens where it runs already."""
    context()
    forkserver.ensure_running()
