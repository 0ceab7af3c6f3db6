"""Floating-point warnings switched off around a kernel, cheaply and only there.

Lean's floats have no warnings, and overflow is a result like any other. `numpy.errstate` costs a
microsecond, five times the operation it would surround. numpy 2 keeps the setting in a context
variable, so running the kernel in a copy of a context prepared once costs a twentieth of that and is
safe with threads. Older numpy keeps it per thread and gets `errstate`.
"""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any

import numpy as np


class ErrstateRunner:
    """`run` as a context's, by `numpy.errstate`."""

    __slots__ = ()

    @staticmethod
    def run(function: Callable[..., Any], /, *args: Any) -> Any:
        """`function(*args)` without warnings."""
        with np.errstate(all="ignore"):
            return function(*args)

    def copy(self) -> ErrstateRunner:
        """Nothing to copy: `errstate` restores what it found."""
        return self


def _prepared() -> contextvars.Context | ErrstateRunner:
    if np.lib.NumpyVersion(np.__version__) < "2.0.0":
        return ErrstateRunner()
    context = contextvars.Context()
    context.run(_ignore)
    return context


def _ignore() -> None:
    np.seterr(all="ignore")


# `fresh().run(kernel, x)`: a context cannot be entered twice at once, a copy of it can.
fresh: Callable[[], contextvars.Context | ErrstateRunner] = _prepared().copy
