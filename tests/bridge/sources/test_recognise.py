"""One door for every source: each form is recognised, and its document fits the schema."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.sources.recognise import read_source
from leanmirror.spec.errors import BadInput
from tests.bridge.commands.test_schemas import faults
from tests.bridge.sources.pages import PAGE, SOURCE
from tests.bridge.sources.test_docgen import DATA
from tests.bridge.sources.test_docgen_text import LOST
from tests.bridge.sources.test_ilean import document

FILES = {
    "Base.lean": (SOURCE, "lean"),
    "Base.html": (PAGE, "docgen"),
    "saved-page": (PAGE, "docgen"),
    "declaration-data.bmp": (json.dumps(DATA), "docgen"),
    "base.txt": (LOST, "docgen_text"),
    "Use.ilean": (json.dumps(document()), "ilean"),
}


@pytest.mark.parametrize("name", FILES)
def test_each_form_is_recognised_and_fits_the_schema(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, form = FILES[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert form == read_source(tmp_path / name).form
    assert cli.FINE == cli.main(["index", str(tmp_path / name), "--json", "-"])
    written = json.loads(capsys.readouterr().out)
    assert form == written["form"]
    assert [] == faults(written)
    assert [] != faults(written | {"form": "other"})
    if name != "saved-page":
        assert form == read_source(tmp_path).form


def test_lean_files_come_before_what_is_built_from_them(tmp_path: Path) -> None:
    for name in ("Base.lean", "Base.html", "Use.ilean"):
        (tmp_path / name).write_text(FILES[name][0], encoding="utf-8")
    assert "lean" == read_source(tmp_path).form


def test_what_is_no_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "note.txt").write_text("Just a note.\n", encoding="utf-8")
    (tmp_path / "wide").write_text("Wide\n", encoding="utf-16")
    cases = {
        tmp_path / "empty": "is it the root of the project",
        tmp_path / "note.txt": "none of Lean files, pages or JSON",
        tmp_path / "wide": r"is not UTF-8 \(UTF-16\?\)",
        tmp_path / "missing": "no such file or folder",
        tmp_path / "empty" / ".." / "note.txt": "none of Lean files, pages or JSON",
    }
    for path, reason in cases.items():
        with pytest.raises(BadInput, match=reason):
            read_source(path)


def test_what_was_read_is_listed_beside_what_could_not_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Base.lean").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "Bad.lean").write_bytes(b"def x := 1\n\xff")
    assert cli.BAD == cli.main(["index", str(tmp_path)])
    out, err = capsys.readouterr()
    assert "Base.lean:5  def Lib.rows\n" in out
    assert "leanmirror index: Bad.lean: the byte 0xFF is not UTF-8 at 2:1\n" == err


def test_nothing_outside_of_the_root_is_read(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    for name in ("Base.html", "Use.ilean", "base.txt"):
        (outside / name).write_text(FILES[name][0], encoding="utf-8")
        os.symlink(outside / name, tmp_path / f"link-{name}")
    os.symlink(outside, tmp_path / "folder")
    with pytest.raises(BadInput, match="no Lean files"):
        read_source(tmp_path)


def test_mixed_encodings_and_a_file_cut_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Mark.lean").write_text("def marked := 1\n", encoding="utf-8-sig")
    (tmp_path / "Wide.lean").write_text("def wide := 1\n", encoding="utf-16")
    (tmp_path / "Latin.lean").write_bytes("-- é\ndef latin := 1\n".encode("latin-1"))
    (tmp_path / "Half.lean").write_text("def whole := 1\ntheorem cut (x : Nat", encoding="utf-8")
    (tmp_path / "Open.lean").write_text("def before := 1\n/- and then nothing more", encoding="utf-8")
    assert cli.BAD == cli.main(["index", str(tmp_path)])
    out, err = capsys.readouterr()
    for name in ("marked", "whole", "before"):
        assert f"  def {name}\n" in out
    assert "theorem cut  not readable: expected ')'" in out
    assert ["Latin.lean", "Open.lean", "Wide.lean"] == [line.split(": ")[1] for line in err.splitlines()]
