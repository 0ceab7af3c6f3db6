"""A folder of Lean files as a source."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.bridge.sources.lean_tree import index, index_tree
from leanmirror.spec.errors import BadInput

BASE = """module
namespace Lib
public abbrev Vec (n : Nat) : Type := Fin n → ℝ
private def hidden : Nat := 1
/-- A pair. -/
public structure Pair (n : Nat) where
  fst : Vec n
  snd (k : Nat) : Vec k := zero
scoped[Dot] notation x " ⋅ " y => Lib.dot x y
end Lib
"""
USE = """module
public import Lib.Base
namespace Lib
theorem same (x : Vec n) : hidden = x := h
theorem bad (x : Vec : p := h
end Lib
open scoped Dot in
def Lib.Pair.size (p : Pair n) := p.fst ⋅ p.fst
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "Lib").mkdir()
    (tmp_path / "Lib" / "Base.lean").write_text(BASE, encoding="utf-8")
    (tmp_path / "Lib" / "Use.lean").write_text(USE, encoding="utf-8")
    (tmp_path / ".lake").mkdir()
    (tmp_path / ".lake" / "Dep.lean").write_text("def dep := 1", encoding="utf-8")
    return tmp_path


def test_index_document(tree: Path) -> None:
    document = index_tree(tree).to_json()
    assert "leanmirror.index/1" == document["schema"]
    first = document["declarations"][0]
    assert {
        "name": "Lib.Vec",
        "kind": "abbrev",
        "module": "Lib.Base",
        "file": "Lib/Base.lean",
        "line": 3,
        "statement": "(n : Nat) : Type",
        "digest": first["digest"],
        "readable": True,
        "reason": None,
    } == first
    assert first["digest"].startswith("v1:")
    assert document["declarations"] == index(tree)
    assert [] == document["unread"]


def test_names_are_resolved_across_files(tree: Path) -> None:
    by_name = {each.name: each for each in index_tree(tree).declarations}
    assert "(x : Lib.Vec n) : hidden = x" == by_name["Lib.same"].statement
    assert "(p : Lib.Pair n)" == by_name["Lib.Pair.size"].statement
    assert {"Lib.Vec", "Lib.hidden", "Lib.Pair", "Lib.same", "Lib.bad", "Lib.Pair.size"} == set(by_name)


def test_what_other_parts_ask_of_a_declaration(tree: Path) -> None:
    by_name = {each.name: each for each in index_tree(tree).declarations}
    pair = by_name["Lib.Pair"]
    assert ("n",) == pair.binders
    assert (("fst", "Lib.Vec n"), ("snd", "∀ (k : Nat), Lib.Vec k")) == pair.fields
    assert "Fin n → ℝ" == by_name["Lib.Vec"].body
    assert None is pair.body


def test_unreadable_statements_are_listed_with_their_place(tree: Path) -> None:
    bad = {each.name: each for each in index_tree(tree).declarations}["Lib.bad"]
    assert not bad.readable
    assert "expected ')', found ':' at 5:22" == bad.reason
    assert 5 == bad.line


def test_notations_reach_other_files(tree: Path) -> None:
    size = LeanTree.read(tree).by_name["Lib.Pair.size"]
    assert "App(fn=Ident(name='Lib.dot'" in repr(size.body)


def test_one_file_is_a_source_too(tree: Path) -> None:
    found = index_tree(tree / "Lib" / "Base.lean").declarations
    assert ["Lib.Vec", "Lib.hidden", "Lib.Pair"] == [each.name for each in found]
    assert {"Base.lean"} == {each.file for each in found}


def test_modules_are_named_from_the_package(tree: Path) -> None:
    (tree / "lakefile.toml").write_text("", encoding="utf-8")
    assert {"Lib.Base", "Lib.Use"} == {each.module for each in index_tree(tree / "Lib").declarations}


def test_only_files_under_the_root_are_read(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "Secret.lean").write_text("def secret := 1", encoding="utf-8")
    os.symlink(outside / "Secret.lean", tree / "Link.lean")
    os.symlink(outside, tree / "Folder")
    os.symlink(tree / "Lib" / "Base.lean", tree / "Inside.lean")
    os.symlink(tree / "nowhere.lean", tree / "Broken.lean")
    names = [each.file for each in index_tree(tree).declarations]
    assert "Inside.lean" in names
    assert not any(name.startswith(("Link", "Folder", "Broken")) for name in names)


def test_refused_sources(tree: Path) -> None:
    (tree / "empty").mkdir()
    (tree / "note.txt").write_text("x", encoding="utf-8")
    cases = {
        tree / "empty": "no Lean files",
        tree / "note.txt": "neither a folder nor a Lean file",
        tree / "missing": "no such file or folder",
    }
    for path, reason in cases.items():
        with pytest.raises(BadInput, match=reason):
            index_tree(path)


def test_a_path_may_go_up(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree / "Lib")
    assert index_tree(tree) == index_tree("..")
    assert index_tree(tree / "Lib") == index_tree(Path("..", "Lib"))


def test_a_file_that_is_no_text_is_listed(tree: Path) -> None:
    (tree / "Bad.lean").write_bytes(b"def x := 1\n\xff")
    found = index_tree(tree)
    assert [("Bad.lean", "the byte 0xFF is not UTF-8")] == [
        (file, each.reason) for file, each in found.unread
    ]
    assert 2 == found.to_json()["unread"][0]["line"]
