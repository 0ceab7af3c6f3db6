"""The program of the process that workers are forked from: it answers one request after the other.

`fork` gives a new worker, `reap` says how one has ended, `prepare` gives a copy of this process that makes a
call first. What workers need is imported once, here.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Callable
from typing import Any, NoReturn

from leanmirror.bridge.check.channel import Channel
from leanmirror.bridge.check.worker import Raised, answered, enter, limit_memory, work


def main(end: str) -> NoReturn:
    """Make ready what every worker needs, then serve on the socket with that number."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # some environments ignore it; then no one knows of an end
    serve(Channel(socket.socket(fileno=int(end))), preload, None)


def preload(_: None) -> None:
    """Import what every worker needs."""
    from leanmirror.bridge.check import preload as _preload  # noqa: F401 - imported for what it makes


def serve(channel: Channel, call: Callable[[Any], Any], argument: Any) -> NoReturn:
    """Make a call and then answer requests until nobody asks any more; then the workers end too."""
    children: set[int] = set()
    try:
        made = answered(call, argument)
        gc.collect()
        gc.freeze()  # so that workers do not touch, and copy, all that is there
        channel.send(made.error if isinstance(made, Raised) else None)
        while True:
            what, given = channel.receive()
            channel.send(_reaped(given, children) if what == "reap" else _forked(channel, given, children))
    except (EOFError, OSError):
        pass
    finally:
        for child in children:  # none is reaped, so that the number is still its own
            os.kill(child, signal.SIGKILL)
        os._exit(0)


def _reaped(process: int, children: set[int]) -> int | None:
    if process not in children:
        return None
    _, status = os.waitpid(process, 0)
    children.discard(process)
    return os.waitstatus_to_exitcode(status)


def _forked(channel: Channel, given: Any, children: set[int]) -> int | str:
    """The number of a new process, which serves or works on the socket that comes with the request."""
    _, (end, *_), _, _ = socket.recv_fds(channel.end, 1, 1)
    with socket.socket(fileno=end) as theirs:
        try:
            process = os.fork()
        except OSError as error:
            return str(error)
        if process == 0:
            channel.close()
            children.clear()  # they are not this process's
            if given is None:
                work(Channel(theirs))
            call, argument, folder = given
            limit_memory()
            enter(folder)
            serve(Channel(theirs), call, argument)
    children.add(process)
    return process
