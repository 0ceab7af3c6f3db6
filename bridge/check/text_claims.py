"""From the text of a claim to the claim that is run: elaborated, compiled, or what keeps it from that."""

from __future__ import annotations

from collections.abc import Iterable

from leanmirror.bridge.check.built import built_statement
from leanmirror.bridge.check.environment import environment_of
from leanmirror.bridge.check.tasks import TextTask, declaration_of
from leanmirror.bridge.compile.claims import TextClaim, claim_of
from leanmirror.bridge.compile.lacks import Collecting, Found
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.lacks import lacking
from leanmirror.bridge.elaborate.library import Library, default
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.spec.errors import Position, Unsupported


def claim_of_task(task: TextTask, base: Library | None = None) -> TextClaim:
    """The claim of a task.

    Raises Unsupported, with the place, for what cannot be read or run, or is ill-typed.
    """
    if task.unread is not None:
        raise task.unread.error()
    declaration = declaration_of(task)
    environment, meanings = environment_of(task.source, base or default())
    try:
        if task.olean is None:
            statement = elaborate(declaration, environment)
        else:
            statement = built_statement(task, declaration, environment)
    except IllTyped as error:
        raise Unsupported.by(error, "ill-typed: ") from None
    try:
        return claim_of(
            statement, environment, meanings, name=task.name, doc=text_of(declaration), key=declaration.digest
        )
    except Unsupported as error:
        raise Unsupported.by(error, position=_place(declaration, error)) from None


def lacks_of_task(task: TextTask, base: Library | None = None) -> tuple[tuple[str, ...], bool]:
    """All that keeps the claim of a task from being compiled: constants by name, forms in words.

    Also whether its statement was elaborated. Raises Unsupported for what keeps it from being read.
    """
    if task.unread is not None:
        raise task.unread.error()
    declaration = declaration_of(task)
    environment, meanings = environment_of(task.source, base or default())
    found = Found()
    try:
        statement = elaborate(declaration, environment)
    except (IllTyped, Unsupported) as error:
        for each in lacking(declaration, environment) or (Unsupported.by(error),):
            found.add(each)
        return tuple(found.names), False
    try:
        claim_of(statement, environment, meanings, compiler=Collecting(environment, meanings, found))
    except Unsupported as error:
        found.add(error)
    return tuple(found.names), True


def text_of(declaration: Declaration) -> str:
    """The statement as written, in one line."""
    return " ".join(declaration.statement.split())


def _place(declaration: Declaration, error: Unsupported) -> Position:
    """Where the text speaks of the constant that an error is about; else where the declaration stands."""
    last = (error.name or "").rpartition(".")[2]
    for node in _nodes(declaration) if last else ():
        if isinstance(node, s.Ident) and node.name.rpartition(".")[2] == last and node.pos >= 0:
            return declaration.position(node)
    return Position(declaration.line, declaration.column)


def _nodes(declaration: Declaration) -> Iterable[s.Node]:
    for binder in declaration.binders:
        if binder.type is not None:
            yield from s.walk(binder.type)
    if declaration.type is not None:
        yield from s.walk(declaration.type)
