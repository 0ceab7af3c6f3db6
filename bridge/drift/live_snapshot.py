"""A running Lean as a snapshot: statements are its own where they are another term than the names have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.same import same_term
from leanmirror.bridge.drift.snapshots import Snapshot, Stated
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import Library
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.scopes import Environment
from leanmirror.bridge.sources.live import LiveAnswer, LiveResult
from leanmirror.spec.errors import LeanMirrorError, Unsupported


@dataclass(frozen=True, slots=True)
class Answered:
    """What Lean said of names, besides what drifted.

    `compared` statements were compared as terms; `open` are those that were not, and why. `axioms` are those
    of each name that Lean told them of, and `holed` the names that rest on `sorry`.
    """

    compared: int
    open: Mapping[str, str]
    axioms: Mapping[str, tuple[str, ...]]
    holed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The member `live` of the drift document."""
        return {
            "compared": self.compared,
            "not_compared": [{"name": name, "reason": reason} for name, reason in self.open.items()],
            "axioms": {name: list(axioms) for name, axioms in self.axioms.items()},
            "sorry": list(self.holed),
        }


def of_answers(before: Snapshot, asked: LiveResult, environment: Library) -> tuple[Snapshot, Answered]:
    """The names that Lean knows, and what else it said.

    A name without an answer stays as it was. A statement is Lean's own, in explicit form, where that is
    another term; else, and where it cannot be told, that of `before`.
    """
    stated: list[Stated] = []
    reasons: dict[str, str] = {}
    compared = 0
    by_name = {each.name: each for each in asked.answers}
    for each in before.stated:
        answer = by_name.get(each.name)
        if answer is not None and answer.exists is False:
            continue
        stated.append(each)
        if answer is None:
            reasons[each.name] = "Lean was not asked"
            continue
        try:
            same = _is_same(answer, environment)
            compared += 1
        except LeanMirrorError as error:
            reasons[each.name] = str(error)
            continue
        if not same:
            stated[-1] = replace(each, statement=f": {answer.statement}")
    axioms = {each.name: each.axioms for each in asked.answers if each.axioms is not None}
    holed = tuple(each.name for each in asked.answers if each.has_sorry)
    problems = (asked.problem,) if asked.problem else ()
    after = Snapshot("a running Lean", tuple(stated), "lean", complete=False, problems=problems)
    return after, Answered(compared, reasons, axioms, holed)


def _is_same(answer: LiveAnswer, environment: Library) -> bool:
    """Whether Lean's statement is the term that ours is. Raises LeanMirrorError where that is open."""
    if answer.statement is None:
        raise Unsupported(answer.error or "no answer")
    own = environment.lookup(answer.name)
    if own is None:
        raise Unsupported(f"ours: {environment.failure(answer.name) or 'not understood'}")
    text = f"axiom d : {answer.statement}\n"
    (declaration,) = read_file("Lean's answer", text=text, environment=Environment()).declarations
    if not declaration.readable:
        raise Unsupported(f"Lean's: {declaration.reason}")
    try:
        return same_term(own.type, elaborate(declaration, environment).type)
    except (Unsupported, IllTyped) as error:
        raise Unsupported(f"Lean's: {error.message}") from None
