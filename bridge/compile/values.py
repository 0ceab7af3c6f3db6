"""Values at run time: lists for functions out of `Fin n`, and one way to apply whatever is a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leanmirror.spec.errors import ShapeError, Unsupported
from leanmirror.spec.judge.types import Mat, MatT, PiT, ProdT, Type, Value


class Family(list[Any]):
    """A function out of `Fin n` as the list of its values; it can be called as well."""

    __slots__ = ()

    def __call__(self, i: int) -> Value:
        return self[i]


def family(f: Value) -> Value:
    """The function, which can be called also where it is out of `Fin n` and came as a plain list."""
    return Family(f) if type(f) is list else f


def apply(f: Value, x: Value) -> Value:
    """f at x: an entry of a list or matrix, or a call."""
    if isinstance(f, list):
        if 0 <= x < len(f):
            return f[x]
        raise ShapeError(f"index {x} is not below {len(f)}")
    if callable(f):
        return f(x)
    if isinstance(f, Mat):
        return f.rows[x]
    raise Unsupported(f"a value of type {type(f).__name__} as a function")


def uncurried(f: Value, arity: int) -> Callable[..., Value]:
    """A Python function of that many arguments from a function of one at a time."""
    if arity == 1:
        return lambda x: apply(f, x)
    if arity == 2:
        return lambda x, y: apply(apply(f, x), y)

    def function(*args: Value) -> Value:
        value = f
        for arg in args:
            value = apply(value, arg)
        return value

    return function


def conformed(of_type: Type, value: Value) -> Value:
    """The value in the form that its type has: a matrix given as a function of two indices becomes rows."""
    if isinstance(of_type, MatT):
        if isinstance(value, Mat):
            return value
        return Mat(of_type.m, of_type.n, [list(row) for row in value])
    if isinstance(of_type, PiT) and isinstance(value, Mat):
        return Family(value.rows)
    if isinstance(of_type, PiT) and isinstance(of_type.of_type, MatT):
        return Family([conformed(of_type.of_type, each) for each in value])
    if isinstance(of_type, ProdT):
        return (conformed(of_type.first, value[0]), conformed(of_type.second, value[1]))
    return value
