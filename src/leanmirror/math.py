"""The functions that definitions are written with, over any scalar: balls, duals, mpmath numbers, floats.

They are total as Lean's are: `div(x, 0)` and `log(0)` are 0.
"""

from __future__ import annotations

from leanmirror.spec.core.context import (
    abs_,
    cosh,
    div,
    eq,
    exp,
    ge,
    gt,
    inv,
    le,
    log,
    lt,
    max_,
    min_,
    pi,
    rational,
    sign,
    sinh,
    sqrt,
    tanh,
)

__all__ = [
    "abs_",
    "cosh",
    "div",
    "eq",
    "exp",
    "ge",
    "gt",
    "inv",
    "le",
    "log",
    "lt",
    "max_",
    "min_",
    "pi",
    "rational",
    "sign",
    "sinh",
    "sqrt",
    "tanh",
]
