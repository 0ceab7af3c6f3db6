"""Examples: values for a claim's binders, drawn by type, with counterexamples' hiding places in mind.

Real entries are exact dyadic rationals (as Fractions), so that ties are exact and a witness replays
bit for bit; `realize` turns an example into balls. Sizes 0, 1, 2, 3 come first, all equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from types import UnionType

from flint import arb

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.claim import Binder, Claim, Env
from leanmirror.spec.judge.equivalences import draw_equivalence, unequal
from leanmirror.spec.judge.types import Type, Value

Pool = Callable[[Random], Fraction]
LAST_EQUAL = 3
"""The number of the last example with all sizes equal to it."""

CROWD = 5
"""From so many sizes on, they are drawn smaller."""

MAX_ENTRIES = 12
"""No shape is drawn with more entries than this."""

EQUAL = (2, 3, 2, 1)
"""The size of all dimensions, in every fifth example."""


def _dyadic(rng: Random, bits: int, scale: int) -> Fraction:
    return Fraction(rng.getrandbits(bits) - (1 << (bits - 1)), 1 << (bits - scale))


def _small(rng: Random) -> Fraction:
    return Fraction(rng.choice((0, 0, 1, 1, -1, 2, -2, 3, -3)))


def _eighths(rng: Random) -> Fraction:
    return Fraction(rng.randint(-32, 32), 8)


def _generic(rng: Random) -> Fraction:
    return _dyadic(rng, 53, 3)


def _large(rng: Random) -> Fraction:
    return Fraction(
        rng.choice((-1, 1)) * rng.choice((10, 20, 25, 37, 50, 100, 150)) * 8 + rng.randint(-3, 3), 8
    )


def _tiny(rng: Random) -> Fraction:
    return rng.choice((-1, 1)) * Fraction(1, 1 << rng.choice((60, 101, 200)))


_CONSTANTS = tuple(Fraction(c) for c in (0, 1, -1, 2, -2, Fraction(1, 2), 3, 10, 20, -20, -37, 38))


def _constants(rng: Random) -> Fraction:
    """A constant that definitions branch on, or a near neighbour."""
    return rng.choice(_CONSTANTS) + rng.choice((0, 0, 1, -1)) * Fraction(1, 1 << rng.choice((1, 10, 60)))


def _positive(rng: Random) -> Fraction:
    return rng.choice((Fraction(rng.randint(1, 32), 8), abs(_generic(rng)) + Fraction(1, 1024), Fraction(1)))


def _nonzero(rng: Random) -> Fraction:
    return rng.choice((-1, 1)) * _positive(rng)


def _power_of_two(rng: Random) -> Fraction:
    """Never 0, and what is solved for kinks stays dyadic."""
    return rng.choice((-1, 1)) * Fraction(1 << rng.randint(0, 4), 4)


def _sparse(rng: Random) -> Fraction:
    return Fraction(0) if rng.random() < 0.7 else Fraction(rng.choice((1, -1, 2)))


def _zero(rng: Random) -> Fraction:
    return Fraction(0)


def _tied(rng: Random) -> Pool:
    value = rng.choice((_small, _eighths, _generic, _large))(rng)
    return lambda _: value


def _mixed(rng: Random) -> Fraction:
    return rng.choice((_small, _eighths, _generic, _generic, _constants, _large, _tiny))(rng)


POOLS: tuple[Pool, ...] = (
    _generic,
    _small,
    _large,
    _eighths,
    _nonzero,
    _sparse,
    _mixed,
    _constants,
    _tiny,
)
FACTORS = tuple(Fraction(c) for c in (1, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2), 3, 0))
"""Coefficients of drawn functions."""

MEETING: tuple[Pool, ...] = (_nonzero, _positive, _generic, _tiny, _small, _sparse)
"""Pools for a further try when a hypothesis was not met."""


@dataclass(slots=True)
class Source:
    """Where examples come from.

    `rng` draws the numbers; `data` draws sizes, shapes and indices, so that a further try keeps them.
    `index` is the example's number: the first four have all sizes 0, 1, 2, 3. `kinkless` counts the
    searches for a kink that found no operand at all, one after the other; `unclear` the draws whose
    hypotheses could not be decided, and `constants` numbers that the statement names.
    `kinked`: moves have led to kinks.
    `fruitless` counts, for each variable, the moves that led to no kink.
    `equal`: every size is this one, where there is one: square matrices are drawn so.
    `plain`: the statement has no real numbers in it, so that sizes are all that matters. `ordinary` are the
    variables of which nothing else is made: neither sizes nor indices. `crowded`: there are so many sizes
    that tensors would be large.
    """

    rng: Random
    data: Random = field(default_factory=Random)
    index: int = 1_000
    pool: Pool | None = None
    turns: int = 0
    kinkless: int = 0
    kinked: bool = False
    unclear: int = 0
    constants: tuple[Fraction, ...] = ()
    plain: bool = False
    equal: int | None = None
    fruitless: dict[str, int] = field(default_factory=dict)
    ordinary: set[str] = field(default_factory=set)
    crowded: bool = False

    def begin(self, index: int) -> int:
        """Start an example: choose its mode, and the seed of its data, which is returned.

        Every other example has one mode for all its numbers, and the modes take turns, so that none is
        left to chance; in the others each variable has a pool of its own.
        """
        self.index, half = index, index // 2
        self.equal = EQUAL[index // 5 % len(EQUAL)] if index >= 4 and index % 5 == 3 else None
        seed = self.rng.getrandbits(64)
        self.data = Random(seed)
        if index % 5 == 0 and self.kinked:
            self.pool = _power_of_two
        elif index % 2:
            self.pool = None
        elif self.constants and half % 8 == 5:
            self.pool = self._near_constants
        elif half % 4 == 3:
            self.pool = _zero if half % 16 == 3 else _tied(self.rng)
        else:
            self.pool = POOLS[(half - half // 4) % len(POOLS)]
        return seed

    @property
    def large(self) -> bool:
        """The example's numbers are far from 0, where functions saturate."""
        return self.pool in (_large, _constants)

    def turn(self) -> int:
        """A number that goes on by one at each call, for choices that take turns."""
        self.turns += 1
        return self.turns

    def pool_of_variable(self) -> Pool:
        """The pool for one variable."""
        if self.pool is not None:
            return self.pool
        if self.constants and self.rng.random() < 0.3:
            return self._near_constants
        return _tied(self.rng) if self.rng.random() < 0.1 else self.rng.choice(POOLS)

    def _near_constants(self, rng: Random) -> Fraction:
        """A number that the statement names, its negative, or a near neighbour."""
        nearby = rng.choice((0, 0, 0, 0, 1, -1)) * Fraction(1, 1 << rng.choice((1, 10, 60)))
        return rng.choice((1, 1, -1)) * rng.choice(self.constants) + nearby

    def size(self) -> int:
        """A natural number meant as a size."""
        if self.equal is not None:
            return self.equal
        if self.crowded:
            return (
                min(self.index, 2) if self.index < 4 else self.data.choices((0, 1, 2, 3), (2, 42, 50, 6))[0]
            )
        if self.index < 4:
            return self.index
        if self.plain:
            return self.data.choices(range(8), (11, 18, 18, 16, 12, 10, 8, 7))[0]
        return self.data.choices((0, 1, 2, 3, 4), (3, 12, 43, 36, 6))[0]

    def shape(self) -> Shape:
        """A shape of rank 0 to 3 with at most MAX_ENTRIES entries."""
        if self.index < 4:
            return Shape((self.index,))
        rank = self.data.choices((0, 1, 2, 3), (15, 35, 35, 15))[0]
        dims = [self.size() for _ in range(rank)]
        while Shape(tuple(dims)).size > MAX_ENTRIES:
            dims[self.data.randrange(len(dims))] = 1
        return Shape(tuple(dims))


