"""Sine and cosine over the judge's scalars; no mirrored definition uses them, statements may."""

from __future__ import annotations

from typing import Any

from flint import arb

from leanmirror.spec.core.scalars.dual import Dual, scaled
from leanmirror.spec.core.scalars.germ import Germ
from leanmirror.spec.core.scalars.traced import Traced
from leanmirror.spec.errors import Undecided


def sin(x: Any) -> Any:
    """The sine."""
    if type(x) is Dual:
        return Dual(sin(x.val), scaled(cos(x.val), x.tan))
    if type(x) is Traced:
        return Traced(sin(x.val), x.log)
    _not_a_germ(x)
    return arb(x).sin()


def cos(x: Any) -> Any:
    """The cosine."""
    if type(x) is Dual:
        return Dual(cos(x.val), scaled(-sin(x.val), x.tan))
    if type(x) is Traced:
        return Traced(cos(x.val), x.log)
    _not_a_germ(x)
    return arb(x).cos()


def _not_a_germ(x: Any) -> None:
    if type(x) is Germ:
        raise Undecided("sin or cos along a ray")
