"""lean_names.json looked up as text says what it says when it is read whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leanmirror.bridge.io.output import as_json
from leanmirror.bridge.names.table import Name, Names, default_names, default_path, load
from leanmirror.bridge.names.text import Rows, lookup
from leanmirror.bridge.sources.update import file_text
from leanmirror.spec.errors import BadInput, NameNotFound

ENTRIES = (
    Name("A.a", "def", "A", "A.lean", 1, ": B → 'A.b'", "v1:0", python="leanmirror.spec.a:a"),
    Name(
        'A.«b"\\c»',
        "theorem",
        "A",
        "A.lean",
        2,
        'a line\n  },\n  {\n   "name": "no"',
        "v1:1",
        covered_by=("A.a",),
    ),
    Name("A.S", "structure", "A", "A.lean", 3, "where", "v1:2", fields=(("x", "List A.a"),)),
    Name(
        "A.b", "abbrev", "A", "A.lean", 4, ": Type", "v1:3", body="A.S × A.a'", runtime="leanmirror.runtime.b"
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "names.json"
    file.write_text(file_text(Names(ENTRIES, "github.com/a/b", "abc")), encoding="utf-8")
    return file


def test_the_shipped_file_says_the_same() -> None:
    whole, found = default_names(), lookup(default_path())
    assert isinstance(found.entries, Rows)
    assert (whole.entries, whole.repository, whole.commit) == (
        tuple(found.entries),
        found.repository,
        found.commit,
    )


@pytest.mark.parametrize("key", ["name", "python", "runtime", "lean_file"])
def test_a_column_is_that_of_the_entries(path: Path, key: str) -> None:
    found = lookup(path)
    assert isinstance(found.entries, Rows)
    assert [getattr(entry, key) for entry in ENTRIES] == list(found.column(key))
    for entry in ENTRIES:
        value = getattr(entry, key)
        assert value is None or load(path).having(key, value) == found.having(key, value)


@pytest.mark.parametrize("query", ["A.a", "S", "leanmirror.spec.a.a", "a:a", 'A.«b"\\c»', "A.b"])
def test_a_query_finds_the_same_entry(path: Path, query: str) -> None:
    assert load(path).find(query) == lookup(path).find(query)


@pytest.mark.parametrize("query", ["no", "A", "", "x"])
def test_what_only_stands_inside_an_entry_is_not_found(path: Path, query: str) -> None:
    with pytest.raises(NameNotFound):
        lookup(path).find(query)


@pytest.mark.parametrize(("name", "found"), [("A.a", ["A.S"]), ("A.S", ["A.b"]), ("A.b", []), ("B", ["A.a"])])
def test_a_statement_mentions_whole_names(path: Path, name: str, found: list[str]) -> None:
    assert found == [entry.name for entry in lookup(path).mentioning(name)]
    assert found == [entry.name for entry in load(path).mentioning(name)]


def test_another_layout_is_read_whole(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), encoding="utf-8")
    assert ENTRIES == lookup(path).entries


def test_a_fault_is_reported_when_its_entry_is_read(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    document["names"][1]["lean_line"] = "two"
    path.write_text(as_json(document), encoding="utf-8")
    assert "A.a" == lookup(path).find("A.a").name
    with pytest.raises(BadInput, match="entry 1: 'lean_line' has to be a whole number"):
        tuple(lookup(path))


def test_a_file_of_another_schema_is_refused(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("leanmirror.names/1", "other/1"), encoding="utf-8")
    with pytest.raises(BadInput, match="not a file of schema"):
        lookup(path)
