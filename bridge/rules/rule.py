"""`check_rule`: a function and its derivative rule, judged over ℝ at inputs that are chosen to break it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Any

from flint import arb, fmpq

from leanmirror.bridge.check.node import check_node
from leanmirror.bridge.rules import shapes
from leanmirror.bridge.rules.arrays import exact, objects
from leanmirror.bridge.rules.derivatives import KINKS, judged, second
from leanmirror.bridge.rules.problem import Env, Problem
from leanmirror.bridge.rules.report import At, Junk, RuleReport, counterexample
from leanmirror.bridge.rules.strict import Strict, reason_of
from leanmirror.spec.core.scalars.dual import Refusing
from leanmirror.spec.errors import BadInput, Undecided
from leanmirror.spec.judge.claim import Assume, BinderSpec, Claim, read_binders
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.examples import draw_example
from leanmirror.spec.judge.judgement import FALSE, Judgement, Outcome, all_of, truth
from leanmirror.spec.judge.one_example import hypotheses_hold, judge_parts
from leanmirror.spec.judge.precision import bits_of, decide, precision
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.shrink import shrink
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.tally import Counterexample, Verdict
from leanmirror.spec.judge.types.naturals import NatT
from leanmirror.spec.judge.types.reals import VecT
from leanmirror.spec.proofs.autograd.tape.core.soundness import Node

Points = Sequence[Any]


def check_rule(
    f: Callable[..., Any] | Node,
    *,
    inputs: Any = "n",
    vjp: Callable[..., Any] | None = None,
    jvp: Callable[..., Any] | None = None,
    output: Any = None,
    params: Mapping[str, BinderSpec] | None = None,
    where: Callable[..., Any] | None = None,
    at: Points = (),
    at_kinks: str = "exact",
    order: int = 1,
    junk: str = "tell",
    style: str = "plain",
    name: str = "",
    examples: int = 100,
    digits: int = 50,
    seed: int = 0,
) -> Any:
    """Judge a derivative rule: `vjp(*inputs, *cotangents)`, `jvp(*inputs, *tangents)`, or both.

    `inputs` are shapes such as `"n"`, `("m n", "n")` or `{"A": "m n", "b": "n"}`: names are sizes, which are
    drawn, and which a function gets where it has a parameter of that name; likewise `params`, whose types are
    those of `leanmirror.rules` (`NatT()`, `RealT()`, or a function of sizes to a type). The functions take
    arrays and return arrays, several as a tuple.

    `where` is what is assumed of the inputs. `at` are points to be tried first: an array (or a tuple of one
    per input, or a dict by name) of any numbers, taken exactly. `at_kinks` is what is asked where the
    function has no derivative: `"exact"` (there must be one), `"subgradient"`, `"min_norm"` or `"skip"`.
    `order=2` also asks that the rule, differentiated as it is written, is the second derivative. Where a
    rule holds only because x/0 is 0 in Lean, that is told, and with `junk="refute"` it is a refutation.

    Raises BadInput where something is not expressible, with what is.
    """
    if isinstance(f, Node):
        return check_node(f, name=name or "node", examples=examples, digits=digits, seed=seed)
    _offered(at_kinks, order, junk, style, vjp, jvp)
    named = _inputs(f, inputs)
    wanted = None if output is None else shapes.parsed(output)
    parameters = dict(params or {})
    title = name or getattr(f, "__name__", "rule")
    problem = Problem(f, named, tuple(parameters), vjp, jvp, wanted, title if title != "<lambda>" else "rule")
    judge = _Judge(problem, at_kinks, order, junk, where)
    claim = judge.claim(parameters)
    return judge.report(claim, [judge.point(p) for p in at], examples, digits, seed, style)


def _offered(at_kinks: str, order: int, junk: str, style: str, vjp: object, jvp: object) -> None:
    if vjp is None and jvp is None:
        raise BadInput("there is no rule to judge: give vjp=, jvp= or both")
    for what, found, among in (
        ("at_kinks", at_kinks, KINKS),
        ("order", order, (1, 2)),
        ("junk", junk, ("tell", "refute")),
        ("style", style, ("plain", "lean")),
    ):
        if found not in among:
            raise BadInput(f"{what}={found!r} is not offered: {', '.join(map(repr, among))}")


def _inputs(f: Callable[..., Any], given: Any) -> dict[str, shapes.Dims]:
    if isinstance(given, Mapping):
        return {name: shapes.parsed(shape) for name, shape in given.items()}
    several = [given] if isinstance(given, str | int) else list(given)
    try:
        names = [
            p.name
            for p in inspect.signature(f).parameters.values()
            if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
        ]
    except (TypeError, ValueError):
        names = []
    names += [f"x{i}" for i in range(len(names), len(several))]
    return dict(zip(names, map(shapes.parsed, several), strict=False))


@dataclass
class _Judge:
    """The claim about one rule, and what is noted while it runs."""

    problem: Problem
    kinks: str
    order: int
    junk: str
    where: Callable[..., Any] | None
    told: dict[str, list[At]] = field(default_factory=dict)
    skipped: set[str] = field(default_factory=set)

    def claim(self, parameters: Mapping[str, BinderSpec]) -> Claim:
        """The rule as a claim: sizes, parameters and flat inputs, then a part for each rule."""
        binders: dict[str, BinderSpec] = {size: NatT() for size in self.problem.sizes}
        binders |= parameters
        for name in self.problem.shapes:
            binders[name] = self._vector(name)
        if self.where is not None:
            binders["where"] = Assume(lambda **env: self._assumed(env))
        parts = [(kind, partial(self._part, kind)) for kind in ("vjp", "jvp") if getattr(self.problem, kind)]
        return Claim(
            self.problem.name, read_binders(binders), tuple(parts), constants=self.problem.constants()
        )

    def _vector(self, name: str) -> BinderSpec:
        def of_type(**env: Any) -> VecT:
            size = 1
            for n in self.problem.shape(name, env):
                size *= n
            return VecT(size)

        return of_type

    def _assumed(self, env: Env) -> Judgement:
        assert self.where is not None
        found = self.problem.called(self.where, self.problem.arrays(env, self.problem.flat(env)), env)
        if isinstance(found, Judgement):
            return found
        if isinstance(found, bool) or type(found).__name__ == "bool":
            return truth(bool(found))
        if hasattr(found, "all"):
            return truth(bool(found.all()))
        raise BadInput(f"where gives {type(found).__name__}: return a bool, or an array of them")

    def _part(self, kind: str, env: Env) -> Judgement:
        rows_of = self.problem.vjp_rows if kind == "vjp" else self.problem.jvp_rows
        found = judged(self.problem, env, rows_of, self.kinks)
        if found.holds and self.order == 2:
            found = all_of((found, second(self.problem, env, rows_of)))
        if found.holds and found.note == "skipped":
            self.skipped.add(repr(sorted(env.items(), key=repr)))
        if found.holds and not any(isinstance(x, Refusing) for x in self.problem.flat(env)):
            found = self._strictly(kind, env, rows_of, found)
        return found

    def _strictly(self, kind: str, env: Env, rows_of: Callable[..., Any], found: Judgement) -> Judgement:
        """What holds only by Lean's total functions, where the function itself needs none of them."""
        strict = [Strict(x) for x in self.problem.flat(env)]
        try:
            if any(reason_of(y) for y in self.problem.function(env)(strict)):
                return found
            rows = rows_of(env, strict)
        except Undecided:
            return found
        for k, row in enumerate(rows):
            for j, c in row.items():
                if reason_of(c):
                    where = At.of(self.problem, env, kind, k, j)
                    seen = self.told.setdefault(reason_of(c), [])
                    if where not in seen:
                        seen.append(where)
                    if self.junk == "refute":
                        return Judgement(
                            FALSE.outcome, note=f"holds only because {reason_of(c)}", where=(k, j)
                        )
                    return found
        return found

    def point(self, given: Any) -> Env:
        """A point that was asked for, as an example: sizes from the shapes, entries exactly."""
        names = list(self.problem.shapes)
        if isinstance(given, Mapping):
            values = dict(given)
        else:
            several = list(given) if len(names) > 1 else [given]
            if len(several) != len(names):
                raise BadInput(f"a point has one array for each of {', '.join(names)}")
            values = dict(zip(names, several, strict=True))
        missing = [n for n in (*names, *self.problem.parameters) if n not in values]
        if missing:
            raise BadInput(
                f"a point gives no {', '.join(missing)}: give a dict with all inputs and parameters"
            )
        arrays = {name: objects(_decimal(values[name])) for name in names}
        sizes = shapes.solved(self.problem.shapes, {name: a.shape for name, a in arrays.items()})
        flat = {name: a.reshape(-1).tolist() for name, a in arrays.items()}
        return {**sizes, **{p: values[p] for p in self.problem.parameters}, **flat}

    def _at_constants(self, claim: Claim, digits: int, seed: int) -> Counterexample | None:
        """A counterexample whose entries are all one number of the functions, or one between two of them."""
        source = Source(Seeded(seed), Seeded(seed))
        for c in claim.constants:
            drawn = draw_example(claim, source)
            if drawn is None:
                continue
            same = {name: [c] * len(drawn.values[name]) for name in self.problem.shapes}
            example = replace(drawn, values={**drawn.values, **same})
            if hypotheses_hold(claim, example, digits):
                for (part, _), judgement in zip(
                    claim.parts, judge_parts(claim, example, digits), strict=True
                ):
                    if judgement.fails:
                        return shrink(claim, Counterexample(part, example, judgement), digits, source.rng)
        return None

    def report(
        self, claim: Claim, points: list[Env], examples: int, digits: int, seed: int, style: str
    ) -> RuleReport:
        """The points that were asked for, then the search."""
        blank = RuleReport("refuted", claim.name, 1, digits, seed, style)
        outside = undecided = 0
        for env in points:
            with precision(bits_of(digits)):
                met = all_of(h.holds(env) for h in claim.hypotheses)
            if not (met.holds and met.proved):
                outside += 1
                continue
            for part, judge in claim.parts:
                judgement = decide(partial(judge, env), digits)
                undecided += judgement.outcome is Outcome.UNDECIDED
                if judgement.fails:
                    found = counterexample(self.problem, env, part, judgement)
                    return replace(blank, counterexample=found)
        made = self._at_constants(claim, digits, seed)
        verdict = Verdict("refuted", 1) if made else run(claim, examples=examples, digits=digits, seed=seed)
        made, wrong = made or verdict.counterexample, None
        if made is not None:
            env = made.example.realized()
            wrong = counterexample(self.problem, env, made.part, made.judgement, made.shrinks)
        return replace(
            blank,
            verdict=verdict.verdict,
            examples=verdict.examples + len(points),
            satisfied=verdict.satisfied + len(points) - outside,
            certified=verdict.certified,
            undecided=verdict.undecided + undecided,
            skipped=len(self.skipped),
            outside=outside,
            junk=tuple(Junk(reason, len(seen), seen[0]) for reason, seen in self.told.items()),
            counterexample=wrong,
            reason=verdict.reason,
        )


def _decimal(value: Any) -> Any:
    """Decimals of the standard library, and numbers written as text, as exact numbers."""
    if isinstance(value, list | tuple):
        return [_decimal(each) for each in value]
    if isinstance(value, str) or type(value).__name__ == "Decimal":
        try:
            return Fraction(value)
        except ValueError as error:
            raise BadInput(f"{value!r} is no number") from error
    return value if isinstance(value, arb | fmpq) or hasattr(value, "shape") else exact(value)
