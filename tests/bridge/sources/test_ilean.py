"""`.ilean` files as a source; those that a real Lean writes are in test_real_project.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.lean.scopes import public_name
from leanmirror.bridge.sources.ilean import IleanIndex, index_ilean, read_module
from leanmirror.spec.errors import BadInput


def constant(name: str, module: str = "Lib.Base") -> str:
    """A key of the references."""
    return json.dumps({"c": {"m": module, "n": name}})


def document(version: int = 5, **more: Any) -> dict[str, Any]:
    """A file as Lean writes it: `Lib.two` uses `Lib.one` and itself, the private `hidden` uses `Lib.two`."""
    return {
        "version": version,
        "module": "Lib.Use",
        "directImports": [["Lib.Base", False, False, False]],
        "references": {
            constant("Lib.one"): {"definition": None, "usages": [[5, 2, 5, 5, "Lib.two"], [9, 0, 9, 3]]},
            constant("Lib.two", "Lib.Use"): {
                "definition": [4, 6, 4, 9, "Lib.two"],
                "usages": [[6, 0, 6, 3, "Lib.two"], [8, 1, 8, 4, "_private.Lib.Use.0.Lib.hidden"]],
            },
            '{"f":{"m":"Lib.Use","i":"_uniq.12"}}': {"definition": [4, 1, 4, 2], "usages": []},
        },
        "decls": {
            "Lib.two": [3, 0, 6, 9, 4, 6, 4, 9],
            "_private.Lib.Use.0.Lib.hidden": [7, 0, 8, 9, 7, 4, 7, 9],
        },
    } | more


def written(folder: Path, *documents: dict[str, Any]) -> Path:
    """A build folder with these files."""
    for each in documents:
        path = folder / f"{each['module'].replace('.', '/')}.ilean"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(each), encoding="utf-8")
    return folder


def test_rows(tmp_path: Path) -> None:
    found = index_ilean(written(tmp_path, document()))
    assert [("Lib.two", "Lib.Use", "Lib/Use.lean", 5), ("Lib.hidden", "Lib.Use", "Lib/Use.lean", 8)] == [
        (each.name, each.module, each.file, each.line) for each in found.declarations
    ]
    assert {("", "", False)} == {(each.kind, each.digest, each.readable) for each in found.declarations}


def test_who_uses_whom_across_modules(tmp_path: Path) -> None:
    base = document() | {
        "module": "Lib.Base",
        "references": {constant("Lib.one"): {"definition": [0, 4, 0, 7, "Lib.one"], "usages": []}},
        "decls": {},
    }
    index = IleanIndex.read(written(tmp_path, document(), base))
    assert ("Lib.one",) == index.uses("Lib.two")
    assert ("Lib.two",) == index.used_by("Lib.one")
    assert ("Lib.hidden",) == index.used_by("Lib.two")
    assert () == index.uses("Lib.one") == index.uses("unknown") == index.used_by("unknown")
    assert ("Lib.Base", 1) == index.where("Lib.one")
    assert None is index.where("unknown")
    assert {("Lib.two", "Lib.one"), ("Lib.hidden", "Lib.two")} == set(index.graph().edges)
    assert ("Lib.Base",) == next(each for each in index.modules if each.name == "Lib.Use").imports


def test_older_versions_are_read_as_far_as_they_go() -> None:
    long = [5, 2, 5, 5, "Lib.two", 3, 0, 6, 9, 4, 6, 4, 9]
    references = {constant("Lib.one"): {"definition": None, "usages": [long, [9, 0, 9, 3]]}}
    fourth = document(4, references=references)
    del fourth["decls"], fourth["directImports"]
    assert {"Lib.two": frozenset({"Lib.one"})} == read_module(json.dumps(fourth), "").uses
    first = {"version": 1, "module": "Old", "references": {
        "c:Old.a": {"definition": [2, 4, 2, 5], "usages": [[3, 0, 3, 1]]}, "f:12": {}
    }}  # fmt: skip
    old = read_module(json.dumps(first), "")
    assert ({"Old.a": 3}, {}) == (old.lines, old.uses)


def test_private_names_are_as_written() -> None:
    assert "A.b" == public_name("_private.Lib.Use.0.A.b")
    assert "x._private.y" == public_name("x._private.y")
    assert "_private.Lib.Use.0." == public_name("_private.Lib.Use.0.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "no .ilean file"),
        ('{"references": {}}', "without version or module"),
        ('{"references": {}, "version": true, "module": "M"}', "without version or module"),
        ('{"references": {"a": 1, "a": 2}, "version": 5, "module": "M"}', "stands twice"),
        ('{"references": {"{": {}}, "version": 5, "module": "M"}', "is not JSON"),
        ('{"version": 5, "module": "\\udfff", "references": {}}', "surrogate"),
    ],
)
def test_what_is_no_such_file_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        read_module(text, "x.ilean")


def test_a_folder_keeps_what_can_be_read(tmp_path: Path) -> None:
    written(tmp_path, document())
    (tmp_path / "Half.ilean").write_text(json.dumps(document())[:100], encoding="utf-8")
    found = index_ilean(tmp_path)
    assert 2 == len(found.declarations)
    assert 1 == len(found.problems)
    assert found.problems[0].startswith("Half.ilean: not JSON") or "Half.ilean" in found.problems[0]
    (tmp_path / "Lib" / "Use.ilean").unlink()
    with pytest.raises(BadInput, match="not JSON"):
        index_ilean(tmp_path)
    (tmp_path / "Half.ilean").unlink()
    with pytest.raises(BadInput, match="build the project first"):
        index_ilean(tmp_path)
