"""The constants of the definitions, computed in each scalar type as Lean computes them in `α`.

They are arrays without dimension, not Python numbers: numpy converts a Python number again at every
operation, which costs as much as adding sixteen entries.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from leanmirror.runtime.arrays import FLOAT32, FLOAT64, Array, DType


class Constants:
    """One scalar type's constants."""

    __slots__ = (
        "epsilon",
        "gelu_c",
        "gelu_k",
        "gelu_three_k",
        "half",
        "minus_one",
        "one",
        "two",
        "zero",
    )

    def __init__(self, dtype: DType) -> None:
        number = dtype.type
        one = number(1)
        two = one + one
        k = number(44715) / number(1000000)
        self.zero = _fixed(number(0))
        self.one = _fixed(one)
        self.two = _fixed(two)
        self.half = _fixed(one / number(2))
        self.minus_one = _fixed(number(-1))
        self.epsilon = _fixed(number(1e-6))
        self.gelu_c = _fixed(np.sqrt(two / number(3.14159265358979323846)))
        self.gelu_k = _fixed(k)
        self.gelu_three_k = _fixed((one + one + one) * k)


def _fixed(value: Any) -> Array:
    array = np.asarray(value)
    array.flags.writeable = False
    return array


CONSTANTS: Final[dict[DType, Constants]] = {FLOAT32: Constants(FLOAT32), FLOAT64: Constants(FLOAT64)}


def parameter(value: Any, dtype: DType) -> Array:
    """A scalar parameter of an operation, rounded once to the type of the tape.

    Raises TypeError for numpy numbers of another type and for anything that is no real number.
    """
    if isinstance(value, np.generic | np.ndarray) and (value.dtype != dtype or value.ndim != 0):
        raise TypeError(f"this tape holds {dtype}, the parameter is {value.dtype}; convert it first")
    if not isinstance(value, int | float | np.floating | np.ndarray):
        raise TypeError(f"a parameter is a real number, not {type(value).__name__}")
    return _fixed(np.array(value, dtype=dtype))
