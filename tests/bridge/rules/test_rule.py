"""`check_rule`: wrong rules are refuted, right ones stand, junk is told, kinks are what was asked for."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction as Q
from typing import Any

import pytest

from leanmirror import rules as lm
from leanmirror.spec.errors import BadInput
from tests.bridge.commands.test_schemas import faults
from tests.bridge.rules.cases import CASES, Case


@pytest.mark.parametrize("each", CASES, ids=[each.name for each in CASES])
def test_a_wrong_rule_is_refuted(each: Case) -> None:
    report = lm.check_rule(each.f, vjp=each.wrong, name=each.name, **each.options)
    assert "refuted" == report.verdict, report.text


RIGHT = [each for each in CASES if each.right is not None]


@pytest.mark.parametrize("each", RIGHT, ids=[each.name for each in RIGHT])
def test_a_right_rule_stands(each: Case) -> None:
    lm.check_rule(each.f, vjp=each.right, name=each.name, examples=50, **each.options).assert_ok()


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("each", CASES, ids=[each.name for each in CASES])
def test_at_any_seed(each: Case, seed: int) -> None:
    assert "refuted" == lm.check_rule(each.f, vjp=each.wrong, seed=seed, **each.options).verdict
    if each.right is not None:
        lm.check_rule(each.f, vjp=each.right, seed=seed, **each.options).assert_ok()


JUNK: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "abs by x/|x| (burn#2249)": (abs, lambda x, g: g * x / abs(x), {"inputs": "", "at_kinks": "subgradient"}),
    "pow by n·xⁿ/x (pytorch#8940)": (lambda x: x**2, lambda x, g: 2 * g * x**2 / x, {"inputs": ""}),
    "pow's exponent by log of the base (pytorch#27134)": (
        lm.pow,
        lambda a, b, g: (g * b * lm.pow(a, b - 1), g * lm.pow(a, b) * lm.log(a)),
        {"inputs": ("", ""), "where": lambda a, b: a >= 0 and b > 1},
    ),
    "cbrt by a power of a negative number (Enzyme-JAX#2571)": (
        lambda x: lm.sign(x) * lm.exp(lm.log(abs(x)) / 3),
        lambda x, g: g * lm.exp(-2 * lm.log(x) / 3) / 3,
        {"inputs": "", "where": lambda x: x < 0},
    ),
    "norm at 0 (pytorch#2421)": (
        lambda x: lm.sqrt(lm.sum(x * x)),
        lambda x, g: g * x / lm.sqrt(lm.sum(x * x)),
        {"inputs": "n+1", "at_kinks": "subgradient"},
    ),
}


@pytest.mark.parametrize("name", JUNK)
def test_what_holds_only_by_totality_is_told(name: str) -> None:
    f, vjp, options = JUNK[name]
    told = lm.check_rule(f, vjp=vjp, **options)
    assert told.ok, told.text
    assert told.junk
    assert "holds only because" in told.text
    assert "refuted" == lm.check_rule(f, vjp=vjp, junk="refute", **options).verdict


def test_a_guarded_rule_is_not_told() -> None:
    def guarded(x: Any, g: Any) -> Any:
        size = lm.sqrt(lm.sum(x * x))
        return g * lm.where(size == 0, 0, x / size)

    report = lm.check_rule(lambda x: lm.sqrt(lm.sum(x * x)), vjp=guarded, at_kinks="subgradient")
    assert (True, ()) == (report.ok, report.junk)


def ties(x: Any, g: Any) -> Any:
    top = lm.where(x == lm.max(x), 1, 0)
    return g * top / lm.sum(top)


def first(x: Any, g: Any) -> Any:
    return g * lm.one_hot(lm.argmax(x), len(x))


@pytest.mark.parametrize(
    ("vjp", "kinks", "verdict"),
    [
        (ties, "exact", "refuted"),
        (ties, "subgradient", "no_counterexample"),
        (ties, "min_norm", "no_counterexample"),
        (first, "subgradient", "no_counterexample"),
        (first, "min_norm", "refuted"),
        (first, "skip", "no_counterexample"),
    ],
)
def test_what_is_asked_at_a_kink(vjp: Any, kinks: str, verdict: str) -> None:
    assert verdict == lm.check_rule(lm.max, vjp=vjp, inputs="n+1", at_kinks=kinks).verdict


def relu(x: Any) -> Any:
    return lm.maximum(x, 0)


@pytest.mark.parametrize(("slope", "verdict"), [("0.5", True), ("0", True), ("1", True), ("1.1", False)])
def test_a_slope_at_a_kink_lies_between_the_slopes_beside_it(slope: str, verdict: bool) -> None:
    def vjp(x: Any, g: Any) -> Any:
        return g * lm.where(x > 0, 1, lm.where(x < 0, 0, Q(slope)))

    assert verdict == lm.check_rule(relu, vjp=vjp, inputs="", at_kinks="subgradient").ok


@pytest.mark.parametrize("point", [2.718281828, Decimal("2.718281828"), "2.718281828", Q(2718281828, 10**9)])
def test_a_point_that_is_asked_for_is_taken_exactly(point: Any) -> None:
    hole = Q(2718281828, 10**9) if not isinstance(point, float) else Q(point)

    def vjp(x: Any, g: Any) -> Any:
        return g * (0 if x == hole else 2 * x)

    report = lm.check_rule(lambda x: x * x, vjp=vjp, inputs="", at=[point], examples=1)
    assert "refuted" == report.verdict


def test_points_give_sizes_and_parameters() -> None:
    point = {"A": [[1, 2, 3], [4, 5, 6]], "c": 2}
    report = lm.check_rule(
        lambda A, c: c * A,
        vjp=lambda A, g, c: g * (c if A.shape != (2, 3) else 1),
        inputs={"A": "m n"},
        params={"c": lm.RealT()},
        at=[point],
        examples=1,
    )
    wrong = report.counterexample
    assert wrong is not None
    assert (("c", "2"), ("A", "[[1, 2, 3], [4, 5, 6]]")) == wrong.at.values
    assert ("A[0, 0]", "[0, 0]") == (wrong.entry, wrong.output)


def test_a_transposed_gradient_is_told_by_input_and_index() -> None:
    report = lm.check_rule(
        lambda A, B: A @ B, vjp=lambda A, B, g: (g @ B.T, A @ g), inputs=("n n", "n n"), seed=1
    )
    assert "for B[" in report.text, report.text


def test_a_gradient_of_another_shape_is_a_counterexample() -> None:
    report = lm.check_rule(lambda A, B: A @ B, vjp=lambda A, B, g: (g @ B.T, g.T @ A), inputs=("m k", "k n"))
    assert "the gradient of B has the shape" in report.text, report.text


def test_several_outputs_and_both_modes() -> None:
    def rotated(x: Any, y: Any) -> Any:
        return x - y, x + y

    good = lm.check_rule(
        rotated,
        vjp=lambda x, y, g, h: (g + h, h - g),
        jvp=lambda x, y, dx, dy: (dx - dy, dx + dy),
        inputs=("n", "n"),
    )
    assert good.ok, good.text
    bad = lm.check_rule(rotated, jvp=lambda x, y, dx, dy: (dx - dy, dx - dy), inputs=("n", "n"))
    assert "jvp gives" in bad.text, bad.text


def test_a_second_derivative_is_judged_when_asked() -> None:
    assert lm.check_rule(lm.exp, vjp=lambda x, g: g * lm.exp(x), order=2).ok
    wrong = lm.check_rule(lm.tanh, vjp=lambda x, g: g * lm.where(abs(x) < 1, 1 - lm.tanh(x) ** 2, 1), order=2)
    assert not wrong.ok


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "there is no rule to judge"),
        ({"vjp": lambda x, g: g, "at_kinks": "average"}, "at_kinks='average' is not offered"),
        ({"vjp": lambda x, g: g, "inputs": "n-1"}, "is no size"),
        ({"vjp": lambda x, g: g, "inputs": "a b c d e"}, "at most 4 dimensions"),
        ({"vjp": lambda x, g: None}, "is None"),
        ({"vjp": lambda x, g: __import__("math").exp(x[0]), "inputs": "2"}, "leanmirror.rules"),
        ({"vjp": lambda x, g: __import__("numpy").exp(x), "inputs": "2"}, "leanmirror.rules"),
        ({"vjp": lambda x, g: g * float("inf")}, "no real number"),
    ],
)
def test_what_cannot_be_run_is_told_in_one_line(options: dict[str, Any], text: str) -> None:
    with pytest.raises(BadInput, match=text):
        lm.check_rule(lambda x: x, **options)


def test_a_verdict_has_no_truth_value() -> None:
    report = lm.check_rule(lambda x: x, vjp=lambda x, g: g)
    with pytest.raises(TypeError, match="assert_ok"):
        bool(report)
    with pytest.raises(AssertionError, match="refuted"):
        lm.check_rule(lambda x: x, vjp=lambda x, g: -g).assert_ok()


def test_lean_style_writes_definitions() -> None:
    report = lm.check_rule(lambda x: x, vjp=lambda x, g: -g, inputs="", style="lean")
    assert "\n  x := " in report.text


def test_a_report_is_json() -> None:
    found = lm.check_rule(lambda x: x, vjp=lambda x, g: -g, inputs="").to_json()
    assert "refuted" == found["verdict"]
    assert [] == faults(found)
    assert [] == faults(lm.check_rule(abs, vjp=lambda x, g: g * x / abs(x), at_kinks="skip").to_json())


def test_no_framework_is_imported() -> None:
    code = "import sys, leanmirror.rules; print({'torch', 'jax', 'autograd'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()\n" == done.stdout