class _Hole(tuple[Shape, ...]):
    """A context Γ that is not drawn yet, or one that such contexts are parts of; equal to itself only."""

    parts: tuple[_Hole, ...]

    def __new__(cls, parts: tuple[_Hole, ...] = ()) -> _Hole:
        found = super().__new__(cls, ())
        found.parts = parts or (found,)
        return found

    def __add__(self, other: tuple[Shape, ...]) -> _Hole:  # type: ignore[override]  # of shapes only
        return _Hole((*self.parts, *getattr(other, "parts", ())))

    def __radd__(self, other: tuple[Shape, ...]) -> _Hole:
        return _Hole(self.parts)

    @property
    def whole(self) -> bool:
        """It is a context itself."""
        return self.parts == (self,)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True, slots=True)
class Example:
    """Values for every variable of a claim, real entries as Fractions, with their types."""

    types: Mapping[str, Type]
    values: Mapping[str, Value]

    def realized(self) -> dict[str, Value]:
        """The values with balls as real entries."""
        return {name: realize(self.types[name], value) for name, value in self.values.items()}

    def sizes(self) -> list[int]:
        """Every size that occurs: numbers of entries per dimension, of naturals and shapes."""
        out: list[int] = []
        for name, value in self.values.items():
            of_type = self.types[name]
            if isinstance(of_type, t.SizedT) or (
                isinstance(of_type, t.NatT) and getattr(of_type, "high", None) is None
            ):
                out.append(value)
            elif isinstance(of_type, t.ShapeT):
                out.extend(value.dims)
            elif isinstance(of_type, t.IdxT):
                out.extend(of_type.s.dims)
            elif isinstance(of_type, t.NodeT | t.GraphT):
                shapes = (of_type.τ,) if isinstance(of_type, t.NodeT) else of_type.ss
                out.extend(n for s in (*of_type.Γ, *shapes) for n in s.dims)
                out.append(min(1, len(shapes)))
        return out

    @property
    def plain(self) -> bool:
        """There are no real numbers in it."""
        return not any(True for name, of_type in self.types.items() for _ in of_type.reals(self.values[name]))

    @property
    def nontrivial(self) -> bool:
        """Every size at least 1 and one at least 2, where there are sizes."""
        sizes = self.sizes()
        return not sizes or (min(sizes) >= 1 and max(sizes) >= 2)


