"""Judging a stored counterexample again, without any search."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from leanmirror.bridge.check.counterexample import lean_inputs, witness_of
from leanmirror.bridge.check.pool import Ended, Workers
from leanmirror.bridge.check.refutation import claim_from
from leanmirror.bridge.check.selection import mirrored_claims
from leanmirror.bridge.check.witness import Witness, read_witness
from leanmirror.bridge.io.documents import document
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.reports import Report
from leanmirror.spec.errors import BadInput, LeanMirrorError, NameNotFound
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.codec import decode_example
from leanmirror.spec.judge.one_example import fails
from leanmirror.spec.judge.tally import Counterexample

SCHEMA = "leanmirror.replay/1"
SECONDS = 120.0
"""For one witness."""


@dataclass(frozen=True, slots=True, repr=False)
class ReplayResult(Report):
    """A witness run again: whether its claim still fails at its inputs, and what was found."""

    claim: str
    part: str
    reproduced: bool
    counterexample: Witness | None
    inputs: Mapping[str, str]

    @property
    def text(self) -> str:
        """The outcome as people read it."""
        lines = [self.short, *(f"  {name} := {shown(value)}" for name, value in self.inputs.items())]
        if self.counterexample is not None:
            lines.append(f"  issue: {self.counterexample.issue}")
        return "\n".join(lines)

    @property
    def short(self) -> str:
        """The outcome and the claim."""
        head = "reproduced" if self.reproduced else "not reproduced"
        return f"{head}: {self.claim} ({self.part})"

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.inputs.items())

    @property
    def exit_status(self) -> int:
        """1 when the claim still fails there."""
        return int(self.reproduced)

    def to_json(self) -> dict[str, Any]:
        """The document `leanmirror.replay/1`."""
        return document(SCHEMA, self)


def replay(path: str | os.PathLike[str], seconds: float = SECONDS) -> ReplayResult:
    """Judge the witness's claim at the witness's inputs, in a worker with its limits.

    Raises BadInput for a file that is not a witness or does not fit its claim, and where a limit is met;
    NameNotFound for a claim that is not mirrored, OSError for a file that cannot be read.
    """
    with Workers(1, seconds) as workers:
        found = workers.outcome(workers.submit(_answered, Path(path)))
    if isinstance(found, Ended):
        raise BadInput(f"{shown(str(path))}: {found.reason}")
    if isinstance(found, Exception):
        raise found
    return found


def _answered(path: Path) -> ReplayResult | BadInput | NameNotFound | OSError:
    try:
        return _replayed(path)
    except (BadInput, NameNotFound, OSError) as error:
        return error


def _replayed(path: Path) -> ReplayResult:
    given = read_witness(path)
    if not given.replayable:
        raise BadInput(f"{path}: this witness was made from a function that has no import path")
    claim = _claim(path, given)
    if given.part not in [name for name, _ in claim.parts]:
        raise BadInput(f"{path}: {claim.name} has no part {shown(given.part)}")
    try:
        example = decode_example(claim, given.inputs)
        judgement = fails(claim, given.part, example, given.digits, deep=True)
    except LeanMirrorError as error:
        raise BadInput(f"{path}: {error}") from error
    found = None
    if judgement is not None:
        again = witness_of(claim, Counterexample(given.part, example, judgement), given.digits, given.seed)
        found = replace(again, source=given.source)
    return ReplayResult(claim.name, given.part, found is not None, found, lean_inputs(example))


def _claim(path: Path, given: Witness) -> Claim:
    """The mirrored claim of a witness, or that of the Lean text it was found in, elaborated again."""
    if given.source is None:
        found = mirrored_claims().get(given.claim)
        if found is None:
            raise NameNotFound(f"no claim is called '{shown(given.claim)}'")
        return found
    try:
        return claim_from(given.source)
    except (LeanMirrorError, ValueError) as error:  # the second: no path can be made of what is given
        raise BadInput(f"{path}: {error}") from error
