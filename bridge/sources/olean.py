"""`.olean` files: the constants of a compiled module, types and values as Lean has them, as core terms.

Lean's own elaboration is in them: names resolved, implicit arguments, coercions, notations and instances.
Universe levels are dropped, since core terms tell `Prop` and `Type` apart only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from leanmirror.bridge.core.substitute import new_var
from leanmirror.bridge.core.term import (
    PROP,
    TYPE,
    App,
    BinderKind,
    Const,
    Lam,
    Let,
    Lit,
    Pi,
    Sort,
    Str,
    Term,
    Var,
)
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.sources.olean_objects import BadOlean, Objects, Part, read_part
from leanmirror.spec.errors import Unsupported

SUFFIXES = (".olean", ".olean.server", ".olean.private")
KINDS: tuple[Kind, ...]
Kind = Literal["axiom", "def", "theorem", "opaque", "quot", "inductive", "constructor", "recursor"]
KINDS = ("axiom", "def", "theorem", "opaque", "quot", "inductive", "constructor", "recursor")
BINDERS: tuple[BinderKind, ...] = ("explicit", "implicit", "strict", "instance")
DEEPEST = 2_000
"""How deeply terms may be nested, besides arguments and binders that stand side by side."""
PRIVATE = "_private."


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant of a module: its name, what Lean calls it, and where its type and value stand.

    `value` is None where there is none, or where this part of the module does not hold it.
    """

    name: str
    kind: Kind
    type: int
    value: int | None


