"""The claims of the mirrored modules from their Lean text: they agree with those written in Python."""

from __future__ import annotations

import os
from functools import cache

import pytest

from leanmirror.bridge.compile.claims import claim_of
from leanmirror.bridge.compile.meanings import Meanings
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.bridge.names.spelling import spelling
from leanmirror.spec.claims import MIRRORED
from leanmirror.spec.judge.balls import realize
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.precision import decide
from leanmirror.spec.judge.search import run, satisfying
from leanmirror.spec.judge.source import Source

pytestmark = [
    pytest.mark.torchlean,
    pytest.mark.skipif("TORCHLEAN" not in os.environ, reason="TORCHLEAN names no TorchLean checkout"),
]
EXAMPLES = 24
MIRRORED_CLAIMS = {claim.name: claim for claim in MIRRORED}


@cache
def declarations() -> dict[str, Declaration]:
    return {each.name: each for each in LeanTree.read(os.environ["TORCHLEAN"]).declarations}


@cache
def from_text(name: str) -> Claim:
    """The claim of a theorem of TorchLean, from its text."""
    declaration = declarations()[name]
    environment = default()
    statement = elaborate(declaration, environment)
    return claim_of(statement, environment, Meanings(environment), key=declaration.digest).claim


@pytest.mark.parametrize("name", MIRRORED_CLAIMS)
def test_nothing_is_refuted_unsupported_or_vacuous(name: str) -> None:
    found = run(from_text(name))
    assert "no_counterexample" == found.verdict
    assert found.counted >= 50


def judged(claim: Claim, example: Example) -> dict[str, Judgement]:
    """The parts of a claim at the values of an example, matched by name."""
    values = {spelling(name): value for name, value in example.values.items()}
    types = {spelling(name): of_type for name, of_type in example.types.items()}
    env = {b.name: realize(types[spelling(b.name)], values[spelling(b.name)]) for b in claim.variables}
    return {part: decide(lambda judge=judge: judge(env)) for part, judge in claim.parts}  # type: ignore[misc]  # bound now


@pytest.mark.parametrize("name", MIRRORED_CLAIMS)
def test_text_and_python_agree_on_the_same_inputs(name: str) -> None:
    text, python = from_text(name), MIRRORED_CLAIMS[name]
    assert {spelling(b.name) for b in text.variables} == {spelling(b.name) for b in python.variables}
    source = Source(Seeded(7))
    for index in range(EXAMPLES):
        example, _ = satisfying(python, source, index, 50)
        if example is None:
            continue
        one, two = judged(text, example), judged(python, example)
        assert {part: j.outcome for part, j in one.items()} == {part: j.outcome for part, j in two.items()}
        if "HasDerivAt" not in python.doc and "HasFDerivAt" not in python.doc and two.keys() == {"statement"}:
            if two["statement"].lhs is None:
                continue  # plain data, compared as a whole
            assert str(one["statement"].lhs) == str(two["statement"].lhs)
