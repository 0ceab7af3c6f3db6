"""The one table: Lean name → how it is evaluated. A mirrored name means its Python function."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from leanmirror.bridge.compile.compiler import Meaning
from leanmirror.bridge.compile.meanings.analysis import ANALYSIS
from leanmirror.bridge.compile.meanings.arithmetic import ARITHMETIC
from leanmirror.bridge.compile.meanings.base import Table
from leanmirror.bridge.compile.meanings.cardinality import CARDINALITY
from leanmirror.bridge.compile.meanings.equivalences import EQUIVALENCES
from leanmirror.bridge.compile.meanings.finite_sets import FINITE_SETS
from leanmirror.bridge.compile.meanings.functions import FUNCTIONS
from leanmirror.bridge.compile.meanings.indices import INDICES
from leanmirror.bridge.compile.meanings.lists import LISTS
from leanmirror.bridge.compile.meanings.logic import LOGIC
from leanmirror.bridge.compile.meanings.matrices import MATRICES
from leanmirror.bridge.compile.meanings.monads import MONADS
from leanmirror.bridge.compile.meanings.naturals import NATURALS
from leanmirror.bridge.compile.meanings.pairs import PAIRS
from leanmirror.bridge.compile.meanings.real import REAL
from leanmirror.bridge.compile.meanings.types import TYPES
from leanmirror.bridge.compile.mirrored import mirrored
from leanmirror.bridge.compile.routines import Routines
from leanmirror.bridge.compile.terms import Constants, Parameter, Types
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.term import Pi
from leanmirror.spec.errors import Unsupported

MEANINGS: Table = {
    **TYPES,
    **LOGIC,
    **CARDINALITY,
    **ARITHMETIC,
    **REAL,
    **MATRICES,
    **NATURALS,
    **INDICES,
    **PAIRS,
    **EQUIVALENCES,
    **LISTS,
    **FINITE_SETS,
    **FUNCTIONS,
    **MONADS,
    **ANALYSIS,
}


@dataclass(slots=True)
class Meanings:
    """How the constants of an environment are evaluated; `by_text` are names whose mirror is not asked."""

    constants: Constants
    by_text: Collection[str] = frozenset()
    types: Types = field(init=False)
    mirrored: dict[str, Meaning | None] = field(default_factory=dict)
    routines: Routines = field(default_factory=Routines)

    def __post_init__(self) -> None:
        self.types = Types(self.constants)

    def __call__(self, declared: Declared) -> Meaning | None:
        """The meaning of a constant; None where only its definition, if it has one here, can say it."""
        built_in = MEANINGS.get(declared.name)
        if built_in is not None:
            return built_in
        if declared.name in self.by_text:
            return None
        if declared.name not in self.mirrored:
            self.mirrored[declared.name] = self._mirrored(declared)
        return self.mirrored[declared.name]

    def _mirrored(self, declared: Declared) -> Meaning | None:
        """The Python function, unless it takes what Lean's does not and there is Lean's own definition."""
        try:
            return mirrored(declared, self._counts)
        except Unsupported:
            if declared.body is None and self.constants.completed(declared).body is None:
                raise
            return None

    def _counts(self, parameter: Pi | Parameter) -> bool:
        """The parameter is neither an instance nor a proof."""
        return self.types.counts(parameter.type, parameter.kind)
