"""Values of either side as people read them: numbers to some digits, the rest as lists."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from leanmirror.bridge.check.counterexample import shown_number
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.judge.types import Mat
from leanmirror.spec.judge.types.linear import CLM

MOST = 400


def shown_value(value: Any) -> str:
    """The value in one line, cut when long."""
    text = _shown(value)
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def _shown(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case arb() | int():
            return shown_number(value) or ""
        case Fraction() | fmpq():
            return str(value)
        case Tensor():
            return f"{_shown(list(value.entries))} of shape {value.shape}"
        case Mat():
            return _shown(value.rows)
        case CLM():
            columns = range(value.dom.dimension)
            return f"rows {_shown([[row.get(j, 0) for j in columns] for row in value.matrix()])}"
        case list():
            return f"[{', '.join(map(_shown, value))}]"
        case tuple():
            return f"({', '.join(map(_shown, value))})"
    return str(value)
