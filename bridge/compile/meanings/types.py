"""Type formers: what a Lean type is among the types of the judge."""

from __future__ import annotations

from typing import Any

import leanmirror.spec.claims  # noqa: F401  what it imports makes nodes and graphs
from leanmirror.bridge.compile.meanings.base import Table, function, value
from leanmirror.bridge.compile.values import apply
from leanmirror.spec import torchlean_types as tl
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.types import Type, Value


def fin(n: int) -> Type:
    """`Fin n`."""
    return t.FinT(n)


def euclidean(scalar: Type, index: Type) -> Type:
    """`EuclideanSpace ℝ (Fin n)`."""
    return t.VecT(_size(index, "EuclideanSpace"))


def matrix(rows: Type, columns: Type, entries: Type) -> Type:
    """`Matrix (Fin m) (Fin n) ℝ`."""
    if not isinstance(entries, t.RealT):
        return t.PiT(_size(rows, "Matrix"), t.PiT(_size(columns, "Matrix"), entries))
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
    return tl.TensorT(s)


def clm(dom: Type, cod: Type) -> Type:
    """`E →L[ℝ] F`."""
    return t.CLMT(_space(dom), _space(cod))


def _space(of_type: Type) -> t.Space:
    if not isinstance(of_type, t.Space):
        raise Unsupported(f"linear maps of {of_type}")
    return of_type


def algebra_graph(scalar: Type, data: Type, Γ: Value, ss: Value) -> Type:
    """`Algebra.Graph ℝ Δ Γ ss`: one whose nodes use no data."""
    return tl.AlgebraGraphT(_real(scalar, Γ), ss)


def algebra_graph_data(scalar: Type, data: Type, Γ: Value, ss: Value) -> Type:
    """`Algebra.GraphData ℝ Δ Γ ss`: one whose nodes use no data."""
    return tl.AlgebraGraphT(_real(scalar, Γ), ss, data=True)


def _real(scalar: Type, Γ: Value) -> Value:
    if not isinstance(scalar, t.RealT):
        raise Unsupported(f"graphs over {scalar}")
    return Γ


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
    "ENNReal": value(t.NatT()),
    "SignType": value(t.IntT()),
    "Prod": function(prod, constant=True),
    "List": function(list_, constant=True),
    "Finset": function(finite_set, constant=True),
    "Equiv": function(lambda one, two: t.EquivT(one, two)),
    "PUnit": value(t.UnitT()),
    "ContinuousLinearMap": function(clm, 1, constant=True),
    "LinearMap": function(clm, 1, constant=True),
    "Spec.Shape": value(tl.ShapeT()),
    "Spec.Tensor": function(tensor, constant=True),
    "Spec.LinearSpec": function(lambda scalar, inDim, outDim: tl.LinearSpecT(inDim, outDim)),
    "Proofs.Autograd.Vec": function(lambda n: t.VecT(n), constant=True),
    "Proofs.Autograd.Mat": function(lambda m, n: t.MatT(m, n, of_vectors=True), constant=True),
    "Proofs.Autograd.CtxVec": function(lambda Γ: t.VecT(sum(s.size for s in Γ)), constant=True),
    "Proofs.Autograd.TList": function(lambda Γ: tl.TListT(Γ), constant=True),
    "Proofs.Autograd.Algebra.TList": function(lambda scalar, Γ: tl.TListT(Γ), constant=True),
    "Proofs.Autograd.Idx": function(lambda Γ, s: tl.IdxT(Γ, s)),
    "Proofs.Autograd.Node": function(lambda Γ, τ: tl.NodeT(Γ, τ)),
    "Proofs.Autograd.Graph": function(lambda Γ, ss: tl.GraphT(Γ, ss)),
    "Proofs.Autograd.Algebra.Graph": function(algebra_graph),
    "Proofs.Autograd.Algebra.GraphData": function(algebra_graph_data),
    "Proofs.Autograd.Algebra.Idx": function(lambda Γ, s: tl.IdxT(Γ, s)),
    "Spec.OpSpec": function(lambda scalar, σ, τ: tl.OpSpecT(σ, τ)),
    "Proofs.Autograd.Algebra.Node": function(lambda scalar, data, Γ, τ: tl.AlgebraNodeT(_real(scalar, Γ), τ)),
    "Proofs.Autograd.OpSpecCorrect": function(lambda σ, τ: tl.OpSpecCorrectT(σ, τ)),
    "Proofs.Autograd.DGraph": function(lambda Γ, ss: tl.DGraphT(Γ, ss)),
    "Proofs.Autograd.OpSpecFDerivCorrect": function(lambda m, n: tl.OpSpecFDerivCorrectT(m, n)),
}
