"""Every operator, constant, index, branch and argument order of the definitions, changed: claims say no."""

from __future__ import annotations

import multiprocessing
import os
import re
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from types import FunctionType

import leanmirror.spec
from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.judge.claim import Claim
from tests.spec.mutation.campaign import definitions, reached, survivors
from tests.spec.mutation.mutants import mutants
from tests.spec.mutation.survivors import SURVIVORS, reason

CHUNKS = 16


@cache
def cover() -> dict[FunctionType, list[Claim]]:
    """The claims that reach each definition, fast ones first; graphs have a campaign of their own."""
    known = definitions(leanmirror.spec)
    found: dict[FunctionType, list[tuple[float, Claim]]] = {}
    for claim in CLAIMS:
        if "Graph" not in claim.name:
            start = time.perf_counter()
            functions = reached(claim, known)
            for function in functions:
                found.setdefault(function, []).append((time.perf_counter() - start, claim))
    ordered = sorted(found, key=lambda f: (f.__module__, f.__qualname__))
    return {f: [claim for _, claim in sorted(found[f], key=lambda pair: pair[0])] for f in ordered}


def surviving(chunk: int) -> tuple[int, list[str]]:
    """How many mutants a share of the definitions has, and the names of those that live."""
    functions = list(cover())[chunk::CHUNKS]
    count = sum(1 for f in functions for _ in mutants(f))
    return count, [mutant.name for mutant in survivors(functions, cover())]


def test_every_mutant_is_rejected_or_explained() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        results = list(pool.map(surviving, range(CHUNKS)))
    names = [name for _, found in results for name in found]
    assert sum(count for count, _ in results) > 900
    unexplained = "\n".join(name for name in names if reason(name) is None)
    assert unexplained == "", unexplained
    assert [] == stale(names)
    assert len(names) < 0.2 * sum(count for count, _ in results)


def stale(names: Iterable[str]) -> list[str]:
    """Patterns that explain nothing any more."""
    living = list(names)
    return [pattern for pattern, _ in SURVIVORS if not any(re.search(pattern, name) for name in living)]


def test_most_definitions_are_reached() -> None:
    reached_names = {f"{f.__module__}.{f.__qualname__}" for f in cover()}
    assert len(reached_names) > 200
