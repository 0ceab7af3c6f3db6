"""Names for other tools: lists for checkdecls, YAML for formalization.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.names.table import Name, Names, default_names
from leanmirror.bridge.report.exports import checkdecls_text, formalization_text
from leanmirror.spec.errors import BadInput


def name(lean: str, kind: str = "def", module: str = "NN.A", python: str | None = None) -> Name:
    return Name(lean, kind, module, "NN/A.lean", 1, "", "", python=python)


NAMES = Names(
    (
        name("B.y", module="NN.B", python="leanmirror.spec.b:y"),
        name("A.δ'"),
        name("A.x", python="leanmirror.spec.a:x"),
        name("Real.exp", "outside", ""),
    ),
    'github.com/o/"n": x',
    "1e5",
)


def test_a_list_for_checkdecls() -> None:
    assert "A.x\nA.δ'\nB.y\n" == checkdecls_text(NAMES)


def test_a_list_without_names_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = Names((name("Real.exp", "outside", ""),))
    with pytest.raises(BadInput, match="an empty file would pass"):
        checkdecls_text(empty)
    with pytest.raises(BadInput, match="nothing is mirrored"):
        formalization_text(empty)
    monkeypatch.setattr("leanmirror.bridge.names.table.default_names", lambda: empty)
    assert cli.BAD == cli.main(["names", "--checkdecls", str(tmp_path / "decls")])
    assert [] == list(tmp_path.iterdir())


def test_the_file_is_plain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "decls"
    assert cli.FINE == cli.main(["names", "--checkdecls", str(file)])
    data = file.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    lines = data.decode().split("\n")
    assert "" == lines.pop()
    assert sorted(each.name for each in default_names() if each.kind != "outside") == lines
    assert "declared" in capsys.readouterr().out


def test_a_fragment_is_yaml_and_says_what_is_there() -> None:
    (mirror,) = yaml.safe_load(formalization_text(NAMES)).values()
    assert 'github.com/o/"n": x' == mirror["source_repository"]
    assert "1e5" == mirror["source_commit"]  # a text, though it looks like a number
    assert [
        {"module": "NN.A", "declarations": 2, "mirrored": 1, "covered_by_a_claim": 0},
        {"module": "NN.B", "declarations": 1, "mirrored": 1, "covered_by_a_claim": 0},
    ] == mirror["modules"]


def test_the_fragment_alone_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["names", "--formalization", "-"])
    found = yaml.safe_load(capsys.readouterr().out)
    assert ["executable_mirror"] == list(found)
    assert sum(each["mirrored"] for each in found["executable_mirror"]["modules"]) > 500


@pytest.mark.parametrize(
    "args",
    [
        ["--check", "--checkdecls", "x"],
        ["--formalization", "-", "--json", "-"],
        ["--checkdecls", "nowhere/x"],
    ],
)
def test_options_that_do_not_go_together(args: list[str]) -> None:
    assert cli.BAD == cli.main(["names", *args])
