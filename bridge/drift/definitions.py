"""Definitions of two snapshots on the same inputs: by the text of both, or a mirror against the text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from leanmirror.bridge.compile.routines import rests_on
from leanmirror.bridge.drift.environments import Side
from leanmirror.bridge.drift.snapshots import Stated
from leanmirror.bridge.drift.statements import Meaning
from leanmirror.bridge.fidelity import sides
from leanmirror.bridge.fidelity.branches import Branches
from leanmirror.bridge.fidelity.pairing import paired, with_defaults
from leanmirror.spec.errors import LeanMirrorError

OTHER_FORM = "it takes other arguments than before: nothing to compare"


def compare_texts(before: Side, old: Stated, after: Side, new: Stated, draws: int, seed: int = 0) -> Meaning:
    """Run a definition as each snapshot has it, what it calls as that snapshot has it, on the same draws."""
    one, two = _side(before, old), _side(after, new)
    if isinstance(one, str):
        return Meaning("not_evaluated", f"the old one: {one}")
    if isinstance(two, str):
        return Meaning("not_evaluated", f"the new one: {two}")
    found = paired(lambda: with_defaults(one, two), Branches(), draws=draws, seed=seed)
    called = {name for each in (one, two) for name in rests_on(each.compiler)}
    return as_meaning(found, called - {old.name, new.name})


def _side(side: Side, stated: Stated) -> sides.Side | str:
    """The definition by its text, or why it cannot be run."""
    if side.texts is None:
        return "there is no text"
    try:
        return side.texts.side(side.key(stated), side.meanings, Branches())
    except LeanMirrorError as error:
        return str(error)


def as_meaning(found: dict[str, Any], through: Collection[str] = ()) -> Meaning:
    """What comparing two sides gave, in the words of drift; the first side is the old one."""
    draws, reason = found["compared"], found["reason"] or ""
    if found["outcome"] == "same":
        return Meaning("same", f"the same value at {draws} draws", draws)
    if found["outcome"] == "different":
        difference = found["difference"]
        if difference is None:
            return Meaning("not_evaluated", OTHER_FORM)
        return _different(difference, draws, tuple(sorted(through)))
    if found["outcome"] == "not evaluated":
        return Meaning("not_evaluated", reason)
    return Meaning("undecided", reason, draws)


def _different(found: dict[str, Any], draws: int, through: tuple[str, ...]) -> Meaning:
    part = f" of {found['part']}" if found["part"] else ""
    where = f" at entry {found['where']}" if found["where"] else ""
    values = (found["text"], found["other"])
    inputs = tuple(found["inputs"].items())
    return Meaning("different", f"another value{part}{where}", draws, inputs, values, through)
