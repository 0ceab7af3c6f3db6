"""Arrays of the spec's scalars, as the functions of a user's rule see them: read-only, indexed as numpy's.

Every entry is an exact number, a ball, a dual, a germ or an unknown coordinate, so one function runs over all
of them. Operators have Lean's meaning over ℝ: `x / 0` is 0. Where rank is 0, a comparison is a Python bool.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np
from flint import arb, fmpq

from leanmirror.spec.core import analytic
from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import INSTANCES, Scalar
from leanmirror.spec.errors import BadInput, ShapeError

OURS = (
    "use the functions of leanmirror.rules (exp, log, sqrt, where, maximum, …): those of math, numpy, torch "
    "and jax compute in floats"
)
Objects = np.ndarray[Any, np.dtype[np.object_]]
Key = Any
"""What numpy takes as an index: integers, slices, None, ..., arrays of integers."""


def exact(value: Any) -> Scalar:
    """A number of Python or numpy as the scalar that it exactly is; a scalar of the spec as it is.

    Raises BadInput for what is not finite, and for what is no number.
    """
    if isinstance(value, bool | np.bool_):
        return int(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, float | np.floating):
        if not np.isfinite(value):
            raise BadInput(f"{value} is no real number")
        found = Fraction(float(value))
        return found.numerator if found.denominator == 1 else fmpq(found.numerator, found.denominator)
    INSTANCES[type(value)]  # raises BadInput for what is no scalar
    return value


def objects(value: Any) -> Objects:
    """Anything that a rule may hold as an array: an Array, a number, nested lists, a numpy array."""
    if isinstance(value, Array):
        return value.data
    if isinstance(value, np.ndarray):
        return column([exact(each) for each in value.reshape(-1)]).reshape(value.shape)
    if isinstance(value, list | tuple):
        parts = [objects(each) for each in value]
        shapes = {part.shape for part in parts}
        if len(shapes) > 1:
            raise ShapeError(f"a list of entries of different shapes: {', '.join(map(str, sorted(shapes)))}")
        out = np.empty((len(parts), *(shapes.pop() if shapes else ())), object)
        for i, part in enumerate(parts):
            out[i] = part if part.ndim else part[()]
        return out
    out = np.empty((), object)
    out[()] = exact(value)
    return out


def over(f: Callable[..., Scalar], *arguments: Any) -> Array:
    """A function of scalars applied entry by entry, with numpy's broadcasting."""
    if all(type(x) is Number or type(x) in _PLAIN for x in arguments):
        return Number(f(*[x.val if type(x) is Number else x for x in arguments]))
    arrays = np.broadcast_arrays(*map(objects, arguments))
    out = np.empty(arrays[0].shape, object)
    flat = [array.reshape(-1) for array in arrays]
    out.reshape(-1)[:] = column([f(*entries) for entries in zip(*flat, strict=True)])
    return array(out)


def column(entries: list[Scalar]) -> Objects:
    """A vector of these scalars, which numpy does not look into."""
    out = np.empty(len(entries), object)
    for i, entry in enumerate(entries):
        out[i] = entry
    return out


def decided(f: Callable[[Scalar, Scalar], bool], a: Any, b: Any) -> Any:
    """A comparison: a Python bool for two numbers, else a numpy array of bools."""
    found = over(f, a, b)
    return bool(found.val) if isinstance(found, Number) else found.data.astype(bool)


