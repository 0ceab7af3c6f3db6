"""The certified side of a comparison: a spec over ℝ and its derivative, at points that are exact floats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import prod
from typing import Any

from flint import arb

from leanmirror.bridge.names.docstrings import table
from leanmirror.bridge.names.table import default_names
from leanmirror.bridge.rules.arrays import Array, Number, array, column, exact, objects
from leanmirror.bridge.rules.problem import accepted
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.dual import Dual, Singular
from leanmirror.spec.errors import BadInput

Entries = list[Scalar]
Shapes = Sequence[tuple[int, ...]]
Scaled = tuple[Scalar, arb | None]
"""A right value, and the size by which its error is to be measured; None is its own."""


class Reference:
    """A spec as a function of flat lists of balls; `dspec` gives gradients of its own."""

    def __init__(
        self, spec: Callable[..., Any], dspec: Callable[..., Any] | None, given: Mapping[str, Any]
    ) -> None:
        self._spec, self._dspec = spec, dspec
        self._given = {name: exact(value) for name, value in given.items()}
        self._named = accepted(spec, self._given)
        self._dnamed = {} if dspec is None else accepted(dspec, self._given)

    def _run(self, shapes: Shapes, entries: Entries) -> Entries:
        return _flat(self._spec(*_arrays(shapes, entries), **self._named))

    def value(self, shapes: Shapes, entries: Entries, *, scaled: bool) -> list[Scaled]:
        """The entries of the value; a scale is what one part in one moves it by, `Σ |∂y/∂xⱼ · xⱼ|`.

        Raises Undecided where the precision does not decide a branch.
        """
        if not scaled:
            return [(y, None) for y in self._run(shapes, entries)]
        try:
            found = self._run(shapes, [Dual(x, {j: 1}) for j, x in enumerate(entries)])
        except Singular:
            return [(y, None) for y in self._run(shapes, entries)]
        return [(y.val, _sizes(c * entries[j] for j, c in y.tan.items())) if type(y) is Dual else (y, None)
                for y in found]  # fmt: skip

    def gradient(self, shapes: Shapes, entries: Entries, g: Entries, *, scaled: bool) -> list[Scaled]:
        """The gradient of all inputs for an upstream one; a scale is the sum of its terms' sizes.

        Raises Singular where the spec has a kink, Undecided where a branch is not decided.
        """
        if self._dspec is not None:
            given = [*_arrays(shapes, entries), *_arrays([_shape_of(g, shapes)], g)]
            return [(y, None) for y in _flat(self._dspec(*given, **self._dnamed))]
        value = self._run(shapes, [Dual(x, {j: 1}) for j, x in enumerate(entries)])
        terms: list[Entries] = [[] for _ in entries]
        for y, up in zip(value, g, strict=True):
            if type(y) is Dual:
                for j, c in y.tan.items():
                    terms[j].append(up * c)
        return [(sum(each, arb(0)), _sizes(each) if scaled else None) for each in terms]

    def tangent(self, shapes: Shapes, entries: Entries, t: Entries, *, scaled: bool) -> list[Scaled]:
        """The tangent along t; a scale is the sum of its terms' sizes. Raises as `gradient` does."""
        out: list[Scaled] = []
        for y in self._run(shapes, [Dual(x, {j: 1}) for j, x in enumerate(entries)]):
            terms = [c * t[j] for j, c in y.tan.items()] if type(y) is Dual else []
            out.append((sum(terms, arb(0)), _sizes(terms) if scaled else None))
        return out


def _sizes(terms: Iterable[Scalar]) -> arb:
    total = arb(0)
    for term in terms:
        total = total + abs(arb(term))
    return total


def _shape_of(g: Entries, shapes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return next((s for s in shapes if prod(s) == len(g)), () if len(g) == 1 else (len(g),))


def _arrays(shapes: Sequence[tuple[int, ...]], entries: Entries) -> list[Array]:
    out: list[Array] = []
    start = 0
    for shape in shapes:
        if not shape:
            out.append(Number(entries[start]))
            start += 1
            continue
        size = prod(shape)
        out.append(array(column(entries[start : start + size]).reshape(shape)))
        start += size
    return out


def _flat(found: Any) -> Entries:
    if type(found) is Number:
        return [found.val]
    if isinstance(found, tuple | list):
        return [entry for each in found for entry in _flat(each)]
    return list(objects(found).reshape(-1).tolist())


def spec_named(spec: Any) -> Callable[..., Any]:
    """A spec as a function: itself, or the mirror of a Lean name.

    Raises BadInput for what is neither, NameNotFound for a name that is not mirrored.
    """
    if callable(spec):
        function: Callable[..., Any] = spec
        return function
    if not isinstance(spec, str):
        raise BadInput("a spec is a function of numbers of leanmirror.rules, or a mirrored Lean name")
    entry = default_names().find(spec)
    mirror = table("spec").get(entry.name)
    if mirror is None or not callable(mirror.value):
        raise BadInput(f"{entry.name} is no function of the spec that is mirrored")
    function = mirror.value
    return lambda *xs, **given: function(*(x.val if type(x) is Number else x for x in xs), *given.values())
