"""Type formers: what a Lean type is among the types of the judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import leanmirror.spec.claims  # noqa: F401  what it imports makes nodes and graphs
from leanmirror.bridge.compile.meanings.base import Table, function, value
from leanmirror.bridge.compile.values import apply
from leanmirror.spec import torchlean_types as tl
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.types import Type, Value
from leanmirror.spec.judge.types.matrices import matrix_text


def fin(n: int) -> Type:
    """`Fin n`."""
    return t.FinT(n)


@dataclass(frozen=True, slots=True)
class RowsT(t.PiT):
    """`Matrix (Fin m) (Fin n) α` for entries that are no real numbers: rows, multiplied as a matrix."""

    def show(self, value: Value) -> str:
        rows = self.of_type
        assert isinstance(rows, t.PiT)
        return matrix_text([", ".join(map(rows.of_type.show, row)) for row in value], rows.n)

    @property
    def entries(self) -> Type:
        """The type of the entries."""
        assert isinstance(self.of_type, t.PiT)
        return self.of_type.of_type

    @property
    def columns(self) -> int:
        """How many columns there are."""
        assert isinstance(self.of_type, t.PiT)
        return self.of_type.n

    def __str__(self) -> str:
        return f"Matrix (Fin {self.n}) (Fin {self.columns}) {self.entries}"


@dataclass(frozen=True, slots=True)
class SignT(Type):
    """`SignType`: its values are the numbers -1, 0 and 1."""

    def values(self) -> Iterator[Value] | None:
        return iter((-1, 0, 1))

    def __str__(self) -> str:
        return "SignType"


@dataclass(frozen=True, slots=True)
class ENNRealT(Type):
    """`ENNReal`, of which only numerals have a value: they are the p of `PiLp p`."""

    def __str__(self) -> str:
        return "ENNReal"


def euclidean(scalar: Type, index: Type) -> Type:
    """`EuclideanSpace ℝ (Fin n)`."""
    _real(scalar, "EuclideanSpace")
    return t.VecT(_size(index, "EuclideanSpace"))


def matrix(rows: Type, columns: Type, entries: Type) -> Type:
    """`Matrix (Fin m) (Fin n) ℝ`."""
    if not isinstance(entries, t.RealT):
        return RowsT(_size(rows, "Matrix"), t.PiT(_size(columns, "Matrix"), entries))
    return t.MatT(_size(rows, "Matrix"), _size(columns, "Matrix"))


def pi_lp(p: Any, index: Type, family: Any) -> Type:
    """`PiLp 2 (fun _ : Fin m => …)`: vectors, and matrices as vectors of vectors."""
    if not isinstance(index, t.FinT):
        raise Unsupported(f"PiLp with index type {index}")
    parts = [apply(family, i) for i in range(index.n)]
    if p != 2:
        raise Unsupported(f"PiLp {p}")
    if not parts or all(isinstance(each, t.RealT) for each in parts):
        return t.VecT(len(parts))
    if all(isinstance(each, t.VecT) and each == parts[0] for each in parts):
        return t.MatT(len(parts), parts[0].n, of_vectors=True)
    raise Unsupported("a space PiLp of other things than vectors")


def _size(index: Type, what: str) -> int:
    if not isinstance(index, t.FinT):
        raise Unsupported(f"{what} with index type {index}")
    return index.n


def with_lp(p: Any, inner: Type) -> Type:
    """`WithLp 2 (Fin m → …)`."""
    if isinstance(inner, t.PiT):
        return pi_lp(p, t.FinT(inner.n), [inner.of_type] * inner.n)
    raise Unsupported(f"WithLp {p} of {inner}")


def prod(first: Type, second: Type) -> Type:
    """`A × B`."""
    return t.ProdT(first, second)


def list_(of_type: Type) -> Type:
    """`List A`; lists of shapes are contexts."""
    return tl.ContextT() if isinstance(of_type, tl.ShapeT) else t.ListT(of_type)


def finite_set(of_type: Type) -> Type:
    """`Finset A`, of numbers and indices."""
    if not isinstance(of_type, t.NatT | t.IntT | t.BoolT | t.FinT):
        raise Unsupported(f"finite sets of {of_type}")
    return t.FinsetT(of_type)


def tensor(scalar: Type, s: Shape) -> Type:
    """`Tensor ℝ s`."""
    _real(scalar, "Tensor")
    return tl.TensorT(s)


def linear_spec(scalar: Type, inputs: int, outputs: int) -> Type:
    """`LinearSpec ℝ inDim outDim`."""
    _real(scalar, "LinearSpec")
    return tl.LinearSpecT(inputs, outputs)


def tensor_list(scalar: Type, Γ: Value) -> Type:
    """`TList ℝ Γ`."""
    _real(scalar, "TList")
    return tl.TListT(Γ)


def op_spec(scalar: Type, σ: Shape, τ: Shape) -> Type:
    """`OpSpec ℝ σ τ`."""
    _real(scalar, "OpSpec")
    return tl.OpSpecT(σ, τ)


def algebra_node(scalar: Type, data: Type, Γ: Value, τ: Shape) -> Type:
    """`Algebra.Node ℝ Δ Γ τ`: one that uses no data."""
    _real(scalar, "Node")
    return tl.AlgebraNodeT(Γ, τ)


def clm(dom: Type, cod: Type) -> Type:
    """`E →L[ℝ] F`."""
    return t.CLMT(_space(dom), _space(cod))


def _space(of_type: Type) -> t.Space:
    if not isinstance(of_type, t.Space):
        raise Unsupported(f"linear maps of {of_type}")
    return of_type


def algebra_graph(scalar: Type, data: Type, Γ: Value, ss: Value) -> Type:
    """`Algebra.Graph ℝ Δ Γ ss`: one whose nodes use no data."""
    _real(scalar, "Graph")
    return tl.AlgebraGraphT(Γ, ss)


def algebra_graph_data(scalar: Type, data: Type, Γ: Value, ss: Value) -> Type:
    """`Algebra.GraphData ℝ Δ Γ ss`: one whose nodes use no data."""
    _real(scalar, "GraphData")
    return tl.AlgebraGraphT(Γ, ss, data=True)


def _real(scalar: Type, what: str) -> None:
    """What is mirrored over ℝ alone is refused at any other type."""
    if not isinstance(scalar, t.RealT):
        raise Unsupported(f"{what} over {scalar}")


TYPES: Table = {
    "Real": value(t.RealT()),
    "Rat": value(t.RealT()),
    "Nat": value(t.NatT()),
    "Int": value(t.IntT()),
    "Bool": value(t.BoolT()),
    "Fin": function(fin, constant=True),
    "EuclideanSpace": function(euclidean, constant=True),
    "Matrix": function(matrix, constant=True),
    "PiLp": function(pi_lp),
    "WithLp": function(with_lp),
    "ENNReal": value(ENNRealT()),
    "SignType": value(SignT()),
    "Prod": function(prod, constant=True),
    "List": function(list_, constant=True),
    "Finset": function(finite_set, constant=True),
    "Equiv": function(lambda one, two: t.EquivT(one, two)),
    "PUnit": value(t.UnitT()),
    "ContinuousLinearMap": function(clm, 1, constant=True),
    "LinearMap": function(clm, 1, constant=True),
    "Spec.Shape": value(tl.ShapeT()),
    "Spec.Tensor": function(tensor, constant=True),
    "Spec.LinearSpec": function(linear_spec),
    "Proofs.Autograd.Vec": function(lambda n: t.VecT(n), constant=True),
    "Proofs.Autograd.Mat": function(lambda m, n: t.MatT(m, n, of_vectors=True), constant=True),
    "Proofs.Autograd.CtxVec": function(lambda Γ: t.VecT(sum(s.size for s in Γ)), constant=True),
    "Proofs.Autograd.TList": function(lambda Γ: tl.TListT(Γ), constant=True),
    "Proofs.Autograd.Algebra.TList": function(tensor_list, constant=True),
    "Proofs.Autograd.Idx": function(lambda Γ, s: tl.IdxT(Γ, s)),
    "Proofs.Autograd.Node": function(lambda Γ, τ: tl.NodeT(Γ, τ)),
    "Proofs.Autograd.Graph": function(lambda Γ, ss: tl.GraphT(Γ, ss)),
    "Proofs.Autograd.Algebra.Graph": function(algebra_graph),
    "Proofs.Autograd.Algebra.GraphData": function(algebra_graph_data),
    "Proofs.Autograd.Algebra.Idx": function(lambda Γ, s: tl.IdxT(Γ, s)),
    "Spec.OpSpec": function(op_spec),
    "Proofs.Autograd.Algebra.Node": function(algebra_node),
    "Proofs.Autograd.OpSpecCorrect": function(lambda σ, τ: tl.OpSpecCorrectT(σ, τ)),
    "Proofs.Autograd.DGraph": function(lambda Γ, ss: tl.DGraphT(Γ, ss)),
    "Proofs.Autograd.OpSpecFDerivCorrect": function(lambda m, n: tl.OpSpecFDerivCorrectT(m, n)),
}
