"""What frameworks share: a table of analogues by Lean name, and that nothing is promised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from leanmirror.bridge.agree.selection import Compared
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.ops import Bound


@dataclass(frozen=True, slots=True)
class Analogue:
    """What is run: as users write it, as a function of inputs and parameters; how it differs on purpose."""

    runs: str
    call: Callable[..., Any]
    differs: str = ""


class Analogues:
    """The part of a backend that is its table."""

    literal = False
    table: dict[str, Analogue]

    def has(self, op: Compared) -> bool:
        return op.lean in self.table

    def bounds(self, op: Compared, dtype: str) -> tuple[Bound, ...]:
        return ()

    def runs(self, op: Compared) -> str:
        return self.table[op.lean].runs

    def differs(self, op: Compared) -> str:
        return self.table[op.lean].differs

    def faults(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[str]:
        return []


def numbers(parameters: Sequence[Any]) -> list[Any]:
    """Parameters as Python numbers, which a framework rounds to the type of the tensor."""
    return [p if isinstance(p, int) else float(p) for p in parameters]
