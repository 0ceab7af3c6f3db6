"""`.ilean` files as a source: what Lean notes beside each compiled module for editors.

They know names, modules and positions, and which declaration uses which: the dependency graph of the names
that stand in the text. They know no kinds and no statements, and of what Lean adds by itself (instances,
coercions) nothing. Names of constructors and fields are among the declarations. The file is where Lake looks
for the module; the position is that of the name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.io.output import parse_json, shown
from leanmirror.bridge.lean.scopes import public_name
from leanmirror.bridge.lean.tree import files_under
from leanmirror.bridge.sources.files import each_file, rooted, text_of
from leanmirror.bridge.sources.indexed import Indexed, IndexResult
from leanmirror.spec.errors import BadInput

if TYPE_CHECKING:
    import os

    import networkx  # type: ignore[import-untyped]  # it ships no types

NO_STATEMENTS = "an .ilean file has no statements"
_KEY = re.compile(r'\{"c":\s?\{"m":\s?"[^"\\]*",\s?"n":\s?"([^"\\]*)"\}\}')
"""A key without escapes, which is what nearly all are: for these the JSON parser is not asked."""
_COMMAND = re.compile(r"_[a-z]+")
"""What Lean names `#check`, `#eval` and `example` while it works on them; they are no declarations."""


@dataclass(frozen=True, slots=True)
class Module:
    """One `.ilean`: what its module declares, with 1-based lines, and who uses what in it."""

    name: str
    version: int
    imports: tuple[str, ...]
    lines: Mapping[str, int]
    uses: Mapping[str, frozenset[str]]

    @property
    def file(self) -> str:
        """Where Lake looks for the module, from the root of its package."""
        return f"{self.name.replace('.', '/')}.lean"


@dataclass(frozen=True)
class IleanIndex:
    """All modules of a build, and which declaration uses which."""

    modules: tuple[Module, ...]
    problems: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> IleanIndex:
        """Read one `.ilean`, or all under a folder; those that cannot be read are among the problems.

        Raises BadInput for a path that is neither, for a folder without one, and when none can be read.
        """
        root = rooted(path)
        if root.is_file():
            return cls((_module(root.parent, Path(root.name)),))
        paths = list(files_under(root, (".ilean",)))
        if not paths:
            raise BadInput(f"no .ilean files under {shown(str(root))}: build the project first")
        problems: list[str] = []
        modules = tuple(each_file(root, paths, _module, problems))
        if not modules:
            raise BadInput(problems[0])
        return cls(modules, tuple(problems))

    def uses(self, name: str) -> tuple[str, ...]:
        """The declarations that a declaration names, sorted; itself is not among them."""
        found: set[str] = set()
        for module in self._users.get(name, ()):
            found |= module.uses[name]
        return tuple(sorted(found - {name}))

    def used_by(self, name: str) -> tuple[str, ...]:
        """The declarations that name a declaration, sorted; itself is not among them."""
        return tuple(sorted(self._uses_of.get(name, set()) - {name}))

    def where(self, name: str) -> tuple[str, int] | None:
        """Module and line of a declaration; None for one that no module declares."""
        found = self._declared.get(name)
        return None if found is None else (found.name, found.lines[name])

    def graph(self) -> networkx.DiGraph:
        """An edge from each declaration to every one that it names."""
        import networkx

        graph: networkx.DiGraph = networkx.DiGraph()
        for module in self.modules:
            graph.add_nodes_from(module.lines)
            for user, used in module.uses.items():
                graph.add_edges_from((user, each) for each in sorted(used) if each != user)
        return graph

    @cached_property
    def _declared(self) -> dict[str, Module]:
        return {name: module for module in reversed(self.modules) for name in module.lines}

    @cached_property
    def _users(self) -> dict[str, list[Module]]:
        found: dict[str, list[Module]] = {}
        for module in self.modules:
            for name in module.uses:
                found.setdefault(name, []).append(module)
        return found

    @cached_property
    def _uses_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for module in self.modules:
            for user, used in module.uses.items():
                for each in used:
                    found.setdefault(each, set()).add(user)
        return found


def index_ilean(path: Path) -> IndexResult:
    """The declarations of one `.ilean`, or of all under a folder. Raises BadInput as `IleanIndex.read`."""
    found = IleanIndex.read(path)
    rows = tuple(each for module in found.modules for each in _rows(module))
    return IndexResult(rows, (), "ilean", found.problems)


def _rows(module: Module) -> Iterator[Indexed]:
    for name, line in sorted(module.lines.items(), key=lambda item: (item[1], item[0])):
        yield Indexed(name, "", module.name, module.file, line, "", "", False, NO_STATEMENTS)


def _module(root: Path, path: Path) -> Module:
    return read_module(text_of(root / path), path.as_posix())


def read_module(text: str, file: str) -> Module:
    """A module from the text of its `.ilean`, of any version that is known (1 to 5).

    Before version 5 less is noted: not every usage has the declaration that it stands in. Raises BadInput for
    what is no such file.
    """
    document = parse_json(text, file)
    if not isinstance(document, dict) or not isinstance(document.get("references"), dict):
        raise BadInput(f"{shown(file)}: JSON, but no .ilean file")
    version, name = document.get("version"), document.get("module")
    if not isinstance(version, int) or not isinstance(name, str) or isinstance(version, bool):
        raise BadInput(f"{shown(file)}: an .ilean file without version or module")
    lines: dict[str, int] = {}
    uses: dict[str, set[str]] = {}
    for key, info in document["references"].items():
        constant = _constant(key, file)
        if constant and isinstance(info, dict):
            _note(constant, info, lines, uses)
    lines |= _declared(document.get("decls"))
    return Module(name, version, _imports(document), lines, {k: frozenset(v) for k, v in uses.items()})


def _note(constant: str, info: dict[str, Any], lines: dict[str, int], uses: dict[str, set[str]]) -> None:
    definition, usages = info.get("definition"), info.get("usages")
    if isinstance(definition, list) and (line := _line(definition, 0)):
        lines[constant] = line
    for each in usages if isinstance(usages, list) else ():
        user = each[4] if isinstance(each, list) and len(each) > 4 else None
        if not isinstance(user, str):
            continue
        if user.startswith("_"):
            if _COMMAND.fullmatch(user):
                continue
            user = public_name(user)
        uses.setdefault(user, set()).add(constant)


def _line(numbers: list[Any], at: int) -> int:
    """The 1-based line of a 0-based one in a list; 0 where there is none."""
    line = numbers[at] if at < len(numbers) else None
    return line + 1 if isinstance(line, int) and not isinstance(line, bool) and line >= 0 else 0


def _declared(decls: Any) -> dict[str, int]:
    """The line of the name of each declaration, where the file lists them."""
    if not isinstance(decls, dict):
        return {}
    found = {public_name(name): _line(at, 4) for name, at in decls.items() if isinstance(at, list)}
    return {name: line for name, line in found.items() if line}


def _imports(document: dict[str, Any]) -> tuple[str, ...]:
    listed = document.get("directImports")
    names = (each[0] if isinstance(each, list) and each else each for each in listed or ())
    return tuple(name for name in names if isinstance(name, str)) if isinstance(listed, list) else ()


def _constant(key: str, file: str) -> str:
    """The constant that a key of the references stands for; empty for a local variable."""
    plain = _KEY.fullmatch(key)
    if plain is not None:
        return public_name(plain.group(1))
    if key.startswith("c:"):
        return public_name(key[2:])
    if not key.startswith("{"):
        return ""
    try:
        value = json.loads(key)
    except (ValueError, RecursionError):
        raise BadInput(f"{shown(file)}: the reference '{shown(key)}' is not JSON") from None
    constant = value.get("c")
    name = constant.get("n") if isinstance(constant, dict) else None
    return public_name(name) if isinstance(name, str) else ""
