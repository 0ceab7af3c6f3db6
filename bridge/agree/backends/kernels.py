"""The accurate kernels of the runtime as a backend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leanmirror.bridge.agree.selection import Compared
from leanmirror.runtime import accurate
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.ops import Bound, Op


class AccurateBackend:
    """`leanmirror.runtime.accurate`, where it has a kernel."""

    name = "accurate"
    literal = False

    def __init__(self) -> None:
        self._records = {op.lean: op for op in accurate.OPS}

    def version(self) -> str:
        return f"leanmirror.runtime.accurate on numpy {np.__version__}"

    def has(self, op: Compared) -> bool:
        return op.lean in self._records

    def bounds(self, op: Compared, dtype: str) -> tuple[Bound, ...]:
        return tuple(b for b in self._record(op).bounds if b.dtype == dtype)

    def runs(self, op: Compared) -> str:
        return f"accurate.{self._record(op).name}"

    def differs(self, op: Compared) -> str:
        return ""

    def forward(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any]) -> Array:
        value: Array = self._record(op).forward(*inputs, *parameters)
        return value

    def vjp(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[Array]:
        y = self.forward(op, inputs, parameters)
        return [self._record(op).backward(g, y, *inputs, *parameters)]

    def faults(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[str]:
        return []

    def _record(self, op: Compared) -> Op:
        return self._records[op.lean]
