"""One random graph on the tape, against the spec: values, gradients, and the derivative itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb

from leanmirror.bridge.agree.graphs.allowances import Allowances, Errors, OutOfBounds, top
from leanmirror.bridge.agree.graphs.cases import Case
from leanmirror.bridge.agree.graphs.twins import Taped, array, taped
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.engine.core.backward import backwardDense, backwardDenseFrom
from leanmirror.runtime.errors import AutogradError
from leanmirror.spec.core.scalars.dual import Singular
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import Undecided
from leanmirror.spec.graphs.topology import ancestors
from leanmirror.spec.judge.balls import ball
from leanmirror.spec.judge.derivative import jacobian
from leanmirror.spec.judge.precision import precision
from leanmirror.spec.judge.types import VecT
from leanmirror.spec.proofs.autograd.runtime.link.core import Graph as Link
from leanmirror.spec.proofs.autograd.runtime.link.fderiv import Graph as Algebra
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Tensors
from leanmirror.spec.proofs.autograd.tape.core.fderiv import Graph_, ctxSize, flattenCtx, unflattenCtx
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph

BITS = (192, 768, 3072)


@dataclass(frozen=True, slots=True)
class Exact:
    """What the spec says of a case, in balls: values and gradients of everything.

    `by_fderiv` are the gradients of the inputs again, by `fderiv`, where the graph is smooth there.
    """

    graph: Graph
    values: Tensors
    seeds: Tensors
    gradients: Tensors
    by_fderiv: Tensors | None


def exact(case: Case) -> Exact:
    """The spec's values at the working precision; Undecided where a branch is not decided at it."""
    graph = case.recipe.build(ball)
    inputs = _tensors(case.recipe.Γ, case.inputs)
    seeds = _tensors(case.shapes, case.seeds)
    values = Graph.eval(graph, inputs)
    gradients = Link.backpropAllCtx(Algebra.toAlgebra(graph), inputs, (), seeds)
    return Exact(graph, values, seeds, gradients, _by_fderiv(graph, inputs, seeds))


def _tensors(shapes: Sequence[Any], numbers: Sequence[Sequence[Any]]) -> Tensors:
    return tuple(Tensor(s, [ball(x) for x in xs]) for s, xs in zip(shapes, numbers, strict=True))


def _by_fderiv(graph: Graph, inputs: Tensors, seeds: Tensors) -> Tensors | None:
    """`(fderiv ℝ (evalVec g) x).adjoint seed`, by dual numbers; None at a kink."""
    dom, cod = VecT(ctxSize(graph.Γ)), VecT(ctxSize((*graph.Γ, *graph.ss)))
    try:
        rows = jacobian(lambda x: Graph_.evalVec(graph, x), dom, cod, flattenCtx(inputs))
    except Singular:
        return None
    total: list[Any] = [arb(0)] * dom.n
    for row, c in zip(rows, flattenCtx(seeds), strict=True):
        for j, slope in row.items():
            total[j] += slope * c
    return unflattenCtx(graph.Γ, total)


@dataclass(frozen=True, slots=True)
class Compared:
    """One case in one float type.

    `worst` is the largest error in units of its bound, `bound` the largest bound relative to 1 and the value.
    `fault` says what disagrees, `left_out` why the case does not count; `smooth`: `fderiv` was compared.
    """

    worst: float = 0.0
    bound: float = 0.0
    entries: int = 0
    smooth: bool = False
    fault: str = ""
    left_out: str = ""


def compare(case: Case, dtype: str) -> Compared:
    """Run a case on a tape and compare it with the spec, at a precision that decides."""
    outcome = Compared(left_out="not decided")
    for bits in BITS:
        try:
            known = expected(case, dtype, bits)
        except OutOfBounds as error:
            return Compared(left_out=str(error))
        except Undecided:
            outcome = Compared(left_out="a branch within the error bounds of a value")
            continue
        outcome = against(known)
        if not outcome.left_out:
            break
    return outcome


@dataclass(frozen=True, slots=True)
class Expected:
    """All that a tape is compared with: nothing of it comes from a tape.

    `errors` and `backward` bound what values and gradients may be off; `reached` are the values that the
    output depends on, where reverse mode starts from one output.
    """

    case: Case
    dtype: str
    bits: int
    true: Exact
    errors: Errors
    backward: Errors
    reached: frozenset[int] | None


