"""A Lean file read command by command, with scopes, variables and opens as Lean keeps them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from leanmirror.bridge.lean.binders import bare, binder_groups
from leanmirror.bridge.lean.commands import DECLARATIONS, Command, commands
from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.declarations import Declaration, Header, LeanFile
from leanmirror.bridge.lean.expansion import expand
from leanmirror.bridge.lean.headers import header_of
from leanmirror.bridge.lean.heads import is_module, read_import
from leanmirror.bridge.lean.imports import Head, Import
from leanmirror.bridge.lean.instances import instance_name
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import Definition
from leanmirror.bridge.lean.openings import exported, notation_of, opened
from leanmirror.bridge.lean.parser import guarded, reading
from leanmirror.bridge.lean.scopes import (
    NOWHERE,
    ROOT,
    Entry,
    Environment,
    Export,
    Scope,
    joined,
    parent,
    parts,
)
from leanmirror.bridge.lean.sections import (
    DEEPEST,
    MOST_NOTATIONS,
    MOST_OPENS,
    MOST_VARIABLES,
    Frame,
    State,
)
from leanmirror.bridge.lean.tokens import END
from leanmirror.bridge.lean.unread import Unread
from leanmirror.bridge.lean.variables import updated
from leanmirror.spec.errors import ReadError

LONGEST_SHOWN = 200
NOTATIONS = frozenset(("notation", "notation3", "infix", "infixl", "infixr", "prefix", "postfix"))
OLD_VARIABLES = "deprecated.oldSectionVars"

_LOCAL = frozenset(("open", "variable", "include", "omit", "set_option"))
"""What such a command changes ends with the section around it; what others change stays."""

_SPOILS = _LOCAL | NOTATIONS | {"namespace", "section", "mutual", "end", "export", "universe"}
"""Where one of these cannot be read, what follows may mean something else."""

_UNKNOWN_COMMAND = re.compile(r"\n(?=[^\W\d]|@\[|#)")


class FileReader:
    """Reads one file into declarations; what cannot be read becomes a value with position and reason."""

    def __init__(
        self,
        source: Source,
        module: str,
        file: str,
        environment: Environment,
        known: Iterable[Definition] = (),
        old_variables: bool = False,
    ) -> None:
        self.source, self.module, self.file = source, module, file
        self.environment = environment
        self.is_module = is_module(source)
        self.shared = list(known)
        self.lent: list[Definition] = []
        self.notations = 0
        self.frames: list[Frame] = []
        self.once: State | None = None
        self.declarations: list[Declaration] = []
        self.imports: list[Import] = []
        self.unread: list[Unread] = []
        self.spoilt: Unread | None = None
        self.state = State(self._notated(Scope(module)), old_variables=old_variables)

    def read(self) -> LeanFile:
        """The file. Names and namespaces go to the environment as they come."""
        for message, offset in self.source.problems:
            self._note("comment", offset, ReadError(message, self.source.position(offset)))
        for command in commands(self.source):
            rule = self.RULES.get(command.keyword)
            before = self.state
            if rule is not None:
                try:
                    rule(self, command)
                except ReadError as error:
                    self._note(command.keyword, command.at, error)
                    self._doubt(command)
            self._after(command, before)
        return LeanFile(
            self.module,
            self.file,
            Head(self.is_module, tuple(self.imports)),
            tuple(self.declarations),
            tuple(self.unread),
            self.state.scope,
        )

    def _after(self, command: Command, before: State) -> None:
        """`open A in` and its like hold for the next command only; what stood before comes back after it."""
        if command.prefixed:
            if self.once is None:
                self.once = before
        elif self.once is not None:
            self.state, self.once = self.once, None

    def _doubt(self, command: Command) -> None:
        """What follows may not mean what it seems to, as far as what could not be read acts."""
        keyword, note = command.keyword, self.unread[-1]
        if keyword in _LOCAL or (keyword in NOTATIONS and "local" in command.modifiers):
            self.state = replace(self.state, doubt=self.state.doubt or note)
        elif keyword in _SPOILS:
            self.spoilt = self.spoilt or note

    def _note(self, what: str, offset: int, error: ReadError) -> None:
        position = error.position or self.source.position(offset)
        text = self.source.text[offset : offset + LONGEST_SHOWN]
        self.unread.append(Unread(what, position, error.message, text.split("\n\n")[0]))

    def _parser(self, command: Command) -> Cursor:
        """A parser for what follows a keyword, up to a line that begins with a command nobody knows."""
        end = command.end
        if command.prefixed:
            end = self.source.code.rindex("in", command.rest, command.end)
        unknown = _UNKNOWN_COMMAND.search(self.source.code, command.rest, end)
        if unknown is not None:
            end = unknown.start()
        return reading(self.source, command.rest, end, self.state.scope.notations)

    def _for_unknown(self, command: Command) -> bool:
        """Whether a command holds, by `in`, for a command that nobody knows."""
        found = (
            None if command.prefixed else _UNKNOWN_COMMAND.search(self.source.code, command.rest, command.end)
        )
        return found is not None and self.source.code[command.rest : found.start()].split()[-1:] == ["in"]

    def _namespace(self, command: Command) -> None:
        name = self._only_name(command)
        for part in parts(name):
            self._enter("namespace", part)
            scope = self.state.scope
            full = joined(scope.namespace, part)
            self.environment.add_namespace(full, self.module, command.at)
            scope = replace(scope, namespaces=(full, *scope.namespaces))
            self.state = replace(self.state, scope=self._notated(scope))

    def _only_name(self, command: Command) -> str:
        parser = self._parser(command)
        name = parser.name("the name of a namespace")
        if parser.tok[0] != END:
            parser.fail("expected nothing after the name")
        return name

    def _section(self, command: Command) -> None:
        parser = self._parser(command)
        name = "" if parser.tok[0] == END else parser.name("the name of a section")
        for part in parts(name) or ("",):
            self._enter("section", part)
        if "public" in command.modifiers:
            self.state = replace(self.state, public=True)

    def _mutual(self, command: Command) -> None:
        self._enter("mutual", "")

    def _enter(self, kind: str, name: str) -> None:
        if len(self.frames) >= DEEPEST:
            raise ReadError(f"more than {DEEPEST} sections and namespaces in one another")
        self.frames.append(Frame(kind, name, self.state))

    def _end(self, command: Command) -> None:
        parser = self._parser(command)
        name = "" if parser.tok[0] == END else parser.name("the name of a section or namespace")
        for part in reversed(parts(name) or ("",)):
            if not self.frames or self.frames[-1].name != part:
                open_ = f"'{self.frames[-1].name}'" if self.frames else "nothing"
                raise ReadError(f"'end {name}', but {open_} is open", self.source.position(command.at))
            outside = self.frames.pop().outside
            self.state = replace(outside, scope=self._notated(outside.scope))

    def _variable(self, command: Command) -> None:
        parser = self._parser(command)
        groups = guarded(parser, binder_groups)
        if parser.tok[0] != END:
            parser.fail("expected a binder")
        if parser.noted:
            groups = expand(groups, self.state.scope.notations)
        self._within("variables", len(self.state.variables) + len(groups), MOST_VARIABLES)
        self.state = replace(self.state, variables=updated(self.state.variables, groups))

    def _within(self, what: str, number: int, most: int) -> None:
        if number > most:
            raise ReadError(f"more than {most} {what}")

    def _omit(self, command: Command) -> None:
        parser = self._parser(command)
        groups = binder_groups(parser)
        names = frozenset(name for group in groups for name in group.names)
        self.state = replace(
            self.state,
            omitted=self.state.omitted + expand(groups, self.state.scope.notations),
            included=self.state.included - names,
        )

    def _include(self, command: Command) -> None:
        names = frozenset(name for group in binder_groups(self._parser(command)) for name in group.names)
        self.state = replace(self.state, included=self.state.included | names)

    def _universe(self, command: Command) -> None:
        parser = self._parser(command)
        scope = self.state.scope
        names = bare(parser).names
        self.state = replace(self.state, scope=replace(scope, universes=scope.universes + names))

    def _open(self, command: Command) -> None:
        if self._for_unknown(command):
            return
        scope = self.state.scope
        opens = tuple(opened(self._parser(command), scope.namespaces, command.at))
        self._within("open namespaces", len(scope.opens) + len(opens), MOST_OPENS)
        self.state = replace(self.state, scope=self._notated(replace(scope, opens=scope.opens + opens)))

    def _export(self, command: Command) -> None:
        scope = self.state.scope
        place = Entry(self.module, command.at)
        for source, names in exported(self._parser(command)):
            self.environment.add_export(Export(scope.namespace, source, names, scope.namespaces, place))

    def _import(self, command: Command) -> None:
        self.imports.append(read_import(self.source, command))

    def _set_option(self, command: Command) -> None:
        words = self.source.code[command.rest : command.end].split()
        if words[:1] == [OLD_VARIABLES] and len(words) > 1:
            self.state = replace(self.state, old_variables=words[1] == "true")

    def _notation(self, command: Command) -> None:
        found = notation_of(self._parser(command), command.keyword, self._scoped_to(command))
        self.notations += 1
        self._within("notations", self.notations, MOST_NOTATIONS)
        scope = self.state.scope
        if "local" not in command.modifiers:
            self.shared.append(found)
            self.lent.append(found)
            self.state = replace(self.state, scope=self._notated(scope))
        else:
            self.state = replace(self.state, scope=replace(scope, notations=scope.notations.with_(found)))

    def _scoped_to(self, command: Command) -> str | None:
        """The namespace of a scoped notation: the one around it, or the one in `scoped[A]`."""
        scoped = next((each for each in command.modifiers if each.startswith("scoped")), None)
        if scoped is None:
            return None
        return self.state.scope.namespace if scoped == "scoped" else scoped[len("scoped[") : -1].strip()

    def _notated(self, scope: Scope) -> Scope:
        """The scope with the shared notations that are in force there."""
        if not self.shared:
            return scope
        opened = {namespace for namespace, _ in self.environment.opened(scope)} | set(scope.namespaces)
        return replace(
            scope,
            notations=scope.notations.joined_by(
                each for each in self.shared if each.scope is None or each.scope in opened
            ),
        )

    def _declaration(self, command: Command) -> None:
        scope = self.state.scope
        parser = reading(self.source, command.rest, command.end, scope.notations)
        error: ReadError | None = None
        try:
            header = guarded(parser, lambda p: header_of(p, command.keyword))
            if parser.noted:
                header = expand(header, scope.notations)
        except ReadError as found:
            error, header = found, self._name_alone(command)
        if error is not None and not header.name and command.keyword not in ("instance", "example"):
            raise error
        self._add(command, header, error)

    def _name_alone(self, command: Command) -> Header:
        """The name of a declaration whose statement cannot be read; empty when not even that can."""
        parser = reading(self.source, command.rest, command.end, self.state.scope.notations)
        if parser.tok[1] in ("inductive", "abbrev"):
            parser.advance()
        pos = parser.tok[2]
        if command.keyword == "example" or not parser.is_name(parser.tok):
            return Header("", pos)
        name = parser.name()
        return Header(name, parser.last_end)

    def _add(self, command: Command, header: Header, error: ReadError | None) -> None:
        scope = self.state.scope
        anonymous = not header.name
        written = header.name or self._invented(command, header)
        rooted = written.startswith(ROOT)
        name = written[len(ROOT) :] if rooted else joined(scope.namespace, written)
        own = scope if rooted else scope.within(parent(written))
        end = header.body_start if header.body_start >= 0 else command.end
        start = header.name_pos + (0 if anonymous else len(header.name))
        declaration = Declaration(
            name,
            command.keyword,
            self.module,
            self.file,
            command.at,
            command.end,
            self.source,
            own,
            header,
            self.source.code[start:end].strip(),
            self.state.variables,
            command.modifiers,
            command.attributes,
            command.doc,
            anonymous,
            error is None,
            None if error is None else error.message,
            None if error is None else error.position,
            self.state.included,
            self.state.omitted,
            self.environment,
            not self.is_module or self.state.public or "public" in command.modifiers,
            self.state.old_variables,
            self.spoilt or self.state.doubt,
        )
        self.declarations.append(declaration)
        self._declare(declaration)

    def _invented(self, command: Command, header: Header) -> str:
        if command.keyword == "example":
            return f"_example_{self.source.position(command.at).line}"
        name = instance_name(header.type)
        count, found = 0, name
        while self._is_taken(joined(self.state.scope.namespace, found)):
            count += 1
            found = f"{name}_{count}"
        return found

    def _is_taken(self, name: str) -> bool:
        return self.environment.declared(name, self.module, NOWHERE, plain=False)

    def _declare(self, declaration: Declaration) -> None:
        """Tell the environment the name, and what a structure or inductive type declares with it."""
        entry = Entry(self.module, declaration.start, declaration.private, declaration.protected)
        environment, name, header = self.environment, declaration.name, declaration.header
        environment.declare(name, entry)
        inner = [field.name for field in header.fields] + [each.name for each in header.constructors]
        for part in filter(None, inner):
            environment.declare(joined(name, part), entry)
        if declaration.kind in ("structure", "class") and not header.constructors:
            environment.declare(joined(name, header.constructor_name or "mk"), entry)

    RULES: ClassVar[dict[str, Callable[[FileReader, Command], None]]] = {}


FileReader.RULES = {
    "namespace": FileReader._namespace,
    "section": FileReader._section,
    "mutual": FileReader._mutual,
    "end": FileReader._end,
    "variable": FileReader._variable,
    "omit": FileReader._omit,
    "include": FileReader._include,
    "universe": FileReader._universe,
    "open": FileReader._open,
    "export": FileReader._export,
    "import": FileReader._import,
    "set_option": FileReader._set_option,
    **dict.fromkeys(NOTATIONS, FileReader._notation),
    **dict.fromkeys(DECLARATIONS, FileReader._declaration),
}
