"""`+ - * / ^ •` and their relatives, by the type that they work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flint import fmpq

from leanmirror.bridge.compile.compiler import Closure, call, constant
from leanmirror.bridge.compile.meanings.base import Form, Table, function
from leanmirror.bridge.compile.meanings.real import rpow
from leanmirror.bridge.compile.values import Family, conformed
from leanmirror.bridge.core.term import Lit, Term
from leanmirror.spec.core import dispatch
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.types import Mat, Type, Value
from leanmirror.spec.judge.types.linear import identity, zero

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler

MOST_BITS = 100_000
Binary = Callable[[Any, Any], Any]


def kind_of(compiler: Compiler, type_: Term) -> str:
    """The kind of a type that decides how to calculate: real, nat, int, fin, or other."""
    if compiler.is_scalar(type_):
        return "real"
    for kind, names in KINDS.items():
        if compiler.types.at_head(type_, *names) is not None:
            return kind
    return "other"


KINDS: Mapping[str, tuple[str, ...]] = {
    "real": ("Real", "Rat"),
    "nat": ("Nat",),
    "int": ("Int",),
    "fin": ("Fin",),
}


def _by_kind(table: Mapping[str, Binary], other: Callable[[Type, Any, Any], Any]) -> Form:
    """An operation on one type: `HAdd.hAdd` and its like, with parameters α, β, γ, a, b; γ decides."""

    def build(compiler: Compiler, args: Sequence[Term]) -> Closure:
        type_, a, b = args[2], compiler.compile(args[3]), compiler.compile(args[4])
        kind = kind_of(compiler, type_)
        if kind in table:
            return call(table[kind], [a, b])
        return call(other, [compiler.compile(type_), a, b])

    return Form(build, 5)


def add(of_type: Type, a: Value, b: Value) -> Value:
    """`a + b` in a space, or entry by entry."""
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return a + b
    if isinstance(of_type, t.FinT):
        return (a + b) % of_type.n
    if isinstance(of_type, t.CLMT | t.VecT):
        return of_type.add(a, b)
    if isinstance(of_type, t.Space):
        return of_type.add(conformed(of_type, a), conformed(of_type, b))
    if isinstance(of_type, t.PiT):
        return Family([add(of_type.of_type, x, y) for x, y in zip(a, b, strict=True)])
    if isinstance(of_type, t.FunT):
        return lambda x: add(of_type.cod, a(x), b(x))
    raise Unsupported(f"+ on {of_type}")


def neg(of_type: Type, a: Value) -> Value:
    """`-a`."""
    if isinstance(of_type, t.RealT | t.IntT):
        return -a
    if isinstance(of_type, t.FinT):
        return -a % of_type.n
    if isinstance(of_type, t.FunT):
        return lambda x: neg(of_type.cod, a(x))
    return smul(of_type, -1, a)


def sub(of_type: Type, a: Value, b: Value) -> Value:
    """`a - b`; truncated on ℕ, modulo n on `Fin n`."""
    if isinstance(of_type, t.RealT | t.IntT):
        return a - b
    if isinstance(of_type, t.NatT):
        return max(a - b, 0)
    if isinstance(of_type, t.FinT):
        return (a - b) % of_type.n
    return add(of_type, a, neg(of_type, b))


def smul(of_type: Type, c: Value, a: Value) -> Value:
    """`c • a` for a number c."""
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return c * a
    if isinstance(of_type, t.CLMT | t.VecT):
        return of_type.smul(c, a)
    if isinstance(of_type, t.Space):
        return of_type.smul(c, conformed(of_type, a))
    if isinstance(of_type, t.FunT):
        return lambda x: smul(of_type.cod, c, a(x))
    raise Unsupported(f"• on {of_type}")


def mul(of_type: Type, a: Value, b: Value) -> Value:
    """`a * b`: numbers, matrices of the same size, functions and composed linear maps."""
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return a * b
    if isinstance(of_type, t.FinT):
        return a * b % of_type.n
    if isinstance(of_type, t.MatT) and of_type.m == of_type.n:
        return matrix_product(conformed(of_type, a), conformed(of_type, b))
    if isinstance(of_type, t.CLMT):
        return a.comp(b)
    if isinstance(of_type, t.PiT):
        return Family([mul(of_type.of_type, x, y) for x, y in zip(a, b, strict=True)])
    if isinstance(of_type, t.FunT):
        return lambda x: mul(of_type.cod, a(x), b(x))
    raise Unsupported(f"* on {of_type}")


def matrix_product(a: Mat, b: Mat) -> Mat:
    """The product of an m×n and an n×p matrix."""
    columns = [[row[k] for row in b.rows] for k in range(b.n)]
    return Mat(a.m, b.n, [[dot(row, column) for column in columns] for row in a.rows])


def dot(x: Sequence[Any], y: Sequence[Any]) -> Any:
    """`v ⬝ᵥ w`."""
    return sum(a * b for a, b in zip(x, y, strict=True))


def divided(of_type: Type, a: Value, b: Value) -> Value:
    """`a / b`: total."""
    if isinstance(of_type, t.RealT):
        return dispatch.div(a, b)
    if isinstance(of_type, t.NatT | t.IntT):
        return integer_quotient(a, b)
    if isinstance(of_type, t.PiT):
        return Family([divided(of_type.of_type, x, y) for x, y in zip(a, b, strict=True)])
    if isinstance(of_type, t.FunT):
        return lambda x: divided(of_type.cod, a(x), b(x))
    raise Unsupported(f"/ on {of_type}")


def inverse(of_type: Type, a: Value) -> Value:
    """`a⁻¹`."""
    if isinstance(of_type, t.RealT):
        return dispatch.inv(a)
    if isinstance(of_type, t.PiT):
        return Family([inverse(of_type.of_type, x) for x in a])
    if isinstance(of_type, t.FunT):
        return lambda x: inverse(of_type.cod, a(x))
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
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return natural_power(a, n)
    if isinstance(of_type, t.PiT):
        return Family([power(of_type.of_type, x, n) for x in a])
    if isinstance(of_type, t.FunT):
        return lambda x: power(of_type.cod, a(x), n)
    if isinstance(of_type, t.MatT | t.CLMT) and n > 0:
        found = a
        for _ in range(_bounded(n, 64) - 1):
            found = mul(of_type, found, a)
        return found
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
    """The numeral n of a type."""
    if isinstance(of_type, t.FinT):
        return n % of_type.n
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return n
    if n == 0:
        return zero_of(of_type)
    if n == 1:
        return one_of(of_type)
    return smul(of_type, n, one_of(of_type))


def zero_of(of_type: Type) -> Value:
    """0 of a type."""
    if isinstance(of_type, t.CLMT):
        return zero(of_type.dom, of_type.cod)
    if isinstance(of_type, t.FunT):
        nothing = zero_of(of_type.cod)
        return lambda _: nothing
    if isinstance(of_type, t.Space):
        return of_type.zero()
    return numeral(of_type, 0) if isinstance(of_type, t.FinT) else 0


def one_of(of_type: Type) -> Value:
    """1 of a type: the identity for matrices and linear maps, ones for functions."""
    if isinstance(of_type, t.CLMT) and of_type.dom == of_type.cod:
        return identity(of_type.dom)
    if isinstance(of_type, t.MatT) and of_type.m == of_type.n:
        n = of_type.n
        return Mat(n, n, [[int(i == j) for j in range(n)] for i in range(n)])
    if isinstance(of_type, t.PiT):
        return Family([one_of(of_type.of_type)] * of_type.n)
    if isinstance(of_type, t.FunT):
        whole = one_of(of_type.cod)
        return lambda _: whole
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return 1
    raise Unsupported(f"1 of {of_type}")


def _plus(a: Any, b: Any) -> Any:
    return a + b


def _times(a: Any, b: Any) -> Any:
    return a * b


def _minus(a: Any, b: Any) -> Any:
    return a - b


def truncated(a: int, b: int) -> int:
    """`a - b` of natural numbers."""
    return max(a - b, 0)


def _literal(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`OfNat.ofNat α n`."""
    type_, n = args[0], args[1]
    if isinstance(n, Lit) and kind_of(compiler, type_) in {"real", "nat", "int"}:
        return constant(n.value)
    return call(numeral, [compiler.compile(type_), compiler.compile(n)])


