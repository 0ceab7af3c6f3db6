"""What a selection stands for: paths, lines and names in them, the project around, and what is left out."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from leanmirror.bridge.check.options import SelectOptions
from leanmirror.bridge.check.selection import chosen
from leanmirror.bridge.names.table import default_names
from leanmirror.spec.errors import BadInput, NameNotFound

FILES = {
    "lakefile.toml": 'name = "mine"\n',
    "Mine.lean": "import Mine.Basic\nimport Mine.Deep.Thm\n",
    "Mine/Basic.lean": (
        "namespace Mine\n"
        "def c : ℝ := 1\n"
        "/-- A docstring. -/\n"
        "theorem one (x : ℝ) :\n"
        "    x = x := by\n"
        "  rfl\n"
        "\n"
        "theorem two (x : ℝ) : x = c := by sorry\n"
        "example (x : ℝ) : x = 0 := by admit\n"
    ),
    "Mine/Deep/Thm.lean": "import Mine.Basic\ntheorem Mine.Deep.two (x : ℝ) : x = Mine.c := by sorry\n",
    "Other.lean": "theorem other (x : ℝ) : x = x := rfl\n",
    ".lake/packages/far/Far.lean": "theorem far (x : ℝ) : x = 0 := by sorry\n",
    "build/Built.lean": "theorem built (x : ℝ) : x = 0 := by sorry\n",
    ".hidden/Hidden.lean": "theorem hidden (x : ℝ) : x = 0 := by sorry\n",
    "inner/lakefile.lean": "-- another package\n",
    "inner/Inner.lean": "theorem inner (x : ℝ) : x = 0 := by sorry\n",
}


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    write(root, FILES)
    monkeypatch.chdir(root)
    return root


def names(*select: str, **options: object) -> list[str]:
    return [each.name for each in chosen(select, default_names(), SelectOptions(**options))]  # type: ignore[arg-type]  # each as its field


BASIC = ["Mine.one", "Mine.two", "Mine/Basic.lean:9"]
ALL = [*BASIC, "Mine.Deep.two", "other"]


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        (".", ALL),
        ("./", ALL),
        ("Mine", [*BASIC, "Mine.Deep.two"]),
        ("Mine/../Mine", [*(each.replace("Mine/", "Mine/../Mine/") for each in BASIC), "Mine.Deep.two"]),
        ("inner", ["inner"]),
        ("Mine/Basic.lean", BASIC),
        ("Mine/Basic.lean:4", ["Mine.one"]),
        ("Mine/Basic.lean:6", ["Mine.one"]),
        ("Mine/Basic.lean:8:3", ["Mine.two"]),
        ("Mine/Basic.lean:9", ["Mine/Basic.lean:9"]),
        ("Mine/Basic.lean::Mine.two", ["Mine.two"]),
        ("Mine/Basic.lean::two", ["Mine.two"]),
        ("Mine/Basic.lean::*o", ["Mine.two"]),
        ("Mine.lean", [*BASIC, "Mine.Deep.two"]),
        ("Mine.two", ["Mine.two"]),
        ("Deep.two", ["Mine.Deep.two"]),
        ("Mine.*", ["Mine.one", "Mine.two", "Mine.Deep.two"]),
        ("other", ["other"]),
        ("Proofs.Autograd.TapeNodes.reluFderivAt", ["Proofs.Autograd.TapeNodes.reluFderivAt"]),
        ("TapeNodes.reluFderivAt", ["Proofs.Autograd.TapeNodes.reluFderivAt"]),
    ],
)
def test_a_selection_stands_for_its_claims(project: Path, select: str, expected: list[str]) -> None:
    assert expected == names(select)


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("", "an empty selection names nothing"),
        ("nope/", "nope/?: no such file or folder"),
        ("Nope.lean", "Nope.lean: no such file or folder"),
        ("Nope.lean:3", "Nope.lean: no such file or folder"),
        ("lakefile.toml", "lakefile.toml: not a Lean file"),
        ("Mine/Basic.lean:7", "Mine/Basic.lean:7: no claim stands there; near are Mine.two at 8"),
        ("Mine/Basic.lean::three", "Mine/Basic.lean::three: no claim of that name is in this file"),
        ("two", "'two' is ambiguous: Mine.two, Mine.Deep.two"),
        (".hidden/Hidden.lean:9", "no claim stands there; near are hidden at 1"),
        ("a\0b/", "no such file or folder"),
    ],
)
def test_what_selects_nothing_is_said(project: Path, select: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        names(select)


def test_a_project_without_lean_files_has_no_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lean-toolchain").touch()
    monkeypatch.chdir(tmp_path)
    assert ["Proofs.Autograd.TapeNodes.reluFderivAt"] == names("TapeNodes.reluFderivAt")
    with pytest.raises(NameNotFound):
        names("Mine.nine")


def test_a_name_that_nothing_has_is_not_found(project: Path) -> None:
    with pytest.raises(NameNotFound, match=r"no Lean name or Python path 'Mine\.nine'"):
        names("Mine.nine")


def test_a_folder_of_other_packages_only_says_so(project: Path) -> None:
    write(project, {"outer/inner/lakefile.toml": "", "outer/inner/A.lean": "theorem a : 1 = 1 := rfl\n"})
    with pytest.raises(BadInput, match=r"outer: no \.lean file .* besides other packages \(inner\)"):
        names("outer")


def test_each_claim_is_chosen_once(project: Path) -> None:
    assert ["Mine.two", "Mine.one", "Mine/Basic.lean:9"] == names("Mine.two", "Mine/Basic.lean")


def test_links_are_not_followed_out_of_a_folder(project: Path, tmp_path: Path) -> None:
    write(tmp_path / "outside", {"Out.lean": "theorem out : 1 = 2 := sorry\n"})
    os.symlink(tmp_path / "outside", project / "Mine" / "link")
    os.symlink(tmp_path / "outside" / "Out.lean", project / "Mine" / "Out.lean")
    assert [*BASIC, "Mine.Deep.two"] == names("Mine")
    assert ["out"] == names("Mine/Out.lean")


def test_a_file_that_is_no_text_costs_itself(project: Path) -> None:
    (project / "Mine" / "Bad.lean").write_bytes(b"theorem a \xff")
    found = [each for each in chosen(["Mine"], default_names()) if each.name == "Mine/Bad.lean:1"]
    assert 5 == len(names("Mine"))
    assert ["the byte 0xFF is not UTF-8 at 1:11"] == [each.unread.reason for each in found if each.unread]  # type: ignore[union-attr]  # of a text
    with pytest.raises(BadInput, match="not UTF-8"):
        names("Mine/Bad.lean")


def test_only_what_rests_on_sorry(project: Path) -> None:
    assert ["Mine.two", "Mine/Basic.lean:9", "Mine.Deep.two"] == names(".", sorry=True)
    for select in ((), ("TapeNodes.reluFderivAt",)):
        with pytest.raises(BadInput, match="are about the claims of Lean files"):
            names(*select, sorry=True)


def test_shards_share_the_claims(project: Path) -> None:
    assert [ALL[0::2], ALL[1::2]] == [names(".", shard=f"{i}/2") for i in (1, 2)]
    assert ALL == sorted((name for i in (1, 2, 3) for name in names(".", shard=f"{i}/3")), key=ALL.index)
    for wrong in ("0/2", "a/b", "1", "1/0"):
        with pytest.raises(BadInput, match=f"shard='{wrong}' is not I/N"):
            names(".", shard=wrong)


def test_standard_input_has_the_place_that_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "import Mine.Basic\ntheorem here (x : ℝ) : x = Mine.c := sorry\n"
    fake = SimpleNamespace(buffer=io.BytesIO(text.encode()))
    monkeypatch.setattr(sys, "stdin", fake)
    (task,) = chosen(["-"], default_names(), SelectOptions(stdin_filename="Mine/New.lean"))
    assert ("here", "Mine/New.lean") == (task.name, task.source.file)  # type: ignore[union-attr]  # of a text
    with pytest.raises(BadInput, match="--stdin-filename says what file '-' is"):
        names("Mine", stdin_filename="A.lean")


GIT = shutil.which("git")


def git(root: Path, *args: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]
    subprocess.run([str(GIT), *who, *args], cwd=root, check=True, capture_output=True)


@pytest.mark.skipif(GIT is None, reason="git is not here")
@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("Mine/Basic.lean", "rfl", "simp", []),
        ("Mine/Basic.lean", "/-- A docstring. -/", "-- a comment", []),
        ("Mine/Basic.lean", "x = c", "x = c + 1", ["Mine.two"]),
        ("Mine/Basic.lean", "x = 0 := by admit", "x = 0 + 0 := by admit", ["Mine/Basic.lean:9"]),
        ("Mine/Basic.lean", "def c : ℝ := 1", "def c : ℝ := 2", [*BASIC, "Mine.Deep.two"]),
        ("Mine/Deep/Thm.lean", "import Mine.Basic", "import Mine.Basic\nopen Real", ["Mine.Deep.two"]),
        ("Other.lean", "theorem other", "theorem others", ["others"]),
        ("lakefile.toml", "mine", "ours", ALL),
    ],
)
def test_what_changed_since_a_commit_and_what_rests_on_it(
    project: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "state")
    assert [] == names(".", changed_since="HEAD")
    path = project / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    assert expected == names(".", changed_since="HEAD")


@pytest.mark.skipif(GIT is None, reason="git is not here")
def test_a_commit_that_is_none_is_said(project: Path) -> None:
    with pytest.raises(BadInput, match="git rev-parse: fatal: not a git repository"):
        names(".", changed_since="HEAD")
    git(project, "init", "-q")
    for wrong in ("no-such", "--help", "HEAD; ls"):
        with pytest.raises(BadInput, match="git rev-parse: fatal"):
            names(".", changed_since=wrong)
