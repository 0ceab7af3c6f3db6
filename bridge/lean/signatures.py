"""The normal form of a statement, and its digest: full names, `variable` binders, notations written out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from leanmirror.bridge.lean.printer import Printer
from leanmirror.bridge.lean.scopes import Environment, Scope, full_name
from leanmirror.bridge.lean.syntax import Binder, Node

if TYPE_CHECKING:
    from leanmirror.bridge.lean.declarations import Constructor, Declaration, Field

VERSION = "v1"


@dataclass(frozen=True, slots=True)
class Signature:
    """The normal form of a statement and the digest of it."""

    text: str

    @property
    def digest(self) -> str:
        """The version of the normal form, and the SHA-256 of the text."""
        return text_digest(self.text)


def text_digest(text: str) -> str:
    """The version of the normal form, and the SHA-256 of a text."""
    return f"{VERSION}:{hashlib.sha256(text.encode('utf-8', 'backslashreplace')).hexdigest()}"


class Resolver(Printer):
    """Writes free names in full, as they are resolved at one place."""

    def __init__(self, scope: Scope, environment: Environment, before: int) -> None:
        super().__init__(scope.notations)
        self.scope, self.environment, self.before = scope, environment, before
        self.known: dict[str, str] = {}

    def free(self, name: str) -> str:
        """The full name."""
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = full_name(name, self.scope, self.environment, self.before)
        return found


def merged(groups: Iterable[Binder]) -> list[Binder]:
    """Binder groups with neighbours of one type joined: `(x : T) (y : T)` is `(x y : T)`."""
    found: list[Binder] = []
    for group in groups:
        last = found[-1] if found else None
        if (
            last is not None
            and group.kind == last.kind != "instance"
            and (group.type, group.default, group.pattern) == (last.type, None, None)
            and last.default is None
            and (group.type is None or not set(last.names) & _mentioned(group.type))
        ):
            found[-1] = replace(last, names=last.names + group.names)
        else:
            found.append(group)
    return found


def _mentioned(node: Node) -> set[str]:
    from leanmirror.bridge.lean.variables import free_names

    return free_names(node)


def resolver(declaration: Declaration) -> Resolver:
    """A printer that writes names as the declaration means them."""
    return Resolver(declaration.scope, declaration.environment, declaration.start)


def sign(declaration: Declaration) -> Signature:
    """The normal form of the statement of a declaration; the text as written when it could not be read."""
    if not declaration.readable:
        return Signature(" ".join(declaration.statement.split()))
    return Signature(written(declaration, resolver(declaration)))


def written(declaration: Declaration, printer: Printer) -> str:
    """The statement of a declaration that could be read, as a printer writes it; its variables stay bound."""
    header = declaration.header
    binders = "".join(f"{_group(printer, group)} " for group in merged(declaration.all_binders))
    parts = [binders.rstrip()] if binders else []
    if header.type is not None:
        parts.append(f": {printer.show(header.type)}")
    if header.parents:
        parts.append(f"extends {', '.join(printer.show(each, 1, False) for each in header.parents)}")
    if header.fields or header.constructors:
        parts.append("where")
    parts += [f"{_field(printer, each)};" for each in header.fields]
    parts += [_constructor(printer, each) for each in header.constructors]
    return " ".join(parts)


def _group(printer: Printer, group: Binder) -> str:
    text = printer.binder(group, bracket=bool(group.type is None and len(group.names) != 1))
    printer.bind(group.names)
    return text


def _field(printer: Printer, each: Field) -> str:
    binders, names = printer.binders(each.binders)
    type_ = "" if each.type is None else f" : {printer.show(each.type)}"
    default = "" if each.default is None else f" := {printer.show(each.default)}"
    printer.release(names)
    text = f"{each.name}{' ' if binders else ''}{binders}{type_}{default}"
    printer.bind([each.name])
    open_, close = {"implicit": ("{", "}"), "instance": ("[", "]"), "strict": ("⦃", "⦄")}.get(
        each.kind, ("", "")
    )
    return f"{open_}{text.lstrip(' :') if not each.name else text}{close}"


def _constructor(printer: Printer, each: Constructor) -> str:
    binders, names = printer.binders(each.binders)
    type_ = "" if each.type is None else f" : {printer.show(each.type)}"
    printer.release(names)
    return f"| {each.name}{' ' if binders else ''}{binders}{type_}"
