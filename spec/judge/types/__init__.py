"""The one language of types: of specs, statements, examples and witnesses, one file a kind of type.

Values: `Vec n` is a list of n scalars, `Pi n T` (a function out of `Fin n`) a list of T values,
`Mat m n` a `Mat`, `Prod` a tuple, `Fin n` and numbers are ints.
"""

from leanmirror.spec.judge.types.base import (
    MOST_VALUES,
    InnerSpace,
    RecipeT,
    Settled,
    Space,
    Type,
    Unknown,
    Value,
    inner_space,
    space,
)
from leanmirror.spec.judge.types.equivalences import EquivT
from leanmirror.spec.judge.types.finite import BoolT, FinT, PropT, UnitT
from leanmirror.spec.judge.types.functions import FunT
from leanmirror.spec.judge.types.given import GivenT
from leanmirror.spec.judge.types.integers import IntT
from leanmirror.spec.judge.types.linear import CLMT
from leanmirror.spec.judge.types.lists import FinsetT, ListT
from leanmirror.spec.judge.types.matrices import Mat, MatT
from leanmirror.spec.judge.types.naturals import BoundedNatT, NatT, SizedT
from leanmirror.spec.judge.types.products import PiT, ProdT
from leanmirror.spec.judge.types.reals import RealT, VecT

__all__ = [
    "CLMT",
    "MOST_VALUES",
    "BoolT",
    "BoundedNatT",
    "EquivT",
    "FinT",
    "FinsetT",
    "FunT",
    "GivenT",
    "InnerSpace",
    "IntT",
    "ListT",
    "Mat",
    "MatT",
    "NatT",
    "PiT",
    "ProdT",
    "PropT",
    "RealT",
    "RecipeT",
    "Settled",
    "SizedT",
    "Space",
    "Type",
    "UnitT",
    "Unknown",
    "Value",
    "VecT",
    "inner_space",
    "space",
]
