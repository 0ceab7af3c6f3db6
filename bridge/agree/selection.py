"""Which operations are compared, and how they are chosen by the Lean name of either twin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.names.table import is_glob, listed
from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.runtime.autograd.ops import Bound, Op
from leanmirror.spec.errors import BadInput, NameNotFound


@dataclass(frozen=True, slots=True)
class Formula:
    """A mirrored function of one number for which the tape has no operation.

    Nothing is promised of it: the numpy backend runs Lean's definition, entry by entry.
    """

    name: str
    lean: str
    proof: str | None
    arity: int = 1
    bounds: tuple[Bound, ...] = ()
    apply: None = None


Compared = Op | Formula
FORMULAS = (
    Formula("silu", "Activation.Math.swishSpec", "Proofs.Autograd.TapeNodes.silu"),
    Formula("logistic", "Activation.Math.logisticSpec", "Proofs.Autograd.TapeNodes.logistic"),
    Formula("elu", "Activation.Math.eluSpec", "Proofs.Autograd.TapeNodes.elu"),
    Formula("leaky_relu", "Activation.Math.leakyReluSpec", None),
    Formula("smooth_abs", "Activation.Math.smoothAbsSpec", "Proofs.Autograd.TapeNodes.smoothAbs"),
    Formula("sinh", "Activation.Math.sinhSpec", "Proofs.Autograd.TapeNodes.sinh"),
    Formula("cosh", "Activation.Math.coshSpec", "Proofs.Autograd.TapeNodes.cosh"),
)
EVERYTHING: tuple[Compared, ...] = (*OPS, *FORMULAS)
"""What is compared, in the order of the records: the operations of the tape, then the other functions."""


def select(patterns: Iterable[str]) -> tuple[Compared, ...]:
    """What names and globs choose, in the order of the records; raises as `agree` does."""
    patterns = list(patterns)
    chosen = {op.lean for pattern in patterns for op in _matching(pattern)}
    return tuple(op for op in EVERYTHING if not patterns or op.lean in chosen)


def _matching(pattern: str) -> Sequence[Compared]:
    if is_glob(pattern):
        found = [op for op in EVERYTHING if any(fnmatchcase(name, pattern) for name in _names(op))]
        return found or _nothing(pattern)
    for fits in (_is, _ends_first, _ends_proof):
        found = [op for op in EVERYTHING if fits(op, pattern)]
        if len(found) == 1:
            return found
        if found:
            raise BadInput(f"'{shown(pattern)}' is ambiguous: {listed(op.lean for op in found)}")
    return _nothing(pattern)


def _names(op: Compared) -> list[str]:
    return [name for name in (op.lean, op.proof) if name is not None]


def _is(op: Compared, name: str) -> bool:
    return name in _names(op)


def _ends_first(op: Compared, name: str) -> bool:
    return bool(name) and op.lean.endswith(f".{name}")


def _ends_proof(op: Compared, name: str) -> bool:
    return bool(name) and (op.proof or "").endswith(f".{name}")


def _nothing(pattern: str) -> Sequence[Compared]:
    from difflib import get_close_matches

    tails = {name.rpartition(".")[2]: name for op in EVERYTHING for name in reversed(_names(op))}
    near = [tails[tail] for tail in get_close_matches(pattern.rpartition(".")[2][:100], tails)]
    hint = f"\nnearest: {listed(near)}" if near else ""
    raise NameNotFound(f"no operation of the runtime has the name '{shown(pattern)}'{hint}")
