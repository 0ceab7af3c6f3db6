"""Every result of a command has one form: text, document, exit status, rows, and a short line in a REPL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import leanmirror
from leanmirror.bridge.io.reports import Report
from tests.bridge.commands.test_schemas import faults

TEXT = "def two : ℕ := 2\ntheorem t (x : ℝ) : x = two := by sorry\n"
RELU = "Runtime.Autograd.Tape.relu"


def taped(_: Path) -> Any:
    tape = leanmirror.TapeM()
    tape.relu(tape.leaf([1.0]))
    return leanmirror.trace_node(tape, 1)


RESULTS: dict[str, tuple[Callable[[Path], Any], int, str]] = {
    "check": (
        lambda folder: leanmirror.check(folder, jobs=1),
        1,
        "1 claims: no counterexample to 0; 1 refuted",
    ),
    "missing": (lambda folder: leanmirror.missing(folder, jobs=1), 0, "1 of 1 claims lack nothing"),
    "trace": (lambda _: leanmirror.trace(RELU), 0, RELU),
    "trace_node": (taped, 0, "node 1: relu [1] of 0"),
    "names": (lambda _: leanmirror.names(), 0, "covered by a claim"),
    "index": (leanmirror.index, 0, "2 declarations, 2 with a statement, 2 of them readable"),
    "drift": (lambda folder: leanmirror.drift(str(folder), str(folder)), 0, "drifted"),
    "agree": (lambda _: leanmirror.agree([RELU], depth=100), 0, "none out of bound"),
    "agree_graphs": (lambda _: leanmirror.agree_graphs(3, nodes=3), 0, "no disagreements"),
}


@pytest.mark.parametrize("name", RESULTS)
def test_every_result_has_the_form_of_a_report(name: str, tmp_path: Path) -> None:
    (tmp_path / "T.lean").write_text(TEXT, encoding="utf-8")
    make, status, told = RESULTS[name]
    found = make(tmp_path)
    assert isinstance(found, Report)
    assert (status, found.text) == (found.exit_status, str(found))
    assert told in repr(found)
    assert 1 == len(repr(found).splitlines())
    assert len(repr(found)) < 300
    assert [] == faults(found.to_json())
    assert isinstance(list(found), list)