def expected(case: Case, dtype: str, bits: int = BITS[0]) -> Expected:
    """What the spec says of a case; Undecided where a branch is not decided, OutOfBounds without a bound."""
    with precision(bits):
        true = exact(case)
        allowed = Allowances(case.recipe, true.graph, true.values, dtype)
        errors = allowed.forward()
        backward = allowed.backward(errors, true.seeds, true.gradients)
    reached = None if case.output is None else frozenset({case.output, *ancestors(true.graph, case.output)})
    return Expected(case, dtype, bits, true, errors, backward, reached)


def against(known: Expected) -> Compared:
    """Run the case on a tape and compare."""
    try:
        found = taped(known.case.recipe, known.case.inputs, known.dtype)
        gradients = _gradients(known.case, found, known.dtype)
    except AutogradError as error:
        return Compared(fault=f"the tape refuses the graph: {error}")
    with precision(known.bits):
        return _measured(known, found, gradients)


def _gradients(case: Case, found: Taped, dtype: str) -> list[Array | None]:
    """The tape's gradients of the values, by `backwardDense` from one output or `backwardDenseFrom`."""
    seeds = [array(g, s, dtype) for g, s in zip(case.seeds, case.shapes, strict=True)]
    if case.output is not None:
        one = backwardDense(found.tape, found.ids[case.output], seeds[case.output])
        return [None if (g := one[id]) is None else g.t for id in found.ids]
    total = [np.zeros_like(node.value.t) for node in found.tape.nodes]
    for id, g in zip(found.ids, seeds, strict=True):
        total[id] = g
    every = backwardDenseFrom(found.tape, total)
    return [every[id].t for id in found.ids]


def _measured(known: Expected, found: Taped, gradients: Sequence[Array | None]) -> Compared:
    true, shapes = known.true, known.case.shapes
    present = {i for i, g in enumerate(gradients) if g is not None}
    if known.reached is not None and present != known.reached:
        wanted = sorted(known.reached)
        return Compared(fault=f"gradients at {sorted(present)}, the output depends on {wanted}")
    values = [found.value(i) for i in range(len(found.ids))]
    zeros = [np.zeros(s.dims) if g is None else g for g, s in zip(gradients, shapes, strict=True)]
    if any(x.shape != s.dims for xs in (values, zeros) for x, s in zip(xs, shapes, strict=True)):
        return Compared(fault="a value or gradient of another shape")
    sides = [
        ("value", values, true.values, known.errors),
        ("gradient of value", zeros, true.gradients, known.backward),
    ]
    if true.by_fderiv is not None:
        n = len(true.by_fderiv)
        sides.append(("derivative by value", zeros[:n], true.by_fderiv, known.backward[:n]))
    return _worst(sides, true.by_fderiv is not None)


Side = tuple[str, Sequence[Array], Tensors, Errors]


def _worst(sides: Sequence[Side], smooth: bool) -> Compared:
    worst, loosest, count = 0.0, 0.0, 0
    for what, i, j, y, x, e in _entries(sides):
        off = abs(arb(y) - x) if np.isfinite(y) else arb(np.inf)
        count += 1
        if off.lower() > e or not np.isfinite(y):
            return Compared(
                fault=f"{what} {i}, entry {j}: {y!r}, exactly {arb(x).str(20)}, off by more than {e.str(3)}"
            )
        if not off.upper() <= e:
            return Compared(left_out="not decided")
        worst = max(worst, float(off.upper() / e) if e > 0 else 0.0)
        loosest = max(loosest, float(e / (1 + top(x))))
    return Compared(worst, loosest, count, smooth)


def _entries(sides: Sequence[Side]) -> Iterator[tuple[str, int, int, float, arb, arb]]:
    for what, found, true, errors in sides:
        for i, (ys, t, es) in enumerate(zip(found, true, errors, strict=True)):
            for j, (y, x, e) in enumerate(zip(ys.reshape(-1).tolist(), t.entries, es, strict=True)):
                yield what, i, j, y, arb(x), e
