"""Two definitions run on the same draws: every class of shapes, and what is never agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leanmirror.bridge.comparing.meanings import run_all, same_term
from leanmirror.bridge.comparing.running import Meaning, Runnable, compare_definitions, shape_classes
from leanmirror.bridge.elaborating.elaborate import elaborate
from leanmirror.bridge.elaborating.environment import default
from leanmirror.bridge.lean.reader import read_file
from leanmirror.spec.core.context import div, exp, gt, log
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.claim import Binder, Env
from leanmirror.spec.judge.judgement import undecided

X = Binder("x", lambda _: t.RealT())
TENSOR = (Binder("s", lambda _: t.ShapeT()), Binder("x", lambda env: t.TensorT(env["s"])))


def of_number(f: Callable[[Any], Any], name: str = "x") -> Runnable:
    return Runnable((Binder(name, X.type),), lambda env: f(env[name]))


def softplus(x: Any) -> Any:
    return log(1 + exp(x))


def branching(x: Any) -> Any:
    return x + log(1 + exp(-x)) if gt(x, 0) else log(1 + exp(x))


def spread(env: Env) -> Any:
    """The variance of all entries."""
    entries = env["x"].entries
    if not env["s"].dims or not entries:
        return 0
    mean = div(sum(entries), len(entries))
    return div(sum((x - mean) * (x - mean) for x in entries), len(entries))


def spread_of_rows(env: Env) -> Any:
    """The variance of the means along the first axis: the same for a vector."""
    dims, entries = env["s"].dims, env["x"].entries
    if not dims or not entries:
        return 0
    step = len(entries) // dims[0]
    rows = [div(sum(entries[i * step : (i + 1) * step]), step) for i in range(dims[0])]
    mean = div(sum(rows), len(rows))
    return div(sum((x - mean) * (x - mean) for x in rows), len(rows))


def test_every_shape_of_rank_up_to_three_is_a_class() -> None:
    shapes = list(shape_classes())
    assert 1 + 4 + 16 + 64 == len(shapes) == len(set(shapes))
    assert {Shape(()), Shape((0,)), Shape((2, 3)), Shape((3, 0, 1))} <= set(shapes)


def test_other_words_same_meaning() -> None:
    found = compare_definitions(of_number(softplus), of_number(branching, "z"))
    assert ("same", 60) == (found.meaning, found.draws)


def test_a_difference_in_rank_two_is_found_though_vectors_agree() -> None:
    found = compare_definitions(Runnable(TENSOR, spread), Runnable(TENSOR, spread_of_rows))
    assert "different" == found.meaning
    inputs = dict(found.inputs)
    assert ".dim 1 (.dim 2 .scalar)" == inputs["s"]
    assert found.values is not None
    assert found.values[0] != found.values[1]
    vectors = tuple(Binder(b.name, f) for b, f in zip(TENSOR, (lambda _: t.NatT(), _vector), strict=True))
    one, two = (Runnable(vectors, _on_vectors(f)) for f in (spread, spread_of_rows))
    assert "same" == compare_definitions(one, two).meaning


def _vector(env: Env) -> t.Type:
    return t.TensorT(Shape((env["s"],)))


def _on_vectors(f: Callable[[Env], Any]) -> Callable[[Env], Any]:
    return lambda env: f({"s": Shape((env["s"],)), "x": env["x"]})


def test_an_empty_comparison_is_no_agreement() -> None:
    nobody = Runnable((Binder("i", lambda _: t.FinT(0)),), lambda env: 0)
    assert Meaning("undecided", "no inputs could be drawn", 0) == compare_definitions(nobody, nobody)


def test_what_cannot_be_decided_is_no_agreement() -> None:
    open_ = Runnable((X,), lambda env: env["x"], lambda a, b: undecided("no telling"))
    found = compare_definitions(open_, open_)
    assert ("undecided", "60 of 60 draws could not be decided") == (found.meaning, found.reason)


def test_a_class_without_agreement_is_no_agreement() -> None:
    def only_small(env: Env) -> Any:
        return 0 if len(env["s"].dims) < 3 else env["x"].entries

    one = Runnable(TENSOR, only_small, lambda a, b: undecided("?") if a != 0 else _equal(a, b))
    assert "undecided" == compare_definitions(one, one).meaning


def _equal(a: Any, b: Any) -> Any:
    from leanmirror.spec.judge.judgement import equal

    return equal(a, b)


@pytest.mark.parametrize(
    ("binders", "reason"),
    [((X, X), "not as many as before"), ((Binder("n", lambda _: t.NatT()),), "other types than before")],
)
def test_other_variables_are_not_compared(binders: tuple[Binder, ...], reason: str) -> None:
    found = compare_definitions(Runnable((X,), lambda env: 0), Runnable(binders, lambda env: 0))
    assert "undecided" == found.meaning
    assert reason in found.reason


def test_what_cannot_be_run_is_undecided() -> None:
    def refuse(_: Env) -> Any:
        raise Unsupported("the body of f")

    found = compare_definitions(Runnable((X,), refuse), Runnable((X,), refuse))
    assert ("undecided", "the body of f") == (found.meaning, found.reason)


def test_a_run_without_end_is_undecided() -> None:
    def endless() -> Meaning:
        while True:
            pass

    quick = Meaning("same", "same term")
    found = run_all([lambda: quick, endless], timeout=1)
    assert quick == found[0]
    assert ("undecided", "resource: time limit of 1 s reached") == (found[1].meaning, found[1].reason)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("(x : ℝ) : x = x", "(y : ℝ) : y = y", True),
        ("(x y : ℝ) : x = y", "(x y : ℝ) : y = x", False),
        ("(x y : ℝ) : x = y", "(y x : ℝ) : y = x", True),
        ("{x : ℝ} : ∀ z, x = z", "(x : ℝ) (z : ℝ) : x = z", True),
        ("(x : ℝ) : x + 1 = 1", "(x : ℝ) : x + 2 = 1", False),
        ("(x : ℝ) : (fun y : ℝ => y) x = x", "(x : ℝ) : (fun z : ℝ => x) x = x", False),
        ("(n : ℕ) : n = n", "(n : ℤ) : n = n", False),
    ],
)
def test_one_term_under_other_names(one: str, two: str, expected: bool) -> None:
    old, new = (
        elaborate(read_file("T.lean", text=f"theorem t {text} := sorry").declarations[0], default()).type
        for text in (one, two)
    )
    assert expected == same_term(old, new)
