"""Which claims reach a function, and whether they reject its mutants."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pkgutil import walk_packages
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.search import run
from tests.spec.mutation.mutants import Mutant, mutants, planted

EXAMPLES = 100
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


def survivors(
    functions: Sequence[FunctionType], cover: Mapping[FunctionType, Sequence[Claim]]
) -> Iterator[Mutant]:
    """The mutants of these functions that no covering claim rejects."""
    for function in functions:
        for mutant in mutants(function):
            if survives(mutant, cover[function]):
                yield mutant