class Array:
    """A read-only array; `.shape`, `.T`, slicing, `@`, `sum(axis)` and broadcasting are numpy's."""

    __slots__ = ("data",)

    def __init__(self, data: Objects) -> None:
        self.data = data

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes, outermost first."""
        return tuple(self.data.shape)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.data.ndim

    @property
    def size(self) -> int:
        """The number of entries."""
        return self.data.size

    @property
    def T(self) -> Array:
        """The transpose."""
        return Array(self.data.T)

    def __len__(self) -> int:
        if not self.data.ndim:
            raise BadInput("a number has no length")
        return len(self.data)

    def __iter__(self) -> Iterator[Array]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, key: Key) -> Array:
        return array(self.data[key])

    def reshape(self, *shape: Any) -> Array:
        """The same entries in another shape."""
        return array(self.data.reshape(*shape))

    def transpose(self, *axes: int) -> Array:
        """The axes in another order; reversed where none is given."""
        return Array(self.data.transpose(*axes))

    def sum(self, axis: Any = None, keepdims: bool = False) -> Array:
        """The sum along axes; of all entries where none is given, 0 of none."""
        axes = tuple(range(self.ndim)) if axis is None else axis
        if not self.ndim:
            return self
        found: Any = np.add.reduce(self.data, axis=axes, keepdims=keepdims, initial=0)  # type: ignore[call-overload]  # its stubs want literal bools
        return array(found)

    def mean(self, axis: Any = None, keepdims: bool = False) -> Array:
        """The sum divided by the number of terms."""
        total = self.sum(axis, keepdims)
        return total / (self.size // total.size if total.size else 1)

    def __add__(self, o: Any) -> Array:
        return over(operator.add, self, o)

    def __radd__(self, o: Any) -> Array:
        return over(operator.add, o, self)

    def __sub__(self, o: Any) -> Array:
        return over(operator.sub, self, o)

    def __rsub__(self, o: Any) -> Array:
        return over(operator.sub, o, self)

    def __mul__(self, o: Any) -> Array:
        return over(operator.mul, self, o)

    __rmul__ = __mul__

    def __truediv__(self, o: Any) -> Array:
        return over(d.div, self, o)

    def __rtruediv__(self, o: Any) -> Array:
        return over(d.div, o, self)

    def __neg__(self) -> Array:
        return over(operator.neg, self)

    def __pos__(self) -> Array:
        return self

    def __abs__(self) -> Array:
        return over(d.abs_, self)

    def __pow__(self, n: Any) -> Array:
        return over(power, self, n)

    def __rpow__(self, base: Any) -> Array:
        return over(power, base, self)

    def __matmul__(self, o: Any) -> Array:
        return matmul(self, o)

    def __rmatmul__(self, o: Any) -> Array:
        return matmul(o, self)

    def __lt__(self, o: Any) -> Any:
        return decided(d.lt, self, o)

    def __le__(self, o: Any) -> Any:
        return decided(d.le, self, o)

    def __gt__(self, o: Any) -> Any:
        return decided(d.gt, self, o)

    def __ge__(self, o: Any) -> Any:
        return decided(d.ge, self, o)

    def __eq__(self, o: object) -> Any:
        return decided(d.eq, self, o)

    def __ne__(self, o: object) -> Any:
        return ~np.asarray(decided(d.eq, self, o)) if self.ndim else not decided(d.eq, self, o)

    __hash__ = None  # type: ignore[assignment]  # equality compares entries

    def __bool__(self) -> bool:
        if self.size != 1:
            raise BadInput("an array of several entries has no truth value: use where(c, a, b)")
        return not decided(d.eq, self.reshape(()), 0)

    def __float__(self) -> float:
        _refuse()

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """An operator of numpy whose left side is a numpy array; any other function of numpy is refused."""
        if ufunc not in _OPERATORS or method != "__call__" or options:
            _refuse()
        return _OPERATORS[ufunc](*(Array(objects(x)) if isinstance(x, np.ndarray) else x for x in inputs))

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        _refuse()

    def __repr__(self) -> str:
        return f"Array({self.data.tolist()})"


class Number(Array):
    """An array of rank 0, which is one number: nothing of numpy is needed to compute with it."""

    __slots__ = ("val",)

    def __init__(self, val: Scalar) -> None:
        self.val = val

    @property
    def data(self) -> Objects:  # type: ignore[override]  # made when it is asked for
        """The number as an array of numpy."""
        out = np.empty((), object)
        out[()] = self.val
        return out

    @property
    def shape(self) -> tuple[int, ...]:
        """No sizes."""
        return ()

    @property
    def ndim(self) -> int:
        """No dimensions."""
        return 0


def array(data: Any) -> Array:
    """What numpy gave: an array, or the number that it is."""
    if isinstance(data, np.ndarray):
        return Array(data) if data.ndim else Number(data[()])
    return Number(data)


_PLAIN = (int, fmpq, arb)
"""Scalars that functions may meet bare."""


_OPERATORS: dict[Any, Callable[..., Any]] = {
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.true_divide: operator.truediv,
    np.power: operator.pow,
    np.matmul: operator.matmul,
    np.less: operator.lt,
    np.less_equal: operator.le,
    np.greater: operator.gt,
    np.greater_equal: operator.ge,
    np.equal: operator.eq,
    np.not_equal: operator.ne,
}


def _refuse() -> NoReturn:
    raise BadInput(f"a certified number cannot become a float: {OURS}")


def power(x: Scalar, n: Scalar) -> Scalar:
    """`xⁿ`: by multiplication for whole n, else Mathlib's real power."""
    if isinstance(n, fmpq) and n.denominator == 1:
        n = int(n.numerator)
    if isinstance(n, int):
        return x**n if n >= 0 else d.inv(x ** (-n))
    return analytic.pow_(x, n)


def matmul(a: Any, b: Any) -> Array:
    """numpy's `a @ b`, for matrices, vectors and stacks of matrices."""
    one, two = Array(objects(a)), Array(objects(b))
    if not one.ndim or not two.ndim:
        raise ShapeError("a number is no operand of @")
    if one.ndim == 1 and two.ndim == 1:
        return (one * two).sum()
    if one.ndim == 1:
        return matmul(one[None, :], two)[..., 0, :]
    if two.ndim == 1:
        return matmul(one, two[:, None])[..., 0]
    if one.shape[-1] != two.shape[-2]:
        raise ShapeError(f"{one.shape} @ {two.shape}: {one.shape[-1]} columns meet {two.shape[-2]} rows")
    return (one[..., :, :, None] * two[..., None, :, :]).sum(-2)
