"""Every operator, constant, index and argument order of graph code, changed: theorems on graphs say no."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from types import FunctionType

import leanmirror.spec
from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.search import run
from tests.spec.graphs import test_graphs as golden
from tests.spec.mutation.campaign import definitions, reached
from tests.spec.mutation.mutants import Mutant, mutants, planted

CHUNKS, EXAMPLES = 8, 30
CORE = "leanmirror.spec.proofs.autograd"
MODULES = (
    f"{CORE}.tape.core",
    f"{CORE}.tape.algebra",
    f"{CORE}.tape.nodes.graph_composition",
    f"{CORE}.tape.nodes.reductions",
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
    known = {code: f for code, f in definitions(leanmirror.spec).items() if f.__module__.startswith(MODULES)}
    of_graphs = {c.name: "Graph" in c.name for c in CLAIMS}
    others = {f for c in CLAIMS if not of_graphs[c.name] for f in reached(c, known)}
    found: dict[FunctionType, list[Claim]] = {}
    for claim in sorted(CLAIMS, key=lambda c: not any(word in c.name for word in FIRST)):
        if of_graphs[claim.name]:
            for function in reached(claim, known) - others:
                found.setdefault(function, []).append(claim)
    return dict(sorted(found.items(), key=lambda item: (item[0].__module__, item[0].__qualname__)))


def surviving(chunk: int) -> tuple[int, list[str]]:
    """How many mutants a share of the functions has, and the names of those that live."""
    functions = list(cover())[chunk::CHUNKS]
    count = sum(1 for f in functions for _ in mutants(f))
    living = [m for f in functions for m in mutants(f) if survives(m, cover()[f])]
    return count, [mutant.name for mutant in living]


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


def test_every_mutant_of_graph_code_is_rejected_or_explained() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        results = list(pool.map(surviving, range(CHUNKS)))
    names = [name for _, found in results for name in found]
    assert [] == [name for name in names if reason(name) is None]
    assert [] == [pattern for pattern, _ in SURVIVORS if not any(re.search(pattern, n) for n in names)]
    assert sum(count for count, _ in results) > 100
