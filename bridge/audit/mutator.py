"""The mutants of a text's statements, in Lean text: each stands after the statement that it was made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from leanmirror.bridge.audit.edits import Edit, edits
from leanmirror.bridge.check.environment import file_of
from leanmirror.bridge.check.tasks import is_claim
from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.lean.commands import commands
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.notations import Notations
from leanmirror.bridge.lean.printing import Printer
from leanmirror.bridge.lean.syntax import Binder, Node

LONGEST = 20_000
"""Letters of a statement that mutants are made of: what is longer has too many."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A statement with one change: of which claim it is one, the change, the statement in Lean text."""

    of: str
    kind: str
    change: str
    text: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with mutants after its statements, and the mutants by their lines in it."""

    source: LeanText
    mutants: Mapping[int, Mutant]


def mutants(declaration: Declaration, *, seed: int = 0, most: int | None = None) -> tuple[Mutant, ...]:
    """The mutants of a statement that could be read, no two alike; of many those that the seed chooses."""
    header, notations = declaration.header, declaration.scope.notations
    if header.type is None or len(declaration.statement) > LONGEST:
        return ()
    original = statement_text(header.binders, header.type, notations)
    found: dict[str, Edit] = {}
    for edit in edits(header.binders, header.type, declaration.included):
        text = statement_text(edit.binders, edit.type, notations)
        if text != original:
            found.setdefault(text, edit)
    chosen = list(found.items())
    if most is not None and most < len(chosen):
        numbers = Random(f"{seed} {declaration.name}").sample(range(len(chosen)), most)
        chosen = [chosen[number] for number in sorted(numbers)]
    return tuple(
        Mutant(_name(declaration), edit.kind, _change(edit, notations), text) for text, edit in chosen
    )


def statement_text(binders: Sequence[Binder], type_: Node, notations: Notations) -> str:
    """A statement as it stands after its name: binders, colon, type."""
    printer = Printer(notations)
    groups = [_group(printer, group) for group in binders]
    return " ".join([*groups, f": {printer.show(type_)}"])


def _group(printer: Printer, group: Binder) -> str:
    text = printer.binder(group, bracket=group.type is None)
    printer.bind(group.names)
    return text


def _change(edit: Edit, notations: Notations) -> str:
    new = "nothing" if edit.new is None else _shown(edit.new, notations)
    return f"{_shown(edit.old, notations)} → {new}"


def _shown(node: Node, notations: Notations) -> str:
    printer = Printer(notations)
    return printer.binder(node) if isinstance(node, Binder) else printer.show(node)


def planted(
    source: LeanText, *, seed: int = 0, most: int | None = None, at: Collection[int] | None = None
) -> Planted:
    """The text with the mutants of its claims, at most so many of each; `at`: of the claims on these lines.

    A claim has none where our printer does not give its statement back: nothing could be said of what it
    prints then.
    """
    claims = [
        each
        for each in file_of(source).declarations
        if each.readable and each.type is not None and is_claim(each) and (at is None or each.line in at)
    ]
    copies = [(each, (_copy(each),)) for each in claims]
    told, lines = _with(source, copies)
    read = {each.line: each.digest for each in file_of(told).declarations}
    faithful = [each for each, (line,) in zip(claims, lines, strict=True) if read.get(line) == each.digest]
    found = [(each, mutants(each, seed=seed, most=most)) for each in faithful]
    told, lines = _with(source, found)
    numbered = zip(found, lines, strict=True)
    return Planted(told, {n: m for (_, ms), ns in numbered for m, n in zip(ms, ns, strict=True)})


def _copy(declaration: Declaration) -> Mutant:
    header = declaration.header
    assert header.type is not None
    text = statement_text(header.binders, header.type, declaration.scope.notations)
    return Mutant(_name(declaration), "none", "", text)


def _name(declaration: Declaration) -> str:
    return f"{declaration.file}:{declaration.line}" if declaration.anonymous else declaration.name


def _with(
    source: LeanText, after: Sequence[tuple[Declaration, Sequence[Mutant]]]
) -> tuple[LeanText, list[list[int]]]:
    """The text with statements after declarations, and the line of each of them."""
    text, last, lines = "", 0, list[list[int]]()
    for declaration, found in after:
        text += source.text[last : declaration.end]
        last, here = declaration.end, list[int]()
        for number, mutant in enumerate(found, 1):
            before, command = f"\n{_acting(declaration)}", _command(declaration, number, mutant)
            here.append(text.count("\n") + before.count("\n") + 1)
            text += before + command
        lines.append(here)
    return LeanText(source.file, text + source.text[last:]), lines


def _command(declaration: Declaration, number: int, mutant: Mutant) -> str:
    keyword = "theorem" if declaration.kind == "example" else declaration.kind
    stem = declaration.header.name or f"example_{declaration.line}"
    return f"{keyword} {stem}_mutant{number} {mutant.text} := by sorry\n"


def _acting(declaration: Declaration) -> str:
    """What acts on the declaration alone: `open … in`, `variable … in`."""
    pending = ""
    for command in commands(declaration.source):
        if command.start <= declaration.start < command.end:
            return pending
        text = declaration.source.text[command.start : command.end].strip()
        pending = f"{pending}{text}\n" if command.prefixed else ""
    return ""