class Olean:
    """One compiled module, of one file or of the three that a file with the word `module` has.

    Raises BadOlean for damaged files and for parts of different builds.
    """

    def __init__(self, parts: list[Part]) -> None:
        self._objects = Objects(parts)
        self._top = parts[-1]
        self.lean = self._top.lean
        self._names: dict[int, str] = {}
        self._closed: dict[int, Term] = {}

    @cached_property
    def _root(self) -> tuple[int, ...]:
        return self._objects.fields(self._top.root, 3)

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """The modules that it imports."""
        return tuple(
            self.name(self._objects.fields(each, 1)[0]) for each in self._objects.array(self._root[0])
        )

    @cached_property
    def constants(self) -> dict[str, Constant]:
        """The constants by name, in the file's order."""
        return {each.name: each for each in self._read()}

    def _read(self) -> Iterator[Constant]:
        objects = self._objects
        for info in objects.array(self._root[2]):
            tag = objects.tag(info)
            if tag >= len(KINDS):
                raise BadOlean(f"{shown(self._top.file)}: damaged (a constant of kind {tag})")
            fields = objects.fields(objects.fields(info, 1)[0], 1)
            name, _, type_ = objects.fields(fields[0], 3)[:3]
            has_value = KINDS[tag] in ("def", "theorem", "opaque") and len(fields) > 1
            yield Constant(self.name(name), KINDS[tag], type_, fields[1] if has_value else None)

    def name(self, pointer: int) -> str:
        """A name, its parts joined with dots."""
        path, parts = [], list[str]()
        while not pointer & 1 and pointer not in self._names:
            path.append(pointer)
            if len(path) > DEEPEST:
                raise BadOlean(f"{shown(self._top.file)}: damaged (a name without end)")
            before, last = self._objects.fields(pointer, 2)[:2]
            is_text = self._objects.tag(pointer) == 1
            parts.append(self._objects.string(last) if is_text else str(self._objects.natural(last)))
            pointer = before
        known = "" if pointer & 1 else self._names[pointer]
        for at, part in zip(reversed(path), reversed(parts), strict=True):
            known = self._names[at] = f"{known}.{part}" if known else part
        return known

    def type_of(self, constant: Constant) -> Term:
        """A constant's type. Raises BadOlean, and Unsupported for a term that is nested too deeply."""
        return self._term(constant.type, (), 0)

    def value_of(self, constant: Constant) -> Term | None:
        """A constant's value, where it has one here. Raises as `type_of` does."""
        return None if constant.value is None else self._term(constant.value, (), 0)

    def _term(self, pointer: int, scope: tuple[Var, ...], depth: int) -> Term:
        """The term at an address; `scope` holds the variables around it, the innermost last."""
        if depth > DEEPEST:
            raise Unsupported("a term that is nested too deeply")
        closed = self._loose(pointer) == 0
        if closed and pointer in self._closed:
            return self._closed[pointer]
        found = self._made(pointer, scope, depth + 1)
        if closed:
            self._closed[pointer] = found
        return found

    def _loose(self, pointer: int) -> int:
        """How many variables around it a term speaks of: the upper 20 bits of the word that Lean keeps."""
        return int.from_bytes(self._objects.scalars(pointer, 8), "little") >> 44

    def _made(self, pointer: int, scope: tuple[Var, ...], depth: int) -> Term:
        tag = self._objects.tag(pointer)
        match tag:
            case 0:
                return self._variable(pointer, scope)
            case 3:
                return self._sort(self._objects.fields(pointer, 1)[0])
            case 4:
                return Const(public(self.name(self._objects.fields(pointer, 1)[0])))
            case 5:
                return self._application(pointer, scope, depth)
            case 6 | 7:
                return self._binders(pointer, scope, depth)
            case 8:
                name, type_, value, body = self._objects.fields(pointer, 4)[:4]
                var = self._bound(name)
                inner = self._term(body, (*scope, var), depth)
                return Let(var, self._term(type_, scope, depth), self._term(value, scope, depth), inner)
            case 9:
                return self._literal(self._objects.fields(pointer, 1)[0])
            case 10:
                return self._term(self._objects.fields(pointer, 2)[1], scope, depth)
            case 11:
                name, index = self._objects.fields(pointer, 3)[:2]
                raise Unsupported(
                    f"field {self._objects.natural(index)} of a {self.name(name)} without its name"
                )
        raise BadOlean(f"{shown(self._top.file)}: damaged (a term of kind {tag})")

    def _variable(self, pointer: int, scope: tuple[Var, ...]) -> Term:
        index = self._objects.natural(self._objects.fields(pointer, 1)[0])
        if index >= len(scope):
            raise BadOlean(f"{shown(self._top.file)}: damaged (a variable that nothing binds)")
        return scope[-1 - index]

    def _application(self, pointer: int, scope: tuple[Var, ...], depth: int) -> Term:
        args: list[Term] = []
        while self._objects.tag(pointer) == 5:
            fn, arg = self._objects.fields(pointer, 2)[:2]
            args.append(self._term(arg, scope, depth))
            pointer = fn
        head = self._term(pointer, scope, depth)
        args.reverse()
        return App(head.fn, (*head.args, *args)) if isinstance(head, App) else App(head, tuple(args))

    def _binders(self, pointer: int, scope: tuple[Var, ...], depth: int) -> Term:
        """A chain of `fun` or `∀`, without a step of depth for each."""
        chain: list[tuple[int, Var, Term, BinderKind]] = []
        while (tag := self._objects.tag(pointer)) in (6, 7):
            name, type_, body = self._objects.fields(pointer, 3)[:3]
            kind = self._objects.scalars(pointer, 9)[8]
            if kind >= len(BINDERS):
                raise BadOlean(f"{shown(self._top.file)}: damaged (a binder of kind {kind})")
            var = self._bound(name)
            chain.append((tag, var, self._term(type_, scope, depth), BINDERS[kind]))
            scope, pointer = (*scope, var), body
        term = self._term(pointer, scope, depth)
        for tag, var, type_term, how in reversed(chain):
            term = Lam(var, type_term, term) if tag == 6 else Pi(var, type_term, term, how)
        return term

    def _bound(self, name: int) -> Var:
        return new_var(plain(self.name(name)))

    def _sort(self, level: int) -> Sort:
        return PROP if self._is_zero(level, 0) else TYPE

    def _is_zero(self, level: int, depth: int) -> bool:
        """Whether a level is 0 whatever its parameters are; a bare parameter counts as more."""
        if level & 1:
            return True
        tag = self._objects.tag(level)
        if tag in (2, 3) and depth < DEEPEST:
            one, two = self._objects.fields(level, 2)[:2]
            last = self._is_zero(two, depth + 1)
            return last if tag == 3 else last and self._is_zero(one, depth + 1)
        return tag == 0

    def _literal(self, pointer: int) -> Term:
        (value,) = self._objects.fields(pointer, 1)[:1]
        if self._objects.tag(pointer) == 0:
            return Lit(self._objects.natural(value))
        return Str(self._objects.string(value))


def plain(name: str) -> str:
    """A variable's name as a person wrote it, without the marks of macro scopes."""
    return name.partition("._@")[0] or "x"


def public(name: str) -> str:
    """A name without the prefix by which Lean keeps private ones apart: `_private.A.B.0.c` is `c`."""
    if not name.startswith(PRIVATE):
        return name
    module, mark, rest = name.partition(".0.")
    return rest if mark and module else name


def read_olean(path: Path) -> Olean:
    """A compiled module from its `.olean`, with the parts beside it where there are any.

    Raises BadOlean as `Olean` does, OSError where a file cannot be read.
    """
    stem = path.with_suffix("")
    files = [stem.with_name(stem.name + suffix) for suffix in SUFFIXES]
    return Olean([read_part(file) for file in files if file == path or file.is_file()])
