"""Tapes, their nodes and tensors as they are drawn: recipes that become values of Lean's text.

A tape is drawn as leaves and nodes that pass multiples of their gradient on, or fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from leanmirror.bridge.compile.inductive import Data, DataT
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.judge.balls import realize
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import RecipeT, Type, Value
from leanmirror.spec.torchlean_types import TensorT

ANY, NODE, TAPE = "Runtime.AnyTensor.mk", "Runtime.Autograd.Node.mk", "Runtime.Autograd.Tape.mk"
NONE, SOME, OK, ERROR = "Option.none", "Option.some", "Except.ok", "Except.error"
RULE_ERROR = "a rule that fails"

Entry = Callable[[Fraction], Scalar]


@dataclass(frozen=True, slots=True)
class AnyRecipe:
    """A tensor that carries its shape."""

    s: Shape
    entries: tuple[Fraction, ...]

    @property
    def fields(self) -> tuple[Shape, None]:
        """The shape, as the text's value has it: types speak of it before there are numbers."""
        return self.s, None

    def build(self, entry: Entry) -> Data:
        """The text's value."""
        return Data(ANY, (self.s, Tensor(self.s, [entry(x) for x in self.entries])))

    def reals(self) -> Iterator[Fraction]:
        """The entries."""
        return iter(self.entries)

    def with_reals(self, entries: Iterator[Fraction]) -> AnyRecipe:
        """Other entries."""
        return replace(self, entries=tuple(next(entries) for _ in self.entries))

    @property
    def lean(self) -> str:
        """The tensor in Lean's words."""
        return f"⟨{self.s}, {TensorT(self.s).show(Tensor(self.s, list(self.entries)))}⟩"


@dataclass(frozen=True, slots=True)
class NodeRecipe:
    """A node that passes `factor` times its gradient on to each parent, or fails; without parents a leaf."""

    value: AnyRecipe
    name: str | None
    requires_grad: bool
    parents: tuple[int, ...] = ()
    factor: int = 1
    fails: bool = False

    def build(self, entry: Entry) -> Data:
        """The text's value."""
        name = Data(NONE) if self.name is None else Data(SOME, (self.name,))
        parts = (name, self.value.build(entry), self.requires_grad, list(self.parents), self._rule)
        return Data(NODE, parts)

    def _rule(self, upstream: Data) -> Data:
        if self.fails:
            return Data(ERROR, (RULE_ERROR,))
        s, t = upstream.fields
        passed = Data(ANY, (s, Tensor(s, [self.factor * x for x in t.entries])))
        return Data(OK, ([(parent, passed) for parent in self.parents],))

    @property
    def lean(self) -> str:
        """The node in words."""
        flag = "" if self.requires_grad else ", no gradient"
        rule = "fails" if self.fails else f"{self.factor} • gradient"
        passes = f", to {list(self.parents)}: {rule}" if self.parents else ""
        return f"{self.value.lean}{flag}{passes}"


@dataclass(frozen=True, slots=True)
class TapeRecipe:
    """Nodes in the order of their ids."""

    nodes: tuple[NodeRecipe, ...]

    def build(self, entry: Entry) -> Data:
        """The text's value."""
        return Data(TAPE, ([node.build(entry) for node in self.nodes],))

    def reals(self) -> Iterator[Fraction]:
        """The entries of all values."""
        for node in self.nodes:
            yield from node.value.reals()

    def with_reals(self, entries: Iterator[Fraction]) -> TapeRecipe:
        """Other entries."""
        return TapeRecipe(tuple(replace(n, value=n.value.with_reals(entries)) for n in self.nodes))

    @property
    def lean(self) -> str:
        """The tape in words."""
        return f"tape of {'; '.join(f'{i}: {node.lean}' for i, node in enumerate(self.nodes)) or 'no nodes'}"


@dataclass(frozen=True, slots=True)
class AnyT(RecipeT):
    """`Runtime.AnyTensor ℝ`."""

    def draw(self, source: Source) -> AnyRecipe:
        """A tensor of a shape that the example has already, mostly."""
        return any_of(source, _shape(source))

    def __str__(self) -> str:
        return "AnyTensor"


@dataclass(frozen=True, slots=True)
class NodeOfTapeT(RecipeT):
    """`Runtime.Autograd.Node ℝ`; a witness says which parents it has."""

    def draw(self, source: Source) -> NodeRecipe:
        """A node with up to two parents."""
        return node_of(source, 2)

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value.value.reals())

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return replace(value, value=value.value.with_reals(entries))

    def __str__(self) -> str:
        return "Node"


