"""Which `variable` binders belong to a declaration: those whose names occur in it, and what these need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from leanmirror.bridge.lean.printer import Printer
from leanmirror.bridge.lean.syntax import Binder, Node, Opaque, walk
from leanmirror.bridge.lean.tokens import NAME

if TYPE_CHECKING:
    from leanmirror.bridge.lean.declarations import Declaration

_NAMES = re.compile(NAME)
_BY = re.compile(r"(?<![\w'.])by(?![\w'!?])")
_WITHOUT_BODY = frozenset(("theorem", "lemma", "axiom", "opaque"))


class FreeNames(Printer):
    """Prints a node to learn its free names: the first component of each name that nothing binds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def free(self, name: str) -> str:
        """Note the name."""
        self.found.add(name.partition(".")[0])
        return name


def free_names(node: Node) -> set[str]:
    """The first components of the names that are free in a node."""
    collector = FreeNames()
    collector.show(node)
    return collector.found


def split(groups: Iterable[Binder]) -> list[Binder]:
    """Each variable of some groups as a group of its own."""
    return [
        Binder(group.kind, (name,) if name else (), group.type, group.default, pos=group.pos)
        for group in groups
        for name in (group.names or ("",))
    ]


def updated(variables: tuple[Binder, ...], groups: Iterable[Binder]) -> tuple[Binder, ...]:
    """The variables after one more `variable` line: `variable {x}` changes the brackets of a known `x`."""
    found = list(variables)
    for each in split(groups):
        known = [i for i, other in enumerate(found) if other.names == each.names and each.names]
        if each.type is None and each.names and known:
            before = found[known[-1]]
            found[known[-1]] = Binder(each.kind, before.names, before.type, before.default, pos=before.pos)
        else:
            found.append(each)
    return tuple(found)


def included(declaration: Declaration) -> tuple[Binder, ...]:
    """The variables of a declaration, one each, in their order; those in its body count for definitions."""
    variables = declaration.variables
    if not variables:
        return ()
    used = _used(declaration)
    needs = _needs(variables)
    last = {each.names[0]: i for i, each in enumerate(variables) if each.names}
    chosen = {i for name, i in last.items() if name in used}
    pending = list(chosen)
    while True:
        while pending:
            more = needs[pending.pop()] - chosen
            chosen |= more
            pending += more
        for i, each in enumerate(variables):
            if i in chosen or each.kind != "instance" or _omitted(each, declaration.omitted):
                continue
            if needs[i] <= chosen and (needs[i] or not _speaks_of_any(each, last)):
                chosen.add(i)
                pending.append(i)
        if not pending:
            return tuple(variables[i] for i in sorted(chosen))


def _needs(variables: tuple[Binder, ...]) -> list[set[int]]:
    """For each variable those that its type speaks of: of several with one name the last one before it."""
    found: list[set[int]] = []
    before: dict[str, int] = {}
    for i, each in enumerate(variables):
        names = set() if each.type is None else free_names(each.type)
        found.append({before[name] for name in names if name in before})
        if each.names:
            before[each.names[0]] = i
    return found


def _speaks_of_any(group: Binder, variables: Mapping[str, int]) -> bool:
    return group.type is not None and not free_names(group.type).isdisjoint(variables)


def unclear(declaration: Declaration) -> tuple[str, ...]:
    """The names of variables that a proof may use unnamed: before Lean 4.12 they are then included.

    A tactic may take up any hypothesis about what the statement speaks of.
    """
    if not declaration.old_variables or declaration.kind not in _WITHOUT_BODY or not declaration.variables:
        return ()
    if not _BY.search(declaration.source.mask, declaration.header.body_start, declaration.end):
        return ()
    chosen = {each.names[0] for each in declaration.included if each.names}
    others = [each for each in declaration.variables if each.names and each.names[0] not in chosen]
    known = {each.names[0] for each in declaration.variables if each.names}
    return tuple(
        each.names[0]
        for each in others
        if each.kind != "instance"
        and each.type is not None
        and (free_names(each.type) & known)
        and free_names(each.type) & known <= chosen
    )


def _counts_body(declaration: Declaration) -> bool:
    return declaration.kind not in _WITHOUT_BODY or (
        declaration.old_variables and declaration.kind in ("theorem", "lemma")
    )


def _omitted(group: Binder, omitted: tuple[Binder, ...]) -> bool:
    return any(
        other.type == group.type
        if other.kind == "instance"
        else other.names == group.names and bool(other.names)
        for other in omitted
    )


def _used(declaration: Declaration) -> set[str]:
    """The names that a declaration uses and does not bind."""
    header = declaration.header
    collector = FreeNames()
    collector.binders(header.binders)  # they stay bound
    for node in (header.type, *header.parents):
        if node is not None:
            collector.show(node)
    for field in header.fields:
        _part(collector, field.binders, field.type, field.default)
        collector.bind([field.name])
    for constructor in header.constructors:
        _part(collector, constructor.binders, constructor.type)
    used = collector.found | declaration.forced
    if _counts_body(declaration) and header.body_start >= 0:
        used |= _in_body(declaration, collector, used)
    return used


def _part(collector: FreeNames, binders: tuple[Binder, ...], *nodes: Node | None) -> None:
    _, names = collector.binders(binders)
    for node in nodes:
        if node is not None:
            collector.show(node)
    collector.release(names)


def _in_body(declaration: Declaration, collector: FreeNames, used: set[str]) -> set[str]:
    """The variables that occur in the body: exactly when it can be read, else by their names in its text."""
    text = declaration.source.mask[declaration.header.body_start : declaration.end]
    words = {word.partition(".")[0] for word in _NAMES.findall(text)}
    wanted = {each.names[0] for each in declaration.variables if each.names} & words - used
    wanted = {name for name in wanted if not collector.bound.get(name)}
    if not wanted:
        return set()
    body = None if declaration.kind in _WITHOUT_BODY else declaration.body
    if isinstance(body, Node):
        inner = FreeNames()
        inner.bound = dict(collector.bound)
        inner.show(body)
        opaque = {
            word for each in walk(body) if isinstance(each, Opaque) for word in _NAMES.findall(each.text)
        }
        return wanted & (inner.found | {word.partition(".")[0] for word in opaque})
    return wanted
