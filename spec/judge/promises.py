"""Hypotheses that promise something of a function: met by functions that have it by construction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leanmirror.spec.judge.claim import Env
from leanmirror.spec.judge.judgement import TRUE, Judgement
from leanmirror.spec.judge.types.base import Value
from leanmirror.spec.judge.types.functions import adjusted
from leanmirror.spec.judge.types.real_functions import PROMISED, Adjusted, RealFunction, Trait
from leanmirror.spec.judge.types.smooth import Smooth

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


def has(f: Value, trait: Trait) -> bool:
    """The function certainly has it."""
    return (isinstance(f, RealFunction | Adjusted) and trait in f.traits) or (
        isinstance(f, Smooth) and f.has(trait)
    )


def kept(
    f: str, trait: Trait, statement: Callable[[Env], Judgement]
) -> tuple[Callable[[Env], Judgement], Callable[[Env, Source], Env]]:
    """How to judge the promise, which is `statement` in full, of the variable f, and how to meet it.

    A function that does not have the trait is replaced by one that has it, and what the first had, where
    there is such a one.
    """

    def holds(env: Env) -> Judgement:
        return TRUE if has(env[f], trait) else statement(env)

    def make(env: Env, source: Source) -> Env:
        before = env[f]
        if has(before, trait):
            return {}
        if isinstance(before, Smooth):
            return {f: before.smoothed()}
        if not isinstance(before, RealFunction | Adjusted):
            return {}
        fitting = [g for g in PROMISED if trait in g.traits]
        closest = [g for g in fitting if before.traits <= g.traits]
        found = source.rng.choice(closest if closest and source.rng.chance(0.5) else fitting)
        changed = adjusted(found, source)
        return {f: changed if trait in changed.traits else found}

    return holds, make