def ball(x: Fraction) -> arb:
    """A rational as a ball, exact when it is dyadic."""
    q = x.denominator
    if q & (q - 1) == 0:
        return arb((x.numerator, 1 - q.bit_length()))
    return arb(x.numerator) / q


def _entry(x: Scalar) -> Scalar:
    return ball(x) if type(x) is Fraction else x


def realize(of_type: Type, value: Value, entry: Callable[[Scalar], Scalar] = _entry) -> Value:
    """An example's value with its real entries converted: to balls, unless another `entry` is given."""
    return of_type.built(value, entry)


def draw_example(claim: Claim, source: Source, graphs: Env | None = None) -> Example | None:
    """One example's values, hypotheses not looked at; None when a type is empty (`Fin 0`).

    `graphs` are recipes that are taken and not drawn. Raises Unsupported for a type that cannot be drawn.
    """
    values, types = _draw_data(claim.variables, source, graphs or {})
    for binder in claim.variables:
        if binder.name in values:
            continue
        of_type = binder.type(values)
        if is_empty(of_type):
            return None
        if not isinstance(of_type, _SETTLING):
            source.ordinary.add(binder.name)
        types[binder.name] = of_type
        values[binder.name] = draw(of_type, source)
    return Example(types, {b.name: values[b.name] for b in claim.variables})


def is_empty(of_type: Type) -> bool:
    """The type has certainly no values."""
    match of_type:
        case t.ProdT(first, second):
            return is_empty(first) or is_empty(second)
        case t.PiT(n, inner):
            return n > 0 and is_empty(inner)
        case t.FunT(dom, cod):
            return is_empty(cod) and not is_empty(dom)
        case t.BoundedNatT(low, high):
            return high is not None and high < low
        case t.IdxT(Γ, s):
            return s not in Γ
        case t.EquivT():
            return unequal(of_type)
        case t.FinT(n):
            return n == 0
    return False


_SETTLING = (t.NatT, t.ShapeT, t.ContextT, t.NodeT, t.GraphT, t.IdxT, t.GivenT)
"""Types whose values settle sizes, or are settled with them."""


