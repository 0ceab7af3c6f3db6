"""Worker processes for claims: each with limits of time and memory, whose end is a verdict too.

A worker that ends, in whatever way, is seen at once: its channel closes. Its call is made once more, in a
worker that has done nothing yet; the second end is the answer. All is done by the process that waits, in its
one thread, on a clock that nobody sets.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector
from types import TracebackType
from typing import Any, Generic, Literal, Protocol, TypeVar

from leanmirror.bridge.check import fork_server
from leanmirror.bridge.check.channel import Channel, pair
from leanmirror.bridge.check.fork_server import Server
from leanmirror.bridge.check.worker import Raised, Returned, current_folder, memory_allowed, work
from leanmirror.spec.errors import BadInput

T = TypeVar("T")

SENDING = 30.0
"""Seconds in which a worker must take a call; it does nothing else then."""

PREPARING = 900.0
"""Seconds for what all calls of a pool need."""

SERVERS = 8
"""How many servers may end before one gives a worker."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A call that did not return: what ended it or its worker, in words, and after how long."""

    cause: Literal["time", "memory", "worker", "internal"]
    reason: str
    seconds: float = 0.0


def out_of_time(seconds: float) -> Ended:
    """A call that took longer than that."""
    return Ended("time", f"resource: time limit of {seconds:g} s reached", seconds)


@dataclass(eq=False, slots=True)
class Call(Generic[T]):
    """A call to be made in a worker."""

    function: Callable[[Any], T]
    argument: Any
    ends: int = 0
    """How many workers have ended over it."""
    outcome: Returned | Ended | None = None


class _Source(Protocol):
    """What workers are forked from."""

    def fork(self) -> tuple[int, Channel]: ...

    def reap(self, process: int) -> int | None: ...


@dataclass(eq=False, slots=True)
class _Worker:
    process: int
    channel: Channel
    source: _Source
    call: Call[Any] | None = None
    deadline: float = 0.0
    calls: int = 0


