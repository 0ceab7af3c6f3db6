"""Two definitions, or two statements, run on the same inputs: do they give the same?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from random import Random
from typing import Literal, Protocol

from flint import arb

from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import LeanMirrorError, ShapeError, Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.claim import Binder, Claim, Env
from leanmirror.spec.judge.codec import show
from leanmirror.spec.judge.generate import Example, Source, draw_example
from leanmirror.spec.judge.judgement import TRUE, Judgement, Outcome, all_of, attempt, equal, undecided
from leanmirror.spec.judge.precision import decide
from leanmirror.spec.judge.search import Counterexample, satisfying
from leanmirror.spec.judge.shrink import shrink
from leanmirror.spec.judge.types import Value

Answer = Literal["same", "different", "undecided", "not_evaluated"]

RANKS, SIZES = range(4), range(4)
"""Every shape of these ranks with these sizes is a class of inputs of its own, and so is every size."""

EACH = 3
"""Draws for each class of inputs."""

PLAIN = 60
"""Draws where inputs have neither shape nor size."""

DIGITS = 50


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is known about two texts of one declaration.

    `draws` is None where nothing was run; `inputs` and the two `values` are there for `different`.
    """

    meaning: Answer
    reason: str
    draws: int | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    values: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Runnable:
    """A definition that can be run: its variables in order, over ℝ, and its value at values of them.

    `run` takes real entries as balls, and may raise Unsupported, ShapeError and Undecided. `same` compares
    two values of it.
    """

    binders: tuple[Binder, ...]
    run: Callable[[Env], Value]
    same: Callable[[Value, Value], Judgement] = equal


class Evaluator(Protocol):
    """What can run definitions from their text."""

    def evaluate(self, tree: LeanTree, name: str) -> Runnable | str:
        """The definition of that full name in a tree, or why it cannot be run, in one line."""
        ...


class _Fixed(Source):
    """Draws inputs of one class: all shapes, or all sizes, are the given one."""

    given: Shape | int | None = None

    def shape(self) -> Shape:
        if isinstance(self.given, Shape):
            return self.given
        return Shape((self.given,)) if isinstance(self.given, int) else super().shape()

    def size(self) -> int:
        if isinstance(self.given, Shape):
            return self.given.dims[0] if self.given.dims else 1
        return super().size() if self.given is None else self.given


def shape_classes() -> Iterator[Shape]:
    """The shapes of rank 0 to 3 with sizes 0 to 3."""
    for rank in RANKS:
        yield from map(Shape, product(SIZES, repeat=rank))


def classes_of(binders: tuple[Binder, ...]) -> list[Shape | int | None]:
    """The classes of inputs that these variables have: shapes, else sizes, else a single one."""
    example = _example(binders, _Fixed(Random(0)), 1)
    types = () if example is None else tuple(example.types.values())
    if any(isinstance(each, t.ShapeT | t.ContextT) for each in types):
        return list(shape_classes())
    if any(isinstance(each, t.NatT) for each in types):
        return list(SIZES)
    return [None]


def _example(binders: tuple[Binder, ...], source: _Fixed, index: int) -> Example | None:
    source.begin(4 + index)
    return draw_example(Claim("drift", binders, ()), source)


def compare_definitions(old: Runnable, new: Runnable, seed: int = 0) -> Meaning:
    """Run both on the same draws, some for each class of inputs, until a value differs.

    The same only where in every class that has inputs at least one draw agreed, and there was one.
    """
    try:
        return _compared(old, new, seed)
    except (Unsupported, ShapeError) as error:
        return Meaning("undecided", str(error))


def _compared(old: Runnable, new: Runnable, seed: int) -> Meaning:
    if len(old.binders) != len(new.binders):
        return Meaning("undecided", "the variables are not as many as before")
    source = _Fixed(Random(seed))
    claim = Claim("drift", old.binders, (("value", partial(_judged, old, new)),))
    classes = classes_of(old.binders)
    draws = open_ = inhabited = agreed = 0
    for each in classes:
        source.given = each
        found = [_example(old.binders, source, n) for n in range(EACH if each is not None else PLAIN)]
        examples = [example for example in found if example is not None]
        inhabited += bool(examples)
        holds = 0
        for example in examples:
            if not _fits(new, example):
                return Meaning("undecided", "the variables have other types than before", draws)
            draws += 1
            judgement = decide(partial(claim.judge, example.realized()), DIGITS)
            if judgement.fails and judgement.proved:
                return _different(claim, example, judgement, draws)
            holds += judgement.holds
        open_ += len(examples) - holds
        agreed += holds > 0
    if not draws:
        return Meaning("undecided", "no inputs could be drawn", 0)
    if agreed < inhabited:
        return Meaning("undecided", f"{open_} of {draws} draws could not be decided", draws)
    rest = f", {open_} of them undecided" if open_ else ""
    return Meaning("same", f"the same value at {draws} draws{rest}, {_covered(classes, inhabited)}", draws)


