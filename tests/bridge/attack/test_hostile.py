"""A repository of everything hostile at once goes through every command; its good claims are judged right."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bridge.attack.hostile import RIGHT, make

PROGRAM = str(Path(sys.executable).parent / "leanmirror")
QUICK = ("--examples", "20", "--timeout", "6")
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
ANNOTATION = re.compile(r"^::(error|warning|notice) .*$", re.MULTILINE)

COMMANDS: dict[str, tuple[tuple[str, ...], set[int]]] = {
    "check": (("check", ".", *QUICK, "--json", "../out.json", "--junit", "../out.xml", "--github"), {1}),
    "resume": (("check", ".", *QUICK, "--resume", "--json", "../out.json"), {1}),
    "check files": (("check", "Good.lean", "Latin.lean", *QUICK, "--json", "../out.json"), {2}),
    "check sarif": (("check", "Good.lean", "Names.lean", *QUICK, "--format", "sarif"), {1}),
    "missing": (("missing", ".", "--timeout", "6"), {0}),
    "index": (("index", "."), {2}),
    "index ileans": (("index", "ileans"), {2}),
    "index pages": (("index", "pages"), {0, 2}),
    "drift": (("drift", "../old", ".", "--github"), {1, 2}),
    "trace": (("trace", "good.two", "--source", "."), {0, 2}),
    "trace a name": (("trace", "TapeNodes.reluFderivAt"), {0}),
    "names": (("names",), {0}),
    "fidelity": (("fidelity", "*.relu", "--source", ".", "--draws", "3"), {0, 2}),
    "replay": (("replay", "witness.json"), {2}),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    (root / "old").mkdir()
    (root / "old" / "Good.lean").write_text(
        "theorem good.one (x : ℝ) : x = x := by sorry\n", encoding="utf-8"
    )
    return make(root)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_goes_through(repository: Path, name: str) -> None:
    line, statuses = COMMANDS[name]
    victim = {path: path.read_bytes() for path in (repository.parent / "victim").iterdir()}
    done = subprocess.run([PROGRAM, *line], capture_output=True, cwd=repository, check=False, timeout=400)
    printed = (done.stdout + done.stderr).decode()
    assert "Traceback" not in printed
    assert done.returncode in statuses, printed[-3000:]
    assert not (repository.parent / "imported").exists()
    assert victim == {path: path.read_bytes() for path in (repository.parent / "victim").iterdir()}
    unseen = {f"U+{ord(char):04X}" for char in printed if char != "\n" and not char.isprintable()}
    assert (set(), []) == (unseen, COMMAND.findall(ANNOTATION.sub("", printed)))
    if "../out.json" in line:
        found = {
            r["name"]: r["verdict"]
            for r in json.loads((repository.parent / "out.json").read_bytes())["results"]
        }
        assert RIGHT == {name: found.get(name) for name in RIGHT}
        assert not {"inside", "outside"} & set(found)
