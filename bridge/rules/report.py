"""What `check_rule` found, in the words of people who write rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np
from flint import arb

from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.rules.problem import Env, Problem, index_of
from leanmirror.spec.core.analytic import as_ball
from leanmirror.spec.judge.judgement import Judgement

SCHEMA = "leanmirror.rule/1"
LEAST, MOST = 6, 60


@dataclass(frozen=True, slots=True)
class At:
    """An input, in full, and the entry of the rule's matrix that is spoken of."""

    values: tuple[tuple[str, str], ...]
    rule: str = ""
    entry: str = ""

    @classmethod
    def of(cls, problem: Problem, env: Env, rule: str, k: int, j: int) -> At:
        """The example, and the entry for output k and input j."""
        return cls(shown(problem, env), rule, problem.place(env, j))

    def __str__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.values)


@dataclass(frozen=True, slots=True)
class Junk:
    """A reason why a rule holds over ℝ and is NaN in floats: at how many examples, the first of them."""

    reason: str
    count: int
    at: At


@dataclass(frozen=True, slots=True)
class Wrong:
    """A counterexample: the example, the rule that is wrong there, and both sides.

    `found` is what the rule gives and `right` the derivative, to enough digits to tell them apart; empty
    where the fault is no number. `entry` names the input, `output` the entry of the output.
    """

    at: At
    rule: str
    entry: str
    output: str
    found: str
    right: str
    gap: str
    note: str
    certified: bool
    shrinks: int


@dataclass(frozen=True, slots=True, repr=False)
class RuleReport(Report):
    """The verdict on a rule. Print it to read it; `assert_ok` is for tests; it has no truth value."""

    verdict: str
    name: str
    examples: int
    digits: int
    seed: int
    style: str = "plain"
    satisfied: int = 0
    certified: int = 0
    undecided: int = 0
    skipped: int = 0
    outside: int = 0
    junk: tuple[Junk, ...] = ()
    counterexample: Wrong | None = None
    reason: str = ""

    @property
    def ok(self) -> bool:
        """No counterexample was found."""
        return self.verdict == "no_counterexample"

    @property
    def exit_status(self) -> int:
        """1 where the rule is refuted, else 0."""
        return int(self.verdict == "refuted")

    def assert_ok(self) -> None:
        """Raise AssertionError with the text unless no counterexample was found."""
        if not self.ok:
            raise AssertionError(self.text)

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has no truth value: use .ok or .assert_ok()")

    def __iter__(self) -> Iterator[Junk]:
        return iter(self.junk)

    @property
    def short(self) -> str:
        """The verdict."""
        return f"{self.name}, {self.verdict.replace('_', ' ')}"

    @property
    def text(self) -> str:
        """A few lines: the verdict, the counterexample, what holds only by Lean's total functions."""
        lines = self._refuted() if self.counterexample is not None else [self._head()]
        for each in self.junk:
            times = f"at {each.count} of {self.examples} examples" if not self.counterexample else "too"
            lines.append(f"  holds only because {each.reason}, {times}: {each.at.rule} of {each.at.entry}")
            lines.append(f"    at {each.at}")
        return "\n".join(lines)

    def _head(self) -> str:
        said = f"{self.verdict.replace('_', ' ')}: {self.name}, {self.satisfied} of {self.examples} examples"
        said += f" ({self.certified} certified, {self.undecided} undecided"
        said += f", {self.skipped} at kinks skipped)" if self.skipped else ")"
        said += f"; {self.outside} of the points given are outside of where" if self.outside else ""
        return said + (f"\n  {self.reason}" if self.reason else "")

    def _refuted(self) -> list[str]:
        wrong = self.counterexample
        assert wrong is not None
        lines = [f"refuted: {self.name} ({wrong.rule})"]
        sign = ":=" if self.style == "lean" else "="
        lines += [f"  {name} {sign} {value}" for name, value in wrong.at.values]
        lines.append(f"  {self._issue(wrong)}")
        sure = f"certified; {self.digits} digits" if wrong.certified else "numerical"
        lines.append(f"  found with seed {self.seed}, after {wrong.shrinks} shrinks ({sure})")
        return lines

    def _issue(self, wrong: Wrong) -> str:
        if not wrong.found:
            return wrong.note
        if wrong.rule == "vjp":
            what = f"vjp gives {wrong.found} for {wrong.entry or 'the input'}"
            what += f", from a cotangent of 1 at output{wrong.output}"
        else:
            what = f"jvp gives {wrong.found} at output{wrong.output}, along {wrong.entry or 'the input'}"
        note = f" ({wrong.note})" if wrong.note and not wrong.note.startswith("∂") else ""
        return f"{what}; the derivative is {wrong.right}, {wrong.gap} apart{note}"

    def to_json(self) -> dict[str, Any]:
        """The report as JSON."""
        wrong = self.counterexample
        return {
            "schema": SCHEMA,
            "name": self.name,
            "verdict": self.verdict,
            "examples": self.examples,
            "satisfied": self.satisfied,
            "certified": self.certified,
            "undecided": self.undecided,
            "skipped": self.skipped,
            "reason": self.reason or None,
            "junk": [{"reason": j.reason, "count": j.count, "at": dict(j.at.values)} for j in self.junk],
            "counterexample": None
            if wrong is None
            else {
                "rule": wrong.rule,
                "at": dict(wrong.at.values),
                "entry": wrong.entry,
                "output": wrong.output,
                "found": wrong.found,
                "right": wrong.right,
                "note": wrong.note,
                "certified": wrong.certified,
            },
        }


