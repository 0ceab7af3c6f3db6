"""Every operator, constant, index, branch and argument order of the definitions, changed: claims say no."""

from __future__ import annotations

import re
from functools import cache
from types import FunctionType

import pytest

import leanmirror.spec
from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.judge.claim import Claim
from tests.spec.mutation.campaign import SAMPLE, apart, definitions, reaching, sample, survives, unchanged
from tests.spec.mutation.mutants import Mutant, mutants
from tests.spec.mutation.survivors import SURVIVORS, reason

pytestmark = pytest.mark.xdist_group("mutants of definitions")
FIRST = 5
"""So many claims see that an unchanged definition passes here; all of them have tests of their own."""

MODULES = sorted({function.__module__ for function in definitions(leanmirror.spec).values()})
by_module = pytest.mark.parametrize("module", MODULES)
by_pattern = pytest.mark.parametrize("pattern", [pattern for pattern, _ in SURVIVORS])


@cache
def cover() -> dict[FunctionType, list[Claim]]:
    """The claims that reach each definition, fast ones first; graphs have a campaign of their own."""
    found: dict[FunctionType, list[Claim]] = {}
    for claim in sorted(CLAIMS, key=lambda claim: reaching()[claim.name][1]):
        if "Graph" not in claim.name:
            for function in reaching()[claim.name][0]:
                found.setdefault(function, []).append(claim)
    return dict(sorted(found.items(), key=lambda item: (item[0].__module__, item[0].__qualname__)))


@cache
def every_mutant() -> dict[str, list[Mutant]]:
    """The mutants of the definitions that claims reach, by module."""
    found: dict[str, list[Mutant]] = {module: [] for module in MODULES}
    for function in cover():
        found[function.__module__] += mutants(function)
    return found


def unexplained(module: str, every: int) -> list[str]:
    """The mutants of a module that live and may not, of every so many."""
    tried = [m for m in sample(every_mutant()[module], every) if reason(m.name) is None]
    return [mutant.name for mutant in tried if survives(mutant, cover()[mutant.function])]


def least_covered(module: str) -> FunctionType | None:
    """The definition of a module that the fewest claims reach."""
    functions = [function for function in cover() if function.__module__ == module]
    return min(functions, key=lambda function: len(cover()[function]), default=None)


@by_module
def test_a_definition_that_is_not_changed_passes(module: str) -> None:
    function = least_covered(module)
    assert function is None or survives(unchanged(function), cover()[function][:FIRST])


@by_module
def test_a_sample_of_mutants_is_rejected_or_explained(module: str) -> None:
    every_mutant()  # known here, and so in the other process
    assert [] == apart(unexplained, module, SAMPLE)


@pytest.mark.campaign
@by_module
def test_every_mutant_is_rejected_or_explained(module: str) -> None:
    every_mutant()
    assert [] == apart(unexplained, module, 1)


def living(pattern: str) -> str | None:
    """A mutant that lives and that the pattern explains; those that are tried soonest come first."""
    found = [m for each in every_mutant().values() for m in each if re.search(pattern, m.name)]
    ordered = sorted(found, key=lambda mutant: len(cover()[mutant.function]))
    return next((mutant.name for mutant in ordered if survives(mutant, cover()[mutant.function])), None)


@pytest.mark.campaign
@by_pattern
def test_a_pattern_explains_what_lives(pattern: str) -> None:
    every_mutant()
    assert apart(living, pattern) is not None


@by_pattern
def test_a_pattern_speaks_of_a_mutant(pattern: str) -> None:
    assert any(re.search(pattern, mutant.name) for found in every_mutant().values() for mutant in found)


def test_most_mutants_have_to_be_rejected() -> None:
    names = [mutant.name for found in every_mutant().values() for mutant in found]
    assert len(names) > 900
    assert sum(reason(name) is not None for name in names) < 0.25 * len(names)


def test_most_definitions_are_reached() -> None:
    assert len({f"{f.__module__}.{f.__qualname__}" for f in cover()}) > 200