def _unary(table: Mapping[str, Callable[[Any], Any]], other: Callable[[Type, Any], Any]) -> Form:
    """An operation of one argument: parameters α, a."""

    def build(compiler: Compiler, args: Sequence[Term]) -> Closure:
        kind, a = kind_of(compiler, args[0]), compiler.compile(args[-1])
        return call(table[kind], [a]) if kind in table else call(other, [compiler.compile(args[0]), a])

    return Form(build, 2)


def _product(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`a * b`; matrices of different sizes have types of their own on both sides."""
    kind, a, b = kind_of(compiler, args[2]), compiler.compile(args[3]), compiler.compile(args[4])
    if kind in _NUMBERS:
        return call(_times, [a, b])
    if compiler.types.at_head(args[2], "Matrix") is not None:
        left, right = compiler.compile(args[0]), compiler.compile(args[1])
        return call(_matrix_times, [left, right, a, b])
    return call(mul, [compiler.compile(args[2]), a, b])


def _matrix_times(left: Type, right: Type, a: Value, b: Value) -> Mat:
    return matrix_product(conformed(left, a), conformed(right, b))


def _raised(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`a ^ b`, by the type of the exponent."""
    exponent, a, b = kind_of(compiler, args[1]), compiler.compile(args[3]), compiler.compile(args[4])
    base = kind_of(compiler, args[2])
    if exponent == "nat":
        if base in _NUMBERS:
            return call(natural_power, [a, b])
        return call(power, [compiler.compile(args[2]), a, b])
    if exponent == "int" and base == "real":
        return call(integer_power, [a, b])
    if exponent == "real" and base == "real":
        return call(rpow, [a, b])
    raise Unsupported("a power with an exponent of another type than ℕ, ℤ or ℝ")


def _scaled(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`c • a`."""
    type_, c, a = args[2], compiler.compile(args[3]), compiler.compile(args[4])
    if kind_of(compiler, args[0]) not in _NUMBERS:
        raise Unsupported("• by something that is no number")
    if kind_of(compiler, type_) in _NUMBERS:
        return call(_times, [c, a])
    return call(smul, [compiler.compile(type_), c, a])


_NUMBERS = ("real", "nat", "int")

ARITHMETIC: Table = {
    "HAdd.hAdd": _by_kind(dict.fromkeys(_NUMBERS, _plus), add),
    "HSub.hSub": _by_kind({"real": _minus, "int": _minus, "nat": truncated}, sub),
    "HMul.hMul": Form(_product, 5),
    "HDiv.hDiv": _by_kind({"real": dispatch.div, "nat": integer_quotient, "int": integer_quotient}, divided),
    "HMod.hMod": _by_kind({"nat": integer_remainder, "int": integer_remainder}, remainder),
    "HPow.hPow": Form(_raised, 5),
    "HSMul.hSMul": Form(_scaled, 5),
    "Neg.neg": _unary({"real": lambda a: -a, "int": lambda a: -a}, neg),
    "Inv.inv": _unary({"real": dispatch.inv}, inverse),
    "OfNat.ofNat": Form(_literal, 2),
    "Max.max": function(lambda a, b: dispatch.max_(a, b), 1),
    "Min.min": function(lambda a, b: dispatch.min_(a, b), 1),
    "abs": function(lambda a: dispatch.abs_(a), 1),
    "SignType.sign": function(lambda a: dispatch.sign(a), 1),
}
