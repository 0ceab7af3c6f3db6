"""The folder where commands keep what they found."""

from __future__ import annotations

from pathlib import Path

import pytest

from leanmirror.bridge.io.paths import WITNESSES, make_folder


def test_git_leaves_a_new_folder_of_ours_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_folder(WITNESSES)
    assert "*\n" == Path(".leanmirror", ".gitignore").read_text("utf-8")
    Path(".leanmirror", ".gitignore").unlink()
    make_folder(WITNESSES)
    make_folder(Path("other", "folder"))
    assert [".leanmirror", "other"] == sorted(path.name for path in tmp_path.iterdir())
    assert ["witnesses"] == [path.name for path in Path(".leanmirror").iterdir()]
    assert [] == list(Path("other", "folder").iterdir())
