"""Repository and commit of a folder, read from git's files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from leanmirror.bridge.io.checkout import origin

GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="git is not here")


def git(folder: Path, *args: str) -> str:
    who = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]
    done = subprocess.run([str(GIT), *who, *args], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    git(root, "init", "-q")
    git(root, "remote", "add", "origin", "git@example.org:owner/name.git")
    for text in ("one", "two"):
        (root / "a").write_text(text, encoding="utf-8")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", text)
    return root


def test_a_checkout_says_where_it_is_from(repository: Path) -> None:
    assert ("example.org/owner/name", git(repository, "rev-parse", "HEAD")) == origin(repository)
    git(repository, "pack-refs", "--all")
    assert ("example.org/owner/name", git(repository, "rev-parse", "HEAD")) == origin(repository)
    assert (None, None) == origin(repository / "no")


@pytest.mark.parametrize("branch", [["--detach"], ["-b", "other"]])
def test_a_worktree_has_its_own_commit(repository: Path, tmp_path: Path, branch: list[str]) -> None:
    git(repository, "worktree", "add", "-q", *branch, str(tmp_path / "base"), "HEAD~1")
    assert ("example.org/owner/name", git(repository, "rev-parse", "HEAD~1")) == origin(tmp_path / "base")
    git(repository, "pack-refs", "--all")
    assert ("example.org/owner/name", git(repository, "rev-parse", "HEAD~1")) == origin(tmp_path / "base")


def test_a_file_that_leads_elsewhere_is_not_followed(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / ".git").write_text(f"gitdir: {repository / '.git'}\n", encoding="utf-8")
    assert (None, None) == origin(other)
