"""Types with few values: all of them, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.judgement import FALSE, TRUE
from leanmirror.spec.judge.types import Type, Value

MOST_VALUES = 4096


def values_of(of_type: Type) -> Iterator[Value] | None:
    """All values of a finite type; None where there are too many or where they cannot be listed."""
    match of_type:
        case t.FinT(n):
            return iter(range(n)) if n <= MOST_VALUES else None
        case t.BoolT():
            return iter((False, True))
        case t.UnitT():
            return iter(((),))
        case t.PropT():
            return iter((FALSE, TRUE))
        case t.ProdT(first, second):
            one, two = values_of(first), values_of(second)
            return None if one is None or two is None else product(one, two)
        case t.IdxT(Γ, s):
            return _positions(of_type) if s in Γ else iter(())
        case t.PiT(n, inner) if not isinstance(inner, t.Space) or n == 0:
            parts = [list(each) if (each := values_of(inner)) is not None else None for _ in range(n)]
            return _lists(parts)
    return None


def _lists(parts: Sequence[list[Value] | None]) -> Iterator[Value] | None:
    known = [part for part in parts if part is not None]
    size = 1
    for part in known:
        size *= len(part)
    if len(known) != len(parts) or size > MOST_VALUES:
        return None
    return (list(choice) for choice in product(*known))


def _positions(of_type: t.IdxT) -> Iterator[Value]:
    from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx

    return (Idx(of_type.Γ, of_type.s, i) for i, s in enumerate(of_type.Γ) if s == of_type.s)
