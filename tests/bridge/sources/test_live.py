"""A Lean process that misbehaves: programs of our own stand for it, and what they said is kept."""

from __future__ import annotations

import shlex
import sys
import time
from pathlib import Path

import pytest

from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.sources.live import LiveResult, ask, selected
from leanmirror.bridge.sources.live_text import axioms, kind, messages, spelled, statement
from leanmirror.bridge.sources.process import Limits
from leanmirror.spec.errors import BadInput, NameNotFound

START = """
import json, os, subprocess, sys, time
lines = open(sys.argv[-1], encoding="utf-8").read().splitlines()
def say(line, data, severity="information"):
    print(json.dumps({"severity": severity, "pos": {"line": line, "column": 0}, "data": data}), flush=True)
def answer(count):
    done = 0
    for number, line in enumerate(lines, 1):
        if line.startswith("#check @") and done < count:
            name = line[8:]
            say(number, f"@{name} : p {name}")
            done += 1
        elif line.startswith("#print axioms ") and done <= count:
            say(number, f"'{line[14:]}' depends on axioms: [propext,\\n Quot.sound]")
"""
NAMES = ("a", "b", "c")


def lean(folder: Path, then: str) -> str:
    """A program that answers as `then` says."""
    path = folder / "fake lean.py"
    path.write_text(START + then, encoding="utf-8")
    return shlex.join([sys.executable, str(path)])


def asked(folder: Path, then: str, limits: Limits | None = None) -> LiveResult:
    """The answers of such a program for three names."""
    return ask(NAMES, lean=lean(folder, then), project=folder, limits=limits or Limits(20))


def exist(found: LiveResult) -> list[bool | None]:
    """Which names exist."""
    return [each.exists for each in found.answers]


def test_answers_between_other_lines(tmp_path: Path) -> None:
    lines = ("info: building", "{", '{"a": 1}', "[1]", '{"pos": 3}')
    noise = "\n".join([*(f"print({line!r})" for line in lines), "answer(3)"])
    found = asked(tmp_path, noise)
    assert ([True] * 3, "") == (exist(found), found.problem)
    assert ("p b", ("propext", "Quot.sound")) == (found.answers[1].statement, found.answers[1].axioms)


STOPS = """
errors = 0
if "-DmaxErrors=1000000" in sys.argv:
    sys.exit(print("unknown configuration option 'maxErrors'", file=sys.stderr) or 1)
for number, line in enumerate(lines, 1):
    if line.startswith("#check @") and errors < 2:
        if line[8:].startswith("gone"):
            say(number, f"unknown identifier '{line[8:]}'", "error")
            errors += 1
        else:
            say(number, f"@{line[8:]} : p")
"""
"""A Lean that knows nothing of `maxErrors` and stops at the second error."""


def test_names_after_many_that_do_not_exist_are_answered(tmp_path: Path) -> None:
    names = ["gone1", "a", "gone2", "b", "gone3", "gone4", "gone5", "c"]
    found = ask(names, lean=lean(tmp_path, STOPS), project=tmp_path, limits=Limits(20))
    assert [False, True, False, True, False, False, False, True] == exist(found)
    assert "" == found.problem


def test_a_lean_that_can_is_told_not_to_stop(tmp_path: Path) -> None:
    told = STOPS.replace("sys.exit(", "(").replace("errors < 2", "'-DmaxErrors=1000000' in sys.argv")
    calls = tmp_path / "calls"
    program = f"open({str(calls)!r}, 'a').write('x')\n{told}"
    found = ask([f"gone{n}" for n in range(50)], lean=lean(tmp_path, program), project=tmp_path)
    assert ([False] * 50, "x") == (exist(found), calls.read_text())


def test_names_that_are_left_out_are_a_problem(tmp_path: Path) -> None:
    found = asked(tmp_path, "lines = [line for line in lines if not line.endswith('c')]; answer(3)")
    assert [True, True, None] == exist(found)
    assert "Lean: it left names out; 1 of 3 names have no answer" == found.problem
    assert ("Lean gave no answer; it left names out",) == tuple(e.error for e in found.answers[2:])