def counterexample(problem: Problem, env: Env, rule: str, judgement: Judgement, shrinks: int = 0) -> Wrong:
    """A failing judgement in a rule writer's words."""
    where = judgement.where
    output = _output(problem, env, where[0]) if where and isinstance(where[0], int) else ""
    entry = problem.place(env, where[1]) if len(where) == 2 and isinstance(where[1], int) else ""
    right, found, gap = "", "", ""
    if judgement.relation and judgement.lhs is not None and judgement.rhs is not None:
        right, found = apart(as_ball(judgement.lhs), as_ball(judgement.rhs))
        gap = as_ball(judgement.gap).mid().str(3, radius=False) if judgement.gap is not None else "some way"
    at = At(shown(problem, env), rule, entry)
    return Wrong(at, rule, entry, output, found, right, gap, judgement.note, judgement.certified, shrinks)


def _output(problem: Problem, env: Env, k: int) -> str:
    found = problem.output_shapes(env)
    for i, shape in enumerate(found):
        size = int(np.prod(shape, dtype=int))
        if k < size:
            return (f" {i}" if len(found) > 1 else "") + index_of(shape, k)
        k -= size
    return ""


def apart(a: arb, b: arb) -> tuple[str, str]:
    """Two numbers, with as many digits as it takes to see that they differ."""
    one = two = ""
    for digits in range(LEAST, MOST):
        one, two = (_short(x.mid().str(digits, radius=False)) for x in (a, b))
        if one != two:
            break
    return one, two


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def shown(problem: Problem, env: Env) -> tuple[tuple[str, str], ...]:
    """Parameters and inputs as text; numbers as short as they are exact."""
    values = [(name, str(env[name])) for name in problem.parameters]
    for name, array in zip(problem.shapes, problem.arrays(env, problem.flat(env)), strict=True):
        values.append((name, _nested(array.data.tolist()) if array.ndim else number(array.data[()])))
    return tuple(values)


def _nested(value: Any) -> str:
    return f"[{', '.join(map(_nested, value))}]" if isinstance(value, list) else number(value)


def number(x: Any) -> str:
    """A number as short as it can be and still be exact: a decimal, else a fraction."""
    if isinstance(x, arb) and x.is_exact():
        mantissa, exponent = (int(v) for v in x.man_exp())
        x = mantissa * 2**exponent if exponent >= 0 else _fraction(mantissa, -exponent)
    if isinstance(x, float | arb):
        return arb(x).mid().str(20, radius=False)
    text = str(x)
    if "/" in text and len(text) <= 40:
        p, q = map(int, text.split("/"))
        decimal = repr(p / q) if abs(p) < 2**53 and q < 2**53 else ""
        short = 0 < len(decimal) <= 12 and "e" not in decimal
        return decimal if short and Fraction(decimal) == Fraction(p, q) else text
    return text


def _fraction(p: int, k: int) -> str:
    return str(Fraction(p, 2**k)) if k < 400 else f"{p}/2^{k}"
