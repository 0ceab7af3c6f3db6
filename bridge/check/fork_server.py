"""The process that workers are forked from: it starts while the command still reads its input.

It is an interpreter of its own that imports nothing of the current folder, nor the caller's `__main__`, and
out of reach of the keys pressed at the terminal, which the command alone gets. It ends, and its
workers with it, when the command does.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
from collections.abc import Callable
from typing import Any

from leanmirror.bridge.check.channel import Channel, pair
from leanmirror.bridge.check.worker import current_folder
from leanmirror.bridge.io.interpreter import command
from leanmirror.spec.errors import BadInput

PATIENCE = 120.0
"""Seconds that a server may take to answer; it only forks, once it is there."""

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""There is a worker for each processor, and each thread takes address space."""


class Server:
    """A process to fork from, as the process that started it sees it."""

    def __init__(self, channel: Channel, process: int, seconds: float = PATIENCE) -> None:
        self.channel = channel
        self.process = process
        self.usable = True
        self._ready = False
        self._seconds = seconds

    def fork(self) -> tuple[int, Channel]:
        """A new worker: its process, and our end of its channel.

        Raises OSError when there can be none, EOFError when the server has ended, and BadInput when it could
        not be made ready.
        """
        ours, theirs = pair()
        try:
            return self._ask("fork", None, theirs), ours
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()

    def reap(self, process: int) -> int | None:
        """How a worker that has ended did: its exit status, below zero for a signal; None if nobody knows."""
        try:
            found: int | None = self._ask("reap", process)
        except (EOFError, OSError):
            return None
        return found

    def prepared(self, call: Callable[[Any], Any], argument: Any, seconds: float) -> Server:
        """A copy that makes a call before it forks: its workers have what that leaves in memory."""
        ours, theirs = pair()
        with theirs.end:
            process: int = self._ask("prepare", (call, argument, current_folder()), theirs)
        return Server(ours, process, seconds)

    def wait(self) -> None:
        """Wait until it is ready. Raises as `fork` does."""
        if self._ready:
            return
        failed = self._within(self._seconds, self.channel.receive)
        if failed is not None:
            self.close()
            raise BadInput(f"no worker can be started: {failed}")
        self._ready = True

    def close(self) -> None:
        """End it, and the workers that it still has."""
        self.usable = False
        self.channel.close()

    def _ask(self, what: str, argument: Any, end: Channel | None = None) -> Any:
        self.wait()

        def asked() -> Any:
            self.channel.send((what, argument))
            if end is not None:
                socket.send_fds(self.channel.end, [b"."], [end.fileno()])
            return self.channel.receive()

        found = self._within(PATIENCE, asked)
        if isinstance(found, str):
            raise OSError(found)
        return found

    def _within(self, seconds: float, asked: Callable[[], Any]) -> Any:
        """What comes in time; a server that said half of it is of no further use."""
        try:
            self.channel.end.settimeout(seconds)
            return asked()
        except BaseException:
            self.close()
            raise


class _Running:
    """The server of this process, which is started once and again when it has ended."""

    def __init__(self) -> None:
        self.server: Server | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0

    def get(self) -> Server:
        if self.owner != os.getpid():  # a copy of the process that started it
            self.server = self.process = None
        if self.server is None or not self.server.usable:
            self.stop()
            self.server = self._started()
        return self.server

    def _started(self) -> Server:
        ours, theirs = pair()
        with theirs.end:
            self.process = subprocess.Popen(
                command("leanmirror.bridge.check.forking", str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_ONE_THREAD},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.owner = os.getpid()
        return Server(ours, self.process.pid)

    def stop(self) -> None:
        if self.server is None or self.process is None or self.owner != os.getpid():
            return
        self.server.close()
        try:
            self.process.wait(1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.server = self.process = None


_RUNNING = _Running()
atexit.register(_RUNNING.stop)


def server() -> Server:
    """The server of this process, started where it does not run."""
    return _RUNNING.get()


def start() -> None:
    """Start the server, which makes itself ready while this process goes on."""
    server()
