"""What became of the meaning of changed declarations: elaborated, and run, each in its own source."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from leanmirror.bridge.comparing.differences import Change
from leanmirror.bridge.comparing.running import Evaluator, Meaning, compare_claims, compare_definitions
from leanmirror.bridge.comparing.snapshots import Snapshot, Stated
from leanmirror.bridge.covering import is_contract
from leanmirror.bridge.elaborating.core import App, Const, Lam, Let, Lit, Pi, Proof, Sort, Term, Var, children
from leanmirror.bridge.elaborating.elaborate import elaborate
from leanmirror.bridge.elaborating.environment import default
from leanmirror.bridge.elaborating.errors import IllTyped
from leanmirror.bridge.elaborating.library import Library, library
from leanmirror.bridge.elaborating.sources import Source, given_text
from leanmirror.bridge.elaborating.statement import Statement
from leanmirror.bridge.evaluating.claims import claim_of
from leanmirror.bridge.evaluating.meanings import Meanings
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.reader import read_file
from leanmirror.spec.errors import LeanMirrorError

TIMEOUT = 20.0
"""Seconds for one declaration that is run."""

DEFINING = frozenset(("def", "abbrev", "instance"))


@dataclass
class Side:
    """A snapshot and what its declarations mean: the environment that its own files make."""

    snapshot: Snapshot

    @cached_property
    def environment(self) -> Library:
        """The names of the tree above the prelude; those of lean_names.json where there is no tree."""
        tree = self.snapshot.tree
        if tree is None:
            return default()
        base = library([])
        return Library([Source(tree.declarations, bodies=True)], base.table(tree.environment), base)

    @cached_property
    def meanings(self) -> Meanings:
        """How the names of the environment are evaluated."""
        return Meanings(self.environment)

    def declaration(self, stated: Stated) -> Declaration:
        """The declaration, read anew from its normal form where there is no file. Raises LeanMirrorError."""
        found = self.snapshot.declaration(stated)
        if found is None:
            text = given_text(stated.kind, stated.name, stated.statement)
            found = read_file("lean_names.json", text=text).declarations[0]
        return found

    def statement(self, stated: Stated) -> Statement:
        """The statement in core terms. Raises LeanMirrorError."""
        return elaborate(self.declaration(stated), self.environment)


def is_claim(stated: Stated) -> bool:
    """A theorem, a lemma, or a definition whose type is a contract."""
    return stated.sort == "theorem" or (stated.kind == "def" and is_contract(stated.statement))


def same_term(one: Term, two: Term, renames: Mapping[str, str] | None = None) -> bool:
    """Whether two core terms are one but for the names of bound variables and how arguments are given."""
    names = renames or {}
    pending: list[tuple[Term, Term]] = [(one, two)]
    bound: dict[int, int] = {}  # variables have numbers of their own, so none is bound twice
    while pending:
        a, b = pending.pop()
        match a, b:
            case (Var(), Var()):
                if bound.get(a.id, -1) != b.id:
                    return False
            case (Const(), Const()):
                if names.get(a.name, a.name) != b.name:
                    return False
            case (Lit(), Lit()) | (Sort(), Sort()):
                if a != b:
                    return False
            case (App(), App()) if len(a.args) == len(b.args):
                pending += [(a.fn, b.fn), *zip(a.args, b.args, strict=True)]
            case (Lam(var=x), Lam(var=y)) | (Pi(var=x), Pi(var=y)) | (Let(var=x), Let(var=y)):
                bound[x.id] = y.id
                pending += zip(children(a), children(b), strict=True)
            case (Proof(), Proof()):
                pending.append((a.type, b.type))
            case _:
                return False
    return True


def constants(term: Term) -> set[str]:
    """The names of the environment in a term."""
    found: set[str] = set()
    pending = [term]
    while pending:
        each = pending.pop()
        if isinstance(each, Const):
            found.add(each.name)
        pending.extend(children(each))
    return found


@dataclass
class Judge:
    """Judges changes from one snapshot to another; `renames` are the names that are surely one."""

    before: Side
    after: Side
    renames: Mapping[str, str]
    evaluator: Evaluator | None = None

    def meanings(
        self, changes: Iterable[Change], above: Callable[[Iterable[str]], set[str]]
    ) -> dict[int, Meaning]:
        """The meaning of each change, by its `id`; `above` gives what speaks of some names, in any steps.

        Definitions are judged first: a statement that did not change means something else when what it speaks
        of does.
        """
        found: dict[int, Meaning] = {}
        changes = list(changes)
        definitions = [each for each in changes if not is_claim(each.new)]
        found.update(self._run({id(each): self._definition(each) for each in definitions}))
        unsure = {each.name for each in definitions if found[id(each)].meaning != "same"}
        unsure |= above(unsure)
        claims = [each for each in changes if is_claim(each.new)]
        return found | self._run({id(each): self._claim(each, unsure) for each in claims})

    def _definition(self, change: Change) -> Meaning | Callable[[], Meaning]:
        kinds = (change.old.kind, change.new.kind)
        other = next((kind for kind in kinds if kind not in DEFINING), None)
        if other is not None:
            return Meaning("not_evaluated", f"{other}: only definitions are run")
        trees = (self.before.snapshot.tree, self.after.snapshot.tree)
        if trees[0] is None or trees[1] is None:
            return Meaning("not_evaluated", "the body is in one of the two only")
        if self.evaluator is None:
            return Meaning("not_evaluated", "bodies of definitions are not run")
        old = self.evaluator.evaluate(trees[0], change.old.name)
        new = self.evaluator.evaluate(trees[1], change.new.name)
        if isinstance(old, str):
            return Meaning("not_evaluated", f"the old one: {old}")
        if isinstance(new, str):
            return Meaning("not_evaluated", f"the new one: {new}")
        return lambda: compare_definitions(old, new)

    def _claim(self, change: Change, unsure: set[str]) -> Meaning | Callable[[], Meaning]:
        try:
            old = self.before.statement(change.old)
            new = self.after.statement(change.new)
        except LeanMirrorError as error:
            what = "ill-typed: " if isinstance(error, IllTyped) else ""
            return Meaning("not_evaluated", f"cannot be elaborated: {what}{error}")
        if same_term(old.type, new.type, self.renames):
            return self._same(new, unsure)
        return lambda: self._claims_run(old, new)

    def _same(self, new: Statement, unsure: set[str]) -> Meaning:
        spoken = sorted(constants(new.type) & unsure)
        if not spoken:
            return Meaning("same", "same term")
        rest = f" and {len(spoken) - 1} more" if len(spoken) > 1 else ""
        return Meaning("undecided", f"same term, but it rests on what changed: {spoken[0]}{rest}")

    def _claims_run(self, old: Statement, new: Statement) -> Meaning:
        try:
            one = claim_of(old, self.before.environment, self.before.meanings)
            two = claim_of(new, self.after.environment, self.after.meanings)
            return compare_claims(one.claim, two.claim)
        except LeanMirrorError as error:
            return Meaning("not_evaluated", f"not the same term, and cannot be run: {error}")

    def _run(self, work: dict[int, Meaning | Callable[[], Meaning]]) -> dict[int, Meaning]:
        """What is known, and what comes out where something has to be run."""
        known = {key: each for key, each in work.items() if isinstance(each, Meaning)}
        waiting = {key: each for key, each in work.items() if not isinstance(each, Meaning)}
        return known | dict(zip(waiting, run_all(list(waiting.values())), strict=True))


_WORK: list[Callable[[], Meaning]] = []
"""What the workers run: they are copies of this process, and get the number of an item."""


def run_all(work: list[Callable[[], Meaning]], timeout: float = TIMEOUT) -> list[Meaning]:
    """Run each in a worker process with limits of time and memory, which balls need, and collect in order."""
    if not work:
        return []
    if "fork" not in multiprocessing.get_all_start_methods():
        return [_guarded(each) for each in work]
    from leanmirror.bridge.workers import Workers

    _WORK[:] = work
    gc.freeze()  # so that the workers do not touch, and copy, all that was read
    try:
        with Workers(min(os.cpu_count() or 1, len(work)), timeout, copies=True) as workers:
            futures = [workers.submit(_run_number, number) for number in range(len(work))]
            return [_outcome(workers.payload(future)) for future in futures]
    finally:
        gc.unfreeze()
        _WORK.clear()


def _run_number(number: int) -> dict[str, Any]:
    return {"meaning": _guarded(_WORK[number])}


def _outcome(payload: dict[str, Any]) -> Meaning:
    found = payload.get("meaning")
    return found if isinstance(found, Meaning) else Meaning("undecided", payload["reason"])


def _guarded(work: Callable[[], Meaning]) -> Meaning:
    try:
        return work()
    except LeanMirrorError as error:
        return Meaning("undecided", str(error))
    except RecursionError:
        return Meaning("undecided", "nested too deeply")
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return Meaning("undecided", f"a fault of ours: {type(error).__name__}: {error}")
