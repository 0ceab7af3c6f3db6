"""What the tape takes and hands out: arrays of float32 or float64, and their shapes.

Inside the tape a scalar tensor is a number, a Python float or a numpy float32: arithmetic with them is
several times faster than with arrays. Kernels that know only arrays get a `vector` of one entry. Outside
the tape a scalar tensor is a zero-dimensional array.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Shape: TypeAlias = tuple[int, ...]
Array: TypeAlias = NDArray[Any]
DType: TypeAlias = np.dtype[Any]

FLOAT32: DType = np.dtype(np.float32)
FLOAT64: DType = np.dtype(np.float64)


def checked(value: Any) -> Array:
    """`value` as a plain array of float32 or float64; arrays pass through, nested lists are read.

    Raises TypeError for ragged lists, integers, other types and subclasses of the array type.
    """
    if type(value) is np.ndarray:
        array = value
    elif isinstance(value, np.ndarray):
        raise TypeError(f"{type(value).__name__} is a special array; pass numpy.asarray of it")
    else:
        array = _read(value)
    if array.dtype is FLOAT64 or array.dtype is FLOAT32 or array.dtype in (FLOAT32, FLOAT64):
        return array
    raise TypeError(f"an array of float32 or float64 is needed, not {_described(value, array)}")


def _read(value: Any) -> Array:
    try:
        return np.asarray(value)
    except ValueError:
        raise TypeError("a ragged list is no tensor: all rows must have the same length") from None


def _described(value: Any, array: Array) -> str:
    return type(value).__name__ if array.dtype == object else str(array.dtype)


def raw_copy(value: Any, dtype: DType | None, what: str) -> tuple[Any, Shape]:
    """A copy of `value` as the tape stores it, and its shape.

    Raises TypeError when the tape already has another type of entry: nothing is promoted.
    """
    array = checked(value)
    check_dtype(array.dtype, dtype, what)
    shape = array.shape
    return (np.array(array, order="C", copy=True) if shape else number(array)), shape


def number(array: Array) -> Any:
    """The one entry of an array, as the tape stores it."""
    return array.item() if array.dtype == FLOAT64 else array.reshape(())[()]


def entry_type(value: Any) -> DType:
    """The type of entry of an array or a number of the tape."""
    return FLOAT64 if value.__class__ is float else value.dtype


def vector(value: Any) -> Array:
    """A number as an array of one entry."""
    return np.array((value,))


def check_dtype(found: DType, dtype: DType | None, what: str) -> None:
    """Raises TypeError if the tape already has another type of entry than the one found."""
    if dtype is not None and found != dtype:
        raise TypeError(f"this tape holds {dtype}, the {what} is {found}; convert it first")


def raw_shape(shape: Shape) -> Shape:
    """The shape under which the tape stores a tensor of this shape."""
    return shape or (1,)


def published(raw: Any, shape: Shape) -> Array:
    """What the tape hands out of a value of its own: a view that cannot be made writeable."""
    array: Array = raw if shape else np.array(raw)
    array.setflags(write=False)
    # Behind a view of an array stands the array, which can be made writeable again; behind this, a buffer.
    buffer = memoryview(array)  # type: ignore[arg-type]  # numpy's arrays are buffers
    return np.asarray(buffer.toreadonly()).reshape(shape)


def plain_shape(s: Any) -> Shape:
    """A shape given by a caller, as a tuple of natural numbers."""
    try:
        shape = tuple(int(n.__index__()) for n in s)
    except (TypeError, AttributeError):
        raise TypeError(f"a shape is a tuple of natural numbers, not {s!r}") from None
    if any(n < 0 for n in shape):
        raise TypeError(f"a shape is a tuple of natural numbers, not {s!r}")
    return shape
