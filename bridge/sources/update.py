"""`names --update` and `names --check`: lean_names.json made from a Lean tree and the Python tables."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from leanmirror.bridge.io.checkout import origin
from leanmirror.bridge.io.output import as_json, shown, write_text
from leanmirror.bridge.names import docstrings as tables
from leanmirror.bridge.names.coverage import coverage, mentions
from leanmirror.bridge.names.docstrings import Mirror
from leanmirror.bridge.names.spelling import spelling
from leanmirror.bridge.names.table import SCHEMA, Name, Names, default_path, listed, load, module_file
from leanmirror.spec.errors import BadInput

MIRRORED = (
    "NN.Proofs.Autograd.Tape.Nodes.Elementwise",
    "NN.Proofs.Autograd.Tape.Nodes.Softmax",
    "NN.Proofs.Autograd.Tape.Nodes.Batched",
    "NN.Proofs.Autograd.FDeriv.Params",
    "NN.Runtime.Autograd.Engine.Core.ActivationsLoss",
)
"""The Lean modules of which every declaration has an entry.

Elsewhere what Python mirrors has one, and the types and abbreviations that statements with an entry speak of.
"""

OUTSIDE = "outside"
"""The kind of a name that Lean or Mathlib declares, not the mirrored repository: it has no place there."""

UNMIRRORED = ("leanmirror.spec.mathlib:", "leanmirror.spec.judge.")
"""Where Python objects stand that mirror such names."""


class Declared(Protocol):
    """What is needed to know of a declaration in a Lean tree."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def module(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def statement(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def binders(self) -> Sequence[str]: ...
    @property
    def fields(self) -> Sequence[tuple[str, str]]: ...
    @property
    def body(self) -> str | None: ...


def update(
    source: str | os.PathLike[str],
    *,
    repository: str | None = None,
    commit: str | None = None,
    target: Path | None = None,
) -> Names:
    """Write lean_names.json anew from a Lean tree and the Python tables, and return what it holds.

    A git checkout says itself which commit it is. Raises BadInput when nothing says so, when `repository` is
    not host/owner/name or `commit` not 40 hexadecimal digits, or when a Python object that should mirror the
    tree has a Lean name that it does not declare.
    """
    from leanmirror.bridge.sources.lean_tree import index_tree

    found_repository, found_commit = origin(Path(source))
    _well_formed(repository, commit)
    repository, commit = repository or found_repository, commit or found_commit
    if not repository or not commit:
        raise BadInput(f"{os.fspath(source)} does not say which commit it is: give --repository and --commit")
    spec, runtime = (tables.table(room) for room in tables.ROOMS)
    index = index_tree(Path(source))
    entries = gathered(index.declarations, spec, runtime, twins(), outside(spec))
    names = Names(entries, repository, commit, exported(index.aliases, entries))
    write_text(default_path() if target is None else target, file_text(names))
    return names


_REPOSITORY = re.compile(r"[\w-]+(\.[\w-]+)+(/[\w.-]+){2,}")
_COMMIT = re.compile(r"[0-9a-f]{40}")


def _well_formed(repository: str | None, commit: str | None) -> None:
    if repository and not _REPOSITORY.fullmatch(repository):
        raise BadInput(
            f"'{shown(repository)}' is no repository: it is written host/owner/name, "
            "as in github.com/owner/name"
        )
    if commit and not _COMMIT.fullmatch(commit):
        raise BadInput(f"'{shown(commit)}' is no commit: it is written in full, 40 hexadecimal digits")


def exported(aliases: Mapping[str, Sequence[str]], entries: Iterable[Name]) -> dict[str, str]:
    """The further names of entries, sorted: those that mean one declaration and are none themselves."""
    known = {entry.name for entry in entries}
    return {
        alias: meant[0]
        for alias, meant in sorted(aliases.items())
        if len(set(meant)) == 1 and meant[0] in known and alias not in known
    }


def outside(spec: Mapping[str, Mirror]) -> set[str]:
    """The mirrored names of Lean or Mathlib: their objects stand where no Lean file is mirrored."""
    return {lean for lean, mirror in spec.items() if mirror.python.startswith(UNMIRRORED)}


def file_text(names: Names) -> str:
    """The file as it is stored: a value a line, so that a change of one entry is a change of few lines."""
    return as_json(
        {
            "schema": SCHEMA,
            "source": {"repository": names.repository, "commit": names.commit},
            **({"aliases": dict(names.aliases)} if names.aliases else {}),
            "names": [entry.to_json() for entry in names],
        }
    )


def gathered(
    declared: Iterable[Declared],
    spec: Mapping[str, Mirror],
    runtime: Mapping[str, Mirror],
    twin: Mapping[str, str],
    beyond: Collection[str] = (),
) -> tuple[Name, ...]:
    """The entries, sorted: declarations of the mirrored modules, every other that Python mirrors, and the
    types that their statements speak of.

    `twin` gives the Lean name of the runtime operation of a spec operation; `beyond` are names of Lean and
    Mathlib that may be mirrored though the tree does not declare them. Raises BadInput as `update` does.
    """
    by_name = {each.name: each for each in declared}
    mirrored = dict(runtime) | dict(spec)
    wanted = {name for name, each in by_name.items() if each.module in MIRRORED} | set(mirrored)
    wanted |= _spoken_of(wanted, by_name)
    lost = sorted(name for name in wanted if not _known(name, by_name, beyond))
    if lost:
        raise BadInput(
            f"declared nowhere in the tree: {listed(f'{name} ({mirrored[name].python})' for name in lost)}"
        )
    entries = [_entry(name, by_name, mirrored.get(name)) for name in sorted(wanted)]
    with_twins = [replace(entry, runtime=_twin(entry.name, runtime, spec, twin)) for entry in entries]
    covers = coverage(with_twins, mirrored)
    return tuple(replace(entry, covered_by=covers.get(entry.name, ())) for entry in with_twins)


