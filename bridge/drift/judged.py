"""What became of the meaning of changed declarations: elaborated, and run, each in its own source."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from types import FrameType

from leanmirror.bridge.check.pool import Ended, Workers, out_of_time
from leanmirror.bridge.compile.claims import claim_of
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.same import same_term
from leanmirror.bridge.core.term import Const, Term, children
from leanmirror.bridge.drift.definitions import as_meaning, compare_texts
from leanmirror.bridge.drift.differences import Change
from leanmirror.bridge.drift.environments import TEXTUAL, Side
from leanmirror.bridge.drift.snapshots import Stated
from leanmirror.bridge.drift.statements import Meaning, compare_claims
from leanmirror.bridge.elaborate.statement import Statement
from leanmirror.bridge.fidelity import run as faithfulness
from leanmirror.bridge.io.guard import Interruption, guarded
from leanmirror.bridge.names.coverage import is_contract
from leanmirror.spec.errors import LeanMirrorError, Unsupported


@dataclass(frozen=True, slots=True)
class Effort:
    """What is done for each declaration: draws, seconds of processor time; and in how many processes."""

    draws: int = 40
    seconds: float = 2.0
    jobs: int | None = None


EFFORT = Effort()


def is_claim(stated: Stated) -> bool:
    """A theorem, a lemma, or a definition whose type is a contract."""
    return stated.sort == "theorem" or (stated.kind == "def" and is_contract(stated.statement))


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
    effort: Effort

    def meanings(
        self, changes: Iterable[Change], above: Callable[[Iterable[str]], set[str]]
    ) -> dict[int, Meaning]:
        """The meaning of each change, by its `id`; `above` gives what speaks of some names, in any steps.

        Definitions are judged first: a statement that did not change means something else when what it speaks
        of does.
        """
        changes = list(changes)
        definitions = [each for each in changes if not is_claim(each.new)]
        found = self._run({id(each): partial(self._definition, each) for each in definitions})
        unsure = {each.name for each in definitions if found[id(each)].meaning != "same"}
        found = {key: _through(each, unsure) for key, each in found.items()}
        unsure |= above(unsure)
        claims = [each for each in changes if is_claim(each.new)]
        return found | self._run({id(each): partial(self._claim, each, unsure) for each in claims})

    def _definition(self, change: Change) -> Meaning:
        kinds = (change.old.kind, change.new.kind)
        other = next((kind for kind in kinds if kind not in TEXTUAL), None)
        if other is not None:
            return Meaning("not_evaluated", f"{other}: only definitions are run")
        if self.after.texts is None:
            return Meaning("not_evaluated", "bodies are not known")
        if self.before.texts is None:
            return self.mirrored(change.name)
        return compare_texts(self.before, change.old, self.after, change.new, self.effort.draws)

    @cached_property
    def _fidelity(self) -> faithfulness.Judge:
        """The mirror and the text of the new snapshot side by side."""
        assert self.after.texts is not None, "there is a tree"
        return faithfulness.Judge(self.after.texts)

    def mirrored(self, name: str) -> Meaning:
        """What is known of a definition whose old text is its mirror. Raises LeanMirrorError."""
        if name not in self._fidelity.names:
            return Meaning("not_evaluated", "nothing mirrors its body")
        found = as_meaning(self._fidelity.held(name, draws=self.effort.draws, seed=0))
        return found if found.values is None else replace(found, values=(found.values[1], found.values[0]))

    def mirrors(self, names: Sequence[str]) -> list[Meaning]:
        """Each definition by its mirror against its text in the new snapshot."""
        found = self._run({at: partial(self.mirrored, name) for at, name in enumerate(names)})
        return [found[at] for at in range(len(names))]

    def _claim(self, change: Change, unsure: set[str]) -> Meaning:
        try:
            old = self.before.statement(change.old)
            new = self.after.statement(change.new)
        except LeanMirrorError as error:
            what = "ill-typed: " if isinstance(error, IllTyped) else ""
            return Meaning("not_evaluated", f"cannot be elaborated: {what}{error}")
        if same_term(old.type, new.type, self.renames):
            return self._same(new, unsure)
        return self._claims_run(old, new)

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

    def _run(self, work: Mapping[int, Callable[[], Meaning]]) -> dict[int, Meaning]:
        return dict(zip(work, run_all(list(work.values()), self.effort), strict=True))


def _through(found: Meaning, unsure: set[str]) -> Meaning:
    """Of what a definition calls, only what is not known to be the same."""
    return replace(found, through=tuple(name for name in found.through if name in unsure))


BACKSTOP = 15
"""How many times the seconds of a declaration may pass on the clock before its process is ended."""

_WORK: list[Callable[[], Meaning]] = []
"""What the workers run: they are copies of this process, and get the number of an item."""


def run_all(work: list[Callable[[], Meaning]], effort: Effort) -> list[Meaning]:
    """Run each in a worker process with limits of time and memory, which balls need, and collect in order."""
    if not work:
        return []
    if not hasattr(os, "fork"):
        return [_guarded(each) for each in work]
    _WORK[:] = work
    gc.freeze()  # so that the workers do not touch, and copy, all that was read
    try:
        jobs = min(effort.jobs or os.cpu_count() or 1, len(work))
        with Workers(jobs, BACKSTOP * effort.seconds, copies=True) as workers:
            futures = [workers.submit(_run_number, (number, effort.seconds)) for number in range(len(work))]
            return [_outcome(workers.outcome(future)) for future in futures]
    finally:
        gc.unfreeze()
        _WORK.clear()


def _run_number(item: tuple[int, float]) -> Meaning | Ended:
    number, seconds = item
    try:
        with limited(seconds):
            return _guarded(_WORK[number])
    except OutOfTime:
        return out_of_time(seconds)


class OutOfTime(Interruption):
    """The processor time of one declaration is used up."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in this process after seconds of processor time; what it has learnt is kept.

    That is more than ending the process can do: the next declaration needs much of what this one did.
    """

    def out(_: int, __: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGPROF, out)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _outcome(found: Meaning | Ended) -> Meaning:
    return Meaning("undecided", found.reason) if isinstance(found, Ended) else found


def _guarded(work: Callable[[], Meaning]) -> Meaning:
    return guarded(lambda: _worked(work), lambda told: Meaning("undecided", told))


def _worked(work: Callable[[], Meaning]) -> Meaning:
    try:
        return work()
    except Unsupported as error:
        return Meaning("not_evaluated", str(error))
    except LeanMirrorError as error:
        return Meaning("undecided", str(error))
    except RecursionError:
        return Meaning("undecided", "nested too deeply")
