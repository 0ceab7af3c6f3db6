"""The border around one claim, file, declaration or document: what is raised inside costs that one alone.

It stands here once. What it keeps is a fault of ours, told in one line that one can paste into a report: what
was raised, where, and by which version.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from leanmirror.bridge._version import __version__

T = TypeVar("T")

SHOWN = 3
"""How many of the calls that led to a fault are told, the innermost first."""

_ROOMS = Path(__file__).parents[2]
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")


class Interruption(BaseException):
    """An end that is meant for more than the work at hand: no guard keeps it."""


PASSING = (KeyboardInterrupt, Interruption, MemoryError)
"""What is not the fault of the work at hand. A process without memory is replaced as a whole."""


def guarded(
    work: Callable[[], T],
    otherwise: Callable[[str], T],
    expected: tuple[type[BaseException], ...] = (),
) -> T:
    """What the work gives or, when it raises, what `otherwise` makes of the fault; the `expected` passes."""
    passing: tuple[type[BaseException], ...] = (*PASSING, *expected)
    try:
        return work()
    except passing:
        raise
    except BaseException as error:  # noqa: BLE001 - this is the one place that keeps everything
        return otherwise(fault(error))


def fault(error: BaseException) -> str:
    """An exception that nobody expected, in one line: what, where, and of which version."""
    said = " ".join(_ADDRESS.sub("", str(error)).split())
    what = ": ".join(each for each in ("internal", type(error).__name__, said) if each)
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{what} [{_where(error.__traceback__)}; leanmirror {__version__}, Python {python}]"


def _where(trace: TracebackType | None) -> str:
    calls: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        path = Path(code.co_filename)
        if path.is_relative_to(_ROOMS):
            calls.append(f"{path.relative_to(_ROOMS).as_posix()}:{trace.tb_lineno} in {code.co_name}")
            del calls[:-SHOWN]
        trace = trace.tb_next
    return " from ".join(reversed(calls)) or "elsewhere"
