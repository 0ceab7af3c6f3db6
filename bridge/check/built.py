"""Statements as Lean itself elaborated them: from the `.olean` files of a Lake project that is built.

Nothing is built and nothing of a file is executed. What names mean is still taken from the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from leanmirror.bridge.check.tasks import TextTask
from leanmirror.bridge.check.texts import LeanText, Unreadable
from leanmirror.bridge.core.context import Context
from leanmirror.bridge.core.infer import is_prop
from leanmirror.bridge.core.term import Pi, Term
from leanmirror.bridge.elaborate.library import Library
from leanmirror.bridge.elaborate.statement import Binding, Statement
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.module_paths import root_of, workspace_of
from leanmirror.bridge.sources.olean import Olean, public, read_olean
from leanmirror.spec.errors import Position, Unsupported

FOLDERS = (Path(".lake/build/lib/lean"), Path(".lake/build/lib"), Path("build/lib"))
"""Where Lake writes what it has built: today, and in earlier versions."""


def built(claims: Iterable[TextTask]) -> Iterator[TextTask]:
    """The claims, each with the `.olean` of its file; one whose file is not built says so."""
    for each in claims:
        path = olean_of(each.source)
        if each.unread is not None:
            yield each
        elif path is None:
            problem = Unreadable("its file is not built: run 'lake build'", Position(each.line, each.column))
            yield replace(each, unread=problem)
        else:
            yield replace(each, olean=str(path))


def olean_of(source: LeanText) -> Path | None:
    """The `.olean` that Lake has made of a file; None where there is none."""
    root = root_of(source.file)
    if root is None:
        return None
    inside = Path(source.file).resolve().relative_to(root).with_suffix(".olean")
    candidates = (base / folder / inside for base in (root, workspace_of(root)) for folder in FOLDERS)
    return next((path for path in candidates if path.is_file()), None)


def is_stale(task: TextTask) -> bool:
    """Whether the source has changed since it was built."""
    assert task.olean is not None
    try:
        return Path(task.source.file).stat().st_mtime > Path(task.olean).stat().st_mtime
    except OSError:
        return True


@lru_cache(maxsize=8)
def _read(path: str, changed: float) -> tuple[Olean, dict[str, str]]:
    """A module, and its constants' own names by those that people write."""
    module = read_olean(Path(path))
    return module, {public(name): name for name in module.constants}


def built_statement(task: TextTask, declaration: Declaration, env: Library) -> Statement:
    """The statement of a claim in the terms that Lean made of it.

    Raises Unsupported where that file does not hold it, or holds what is not understood; BadInput
    for a damaged file.
    """
    assert task.olean is not None
    at = declaration.position(declaration.start)
    module, names = _read(task.olean, Path(task.olean).stat().st_mtime)
    if declaration.name not in names:
        raise Unsupported(
            f"{declaration.name} is not in the file that is built: run 'lake build'", at, "import"
        )
    term: Term = module.type_of(module.constants[names[declaration.name]])
    binders: list[Binding] = []
    context = Context(env)
    while isinstance(term, Pi):
        context.types[term.var.id] = term.type
        binders.append(Binding(term.var, term.type, term.kind, is_prop(context, term.type)))
        term = term.body
    return Statement(declaration.name, declaration.kind, tuple(binders), term, at)
