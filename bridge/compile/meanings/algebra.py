"""Sums, products, powers and numerals by the type that they are of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq

from leanmirror.bridge.compile.meanings.types import ENNRealT, RowsT, SignT
from leanmirror.bridge.compile.values import Family, apply, conformed
from leanmirror.spec.core import dispatch
from leanmirror.spec.core.conventions import SUBTRACTION, chosen
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.types import Mat, Type, Value
from leanmirror.spec.judge.types.linear import identity, zero

MOST_BITS = 100_000
"""Powers with more bits are not computed."""

NUMBERS = t.RealT | t.NatT | t.IntT
"""Types whose values Python's own operators calculate with."""


def add(of_type: Type, a: Value, b: Value) -> Value:
    """`a + b` in a space, or entry by entry."""
    match of_type:
        case t.RealT() | t.NatT() | t.IntT():
            return a + b
        case t.FinT(n):
            return (a + b) % n
        case t.PiT() | t.ProdT() | t.FunT():
            return entrywise(add, of_type, a, b)
        case t.CLMT() | t.VecT():
            return of_type.add(a, b)
        case t.Space():
            return of_type.add(conformed(of_type, a), conformed(of_type, b))
    raise Unsupported(f"+ on {of_type}")


def neg(of_type: Type, a: Value) -> Value:
    """`-a`."""
    match of_type:
        case t.RealT() | t.IntT() | SignT():
            return -a
        case t.FinT(n):
            return -a % n
        case t.PiT() | t.ProdT() | t.FunT():
            return entrywise(neg, of_type, a)
        case t.Space():
            return smul(of_type, -1, a)
    raise Unsupported(f"- on {of_type}")


def sub(of_type: Type, a: Value, b: Value) -> Value:
    """`a - b`; truncated on ℕ, modulo n on `Fin n`."""
    match of_type:
        case t.RealT() | t.IntT():
            return a - b
        case t.NatT():
            return truncated(a, b)
        case t.FinT(n):
            return (a - b) % n
        case t.PiT() | t.ProdT() | t.FunT():
            return entrywise(sub, of_type, a, b)
    return add(of_type, a, neg(of_type, b))


def smul(of_type: Type, c: Value, a: Value) -> Value:
    """`c • a` for a number c."""
    match of_type:
        case t.RealT() | t.NatT() | t.IntT():
            return c * a
        case t.FinT(n):
            return c * a % n
        case t.PiT() | t.ProdT() | t.FunT():
            return entrywise(lambda inner, x: smul(inner, c, x), of_type, a)
        case t.CLMT() | t.VecT():
            return of_type.smul(c, a)
        case t.Space():
            return of_type.smul(c, conformed(of_type, a))
    raise Unsupported(f"• on {of_type}")


def mul(of_type: Type, a: Value, b: Value) -> Value:
    """`a * b`: numbers, matrices of the same size, functions and composed linear maps."""
    match of_type:
        case t.RealT() | t.NatT() | t.IntT():
            return a * b
        case t.FinT(n):
            return a * b % n
        case t.MatT() | RowsT():
            return matrix_times(of_type, of_type, a, b)
        case t.CLMT():
            return a.comp(b)
        case t.PiT() | t.ProdT() | t.FunT():
            return entrywise(mul, of_type, a, b)
    raise Unsupported(f"* on {of_type}")


def entrywise(operation: Callable[..., Value], of_type: Type, *values: Value) -> Value:
    """An operation on each entry of families, pairs or functions: `(f + g) x` is `f x + g x`."""
    match of_type:
        case t.PiT(_, inner):
            rows = [conformed(of_type, value) for value in values]
            return Family([operation(inner, *each) for each in zip(*rows, strict=True)])
        case t.ProdT(first, second):
            one, two = zip(*values, strict=True)
            return (operation(first, *one), operation(second, *two))
        case t.FunT(_, cod):
            return lambda x: operation(cod, *[apply(value, x) for value in values])
    raise Unsupported(f"an operation on {of_type}")


def matrix_times(left: Type, right: Type, a: Value, b: Value) -> Value:
    """`A * B` for an m×n and an n×p matrix."""
    if isinstance(left, t.MatT) and isinstance(right, t.MatT):
        return matrix_product(t.RealT(), conformed(left, a), conformed(right, b))
    if isinstance(left, RowsT) and isinstance(right, RowsT):
        one, two = (as_matrix(of.n, of.columns, W) for of, W in ((left, a), (right, b)))
        return matrix_product(left.entries, one, two)
    raise Unsupported(f"the product of {left} and {right}")


def as_matrix(m: int, n: int, W: Value) -> Mat:
    """A matrix from a matrix or from a function of two indices."""
    if isinstance(W, Mat):
        return W
    return Mat(m, n, [[apply(apply(W, i), j) for j in range(n)] for i in range(m)])


def matrix_product(entries: Type, a: Mat, b: Mat) -> Mat:
    """The product of an m×n and an n×p matrix."""
    columns = [[row[k] for row in b.rows] for k in range(b.n)]
    return Mat(a.m, b.n, [[dot(entries, row, column) for column in columns] for row in a.rows])


