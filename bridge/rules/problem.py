"""What is judged: a function with its rule, run on flat lists of scalars at given sizes and parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import islice, pairwise
from math import prod
from types import CodeType
from typing import Any

from leanmirror.bridge.rules.arrays import Array, array, column, objects
from leanmirror.bridge.rules.shapes import Dims
from leanmirror.bridge.rules.strict import Strict
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.form import coefficients, coordinates
from leanmirror.spec.errors import BadInput, LeanMirrorError
from leanmirror.spec.judge.types.linear import Row, transposed

Env = Mapping[str, Any]
MOST_CONSTANTS = 40
MOST_WRITTEN = 30


class WrongShape(LeanMirrorError):
    """A rule gave a gradient or a tangent of another shape than it has to have."""


@dataclass(frozen=True)
class Problem:
    """A function of named arrays, its rule, and the sizes and parameters that both depend on.

    An example gives a whole number to each named size, a value to each parameter, and to each input the flat
    list of its entries.
    """

    f: Callable[..., Any]
    shapes: Mapping[str, Dims]
    parameters: tuple[str, ...] = ()
    vjp: Callable[..., Any] | None = None
    jvp: Callable[..., Any] | None = None
    output: Dims | None = None
    name: str = field(default="rule")

    def shape(self, name: str, env: Env) -> tuple[int, ...]:
        """The shape of an input at these sizes."""
        return tuple(size.at(env) for size in self.shapes[name])

    def size(self, env: Env) -> int:
        """The number of entries of all inputs."""
        return sum(prod(self.shape(name, env)) for name in self.shapes)

    def flat(self, env: Env) -> list[Scalar]:
        """The entries of all inputs, one after the other."""
        return [x for name in self.shapes for x in env[name]]

    def arrays(self, env: Env, entries: Iterable[Scalar]) -> list[Array]:
        """The inputs with these entries."""
        rest = iter(entries)
        return [_filled(self.shape(name, env), rest) for name in self.shapes]

    def place(self, env: Env, j: int) -> str:
        """The name of an entry of the inputs: `A[1, 0]`."""
        for name in self.shapes:
            shape = self.shape(name, env)
            if j < prod(shape):
                return name + index_of(shape, j)
            j -= prod(shape)
        raise IndexError(j)

    def outputs(self, env: Env, entries: Iterable[Scalar]) -> list[Array]:
        """What the function gives, one array per output."""
        return _arrays(self.called(self.f, self.arrays(env, entries), env), "the function")

    def function(self, env: Env) -> Callable[[list[Scalar]], list[Scalar]]:
        """The function from the flat inputs to the flat outputs."""
        return lambda entries: _entries(self.outputs(env, entries))

    def output_shapes(self, env: Env) -> list[tuple[int, ...]]:
        """The shapes of the outputs, as the function gives them at the example.

        Raises BadInput where another one was declared.
        """
        found = [array.shape for array in self.outputs(env, self.flat(env))]
        wanted = None if self.output is None else tuple(size.at(env) for size in self.output)
        if wanted is not None and found != [wanted]:
            raise BadInput(f"{self.name} gives the shape {found[0]}, and {wanted} was declared")
        return found

    def vjp_rows(self, env: Env, entries: Sequence[Scalar]) -> list[Row]:
        """The matrix of the reverse-mode rule, transposed: a sparse row for each entry of the outputs.

        Raises NotLinear where it is not linear in the cotangent, WrongShape for a gradient of another shape.
        """
        assert self.vjp is not None
        shapes = self.output_shapes(env)
        unknown = iter(coordinates(sum(map(prod, shapes))))
        found = self.called(self.vjp, self.arrays(env, entries), env, [_filled(s, unknown) for s in shapes])
        wanted = [self.shape(name, env) for name in self.shapes]
        gradients = _several(found, wanted, list(self.shapes), "vjp: the gradient of")
        return transposed([_row(c) for c in _entries(gradients)], sum(map(prod, shapes)))

    def jvp_rows(self, env: Env, entries: Sequence[Scalar]) -> list[Row]:
        """The matrix of the forward-mode rule: a sparse row for each entry of the outputs.

        Raises as `vjp_rows` does.
        """
        assert self.jvp is not None
        shapes = self.output_shapes(env)
        tangents = self.arrays(env, coordinates(self.size(env)))
        found = self.called(self.jvp, self.arrays(env, entries), env, tangents)
        names = [""] if len(shapes) == 1 else [str(i) for i in range(len(shapes))]
        given = _several(found, shapes, names, "jvp: the tangent of output")
        return [_row(c) for c in _entries(given)]

    def called(
        self, function: Callable[..., Any], inputs: list[Array], env: Env, more: Sequence[Array] = ()
    ) -> Any:
        """A user's function at these inputs, with the sizes and parameters that it has a name for."""
        given = accepted(function, {name: env[name] for name in (*self.parameters, *self.sizes)})
        try:
            return function(*inputs, *more, **given)
        except NotImplementedError as error:
            raise BadInput(f"{self.name}: {error}") from error

    @cached_property
    def sizes(self) -> tuple[str, ...]:
        """The named sizes."""
        return tuple(dict.fromkeys(s.name for dims in self.shapes.values() for s in dims if s.name))

    def constants(self) -> tuple[Fraction, ...]:
        """The numbers that stand in the functions, with the midpoints between neighbours."""
        found = sorted(
            {n for f in (self.f, self.vjp, self.jvp) if f is not None for n in numbers_in(f)} | {Fraction(0)}
        )
        middles = [(a + b) / 2 for a, b in pairwise(found)]
        return tuple([*found, *middles][:MOST_CONSTANTS])


