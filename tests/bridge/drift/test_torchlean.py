"""Drift on two real states of TorchLean, two weeks apart."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache

import pytest

from leanmirror.bridge.drift.run import Drift, drift
from leanmirror.bridge.drift.statements import Meaning
from leanmirror.bridge.drift.text import Page
from leanmirror.bridge.sources.update import MIRRORED

pytestmark = [
    pytest.mark.torchlean,
    pytest.mark.skipif("TORCHLEAN" not in os.environ, reason="TORCHLEAN names no TorchLean checkout"),
]
needs_both = pytest.mark.skipif(
    "TORCHLEAN_BEFORE" not in os.environ, reason="TORCHLEAN_BEFORE names no earlier TorchLean checkout"
)


@cache
def found() -> Drift:
    return drift(os.environ["TORCHLEAN_BEFORE"], os.environ["TORCHLEAN"])


def test_the_names_are_those_of_their_source() -> None:
    assert "nothing drifted" == Page(drift(os.environ["TORCHLEAN"])).text().splitlines()[-1]


@needs_both
def test_in_the_mirrored_modules_one_operation_was_added() -> None:
    differences = found().differences
    assert ["Runtime.Autograd.Tape.gelu"] == [e.name for e in differences.added if e.module in MIRRORED]
    rest = [*differences.removed, *(e.old for e in differences.renamed), *(o for o, _ in differences.moved)]
    assert [] == [each.name for each in rest if each.module in MIRRORED]
    assert [] == [each.name for each in differences.changed if each.new.module in MIRRORED]


@needs_both
def test_how_many_theorems_changed_their_statement() -> None:
    """The text of 60; three more say something else in the same words."""
    theorems = [e for e in found().differences.changed if e.old.sort == e.new.sort == "theorem"]
    counts = Counter(each.old.written != each.new.written for each in theorems)
    assert {True: 60, False: 3} == counts


@needs_both
def test_how_many_theorems_came_and_went() -> None:
    differences = found().differences
    renamed = [each for each in differences.renamed if each.new.sort == "theorem"]
    assert 148 == len(renamed) + sum(each.sort == "theorem" for each in differences.added)
    assert 66 == len(renamed) + sum(each.sort == "theorem" for each in differences.removed)


@needs_both
@pytest.mark.parametrize(
    "name", ["Activation.Math.softplusSpec", "Activation.Math.geluSpec", "Spec.Tensor.varianceSpec"]
)
def test_rewritten_definitions_are_seen_with_what_rests_on_them(name: str) -> None:
    (change,) = [each for each in found().changed if each.change.name == name]
    assert change.change.bodies is not None
    assert change.affected
    assert change.reached >= len(change.affected)


def meaning(name: str) -> Meaning:
    (change,) = [each for each in found().changed if each.change.name == name]
    return change.meaning


@needs_both
@pytest.mark.parametrize("name", ["Activation.Math.softplusSpec", "Activation.Math.geluSpec"])
def test_other_words_for_the_same_values(name: str) -> None:
    assert "same" == meaning(name).meaning
    assert (meaning(name).draws or 0) > 10


@needs_both
def test_the_variance_is_another_one_from_rank_two_on() -> None:
    variance = meaning("Spec.Tensor.varianceSpec")
    assert "different" == variance.meaning
    assert ".dim 2 (.dim 3 .scalar)" == dict(variance.inputs)["s"]
    assert () == variance.through


CHECKED = {
    "Optim.WarmupCosineScheduler.getLr": "0 from the last step on, also where nothing is left to anneal",
    "Spec.Tensor.varianceSpec": "entries around the mean of all, not means of slices around theirs",
    "Spec.pool2dMultiOutShapePad": "no output where the padding is more than half of the kernel",
    "Spec.pool2dOutShapePad": "the same",
}
"""Definitions whose meaning changed, each read in both texts, and how."""


@needs_both
def test_every_difference_between_definitions_is_one_that_was_read() -> None:
    """What depends on the time that a machine has may be left undecided, but not called different."""
    different = {
        each.change.name
        for each in found().changed
        if each.change.new.sort != "theorem" and each.meaning.meaning == "different"
    }
    assert different <= CHECKED.keys()
    assert {"Spec.Tensor.varianceSpec", "Spec.pool2dOutShapePad"} <= different


@needs_both
def test_every_changed_body_was_tried_and_no_agreement_is_empty() -> None:
    bodies = [each.meaning for each in found().changed if each.change.wording == "body"]
    assert 418 == len(bodies)
    assert all(each.reason for each in bodies)
    assert all((each.draws or 0) > 0 for each in bodies if each.meaning == "same")
    assert sum(each.meaning == "same" for each in bodies) >= 15
