"""What the product's files look like from outside: who imports whom, and how long things are."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import FunctionType
from typing import Any

import networkx as nx  # type: ignore[import-untyped]  # it ships no types

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("spec", "runtime", "bridge")
WRITTEN = (FunctionType, property, staticmethod, classmethod)
Edge = tuple[str, str, int]


def modules() -> dict[str, Path]:
    """Every module of the three rooms by its import name."""
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return {_module(path.relative_to(ROOT)): path for path in files}


def _module(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(("leanmirror", *(parts[:-1] if parts[-1] == "__init__" else parts)))


def for_types(node: ast.AST) -> bool:
    """Whether what stands below is for the type checker and never runs."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imported(tree: ast.AST, known: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The modules that a text imports when it runs, in a function or not, each with its line."""
    known = set(known)
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            yield from ((name, node.lineno) for name in inner if name in known)
        children = node.orelse if isinstance(node, ast.If) and for_types(node) else ast.iter_child_nodes(node)
        pending.extend(children)


def edges(texts: Mapping[str, str]) -> list[Edge]:
    """(importer, imported, line) for every import between modules, given by name with their texts."""
    return [
        (name, other, line)
        for name, text in texts.items()
        for other, line in imported(ast.parse(text), texts)
        if other != name
    ]


def circles(found: Iterable[Edge]) -> list[list[str]]:
    """The sets of modules that import each other, however far around."""
    graph = nx.DiGraph((one, other) for one, other, _ in found)
    return sorted(sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1)


def against(order: tuple[str, ...], found: Iterable[Edge]) -> list[str]:
    """The imports from a folder of bridge that stands before the one that is imported, or of no rank."""
    rank = {folder: place for place, folder in enumerate(order)}
    wrong = []
    for one, other, line in found:
        here, there = _folder(one), _folder(other)
        if here and there and rank.get(here, -1) < rank.get(there, len(rank)):
            wrong.append(f"{one}:{line} imports {other}")
    return sorted(wrong)


def _folder(module: str) -> str:
    """The folder of bridge in which a module stands; empty for other rooms and for bridge's own files."""
    parts = module.split(".")
    inside = parts[:2] == ["leanmirror", "bridge"] and len(parts) > 2 and not parts[2].startswith("_")
    return parts[2] if inside else ""


def long_functions(text: str, most: int) -> dict[str, int]:
    """The functions of a text with more lines than `most`."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    found = {
        n.name: (n.end_lineno or 0) - n.lineno + 1 for n in ast.walk(ast.parse(text)) if isinstance(n, kinds)
    }
    return {name: length for name, length in found.items() if length > most}


def methods(cls: type[Any]) -> set[str]:
    """The methods and properties of a class that stand in our files, those that it inherits among them."""
    ours = [c for c in cls.__mro__ if c.__module__.split(".")[0] not in ("builtins", "abc", "enum", "typing")]
    return {
        name
        for c in ours
        for name, value in vars(c).items()
        if isinstance(value, WRITTEN) and not (name.startswith("__") and name.endswith("__"))
    }


def classes() -> Iterator[type[Any]]:
    """Every class that a module of the rooms defines."""
    for name in modules():
        if not name.endswith("__main__"):
            for value in vars(importlib.import_module(name)).values():
                if isinstance(value, type) and value.__module__ == name:
                    yield value
