"""Which claims reach a function, and whether they reject its mutants."""

from __future__ import annotations

import inspect
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, TypeVar
from zlib import crc32

import leanmirror.spec
from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.search import run
from tests.spec.mutation.mutants import Mutant, planted

T = TypeVar("T")
EXAMPLES = 100
SAMPLE = 16
"""CI tries every so many mutants of a module, a campaign each of them."""

SKIPPED = (
    "leanmirror.spec.judge",
    "leanmirror.spec.graphs",
    "leanmirror.spec.torchlean_types",
    "leanmirror.spec.core.scalars",
    "leanmirror.spec.core.dispatch",
)
"""Not definitions: the judge and the scalars have probes of their own."""


def definitions(package: ModuleType) -> dict[CodeType, FunctionType]:
    """Every function of the package's definitions, by its code; statements are not among them."""
    found: dict[CodeType, FunctionType] = {}
    for info in walk_packages(package.__path__, package.__name__ + "."):
        if not info.name.startswith(SKIPPED):
            for function in _functions(import_module(info.name)):
                found[function.__code__] = function
    return found


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    pending: list[Any] = [v for v in vars(module).values() if getattr(v, "__module__", "") == module.__name__]
    while pending:
        value = pending.pop()
        value = value.__func__ if isinstance(value, staticmethod | classmethod) else value
        value = value.fget if isinstance(value, property) else value
        if inspect.isclass(value):
            pending.extend(v for k, v in vars(value).items() if not k.startswith("__"))
        elif isinstance(value, FunctionType) and _is_definition(value, module):
            yield value


def _is_definition(function: FunctionType, module: ModuleType) -> bool:
    source = inspect.getsourcefile(function)
    return (
        source == module.__file__
        and function.__name__ != "<lambda>"
        and function.__annotations__.get("return") not in ("Judgement", "Claim", "Assume")
    )


def reached(claim: Claim, known: Mapping[CodeType, FunctionType]) -> set[FunctionType]:
    """The definitions that a few examples of the claim call."""
    hit: set[FunctionType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in known:
            hit.add(known[frame.f_code])

    sys.setprofile(note)
    try:
        run(claim, examples=30)
    finally:
        sys.setprofile(None)
    return hit


def survives(mutant: Mutant, claims: Iterable[Claim]) -> bool:
    """True when every claim still says what it says of the right definition."""
    with planted(mutant):
        return all(_passes(claim) for claim in claims)


def _passes(claim: Claim) -> bool:
    try:
        return run(claim, examples=EXAMPLES).verdict == "no_counterexample"
    except (LeanMirrorError, TypeError, ValueError, IndexError, AttributeError, KeyError, RecursionError):
        return False  # a mutant that cannot run is seen as an error, not passed over


@cache
def reaching() -> dict[str, tuple[frozenset[FunctionType], float]]:
    """By the name of each claim the definitions that it reaches, and how long it takes."""
    known, found = definitions(leanmirror.spec), {}
    for claim in CLAIMS:
        start = time.perf_counter()
        functions = reached(claim, known)
        found[claim.name] = (frozenset(functions), time.perf_counter() - start)
    return found


def sample(found: Sequence[Mutant], every: int) -> Sequence[Mutant]:
    """Every so many of the mutants, one at least; where the first stands follows from its module."""
    start = crc32(found[0].function.__module__.encode()) % min(every, len(found)) if found else 0
    return found[start::every]


def unchanged(function: FunctionType) -> Mutant:
    """The function itself as a mutant: what rejects it rejects everything."""
    return Mutant(function, "nothing", 0, function.__code__)


def apart(work: Callable[..., T], *args: Any) -> T:
    """What a function returns in a process of its own, so that no cache keeps what a mutant computed.

    The process is a copy of this one where the system makes them safely: what is known here is known there.
    """
    copies = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    context = multiprocessing.get_context("fork" if copies else "spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *args).result()
