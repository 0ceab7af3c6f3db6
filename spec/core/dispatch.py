"""Scalar functions that dispatch on the type of their argument.

A definition of the spec is written once and run over every scalar kind. `+ - *`, negation and
natural powers are plain operators; everything else goes through the functions of this module,
because Python's own operators do not have Lean's meaning (`mpf / 0` raises, a ball `1 / 0` is nan,
and `ball > 0` is silently False where it should be "not known").

Python integers are exact literals and mix with every kind. Two different kinds meet at the richer
one: integer < rational < real or ball < dual < germ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from leanmirror.spec.errors import BadInput

Scalar = Any
"""An mpf, an Arb ball, a dual, a germ, a Fraction, an int or a float: the kinds in `INSTANCES`."""


class Instance(Protocol):
    """What a scalar kind must provide; the meaning of each is Lean's over that kind."""

    name: str
    rank: int

    def exp(self, x: Scalar, /) -> Scalar: ...
    def log(self, x: Scalar, /) -> Scalar: ...
    def tanh(self, x: Scalar, /) -> Scalar: ...
    def sinh(self, x: Scalar, /) -> Scalar: ...
    def cosh(self, x: Scalar, /) -> Scalar: ...
    def sqrt(self, x: Scalar, /) -> Scalar: ...
    def abs_(self, x: Scalar, /) -> Scalar: ...
    def sign(self, x: Scalar, /) -> Scalar: ...
    def inv(self, x: Scalar, /) -> Scalar: ...
    def max_(self, a: Scalar, b: Scalar, /) -> Scalar: ...
    def min_(self, a: Scalar, b: Scalar, /) -> Scalar: ...
    def div(self, a: Scalar, b: Scalar, /) -> Scalar: ...
    def lt(self, a: Scalar, b: Scalar, /) -> bool: ...
    def le(self, a: Scalar, b: Scalar, /) -> bool: ...
    def eq(self, a: Scalar, b: Scalar, /) -> bool: ...
    def pi(self, like: Scalar, /) -> Scalar: ...
    def rational(self, like: Scalar, p: int, q: int, /) -> Scalar: ...


class _Instances(dict[type, Instance]):
    """Type -> instance; a subclass (every mpmath context has its own mpf) inherits and is cached."""

    def __missing__(self, kind: type) -> Instance:
        for base in kind.__mro__[1:]:
            if base in self and base is not object:
                self[kind] = self[base]
                return self[kind]
        raise BadInput(
            f"{kind.__name__} is not a scalar of leanmirror: "
            "use an mpf, a flint arb, a Fraction, an int or a float"
        )


class _Joins(dict[tuple[type, type], Instance]):
    def __missing__(self, kinds: tuple[type, type]) -> Instance:
        one, two = INSTANCES[kinds[0]], INSTANCES[kinds[1]]
        if one.rank == two.rank and one is not two:
            raise BadInput(f"{kinds[0].__name__} and {kinds[1].__name__} cannot be mixed: {MIXED}")
        self[kinds] = one if one.rank >= two.rank else two
        return self[kinds]


MIXED = "build both from one kind of scalar (functions of leanmirror.spec.core.context, not math or numpy)"
INSTANCES = _Instances()
_JOIN = _Joins()


def register(instances: Mapping[type, Instance]) -> None:
    """Add scalar kinds; a kind that is there already is replaced."""
    INSTANCES.update(instances)
    _JOIN.clear()


@contextmanager
def replaced(instances: Mapping[type, Instance]) -> Iterator[None]:
    """Inside, these scalar kinds are added or replaced; afterwards the table is as it was before."""
    before = dict(INSTANCES)
    register(instances)
    try:
        yield
    finally:
        INSTANCES.clear()
        register(before)


def exp(x: Scalar) -> Scalar:
    """The exponential."""
    return INSTANCES[type(x)].exp(x)


def log(x: Scalar) -> Scalar:
    """Over ℝ `log |x|`, and 0 at 0; IEEE over floats."""
    return INSTANCES[type(x)].log(x)


def tanh(x: Scalar) -> Scalar:
    """The hyperbolic tangent."""
    return INSTANCES[type(x)].tanh(x)


def sinh(x: Scalar) -> Scalar:
    """The hyperbolic sine."""
    return INSTANCES[type(x)].sinh(x)


def cosh(x: Scalar) -> Scalar:
    """The hyperbolic cosine."""
    return INSTANCES[type(x)].cosh(x)


def sqrt(x: Scalar) -> Scalar:
    """Over ℝ 0 for `x ≤ 0`; IEEE over floats."""
    return INSTANCES[type(x)].sqrt(x)


def abs_(x: Scalar) -> Scalar:
    """The absolute value."""
    return INSTANCES[type(x)].abs_(x)


def sign(x: Scalar) -> Scalar:
    """1, 0 or -1 (`SignType.sign`, cast)."""
    return INSTANCES[type(x)].sign(x)


def inv(x: Scalar) -> Scalar:
    """Over ℝ `x⁻¹`, and 0 at 0; IEEE over floats."""
    return INSTANCES[type(x)].inv(x)


def max_(a: Scalar, b: Scalar) -> Scalar:
    """Lean's `max a b`: b where `a ≤ b`, else a."""
    return _JOIN[type(a), type(b)].max_(a, b)


def min_(a: Scalar, b: Scalar) -> Scalar:
    """Lean's `min a b`: a where `a ≤ b`, else b."""
    return _JOIN[type(a), type(b)].min_(a, b)


def div(a: Scalar, b: Scalar) -> Scalar:
    """Over ℝ `a / b`, and 0 where b is 0; IEEE over floats."""
    return _JOIN[type(a), type(b)].div(a, b)


def lt(a: Scalar, b: Scalar) -> bool:
    """`a < b`; raises Undecided where two balls overlap."""
    return _JOIN[type(a), type(b)].lt(a, b)


def le(a: Scalar, b: Scalar) -> bool:
    """`a ≤ b`; raises Undecided where two balls overlap."""
    return _JOIN[type(a), type(b)].le(a, b)


def gt(a: Scalar, b: Scalar) -> bool:
    """`a > b`, which is `b < a`."""
    return _JOIN[type(a), type(b)].lt(b, a)


def ge(a: Scalar, b: Scalar) -> bool:
    """`a ≥ b`, which is `b ≤ a`."""
    return _JOIN[type(a), type(b)].le(b, a)


def eq(a: Scalar, b: Scalar) -> bool:
    """`a = b`; raises Undecided where two balls overlap without being the same exact number."""
    return _JOIN[type(a), type(b)].eq(a, b)


def pi(like: Scalar) -> Scalar:
    """π in the scalar kind of `like`."""
    return INSTANCES[type(like)].pi(like)


def rational(like: Scalar, p: int, q: int) -> Scalar:
    """The rational `p / q` in the scalar kind of `like`; exact over ℝ up to the kind's precision."""
    return INSTANCES[type(like)].rational(like, p, q)
