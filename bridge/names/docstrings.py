"""The table Lean name → Python object, gathered from the docstrings of our own modules.

A docstring whose last line is `Lean: Full.Name` says what its object mirrors; there is no other list.
Gathering imports every module of a room, so nothing that has to start fast may use it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import CodeType, ModuleType
from typing import Any

from leanmirror.spec.errors import BadInput, LeanMirrorError

ROOMS = ("leanmirror.spec", "leanmirror.runtime")
_LAST_LINE = re.compile(r"(?:\A|\n)[ \t]*Lean: +(\S+)\s*\Z")


class TableError(LeanMirrorError):
    """Two Python objects claim one Lean name, or two Lean names look the same."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """A Python object and the Lean name in its docstring; `python` is `module:qualname`, or a module."""

    lean: str
    python: str
    value: Any = field(repr=False, compare=False)


@cache
def table(room: str) -> dict[str, Mirror]:
    """The objects of one room by Lean name.

    Raises TableError when two objects have one Lean name, or two Lean names are equal after NFKC, and
    BadInput where Python was started without docstrings.
    """
    if sys.flags.optimize > 1:
        raise BadInput("Python was started with -OO, which drops the docstrings that say what is mirrored")
    return tabulated(mirrors(modules(room)))


def tabulated(found: Iterable[Mirror]) -> dict[str, Mirror]:
    """Mirrors by Lean name; raises as `table` does."""
    by_name: dict[str, Mirror] = {}
    by_look: dict[str, str] = {}
    for mirror in found:
        if mirror.lean in by_name:
            other = by_name[mirror.lean]
            raise TableError(f"{mirror.lean} is mirrored twice: {other.python} and {mirror.python}")
        look = unicodedata.normalize("NFKC", mirror.lean)
        if look in by_look:
            raise TableError(f"{mirror.lean} and {by_look[look]} are one identifier to Python")
        by_name[mirror.lean], by_look[look] = mirror, mirror.lean
    return by_name


def modules(package: str) -> Iterator[ModuleType]:
    """A package and every module below it, imported."""
    top = importlib.import_module(package)
    yield top
    for found in pkgutil.walk_packages(top.__path__, f"{package}."):
        yield importlib.import_module(found.name)


def mirrors(found: Iterable[ModuleType]) -> Iterator[Mirror]:
    """All that has a Lean name in the modules: the modules themselves, functions, classes, their members."""
    for module in found:
        name = lean_name(module.__doc__)
        if name is not None:
            yield Mirror(name, module.__name__, module)
        yield from _members(module.__name__, "", vars(module))


def _members(module: str, prefix: str, scope: Any) -> Iterator[Mirror]:
    for attribute, value in list(scope.items()):
        defined = _defined(value)
        qualname = f"{prefix}{attribute}"
        # An object is listed where it was defined, not where it is imported or given a second name.
        if (
            getattr(defined, "__module__", None) != module
            or getattr(defined, "__qualname__", None) != qualname
        ):
            continue
        name = lean_name(_own_docstring(defined))
        if name is not None:
            yield Mirror(name, f"{module}:{qualname}", _callable(value))
        if isinstance(defined, type):
            yield from _members(module, f"{qualname}.", vars(defined))


def _defined(value: Any) -> Any:
    """The function or class behind a static method, a property or a decorator that keeps `__wrapped__`."""
    if isinstance(value, property):
        return value.fget
    if isinstance(value, cached_property):
        return value.func
    return getattr(value, "__wrapped__", value)


def _callable(value: Any) -> Any:
    """What Lean's name applies to: for a property the function of its object."""
    if isinstance(value, property | cached_property):
        return _defined(value)
    return getattr(value, "__func__", value)


def _own_docstring(defined: Callable[..., Any] | type) -> str | None:
    if isinstance(defined, type):
        return vars(defined).get("__doc__")
    return defined.__doc__


def lean_name(docstring: str | None) -> str | None:
    """The name on a docstring's last line, `Lean: Full.Name`; None when it ends otherwise."""
    found = _LAST_LINE.search(docstring) if docstring else None
    return found and found[1]


def uses(mirror: Mirror, known: dict[int, str]) -> set[str]:
    """The Lean names of what a function's code names directly; `known` is Lean names by object id.

    Only globals and attributes of global classes are followed: what a value's own methods call is not seen.
    """
    function = getattr(mirror.value, "__wrapped__", mirror.value)
    code, scope = getattr(function, "__code__", None), getattr(function, "__globals__", {})
    words = _words(code) if isinstance(code, CodeType) else set[str]()
    found = [scope[word] for word in words if word in scope]
    for value in [value for value in found if isinstance(value, type)]:
        found += [_callable(vars(value)[word]) for word in words if word in vars(value)]
    return {known[id(value)] for value in found if id(value) in known}


def _words(code: CodeType) -> set[str]:
    inner = [_words(constant) for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*inner)
