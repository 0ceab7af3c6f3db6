"""The one table: Lean name → how it is evaluated. A mirrored name means its Python function."""

from __future__ import annotations

from leanmirror.bridge.elaborating.core import Pi
from leanmirror.bridge.elaborating.environment import Declared, default
from leanmirror.bridge.evaluating.compile import Meaning
from leanmirror.bridge.evaluating.meanings.analysis import ANALYSIS
from leanmirror.bridge.evaluating.meanings.arithmetic import ARITHMETIC
from leanmirror.bridge.evaluating.meanings.base import Table
from leanmirror.bridge.evaluating.meanings.containers import CONTAINERS
from leanmirror.bridge.evaluating.meanings.logic import LOGIC
from leanmirror.bridge.evaluating.meanings.matrices import MATRICES
from leanmirror.bridge.evaluating.meanings.real import REAL
from leanmirror.bridge.evaluating.meanings.types import TYPES
from leanmirror.bridge.evaluating.mirrored import mirrored
from leanmirror.bridge.evaluating.terms import Parameter, Types

MEANINGS: Table = {**TYPES, **LOGIC, **ARITHMETIC, **REAL, **CONTAINERS, **MATRICES, **ANALYSIS}

_MIRRORED: dict[str, Meaning | None] = {}


def meanings(declared: Declared) -> Meaning | None:
    """How a constant is evaluated; None where only its definition, if it has one here, can say it."""
    built_in = MEANINGS.get(declared.name)
    if built_in is not None:
        return built_in
    if declared.name not in _MIRRORED:
        _MIRRORED[declared.name] = mirrored(declared, _counts)
    return _MIRRORED[declared.name]


def _counts(parameter: Pi | Parameter) -> bool:
    """The parameter of a mirrored name is neither an instance nor a proof."""
    return parameter.kind != "instance" and not Types(default()).is_prop(parameter.type)
