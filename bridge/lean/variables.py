"""Which `variable` binders belong to a declaration: those whose names occur in it, and what these need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from leanmirror.bridge.lean.printer import Printer
from leanmirror.bridge.lean.signatures import Expander
from leanmirror.bridge.lean.syntax import Binder, Node
from leanmirror.bridge.lean.tokens import NAME

if TYPE_CHECKING:
    from leanmirror.bridge.lean.declarations import Declaration

_NAMES = re.compile(NAME)
_WITHOUT_BODY = frozenset(("theorem", "lemma", "axiom", "opaque"))


class FreeNames(Expander):
    """Prints a node to learn its free names: the first component of each name that nothing binds."""

    def __init__(self, printer: Printer) -> None:
        super().__init__(printer.notations)
        self.found: set[str] = set()

    def free(self, name: str) -> str:
        """Note the name."""
        self.found.add(name.partition(".")[0])
        return name


def free_names(node: Node, printer: Printer) -> set[str]:
    """The first components of the names that are free in a node, notations expanded."""
    collector = FreeNames(printer)
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
    """The variables after one more `variable` line: `variable {x}` changes the brackets of an `x` that is there."""
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
    """The variables of a declaration, one each, in their order. Those of its body count unless it is a theorem."""
    variables = declaration.variables
    if not variables:
        return ()
    used = _used(declaration)
    printer = Printer(declaration.scope.notations)
    needs = [free_names(each.type, printer) if each.type is not None else set() for each in variables]
    chosen = {i for i, each in enumerate(variables) if each.names and each.names[0] in used}
    last = {each.names[0]: i for i, each in enumerate(variables) if each.names}
    chosen = {i for i in chosen if last[variables[i].names[0]] == i}
    pending = list(chosen)
    while True:
        while pending:
            for name in needs[pending.pop()]:
                other = last.get(name)
                if other is not None and other not in chosen:
                    chosen.add(other)
                    pending.append(other)
        for i, each in enumerate(variables):
            if i not in chosen and each.kind == "instance" and not _omitted(each, declaration.omitted):
                known = {last[name] for name in needs[i] if name in last}
                if known <= chosen and (known or not needs[i] & set(last)):
                    chosen.add(i)
                    pending.append(i)
        if not pending:
            return tuple(variables[i] for i in sorted(chosen))


def _omitted(group: Binder, omitted: tuple[Binder, ...]) -> bool:
    return any(
        other.type == group.type
        if other.kind == "instance"
        else other.names == group.names and bool(other.names)
        for other in omitted
    )


def _used(declaration: Declaration) -> set[str]:
    """The names that a declaration uses and does not bind, in its statement and, for definitions, its body."""
    header = declaration.header
    collector = FreeNames(Printer(declaration.scope.notations))
    _, names = collector.binders(header.binders)
    for node in (header.type, *header.parents):
        if node is not None:
            collector.show(node)
    fields: list[str] = []
    for each in (*header.fields, *header.constructors):
        _, own = collector.binders(each.binders)
        for node in (each.type, getattr(each, "default", None)):
            if node is not None:
                collector.show(node)
        collector.release(own)
        if each in header.fields:
            fields += collector.bind([each.name])
    used = collector.found | declaration.forced
    if declaration.kind not in _WITHOUT_BODY and header.body_start >= 0:
        used |= _in_body(declaration, collector, used)
    return used


def _in_body(declaration: Declaration, collector: FreeNames, used: set[str]) -> set[str]:
    """The variables that occur in the body: exactly when it can be read, else by their names in its text."""
    text = declaration.source.mask[declaration.header.body_start : declaration.end]
    words = {word.partition(".")[0] for word in _NAMES.findall(text)}
    wanted = {each.names[0] for each in declaration.variables if each.names} & words - used
    wanted = {name for name in wanted if not collector.bound.get(name)}
    if not wanted:
        return set()
    body = declaration.body
    if isinstance(body, Node):
        inner = FreeNames(Printer(declaration.scope.notations))
        inner.bound = dict(collector.bound)
        inner.show(body)
        return wanted & inner.found | (wanted if "Opaque(" in repr(body) else set())
    return wanted