def _covered(classes: list[Shape | int | None], inhabited: int) -> str:
    if classes == [None]:
        return "of numbers of all magnitudes"
    what = "shapes of rank 0 to 3" if isinstance(classes[0], Shape) else "sizes 0 to 3"
    return f"{what}{'' if inhabited == len(classes) else f' ({inhabited} of {len(classes)} have inputs)'}"


def _renamed(new: tuple[Binder, ...], example: Example, values: Env) -> dict[str, Value]:
    """The values under the names that the new variables have."""
    return {binder.name: values[name] for binder, name in zip(new, example.values, strict=True)}


def _fits(new: Runnable, example: Example) -> bool:
    values = _renamed(new.binders, example, example.values)
    return all(
        binder.type(values) == of_type for binder, of_type in zip(new.binders, _types(example), strict=True)
    )


def _types(example: Example) -> list[t.Type]:
    return [example.types[name] for name in example.values]


def _judged(old: Runnable, new: Runnable, env: Env) -> Judgement:
    values = {binder.name: env[name.name] for binder, name in zip(new.binders, old.binders, strict=True)}
    return old.same(old.run(env), new.run(values))


def _different(claim: Claim, example: Example, judgement: Judgement, draws: int) -> Meaning:
    """The difference at inputs made as plain as they can be."""
    found = shrink(claim, Counterexample("value", example, judgement), DIGITS, Random(0))
    entry = found.judgement
    where = f" at entry {list(entry.where)}" if entry.where else ""
    values = None if entry.lhs is None else (_number(entry.lhs), _number(entry.rhs))
    return Meaning("different", f"another value{where}", draws, _shown(found.example), values)


def _number(value: Value) -> str:
    return value.str(20, radius=False) if isinstance(value, arb) else str(value)


def _shown(example: Example) -> tuple[tuple[str, str], ...]:
    return tuple((name, show(example.types[name], value)) for name, value in example.values.items())


def compare_claims(old: Claim, new: Claim, seed: int = 0, examples: int = 24) -> Meaning:
    """Run two statements as predicates on the same inputs, drawn to meet the hypotheses of each in turn.

    Never the same: that both are true everywhere is what two different theorems have in common too.
    """
    if len(old.variables) != len(new.variables):
        return Meaning("undecided", "not the same term; the variables are not as many as before")
    sources = [Source(Random(seed + i), constants=claim.constants) for i, claim in enumerate((old, new))]
    draws = 0
    for index in range(examples):
        drawn = (old, new)[index % 2]
        example, _ = satisfying(drawn, sources[index % 2], index // 2, DIGITS)
        if example is None:
            continue
        both = Claim("drift", drawn.variables, (("value", partial(_agree, old, new)),))
        if not _same_types(old if drawn is new else new, example):
            return Meaning(
                "undecided", "not the same term; the variables have other types than before", draws
            )
        draws += 1
        judgement = decide(partial(both.judge, example.realized()), DIGITS)
        if judgement.fails:
            found = shrink(both, Counterexample("value", example, judgement), DIGITS, Random(0))
            truths = (str(found.judgement.lhs).lower(), str(found.judgement.rhs).lower())
            reason = "one holds and the other does not"
            return Meaning("different", reason, draws, _shown(found.example), truths)
    reason = f"not the same term; both statements hold at {draws} draws, as any two theorems do"
    return Meaning("undecided", reason if draws else "not the same term; no inputs could be drawn", draws)


def _same_types(claim: Claim, example: Example) -> bool:
    """Whether the variables of a claim, in their order, have the types of the example's."""
    values = _renamed(claim.variables, example, example.values)
    try:
        return [binder.type(values) for binder in claim.variables] == _types(example)
    except (LeanMirrorError, LookupError, TypeError, AttributeError):  # made from values of other types
        return False


def _agree(old: Claim, new: Claim, env: Env) -> Judgement:
    """Fails where one statement certainly holds at the values, in their order, and the other does not."""
    values = list(env.values())
    one, two = (
        _truth(claim, {b.name: value for b, value in zip(claim.variables, values, strict=True)})
        for claim in (old, new)
    )
    if (one.fails and one.proved and two.holds) or (two.fails and two.proved and one.holds):
        return Judgement(Outcome.FAILS, lhs=one.holds, rhs=two.holds)
    undecided_one = next((each for each in (one, two) if not (each.holds or each.fails)), None)
    return TRUE if undecided_one is None else undecided_one


def _truth(claim: Claim, env: Env) -> Judgement:
    """The statement with its hypotheses at one input: true where one of these is false."""
    met = all_of(attempt(partial(each.holds, env)) for each in claim.hypotheses)
    if met.fails and met.proved:
        return TRUE
    if not (met.holds and met.proved):
        return undecided(f"a hypothesis is undecided: {met.note}")
    return claim.judge(env)
