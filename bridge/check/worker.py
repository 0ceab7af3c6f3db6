"""A worker process: it runs one call after the other and says how each ended, until nobody asks any more."""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn, TypeVar

from leanmirror.bridge.check.channel import Channel
from leanmirror.bridge.io.guard import Interruption, fault, guarded
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.patience import PATIENCE

MEMORY_BYTES = 4 << 30
"""Address space of one worker, where the user allows as much."""

GRACE = 5.0
"""Seconds after the limit of a call at which a worker ends by itself, should nobody be left to end it."""

LONGEST = 10.0**8
"""No clock is set to more seconds than these."""


HURRY = 0.8
"""After this part of a call's time nothing that was found is made smaller any more."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Returned:
    """A call that returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """A call that raised: what, in one line; `memory` when none was left."""

    error: str
    memory: bool = False


def memory_allowed(most: int = MEMORY_BYTES) -> int:
    """Bytes of address space that a worker gets: limits that the user has set hold where they are lower."""
    set_ = [each for each in resource.getrlimit(resource.RLIMIT_AS) if each != resource.RLIM_INFINITY]
    return min([most, *set_])


def limit_memory(most: int = MEMORY_BYTES) -> None:
    """Limit the address space of this process."""
    least = memory_allowed(most)
    resource.setrlimit(resource.RLIMIT_AS, (least, least))


def current_folder() -> str | None:
    """The folder that relative paths start from; None when it is no more."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return None


def enter(folder: str | None) -> None:
    """Read relative paths as the process does that was in that folder when it called."""
    if folder is not None and folder != current_folder():
        os.chdir(folder)


def work(channel: Channel) -> NoReturn:
    """Answer the calls that come, in a process of its own, and end it with the last one."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command says when to end
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        sys.set_int_max_str_digits(0)  # the time limit holds for long numbers too
        limit_memory()
        while True:
            call, argument, seconds, folder = channel.receive()
            enter(folder)
            signal.setitimer(signal.ITIMER_REAL, min(seconds, LONGEST) + GRACE)
            answer = answered(partial(within, HURRY * seconds, call), argument)
            signal.setitimer(signal.ITIMER_REAL, 0)
            sent = answered(channel.send, answer)
            if isinstance(sent, Raised):  # an answer that cannot be sent
                channel.send(sent)
    except (EOFError, OSError):  # nobody asks, or nobody listens
        pass
    finally:
        os._exit(0)


def within(seconds: float, call: Callable[[Any], T], argument: Any) -> T:
    """Call the function; after so many seconds what has its answer, and only makes it small, is to hurry."""
    PATIENCE.begin()
    signal.signal(signal.SIGUSR1, lambda *_: PATIENCE.hurry())
    here = threading.get_ident()
    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), signal.pthread_kill, (here, signal.SIGUSR1))
    timer.daemon = True
    timer.start()
    try:
        return call(argument)
    finally:
        timer.cancel()


def answered(call: Callable[[Any], Any], argument: Any) -> Returned | Raised:
    """How a call ends; nothing that it raises goes further, also none of what ends a program."""
    try:
        return guarded(lambda: _returned(call, argument), Raised)
    except MemoryError:
        return Raised("MemoryError", memory=True)
    except (KeyboardInterrupt, Interruption) as error:  # nobody else's business here
        return Raised(fault(error))


def _returned(call: Callable[[Any], Any], argument: Any) -> Returned | Raised:
    try:
        return Returned(call(argument))
    except LeanMirrorError as error:
        return Raised(str(error))
