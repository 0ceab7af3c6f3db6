"""Definitions of the runtime: the text over balls against the float tape, with an allowance for rounding."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from leanmirror.bridge.compile.claims import claim_about
from leanmirror.bridge.compile.compiler import Closure, Compiler, Meaning, Meanings, Values
from leanmirror.bridge.compile.inductive import Data
from leanmirror.bridge.compile.meanings.base import Form
from leanmirror.bridge.compile.terms import fresh
from leanmirror.bridge.compile.values import apply
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.term import Const, Sort, Term, Var, const
from leanmirror.bridge.elaborate.statement import Binding
from leanmirror.bridge.fidelity.compared import FAULTS, Comparison, text_value
from leanmirror.bridge.fidelity.defaults import without
from leanmirror.bridge.fidelity.seen import Seen, attempted, same, seen
from leanmirror.bridge.fidelity.sides import Side
from leanmirror.bridge.fidelity.tapes import OK, TapeRecipe, any_of, drawn_as, node_of
from leanmirror.bridge.fidelity.two_sides import lowered
from leanmirror.bridge.names.docstrings import table
from leanmirror.bridge.names.table import Name
from leanmirror.runtime.autograd.engine.core.core import Tape
from leanmirror.runtime.autograd.engine.tape_m import TapeM
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import LeanMirrorError, Undecided, Unsupported
from leanmirror.spec.judge.balls import ball, realize
from leanmirror.spec.judge.claim import Claim, Env, Hypothesis
from leanmirror.spec.judge.judgement import TRUE, Judgement, Outcome, gave_up
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import Value

THREADED = "Runtime.Autograd.TapeM."
"""Computations that go on from a tape and leave one."""

STARTING = ("run", "eval", "exec")
REQUIRED = "Runtime.Autograd.Tape.requireValue"
AIMED = 0.8
"""How often a tape is changed so that it has the values that are asked for."""

MOST_NODES = 6


def is_runtime(entry: Name) -> bool:
    """What mirrors the name is in the float runtime."""
    return entry.name.startswith("Runtime.")


@dataclass(slots=True)
class Asked:
    """Which values a computation asks a tape for, with the shapes that it wants them in."""

    values: list[tuple[int, Any]] = field(default_factory=list)

    def meanings(self, of: Meanings) -> Meanings:
        """The meanings, with a `requireValue` that notes what is asked for and always answers."""
        form = Form(self._require, 4)

        def meaning(declared: Declared) -> Meaning | None:
            return form if declared.name == REQUIRED else of(declared)

        return meaning

    def _require(self, compiler: Compiler, args: Sequence[Term]) -> Closure:
        shape, number = compiler.compile(args[1]), compiler.compile(args[3])

        def required(env: Values) -> Value:
            s = shape(env)
            self.values.append((number(env), s))
            return Data(OK, (Tensor(s, [ball(Fraction(1))] * s.size),))

        return required


def comparisons(entry: Name, text: Side, aiming: Compiler, asked: Asked) -> list[Comparison]:
    """The claims that the runtime's function does what the text says, also with each default left out."""
    found = [comparison(entry, text, aiming, asked)]
    for at in text.declared.defaults:
        label = f"default of {text.binders[at].var.name}"
        found.append(comparison(entry, without(text, text.declared, at), aiming, asked, label))
    return found


def comparison(entry: Name, text: Side, aiming: Compiler, asked: Asked, label: str = "") -> Comparison:
    """The claim that the runtime's function does what the text says.

    `aiming` compiles so that it is noted in `asked` what is asked of a tape: one is drawn then that has it.
    """
    if isinstance(text.type, Sort):
        raise Unsupported("a type of the text is a class in the runtime")
    threaded = entry.name.startswith(THREADED) and entry.name.rpartition(".")[2] not in STARTING
    tape = Binding(fresh("tape"), const("Runtime.Autograd.Tape", Const("Real")))
    binders = (*text.binders, tape) if threaded else text.binders
    value, aim = (_thread(c, text, tape.var if threaded else None) for c in (text.compiler, aiming))
    runtime = _runtime(entry, text.binders, tape.var if threaded else None)
    passed = {lean for lean, python in entry.params if python is not None}
    read_off = any(b.kind == "implicit" and b.var.name not in passed for b in text.drawn)
    claim, values = claim_about(
        text.compiler,
        binders,
        _judge(value, runtime, read_off),
        name=f"{entry.name} in the runtime {label}".strip(),
        drawn_as=drawn_as,
    )
    aimed = _Aimed(claim, values, aim, asked, 1 if read_off else AIMED)
    claim = replace(claim, binders=(*claim.binders, Hypothesis("", lambda _: TRUE, aimed)))
    return Comparison(label, claim, values, lambda env: seen(value(env)), lambda env: runtime(env, None))


