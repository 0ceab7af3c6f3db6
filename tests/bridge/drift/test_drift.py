"""Drift between two states of a small project, and from lean_names.json to a source."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.drift.run import Drift, drift
from leanmirror.bridge.drift.text import Page
from leanmirror.bridge.names.table import Name, Names
from leanmirror.bridge.report import github
from leanmirror.bridge.sources.lean_tree import index_tree
from leanmirror.spec.errors import BadInput
from tests.bridge.commands.test_schemas import faults
from tests.bridge.drift.two_trees import NEW, OLD, write


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("trees")
    return write(root / "old", OLD), write(root / "new", NEW)


@pytest.fixture(scope="module")
def found(roots: tuple[Path, Path]) -> Drift:
    return drift(*roots)


@pytest.fixture(scope="module")
def document(found: Drift) -> dict[str, Any]:
    return found.to_json()


def changed(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in document["changed"]}


def test_the_document_fits_its_schema(document: dict[str, Any]) -> None:
    assert [] == faults(document)
    assert ["'moved' is a required property"] == faults(
        {key: value for key, value in document.items() if key != "moved"}
    )


def test_what_came_went_moved_and_has_another_name(document: dict[str, Any]) -> None:
    assert ["Further.doubled", "My.fresh"] == document["added"]
    assert ["My.gone", "Other.twice"] == document["removed"]
    assert [["My.called", "My.invoked"]] == document["renamed"]
    assert ["My.moved"] == document["moved"]
    assert [{"name": "My.moved", "old": "My.Use", "new": "My.Base"}] == document["moves"]
    (rename,) = document["renames"]
    assert "likely" == rename["sure"]
    assert "the same statement in the same module, and the same body" == rename["because"]


def test_how_each_declaration_changed(document: dict[str, Any]) -> None:
    assert {
        "My.Pair": "statement",
        "My.bound": "statement",
        "My.called_eq": "names",
        "My.commutes": "statement",
        "My.half": "body",
        "My.half_add": "statement",
        "My.positive": "statement",
        "My.twice_eq": "context",
        "My.wide": "statement",
    } == {name: each["wording"] for name, each in changed(document).items()}


def test_what_became_of_the_meaning(document: dict[str, Any]) -> None:
    found = {name: (each["meaning"], each["reason"]) for name, each in changed(document).items()}
    assert ("same", "same term") == found["My.positive"]
    assert ("different", "one holds and the other does not") == found["My.bound"]
    assert ("same", "the same value at 40 draws") == found["My.half"]
    assert ("same", "same term") == found["My.half_add"]
    assert ("not_evaluated", "structure: only definitions are run") == found["My.Pair"]
    assert "undecided" == found["My.wide"][0]
    assert "as any two theorems do" in found["My.wide"][1]
    assert "variables have other types" not in found["My.commutes"][1]


def test_a_difference_is_shown_at_plain_inputs(document: dict[str, Any]) -> None:
    bound = changed(document)["My.bound"]
    assert bound["draws"] >= 1
    assert {"old": "true", "new": "false"} == bound["values"]
    assert {"x", "y"} == set(bound["inputs"])
    assert all(len(value) < 4 for value in bound["inputs"].values())


def test_callers_of_a_changed_definition_are_affected(document: dict[str, Any]) -> None:
    half = changed(document)["My.half"]
    assert ["My.half_add", "My.quarter"] == half["affected"]
    assert 2 == half["reached"]
    assert {"old": "x / 2", "new": "x * (1 / 2)"} == half["bodies"]
    assert [] == changed(document)["My.bound"]["affected"]


def test_without_meanings_nothing_is_run(roots: tuple[Path, Path]) -> None:
    found = changed(drift(*roots, effort=None).to_json())
    assert {"not_evaluated"} == {each["meaning"] for each in found.values()}
    assert {"meanings were not asked for"} == {each["reason"] for each in found.values()}
    assert ["My.half_add", "My.quarter"] == found["My.half"]["affected"]


def test_nothing_drifts_from_a_source_to_itself(roots: tuple[Path, Path]) -> None:
    found = drift(roots[0], roots[0])
    assert not found.drifted
    assert Page(found).text().endswith("\nnothing drifted")


def test_a_part_is_compared_with_its_modules_only(roots: tuple[Path, Path]) -> None:
    found = drift(roots[0], roots[1] / "My" / "Base.lean").to_json()
    assert ["My.gone", "Other.twice"] == found["removed"]
    assert "My.wide" not in changed(found)


def test_the_report_has_the_width_of_a_terminal(found: Drift) -> None:
    text = Page(found).text()
    assert [] == [line for line in text.splitlines() if len(line) > 80 and "/" not in line]
    assert "x ≤ y [-+-] {+-+} 1" in text
    assert "meaning: DIFFERENT (one holds and the other does not)" in text
    assert "affects: My.half_add, My.quarter" in text
    assert "\x1b[31m[-+-]\x1b[0m" in Page(found, colour=True).text()


def test_annotations_say_where(found: Drift, monkeypatch: pytest.MonkeyPatch) -> None:
    root = found.new.root
    assert root is not None
    monkeypatch.chdir(root)
    lines = list(github.of_drift(found))
    assert lines[0].startswith("::error ")
    assert any(
        line.startswith("::error file=My/Use.lean,line=9,title=leanmirror drift%3A statement changed::")
        and "%0Aold: (x y : ℝ) (h : x ≤ y) : x ≤ y + 1%0Anew:" in line
        for line in lines
    )
    assert all("\n" not in line for line in lines)


def test_an_annotation_is_escaped() -> None:
    line = github.annotation("error", "100%\r\na::b,c", "t: 1,2", "a,b%.lean", 3)
    assert "::error file=a%2Cb%25.lean,line=3,title=t%3A 1%2C2::100%25%0D%0Aa::b,c" == line


# From lean_names.json


def names_of(root: Path, *names: str) -> Names:
    rows = {each.name: each for each in index_tree(root).declarations}
    entries = [
        Name(each.name, each.kind, each.module, each.file, each.line, each.statement, each.digest)
        for each in (rows[name] for name in names)
    ]
    pair = rows["My.Pair"]
    entries.append(Name("My.Pair.first", "field", pair.module, pair.file, pair.line, "ℝ", pair.digest))
    entries.append(Name("My.Pair.second", "field", pair.module, pair.file, pair.line, "ℝ", pair.digest))
    entries.append(Name("Real.exp", "outside", "", "", 0, "", ""))
    return Names(tuple(entries))


def test_names_against_their_source(roots: tuple[Path, Path]) -> None:
    names = names_of(roots[0], "My.gone", "My.half", "My.moved", "My.bound", "My.positive")
    assert not drift(roots[0], names=names).drifted
    found = drift(roots[1], names=names).to_json()
    assert [] == faults(found)
    assert ["My.Pair.second", "My.gone"] == found["removed"]
    assert ["My.moved"] == found["moved"]
    assert [] == found["added"]  # no module of it is mirrored
    assert {"My.bound": "different", "My.positive": "same"} == {
        name: each["meaning"] for name, each in changed(found).items()
    }  # the body of My.half is not in lean_names.json


def test_a_wrong_statement_in_the_names_is_seen(roots: tuple[Path, Path]) -> None:
    names = names_of(roots[0], "My.half")
    wrong = replace(names, entries=(replace(names.entries[0], signature="(x : ℝ) : ℕ"), *names.entries[1:]))
    assert ["My.half"] == [each["name"] for each in drift(roots[0], names=wrong).to_json()["changed"]]


def test_another_form_of_source_is_compared_by_names(roots: tuple[Path, Path], tmp_path: Path) -> None:
    names = names_of(roots[0], "My.half", "My.gone", "My.bound")
    build = {"version": 5, "module": "My.Base", "directImports": [], "references": {}}
    decls = {"My.half": [1, 0, 1, 31, 1, 4, 1, 8]}
    (tmp_path / "Base.ilean").write_text(json.dumps({**build, "decls": decls}), encoding="utf-8")
    found = drift(tmp_path, names=names)
    assert not found.statements_compared
    # My.bound is in a module that is not there, and fields are not listed in this form
    assert ["My.gone"] == found.to_json()["removed"]
    assert "Statements are not compared" in Page(found).text()


def test_nothing_in_common_is_no_agreement(roots: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "Else.lean").write_text("def f := 1\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no module in common: nothing to compare"):
        drift(tmp_path / "Else.lean", names=names_of(roots[0], "My.half"))


# The command


def test_the_command(roots: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = map(str, roots)
    file = tmp_path / "drift.json"
    assert cli.WRONG == cli.main(["drift", old, new, "--json", str(file)])
    assert "drifted: " in capsys.readouterr().out
    assert [] == faults(json.loads(file.read_text(encoding="utf-8")))
    assert cli.FINE == cli.main(["drift", old, old])
    assert cli.WRONG == cli.main(["drift", old, new, "--github"])
    assert all(line.startswith("::") for line in capsys.readouterr().out.splitlines()[-3:])


@pytest.mark.parametrize("source", ["nowhere", "../x", "."])
def test_a_source_that_is_none(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput):
        drift(source)
    assert cli.BAD == cli.main(["drift", source])


def test_a_half_written_file_is_told_and_the_rest_compared(
    roots: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = write(tmp_path / "broken", OLD)
    (broken / "My" / "Bytes.lean").write_bytes(b"def x := \xff\xfe")
    assert cli.BAD == cli.main(["drift", str(roots[0]), str(broken)])
    captured = capsys.readouterr()
    assert "nothing drifted" in captured.out
    assert "My/Bytes.lean" in captured.err
