"""NN.Runtime.Context: a tensor that carries its shape."""

from __future__ import annotations

from typing import Any

import numpy as np

from leanmirror.runtime.arrays import Array, Shape, checked


class AnyTensor:
    """A tensor whose shape is known only when the program runs: `s` its shape, `t` its entries.

    `t` is a read-only numpy array of float32 or float64 in row-major order. Building one does not
    copy: whoever may still write to the array calls `AnyTensor_.materialize`.

    Raises TypeError for anything that is not a real array of one of the two types.
    Lean: Runtime.AnyTensor
    """

    __slots__ = ("_t",)

    def __init__(self, t: Any) -> None:
        view = checked(t).view()
        view.flags.writeable = False
        self._t: Array = view

    @property
    def s(self) -> Shape:
        """The shape, outermost dimension first; `()` is a scalar.

        Lean: Runtime.AnyTensor.s
        """
        return self._t.shape

    @property
    def t(self) -> Array:
        """The entries, read-only.

        Lean: Runtime.AnyTensor.t
        """
        return self._t

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        if copy:
            return np.array(self._t, dtype=dtype, copy=True)
        return np.asarray(self._t, dtype=dtype)

    def __repr__(self) -> str:
        return f"AnyTensor(s={self.s}, t={self._t!r})"
