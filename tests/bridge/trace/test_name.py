"""From a name to its places, on a small mirror written here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from leanmirror.bridge.names.places import Place, locate
from leanmirror.bridge.names.table import Name, Names
from leanmirror.bridge.trace.name import source_link, trace
from leanmirror.spec.errors import BadInput, NameNotFound

SOURCE = '''"""def rows in a docstring is not a definition."""

def rows():
    """An earlier one."""

class Axis:
    """A namespace."""

    @staticmethod
    def rows():
        """Lean: A.Axis.rows"""
        return 1

    LAST = 2


@decorated
def rows():
    """Lean: A.rows"""

    def inner():
        return 3

    return inner
'''
COMMIT = "b2a21841e226c1e8ff95f8a965d3ad20a38a9e52"


def name(lean: str, line: int, python: str | None, runtime: str | None = None) -> Name:
    return Name(
        lean,
        "def",
        "NN.Spec.SoftMax",
        "NN/Spec/SoftMax.lean",
        line,
        "{m : ℕ} : ℕ",
        "v1:0",
        python=python,
        runtime=runtime,
        covered_by=("A.rows_eq",),
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "soft_max.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "runtime" / "tape").mkdir(parents=True)
    (tmp_path / "runtime" / "tape" / "__init__.py").write_text("def rows():\n    pass\n", encoding="utf-8")
    return tmp_path


NAMES = Names(
    (
        name("A.Axis", 5, "leanmirror.spec.soft_max:Axis"),
        name("A.Axis.rows", 10, "leanmirror.spec.soft_max:Axis.rows"),
        name("A.module", 1, "leanmirror.spec.soft_max"),
        name("A.planned", 30, None),
        name("A.rows", 20, "leanmirror.spec.soft_max:rows", "leanmirror.runtime.tape:rows"),
        name("R.rows", 20, "leanmirror.runtime.tape:rows"),
    ),
    "github.com/some/where",
    COMMIT,
)


@pytest.mark.parametrize(
    ("python", "place"),
    [
        ("leanmirror.spec.soft_max:Axis.rows", ("spec/soft_max.py", 10)),
        ("leanmirror.spec.soft_max:rows", ("spec/soft_max.py", 18)),
        ("leanmirror.spec.soft_max", ("spec/soft_max.py", 1)),
        ("leanmirror.runtime.tape:rows", ("runtime/tape/__init__.py", 1)),
    ],
)
def test_a_python_path_leads_to_its_last_definition(root: Path, python: str, place: tuple[str, int]) -> None:
    assert Place(python, *place) == locate(python, root)


@pytest.mark.parametrize("python", [None, "leanmirror.spec.soft_max:Axis.LAST", "leanmirror.spec.none:rows"])
def test_what_is_not_defined_has_no_place(root: Path, python: str | None) -> None:
    assert locate(python, root) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("A.Axis.rows", "A.Axis.rows"),
        ("Axis.rows", "A.Axis.rows"),
        ("leanmirror.spec.soft_max:rows", "A.rows"),
        ("spec/soft_max.py:6", "A.Axis"),
        ("spec/soft_max.py:9", "A.Axis.rows"),
        ("/somewhere/spec/soft_max.py:12", "A.Axis.rows"),
        ("spec/soft_max.py:14", "A.Axis"),
        ("spec/soft_max.py:17", "A.rows"),
        ("spec/soft_max.py:22", "A.rows"),
        ("NN/Spec/SoftMax.lean:12", "A.Axis.rows"),
        ("NN/Spec/SoftMax.lean:99", "A.planned"),
    ],
)
def test_a_name_and_a_place_lead_to_the_same_entry(root: Path, query: str, found: str) -> None:
    assert found == trace(query, NAMES, root).entry.name


@pytest.mark.parametrize(
    "query", ["spec/soft_max.py:5", "spec/other.py:3", "NN/Spec/SoftMax.lean:0", "x.py:0"]
)
def test_a_place_without_a_lean_name_is_an_error(root: Path, query: str) -> None:
    with pytest.raises(NameNotFound, match="nothing with a Lean name"):
        trace(query, NAMES, root)


def test_an_ambiguous_suffix_is_an_error(root: Path) -> None:
    with pytest.raises(BadInput, match=r"A\.Axis\.rows, A\.rows, R\.rows"):
        trace("rows", NAMES, root)


def test_an_unknown_name_lists_the_nearest(root: Path) -> None:
    with pytest.raises(NameNotFound, match=r"nearest: A\.planned"):
        trace("A.planed", NAMES, root)


def test_an_unknown_python_path_lists_the_nearest_too(root: Path) -> None:
    with pytest.raises(NameNotFound, match=r"nearest: A\.Axis\.rows"):
        trace("leanmirror.spec.soft_max:Axis.row", replace(NAMES, entries=NAMES.entries[1:4]), root)


def test_a_trace_says_all_that_is_known(root: Path) -> None:
    found = trace("A.rows", NAMES, root)
    assert Place("leanmirror.spec.soft_max:rows", "spec/soft_max.py", 18) == found.python
    assert Place("leanmirror.runtime.tape:rows", "runtime/tape/__init__.py", 1) == found.runtime
    for part in ["NN.Spec.SoftMax", "NN/Spec/SoftMax.lean:20", "{m : ℕ} : ℕ", "A.rows_eq", "soft_max.py:18"]:
        assert part in found.text


def test_a_runtime_name_says_whose_twin_it_is(root: Path) -> None:
    assert ("A.rows",) == trace("R.rows", NAMES, root).twins


def test_the_document_of_a_trace_has_file_and_line(root: Path) -> None:
    document = json.loads(json.dumps(trace("A.Axis.rows", NAMES, root).to_json()))
    expected = {
        "schema": "leanmirror.trace/1",
        "name": "A.Axis.rows",
        "file": "spec/soft_max.py",
        "line": 10,
        "lean_line": 10,
        "runtime": None,
        "covered_by": ["A.rows_eq"],
        "link": f"https://github.com/some/where/blob/{COMMIT}/NN/Spec/SoftMax.lean#L10",
    }
    assert expected == {key: document[key] for key in expected}


@pytest.mark.parametrize(
    ("repository", "commit"),
    [("github.com/some/where", "main"), ("javascript:x", COMMIT), ("example.org/a/b", COMMIT), ("", "")],
)
def test_only_a_commit_on_github_is_linked(repository: str, commit: str) -> None:
    names = replace(NAMES, repository=repository, commit=commit)
    assert source_link(names, names.entries[0]) is None
