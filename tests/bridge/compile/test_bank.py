"""Every false statement of the bank is refuted, no true one is, and nothing satisfies the vacuous ones."""

from __future__ import annotations

import os

import pytest

from leanmirror.bridge.check.tasks import TextTask
from tests.bridge.compile.bank import EXPECTED, statements, verdict

CASES = [(kind, task) for kind in EXPECTED for task in statements(kind)]
SEEDS = range(20)


@pytest.mark.parametrize(("kind", "task"), CASES, ids=[f"{kind}-{task.name}" for kind, task in CASES])
def test_verdict(kind: str, task: TextTask) -> None:
    found = verdict(task)
    assert EXPECTED[kind] == found.verdict, found.reason or found.counterexample


def test_the_bank_is_large_enough() -> None:
    assert 120 <= len(statements("false"))
    assert 60 <= len(statements("true"))


@pytest.mark.campaign
@pytest.mark.parametrize("seed", SEEDS)
def test_campaign(seed: int) -> None:
    false = [(task.name, verdict(task, seed)) for task in statements("false")]
    missed = [name for name, found in false if found.verdict != "refuted"]
    uncertain = [n for n, f in false if f.counterexample and not f.counterexample.judgement.proved]
    alarms = [task.name for task in statements("true") if verdict(task, seed).verdict == "refuted"]
    assert ([], []) == (missed, alarms), os.linesep.join(missed + alarms)
    assert len(uncertain) <= 0.05 * len(false), uncertain
