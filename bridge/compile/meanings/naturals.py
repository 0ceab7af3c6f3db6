"""Naturals, integers, and casts between types of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flint import fmpq

from leanmirror.bridge.compile.compiler import Closure, call
from leanmirror.bridge.compile.kinds import NUMBERS, kind_of
from leanmirror.bridge.compile.meanings.algebra import (
    integer_quotient,
    integer_remainder,
    numeral,
    truncated,
)
from leanmirror.bridge.compile.meanings.base import Form, Table, function, value
from leanmirror.bridge.core.term import Term
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.judgement import truth
from leanmirror.spec.judge.types import Type, Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler


def _cast(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`↑n` of an integer: parameters R, n. Numbers are themselves, elsewhere it is the numeral."""
    n = compiler.compile(args[1])
    return n if kind_of(compiler, args[0]) in NUMBERS else call(numeral, [compiler.compile(args[0]), n])


def rational_cast(of_type: Type, q: Value) -> Value:
    """`↑q`."""
    if not isinstance(of_type, t.RealT):
        raise Unsupported(f"the cast of a rational number to {of_type}")
    return q


def scientific(of_type: Type, mantissa: int, negative: bool, exponent: int) -> Value:
    """A decimal numeral, exact."""
    if not isinstance(of_type, t.RealT):
        raise Unsupported(f"decimal numerals of {of_type}")
    power = 10**exponent
    return fmpq(mantissa, power) if negative else mantissa * power


def coerced(source: Type, target: Type, x: Value) -> Value:
    """`↑x` between types of numbers, whose values are the same."""
    numbers = (t.NatT, t.IntT, t.FinT, t.RealT)
    if isinstance(source, numbers) and isinstance(target, numbers):
        return x % target.n if isinstance(target, t.FinT) else x
    raise Unsupported(f"the coercion of {source} to {target}")


LARGEST = 1000
"""Factorials of larger numbers are not computed, lists of larger sizes not made."""


def small(n: int) -> int:
    """n, as the size of a list or the argument of a factorial."""
    if n > LARGEST:
        raise Unsupported(f"a size of {n}")
    return n


def choose(n: int, k: int) -> int:
    """`Nat.choose n k`."""
    return math.comb(small(n), k)


NATURALS: Table = {
    "Nat.AtLeastTwo": function(lambda n: truth(n >= 2)),
    "Coe.coe": function(coerced),
    "Nat.zero": value(0),
    "Nat.succ": function(lambda n: n + 1),
    "Nat.add": function(lambda n, m: n + m),
    "Nat.mul": function(lambda n, m: n * m),
    "Nat.sub": function(truncated),
    "Nat.pred": function(lambda n: max(n - 1, 0)),
    "Nat.div": function(integer_quotient),
    "Nat.mod": function(integer_remainder),
    "Nat.cast": Form(_cast, 2),
    "Int.cast": Form(_cast, 2),
    "Rat.cast": function(rational_cast),
    "SignType.cast": Form(_cast, 2),
    "OfScientific.ofScientific": function(scientific),
    "Nat.sqrt": function(lambda n: math.isqrt(n)),
    "Nat.factorial": function(lambda n: math.factorial(small(n))),
    "Nat.choose": function(choose),
    "Nat.gcd": function(lambda m, n: math.gcd(m, n)),
    "Nat.lcm": function(lambda m, n: math.lcm(m, n)),
    "Int.natAbs": function(lambda m: abs(m)),
    "Int.toNat": function(lambda m: max(m, 0)),
}
