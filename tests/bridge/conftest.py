"""Every test runs in an empty folder: what other tests or earlier runs kept says nothing there."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
