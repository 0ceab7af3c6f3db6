"""The record of an operation: everything that iterates over operations iterates over these.

Records stand beside their functions; each file ends with its tuple `OPS`, and
`leanmirror.runtime.autograd.engine.core` adds them up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

Kernel: TypeAlias = Callable[..., Any]
Direction: TypeAlias = Literal["forward", "backward"]
Unit: TypeAlias = Literal["ulp", "abs"]

# How the backward sweep calls a rule; the sweep relies on the order.
UNARY, NUMBER_UNARY, BINARY, NUMBER_BINARY, GENERAL, CUSTOM, NOTHING = range(7)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A closed interval where a bound does not hold, and why.

    It is an interval of the first input, or of what `of` names: "b", the second input, or a quantity of all
    entries such as "Σ|terms|", what an operation adds up.
    """

    low: float
    high: float
    reason: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The largest error of an operation over all finite inputs outside the exclusions.

    `ulp` counts units in the last place of the exact result, `abs` is an absolute error, divided by what
    `per` names if it names something. Backward means the contribution to an input, for an upstream gradient
    of at most 1 and, in ulp, at least 1/2. For reductions the limit holds for the shapes and inputs that
    `domain` names.
    """

    dtype: str
    direction: Direction
    unit: Unit
    limit: float
    exclusions: tuple[Exclusion, ...] = ()
    domain: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Op:
    """One operation of the tape.

    `name` is the node name, `lean` the Lean name of the function, `proof` that of its twin over the
    reals or None. `apply` is the function of the tape; `forward` and `backward` are kernels, see
    `leanmirror.runtime.kernels`. `parameters` names the arguments that are no nodes. `code` says how
    the backward sweep calls the rule; it follows from the rest unless it is given.

    The backward of a `selective` one takes last which inputs want a gradient, and gives None for the others.
    `numbers` are forward and backward for single numbers. `scalar` is the record for nodes of shape (): the
    one with these rules or, without any, this one, whose kernels are then given vectors of one entry.
    """

    name: str
    lean: str
    proof: str | None
    apply: Callable[..., tuple[Any, int]] | None
    forward: Kernel
    backward: Kernel
    arity: int = 1
    parameters: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()
    code: int = -1
    numbers: tuple[Kernel, Kernel] | None = None
    selective: bool = False
    scalar: Op = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.code < 0:
            plain = {1: UNARY, 2: BINARY}.get(self.arity, GENERAL)
            object.__setattr__(self, "code", GENERAL if self.parameters or self.selective else plain)
        object.__setattr__(self, "scalar", self._for_numbers())

    def _for_numbers(self) -> Op:
        if self.numbers is None:
            return replace(self, code=GENERAL) if self.code in (UNARY, BINARY) else self
        forward, backward = self.numbers
        code = NUMBER_UNARY if self.arity == 1 else NUMBER_BINARY
        return replace(self, forward=forward, backward=backward, code=code, numbers=None)
