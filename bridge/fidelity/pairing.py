"""One definition and its counterpart compared, all views together, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from leanmirror.bridge.check.counterexample import lean_inputs
from leanmirror.bridge.fidelity.branches import Branches
from leanmirror.bridge.fidelity.compared import Comparison, OtherForm, comparisons
from leanmirror.bridge.fidelity.comparisons import Answer, Found, compare
from leanmirror.bridge.fidelity.defaults import left_out
from leanmirror.bridge.fidelity.sides import Side
from leanmirror.bridge.fidelity.values import shown_value
from leanmirror.spec.errors import LeanMirrorError, Unsupported
from leanmirror.spec.judge.precision import bits_of, precision
from leanmirror.spec.judge.tally import Counterexample

WORST: tuple[Answer, ...] = ("different", "not evaluated", "undecided", "same")
DIGITS = 50


def with_defaults(text: Side, other: Side) -> list[Comparison]:
    """The comparisons of two sides, and those with a parameter left out that has a default value."""
    body = text.declared.body
    found = comparisons(text, other, body)
    for name, one, two in left_out(text, other):
        found += comparisons(one, two, body, f"default of {name}")
    return found


def paired(
    made: Callable[[], Sequence[Comparison]], branches: Branches, *, draws: int, seed: int
) -> dict[str, Any]:
    """What the comparisons of one definition give: the worst of all, with counts and the first difference."""
    try:
        each = made()
    except OtherForm as error:
        return {**empty("different"), "reason": str(error)}
    except Unsupported as error:
        return {**empty("not evaluated"), "reason": str(error)}
    if not each:
        return {**empty("not evaluated"), "reason": "a value with nothing in it but proofs"}
    found = [compare(comparison, draws=draws, seed=seed) for comparison in each]
    return {**_together(found), "branches": [branches.reached, branches.total], **_difference(each, found)}


def empty(outcome: str) -> dict[str, Any]:
    """A row in which nothing was compared."""
    return {
        "outcome": outcome,
        "compared": 0,
        "undecided": 0,
        "missing": [],
        "branches": [0, 0],
        "reason": None,
        "parts": [],
        "difference": None,
    }


def _together(found: Sequence[Found]) -> dict[str, Any]:
    worst = min(found, key=lambda each: WORST.index(each.answer))
    return {
        **empty(worst.answer),
        "compared": min(each.compared for each in found),
        "undecided": sum(each.undecided for each in found),
        "missing": list(dict.fromkeys(missing for each in found for missing in each.missing)),
        "reason": worst.reason or None,
        "parts": [
            {"part": each.label, "outcome": each.answer, "compared": each.compared}
            for each in found
            if each.label
        ],
    }


def _difference(each: Sequence[Comparison], found: Sequence[Found]) -> dict[str, Any]:
    for comparison, result in zip(each, found, strict=True):
        if result.difference is not None:
            return {"difference": difference(comparison, result.difference)}
    return {}


def difference(comparison: Comparison, found: Counterexample) -> dict[str, Any]:
    """Inputs at which the sides differ, in Lean's words, and both values there."""
    judgement = found.judgement
    values = comparison.values(found.example.realized())
    return {
        "part": comparison.label,
        "inputs": lean_inputs(found.example),
        "text": _value(partial(comparison.text, values)),
        "other": _value(partial(comparison.other, values)),
        "where": list(judgement.where),
        "note": judgement.note or None,
    }


def _value(side: Callable[[], Any]) -> str:
    try:
        with precision(bits_of(DIGITS)):
            return shown_value(side())
    except (LeanMirrorError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
