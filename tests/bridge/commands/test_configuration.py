"""A project's defaults: where they are found, what they may say, and that a stranger's say no more."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.check import run as run_module
from leanmirror.bridge.check.options import CheckOptions
from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.commands.configuration import defaults
from leanmirror.spec.errors import BadInput


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "outer" / "project"
    (root / "Mine").mkdir(parents=True)
    (root / "lakefile.toml").touch()
    monkeypatch.chdir(root)
    return root


def configure(root: Path, text: str, name: str = "leanmirror.toml") -> None:
    (root / name).write_text(text, encoding="utf-8")


TEXT = (
    'examples = 7\ntimeout = 5\nstrict = true\nfail-on = ["vacuous", "undecided"]\nselect = ["Mine", "A.b"]\n'
)
SAID = {
    "examples": 7,
    "timeout": 5,
    "strict": True,
    "fail_on": "vacuous,undecided",
    "select": ("Mine", "A.b"),
}


def test_a_file_beside_the_lakefile_says_what_is_usual(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {} == defaults()
    configure(project, TEXT)
    assert SAID == defaults()
    monkeypatch.chdir(project / "Mine")
    assert SAID | {"select": (".", "A.b")} == defaults()


def test_a_table_of_pyproject_does_too(project: Path) -> None:
    configure(project, "[tool.other]\nx = 1\n", "pyproject.toml")
    assert {} == defaults()
    configure(project, "[tool.leanmirror]\nexamples = 9\n", "pyproject.toml")
    assert {"examples": 9} == defaults()
    configure(project, "examples = 8\n")
    assert {"examples": 8} == defaults()
    configure(project, "no toml at all", "pyproject.toml")
    assert {"examples": 8} == defaults()


def test_what_stands_above_the_project_is_another_ones(project: Path) -> None:
    configure(project.parent, TEXT)
    assert {} == defaults()
    (project / "lakefile.toml").unlink()
    assert {} == defaults()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exampels = 7", "no option is called 'exampels': is it 'examples'"),
        ("zzz = 7", "no option is called 'zzz': there are digits, examples"),
        ("witnesses = 'w'", "no option is called 'witnesses'"),
        ("jobs = 1000", "no option is called 'jobs'"),
        ("lean = 'rm -rf'", "no option is called 'lean'"),
        ("examples = 'many'", "examples = 'many' is not a whole number"),
        ("examples = 0", "examples = 0 is not between 1 and 1000000"),
        ("timeout = nan", "timeout = nan is not a positive number"),
        ("strict = 1", "strict = 1 is neither True nor False"),
        ("fail-on = ['refuted']", "is not among vacuous, undecided, unsupported"),
        ("fail-on = 'vacuous'", "is not among vacuous, undecided, unsupported"),
        ("select = 'Mine'", "select = 'Mine' is not a list of names and paths"),
        ("select = ['Mine', 3]", "is not a list of names and paths"),
        ("select = ['..']", r"select leads out of its folder: '\.\.'"),
        ("select = ['../other/A.lean']", "select leads out of its folder"),
        ("select = ['/etc/A.lean']", "select leads out of its folder"),
        ("select = ['-']", "select leads out of its folder"),
        ("select = ['link']", "select leads out of its folder"),
        ("examples = ", "leanmirror.toml: Invalid value"),
        ("x = " + "[" * 5000, "leanmirror.toml: "),
    ],
)
def test_what_it_may_not_say_is_bad_input(project: Path, text: str, said: str) -> None:
    os.symlink(project.parent, project / "link")
    configure(project, text)
    with pytest.raises(BadInput, match=said):
        defaults()
    assert cli.BAD == cli.main(["check"])


def test_the_command_line_wins(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def stop(select: object, options: CheckOptions, **_: object) -> None:
        asked.append((select, options.examples, options.timeout, options.fail_on))
        raise BadInput("enough")

    monkeypatch.setattr(run_module, "check", stop)
    configure(project, TEXT)
    for line in ("check", "check Other --examples 3 --fail-on unsupported"):
        assert cli.BAD == cli.main(line.split())
    assert [
        (("Mine", "A.b"), 7, 5.0, ("vacuous", "undecided")),
        (("Other",), 3, 5.0, ("unsupported",)),
    ] == asked
