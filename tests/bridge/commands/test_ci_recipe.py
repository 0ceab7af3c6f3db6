"""The workflow in docs/ci does what it says: its commands are run, in a small repository of two commits."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bridge.commands.test_schemas import faults
from tests.bridge.drift.two_trees import NEW, OLD, write

RECIPE = Path(__file__).resolve().parents[3] / "docs" / "ci" / "leanmirror.yml"
GIT = shutil.which("git")

pytestmark = pytest.mark.skipif(GIT is None, reason="the recipe is for git repositories, and git is not here")


def workflow() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(RECIPE.read_text(encoding="utf-8"))
    return found


def steps() -> dict[str, str]:
    return {each["name"]: each["run"] for each in workflow()["jobs"]["leanmirror"]["steps"] if "run" in each}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    _git(root, "init", "-q")
    write(root, OLD)
    _commit(root)
    write(root, NEW)
    _commit(root)
    shim = tmp_path / "bin" / "leanmirror"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m leanmirror "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    return root


def _git(root: Path, *args: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]
    done = subprocess.run([str(GIT), *who, *args], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _commit(root: Path) -> None:
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "state")


def run(step: str, root: Path, base: str = "HEAD~1", **more: str) -> subprocess.CompletedProcess[str]:
    """A step as GitHub runs it: bash that stops at the first failure."""
    environment = {
        **os.environ,
        **{key: str(value) for key, value in workflow()["env"].items()},
        "PATH": f"{root.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "RUNNER_TEMP": str(root.parent),
        "BASE": _git(root, "rev-parse", base),
        **more,
    }
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", steps()[step]],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_steps_are_known() -> None:
    """A step that is added is run here too."""
    assert ["Install", "What changed", "Statements at examples"] == list(steps())
    assert 'pip install "$LEANMIRROR"' == steps()["Install"]


def test_what_changed_is_annotated_and_does_not_fail(repository: Path) -> None:
    done = run("What changed", repository)
    assert 0 == done.returncode, done.stderr
    assert "::error file=My/Use.lean,line=9,title=leanmirror drift%3A statement changed::" in done.stdout
    assert [] == faults(json.loads((repository / "drift.json").read_text(encoding="utf-8")))


def test_a_tree_that_cannot_be_read_fails(repository: Path) -> None:
    for file in repository.rglob("*.lean"):
        file.unlink()
    assert 0 != run("What changed", repository).returncode


def test_false_statements_fail_at_their_lines(repository: Path) -> None:
    done = run("Statements at examples", repository, STATEMENTS="My/Use.lean")
    assert 1 == done.returncode, done.stderr
    for line, name in ((5, "My.twice_eq"), (9, "My.bound")):
        assert (
            f"::error file=My/Use.lean,line={line},title=leanmirror%3A refuted {name}::refuted" in done.stdout
        )
    assert 2 == done.stdout.count("::error ")
    assert [] == faults(json.loads((repository / "check.json").read_text(encoding="utf-8")))
    assert (repository / "check.xml").is_file()


def test_true_statements_pass(repository: Path) -> None:
    text = (repository / "My" / "Use.lean").read_text(encoding="utf-8")
    text = text.replace("y - 1", "y + 2").replace("open Further", "open Other")
    (repository / "My" / "Use.lean").write_text(text, encoding="utf-8")
    done = run("Statements at examples", repository)
    assert 0 == done.returncode, done.stdout
    assert "::error" not in done.stdout
