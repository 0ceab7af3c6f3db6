"""Certified values: the spec in balls, at a precision that doubles until the values are known well enough."""

from __future__ import annotations

from collections.abc import Callable

from leanmirror.spec.errors import Undecided
from leanmirror.spec.judge.precision import CAP_BITS, precision

START_BITS = 128


class Certifier:
    """Runs measurements; it begins near the precision that the last one needed, for neighbours are alike."""

    def __init__(self) -> None:
        self._bits = START_BITS

    def __call__(self, measure: Callable[[], list[float] | None]) -> list[float] | None:
        """What `measure` finds at the first precision at which it is not None; None if none suffices.

        `measure` computes in balls and answers None when their radii are too wide.
        """
        bits = max(START_BITS, self._bits // 2)
        while True:
            with precision(bits):
                found = _attempt(measure)
            if found is not None:
                self._bits = bits
                return found
            if bits >= CAP_BITS:
                self._bits = START_BITS
                return None
            bits = min(2 * bits, CAP_BITS)


def _attempt(measure: Callable[[], list[float] | None]) -> list[float] | None:
    try:
        return measure()
    except Undecided:
        return None