def _thread(compiler: Compiler, text: Side, tape: Var | None) -> Closure:
    """The text's value; where it is a computation that goes on from a tape, what that gives."""
    for each in text.binders:
        compiler.types.of_var[each.var.id] = each.type
    value = compiler.compile(text.value)
    if tape is None:
        return value
    at = tape.id
    return lambda env: apply(value(env), env[at])


@dataclass(frozen=True, slots=True)
class _Aimed:
    """An example's tape, mostly, with values of the shapes that the computation asks for."""

    claim: Claim
    values: Callable[[Env], Values]
    computation: Closure
    asked: Asked
    share: float

    def __call__(self, example: Env, source: Source) -> Env:
        name = next((n for n, recipe in example.items() if isinstance(recipe, TapeRecipe)), None)
        if name is None or not source.data.chance(self.share):
            return {}
        self.asked.values.clear()
        env = {b.name: realize(b.type(example), example[b.name]) for b in self.claim.variables}
        try:
            seen(self.computation(self.values(env)))
        except (LeanMirrorError, *FAULTS):
            pass  # what was asked for before that counts
        nodes = list(example[name].nodes)
        for at, shape in self.asked.values:
            if at < MOST_NODES:
                while len(nodes) <= at:
                    nodes.append(node_of(source, len(nodes)))
                nodes[at] = replace(nodes[at], value=any_of(source, shape))
        return {name: TapeRecipe(tuple(nodes))}


def _runtime(entry: Name, binders: Sequence[Binding], tape: Var | None) -> Callable[..., Seen]:
    """The runtime's function of the text's values; `as_result`: the text gives a result or an error."""
    function = table("leanmirror.runtime")[entry.name].value
    ids = {b.var.name: b.var.id for b in binders if b.kind != "instance" and not b.prop}
    given = {python: ids[lean] for lean, python in entry.params if python is not None and lean in ids}
    own = _self(function, binders) if tape is None else None
    given |= _in_order(function, binders, {*given.values(), own}, given)

    def run(env: Values, as_result: bool | None) -> Seen:
        named = {python: lowered(env[id_]) for python, id_ in given.items()}
        if tape is not None:
            return _threaded(function, lowered(env[tape.id]), named)
        first = () if own is None else (lowered(env[own]),)
        found = attempted(function, *first, **named)
        return found if as_result or found.kind != "ok" else found.parts[0]

    return run


def _in_order(
    function: Callable[..., Any], binders: Sequence[Binding], used: set[int | None], given: Mapping[str, int]
) -> dict[str, int]:
    """What no name says: the parameters that are still needed, in order, for the arguments that are left."""
    needed = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self" and name not in given and parameter.default is inspect.Parameter.empty
    ]
    left = [b.var.id for b in binders if b.kind == "explicit" and not b.prop and b.var.id not in used]
    return dict(zip(needed, left, strict=False))


def _self(function: Callable[..., Any], binders: Sequence[Binding]) -> int | None:
    """The argument that the method belongs to: the first one that is neither instance nor proof nor type."""
    if "self" not in inspect.signature(function).parameters:
        return None
    return next((b.var.id for b in binders if b.kind == "explicit" and not b.prop), None)


def _threaded(function: Callable[..., Any], tape: Tape, named: Mapping[str, Any]) -> Seen:
    def computation() -> tuple[Any, Tape]:
        state = TapeM(tape)
        found = function(state, **named)
        return () if found is None else found, state.getTape()

    return attempted(computation)


def _judge(value: Closure, runtime: Callable[..., Seen], read_off: bool) -> Callable[[Values], Judgement]:
    """Both do the same; where the runtime reads sizes off the values, only values of these sizes count."""

    def judge(env: Values) -> Judgement:
        expected, _ = text_value(lambda env: seen(value(env)), lambda _: None, env)
        if read_off and expected.kind == "error":
            return gave_up("the runtime has no other sizes than those of the values")
        try:
            return same(expected, runtime(env, expected.kind in ("ok", "error")))
        except Undecided:
            raise
        except (LeanMirrorError, *FAULTS) as error:
            return Judgement(Outcome.FAILS, note=f"the runtime raises {type(error).__name__}: {error}")

    return judge
