"""numpy's float32 and float64 numbers as scalars of the spec: IEEE, with Lean's `max` and `min`.

A definition run over them is the generic definition at a float type: the same expression tree, one entry at
a time. Measured with numpy 2.4 on 200,000 bit patterns and 200,000 ordinary numbers of each type: exp, log,
tanh, sinh, cosh and sqrt of a number have the bits that the same function of a whole array has, also of one
entry, with a stride, or from another start. So numbers suffice, and no array is wrapped.

Integers are literals and take the type of what they meet. numpy does so from version 2 on, and before when
told to: `numpy_scalars` says it, and silences warnings, which Lean's floats do not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from leanmirror.spec.core.dispatch import Scalar, replaced

Number = Any
"""An np.float32 or np.float64."""


class NumpyFloat:
    """One float type. Nothing raises; see `numpy_scalars` for warnings."""

    rank = 2

    def __init__(self, kind: type) -> None:
        self.name = kind.__name__
        self.kind = kind

    def exp(self, x: Number) -> Number:
        return np.exp(x)

    def log(self, x: Number) -> Number:
        return np.log(x)

    def tanh(self, x: Number) -> Number:
        return np.tanh(x)

    def sinh(self, x: Number) -> Number:
        return np.sinh(x)

    def cosh(self, x: Number) -> Number:
        return np.cosh(x)

    def sqrt(self, x: Number) -> Number:
        return np.sqrt(x)

    def abs_(self, x: Number) -> Number:
        return np.absolute(x)

    def sign(self, x: Number) -> int:
        return int(x > 0) - int(x < 0)

    def inv(self, x: Number) -> Number:
        return self.div(1, x)

    def max_(self, a: Scalar, b: Scalar) -> Number:
        return self.kind(b if a <= b else a)

    def min_(self, a: Scalar, b: Scalar) -> Number:
        return self.kind(a if a <= b else b)

    def div(self, a: Scalar, b: Scalar) -> Number:
        return np.divide(self.kind(a), self.kind(b))

    def lt(self, a: Scalar, b: Scalar) -> bool:
        return bool(a < b)

    def le(self, a: Scalar, b: Scalar) -> bool:
        return bool(a <= b)

    def eq(self, a: Scalar, b: Scalar) -> bool:
        return bool(a == b)

    def pi(self, like: Number) -> Number:
        return self.kind(3.14159265358979323846)

    def rational(self, like: Number, p: int, q: int) -> Number:
        return self.div(p, q)


@contextmanager
def numpy_scalars() -> Iterator[None]:
    """Inside, the spec's functions take numpy's numbers; outside, a float64 counts as a Python float.

    A definition that runs inside gives no warnings and keeps its float type.
    """
    with replaced({kind: NumpyFloat(kind) for kind in (np.float32, np.float64)}), _quietly():
        yield


@contextmanager
def _quietly() -> Iterator[None]:
    with np.errstate(all="ignore"):
        set_promotion = getattr(np, "_set_promotion_state", None)
        if set_promotion is None or np.lib.NumpyVersion(np.__version__) >= "2.0.0":
            yield
            return
        before = getattr(np, "_get_promotion_state")()  # noqa: B009 - numpy 2 and its stubs have no such name
        set_promotion("weak")
        try:
            yield
        finally:
            set_promotion(before)
