"""Two sides as claims: at the same arguments both give the same value, view by view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from leanmirror.bridge.compile.claims import claim_about
from leanmirror.bridge.compile.compiler import Closure, Values
from leanmirror.bridge.compile.inductive import DataT
from leanmirror.bridge.compile.magnitudes import numbers
from leanmirror.bridge.compile.meanings.logic import equal_at
from leanmirror.bridge.compile.values import conformed
from leanmirror.bridge.core.term import Term
from leanmirror.bridge.fidelity.sides import Side, drawn
from leanmirror.bridge.fidelity.views import View, views
from leanmirror.spec.errors import LeanMirrorError, ShapeError, Undecided, Unsupported
from leanmirror.spec.judge.claim import Claim, Env
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement, Outcome, truth
from leanmirror.spec.judge.types import RealT, Space, Type, Value

FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""What goes wrong in a Python function that is given what its Lean name takes."""


class NotEvaluated(LeanMirrorError):
    """The text's side has no value at an example: nothing is compared there."""


@dataclass(frozen=True)
class Comparison:
    """One view of both sides: the claim that they agree, and each side's value at an example's values."""

    label: str
    claim: Claim
    values: Callable[[Env], Values]
    text: Closure
    other: Closure


def comparisons(text: Side, other: Side, constants: Term | None = None, label: str = "") -> list[Comparison]:
    """The claims that both sides agree, one for each view of the text's value; `label` comes before theirs.

    `constants`: a term whose numerals are drawn too. Raises Unsupported where the text's side cannot be run
    or looked at, and OtherForm where the other side is of another form.
    """
    mine, others = views(text), views(other)
    if [view.label for view in mine] != [view.label for view in others]:
        raise OtherForm(f"{_forms(mine)} in the text, {_forms(others)} on the other side")
    near = () if constants is None else numbers((constants,))
    return [_comparison(text, other, a, b, near, label) for a, b in zip(mine, others, strict=True)]


class OtherForm(LeanMirrorError):
    """The two sides take different arguments, or give values of different kinds."""


def _forms(found: list[View]) -> str:
    return ", ".join(view.label or "a value" for view in found)


def _comparison(
    text: Side, other: Side, mine: View, others: View, near: tuple[Fraction, ...], before: str
) -> Comparison:
    renamed = _renaming(text, other, mine, others)
    left = text.compiler.compile(mine.term)
    right = _renamed(other.compiler.compile(others.term), renamed, other.fixed)
    of_type = _types if mine.sort or mine.seen else text.compiler.compile(mine.type)
    if mine.seen is not None and others.seen is not None:
        left, right = _through(mine.seen, left), _through(others.seen, right)
    part = _judge(left, right, of_type, sort=mine.sort)
    if other.declared.interpreted:
        of_other = other.compiler.compile(others.type) if not mine.sort else _types
        types = [*_pairs_of_types(text, other, mine, others, renamed)]
        types.append((of_type, _renamed(of_other, renamed, other.fixed)))
        part = _both_texts((left, right), types, part, sort=mine.sort)
    binders = (*text.binders, *mine.binders)
    label = f"{before} {mine.label}".strip()
    found, values = claim_about(
        text.compiler, binders, part, name=f"{text.name} {label}".strip(), constants=near
    )
    return Comparison(label, found, values, left, right)


def _through(seen: Callable[[Value], Value], side: Closure) -> Closure:
    return lambda env: seen(side(env))


def _types(_: Values) -> Value:
    return None


def _renaming(text: Side, other: Side, mine: View, others: View) -> dict[int, int]:
    """The id of each variable of the other side, with that of the text's variable in its place."""
    one, two = (*text.drawn, *drawn(mine.binders)), (*other.drawn, *drawn(others.binders))
    if len(one) != len(two):
        raise OtherForm(f"{len(one)} arguments in the text, {len(two)} on the other side")
    return {b.var.id: a.var.id for a, b in zip(one, two, strict=True)}


class _OfNumbers(dict[int, Value]):
    """Values by id; what has none is a type, and that is ℝ."""

    def __missing__(self, key: int) -> Value:
        return RealT()


def _renamed(closure: Closure, ids: Mapping[int, int], fixed: Mapping[int, Value]) -> Closure:
    def renamed(env: Values) -> Value:
        return closure(_OfNumbers({**fixed, **{own: env[theirs] for own, theirs in ids.items()}}))

    return renamed


def _pairs_of_types(
    text: Side, other: Side, mine: View, others: View, ids: Mapping[int, int]
) -> Iterator[tuple[Closure, Closure]]:
    """What the types of each argument are on both sides."""
    one, two = (*text.drawn, *drawn(mine.binders)), (*other.drawn, *drawn(others.binders))
    for a, b in zip(one, two, strict=True):
        of_other = other.compiler.compile(b.type)
        yield text.compiler.compile(a.type), _renamed(of_other, ids, other.fixed)


def _both_texts(
    values: tuple[Closure, Closure],
    types: Sequence[tuple[Closure, Closure]],
    part: Callable[[Values], Judgement],
    *,
    sort: bool,
) -> Callable[[Values], Judgement]:
    """The judgement where both sides have a value, of one type, at arguments of one type."""

    def judge(env: Values) -> Judgement:
        for mine, others in types:
            one, two = (text_value(each, _types, env)[0] for each in (mine, others))
            if not same_type(one, two):
                raise NotEvaluated("the types of the two texts are not the same")
        found = [text_value(each, types[-1][0], env)[0] for each in values]
        if sort and any(isinstance(each, DataT) for each in found):
            raise NotEvaluated("a type of the text is known by its name only")
        return part(env)

    return judge


def _judge(left: Closure, right: Closure, of_type: Closure, *, sort: bool) -> Callable[[Values], Judgement]:
    def judge(env: Values) -> Judgement:
        expected, kind = text_value(left, of_type, env)
        try:
            found = right(env)
            if sort:
                return truth(same_type(expected, found))
            if kind is None:
                return equal(expected, found)
            found = conformed(kind, found)
            kind.check(found)
            return equal_at(kind, expected, found)
        except (Undecided, NotEvaluated):
            raise
        except (LeanMirrorError, *FAULTS) as error:
            return Judgement(Outcome.FAILS, note=f"the other side raises {type(error).__name__}: {error}")

    return judge


def same_type(one: Value, two: Value) -> bool:
    """The types are one; of two spaces with one point nothing more is asked."""
    points = [each.dimension == 0 for each in (one, two) if isinstance(each, Space)]
    return points == [True, True] or bool(one == two)


def text_value(left: Closure, of_type: Closure, env: Values) -> tuple[Value, Type | None]:
    """The value of the text's side, and its type. Raises NotEvaluated where there is none."""
    try:
        kind = of_type(env)
        value = left(env)
        if kind is not None:
            value = conformed(kind, value)
            kind.check(value)
    except Undecided:
        raise
    except Unsupported as error:
        raise NotEvaluated(str(error)) from None
    except ShapeError as error:
        raise NotEvaluated(f"the text's value: {error}") from None
    except FAULTS as error:
        raise NotEvaluated(f"internal: {type(error).__name__}: {error}") from error
    return value, kind
