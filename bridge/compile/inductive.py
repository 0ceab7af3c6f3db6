"""Inductive types at run time: how values of each constructor are told, taken apart and put together.

A structure or inductive type that nothing mirrors has one form of value, `Data`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile import examples
from leanmirror.bridge.compile.terms import telescope
from leanmirror.bridge.compile.values import Family as Values_
from leanmirror.bridge.core.environment import Declared, Family
from leanmirror.bridge.core.term import PROP, Pi, Term
from leanmirror.bridge.names.docstrings import table
from leanmirror.bridge.names.spelling import spelling
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement, all_of, at, truth
from leanmirror.spec.judge.types import RecipeT, Value
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values
    from leanmirror.bridge.compile.examples import Constructor, Patience
    from leanmirror.spec.judge.source import Source

Get = Callable[[Any], Value]


@dataclass(frozen=True, slots=True)
class Data:
    """A value of an inductive type: its constructor, and those fields that are no proofs, in order."""

    constructor: str
    fields: tuple[Value, ...] = ()

    def __str__(self) -> str:
        return " ".join([self.constructor, *(f"({field})" for field in self.fields)])


NONE = Data("Option.none")


@dataclass(frozen=True, slots=True, eq=False)
class Interpolated:
    """A string made of others: it can be handed on, but what it is made of is not run."""

    text: str

    def __eq__(self, other: object) -> bool:
        raise Unsupported(f"the value of {self.text}", cause="draw")

    __hash__ = None  # type: ignore[assignment]  # as for all that cannot be compared


@dataclass(frozen=True, slots=True)
class DataT(RecipeT):
    """An inductive type that nothing mirrors, with its arguments; examples are made by its constructors."""

    name: str
    args: tuple[Value, ...] = ()
    constructors: Callable[[], Sequence[Constructor]] = field(default=tuple, compare=False, repr=False)
    patience: Patience = field(default_factory=examples.Patience, compare=False, repr=False)

    def draw(self, source: Source) -> Value:
        """A value as a recipe; Unsupported where no constructor gives one."""
        return examples.drawn(str(self), self.constructors(), source, self.patience)

    @property
    def is_conditional(self) -> bool:
        """It has a constructor with proofs, or with a field whose type may have one."""
        return any(each.proofs or each.fields for each in self.constructors())

    def accepts(self, value: Value) -> bool:
        """Whether a recipe, drawn for other values of what the type speaks of, is still as its proofs say."""
        return examples.stands(self.constructors(), value)

    def decode(self, data: Any) -> Value:
        """The recipe that a witness gives."""
        return examples.read(str(self), self.constructors(), data)

    def inhabited(self) -> bool | None:
        """Whether it has values; None where that is not known."""
        return examples.inhabited(self.constructors())

    def weight(self, value: Value) -> int:
        """How many constructors a value is made of."""
        return int(value.weight)

    def wholes(self, value: Value) -> Iterable[int]:
        """The whole numbers in a value."""
        found: Iterator[int] = value.wholes()
        return found

    def simpler(self, value: Value) -> Iterator[Value]:
        """The value with one field simpler."""
        found: Iterator[Value] = value.simpler()
        return found

    def __str__(self) -> str:
        return " ".join([self.name, *(f"({arg})" for arg in self.args if not callable(arg))])


@dataclass(frozen=True, slots=True)
class Parts:
    """How a constructor is told from others, and its fields in Lean's order, proofs left out.

    A field is None where the values do not hold it.
    """

    fits: Callable[[Any], bool]
    fields: tuple[Get | None, ...]


def _entry(i: int) -> Get:
    return lambda v: v[i]


def _always(_: Value) -> bool:
    return True


def _itself(v: Value) -> Value:
    return v


def _true(v: Value) -> bool:
    return v is True


def _false(v: Value) -> bool:
    return v is False


def _parts_of_tensor(v: Any) -> Value:
    return Values_([v.part(i) for i in range(v.shape.dims[0])])


def _inner_shape(v: Any) -> Shape:
    return Shape(v.shape.dims[1:])


_NIL = Parts(lambda v: not v, ())
_TLIST = Parts(
    lambda v: len(v) > 0,
    (lambda v: v[0].shape, lambda v: tuple(x.shape for x in v[1:]), _entry(0), lambda v: v[1:]),
)
_EMPTY_GRAPH = Parts(lambda g: not g.nodes, ())
_GRAPH = Parts(
    lambda g: bool(g.nodes),
    (
        lambda g: tuple(node.τ for node in g.nodes[:-1]),
        lambda g: g.nodes[-1].τ,
        lambda g: type(g)(g.Γ, g.nodes[:-1]),
        lambda g: g.nodes[-1],
    ),
)
GRAPHS = ("Proofs.Autograd.Graph", "Proofs.Autograd.Algebra.Graph", "Proofs.Autograd.Algebra.GraphData")
TLISTS = ("Proofs.Autograd.TList", "Proofs.Autograd.Algebra.TList")

PARTS: Mapping[str, Parts] = {
    "Bool.true": Parts(_true, ()),
    "Bool.false": Parts(_false, ()),
    "PUnit.unit": Parts(_always, ()),
    "Prod.mk": Parts(_always, (_entry(0), _entry(1))),
    "Fin.mk": Parts(_always, (_itself,)),
    "Array.mk": Parts(_always, (_itself,)),
    "Vector.mk": Parts(_always, (_itself,)),
    "Subtype.mk": Parts(_always, (_itself,)),
    "WithLp.raw": Parts(_always, (_itself,)),
    "List.nil": _NIL,
    "List.cons": Parts(lambda v: len(v) > 0, (_entry(0), lambda v: v[1:])),
    "Spec.Shape.scalar": Parts(lambda s: not s.dims, ()),
    "Spec.Shape.dim": Parts(lambda s: bool(s.dims), (lambda s: s.dims[0], lambda s: Shape(s.dims[1:]))),
    "Spec.Tensor.scalar": Parts(lambda v: not v.shape.dims, (lambda v: v.entries[0],)),
    "Spec.Tensor.dim": Parts(
        lambda v: bool(v.shape.dims), (lambda v: v.shape.dims[0], _inner_shape, _parts_of_tensor)
    ),
    **{f"{name}.nil": _NIL for name in TLISTS},
    **{f"{name}.cons": _TLIST for name in TLISTS},
    **{f"{name}.nil": _EMPTY_GRAPH for name in GRAPHS},
    **{f"{name}.snoc": _GRAPH for name in GRAPHS},
}
"""Constructors whose values have a form of their own."""


def counted(compiler: Compiler, declared: Declared, family: Family) -> tuple[tuple[str, Term], ...]:
    """The fields of a constructor that are evaluated: neither instances nor proofs."""
    found = telescope(declared.type)
    kept = flags(compiler, declared, family)
    return tuple((p.var.name, p.type) for p, keep in zip(found[family.params :], kept, strict=True) if keep)


def flags(compiler: Compiler, declared: Declared, family: Family) -> tuple[bool, ...]:
    """Which fields of a constructor are evaluated."""
    found = [compiler.counts(p) for p in telescope(declared.type)]  # a field's type may speak of parameters
    return tuple(found[family.params :])


def parts_of(compiler: Compiler, declared: Declared, family: Family) -> Parts:
    """How values of a constructor are taken apart."""
    known = PARTS.get(declared.name)
    if known is not None:
        return known
    own = counted(compiler, declared, family)
    above = table("leanmirror.spec").get(family.name)
    if above is not None and is_dataclass(above.value) and isinstance(above.value, type):
        names = {each.name for each in fields(above.value)}
        return Parts(_always, tuple(_attribute(name, type_, names) for name, type_ in own))
    name = declared.name
    return Parts(lambda v: v.constructor == name, tuple(_field(i) for i in range(len(own))))


def _field(i: int) -> Get:
    return lambda v: v.fields[i]


def _attribute(name: str, type_: Term, names: set[str]) -> Get | None:
    """A field of a mirrored structure; a function of several arguments takes them one by one."""
    attribute, count = spelling(name), 0
    if attribute not in names:
        return None
    while isinstance(type_, Pi):
        count, type_ = count + 1, type_.body
    if count < 2:
        return lambda v: getattr(v, attribute)
    return lambda v: curried(getattr(v, attribute), count)


def curried(
    function: Callable[..., Value], count: int, given: tuple[Value, ...] = ()
) -> Callable[..., Value]:
    """A Python function of several arguments as one that takes them one by one."""
    if count == 1:
        return lambda x: function(*given, x)
    return lambda x: curried(function, count - 1, (*given, x))


@dataclass(frozen=True, slots=True)
class Made:
    """A constructor that nothing mirrors."""

    name: str
    skipped: int
    arity: int

    def compile(self, compiler: Compiler, args: Sequence[Term]) -> Closure:
        """The value with its fields."""
        name, parts = self.name, [compiler.compile(arg) for arg in args[self.skipped :]]
        return lambda env: Data(name, tuple([part(env) for part in parts]))


@dataclass(frozen=True, slots=True)
class Projected:
    """A field of a structure."""

    get: Get
    arity: int

    def compile(self, compiler: Compiler, args: Sequence[Term]) -> Closure:
        """The field of the value."""
        value, get = compiler.compile(args[-1]), self.get
        return lambda env: get(value(env))


@dataclass(frozen=True, slots=True)
class Formed:
    """A type that nothing mirrors."""

    name: str
    arity: int

    def compile(self, compiler: Compiler, args: Sequence[Term]) -> Closure:
        """The type with its arguments."""
        name, parts = self.name, [compiler.compile(arg) for arg in args]

        made = cache(partial(examples.constructors_of, compiler, name, tuple(args)))
        patience = examples.Patience()

        def formed(env: Values) -> DataT:
            given = tuple([part(env) for part in parts])
            return DataT(name, given, lambda: tuple([replace(each, given=env) for each in made()]), patience)

        return formed


def _is_proposition(declared: Declared) -> bool:
    type_ = declared.type
    while isinstance(type_, Pi):
        type_ = type_.body
    return type_ == PROP


def meaning(compiler: Compiler, declared: Declared) -> Made | Projected | Formed | None:
    """How a type, constructor or projection that nothing mirrors is evaluated; None for anything else."""
    if declared.kind == "type":
        if _is_proposition(declared):
            raise Unsupported(f"the inductive proposition {declared.name}", name=declared.name)
        return Formed(declared.name, sum(compiler.counts(p) for p in telescope(declared.type)))
    family = compiler.constants.family(declared.parent) if declared.parent else None
    if family is None or family.is_class:
        return None
    parameters = telescope(declared.type)
    skipped = sum(compiler.counts(p) for p in parameters[: family.params])
    if declared.kind == "constructor":
        return Made(declared.name, skipped, sum(compiler.counts(p) for p in parameters))
    if declared.kind != "projection":
        return None
    made = compiler.constants.lookup(family.constructors[0])
    if made is None:
        return None
    own = flags(compiler, made, family)
    if not own[declared.index]:
        return None
    get = parts_of(compiler, made, family).fields[sum(own[: declared.index])]
    return None if get is None else Projected(get, skipped + 1)


def same(a: Value, b: Value) -> Judgement:
    """Whether two values of one type are equal: by their constructors, then field by field."""
    if isinstance(a, Data) and isinstance(b, Data):
        if a.constructor != b.constructor:
            return truth(False)
        return _all(a.fields, b.fields)
    if isinstance(a, (str, bool, Shape, Interpolated, Idx, type(None), t.Type)):
        return truth(bool(a == b))
    if a is b:
        return truth(True)
    if callable(a) or callable(b):
        raise Unsupported("equality of functions inside of other values")
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return _all(a, b) if len(a) == len(b) else truth(False)
    return equal(a, b)


def _all(one: Sequence[Value], two: Sequence[Value]) -> Judgement:
    return all_of(at(i, same(x, y)) for i, (x, y) in enumerate(zip(one, two, strict=True)))
