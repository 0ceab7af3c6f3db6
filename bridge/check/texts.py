"""Lean texts to check: files, folders and standard input as tasks, one for each claim."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from leanmirror.bridge.compile.claims import CLAIMING, TextClaim, claim_of
from leanmirror.bridge.compile.contracts import CONTRACTS
from leanmirror.bridge.compile.lacks import Collecting, Found
from leanmirror.bridge.compile.meanings import Meanings
from leanmirror.bridge.compile.structures import STRUCTURES
from leanmirror.bridge.core.environment import default
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import Library
from leanmirror.bridge.elaborate.package import TreeLibrary
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.declarations import Declaration, LeanFile
from leanmirror.bridge.lean.reader import load, read_file
from leanmirror.bridge.lean.source_root import SourceRoot, root_of
from leanmirror.spec.errors import BadInput, Position, ReadError, Unsupported
from leanmirror.spec.judge.claim import Claim

STDIN = "-"
LONGEST = 4_000_000
"""More characters than any source file has."""

LONGEST_KEPT = 200_000
"""A longer text does not go into a witness."""

_PART = re.compile(r"[^\W\d][\w'?!]*")
_CONTRACT_WORDS = {*STRUCTURES, *(name.rpartition(".")[2] for name in CONTRACTS)}


@dataclass(frozen=True, slots=True)
class LeanText:
    """A text and where it came from."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class TextTask:
    """One claim of a text: its name, kind and line, and its number among the declarations.

    `unread` says why, where the statement cannot be read; then there is nothing to run.
    """

    source: LeanText
    name: str
    kind: str
    line: int
    index: int
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A text without its claims and comments, and how many words of it stand before each claim, by index.

    Names of claims that the rest of the text uses are part of it, since they say what it means.
    """

    text: str
    before: Mapping[int, int]


def is_text(select: str) -> bool:
    """A selection that is a Lean file, a folder or standard input, and no Lean name."""
    return select == STDIN or select.endswith(".lean") or Path(select).is_dir()


def texts(select: str) -> Iterator[LeanText]:
    """The texts that a selection stands for, a folder's in the order of their paths.

    Raises BadInput for a folder without Lean files and a file that is no text, OSError for one that cannot
    be opened.
    """
    if select == STDIN:
        yield _checked(LeanText("<stdin>", sys.stdin.buffer.read().decode("utf-8", "replace")))
        return
    path = Path(select)
    files = sorted(p for p in path.rglob("*.lean") if p.is_file()) if path.is_dir() else [path]
    if not files:
        raise BadInput(f"{select}: no .lean file is in this folder")
    for each in files:
        try:
            yield _checked(LeanText(str(each), load(each)))
        except ReadError as error:
            raise BadInput(f"{each}: {error}") from None


def _checked(found: LeanText) -> LeanText:
    if len(found.text) > LONGEST:
        raise BadInput(f"{found.file}: longer than {LONGEST} characters")
    return found


def tasks(source: LeanText) -> list[TextTask]:
    """The claims of a text, in its order; what cannot be read is among them."""
    _renew(source)
    file = _read(source)
    found = [
        TextTask(source, _name(each, source), each.kind, each.line, index, _unread(each))
        for index, each in enumerate(file.declarations)
        if _claims(each)
    ]
    for each in file.unread:
        reason = f"{each.reason} at {each.position}"
        found.append(
            TextTask(source, f"{source.file}:{each.position.line}", each.what, each.position.line, -1, reason)
        )
    return sorted(found, key=lambda task: task.line)


def imported(source: LeanText) -> str:
    """A digest of the files of its package that a text rests on, comments and claims left out; else empty."""
    package = _package(source)
    return "" if package is None else _imported(source, package)


@lru_cache(maxsize=8)
def _imported(source: LeanText, package: SourceRoot) -> str:
    own = _read(source).module
    found = hashlib.sha256()
    for module in sorted(package.environment.visible(own) - {own}):
        if module in package.files:
            found.update(f"{module}\n{_besides_claims(package.files[module])}\n".encode())
    return found.hexdigest()


@lru_cache(maxsize=4096)
def _besides_claims(file: LeanFile) -> str:
    words: list[str] = []
    stopped = 0
    for each in file.declarations:
        if each.kind in CLAIMING:
            words += each.source.code[stopped : each.start].split()
            words.append(each.name)
            stopped = each.end
    if file.declarations:
        words += file.declarations[0].source.code[stopped:].split()
    return " ".join(words)


def surroundings(source: LeanText) -> Surroundings:
    """What stands in a text besides its claims."""
    return _surroundings(_read(source))


@lru_cache(maxsize=8)
def _surroundings(file: LeanFile) -> Surroundings:
    claims = {at: each for at, each in enumerate(file.declarations) if _claims(each)}
    words: list[str] = []
    before: dict[int, int] = {}
    stopped = 0
    for at, each in claims.items():
        words += each.source.code[stopped : each.start].split()
        before[at], stopped = len(words), each.end
    if file.declarations:
        words += file.declarations[0].source.code[stopped:].split()
    used = {part for word in words for part in _PART.findall(word)}
    names = [each.name for each in claims.values() if each.name.rpartition(".")[2] in used]
    return Surroundings("\n".join([*words, "", *names]), before)


def _name(declaration: Declaration, source: LeanText) -> str:
    return f"{source.file}:{declaration.line}" if declaration.anonymous else declaration.name


def _unread(declaration: Declaration) -> str | None:
    if declaration.readable:
        return None
    where = f" at {declaration.stopped}" if declaration.stopped else ""
    return f"cannot be read: {declaration.reason}{where}"


def _claims(declaration: Declaration) -> bool:
    return declaration.kind in CLAIMING or (
        declaration.kind == "def" and declaration.type is not None and _is_contract(declaration.type)
    )


def _is_contract(type_: s.Node) -> bool:
    while isinstance(type_, s.Forall | s.Arrow):
        type_ = type_.body if isinstance(type_, s.Forall) else type_.codomain
    head = type_.fn if isinstance(type_, s.App) else type_
    return isinstance(head, s.Ident) and head.name.rpartition(".")[2] in _CONTRACT_WORDS


def _environment(source: LeanText, base: Library) -> tuple[Library, Meanings]:
    """The names that the text sees, its own among them, and what they mean."""
    package = _package(source)
    return _of_file(_read(source), base) if package is None else _of_package(package, base)


@lru_cache(maxsize=8)
def _of_file(file: LeanFile, base: Library) -> tuple[Library, Meanings]:
    environment = base.with_file(file)
    return environment, Meanings(environment)


@lru_cache(maxsize=4)
def _of_package(package: SourceRoot, base: Library) -> tuple[Library, Meanings]:
    environment = TreeLibrary(package, base)
    return environment, Meanings(environment)


def _read(source: LeanText) -> LeanFile:
    package = _package(source)
    return _alone(source) if package is None else package.read(source.file, source.text)


@lru_cache(maxsize=8)
def _alone(source: LeanText) -> LeanFile:
    return read_file(source.file, text=source.text)


_PACKAGES: dict[Path, SourceRoot] = {}


@lru_cache(maxsize=4096)
def _root(file: str) -> Path | None:
    return root_of(file) if file.endswith(".lean") else None


def _package(source: LeanText) -> SourceRoot | None:
    """The package that a file stands in, with what has been read of it before; None where there is none."""
    root = _root(source.file)
    if root is None:
        return None
    package = _PACKAGES.get(root)
    if package is None or not package.agrees(source.file, source.text):
        package = _PACKAGES[root] = SourceRoot(root)
    return package


def _renew(source: LeanText) -> None:
    """Forget a package in which a file has changed since it was read."""
    _root.cache_clear()
    root = _root(source.file)
    if root is not None and root in _PACKAGES and not _PACKAGES[root].is_fresh():
        del _PACKAGES[root]


def declaration_of(task: TextTask) -> Declaration:
    """The declaration of a task, read again."""
    return _read(task.source).declarations[task.index]


def claim_of_task(task: TextTask, base: Library | None = None) -> TextClaim:
    """The claim of a task.

    Raises Unsupported, with the place, for what cannot be read or run, or is ill-typed.
    """
    if task.unread is not None:
        raise Unsupported(task.unread, cause="syntax")
    declaration = declaration_of(task)
    environment, meanings = _environment(task.source, base or default())
    try:
        statement = elaborate(declaration, environment)
    except IllTyped as error:
        raise Unsupported.by(error, "ill-typed: ") from None
    try:
        return claim_of(
            statement, environment, meanings, name=task.name, doc=text_of(declaration), key=declaration.digest
        )
    except Unsupported as error:
        raise Unsupported.by(error, position=_place(declaration, error.message)) from None


def lacks_of_task(task: TextTask, base: Library | None = None) -> tuple[str, ...]:
    """All that keeps the claim of a task from being compiled: constants by name, forms in words.

    Raises Unsupported, for what keeps it from being read or elaborated.
    """
    if task.unread is not None:
        raise Unsupported(task.unread, cause="syntax")
    declaration = declaration_of(task)
    environment, meanings = _environment(task.source, base or default())
    try:
        statement = elaborate(declaration, environment)
    except IllTyped as error:
        raise Unsupported.by(error, "ill-typed: ") from None
    found = Found()
    try:
        claim_of(statement, environment, meanings, compiler=Collecting(environment, meanings, found))
    except Unsupported as error:
        found.add(error)
    return tuple(found.names)


def text_of(declaration: Declaration) -> str:
    """The statement as written, in one line."""
    return " ".join(declaration.statement.split())


def _place(declaration: Declaration, message: str) -> Position:
    """Where the text speaks of what a message names; else where the declaration stands."""
    words = set(message.replace("`", " ").split())
    last = {word.rpartition(".")[2] for word in words if "." in word} | words
    for node in _nodes(declaration):
        if isinstance(node, s.Ident) and node.name.rpartition(".")[2] in last and node.pos >= 0:
            return declaration.position(node)
    return Position(declaration.line, declaration.column)


def _nodes(declaration: Declaration) -> Iterable[s.Node]:
    for binder in declaration.binders:
        if binder.type is not None:
            yield from s.walk(binder.type)
    if declaration.type is not None:
        yield from s.walk(declaration.type)


def refutation(task: TextTask, found: TextClaim, inputs: Mapping[str, str]) -> str | None:
    """An `example` that negates the statement at the inputs, where Lean can decide it there; else None."""
    declaration = declaration_of(task)
    if not found.rational or declaration.included or declaration.type is None:
        return None
    source = declaration.source
    start = declaration.header.name_pos + (0 if declaration.anonymous else len(declaration.header.name))
    binders = source.code[start : declaration.type.pos].strip().removesuffix(":").strip()
    conclusion = source.code[declaration.type.pos : declaration.header.body_start].strip()
    whole = " ".join(f"∀ {binders}, {conclusion}".split()) if binders else " ".join(conclusion.split())
    args = " ".join("(by norm_num)" if name is None else f"({inputs[name]})" for name in found.arguments)
    applied = f"@h {args}" if args else "h"
    return f"example : ¬ ({whole}) := by\n  intro h\n  have := {applied}\n  norm_num at this"


def source_of(task: TextTask) -> dict[str, Any]:
    """Where a claim came from, with the text unless that is long: enough to make the claim again."""
    text = task.source.text if len(task.source.text) <= LONGEST_KEPT else None
    return {"file": task.source.file, "line": task.line, "index": task.index, "text": text}


def claim_of_source(source: Any) -> Claim:
    """The claim that `source_of` describes.

    Raises BadInput for anything else, Unsupported as `claim_of_task` does.
    """
    fields = source if isinstance(source, dict) else {}
    file, index, text = fields.get("file"), fields.get("index"), fields.get("text")
    if not isinstance(file, str) or type(index) is not int or not isinstance(text, str | None):
        raise BadInput("'source' is an object with file, index and text")
    found = LeanText(file, text) if text is not None else next(texts(file))
    for task in tasks(found):
        if task.index == index:
            return claim_of_task(task).claim
    raise BadInput(f"{file} has no claim with number {index}")
