"""The few Mathlib functions that mirrored definitions and statements use, in our values.

A `Vec n` is a list of n scalars, a matrix a `Mat`, a function out of `Fin n` a list.
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import require_size
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.types import CLMT, Mat, Value
from leanmirror.spec.judge.types.linear import CLM


def inner(x: list[Scalar], y: list[Scalar]) -> Scalar:
    """⟪x, y⟫ of two vectors; ShapeError where their lengths differ.

    Lean: Inner.inner
    """
    require_size("inner", len(y), len(x))
    return sum(a * b for a, b in zip(x, y, strict=True))


def finProdFinEquiv(m: int, n: int, p: tuple[int, int]) -> int:
    """The row-major code of a pair (i, j) below (m, n): `j + n * i`.

    Lean: finProdFinEquiv
    """
    i, j = p
    if not (0 <= i < m and 0 <= j < n):
        raise ShapeError(f"the pair ({i}, {j}) is not below ({m}, {n})")
    return j + n * i


def divNat(m: int, n: int, k: int) -> int:
    """The row of a row-major code: `k / n`.

    Lean: Fin.divNat
    """
    _below(m * n, k)
    return k // n


def modNat(m: int, n: int, k: int) -> int:
    """The column of a row-major code: `k % n`.

    Lean: Fin.modNat
    """
    _below(m * n, k)
    return k % n


def _below(size: int, k: int) -> None:
    if not 0 <= k < size:
        raise ShapeError(f"index {k} is not below {size}")


def mulVec(W: Mat, v: list[Scalar]) -> list[Scalar]:
    """Matrix times vector: entry i is `Σⱼ W i j * v j`; ShapeError where the sizes differ.

    Lean: Matrix.mulVec
    """
    require_size("mulVec", len(v), W.n)
    return [sum(w * x for w, x in zip(row, v, strict=True)) for row in W.rows]


def precompR(L: CLM, u: Value, T: CLM) -> CLM:
    """`x ↦ L u (T x)` for a bilinear map `L : E →L F →L G`.

    Lean: ContinuousLinearMap.precompR
    """
    inner_map: CLM = L(u)
    return inner_map.comp(T)


def precompL(L: CLM, T: CLM, v: Value) -> CLM:
    """`x ↦ L (T x) v` for a bilinear map `L : E →L F →L G`.

    Lean: ContinuousLinearMap.precompL
    """
    if not isinstance(L.cod, CLMT):
        raise ShapeError(f"precompL: {L.cod} where a space of linear maps is needed")
    return CLM(T.dom, L.cod.cod, lambda x: L(T(x))(v))
