"""What keeps a statement from running: all of it, where running would stop at the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from leanmirror.bridge.compile.compiler import Closure, Compiler, Meanings
from leanmirror.bridge.compile.routines import Routines
from leanmirror.bridge.compile.terms import Constants
from leanmirror.bridge.core.term import Const, Term
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import Value

_PLACE = re.compile(r"( at)? \d+:\d+")


@dataclass(slots=True)
class Found:
    """What is missing, in the order in which it was met, each in the words of its error."""

    names: dict[str, None] = field(default_factory=dict)

    def add(self, error: Unsupported) -> None:
        """Note what an error says is missing."""
        self.names.setdefault(said(error))


def said(error: Unsupported) -> str:
    """What an error says, wherever it was met."""
    return _PLACE.sub("", error.message)


class Collecting(Compiler):
    """A compiler that notes what cannot be compiled and goes on; what it makes is not for running."""

    def __init__(
        self,
        constants: Constants,
        meanings: Meanings,
        found: Found,
        routines: Routines | None = None,
    ) -> None:
        super().__init__(constants, meanings, routines)
        self.found = found

    def fresh(self) -> Compiler:
        return Collecting(self.constants, self.meanings, self.found, self.routines)

    def compile(self, term: Term) -> Closure:
        try:
            return super().compile(term)
        except Unsupported as error:
            return self._noted(error)

    def constant(self, fn: Const, args: Sequence[Term]) -> Closure:
        try:
            return super().constant(fn, args)
        except Unsupported as error:
            declared = self.constants.lookup(fn.name)
            kinds = () if declared is None else declared.kinds
            for arg, kind in zip(args, kinds, strict=False):
                if kind != "instance":
                    self.compile(arg)
            return self._noted(error)

    def _noted(self, error: Unsupported) -> Closure:
        self.found.add(error)

        def unsupported(_: object) -> Value:
            raise error

        return unsupported
