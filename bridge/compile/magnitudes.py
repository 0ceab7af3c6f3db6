"""What a statement says of the numbers to be drawn: which it names, and what whole numbers are used for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import isqrt

from leanmirror.bridge.compile.terms import Types, head, head_name
from leanmirror.bridge.core.term import App, Lit, Pi, Term, Var, children
from leanmirror.spec.judge.whole_numbers import Reach

MOST_BITS = 2_000
"""No number is drawn that is longer."""

LEAST = 2
"""Numbers up to this one are drawn anyway."""

CALCULATED = frozenset(
    (
        *("Eq", "Ne", "LT.lt", "LE.le", "GT.gt", "GE.ge", "And", "Or", "Not", "Iff", "Dvd.dvd"),
        *("HAdd.hAdd", "HSub.hSub", "HMul.hMul", "HDiv.hDiv", "HMod.hMod", "Neg.neg", "Inv.inv"),
        *(
            "OfNat.ofNat",
            "Nat.cast",
            "Int.cast",
            "Nat.succ",
            "Nat.pred",
            "Nat.sub",
            "abs",
            "Max.max",
            "Min.min",
        ),
        *("Int.toNat", "Int.natAbs", "Nat.gcd", "Nat.lcm", "Int.gcd", "Even", "Odd", "ite", "Prod.mk"),
        *("Real.sqrt", "Real.log", "Int.floor", "Int.ceil", "Nat.floor", "Nat.ceil"),
    )
)
"""What is computed for numbers of any size at little cost."""

OPERATIONS = ("HAdd.hAdd", "HSub.hSub", "HMul.hMul", "HDiv.hDiv")
GROWING = frozenset(("Real.exp", "Real.sinh", "Real.cosh"))
"""Functions whose values are as long as their arguments are large."""


def numbers(terms: Iterable[Term]) -> tuple[Fraction, ...]:
    """The numbers that are written or computed from written ones, and the roots of those that are squares."""
    found: dict[Fraction, None] = {}
    for term in terms:
        for number in _closed(term):
            if abs(number) > LEAST or number.denominator > 1:
                found[number] = None
                if number.denominator == 1 and (root := isqrt(abs(number.numerator))) ** 2 == number:
                    found[Fraction(root)] = None
    return tuple(found)


def _closed(term: Term) -> Iterator[Fraction]:
    """The numbers that the largest closed parts of a term are."""
    pending = [term]
    while pending:
        each = pending.pop()
        value = number_of(each)
        if value is not None:
            yield value
            if isinstance(each, Lit) or head_name(each) in ("OfNat.ofNat", "OfScientific.ofScientific"):
                continue
        pending.extend(children(each))


def number_of(term: Term) -> Fraction | None:
    """The number that a term is by its form, whatever its type; None where it is none, or a long one."""
    if isinstance(term, Lit):
        return _short(Fraction(term.value))
    name, args = head_name(term), head(term)[1]
    if name == "OfNat.ofNat" and len(args) >= 2:
        return number_of(args[1])
    if name in ("Nat.cast", "Int.cast", "Neg.neg") and args:
        value = number_of(args[-1])
        return value if value is None or name != "Neg.neg" else -value
    if name == "OfScientific.ofScientific" and len(args) >= 3:
        mantissa, exponent = number_of(args[-3]), number_of(args[-1])
        if mantissa is None or exponent is None or exponent > MOST_BITS // 4:
            return None
        down = head_name(args[-2]) == "Bool.true"
        scale = Fraction(10 ** int(exponent))
        return mantissa / scale if down else mantissa * scale
    if name in (*OPERATIONS, "HPow.hPow") and len(args) >= 2:
        one, two = number_of(args[-2]), number_of(args[-1])
        return None if one is None or two is None else _short(_operation(name, one, two))
    return None


def _operation(name: str, a: Fraction, b: Fraction) -> Fraction | None:
    match name:
        case "HAdd.hAdd":
            return a + b
        case "HSub.hSub":
            return a - b
        case "HMul.hMul":
            return a * b
        case "HDiv.hDiv":
            return a / b if b else None
    length = max(abs(a.numerator).bit_length(), a.denominator.bit_length())
    if b.denominator != 1 or abs(b) * length > MOST_BITS or (a == 0 and b < 0):
        return None
    return Fraction(a ** int(b))


def _short(value: Fraction | None) -> Fraction | None:
    long = value is not None and max(abs(value.numerator), value.denominator).bit_length() > MOST_BITS
    return None if long else value


def reaches(types: Types, assumed: Iterable[Term], others: Iterable[Term]) -> dict[int, Reach]:
    """What the variables of propositions, and of the types of other variables, are used for at worst."""
    found: dict[int, Reach] = {}
    for term in assumed:
        _walk(types, term, Reach.PLAIN, found)
    for term in others:
        _walk(types, term, Reach.INDEX, found)
    return found


def _walk(types: Types, term: Term, reach: Reach, found: dict[int, Reach]) -> None:
    if isinstance(term, Var):
        found[term.id] = min(reach, found.get(term.id, reach), key=lambda each: each.value)
        return
    for part, below in _parts(types, term, reach):
        _walk(types, part, below, found)


def _parts(types: Types, term: Term, reach: Reach) -> Iterator[tuple[Term, Reach]]:
    """The parts of a term, each with what numbers in it are used for."""
    name, args = head_name(term), head(term)[1]
    if reach is Reach.INDEX:
        yield from ((each, reach) for each in children(term))
    elif name == "HPow.hPow":
        yield args[-2], reach
        yield args[-1], Reach.EXPONENT if reach is Reach.PLAIN else Reach.INDEX
    elif name in GROWING:
        yield args[-1], Reach.EXPONENT if reach is Reach.PLAIN else Reach.INDEX
    elif name in CALCULATED or (isinstance(term, App) and isinstance(head(term)[0], Var)):
        yield from ((each, reach) for each in args)
    elif isinstance(term, Pi) and types.is_prop(term.type):
        yield term.type, reach
        yield term.body, reach
    else:
        yield from ((each, Reach.INDEX) for each in children(term))
