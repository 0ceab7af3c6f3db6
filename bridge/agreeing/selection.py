"""Which operations are compared, and how they are chosen by the Lean name of either twin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from leanmirror.bridge.names import is_glob, listed
from leanmirror.bridge.output import shown
from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.runtime.autograd.ops import Op
from leanmirror.spec.errors import BadInput, NameNotFound

WITHOUT_TWIN = (
    "Runtime.Autograd.Tape.concatVectors",
    "Runtime.Autograd.Tape.concatLeadingAxis",
    "Runtime.Autograd.Tape.sliceLeadingAxisRange",
)
"""Operations that only move entries: they compute nothing that could be off."""


def compared() -> tuple[Op, ...]:
    """The operations that have a twin, in the order of the records."""
    return tuple(op for op in OPS if op.lean not in WITHOUT_TWIN)


def select(patterns: Iterable[str]) -> tuple[Op, ...]:
    """The operations that names and globs choose, in the order of the records; raises as `agree` does."""
    patterns = list(patterns)
    chosen = {op.lean for pattern in patterns for op in _matching(pattern)}
    return tuple(op for op in compared() if not patterns or op.lean in chosen)


def _matching(pattern: str) -> Sequence[Op]:
    if is_glob(pattern):
        found = [op for op in compared() if any(fnmatchcase(name, pattern) for name in _names(op))]
        return found or _nothing(pattern)
    for fits in (_is, _ends_runtime, _ends_proof):
        found = [op for op in compared() if fits(op, pattern)]
        if len(found) == 1:
            return found
        if found:
            raise BadInput(f"'{shown(pattern)}' is ambiguous: {listed(op.lean for op in found)}")
    return _nothing(pattern)


def _names(op: Op) -> list[str]:
    return [name for name in (op.lean, op.proof) if name is not None]


def _is(op: Op, name: str) -> bool:
    return name in _names(op)


def _ends_runtime(op: Op, name: str) -> bool:
    return bool(name) and op.lean.endswith(f".{name}")


def _ends_proof(op: Op, name: str) -> bool:
    return bool(name) and (op.proof or "").endswith(f".{name}")


def _nothing(pattern: str) -> Sequence[Op]:
    moved = [name for name in WITHOUT_TWIN if name == pattern or name.endswith(f".{pattern}")]
    if moved:
        raise BadInput(f"{moved[0]} only moves entries: there is nothing to compare")
    from difflib import get_close_matches

    tails = {name.rpartition(".")[2]: name for op in compared() for name in reversed(_names(op))}
    near = [tails[tail] for tail in get_close_matches(pattern.rpartition(".")[2][:100], tails)]
    hint = f"\nnearest: {listed(near)}" if near else ""
    raise NameNotFound(f"no operation of the runtime has the name '{shown(pattern)}'{hint}")
