"""The mirror of TorchLean against its text, and changes planted in a copy of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leanmirror.bridge.fidelity.run import FidelityReport, fidelity
from leanmirror.bridge.lean.tree import LeanTree
from tests.bridge.fidelity.planted import HARMLESS, WRONG, Change, plant

pytestmark = [
    pytest.mark.torchlean,
    pytest.mark.skipif("TORCHLEAN" not in os.environ, reason="TORCHLEAN names no TorchLean checkout"),
]
COMPARED = 0.9
"""The share of definitions that are compared at least."""

SWAPPED = {"eluSpec", "eluDerivSpec", "leakyReluSpec", "leakyReluDerivSpec"}


@pytest.fixture(scope="module")
def whole() -> FidelityReport:
    return fidelity(source=os.environ["TORCHLEAN"])


def test_no_definition_is_different_and_most_are_compared(whole: FidelityReport) -> None:
    assert [] == [row.name for row in whole.rows if row.outcome in ("different", "undecided")]
    assert whole.summary["same"] >= COMPARED * len(whole.rows)


def test_every_activation_is_compared(whole: FidelityReport) -> None:
    activations = [row for row in whole.rows if row.module == "NN.Spec.Layers.Activation"]
    assert {"same"} == {row.outcome for row in activations}
    assert all(row.branches[0] == row.branches[1] for row in activations)


def test_the_swapped_activations_are_the_findings(whole: FidelityReport) -> None:
    found = {row.name for row in whole.rows if row.finding is not None}
    assert {f"Activation.{name}" for name in SWAPPED} == found


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("changes", "outcome", "share"),
    [(WRONG, "different", 0.95), (HARMLESS, "same", 1)],
    ids=["wrong", "harmless"],
)
def test_planted_changes(changes: tuple[Change, ...], outcome: str, share: float, tmp_path: Path) -> None:
    assert [] == plant(LeanTree.read(os.environ["TORCHLEAN"]), tmp_path / "copy", changes)
    found = fidelity([name for name, _, _ in changes], source=str(tmp_path / "copy"))
    seen = [row.name for row in found.rows if row.outcome == outcome]
    assert len(seen) >= share * len(changes), {row.name: row.outcome for row in found.rows}
