"""What can be seen of a value, in Lean's text and in the float runtime, as plain data that can be compared.

A tensor is seen as its dimensions and numbers, a node also by what its backward closure passes on, for a
gradient that fits and for one that does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from leanmirror.bridge.compile.inductive import Data
from leanmirror.bridge.fidelity.two_sides import raised
from leanmirror.bridge.fidelity.values import shown_value
from leanmirror.runtime.autograd.engine.core.core import Node, Tape
from leanmirror.runtime.context import AnyTensor
from leanmirror.runtime.errors import AutogradError
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.judge.balls import ball
from leanmirror.spec.judge.judgement import TRUE, Judgement, Outcome, all_of, at, truth, undecided
from leanmirror.spec.judge.types import Value

CLOSE = Fraction(1, 10**9)
"""How far apart a float and the certified value may be, relative to 1 + its size."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A kind of value and its parts: numbers, names, other values that are seen."""

    kind: str
    parts: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {', '.join(map(_shown, self.parts))}".strip()


def _shown(part: Any) -> str:
    return f"({part})" if isinstance(part, Seen) else shown_value(part)


def seen(value: Value) -> Seen:
    """What there is to see of a value of the text."""
    match value:
        case Data(constructor="Option.none"):
            return Seen("none")
        case Data(constructor="Option.some", fields=(x,)):
            return seen(x)
        case Data(constructor="Except.ok", fields=(x,)):
            return Seen("ok", (seen(x),))
        case Data(constructor="Except.error", fields=(message,)):
            return Seen("error", (message,))
        case Data(constructor="Runtime.AnyTensor.mk", fields=(_, t)):
            return seen(t)
        case Data(constructor="Runtime.Autograd.Tape.mk", fields=(nodes,)):
            return Seen("tape", tuple(map(seen, nodes)))
        case Data(constructor="Runtime.Autograd.Node.mk", fields=(name, any_, flag, parents, rule)):
            t = any_.fields[1]
            passed = [seen(rule(raised(AnyTensor(g)))) for g in gradients(t.shape.dims)]
            return Seen("node", (seen(name), seen(t), flag, tuple(parents), *passed))
        case Tensor():
            return Seen("tensor", (value.shape.dims, *value.entries))
        case list() | tuple():
            return Seen("list", tuple(map(seen, value)))
        case dict():
            return Seen("map", tuple(seen(item) for item in sorted(value.items())))
    return Seen("data", (value,))


def seen_in_runtime(value: Any) -> Seen:
    """What there is to see of a value of the runtime."""
    match value:
        case None:
            return Seen("none")
        case AnyTensor():
            return seen_in_runtime(value.t)
        case np.ndarray():
            return Seen("tensor", (value.shape, *(float(x) for x in value.ravel())))
        case Tape():
            return Seen("tape", tuple(map(seen_in_runtime, value.nodes)))
        case Node():
            passed = [attempted(value.backward, AnyTensor(g)) for g in gradients(value.value.s)]
            name = seen_in_runtime(value.name)
            return Seen(
                "node",
                (name, seen_in_runtime(value.value), value.requires_grad, tuple(value.parents), *passed),
            )
        case Sequence() if not isinstance(value, str):
            return Seen("list", tuple(map(seen_in_runtime, value)))
        case Mapping():
            return Seen("map", tuple(seen_in_runtime(item) for item in sorted(value.items())))
        case np.floating():
            return Seen("data", (float(value),))
    return Seen("data", (value,))


def attempted(function: Callable[..., Any], *args: Any, **named: Any) -> Seen:
    """What a function of the runtime gives, or the error that it raises."""
    try:
        return Seen("ok", (seen_in_runtime(function(*args, **named)),))
    except AutogradError as error:
        return Seen("error", (str(error),))


def gradients(dims: tuple[int, ...]) -> Iterator[np.ndarray[Any, Any]]:
    """An upstream gradient of that shape, and one of another."""
    count = int(np.prod(dims, dtype=int))
    yield np.array([(-1) ** k * (k + 2) / 4 for k in range(count)], dtype=float).reshape(dims)
    yield np.ones((*dims, 2))


def same(text: Seen, runtime: Seen) -> Judgement:
    """Whether both sides are seen as one, numbers as near as floats come."""
    if text.kind != runtime.kind or len(text.parts) != len(runtime.parts):
        return truth(False)
    return all_of(
        at(i, _same_part(*pair)) for i, pair in enumerate(zip(text.parts, runtime.parts, strict=True))
    )


def _same_part(text: Any, runtime: Any) -> Judgement:
    if isinstance(text, Seen):
        return same(text, runtime) if isinstance(runtime, Seen) else truth(False)
    if isinstance(text, arb | Fraction) or isinstance(runtime, float):
        return _near(text, runtime)
    return truth(bool(text == runtime))


def _near(text: Any, runtime: Any) -> Judgement:
    if isinstance(text, str | tuple) or isinstance(runtime, str | tuple):
        return truth(False)
    if not np.isfinite(runtime):
        return undecided("the float is not finite: over ℝ there is no such value")
    x, y = arb(text) if not isinstance(text, Fraction) else ball(text), arb(runtime)
    gap = abs(x - y) - ball(CLOSE) * (1 + abs(x))
    if gap < 0:
        return TRUE
    if gap > 0:
        return Judgement(Outcome.FAILS, relation="=", lhs=x, rhs=y, gap=abs(x - y).abs_lower())
    return undecided("the float is about as far off as it may be")