@dataclass(frozen=True, slots=True)
class TapeT(RecipeT):
    """`Runtime.Autograd.Tape ℝ`."""

    def draw(self, source: Source) -> TapeRecipe:
        """Up to four nodes, with values mostly of the shapes that the example has already."""
        count = source.data.choice((0, 1, 2, 3, 4, 4))
        return TapeRecipe(tuple(node_of(source, at) for at in range(count)))

    def __str__(self) -> str:
        return "Tape"


@dataclass(frozen=True, slots=True)
class StringT(RecipeT):
    """`String`."""

    def draw(self, source: Source) -> str:
        """One of a few."""
        return str(source.data.choice(("", "x", "other")))

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(())

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return value

    def built(self, recipe: Value, entry: Entry) -> Value:
        return recipe

    def show(self, recipe: Value) -> str:
        return f'"{recipe}"'

    def __str__(self) -> str:
        return "String"


@dataclass(frozen=True, slots=True)
class SomeT(RecipeT):
    """`Option T`, drawn as no or one value; `listed`: `Array T`, up to four."""

    of_type: Type
    listed: bool = False

    def draw(self, source: Source) -> tuple[Value, ...]:
        """The values in it."""
        count = source.data.choice((0, 1, 2, 3, 4, 4) if self.listed else (0, 1, 1))
        return tuple(self.of_type.draw(source) for _ in range(count))

    def reals(self, value: Value) -> Iterator[Scalar]:
        for each in value:
            yield from self.of_type.reals(each)

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return tuple(self.of_type.with_reals(each, entries) for each in value)

    def built(self, recipe: Value, entry: Entry) -> Value:
        values = [realize(self.of_type, each, entry) for each in recipe]
        if self.listed:
            return values
        return Data(SOME, (values[0],)) if values else Data(NONE)

    def show(self, recipe: Value) -> str:
        found = [self.of_type.show(each) for each in recipe]
        return f"#[{', '.join(found)}]" if self.listed else f"some {found[0]}" if found else "none"

    def __str__(self) -> str:
        return f"{'Array' if self.listed else 'Option'} {self.of_type}"


def any_of(source: Source, s: Shape) -> AnyRecipe:
    """A tensor of that shape, its entries of moderate size."""
    pool = source.pool_of_variable()
    return AnyRecipe(s, tuple(moderate(pool(source.rng)) for _ in range(s.size)))


def moderate(x: Fraction) -> Fraction:
    """The number, or one that is near to it as an exponent of a float goes."""
    return x if abs(x) <= MODERATE and (x == 0 or abs(x) >= SMALLEST) else Fraction(round(8 * x) % 64, 8)


MODERATE, SMALLEST = Fraction(12), Fraction(1, 1 << 20)


def _shape(source: Source) -> Shape:
    shapes: list[Shape] = list(getattr(source, "shapes", ()))
    sizes: list[int] = list(getattr(source, "sizes", ()))
    if shapes and source.data.chance(0.85):
        return shapes[source.data.integer(0, len(shapes) - 1)]
    if sizes and source.data.chance(0.9):
        rank = source.data.choice((1, 1, 2, 2, 3))
        return Shape(tuple(source.data.choice(sizes) for _ in range(rank)))
    return source.shape()


def node_of(source: Source, at: int) -> NodeRecipe:
    """The node with that id."""
    value, flag = any_of(source, _shape(source)), source.data.chance(0.8)
    name = source.data.choice((None, "x", "y"))
    parents = (
        tuple(source.data.integer(0, at - 1) for _ in range(source.data.choice((0, 1, 2)))) if at else ()
    )
    return NodeRecipe(value, name, flag, parents, source.data.choice((1, -2, 3)), source.data.chance(0.1))


DRAWN: Mapping[str, Type] = {
    "Runtime.AnyTensor": AnyT(),
    "Runtime.Autograd.Node": NodeOfTapeT(),
    "Runtime.Autograd.Tape": TapeT(),
    "String": StringT(),
}
"""How values of these types are drawn."""


def drawn_as(of_type: Type) -> Type:
    """How values of a type of the text are drawn."""
    if isinstance(of_type, DataT):
        if of_type.name in DRAWN:
            return DRAWN[of_type.name]
        if of_type.name in ("Option", "Array"):
            return SomeT(drawn_as(of_type.args[0]), listed=of_type.name == "Array")
    return of_type
