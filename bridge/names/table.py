"""lean_names.json: which Lean name stands where, in Lean and in Python. Looked up, never executed.

The file holds no Python line numbers: they would go stale with every edit. `trace` finds a line when asked,
and `names --update` (see `sources.update`) writes the file from a Lean tree and the Python tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from leanmirror.bridge.io.output import read_json, shown
from leanmirror.bridge.io.selections import Selection, several
from leanmirror.spec.errors import BadInput, NameNotFound

SCHEMA = "leanmirror.names/1"
PYTHON_PATH = re.compile(r"leanmirror(\.\w+)+(:\w+(\.\w+)*)?")
MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Name:
    """One Lean declaration and the Python object that mirrors it.

    `params` pairs each Lean binder with its Python parameter (None: carried by another argument). `python` is
    `leanmirror.…:qualname`, None while nothing mirrors it; `runtime` is the Python path of the float twin.
    """

    name: str
    kind: str
    module: str
    lean_file: str
    lean_line: int
    signature: str
    digest: str
    params: tuple[tuple[str, str | None], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    python: str | None = None
    runtime: str | None = None
    covered_by: tuple[str, ...] = ()

    @property
    def dotted(self) -> str | None:
        """The Python path with dots only, as an import would write it."""
        return self.python and self.python.replace(":", ".")

    def to_json(self) -> dict[str, Any]:
        """The entry as it stands in the file: `fields` and `body` only where there are any."""
        entry: dict[str, Any] = {key: getattr(self, key) for key in _TEXTS + _NUMBERS}
        entry["params"] = [list(pair) for pair in self.params]
        if self.fields:
            entry["fields"] = [list(pair) for pair in self.fields]
        if self.body is not None:
            entry["body"] = self.body
        return entry | {"python": self.python, "runtime": self.runtime, "covered_by": list(self.covered_by)}


@dataclass(frozen=True, slots=True)
class Names:
    """All entries, sorted by Lean name, and the source that they were read from.

    `aliases` are further names that `export` gives to some of them.
    """

    entries: tuple[Name, ...]
    repository: str = ""
    commit: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Name]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, query: str) -> Name:
        """The entry with that Lean name or Python path, written out or by a suffix that only one has.

        Raises NameNotFound, with the nearest names, and BadInput when the suffix belongs to several.
        """
        for fits in _TESTS:
            found = [entry for entry in self.entries if fits(entry, query)]
            if len(found) == 1:
                return found[0]
            if found:
                several = listed(entry.name for entry in found)
                raise BadInput(f"'{shown(query)}' is ambiguous: {several}")
        raise self.not_found(query)

    def mentioning(self, word: str) -> list[Name]:
        """The entries in whose statement, fields or body the name stands, as a whole word."""
        whole = re.compile(rf"(?<![\w.'?!]){re.escape(word)}(?![\w'?!]|\.\w)")
        return [entry for entry in self.entries if any(map(whole.search, _spoken(entry)))]

    def select(self, patterns: Selection) -> tuple[Name, ...]:
        """The entries that names and globs choose, in the file's order, each once; no pattern chooses all.

        `*` crosses dots, and a glob has to match the whole name. Raises as `find` does, also for a glob that
        matches nothing.
        """
        some = several(patterns)
        if not some:
            return tuple(self.entries)
        chosen = {entry.name for pattern in some for entry in self._matching(pattern)}
        return tuple(entry for entry in self.entries if entry.name in chosen)

    def _matching(self, pattern: str) -> list[Name]:
        if not is_glob(pattern):
            return [self.find(pattern)]
        found = _glob(self.entries, pattern)
        if not found:
            wider = f"*{pattern.strip('*')}*"
            hint = f": try '{shown(wider)}'" if _glob(self.entries, wider) else ""
            raise NameNotFound(f"no Lean name matches '{shown(pattern)}'{hint}")
        return found

    def not_found(self, query: str) -> NameNotFound:
        """The error for a name that nothing carries, with those that look most like it."""
        near = self.nearest(query)
        hint = f"\nnearest: {listed(near)}" if near else ""
        return NameNotFound(f"no Lean name or Python path '{shown(query)}'{hint}")

    def nearest(self, query: str, count: int = 3) -> tuple[str, ...]:
        """The Lean names most like the query, by themselves or by their Python paths.

        They are compared by as many last components as the query has.
        """
        from difflib import get_close_matches  # here, since only a miss needs it

        wanted = _dotted(query[:MOST_COMPARED]).lower()
        depth = wanted.count(".") + 1
        tails: dict[str, list[str]] = {}
        for entry in self.entries:
            for path in filter(None, (entry.name, entry.dotted)):
                tails.setdefault(".".join(path.split(".")[-depth:]).lower(), []).append(entry.name)
        close = get_close_matches(wanted, tails, n=count, cutoff=0.5)
        return tuple(dict.fromkeys(name for tail in close for name in tails[tail]))[:count]


MOST_COMPARED = 400
"""Letters of a query that are compared: more cannot be a slip of the keyboard, and cost quadratic time."""

_TEXTS = ("name", "kind", "module", "lean_file", "signature", "digest")
_NUMBERS = ("lean_line",)


def _spoken(entry: Name) -> Iterator[str]:
    yield entry.signature
    yield entry.body or ""
    yield from (type_ for _, type_ in entry.fields)


def _dotted(path: str) -> str:
    return path.replace(":", ".")


def _is_python(entry: Name, query: str) -> bool:
    return query in (entry.python, entry.dotted)


def _ends_name(entry: Name, query: str) -> bool:
    return bool(query) and entry.name.endswith(f".{query}")


def _ends_python(entry: Name, query: str) -> bool:
    return bool(query) and (entry.dotted or "").endswith(f".{_dotted(query)}")


_TESTS: tuple[Callable[[Name, str], bool], ...] = (
    lambda entry, query: entry.name == query,
    _is_python,
    _ends_name,
    _ends_python,
)
"""How a query may name an entry, the surest way first."""


def is_glob(pattern: str) -> bool:
    """Whether a selection is a pattern rather than a name; Lean names may end in `?`, so that makes none."""
    return any(mark in pattern for mark in "*[")


def _glob(entries: Iterable[Name], pattern: str) -> list[Name]:
    from fnmatch import fnmatchcase  # here, since only a glob needs it

    return [entry for entry in entries if fnmatchcase(entry.name, pattern)]


def listed(names: Iterable[str]) -> str:
    """Names in one line, the rest counted when there are many."""
    all_names = [shown(name) for name in names]
    rest = len(all_names) - MOST_LISTED
    return ", ".join(all_names[:MOST_LISTED]) + (f" and {rest} more" if rest > 0 else "")


def package_root() -> Path:
    """The folder of the package `leanmirror`, the same shape in a wheel and in an editable install."""
    return Path(__file__).parent.parent.parent


def default_path() -> Path:
    """Where lean_names.json is."""
    return package_root() / "lean_names.json"


@cache
def default_names() -> Names:
    """The entries of the lean_names.json that belongs to this installation, read once."""
    return load(default_path())


def load(path: Path) -> Names:
    """The entries of a file.

    Raises BadInput, with the entry and key at fault, when it is not a names file, and OSError when it cannot
    be read.
    """
    document = read_json(path)
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise BadInput(f"{shown(str(path))}: not a file of schema {SCHEMA}")
    source, rows = document.get("source"), document.get("names")
    if not isinstance(source, dict) or not isinstance(rows, list):
        raise BadInput(f"{shown(str(path))}: 'source' has to be an object and 'names' a list")
    where = shown(str(path))
    entries = tuple(entry_of(row, f"{where}: entry {at}") for at, row in enumerate(rows))
    if len({entry.name for entry in entries}) != len(entries):
        raise BadInput(f"{where}: a name stands twice")
    return Names(
        entries, str(source.get("repository", "")), str(source.get("commit", "")), aliases_of(document, where)
    )


def aliases_of(document: Mapping[str, Any], where: str) -> dict[str, str]:
    """The aliases of a names file. Raises BadInput where they are no texts by name."""
    found = document.get("aliases", {})
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found.values()):
        raise BadInput(f"{where}: 'aliases' has to be an object of texts")
    return found


def entry_of(row: Any, where: str) -> Name:
    """An entry from its JSON value; `where` names it in errors. Raises BadInput, with the key at fault."""
    if not isinstance(row, dict):
        raise BadInput(f"{where} is not an object")
    for key in _TEXTS:
        _require(isinstance(row.get(key), str), where, key, "a text")
    for key in _NUMBERS:
        _require(isinstance(row.get(key), int), where, key, "a whole number")
    for key in ("python", "runtime"):
        path = row.get(key)
        _require(
            path is None or (isinstance(path, str) and bool(PYTHON_PATH.fullmatch(path))),
            where,
            key,
            "a path",
        )
    _require(isinstance(row.get("body"), str | None), where, "body", "a text")
    return Name(
        **{key: row[key] for key in _TEXTS + _NUMBERS},
        params=_pairs(row, "params", where, (str, type(None))),
        fields=_pairs(row, "fields", where, (str,)),
        body=row.get("body"),
        python=row.get("python"),
        runtime=row.get("runtime"),
        covered_by=_texts(row, "covered_by", where),
    )


def _require(holds: bool, where: str, key: str, what: str) -> None:
    if not holds:
        raise BadInput(f"{where}: '{key}' has to be {what}")


def _pairs(
    row: Mapping[str, Any], key: str, where: str, second: tuple[type, ...]
) -> tuple[tuple[str, Any], ...]:
    pairs = row.get(key, [])
    _require(isinstance(pairs, list), where, key, "a list of pairs")
    for pair in pairs:
        well_formed = isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)
        _require(well_formed and isinstance(pair[1], second), where, key, "a list of pairs")
    return tuple((first, other) for first, other in pairs)


def _texts(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    texts = row.get(key, [])
    _require(isinstance(texts, list), where, key, "a list of texts")
    for text in texts:
        _require(isinstance(text, str), where, key, "a list of texts")
    return tuple(texts)


_SLOTS = (
    ("NN.Spec.", "spec/"),
    ("NN.Core.", "spec/nn_core/"),
    ("NN.Proofs.", "spec/proofs/"),
    ("NN.Runtime.", "runtime/"),
)
_ACRONYMS = {"FDeriv": "fderiv"}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def module_file(module: str) -> str | None:
    """The Python file that mirrors a Lean module, without `.py`: None for a module that has no place here.

    `NN.Proofs.Autograd.FDeriv.MlpMse` stands in `spec/proofs/autograd/fderiv/mlp_mse`.
    """
    for prefix, folder in _SLOTS:
        if module.startswith(prefix):
            return folder + "/".join(_snake(part) for part in module.removeprefix(prefix).split("."))
    return None


def _snake(part: str) -> str:
    return _ACRONYMS.get(part) or _CAMEL.sub("_", part).lower()
