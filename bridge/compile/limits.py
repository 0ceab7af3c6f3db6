"""How deep and how often definitions may call each other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leanmirror.spec.errors import Exhausted
from leanmirror.spec.judge.types import Value

Values = Mapping[int, Value]
Run = Callable[[Values], Value]

DEEPEST = 1_500
"""Calls of definitions inside each other."""

MOST_CALLS = 2_000_000
"""Calls of definitions for one value."""

FRAMES = 60_000
"""Python's frames while definitions call each other."""


@dataclass(slots=True)
class Calls:
    """The calls of the definitions of one environment: those inside each other now, and all for one value."""

    depth: int = 0
    count: int = 0

    def limited(self, closure: Run) -> Run:
        """The closure, its calls counted. It raises Exhausted when there are too many."""

        def called(env: Values) -> Value:
            if self.depth == 0:
                return self._outermost(closure, env)
            self.count += 1
            if self.depth > DEEPEST or self.count > MOST_CALLS:
                raise Exhausted("a recursion that goes on for too long", "time")
            self.depth += 1
            try:
                return closure(env)
            finally:
                self.depth -= 1

        return called

    def _outermost(self, closure: Run, env: Values) -> Value:
        before = sys.getrecursionlimit()
        sys.setrecursionlimit(max(before, FRAMES))
        self.depth, self.count = 1, 0
        try:
            return closure(env)
        except RecursionError:
            raise Exhausted("a recursion that goes on for too long", "time") from None
        finally:
            self.depth = 0
            sys.setrecursionlimit(before)