def _draw_data(
    variables: tuple[Binder, ...], source: Source, graphs: Env
) -> tuple[dict[str, Value], dict[str, Type]]:
    """Sizes, shapes, contexts and graphs: a context is built from the shapes that its indices need."""
    variables = tuple(binder for binder in variables if binder.name not in source.ordinary)
    values: dict[str, Value] = {}
    types: dict[str, Type] = {}
    holes: dict[str, _Hole] = {}
    sizes = [binder for binder in variables if type(_type_if_ready(binder, values)) is t.NatT]
    source.crowded = len(sizes) >= CROWD and not source.plain
    for binder in variables:
        of_type = _type_if_ready(binder, values)
        if isinstance(of_type, t.NatT | t.ShapeT) or (
            isinstance(of_type, t.GivenT) and isinstance(of_type.of_type, t.NatT | t.ShapeT)
        ):
            if is_empty(of_type):
                continue
            values[binder.name], types[binder.name] = draw(of_type, source), of_type
        elif isinstance(of_type, t.ContextT):
            holes[binder.name] = values[binder.name] = _Hole()
            types[binder.name] = of_type
    for binder in variables:
        of_type = _type_if_ready(binder, values)
        if isinstance(of_type, t.NodeT | t.GraphT) and _settles(of_type):
            values[binder.name] = _recipe(of_type, source, graphs.get(binder.name), values, holes)
            types[binder.name] = binder.type(values)
    needed: dict[int, list[Shape]] = {id(hole): [] for hole in holes.values()}
    for binder in variables:
        of_type = _type_if_ready(binder, values)
        if isinstance(of_type, t.IdxT) and isinstance(of_type.Γ, _Hole):
            free = [part for part in of_type.Γ.parts if id(part) in needed]
            if free:
                needed[id(source.data.choice(free))].append(of_type.s)
    for name, hole in holes.items():
        values[name] = _context(needed[id(hole)], source)
    return values, types


def _settles(of_type: t.NodeT | t.GraphT) -> bool:
    """The context of the node or graph is a variable, or the shapes of the graph's values are."""
    if isinstance(of_type, t.NodeT):
        return isinstance(of_type.Γ, _Hole) and of_type.Γ.whole
    if isinstance(of_type.Γ, _Hole) and not of_type.Γ.whole:
        return False
    return isinstance(of_type.ss, _Hole) and of_type.ss.whole


def _recipe(
    of_type: t.NodeT | t.GraphT,
    source: Source,
    given: Value | None,
    values: dict[str, Value],
    holes: dict[str, _Hole],
) -> Value:
    """A node or graph, which also settles the context and shapes that its type speaks of."""
    from leanmirror.spec.graphs.drawing import draw_graph, draw_node

    if isinstance(of_type, t.NodeT):
        recipe, settled = given or draw_node(source), [(of_type.Γ, "Γ"), (of_type.τ, "τ")]
    else:
        Γ = None if isinstance(of_type.Γ, _Hole) else of_type.Γ
        fits = given is not None and Γ in (None, given.Γ)
        recipe = given if fits else draw_graph(source, Γ, everywhere=of_type.everywhere)
        settled = [(of_type.Γ, "Γ"), (of_type.ss, "ss")]
    for place, part in settled:
        for name in [name for name, value in values.items() if value is place]:
            values[name] = getattr(recipe, part)
            holes.pop(name, None)
    return recipe


def _type_if_ready(binder: Binder, values: Env) -> Type | None:
    try:
        return binder.type(values)
    except KeyError:  # the type speaks of a variable that is drawn later
        return None


def _context(needed: list[Shape], source: Source) -> tuple[Shape, ...]:
    shapes = list(dict.fromkeys(needed)) if source.data.random() < 0.5 else list(needed)
    for _ in range(source.data.randint(0, 2)):
        again = needed and source.data.random() < 0.5
        shapes.append(source.data.choice(needed) if again else _small_shape(source))
    source.data.shuffle(shapes)
    return tuple(shapes)


def _small_shape(source: Source) -> Shape:
    s = source.shape()
    return s if s.size <= 4 else Shape((source.data.randint(0, 3),))


def draw(of_type: Type, source: Source) -> Value:
    """A value of the type; Unsupported where the type has no generator."""
    if isinstance(of_type, t.DrawnT):
        return of_type.draw(source)
    for kind, generator in _GENERATORS.items():
        if isinstance(of_type, kind):
            return generator(of_type, source)
    if isinstance(of_type, t.Space):
        return of_type.build(_numbers(source))
    raise Unsupported(f"examples of type {of_type}")


