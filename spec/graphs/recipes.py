"""Graphs as examples: operations by name, the positions they read, exact numbers.

A node holds functions, so a witness cannot store it. A recipe can be stored, shown in Lean and shrunk, and
builds its node or graph over any scalar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import BadInput, ShapeError
from leanmirror.spec.graphs.made import MadeNode, made
from leanmirror.spec.judge.balls import ball
from leanmirror.spec.judge.claim import Binder, Env, by_name, read_binders
from leanmirror.spec.judge.types import NatT, Type, Value
from leanmirror.spec.ops import Op, operations
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Idx
from leanmirror.spec.torchlean_types import ContextT, IdxT, ShapeT, context_text
from leanmirror.spec.torchlean_types.shapes import Shapes

Entry = Callable[[Any], Scalar]
MAX_NODES = 1_000


@dataclass(frozen=True, slots=True)
class Signature:
    """What an operation takes.

    `indices` have the names of their shapes' sizes, or the name of the shape; `sizes` are those that no index
    tells; `given` are the other explicit arguments.
    """

    op: Op
    indices: Mapping[str, tuple[str, ...] | str]
    sizes: tuple[str, ...]
    given: tuple[str, ...]
    binders: Mapping[str, Binder]

    def match(self, Γ: Shapes, positions: Mapping[str, int]) -> dict[str, Value] | None:
        """The sizes at these positions of Γ; None where the shapes there do not fit."""
        found: dict[str, Value] = {}
        for name, pattern in self.indices.items():
            if not 0 <= positions[name] < len(Γ) or not _fits(pattern, Γ[positions[name]], found):
                return None
        return found

    def environment(self, Γ: Shapes, arguments: Mapping[str, Value]) -> dict[str, Value]:
        """All arguments in Lean's order; ShapeError where the positions do not fit."""
        sizes = self.match(Γ, arguments)
        if sizes is None:
            raise ShapeError(f"{self.op.lean} does not fit the shapes {context_text(Γ)} at its positions")
        env: dict[str, Value] = {}
        for name in self.binders:
            env[name] = arguments[name] if name in arguments else Γ if name == "Γ" else sizes[name]
            if name in self.indices:
                env[name] = Idx(Γ, Γ[arguments[name]], arguments[name])
        return env


def _fits(pattern: tuple[str, ...] | str, s: Shape, found: dict[str, Value]) -> bool:
    wanted: tuple[str, ...] = (pattern,) if isinstance(pattern, str) else pattern
    have: tuple[Value, ...] = (s,) if isinstance(pattern, str) else s.dims
    if len(wanted) != len(have):
        return False
    return all(found.setdefault(name, size) == size for name, size in zip(wanted, have, strict=True))


_PROBE = 1_000_003
"""Sizes from here on stand for names when the shapes of an operation's indices are read."""


@cache
def signature(lean: str) -> Signature:
    """The signature of an operation; BadInput for a name that is none."""
    if lean not in operations():
        raise BadInput(f"'{lean[:80]}' is not an operation")
    op = operations()[lean]
    binders = {b.name: b for b in read_binders(op.arguments) if isinstance(b, Binder)}
    env: dict[str, Value] = {}
    names: dict[Value, str] = {}
    indices: dict[str, tuple[str, ...] | str] = {}
    given: list[str] = []
    for k, (name, binder) in enumerate(binders.items()):
        of_type = binder.type(env)
        env[name] = _probe(of_type, _PROBE + k)
        names[env[name]] = name
        if isinstance(of_type, IdxT):
            indices[name] = names.get(of_type.s) or _named(lean, names, of_type.s)
        elif not isinstance(of_type, ContextT | NatT | ShapeT):
            given.append(name)
    told = {n for p in indices.values() for n in ((p,) if isinstance(p, str) else p)}
    sizes = tuple(n for n in binders if n != "Γ" and n not in told and n not in indices and n not in given)
    return Signature(op, indices, sizes, tuple(given), binders)


def _named(lean: str, names: Mapping[Value, str], s: Shape) -> tuple[str, ...]:
    """The names of the sizes of an index; BadInput where one is none."""
    if any(n not in names for n in s.dims):
        raise BadInput(f"{lean} reads a shape that is made of another shape")
    return tuple(names[n] for n in s.dims)


@cache
def drawable() -> tuple[str, ...]:
    """The operations that graphs are drawn of: those whose indices tell all shapes, by names."""
    found = []
    for lean in operations():
        try:
            sig = signature(lean)
        except BadInput:
            continue
        if not any(isinstance(sig.binders[n].type({}), ShapeT) for n in sig.sizes):
            found.append(lean)
    return tuple(found)


def _probe(of_type: Type, number: int) -> Value:
    if isinstance(of_type, ContextT):
        return ()
    return Shape((number,)) if isinstance(of_type, ShapeT) else number


@cache
def assuming() -> frozenset[str]:
    """The operations whose certificates at every point assume something of the arguments."""
    return frozenset(lean for lean, op in operations().items() if op.hypotheses and not op.pointwise)