def _row(entry: Scalar) -> Row:
    """The coefficients of a linear form; a number that stands for one has to be 0."""
    if type(entry) is Strict:
        return {0: entry} if entry.reason else {}
    return coefficients(entry)


def accepted(function: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Of values by name those that a function has a parameter for; none where that is not known."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}
    takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    return {name: value for name, value in given.items() if takes_all or name in parameters}


def _filled(shape: tuple[int, ...], entries: Iterator[Scalar]) -> Array:
    return array(column(list(islice(entries, prod(shape)))).reshape(shape))


def _entries(arrays: Iterable[Array]) -> list[Scalar]:
    return [entry for array in arrays for entry in array.data.reshape(-1).tolist()]


def _arrays(found: Any, what: str) -> list[Array]:
    if found is None:
        raise BadInput(f"{what} returns None")
    return [array(objects(each)) for each in found] if isinstance(found, tuple) else [array(objects(found))]


def _several(found: Any, shapes: Sequence[tuple[int, ...]], names: Sequence[str], what: str) -> list[Array]:
    """One array per name, of these shapes; None among several is 0."""
    if found is None:
        raise BadInput(f"{what} {names[0]} is None: return an array per input")
    parts = list(found) if len(shapes) > 1 and isinstance(found, tuple | list) else [found]
    if len(shapes) == 1 and isinstance(found, tuple) and len(found) == 1:
        parts = [found[0]]
    if len(parts) != len(shapes):
        raise BadInput(f"{what} {', '.join(names)}: {len(shapes)} arrays are needed, {len(parts)} were given")
    out = []
    for part, shape, name in zip(parts, shapes, names, strict=True):
        given = array(objects([0] * prod(shape)).reshape(shape) if part is None else objects(part))
        if given.shape != shape and (given.size or prod(shape)):
            raise WrongShape(f"{what} {name} has the shape {given.shape}, and has to have {shape}")
        out.append(given)
    return out


def index_of(shape: tuple[int, ...], j: int) -> str:
    """The index of entry j of a flattened array: `[1, 0]`; empty for a number."""
    place = []
    for n in reversed(shape):
        place.append(j % n)
        j //= n
    return f"[{', '.join(map(str, reversed(place)))}]" if shape else ""


def numbers_in(function: Callable[..., Any]) -> set[Fraction]:
    """The finite numbers that stand in a Python function or are kept by it; nothing is run."""
    found: set[Fraction] = set()
    pending: list[Any] = [function]
    seen: set[int] = set()
    while pending:
        each = pending.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, CodeType):
            pending += each.co_consts
        elif isinstance(each, tuple):
            pending += each
        elif isinstance(each, str):
            found |= _written(each)
        elif isinstance(each, bool):
            continue
        elif isinstance(each, int | Fraction) or (isinstance(each, float) and abs(each) < float("inf")):
            found.add(Fraction(each))
        elif inspect.isfunction(each):
            pending += [each.__code__, *(each.__defaults__ or ())]
            kept = inspect.getclosurevars(each)
            pending += [*kept.nonlocals.values(), *(v for v in kept.globals.values() if not callable(v))]
    return found


def _written(text: str) -> set[Fraction]:
    """A number that is written as text, for exactness."""
    try:
        return {Fraction(text)} if len(text) <= MOST_WRITTEN else set()
    except (ValueError, ZeroDivisionError):
        return set()