def _numbers(source: Source) -> Iterator[Fraction]:
    pool = source.pool_of_variable()
    while True:
        yield pool(source.rng)


def _index(of_type: t.IdxT, source: Source) -> Value:
    from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx

    places = [i for i, s in enumerate(of_type.Γ) if s == of_type.s]
    return Idx(of_type.Γ, of_type.s, source.data.choice(places))


def _function(of_type: t.FunT, source: Source) -> Value:
    from leanmirror.spec.judge.mappings import draw_function

    return draw_function(of_type, source)


def _sized(of_type: t.SizedT, source: Source) -> int:
    size = max(of_type.low, source.size())
    return size if of_type.high is None else min(size, of_type.high)


def _operation(of_type: t.OpSpecFDerivCorrectT, source: Source) -> Value:
    from leanmirror.spec.judge.recipes import draw_recipe

    return draw_recipe(of_type.inDim, of_type.outDim, source)


def _of_size(of_type: t.ShapeOfSizeT, source: Source) -> Shape:
    """A shape with so many entries: divisors of what is left, and a few ones."""
    dims, rest = [], of_type.size
    while rest > 1:
        factor = source.data.choice([d for d in range(2, rest + 1) if rest % d == 0])
        dims.append(factor)
        rest //= factor
    dims += [1] * source.data.choice((0, 0, 0, 1)) + [0] * (rest == 0)
    source.data.shuffle(dims)
    return Shape(tuple(dims))


def _node(of_type: t.NodeT, source: Source) -> Value:
    from leanmirror.spec.graphs.smooth import draw_smooth_node

    return draw_smooth_node(of_type.Γ, of_type.τ, source)


def _graph(of_type: t.GraphT, source: Source) -> Value:
    from leanmirror.spec.graphs.smooth import draw_smooth_graph

    return draw_smooth_graph(of_type.Γ, of_type.ss, source)


def _correct(of_type: t.OpSpecCorrectT, source: Source) -> Value:
    from leanmirror.spec.graphs.smooth import draw_operation

    return draw_operation(of_type.σ, of_type.τ, source)


def _pair(of_type: t.ProdT, source: Source) -> Value:
    return draw(of_type.first, source), draw(of_type.second, source)


def _list(of_type: t.ListT, source: Source) -> Value:
    return [draw(of_type.of_type, source) for _ in range(source.size())]


def _finite_set(of_type: t.FinsetT, source: Source) -> Value:
    return sorted(set(_list(of_type, source)))


def _family(of_type: t.PiT, source: Source) -> Value:
    if t.is_space(of_type):
        return of_type.build(_numbers(source))
    return [draw(of_type.of_type, source) for _ in range(of_type.n)]


def _bounded(of_type: t.BoundedNatT, source: Source) -> int:
    if of_type.high is None:
        return of_type.low + source.size() if source.data.random() < 0.5 else max(of_type.low, source.size())
    if source.index < 4 or source.data.random() < 0.3:
        return of_type.high
    return source.data.randint(of_type.low, of_type.high)


_GENERATORS: Mapping[type[Type] | UnionType, Callable[..., Value]] = {
    t.GivenT: lambda of_type, _: of_type.value,
    t.UnitT: lambda _, __: (),
    t.SizedT: _sized,
    t.BoundedNatT: _bounded,
    t.NatT: lambda _, source: source.size(),
    t.IntT: lambda _, source: source.rng.randint(-3, 3),
    t.BoolT | t.PropT: lambda _, source: source.data.random() < 0.5,
    t.FinT: lambda of_type, source: source.rng.randrange(of_type.n),
    t.ShapeOfSizeT: _of_size,
    t.ShapeT: lambda _, source: source.shape(),
    t.ContextT: lambda _, source: _context([], source),
    t.IdxT: _index,
    t.FunT: _function,
    t.OpSpecFDerivCorrectT: _operation,
    t.OpSpecCorrectT: _correct,
    t.EquivT: draw_equivalence,
    t.NodeT: _node,
    t.GraphT: _graph,
    t.FinsetT: _finite_set,
    t.ListT: _list,
    t.ProdT: _pair,
    t.PiT: _family,
}
