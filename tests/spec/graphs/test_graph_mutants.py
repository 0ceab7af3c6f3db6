"""Every operator, constant, index and argument order of graph code, changed: theorems on graphs say no."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from types import FunctionType

import pytest

from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.search import run
from tests.spec.graphs import test_graphs as golden
from tests.spec.mutation.campaign import apart, reaching, sample, unchanged
from tests.spec.mutation.mutants import Mutant, mutants, planted

pytestmark = pytest.mark.xdist_group("mutants of definitions")
EXAMPLES, SAMPLE = 30, 8
CORE = "leanmirror.spec.proofs.autograd"
MODULES = (
    f"{CORE}.tape.core",
    f"{CORE}.tape.algebra",
    f"{CORE}.tape.nodes.graph_composition",
    f"{CORE}.runtime.link",
)
FIRST = ("backprop_correct", "takeLeft", "dropMiddle")
"""Claims that are quick come first."""

GOLDEN = (
    golden.test_values_tangents_and_gradients_by_hand,
    golden.test_a_node_among_values_that_it_does_not_read,
    golden.test_inner_products_of_contexts,
    golden.test_a_graph_that_was_one_over_any_scalar_keeps_its_certificate,
)
"""What no theorem sees: the gradients of nodes, the certificate of a node that is moved."""

COMMUTES = "the sum or product commutes, so the same value is computed"
MESSAGE = "only the text of a ShapeError changes"
LENGTHS = "lengths were checked before: strict only repeats that check"

SURVIVORS = (
    (r"TList\.add\(.* -> TList\.add\(|\.add\(grads, .* -> VecT|: dot\(a, b\) -> dot\(b, a\)$", COMMUTES),
    (r": zip\(.* -> zip\(", COMMUTES),
    (
        r": (require_size|require_shape|_same_context)\(.* -> (require_size|require_shape|_same_context)\(",
        MESSAGE,
    ),
    (r": True -> False$", LENGTHS),
)


@cache
def cover() -> dict[FunctionType, list[Claim]]:
    """The claims about graphs that reach each function of graph code, where no other claim does."""
    others = {f for name, (functions, _) in reaching().items() if "Graph" not in name for f in functions}
    found: dict[FunctionType, list[Claim]] = {}
    for claim in sorted(CLAIMS, key=lambda c: not any(word in c.name for word in FIRST)):
        if "Graph" in claim.name:
            for function in reaching()[claim.name][0] - others:
                if function.__module__.startswith(MODULES):
                    found.setdefault(function, []).append(claim)
    return dict(sorted(found.items(), key=lambda item: (item[0].__module__, item[0].__qualname__)))


def of_module(module: str) -> list[Mutant]:
    """The mutants of the functions whose module's name begins so."""
    return [m for function in cover() if function.__module__.startswith(module) for m in mutants(function)]


def unexplained(module: str, every: int) -> list[str]:
    """The mutants that live and may not, of every so many."""
    tried = [m for m in sample(of_module(module), every) if reason(m.name) is None]
    return [mutant.name for mutant in tried if survives(mutant, cover()[mutant.function])]


def survives(mutant: Mutant, claims: list[Claim]) -> bool:
    """True when everything still holds as it does of the right function."""
    with planted(mutant):
        return all(map(_passes, GOLDEN)) and all(_passes(partial(_holds, c)) for c in claims)


def _holds(claim: Claim) -> None:
    assert "no_counterexample" == run(claim, examples=EXAMPLES).verdict


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except (AssertionError, LeanMirrorError, TypeError, ValueError, IndexError, AttributeError):
        return False  # a mutant that cannot run is seen as an error, not passed over
    return True


def reason(name: str) -> str | None:
    """Why a surviving mutant may live; None when nothing says so."""
    return next((why for pattern, why in SURVIVORS if re.search(pattern, name)), None)


by_module = pytest.mark.parametrize("module", MODULES)
by_pattern = pytest.mark.parametrize("pattern", [pattern for pattern, _ in SURVIVORS])


@by_module
def test_graph_code_that_is_not_changed_passes(module: str) -> None:
    function = next(f for f in cover() if f.__module__.startswith(module))
    assert survives(unchanged(function), cover()[function][:5])  # all of them have tests of their own


@by_module
def test_a_sample_of_mutants_is_rejected_or_explained(module: str) -> None:
    cover()  # known here, and so in the other process
    assert [] == apart(unexplained, module, SAMPLE)


@pytest.mark.campaign
@by_module
def test_every_mutant_is_rejected_or_explained(module: str) -> None:
    cover()
    assert [] == apart(unexplained, module, 1)


def living(pattern: str) -> str | None:
    """A mutant that lives and that the pattern explains."""
    found = [m for module in MODULES for m in of_module(module) if re.search(pattern, m.name)]
    return next((mutant.name for mutant in found if survives(mutant, cover()[mutant.function])), None)


@pytest.mark.campaign
@by_pattern
def test_a_pattern_explains_what_lives(pattern: str) -> None:
    cover()
    assert apart(living, pattern) is not None


@by_pattern
def test_a_pattern_speaks_of_a_mutant(pattern: str) -> None:
    assert any(re.search(pattern, mutant.name) for module in MODULES for mutant in of_module(module))
