"""Python files of the folder that a command runs in, or on, are never imported.

For every module of the standard library and of what is installed there is a file of that name, which leaves
a mark when it is imported.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from leanmirror.bridge.io import interpreter

CLAIMS = "theorem t (x : ℝ) : x + 0 = x := by sorry\ntheorem u (x : ℝ) : x = x + 1 := by sorry\n"
MARK = "imported"
PROGRAM = str(Path(sys.executable).parent / "leanmirror")
MODULE = ("-m", "leanmirror")

COMMANDS = {
    "check": ("check", "c.lean", "--examples", "20", "--witnesses", "w"),
    "check a folder": ("check", ".", "--examples", "20"),
    "check mirrored": ("check", "*.reluFderivAt", "--examples", "20"),
    "resume": ("check", "c.lean", "--examples", "20", "--resume"),
    "missing": ("missing", "c.lean"),
    "trace": ("trace", "softmaxLast"),
    "trace in a source": ("trace", "t", "--source", "."),
    "names": ("names",),
    "index": ("index", "."),
    "drift": ("drift", "old", "new"),
    "agree": ("agree", "relu", "--depth", "200"),
    "fidelity": ("fidelity", "*.relu", "--source", "old", "--draws", "3"),
    "help": ("--help",),
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with claims, and with a file for every module that there is."""
    installed = set(metadata.packages_distributions()) - {"leanmirror"}
    for name in sys.stdlib_module_names | installed | {"sitecustomize", "usercustomize"}:
        if "/" not in name:
            (tmp_path / f"{name}.py").write_text(
                f"open({str(tmp_path / MARK)!r}, 'a').write({name!r} + '\\n')\n"
            )
    (tmp_path / "c.lean").write_text(CLAIMS, encoding="utf-8")
    for folder, value in (("old", 1), ("new", 2)):
        (tmp_path / folder).mkdir()
        text = f"def f (x : ℝ) : ℝ := x + {value}\n"
        (tmp_path / folder / "F.lean").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def more_hostile(hostile: Path) -> Path:
    """With a package leanmirror on top."""
    (hostile / "leanmirror").mkdir()
    (hostile / "leanmirror" / "__init__.py").write_text((hostile / "json.py").read_text())
    return hostile


def run(folder: Path, *line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line, capture_output=True, text=True, cwd=folder, check=False, timeout=300)


def marks(folder: Path) -> list[str]:
    file = folder / MARK
    return file.read_text().split() if file.is_file() else []


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_imports_a_file_of_the_current_folder(more_hostile: Path, name: str) -> None:
    done = run(more_hostile, PROGRAM, *COMMANDS[name])
    assert [] == marks(more_hostile)
    assert "Traceback" not in done.stderr


def test_verdicts_are_right_there(more_hostile: Path) -> None:
    done = run(more_hostile, PROGRAM, "check", "c.lean", "--examples", "20", "--json", "-")
    assert 1 == done.returncode, done.stderr
    assert '"verdict": "no_counterexample"' in done.stdout
    assert '"verdict": "refuted"' in done.stdout
    assert [] == marks(more_hostile)


@pytest.mark.parametrize("name", ["check", "trace", "help"])
def test_the_module_started_by_its_name_imports_none_either(hostile: Path, name: str) -> None:
    own = (
        "import sys, runpy, importlib.util, pkgutil; print(*sys.modules)"  # Python's, before it comes to ours
    )
    for module in run(hostile, sys.executable, "-P", "-c", own).stdout.split():
        (hostile / f"{module}.py").unlink(missing_ok=True)
    done = run(hostile, sys.executable, *MODULE, *COMMANDS[name])
    assert [] == marks(hostile)
    assert "Traceback" not in done.stderr


def test_the_module_started_without_the_current_folder_imports_none(more_hostile: Path) -> None:
    done = run(more_hostile, sys.executable, "-P", *MODULE, *COMMANDS["check"])
    assert [] == marks(more_hostile)
    assert 1 == done.returncode


def test_pytest_without_its_own_path_imports_none(more_hostile: Path) -> None:
    program = str(Path(sys.executable).parent / "pytest")
    done = run(more_hostile, program, "-p", "no:cacheprovider", "c.lean")
    assert [] == marks(more_hostile)
    assert "1 failed, 1 passed" in done.stdout


def test_a_variable_for_python_leads_no_worker_into_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("PYTHONPATH", f":nowhere:.:{here}:{there}")
    assert [str(interpreter.ROOT), str(there)] == interpreter.trusted_folders()[:2]
    assert not any(interpreter.is_current(folder) for folder in interpreter.trusted_folders())


def test_a_bomb_goes_off_when_it_is_imported(hostile: Path) -> None:
    run(hostile, sys.executable, "-c", "import random")
    assert "random" in marks(hostile)
