"""The bank of statements and how one of them is run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from leanmirror.bridge.check.tasks import TextTask, tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import LeanText
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.tally import Verdict

BANK = Path(__file__).parents[2] / "bank"
EXPECTED = {"false": "refuted", "true": "no_counterexample", "vacuous": "vacuous", "thin": "undecided"}
"""Folder of the bank → the verdict that is right for every statement in it."""


@cache
def statements(kind: str) -> tuple[TextTask, ...]:
    """The claims of one folder of the bank."""
    files = sorted((BANK / kind).glob("*.lean"))
    return tuple(task for file in files for task in tasks(LeanText(str(file), file.read_text("utf-8"))))


def verdict(task: TextTask, seed: int = 0) -> Verdict:
    """What is found of a claim; what cannot be run is a verdict too."""
    try:
        return run(claim_of_task(task).claim, seed=seed)
    except Unsupported as error:
        return Verdict("unsupported", 0, reason=str(error))


def of_text(text: str, seed: int = 0) -> list[Verdict]:
    """The verdicts of the claims of a text."""
    return [verdict(task, seed) for task in tasks(LeanText("Test.lean", text))]