@dataclass(frozen=True, slots=True)
class Step:
    """One node: an operation, and the arguments that the shapes do not tell. An index is its position."""

    operation: str
    arguments: Mapping[str, Value]

    @property
    def reads(self) -> tuple[int, ...]:
        """The positions that the node reads, in the order of its arguments."""
        return tuple(self.arguments[name] for name in signature(self.operation).indices)

    def types(self, Γ: Shapes) -> dict[str, Type]:
        """The types of the arguments that are no positions."""
        sig = signature(self.operation)
        env: Env = sig.environment(Γ, self.arguments)
        return {name: sig.binders[name].type(env) for name in sig.given}

    def output(self, Γ: Shapes) -> Shape:
        """The shape of the node's value; ShapeError where the positions do not fit."""
        sig = signature(self.operation)
        shape: Shape = by_name(sig.op.output)(sig.environment(Γ, self.arguments))
        return shape

    def build(self, Γ: Shapes, entry: Entry) -> MadeNode:
        """The node, numbers converted by `entry`."""
        sig = signature(self.operation)
        env = sig.environment(Γ, self.arguments)
        for name, of_type in self.types(Γ).items():
            env[name] = of_type.built(env[name], entry)
        return made(sig.op, env)

    def assumed(self, Γ: Shapes) -> bool:
        """Whether what the certificate assumes of the arguments is proved."""
        if self.operation not in assuming():
            return True
        met = self.build(Γ, ball).hypotheses()
        return met.holds and met.proved

    def moved(self, positions: Callable[[int], int]) -> Step:
        """The step with other positions."""
        sig = signature(self.operation)
        return replace(
            self, arguments={n: positions(v) if n in sig.indices else v for n, v in self.arguments.items()}
        )

    def lean(self, Γ: Shapes) -> str:
        """The node in Lean."""
        sig, types = signature(self.operation), self.types(Γ)
        name = self.operation.removeprefix("Proofs.Autograd.")
        words = [name, *(f"({n} := {self.arguments[n]})" for n in sig.sizes if not sig.given)]
        for argument in sig.binders:
            if argument in sig.indices:
                words.append(f"⟨{self.arguments[argument]}, rfl⟩")
            elif argument in types:
                text = types[argument].show(self.arguments[argument])
                words.append(f"({text})" if " " in text and text[0] not in "{!([" else text)
        return f"({' '.join(words)})"

    def to_json(self, Γ: Shapes) -> dict[str, Any]:
        """The step as JSON."""
        types = self.types(Γ)
        arguments = {n: types[n].encode(v) if n in types else v for n, v in self.arguments.items()}
        return {"operation": self.operation, "arguments": arguments}

    @staticmethod
    def of_json(data: Any, Γ: Shapes) -> Step:
        """The step that `to_json` wrote; BadInput where it is none."""
        if not isinstance(data, dict) or not isinstance(data.get("operation"), str):
            raise BadInput("a node is an object with operation and arguments")
        sig, written = signature(data["operation"]), data.get("arguments")
        names = {*sig.indices, *sig.sizes, *sig.given}
        if not isinstance(written, dict) or set(written) != names:
            raise BadInput(f"{sig.op.lean} has the arguments {', '.join(sorted(names))}")
        return Step(data["operation"], _decoded(sig, written, Γ))


def _decoded(sig: Signature, written: Mapping[str, Any], Γ: Shapes) -> dict[str, Value]:
    arguments = {n: NatT().decode(written[n]) for n in (*sig.indices, *sig.sizes)}
    env = sig.environment(Γ, {**arguments, **dict.fromkeys(sig.given)})
    for name in sig.given:
        arguments[name] = sig.binders[name].type(env).decode(written[name])
    return arguments