def dot(entries: Type, x: Sequence[Any], y: Sequence[Any]) -> Any:
    """`v ⬝ᵥ w`."""
    if isinstance(entries, NUMBERS):
        return sum(a * b for a, b in zip(x, y, strict=True))
    found = zero_of(entries)
    for a, b in zip(x, y, strict=True):
        found = add(entries, found, mul(entries, a, b))
    return found


def divided(of_type: Type, a: Value, b: Value) -> Value:
    """`a / b`: total."""
    match of_type:
        case t.RealT():
            return dispatch.div(a, b)
        case t.NatT() | t.IntT():
            return integer_quotient(a, b)
        case t.PiT() | t.FunT() if not isinstance(of_type, RowsT):
            return entrywise(divided, of_type, a, b)
    raise Unsupported(f"/ on {of_type}")


def inverse(of_type: Type, a: Value) -> Value:
    """`a⁻¹`."""
    match of_type:
        case t.RealT():
            return dispatch.inv(a)
        case t.PiT() | t.FunT() if not isinstance(of_type, RowsT):
            return entrywise(inverse, of_type, a)
    raise Unsupported(f"⁻¹ on {of_type}")


def integer_quotient(a: int, b: int) -> int:
    """Euclidean division: 0 for b = 0, and the remainder is not negative."""
    if b == 0:
        return 0
    return a // b if b > 0 else -(a // -b)


def integer_remainder(a: int, b: int) -> int:
    """The remainder of Euclidean division; a for b = 0."""
    return a - b * integer_quotient(a, b)


def remainder(of_type: Type, a: Value, b: Value) -> Value:
    """`a % b`."""
    if isinstance(of_type, t.NatT | t.IntT):
        return integer_remainder(a, b)
    raise Unsupported(f"% on {of_type}")


def power(of_type: Type, a: Value, n: int) -> Value:
    """`a ^ n` for a natural n."""
    match of_type:
        case t.RealT() | t.NatT() | t.IntT():
            return natural_power(a, n)
        case t.MatT() | t.CLMT() | RowsT() | t.FinT():
            found = one_of(of_type)
            for _ in range(_bounded(n, 64)):
                found = mul(of_type, found, a)
            return found
        case t.PiT() | t.FunT():
            return entrywise(lambda inner, x: power(inner, x, n), of_type, a)
    raise Unsupported(f"^ on {of_type}")


def natural_power(a: Value, n: int) -> Value:
    """A number's power, within bounds."""
    if n > 64 and isinstance(a, int | fmpq):
        bits = max(int(a.numerator).bit_length(), int(a.denominator).bit_length())
        if bits * n > MOST_BITS:
            raise Unsupported(f"a power with more than {MOST_BITS} bits")
    return a ** _bounded(n, MOST_BITS)


def integer_power(a: Value, n: int) -> Value:
    """`a ^ n` for an integer n."""
    return natural_power(a, n) if n >= 0 else dispatch.inv(natural_power(a, -n))


def _bounded(n: int, most: int) -> int:
    if n > most:
        raise Unsupported(f"the power {n}")
    return n


def numeral(of_type: Type, n: int) -> Value:
    """The numeral n of a type; negative ones are casts of integers."""
    match of_type:
        case t.FinT(size):
            return n % size
        case t.RealT() | t.NatT() | t.IntT() | ENNRealT():
            return n
        case SignT() if abs(n) <= 1:
            return n
    if n == 0:
        return zero_of(of_type)
    return one_of(of_type) if n == 1 else smul(of_type, n, one_of(of_type))


def zero_of(of_type: Type) -> Value:
    """0 of a type."""
    match of_type:
        case t.RealT() | t.NatT() | t.IntT() | t.FinT():
            return 0
        case t.CLMT(dom, cod):
            return zero(dom, cod)
        case t.PiT(n, inner):
            return Family([zero_of(inner) for _ in range(n)])
        case t.ProdT(first, second):
            return (zero_of(first), zero_of(second))
        case t.FunT(_, cod):
            nothing = zero_of(cod)
            return lambda _: nothing
        case t.Space():
            return of_type.zero()
    raise Unsupported(f"0 of {of_type}")


def one_of(of_type: Type) -> Value:
    """1 of a type: the identity for matrices and linear maps, ones for functions."""
    match of_type:
        case t.RealT() | t.NatT() | t.IntT():
            return 1
        case t.FinT(n):
            return 1 % n
        case t.CLMT(dom, cod) if dom == cod:
            return identity(dom)
        case t.MatT(m, n) if m == n:
            return _identity_matrix(t.RealT(), n)
        case RowsT(n) if n == of_type.columns:
            return _identity_matrix(of_type.entries, n)
        case t.PiT(n, inner) if not isinstance(of_type, RowsT):
            return Family([one_of(inner)] * n)
        case t.FunT(_, cod):
            whole = one_of(cod)
            return lambda _: whole
    raise Unsupported(f"1 of {of_type}")


def _identity_matrix(entries: Type, n: int) -> Mat:
    one, nothing = (1, 0) if isinstance(entries, NUMBERS) else (one_of(entries), zero_of(entries))
    return Mat(n, n, [[one if i == j else nothing for j in range(n)] for i in range(n)])


def truncated(a: int, b: int) -> int:
    """`a - b` of natural numbers."""
    return a - b if a >= b else chosen(SUBTRACTION)
