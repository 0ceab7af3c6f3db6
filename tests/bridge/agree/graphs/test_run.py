"""Random graphs on tapes agree with the spec; a wrong rule or accumulation does not, and is made small."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import CodeType, FunctionType
from typing import Any

import numpy as np
import pytest

from leanmirror.bridge.agree.graphs.allowances import Allowances
from leanmirror.bridge.agree.graphs.cases import Case
from leanmirror.bridge.agree.graphs.compare import against, compare, expected
from leanmirror.bridge.agree.graphs.run import agree_graphs, cases
from leanmirror.bridge.agree.graphs.twins import twins
from leanmirror.bridge.check.agreement_rows import GRAPHS, agreement_rows, rows_of, run_row
from leanmirror.runtime.autograd.engine.core import backward
from leanmirror.runtime.kernels import activations, elementwise, linear
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.graphs.recipes import GraphRecipe, Step
from tests.spec.mutation.mutants import mutants, planted

NODES = "Proofs.Autograd.TapeNodes"
ONE = (Fraction(1),)
ZERO = (Fraction(0),)


def _planted(function: Callable[..., Any], old: str, new: str) -> Any:
    """The function with one edit that the general mutants or `of_sweeps` make."""
    from tests.runtime.mutation.edits import of_kernels, of_sweeps

    assert isinstance(function, FunctionType)
    more = of_kernels if ".kernels." in function.__module__ else of_sweeps
    found = [m for m in mutants(function, more=more) if m.change == f"{old} -> {new}"]
    assert found, f"{function.__qualname__} has no '{old}'"
    assert isinstance(found[0].code, CodeType)
    return planted(found[0])


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_random_graphs_agree(dtype: str) -> None:
    report = agree_graphs(120, dtype=dtype, seed=1)
    assert "" == "\n".join(d.text for d in report.disagreements)
    assert report.within
    assert sum(report.left_out.values()) < 0.2 * report.graphs
    assert report.smooth > 0.4 * report.graphs
    assert 0.5 < report.worst <= 1.0
    assert report.bound < {"float64": 1e-12, "float32": 1e-3}[dtype]


def test_the_operations_of_the_mirrored_modules_are_drawn() -> None:
    drawn = {s.operation for c in cases(150, 30, 0) for s in c.recipe.steps}
    assert set(twins()) == drawn
    assert {
        "relu",
        "exp",
        "linear",
        "softmaxLast",
        "logSoftmaxLast",
        "matmul",
        "gelu",
        "safeLog",
        "log",
        "inv",
    } <= {lean.rpartition(".")[2] for lean in drawn}


def test_graphs_share_values_and_leave_some_unread() -> None:
    drawn = list(cases(100, 30, 0))
    reads = [[i for s in c.recipe.steps for i in s.reads] for c in drawn]
    assert any(len(set(r)) < len(r) for r in reads)
    assert any(set(range(len(c.recipe.Γ))) - set(r) for c, r in zip(drawn, reads, strict=True))
    assert any(
        s.reads[:1] * 2 == s.reads for c in drawn for s in c.recipe.steps if s.operation.endswith("matmul")
    )
    assert any(s.size == 0 for c in drawn for s in c.shapes)
    assert {True, False} == {c.output is None for c in drawn}


def test_the_same_seed_draws_the_same_graphs() -> None:
    assert list(cases(5, 10, 3)) == list(cases(5, 10, 3))
    assert list(cases(5, 10, 3)) != list(cases(5, 10, 4))


WRONG = [
    (backward._sweep, "add(old, contribution, old)", "grads[p] = contribution"),
    (backward._sweep, "add(old, left, old)", "grads[a] = left"),
    (backward._sweep, "add(old, right, old)", "grads[b] = right"),
    (backward._accumulate, "np.add(old, c)", "c"),
    (activations.tanh_backward, "return np.multiply(d, g, d)", "return np.negative(np.multiply(d, g, d))"),
    (activations.softmax_backward, "return np.multiply(y, d, d)", "return np.negative(np.multiply(y, d, d))"),
    (activations.exp_backward, "return np.multiply(y, g)", "return np.negative(np.multiply(y, g))"),
    (elementwise.relu_backward, "np.greater", "np.less"),
    (
        elementwise.sub_backward,
        "return (g, np.subtract(CONSTANTS[g.dtype].zero, g))",
        "return (np.subtract(CONSTANTS[g.dtype].zero, g), g)",
    ),
    (linear.matmul_backward, "np.matmul(g, b.swapaxes(-1, -2))", "np.matmul(b.swapaxes(-1, -2), g)"),
]


@pytest.mark.parametrize(("function", "old", "new"), WRONG, ids=[f"{f.__name__}: {n}" for f, _, n in WRONG])
def test_a_wrong_rule_or_accumulation_is_found_and_made_small(
    function: Callable[..., Any], old: str, new: str
) -> None:
    with _planted(function, old, new):
        report = agree_graphs(120, nodes=12, seed=0, keep=1)
        row = run_row(GRAPHS, examples=200, seed=0)
    assert not report.within
    assert "refuted" == row.verdict
    (found,) = report.disagreements
    assert len(found.case.recipe.steps) <= 4
    assert "g := (Graph.nil : Graph" in found.text
    assert not compare(found.case, found.dtype).fault  # the right code agrees at the very same case


def test_a_disagreement_says_where_in_leans_words() -> None:
    with _planted(
        activations.exp_backward, "return np.multiply(y, g)", "return np.negative(np.multiply(y, g))"
    ):
        (found,) = agree_graphs(60, nodes=6, seed=0, keep=1).disagreements
    assert "TapeNodes.exp" in found.text
    assert "gradient of value" in found.fault
    assert "off by more than" in found.fault


SQUARE = Case(
    GraphRecipe((Shape((1,)),), (Step(f"{NODES}.mul", {"a": 0, "b": 0}),)), ((Fraction(3),),), (ZERO, ONE)
)


def test_bounds_by_hand() -> None:
    """x·x at 3: the product rounds once; its gradient is two products and their sum."""
    known = expected(SQUARE, "float64")
    u = 2.0**-53
    assert 4 * u * 2 == float(known.errors[1][0])  # half a unit in the last place of 9
    assert 6 * u <= float(known.backward[0][0]) <= 40 * u
    assert "" == against(known).fault


def test_errors_are_carried_along() -> None:
    """What is off before is off afterwards by as much times the slope."""
    steps = (Step(f"{NODES}.mul", {"a": 0, "b": 0}), Step(f"{NODES}.exp", {"idx": 1}))
    case = Case(GraphRecipe((Shape((1,)),), steps), ((Fraction(2),),), (ZERO, ZERO, ONE))
    known = expected(case, "float32")
    carried = float(known.errors[1][0]) * np.exp(4.0)
    assert carried < float(known.errors[2][0]) < carried + 4 * np.spacing(np.float32(np.exp(4.0)))


def test_bounds_do_not_look_at_the_tape() -> None:
    assert not any(name in Allowances.__dataclass_fields__ for name in ("tape", "found"))
    with _planted(
        activations.exp_backward, "return np.multiply(y, g)", "return np.negative(np.multiply(y, g))"
    ):
        wrong = expected(SQUARE, "float64")
    assert [float(e) for es in expected(SQUARE, "float64").backward for e in es] == [
        float(e) for es in wrong.backward for e in es
    ]


def test_a_value_that_the_output_does_not_depend_on_has_no_gradient() -> None:
    recipe = GraphRecipe(
        (Shape((1,)),) * 2, (Step(f"{NODES}.exp", {"idx": 0}), Step(f"{NODES}.exp", {"idx": 1}))
    )
    case = Case(recipe, (ONE, ONE), (ZERO, ZERO, ONE, ZERO), output=2)
    assert frozenset({0, 2}) == expected(case, "float64").reached
    assert "" == compare(case, "float64").fault


def test_rows_are_selected_by_either_side() -> None:
    assert ["Runtime.Autograd.Tape.tanh"] == rows_of(f"{NODES}.tanh") == rows_of("Runtime.Autograd.Tape.tanh")
    assert ["Runtime.Autograd.Tape.softmax"] == rows_of(f"{NODES}.Batched.softmaxLast")
    assert [GRAPHS] == rows_of("Proofs.Autograd.Algebra.Graph.backpropAllCtx")
    assert [] == rows_of(f"{NODES}.sinh")
    assert 25 <= len(agreement_rows())


def test_a_row_counts_and_names_its_parts() -> None:
    row = run_row("Runtime.Autograd.Tape.tanh", examples=20, seed=0)
    assert "no_counterexample" == row.verdict
    names = [part.name for part in row.parts]
    assert names == [
        f"{d} {t} {u}" for t in ("float64", "float32") for d, u in (("forward", "ulp"), ("backward", "abs"))
    ]
    assert row.certified == sum(part.certified for part in row.parts)
