"""Pages saved as text as a source: what was lost is said, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from leanmirror.bridge.sources.docgen_text import LOSSY, index_page, index_text
from leanmirror.bridge.sources.indexed import Indexed
from leanmirror.spec.errors import BadInput

TOP = "Library\n\nLib.Base\n\nTitle #\n\nWhat it is about.\n\n"
LOST = f"""{TOP}noncomputable def Lib.rows {{m n : }} (x : Vec (m * n)) :
Fin mVec n

Rows of it.

Instances For

  Columns of it.

  Instances For

    A theorem without header.

    @[simp]

    And the next one.

    theorem Lib.last {{n : Nat}} (x : Vec n) : f x = x

    About the last.

    noncomputable def Lib.none {{n : Nat}} :

    Its type was lost.

    Instances For"""
NAMES = ["rows", "cols", "thm", "next", "last", "none"]
KINDS = ["def", "def", "theorem", "theorem", "theorem", "def"]


def known(names: list[str] = NAMES, kinds: list[str] = KINDS) -> list[Indexed]:
    """The names of the module in their order."""
    return [
        Indexed(f"Lib.{name}", kind, "Lib.Base", "Lib/Base.lean", 10 * i, "", "")
        for i, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]


def test_every_header_is_a_declaration_and_says_what_was_lost() -> None:
    found = index_page(LOST, "base.txt", [])
    assert [
        ("Lib.rows", "def", "the type of a binder is missing"),
        ("Lib.last", "theorem", LOSSY),
        ("Lib.none", "def", "the type is missing"),
    ] == [(each.name, each.kind, each.reason) for each in found.declarations]
    assert "{m n : } (x : Vec (m * n)) : Fin mVec n" == found.declarations[0].statement
    assert {("Lib.Base", "", 0, False)} == {
        (each.module, each.file, each.line, each.readable) for each in found.declarations
    }
    ((file, unread),) = found.unread
    assert ("base.txt", 16) == (file, unread.position.line)
    assert "1 declarations without header" in unread.reason


def test_docstrings_get_names_where_the_order_leaves_one_choice() -> None:
    found = index_page(LOST, "base.txt", known())
    assert [f"Lib.{name}" for name in NAMES] == [each.name for each in found.declarations]
    cols = found.declarations[1]
    assert ("", "", "", False) == (cols.kind, cols.statement, cols.digest, cols.readable)
    assert (
        "only the docstring is left, in line 16 of the page; the name follows from the order" == cols.reason
    )
    assert () == found.unread


@pytest.mark.parametrize(
    ("names", "kinds", "reason"),
    [
        (
            ["rows", "cols", "more", "thm", "next", "last", "none"],
            ["def", *KINDS[:1], "def", *KINDS[2:]],
            "more",
        ),
        (["rows", "cols", "thm", "last", "none"], ["def", "def", "theorem", "theorem", "def"], "thm"),
        (["last", "cols", "thm", "next", "rows", "none"], KINDS, "none of the names"),
        (["rows", "thm", "last", "none"], ["def", "theorem", "theorem", "def"], "thm"),
    ],
)
def test_docstrings_stay_without_name_where_it_leaves_several(
    names: list[str], kinds: list[str], reason: str
) -> None:
    found = index_page(LOST, "base.txt", known(names, kinds))
    assert any(reason in each.reason for _, each in found.unread)
    named = {each.name for each in found.declarations}
    assert not {"Lib.thm", "Lib.next", "Lib.more"} & named


def test_a_page_that_kept_its_symbols_is_read() -> None:
    text = f"{TOP}theorem Lib.kept {{n : ℕ}} (f : ℕ → ℕ) : f n = n\n\nIt.\n\ndef Lib.cut (n : ) : ℕ\n\nx"
    kept, cut = index_page(text, "base.txt", []).declarations
    assert ("{n : ℕ} (f : ℕ → ℕ) : f n = n", True) == (kept.statement, kept.readable)
    assert "the type of a binder is missing" == cut.reason


def test_prose_is_no_header() -> None:
    text = f"{TOP}theorem Lib.kept : p\n\ntheorem about rows\n\ninstance of a class : none\n\ndef and more"
    assert ["Lib.kept"] == [each.name for each in index_page(text, "base.txt", []).declarations]


def test_a_folder_of_pages(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(LOST, encoding="utf-8")
    (tmp_path / "two.txt").write_text("Just a note.", encoding="utf-8")
    found = index_text(tmp_path, known())
    assert len(NAMES) == len(found.declarations)
    assert ("two.txt: no page of doc-gen4 saved as text",) == found.problems
    (tmp_path / "one.txt").unlink()
    with pytest.raises(BadInput, match="no page of doc-gen4"):
        index_text(tmp_path)