class Workers:
    """A pool of worker processes, ended when the `with` block is left.

    `timeout` is in seconds per call. `prepare` is a function and its argument: it is called once, before all
    others and in none of their time, and what it leaves in memory all workers have. With `copies`, the
    workers are copies of this process as it is, for calls that need what it has read.
    """

    def __init__(
        self,
        jobs: int,
        timeout: float,
        *,
        prepare: tuple[Callable[[Any], Any], Any] | None = None,
        copies: bool = False,
    ) -> None:
        self.jobs = jobs
        self.timeout = timeout
        self._copies = _Copies(self._ends) if copies else None
        self._prepare = prepare
        self._prepared: tuple[Server, Server] | None = None
        self._workers: list[_Worker] = []
        self._waiting: deque[Call[Any]] = deque()
        self._ended: deque[Call[Any]] = deque()
        self._selector = DefaultSelector()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        self._waiting.clear()
        while self._workers:
            self._end(self._workers[-1])
        self._selector.close()
        self._leave_prepared()

    def submit(self, function: Callable[[Any], T], argument: Any) -> Call[T]:
        """Have a function of a module called in a worker, in turn; `outcome` gives what it returned."""
        call = Call(function, argument)
        self._waiting.append(call)
        return call

    def as_completed(self, calls: Iterable[Call[T]]) -> Iterator[Call[T]]:
        """The calls as they end."""
        open_ = set(calls)
        self._ended.extend(call for call in open_ if call.outcome is not None)
        while open_:
            while self._ended:
                call = self._ended.popleft()
                if call in open_:
                    open_.remove(call)
                    yield call
            if open_:
                self._turn()

    def outcome(self, call: Call[T]) -> T | Ended:
        """What a call returned, or what ended it; waits for that."""
        while call.outcome is None:
            self._turn()
        found: T | Ended = call.outcome.value if isinstance(call.outcome, Returned) else call.outcome
        return found

    def _turn(self) -> None:
        """Give out calls, wait for what happens next, and take it in."""
        self._give_out()
        busy = [worker.deadline for worker in self._workers if worker.call is not None]
        if not busy:
            return
        wait = max(0.0, min(busy) - time.monotonic())
        for key, _ in self._selector.select(min(wait, 3600.0)):
            self._take(key.data)
        now = time.monotonic()
        for worker in [each for each in self._workers if each.call is not None and each.deadline <= now]:
            self._finish(worker, out_of_time(self.timeout))
            self._end(worker)

    def _give_out(self) -> None:
        while self._waiting:
            worker = self._free(fresh=self._waiting[0].ends > 0)
            if worker is None:
                return
            call = self._waiting.popleft()
            worker.call, worker.calls = call, worker.calls + 1
            try:
                worker.channel.send((call.function, call.argument, self.timeout, current_folder()))
            except OSError:
                self._lost(worker)
                continue
            worker.deadline = time.monotonic() + self.timeout

    def _free(self, *, fresh: bool) -> _Worker | None:
        """A worker without a call, or None while there is none; a `fresh` one has made none yet."""
        idle = [worker for worker in self._workers if worker.call is None]
        found = next((worker for worker in idle if worker.calls == 0 or not fresh), None)
        if found is not None:
            return found
        if len(self._workers) >= self.jobs:
            if not idle:
                return None
            self._end(idle[0])
        return self._started()

    def _started(self) -> _Worker | None:
        """A new worker. Where there can be none, those that there are go on; without any, all that waits is
        answered so.
        """
        try:
            source, (process, channel) = self._forked()
        except (OSError, EOFError) as error:
            if not any(worker.call is not None for worker in self._workers):
                while self._waiting:
                    self._settle(
                        self._waiting.popleft(),
                        Ended("worker", f"resource: no worker can be started ({error})"),
                    )
            return None
        channel.end.settimeout(SENDING)
        worker = _Worker(process, channel, source)
        self._workers.append(worker)
        self._selector.register(channel, EVENT_READ, worker)
        return worker

    def _forked(self) -> tuple[_Source, tuple[int, Channel]]:
        """A new process and what it comes from; a server that has ended is replaced, a few times."""
        for _ in range(SERVERS):
            source = self._copies or self._server()
            try:
                return source, source.fork()
            except (EOFError, OSError):
                if isinstance(source, Server) and not source.usable:
                    continue
                raise
        raise OSError("what workers come from ends again and again")

    def _server(self) -> Server:
        """The server of this process, or a copy of it that has made what calls need."""
        for _ in range(SERVERS if self._prepare is not None else 0):
            base = fork_server.server()
            try:
                if self._prepared is None and self._prepare is not None:
                    self._prepared = base, base.prepared(*self._prepare, PREPARING)
                if self._prepared is not None:
                    self._prepared[1].wait()
                    return self._prepared[1]
            except (EOFError, OSError, BadInput):
                self._leave_prepared()
                if base.usable:  # then it was the preparation that failed: each call makes what it needs
                    self._prepare = None
                    break
        return fork_server.server()

    def _leave_prepared(self) -> None:
        if self._prepared is not None:
            base, copy = self._prepared
            self._prepared = None
            copy.close()
            if base.usable:
                os.kill(copy.process, signal.SIGKILL)
                base.reap(copy.process)

    def _take(self, worker: _Worker) -> None:
        """Take in what a worker says, or that it has ended."""
        try:
            answer = worker.channel.arrived()
        except (EOFError, OSError):
            self._lost(worker)
            return
        if answer is None:
            return
        if isinstance(answer, Raised) and answer.memory:
            self._out_of_memory(worker)
        elif isinstance(answer, Raised):
            self._finish(worker, Ended("internal", answer.error))
        else:
            self._finish(worker, answer)

    def _finish(self, worker: _Worker, outcome: Returned | Ended) -> None:
        if worker.call is not None:
            call, worker.call = worker.call, None
            self._settle(call, outcome)

    def _settle(self, call: Call[Any], outcome: Returned | Ended) -> None:
        call.outcome = outcome
        self._ended.append(call)

    def _out_of_memory(self, worker: _Worker) -> None:
        """Part of the memory may have been that of earlier calls: only a fresh worker tells."""
        limit = memory_allowed() / (1 << 30)
        if worker.calls > 1:
            self._again(worker)
        else:
            self._finish(worker, Ended("memory", f"resource: memory limit of {limit:.3g} GiB reached"))
        self._end(worker)

    def _lost(self, worker: _Worker) -> None:
        """A worker that has ended by itself."""
        status = self._end(worker, lives=False)
        if worker.call is not None and worker.call.ends == 0:
            self._again(worker)
        else:
            self._finish(worker, Ended("worker", f"resource: the worker died{_told(status)}"))

    def _again(self, worker: _Worker) -> None:
        assert worker.call is not None
        worker.call.ends += 1
        self._waiting.appendleft(worker.call)
        worker.call = None

    def _end(self, worker: _Worker, *, lives: bool = True) -> int | None:
        """End a worker that `lives`; how it ended, where that is known."""
        self._workers.remove(worker)
        self._selector.unregister(worker.channel)
        worker.channel.close()
        if lives:
            with suppress(ProcessLookupError):
                os.kill(worker.process, signal.SIGKILL)
        return worker.source.reap(worker.process)

    def _ends(self) -> list[Channel]:
        return [worker.channel for worker in self._workers]


def _told(status: int | None) -> str:
    if status is None:
        return ""
    return f" (signal {-status})" if status < 0 else f" (exit status {status})"


class _Copies:
    """Workers that are copies of this process."""

    def __init__(self, ends: Callable[[], list[Channel]]) -> None:
        self._ends = ends

    def fork(self) -> tuple[int, Channel]:
        ours, theirs = pair()
        process = os.fork()
        if process == 0:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # this process tells its copies when to end
            for end in (ours, *self._ends()):
                end.close()
            work(theirs)
        theirs.close()
        return process, ours

    def reap(self, process: int) -> int | None:
        try:
            return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        except ChildProcessError:
            return None