TYPES = frozenset({"abbrev", "structure", "class", "inductive"})


def _spoken_of(wanted: Collection[str], by_name: Mapping[str, Declared]) -> set[str]:
    """The types and abbreviations that the statements of these names speak of, theirs included."""
    found: set[str] = set()
    pending = [name for name in wanted if name in by_name]
    while pending:
        each = by_name[pending.pop()]
        texts = (each.statement, each.body or "", *(text for _, text in each.fields))
        for name in {name for text in texts for name in mentions(text)} - found:
            if name in by_name and by_name[name].kind in TYPES:
                found.add(name)
                pending.append(name)
    return found


def _known(name: str, by_name: Mapping[str, Declared], beyond: Collection[str]) -> bool:
    if name in by_name or name in beyond:
        return True
    above, _, last = name.rpartition(".")
    parent = by_name.get(above)
    if parent is None or parent.kind not in {"structure", "class", "inductive"}:
        return False
    return parent.kind == "inductive" or last == "mk" or last in dict(parent.fields)


def _entry(name: str, by_name: Mapping[str, Declared], mirror: Mirror | None) -> Name:
    python = None if mirror is None else mirror.python
    parent = by_name.get(name.rpartition(".")[0])
    if name in by_name:
        each = by_name[name]
        return Name(
            name,
            each.kind,
            each.module,
            each.file,
            each.line,
            each.statement,
            each.digest,
            params=paired(each.binders, mirror),
            fields=tuple(each.fields),
            body=each.body,
            python=python,
        )
    if parent is not None:
        types = dict(parent.fields)
        last = name.rpartition(".")[2]
        kind = "field" if last in types else "constructor"
        return Name(
            name,
            kind,
            parent.module,
            parent.file,
            parent.line,
            types.get(last, ""),
            parent.digest,
            python=python,
        )
    return Name(name, OUTSIDE, "", "", 0, "", "", python=python)


def _twin(
    name: str, runtime: Mapping[str, Mirror], spec: Mapping[str, Mirror], twin: Mapping[str, str]
) -> str | None:
    """The Python path of an operation's float twin: by record, or because both rooms mirror the name."""
    other = twin.get(name, name if name in spec else "")
    return runtime[other].python if other in runtime else None


def twins() -> dict[str, str]:
    """Lean name of the operation over ℝ → that of the float operation, from the runtime's records."""
    from leanmirror.runtime.autograd.engine.core import OPS

    return {op.proof: op.lean for op in OPS if op.proof is not None}


def paired(binders: Iterable[str], mirror: Mirror | None) -> tuple[tuple[str, str | None], ...]:
    """Each Lean binder with its Python parameter; None where another argument carries it."""
    parameters = python_parameters(mirror)
    return tuple(
        (binder, spelled if (spelled := spelling(binder)) in parameters else None) for binder in binders
    )


def python_parameters(mirror: Mirror | None) -> tuple[str, ...]:
    """The parameters of a mirroring function in their order; none for anything else."""
    if mirror is None or not inspect.isfunction(inspect.unwrap(mirror.value)):
        return ()
    return tuple(inspect.signature(mirror.value).parameters)


def disagreements(
    names: Names | None = None,
    spec: Mapping[str, Mirror] | None = None,
    runtime: Mapping[str, Mirror] | None = None,
) -> tuple[str, ...]:
    """Where lean_names.json and the code differ, one line each; needs no Lean source.

    Line numbers are in neither. That a Lean statement has changed, only the Lean source can tell.
    """
    names = load(default_path()) if names is None else names
    spec = tables.table("leanmirror.spec") if spec is None else spec
    runtime = tables.table("leanmirror.runtime") if runtime is None else runtime
    mirrored = dict(runtime) | dict(spec)
    listed_names = {entry.name for entry in names}
    missing = [
        f"{name}: {mirrored[name].python} has no entry" for name in sorted(set(mirrored) - listed_names)
    ]
    places = {mirror.python for mirror in runtime.values()}
    wrong = [
        line
        for entry in names
        for line in _differences(entry, mirrored.get(entry.name), places, listed_names)
    ]
    order = (
        []
        if sorted(listed_names) == [entry.name for entry in names]
        else ["the entries are not sorted by name"]
    )
    return (*missing, *wrong, *order)


def _differences(
    entry: Name, mirror: Mirror | None, twins: Collection[str], known: Collection[str]
) -> list[str]:
    found = []
    python = None if mirror is None else mirror.python
    if python != entry.python:
        found.append(
            f"{entry.name}: the file says {entry.python or 'not mirrored'}, the code {python or 'nothing'}"
        )
    elif mirror is not None and paired((lean for lean, _ in entry.params), mirror) != entry.params:
        found.append(f"{entry.name}: the parameters of {python} are not those in the file")
    if entry.runtime is not None and entry.runtime not in twins:
        found.append(f"{entry.name}: there is no {entry.runtime}")
    place = module_file(entry.module)
    if python and place and python.split(":")[0] != f"leanmirror.{place.replace('/', '.')}":
        found.append(f"{entry.name}: {python} does not stand in {place}, where {entry.module} is mirrored")
    found += [f"{entry.name}: there is no claim {claim}" for claim in entry.covered_by if claim not in known]
    return found
