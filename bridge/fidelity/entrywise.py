"""A function of tensors against the scalar function of the same name, applied to every entry.

`N.f` takes a tensor and gives one of its shape, `N.M.f` takes a number and gives one: their names promise
that the first is the second at every entry, the other arguments being matched by name. Nothing else says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leanmirror.bridge.compile.claims import claim_about
from leanmirror.bridge.compile.compiler import Closure, Values
from leanmirror.bridge.compile.meanings.logic import equal_at
from leanmirror.bridge.compile.terms import head
from leanmirror.bridge.core.term import Term, Var
from leanmirror.bridge.elaborate.statement import Binding
from leanmirror.bridge.fidelity.compared import Comparison, text_value
from leanmirror.bridge.fidelity.comparisons import compare
from leanmirror.bridge.fidelity.pairing import difference
from leanmirror.bridge.fidelity.sides import Side, drawn
from leanmirror.bridge.fidelity.views import views
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.torchlean_types import TensorT


@dataclass(frozen=True)
class _Pair:
    """A tensor function at its arguments, the tensor among them, and where the scalar one's arguments are."""

    binders: tuple[Binding, ...]
    term: Term
    type: Term
    tensor: int
    arguments: Mapping[int, int]
    entry: int


def namesakes(name: str, names: Iterable[str]) -> list[str]:
    """The names one namespace further in: `N.M.f` of `N.f`."""
    space, _, last = name.rpartition(".")
    inner = [other.rpartition(".") for other in names if other.endswith(f".{last}") and other != name]
    return [f"{before}.{end}" for before, _, end in inner if before.rpartition(".")[0] == space]


def disagreement(tensors: Side, scalars: Side, *, draws: int, seed: int) -> dict[str, Any] | None:
    """The smallest inputs found at which the tensor function is not the scalar one at every entry.

    None where it is at all draws, and where the two are of other forms.
    """
    try:
        pair = _paired(tensors, scalars)
        if pair is None:
            return None
        found = _comparison(tensors, scalars, pair)
    except Unsupported:
        return None
    result = compare(found, draws=draws, seed=seed)
    return None if result.difference is None else difference(found, result.difference)


def _paired(tensors: Side, scalars: Side) -> _Pair | None:
    looks = views(tensors)
    if len(looks) != 1 or not scalars.compiler.is_scalar(scalars.type):
        return None
    mine = (*tensors.drawn, *drawn(looks[0].binders))
    shape = _shape(tensors, looks[0].type)
    places = [b.var.id for b in mine if shape is not None and _shape(tensors, b.type) == shape]
    numbers = {b.var.name: b.var.id for b in mine if tensors.compiler.is_scalar(b.type)}
    theirs = {b.var.name: b.var.id for b in scalars.drawn}
    rest = [id_ for name, id_ in theirs.items() if name not in numbers]
    if len(places) != 1 or len(rest) != 1 or len(theirs) != len(numbers) + 1:
        return None
    arguments = {id_: numbers[name] for name, id_ in theirs.items() if name in numbers}
    binders = (*tensors.binders, *looks[0].binders)
    return _Pair(binders, looks[0].term, looks[0].type, places[0], arguments, rest[0])


def _shape(side: Side, type_: Term) -> Term | None:
    found = side.compiler.types.at_head(type_, "Spec.Tensor")
    shape = None if found is None else head(found)[1][1]
    return shape if isinstance(shape, Var) else None


def _comparison(tensors: Side, scalars: Side, pair: _Pair) -> Comparison:
    whole = tensors.compiler.compile(pair.term)
    kind = tensors.compiler.compile(pair.type)
    entries = _entrywise(scalars.compiler.compile(scalars.value), pair)
    part = _judge(whole, entries, kind)
    name = f"{tensors.name} entrywise"
    found, values = claim_about(tensors.compiler, pair.binders, part, name=name)
    return Comparison("", found, values, whole, entries)


def _entrywise(scalar: Closure, pair: _Pair) -> Closure:
    def entries(env: Values) -> Tensor:
        given = {own: env[theirs] for own, theirs in pair.arguments.items()}
        x: Tensor = env[pair.tensor]
        return Tensor(x.shape, [scalar({**given, pair.entry: entry}) for entry in x.entries])

    return entries


def _judge(whole: Closure, entries: Closure, kind: Closure) -> Callable[[Values], Judgement]:
    def judge(env: Values) -> Judgement:
        found, of_type = text_value(whole, kind, env)
        expected, _ = text_value(entries, kind, env)
        return equal_at(of_type if isinstance(of_type, TensorT) else kind(env), found, expected)

    return judge