@pytest.mark.parametrize(
    ("then", "problem"),
    [
        ("answer(2); os.kill(os.getpid(), 9)", "it died of SIGKILL"),
        ('answer(2); sys.stdout.write(\'{"severity": "inf\'); sys.exit(137)', "it ended with status 137"),
        ("answer(2); time.sleep(60)", "it took more than 2 seconds"),
        (
            "answer(2); sys.stdout.flush(); os.close(1); os.close(2); time.sleep(60)",
            "it took more than 2 seconds",
        ),
        ("answer(2)\nwhile True: print('x' * 10_000)", "it wrote more than 1,000,000 bytes"),
        ("answer(2)\nwhile True: sys.stderr.write('x' * 10_000)", "it wrote more than 1,000,000 bytes"),
        (
            "answer(2)\nhold = bytearray(400 << 20); time.sleep(60)",
            "it used more than 209,715,200 bytes of memory",
        ),
    ],
)
def test_a_process_that_dies_hangs_or_floods_leaves_its_answers(
    then: str, problem: str, tmp_path: Path
) -> None:
    if "memory" in problem and not Path("/proc/self/status").exists():
        pytest.skip("nothing here tells how much memory a process uses")
    start = time.monotonic()
    found = asked(tmp_path, then, Limits(2, 200 << 20, 1_000_000))
    assert [True, True, None] == exist(found)
    assert found.problem.startswith(f"Lean: {problem}")
    assert found.problem.endswith("; 1 of 3 names have no answer")
    assert problem in str(found.answers[2].error)
    assert time.monotonic() - start < 20
    index = found.to_index()
    assert ((found.problem,), 2, 1) == (index.problems, len(index.declarations), len(index.unread))


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    child = f"import time; time.sleep(2); open({str(mark)!r}, 'w')"
    asked(
        tmp_path, f"subprocess.Popen([sys.executable, '-c', {child!r}]); answer(3); time.sleep(60)", Limits(1)
    )
    time.sleep(2)
    assert not mark.exists()


def test_a_program_that_answers_nothing_says_why(tmp_path: Path) -> None:
    found = asked(tmp_path, "print('error: no toolchain', file=sys.stderr); sys.exit(1)")
    assert "Lean: it gave no answer: error: no toolchain; 3 of 3 names have no answer" == found.problem


def test_warnings_and_deprecations_are_no_answers(tmp_path: Path) -> None:
    found = asked(tmp_path, "n = lines.index('#check @a') + 1\nsay(n, 'old', 'warning')\nanswer(3)")
    assert [True] * 3 == exist(found)


def test_bad_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = {
        "no-such-program": "cannot start 'no-such-program'",
        "": "--lean is empty",
        "'lean": "no closing quotation",
        "echo $(touch x); touch y": "it gave no answer",
    }
    for command, reason in cases.items():
        args = ["index", "--live", "--lean", command, "--project", str(tmp_path), "--import", "M", "x"]
        assert cli.BAD == cli.main(args)
        assert reason in capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())
    assert cli.BAD == cli.main(["index", "--live", "--project", str(tmp_path / "no"), "--import", "M", "x"])
    assert "no such folder" in capsys.readouterr().err
    for args in (
        ["--lean", "x", "y"],
        [],
        ["a", "b"],
        ["--live", "--timeout", "nan"],
        ["--live", "no.such.name"],
    ):
        assert cli.BAD == cli.main(["index", *args])
        assert capsys.readouterr().err
    with pytest.raises(BadInput, match="no name"):
        ask([])


def test_which_names_and_modules_are_asked() -> None:
    names, modules = selected(["*.SoftmaxLastAxis.*"])
    assert len(names) > 5
    assert ["NN.Proofs.Autograd.Tape.Nodes.Softmax"] == modules
    assert (["x", "y"], ["M"]) == selected(["x", "y"], ["M"])
    everything, all_modules = selected([])
    assert len(everything) > len(names)
    assert "" not in all_modules
    with pytest.raises(NameNotFound):
        selected(["no.such.name"])


def test_parts_of_answers() -> None:
    assert "∀ n, p" == statement("A.b", "@A.b :\n  ∀ n,\n    p")
    assert "p «x✝¹» 2 «inst✝»" == statement("A.b", "A.b : p x✝¹ (nat_lit 2) inst✝")
    assert None is statement("A.b", "A.c : p")
    assert ("propext", "a.b") == axioms("'x' depends on axioms: [propext,\n a.b]")
    assert () == axioms("'x' does not depend on any axioms")
    assert None is axioms("other")
    assert ("def", "theorem", "") == (
        kind("@[reducible] protected def x"),
        kind("theorem x"),
        kind("quotient"),
    )
    assert "a.«b c».d" == spelled("a.b c.d")
    assert [] == list(messages(b'{"pos": {"line": "1"}}\n{"data": 3}\n{' + b"[" * 100_000))