@dataclass(frozen=True, slots=True)
class NodeRecipe:
    """One node that reads the context Γ."""

    Γ: Shapes
    step: Step

    @property
    def τ(self) -> Shape:
        """The shape of its value."""
        return self.step.output(self.Γ)

    def build(self, entry: Entry) -> MadeNode:
        """The node, numbers converted by `entry`."""
        return self.step.build(self.Γ, entry)

    @property
    def lean(self) -> str:
        """The node in Lean."""
        return self.step.lean(self.Γ)[1:-1]

    def reals(self) -> Iterator[Scalar]:
        """The exact numbers."""
        return _reals(self.step, self.Γ)

    def with_reals(self, entries: Iterator[Scalar]) -> NodeRecipe:
        """The same recipe with other numbers, except those that would break what its certificate assumes."""
        return replace(self, step=_with_reals(self.step, self.Γ, entries))

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON."""
        return self.step.to_json(self.Γ)


def _reals(step: Step, Γ: Shapes) -> Iterator[Scalar]:
    for name, of_type in step.types(Γ).items():
        yield from of_type.reals(step.arguments[name])


def _with_reals(step: Step, Γ: Shapes, entries: Iterator[Scalar]) -> Step:
    types = step.types(Γ)
    changed = {n: of_type.with_reals(step.arguments[n], entries) for n, of_type in types.items()}
    moved = replace(step, arguments={**step.arguments, **changed})
    return step if step.assumed(Γ) and not moved.assumed(Γ) else moved


@dataclass(frozen=True, slots=True)
class GraphRecipe:
    """A graph: the shapes of its inputs, and its nodes."""

    Γ: Shapes
    steps: tuple[Step, ...] = ()

    def contexts(self) -> Iterator[tuple[Step, Shapes]]:
        """Each step with the shapes that it meets."""
        context = self.Γ
        for step in self.steps:
            yield step, context
            context = (*context, step.output(context))

    @property
    def ss(self) -> Shapes:
        """The shapes of the nodes' values; ShapeError where a position does not fit."""
        return tuple(step.output(Γ) for step, Γ in self.contexts())

    def build(self, entry: Entry) -> Graph:
        """The graph, numbers converted by `entry`."""
        return Graph(self.Γ, tuple(step.build(Γ, entry) for step, Γ in self.contexts()))

    @property
    def lean(self) -> str:
        """The graph in Lean."""
        return " |>.snoc ".join([f"(Graph.nil : Graph {context_text(self.Γ)} [])", *self._nodes()])

    @property
    def lean_certified(self) -> str:
        """The graph in Lean with the certificates of its nodes."""
        nodes = [
            f"{text} ({signature(step.operation).op.certificate_lean.removeprefix('Proofs.Autograd.')} ..)"
            for text, step in zip(self._nodes(), self.steps, strict=True)
        ]
        return " |>.snoc ".join([f"(DGraph.nil : DGraph {context_text(self.Γ)} [])", *nodes])

    def _nodes(self) -> Iterator[str]:
        return (step.lean(Γ) for step, Γ in self.contexts())

    def reals(self) -> Iterator[Scalar]:
        """The exact numbers, node by node."""
        for step, Γ in self.contexts():
            yield from _reals(step, Γ)

    def with_reals(self, entries: Iterator[Scalar]) -> GraphRecipe:
        """The same recipe with other numbers, except those that would break what a certificate assumes."""
        return replace(self, steps=tuple(_with_reals(step, Γ, entries) for step, Γ in self.contexts()))

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON."""
        inputs = [s.toList() for s in self.Γ]
        return {"inputs": inputs, "nodes": [step.to_json(Γ) for step, Γ in self.contexts()]}

    @staticmethod
    def of_json(data: Any) -> GraphRecipe:
        """The recipe that `to_json` wrote; BadInput where it is none, ShapeError where it does not fit."""
        if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
            raise BadInput("a graph is an object with inputs and nodes")
        if len(data["nodes"]) > MAX_NODES:
            raise BadInput(f"a graph of {len(data['nodes'])} nodes: {MAX_NODES} at most")
        Γ = context = ContextT().decode(data.get("inputs"))
        steps = []
        for written in data["nodes"]:
            steps.append(Step.of_json(written, context))
            context = (*context, steps[-1].output(context))
        return GraphRecipe(Γ, tuple(steps))

    def without_node(self, k: int) -> GraphRecipe | None:
        """The graph without node k; None where a later node reads it."""
        gone = len(self.Γ) + k
        if any(gone in step.reads for step in self.steps):
            return None
        rest = [step.moved(lambda i: i - (i > gone)) for step in self.steps[k + 1 :]]
        return replace(self, steps=(*self.steps[:k], *rest))

    def without_input(self, k: int) -> GraphRecipe | None:
        """The graph without input k; None where a node reads it."""
        if any(k in step.reads for step in self.steps):
            return None
        steps = tuple(step.moved(lambda i: i - (i > k)) for step in self.steps)
        return GraphRecipe((*self.Γ[:k], *self.Γ[k + 1 :]), steps)

    def smaller(self) -> Iterator[tuple[GraphRecipe, int | None]]:
        """The graph with one node or unread input less, and which value is gone, or with a node passed by."""
        for k in reversed(range(len(self.steps))):
            found = self.without_node(k)
            if found is not None:
                yield found, len(self.Γ) + k
        for k in range(len(self.Γ)):
            found = self.without_input(k)
            if found is not None:
                yield found, k
        for found in self._shortened():
            yield found, None

    def _shortened(self) -> Iterator[GraphRecipe]:
        """Whoever reads a node reads something of the same shape that the node reads."""
        shapes = (*self.Γ, *self.ss)
        for here in range(len(self.Γ), len(shapes)):
            if any(here in step.reads for step in self.steps):
                for before in dict.fromkeys(self.steps[here - len(self.Γ)].reads):
                    if shapes[before] == shapes[here]:
                        yield self._redirected(here, before)

    def _redirected(self, here: int, before: int) -> GraphRecipe:
        return replace(
            self, steps=tuple(step.moved(lambda i: before if i == here else i) for step in self.steps)
        )
