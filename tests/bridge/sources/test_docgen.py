"""doc-gen4's pages and JSON as a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leanmirror.bridge.sources.docgen import NO_STATEMENTS, index_docgen, index_json, index_page
from leanmirror.bridge.sources.docgen_page import header_of, plain, source_file
from leanmirror.bridge.sources.lean_tree import index_tree
from leanmirror.spec.errors import BadInput
from tests.bridge.sources.pages import COMM, LINK, PAGE, ROWS, SOURCE, declaration, link, page


def test_a_page_knows_names_kinds_places_and_statements() -> None:
    found = index_page(PAGE, "Lib/Base.html").declarations
    assert [
        ("Lib.rows", "def", "Lib.Base", "Lib/Base.lean", 7),
        ("Lib.comm", "theorem", "Lib.Base", "Lib/Base.lean", 20),
        ("Lib.Pair", "structure", "Lib.Base", "Lib/Base.lean", 30),
        ("Lib.Tree", "inductive", "Lib.Base", "Lib/Base.lean", 40),
    ] == [(each.name, each.kind, each.module, each.file, each.line) for each in found]
    assert "{m n : ℕ} (x : Lib.Vec (m * n)) : Fin m → Lib.Vec n" == found[0].statement
    assert (("fst", "Lib.Vec n"), ("snd", "∀ (k : ℕ), Lib.Vec k")) == found[2].fields


def test_statements_have_the_digest_that_they_have_in_the_tree(tmp_path: Path) -> None:
    (tmp_path / "Base.lean").write_text(SOURCE, encoding="utf-8")
    in_tree = {each.name: each for each in index_tree(tmp_path).declarations}
    on_page = index_page(PAGE, "").declarations
    assert [in_tree[each.name].statement for each in on_page] == [each.statement for each in on_page]
    assert [in_tree[each.name].digest for each in on_page] == [each.digest for each in on_page]
    other = index_page(PAGE.replace("(m * n)", "(n * m)"), "").declarations
    assert in_tree["Lib.rows"].digest != other[0].digest


def test_names_are_written_in_full_where_they_link_to_more_than_is_shown() -> None:
    pieces = [
        ("Vec", "Lib.Vec"), (" n → ", ""), ("ℕ", "Nat"), (" x.", ""), ("dot", "Lib.Vec.dot"), (" @", ""),
        ("dot", "Lib.Vec.dot"), (" ", ""), ("@Vec", "Lib.Vec"), (" ec", "Lib.Vec"),
    ]  # fmt: skip
    assert "Lib.Vec n → ℕ x.dot @Lib.Vec.dot @Lib.Vec ec" == plain(pieces)


FIELD = "<ul><li class='structure_field'>theorem x : p</li></ul>"


def test_a_statement_that_cannot_be_read_is_listed_with_its_reason() -> None:
    cases = {
        declaration("Lib.a", "theorem", "(x : ", "p"): "expected a term, found ':'",
        declaration("Lib.b", "theorem"): "expected a term",
        declaration("Lib.c", "widget", "", "p"): "the kind of the declaration is not known",
        declaration("Lib.d", "structure", "", "Type", 1, FIELD): "the statement is not one declaration",
    }  # fmt: skip
    for html, reason in cases.items():
        (found,) = index_page(page(html), "").declarations
        assert not found.readable
        assert reason in str(found.reason)


def test_hostile_names_are_only_names() -> None:
    names = ["../../etc/passwd", '__import__("os")', "Foo; rm", "a\u202eb", "«../../x»", "x := 1 theorem y"]
    found = index_page(page(*(declaration(name, "def", "", "Type") for name in names)), "").declarations
    assert names == [each.name for each in found]
    assert {": Type"} == {each.statement for each in found}


def test_deep_nesting_and_broken_tags_are_survived() -> None:
    deep = page("<div>" * 200_000 + ROWS + "</div>" * 100_000, "</p></a>" * 1000 + "<b>" * 1000, COMM)
    assert ["Lib.rows", "Lib.comm"] == [each.name for each in index_page(deep, "").declarations]
    inside = declaration("Lib.x", "def", "<span>" * 50_000 + "(n : ℕ)" + "</span>" * 50_000, "Type")
    assert "(n : ℕ) : Type" == index_page(page(inside, COMM), "").declarations[0].statement


def test_a_page_that_is_cut_short_keeps_what_it_has() -> None:
    found = index_page(PAGE[: PAGE.index("Fin")], "Lib/Base.html")
    assert ["Lib.rows"] == [each.name for each in found.declarations]
    assert ("Lib/Base.html: the page ends within 'Lib.rows'",) == found.problems


def test_source_links() -> None:
    assert "Lib/Base.lean" == source_file(f"{LINK}#L3-L9")
    for other in ("javascript:alert(1)", "file:///etc/x.lean", f"{LINK[:-14]}../../x.lean#L1", "", "x.lean"):
        assert "" == source_file(other)


def test_a_folder_of_pages(tmp_path: Path) -> None:
    (tmp_path / "Lib").mkdir()
    (tmp_path / "Lib" / "Base.html").write_text(PAGE, encoding="utf-8-sig")
    (tmp_path / "Lib" / "More.html").write_text(
        page(declaration("Lib.m", "axiom", "", "p"), module=""), "utf-8"
    )
    (tmp_path / "index.html").write_text("<html>nothing here</html>", encoding="utf-8")
    (tmp_path / "Old.html").write_bytes(PAGE.encode("latin-1", "replace") + b"\xe9")
    (tmp_path / "Wide.html").write_bytes(PAGE.encode("utf-16"))
    found = index_docgen(tmp_path)
    assert ["Lib.rows", "Lib.comm", "Lib.Pair", "Lib.Tree", "Lib.m"] == [
        each.name for each in found.declarations
    ]
    assert "Lib.More" == found.declarations[-1].module
    assert 2 == len(found.problems)
    assert found.problems[1].endswith("Wide.html: the byte 0xFF at offset 0 is not UTF-8 (UTF-16?)")


DATA = {
    "declarations": {
        "Lib.rows": {"kind": "def", "docLink": "./Lib/Base.html#Lib.rows"},
        "Lib.old": {
            "kind": "theorem",
            "docLink": "./Lib/Base.html#Lib.old",
            "doc": "text",
            "sourceLink": f"{LINK}#L5-L6",
            "line": 5,
        },
    },
    "instances": {},
    "modules": {"Lib.Base": {"url": "./Lib/Base.html", "importedBy": []}},
}


def test_the_list_of_all_declarations() -> None:
    rows = index_json(json.dumps(DATA), "declaration-data.bmp").declarations
    assert [
        ("Lib.rows", "def", "Lib.Base", "", 0),
        ("Lib.old", "theorem", "Lib.Base", "Lib/Base.lean", 5),
    ] == [(each.name, each.kind, each.module, each.file, each.line) for each in rows]
    assert {(False, NO_STATEMENTS, "", "")} == {
        (each.readable, each.reason, each.statement, each.digest) for each in rows
    }
    assert None is rows[0].to_json()["statement"]


def test_the_json_of_a_module(tmp_path: Path) -> None:
    header = COMM[COMM.index('<div class="decl_header">') : COMM.index("<p>")]
    link_ = {"docLink": "./Lib/Base.html#Lib.comm", "sourceLink": f"{LINK}#L20-L22"}
    info = {"name": "Lib.comm", "kind": "theorem", "doc": "", **link_, "line": 20}
    module = {
        "name": "Lib.Base",
        "imports": [],
        "declarations": [{"info": info, "header": header}],
        "instances": [],
    }
    (tmp_path / "declaration-data-Lib.Base.bmp").write_text(json.dumps(module), encoding="utf-8")
    (tmp_path / "declaration-data-Half.bmp").write_text(json.dumps(module)[:-20], encoding="utf-8")
    found = index_docgen(tmp_path)
    assert (index_page(PAGE, "").declarations[1],) == found.declarations
    assert 1 == len(found.problems)
    assert "not JSON" in found.problems[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"declarations": {"a": {}, "a": {}}}', "stands twice"),
        ('{"declarations": {"a": {"line": NaN}}}', "not finite"),
        ('{"declarations": {"a\\ud800": {}}}', "surrogate"),
        ('{"declarations": {"a": 1}}', "is not an object"),
        ('{"declarations": 1}', "neither a list of declarations nor a module"),
        ('{"name": "M", "declarations": [{"info": {}}]}', "a declaration without a name"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "neither"),
    ],
)
def test_bad_json_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        index_json(text, "data.bmp")


def test_a_header_has_the_name_that_the_json_gives() -> None:
    assert "a.b" == header_of("a.b", link("x")).name
