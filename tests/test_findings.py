"""docs/findings.md: every command prints what stands below it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.test_frame import blocks

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "findings.md").read_text(encoding="utf-8")
CODE = blocks(PAGE)
COMMANDS = re.findall(r"^```sh\n(.*?)^```\n```text\n(.*?)^```\n", PAGE, re.MULTILINE | re.DOTALL)


def test_a_finding_says_what_is_printed() -> None:
    """That it is printed is seen where the code of all pages is run."""
    assert CODE
    assert all(output for *_, output in CODE)


def test_every_finding_has_a_command() -> None:
    findings = re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]
    assert len(findings) >= 10
    assert [] == [f.splitlines()[0] for f in findings if "```python\n" not in f]


@pytest.mark.torchlean
@pytest.mark.skipif("TORCHLEAN" not in os.environ, reason="TORCHLEAN is not set")
@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_torchlean_says_what_is_said_of_it(command: str, output: str) -> None:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert output == done.stdout
