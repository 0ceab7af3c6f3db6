"""How the objects are made that these types describe: indices, nodes, graphs, operations.

The mirrors of Lean's files define the objects, and their claims speak of the types; so the types cannot
import the mirrors. `leanmirror.spec.claims`, which imports all of them, says once how the objects are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.numerals import Json
from leanmirror.spec.judge.types import Value
from leanmirror.spec.torchlean_types.shapes import Shapes

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


class Makers(Protocol):
    """What the types ask for. Recipes have `reals`, `with_reals`, `build`, `lean` and `to_json`."""

    def index(self, Γ: Shapes, s: Shape, i: int) -> Value:
        """The index of position i."""

    def draw_node(self, source: Source) -> Value:
        """The recipe of a node, with a context for it."""

    def draw_graph(self, source: Source, Γ: Shapes | None, *, everywhere: bool) -> Value:
        """The recipe of a graph on these inputs, or on drawn ones."""

    def draw_smooth_node(self, Γ: Shapes, τ: Shape, source: Source) -> Value:
        """The recipe of a node between given shapes."""

    def draw_smooth_graph(self, Γ: Shapes, ss: Shapes, source: Source) -> Value:
        """The recipe of a graph between given shapes."""

    def read_node(self, Γ: Shapes, τ: Shape, data: Json) -> Value:
        """The recipe of a node that a witness gives; BadInput where it does not fit."""

    def read_graph(self, Γ: Shapes, ss: Shapes, data: Json) -> Value:
        """The recipe of a graph that a witness gives; BadInput where it does not fit."""

    def draw_operation(self, σ: Shape, τ: Shape, source: Source) -> Value:
        """The recipe of an operation between these shapes."""

    def read_operation(self, σ: Shape, τ: Shape, data: Json) -> Value:
        """The recipe of an operation that a witness gives; BadInput where it does not fit."""

    def certified_operation(self, name: str, inDim: int, outDim: int, numbers: list[Scalar]) -> Value:
        """The operation on vectors of that name with its certificate; its numbers are an ε or its entries."""

    def certified_graph(self, graph: Value) -> Value:
        """`DGraph` of a graph whose nodes have certificates."""

    def algebra_node(self, node: Value) -> Value:
        """`Node.toAlgebra`."""

    def algebra_graph(self, graph: Value, *, data: bool) -> Value:
        """`Graph.toAlgebra`, or the `GraphData` of it."""


_MAKERS: list[Makers] = []


def provide(makers: Makers) -> None:
    """Say how the objects are made; the last word counts."""
    _MAKERS[:] = [makers]


def makers() -> Makers:
    """How the objects are made. Raises LeanMirrorError before `leanmirror.spec.claims` is imported."""
    if not _MAKERS:
        raise LeanMirrorError(
            "nodes and graphs are made by what leanmirror.spec.claims imports; import it first"
        )
    return _MAKERS[0]
