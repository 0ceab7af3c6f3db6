"""The scalars of the spec and the functions on them.

`Spec.Context` in Lean is the class of scalars that definitions are generic over; here it is the
table of scalar kinds and the functions that dispatch on them.

Lean: Context
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq
from mpmath.ctx_mp_python import _mpf  # type: ignore[import-untyped]  # mpmath has no stubs

from leanmirror.spec.core.dispatch import (
    INSTANCES,
    Instance,
    Scalar,
    abs_,
    cosh,
    div,
    eq,
    exp,
    ge,
    gt,
    inv,
    le,
    log,
    lt,
    max_,
    min_,
    pi,
    rational,
    register,
    sign,
    sinh,
    sqrt,
    tanh,
)
from leanmirror.spec.core.scalars.ball import Ball
from leanmirror.spec.core.scalars.dual import Dual, DualInstance
from leanmirror.spec.core.scalars.exact import Exact
from leanmirror.spec.core.scalars.floating import Floating
from leanmirror.spec.core.scalars.form import FormInstance, LinearForm
from leanmirror.spec.core.scalars.germ import Germ, GermInstance
from leanmirror.spec.core.scalars.real_mpf import Mpf
from leanmirror.spec.core.scalars.traced import Traced, TracedInstance

__all__ = [
    "INSTANCES",
    "Instance",
    "Scalar",
    "abs_",
    "cosh",
    "div",
    "eq",
    "exp",
    "ge",
    "gt",
    "inv",
    "le",
    "log",
    "lt",
    "max_",
    "min_",
    "pi",
    "rational",
    "register",
    "sign",
    "sinh",
    "sqrt",
    "tanh",
]

register(
    {
        int: Exact("integer", 0),
        Fraction: Exact("Fraction", 2),
        fmpq: Exact("rational", 1),
        float: Floating(),
        _mpf: Mpf(),
        arb: Ball(),
        Dual: DualInstance(),
        Germ: GermInstance(),
        Traced: TracedInstance(),
        LinearForm: FormInstance(),
    }
)
