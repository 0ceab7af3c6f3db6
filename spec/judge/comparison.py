"""Equality and order of values in balls: proved, agreeing to the wanted digits, or not told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from math import inf

from flint import arb, ctx, fmpq

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.traced import Traced, note
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import BadInput, ShapeError
from leanmirror.spec.judge.judgement import TRUE, Judgement, Outcome, all_of, at, negate, undecided, worse
from leanmirror.spec.judge.types import Mat, Value
from leanmirror.spec.judge.types.linear import CLM, Row

_EXACT = (int, Fraction, fmpq)


def _ball(x: Scalar) -> arb:
    if type(x) is arb:
        return x
    if isinstance(x, int):
        return arb(x)
    if isinstance(x, Fraction):
        return arb(x.numerator) / x.denominator
    if isinstance(x, fmpq):
        return arb(x)
    raise BadInput(
        f"a {type(x).__name__} came out where a ball was expected: a function of math or numpy, or a float "
        "literal, was used; use the functions of leanmirror.spec.core.context and rational(x, p, q)"
    )


_FAR = 1 << 62


def _log2(x: arb) -> float:
    if x == 0:
        return -inf
    man, exponent = x.upper().man_exp()
    bits = int(man).bit_length() + int(exponent)
    return float(max(-_FAR, min(bits, _FAR)))  # an iterated square has more than a float can count


def _overlap(relation: str, a: arb, b: arb, digits: int) -> Judgement:
    """Two sides that overlap: equal to the wanted digits, or not yet told apart."""
    if not (a.is_finite() and b.is_finite()):
        return undecided(f"a side of `{relation}` is not finite at {ctx.prec} bits")
    if _agree(a, b, digits):
        return Judgement(Outcome.HOLDS, False, True, relation, a, b)
    note = f"the two sides overlap at {ctx.prec} bits"
    slack = _log2(a.rad() + b.rad())
    return Judgement(Outcome.UNDECIDED, False, False, relation, a, b, None, note, slack)


def _agree(a: arb, b: arb, digits: int) -> bool:
    """Two sides that overlap are small against their size."""
    return bool((a.rad() + b.rad()) * _ten_to(digits) <= a.abs_lower().max(b.abs_lower()))


@cache
def _ten_to(digits: int) -> arb:
    return arb(10**digits)


def _rational(x: int | Fraction | fmpq) -> Fraction:
    return Fraction(int(x.numerator), int(x.denominator))


def _compare(relation: str, a: Scalar, b: Scalar) -> Judgement:
    if type(a) is Traced or type(b) is Traced:
        a, b = note(a, b)
    exact = type(a) is not arb and type(b) is not arb and isinstance(a, _EXACT) and isinstance(b, _EXACT)
    x, y = _ball(a), _ball(b)
    equal_ = _rational(a) == _rational(b) if exact else bool(x == y)
    if equal_:
        return Judgement(Outcome.HOLDS, relation=relation, lhs=x, rhs=y)
    if x != y or exact:
        gap = abs(x - y).abs_lower()
        return Judgement(Outcome.FAILS, relation=relation, lhs=x, rhs=y, gap=gap)
    return _overlap(relation, x, y, _DIGITS[-1])


_DIGITS = [50]


class wanted_digits:
    """`with wanted_digits(d):` two balls count as equal when they agree to d digits, relatively."""

    def __init__(self, digits: int) -> None:
        self.digits = digits

    def __enter__(self) -> None:
        _DIGITS.append(self.digits)

    def __exit__(self, *_: object) -> None:
        _DIGITS.pop()


def equal(a: Value, b: Value) -> Judgement:
    """`a = b` for scalars, vectors, matrices, tensors, pairs, contexts and linear maps, entry by entry.

    Raises ShapeError when the two have different sizes.
    """
    if isinstance(a, CLM) and isinstance(b, CLM):
        _same_type(a.type, b.type)
        return same_rows(a.matrix(), b.matrix())
    one, two = _parts(a), _parts(b)
    if one is None or two is None:
        if one is not two:
            raise ShapeError(f"a {type(a).__name__} is compared with a {type(b).__name__}")
        return _compare("=", a, b)
    if len(one) != len(two):
        raise ShapeError(f"equality of {len(one)} entries with {len(two)}")
    return all_of(at(i, equal(x, y)) for i, (x, y) in enumerate(zip(one, two, strict=True)))


def same_rows(one: list[Row], two: list[Row]) -> Judgement:
    """Equality of two matrices in sparse rows, entry by entry: small entries are not hidden by large ones."""
    return _same_entries(
        ((k, j), a.get(j, 0), b.get(j, 0))
        for k, (a, b) in enumerate(zip(one, two, strict=True))
        for j in sorted(a.keys() | b.keys())
    )


def _same_entries(entries: Iterable[tuple[tuple[int, ...], Scalar, Scalar]]) -> Judgement:
    """`∀ entries, a = b`; of those that agree to the wanted digits only the first is kept to be shown."""
    worst, digits = TRUE, _DIGITS[-1]
    for where, a, b in entries:
        if (
            worst.holds
            and worst.relation
            and type(a) is arb
            and type(b) is arb
            and a.overlaps(b)
            and (a == b or (not worst.proved and a.is_finite() and b.is_finite() and _agree(a, b, digits)))
        ):
            continue
        judgement = _compare("=", a, b)
        if not judgement.holds:
            judgement = replace(judgement, where=where)
            if judgement.fails and judgement.proved:
                return judgement
        worst = worse(worst, judgement)
    return worst


def _same_type(one: object, two: object) -> None:
    if one != two:
        raise ShapeError(f"equality of linear maps: {one} met {two}")


def _parts(value: Value) -> list[Value] | None:
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, Mat):
        return list(value.rows)
    if isinstance(value, Tensor):
        return list(value.entries)
    return None


def not_equal(a: Scalar, b: Scalar) -> Judgement:
    """`a ≠ b`."""
    return negate(_compare("=", a, b))


def less(a: Scalar, b: Scalar) -> Judgement:
    """`a < b`."""
    return _order("<", a, b, strict=True)


def less_equal(a: Scalar, b: Scalar) -> Judgement:
    """`a ≤ b`."""
    return _order("≤", a, b, strict=False)


def _order(relation: str, a: Scalar, b: Scalar, *, strict: bool) -> Judgement:
    if type(a) is Traced or type(b) is Traced:
        a, b = note(a, b)
    x, y = _ball(a), _ball(b)
    if x < y or (not strict and x <= y):
        return Judgement(Outcome.HOLDS, relation=relation, lhs=x, rhs=y)
    if x > y or (strict and x >= y):
        return Judgement(Outcome.FAILS, relation=relation, lhs=x, rhs=y, gap=abs(x - y).abs_lower())
    overlap = _overlap(relation, x, y, _DIGITS[-1])
    if strict:  # equal to many digits says nothing for a strict order
        return replace(overlap, outcome=Outcome.UNDECIDED, certified=False, slack=None)
    return overlap
