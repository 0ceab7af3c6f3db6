"""The claims of Lean texts one by one, and each as a task: something to run in a worker."""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.bridge.check.environment import file_of, renew
from leanmirror.bridge.check.texts import LeanText, Unreadable
from leanmirror.bridge.compile.claims import CLAIMING
from leanmirror.bridge.compile.contracts import CONTRACTS
from leanmirror.bridge.compile.structures import STRUCTURES
from leanmirror.bridge.io.guard import guarded
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.declarations import Declaration

_CONTRACT_WORDS = {*STRUCTURES, *(name.rpartition(".")[2] for name in CONTRACTS)}


@dataclass(frozen=True, slots=True)
class TextTask:
    """One claim of a text: its name, kind, line and column, and its number among the declarations.

    `unread` says why, where the statement cannot be read; then there is nothing to run. `olean` is the file
    that Lean made of the text, where the statement is to be taken from there.
    """

    source: LeanText
    name: str
    kind: str
    line: int
    index: int
    unread: Unreadable | None = None
    column: int = 1
    olean: str | None = None


@dataclass(frozen=True, slots=True)
class Mirrored:
    """One claim of the mirror, or one row of agreement: its Lean name and where Lean has it."""

    name: str
    kind: str = "claim"
    module: str = ""
    lean_file: str | None = None
    lean_line: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One claim to run, and how."""

    claim: TextTask | Mirrored
    examples: int
    digits: int
    seed: int

    @property
    def name(self) -> str:
        """The claim's name."""
        return self.claim.name

    @property
    def text(self) -> TextTask | None:
        """The claim in its Lean text, where it comes from one."""
        return self.claim if isinstance(self.claim, TextTask) else None


def tasks(source: LeanText) -> list[TextTask]:
    """The claims of a text, in its order; what cannot be read is among them."""
    if source.problem is not None:
        return [_whole(source, source.problem)]
    return guarded(lambda: _tasks(source), lambda told: [_whole(source, Unreadable(told, None, fault=True))])


def _whole(source: LeanText, problem: Unreadable) -> TextTask:
    return TextTask(source, f"{source.file}:1", "file", 1, -1, problem)


def _tasks(source: LeanText) -> list[TextTask]:
    renew(source)
    file = file_of(source)
    found = [
        TextTask(source, _name(each, source), each.kind, each.line, index, _unread(each), each.column)
        for index, each in enumerate(file.declarations)
        if is_claim(each)
    ]
    for each in file.unread:
        at = each.position
        unread = Unreadable(each.reason, at)
        found.append(TextTask(source, f"{source.file}:{at.line}", each.what, at.line, -1, unread, at.column))
    return sorted(found, key=lambda task: task.line)


def _name(declaration: Declaration, source: LeanText) -> str:
    return f"{source.file}:{declaration.line}" if declaration.anonymous else declaration.name


def _unread(declaration: Declaration) -> Unreadable | None:
    if declaration.readable:
        return None
    return Unreadable(f"cannot be read: {declaration.reason}", declaration.stopped)


def is_claim(declaration: Declaration) -> bool:
    """A theorem, a lemma, an example, or a definition whose type is a contract."""
    return declaration.kind in CLAIMING or (
        declaration.kind == "def" and declaration.type is not None and _is_contract(declaration.type)
    )


def _is_contract(type_: s.Node) -> bool:
    while isinstance(type_, s.Forall | s.Arrow):
        type_ = type_.body if isinstance(type_, s.Forall) else type_.codomain
    head = type_.fn if isinstance(type_, s.App) else type_
    return isinstance(head, s.Ident) and head.name.rpartition(".")[2] in _CONTRACT_WORDS


def declaration_of(task: TextTask) -> Declaration:
    """The declaration of a task, read again."""
    return file_of(task.source).declarations[task.index]
