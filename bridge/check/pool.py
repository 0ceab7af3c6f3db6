"""Worker processes for claims: each with limits of time and memory, whose end is a verdict too."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TimedOut
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, TypeVar

from pebble import ProcessExpired, ProcessPool

from leanmirror.bridge.check import fork_server as serving

T = TypeVar("T")

MEMORY_BYTES = 4 << 30
"""Address space of one worker."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A call that a limit ended, or the end of its worker: which of them, in words, and after how long."""

    cause: Literal["time", "memory", "worker"]
    reason: str
    seconds: float = 0.0


def out_of_time(seconds: float) -> Ended:
    """A call that took longer than that."""
    return Ended("time", f"resource: time limit of {seconds:g} s reached", seconds)


class Workers:
    """A pool of worker processes, stopped when the `with` block is left by an exception.

    `timeout` is in seconds per call. With `copies`, the workers are copies of this process as it is, for
    calls that need what it has read; not every system can do that.
    """

    def __init__(self, jobs: int, timeout: float, *, copies: bool = False) -> None:
        self.timeout = timeout
        context = multiprocessing.get_context("fork") if copies else serving.context()
        self._pool = ProcessPool(
            max_workers=jobs, context=context, initializer=limit_memory, initargs=(MEMORY_BYTES,)
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(at_once=error is not None)

    def close(self, *, at_once: bool = False) -> None:
        """End the workers: when they are done, or at once."""
        if at_once:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble has no types here
        else:
            self._pool.close()  # type: ignore[no-untyped-call]  # pebble has no types here
        self._pool.join()

    def submit(self, call: Callable[[Any], T], argument: Any) -> Future[T]:
        """Call a function of a module in a worker; `outcome` gives what it returned."""
        future: Future[T] = self._pool.schedule(call, args=[argument], timeout=self.timeout)
        return future

    def outcome(self, future: Future[T]) -> T | Ended:
        """What the call returned, or what ended it."""
        try:
            return future.result()
        except TimedOut:
            return out_of_time(self.timeout)
        except MemoryError:
            return Ended("memory", f"resource: memory limit of {MEMORY_BYTES >> 30} GiB reached")
        except ProcessExpired as error:
            return Ended("worker", f"resource: the worker died (exit code {error.exitcode})")


def limit_memory(most: int) -> None:
    """Limit the address space of this process, where the system can."""
    try:
        import resource
    except ImportError:  # not on this system
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
