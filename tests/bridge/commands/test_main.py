"""The command line: exit statuses, plain errors, clean output, and what it must not import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import pytest

from leanmirror.bridge._version import __version__
from leanmirror.bridge.check import replay as replay_module
from leanmirror.bridge.check import run as run_module
from leanmirror.bridge.check.options import CheckOptions
from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.io.paths import RESULTS, WITNESSES
from leanmirror.bridge.names.table import default_names
from leanmirror.bridge.report import formats
from leanmirror.bridge.trace import name as tracing
from leanmirror.spec.errors import BadInput, LeanMirrorError, NameNotFound, ReadError, Unsupported

HEAVY = (
    "numpy",
    "mpmath",
    "networkx",
    "hypothesis",
    "flint",
    "rich",
    "importlib.metadata",
    "pytest",
)
COMMAND = [sys.executable, "-m", "leanmirror"]


def run(*args: str, **options: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | options
    return subprocess.run([*COMMAND, *args], capture_output=True, text=True, env=environment, check=False)


def a_name() -> str:
    return next(entry.name for entry in default_names())


@pytest.mark.parametrize(
    "args", [["--help"], ["trace", "{name}"], ["trace", "no.such.name"], ["check", "--help"]]
)
def test_help_and_trace_import_nothing_heavy(args: list[str]) -> None:
    code = (
        "import sys\n"
        "from leanmirror.bridge.commands.main import main\n"
        "main(sys.argv[1:])\n"
        f"print(*(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    filled = [a_name() if arg == "{name}" else arg for arg in args]
    done = subprocess.run([sys.executable, "-c", code, *filled], capture_output=True, text=True, check=True)
    assert "" == done.stderr.splitlines()[-1], done.stderr


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--bogus"],
        ["bogus"],
        ["check", "--digits", "0"],
        ["check", "--digits", "fifty"],
        ["check", "--digits", "9" * 5000],
        ["check", "--examples", "-1"],
        ["check", "--jobs", "0"],
        ["check", "--timeout", "0"],
        ["check", "--timeout", "nan"],
        ["check", "--timeout", "inf"],
        ["check", "--json", "/no/such/folder/x.json"],
        ["check", "--json", "."],
        ["check", "--json", ""],
        ["check", "--junit", "/no/such/folder/x.xml"],
        ["check", "--witnesses", __file__],
        ["check", "--json", "-", "--junit", "-"],
        ["check", "--json", "-", "--github"],
        ["check", "--json", "-", "--format", "sarif"],
        ["check", "--format", "json", "--github"],
        ["check", "-q", "-v"],
        ["check", "-q", "--format", "json"],
        ["check", "--missing"],
        ["check", ""],
        ["check", "nope/"],
        ["check", "--fail-on", "refuted"],
        ["check", "--shard", "3"],
        ["check", "--sorry"],
        ["check", "--stdin-filename", "A.lean"],
        ["missing"],
        ["missing", "--digits", "5", "F.lean"],
        ["drift", "--no-meaning", "--draws", "5", "."],
        ["drift", ".", "--memory", "5"],
        ["trace"],
        ["trace", ""],
        ["trace", "no.such.name"],
        ["trace", "a", "b"],
        ["trace", "a\x1b[31m\u202e\nb"],
        ["trace", "x" * 100_000],
        ["trace", "spec/errors.py:1"],
        ["names", "--update", "/no/such/tree"],
        ["names", "--check", "--update", "."],
        ["names", "--commit", "abc"],
        ["index", "/no/such/tree"],
        ["index"],
        ["replay", "/no/such/witness.json"],
        ["replay", "."],
    ],
    ids=lambda args: " ".join(args)[:40].encode("unicode_escape").decode() or "nothing",
)
def test_bad_usage_is_one_or_two_plain_lines_and_status_2(
    args: Sequence[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.BAD == cli.main(args)
    out, err = capfd.readouterr()
    assert "" == out
    assert 1 <= len(err.splitlines()) <= 2
    assert err.startswith("leanmirror")
    assert "Usage:" not in err
    assert all(char.isprintable() or char == "\n" for char in err)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (BadInput("the reason"), "leanmirror: the reason\n"),
        (NameNotFound("no name\nnearest: a"), "leanmirror: no name\nnearest: a\n"),
        (ReadError("unexpected ')'"), "leanmirror: unexpected ')'\n"),
        (Unsupported("a quotient"), "leanmirror: a quotient\n"),
        (LeanMirrorError("1\n2\n3"), "leanmirror: 1\n2 3\n"),
        (FileNotFoundError(2, "No such file", "a\x1bb"), "leanmirror: a<U+001B>b: No such file\n"),
        (RecursionError(), "leanmirror: the input is nested too deeply\n"),
        (MemoryError(), "leanmirror: out of memory\n"),
    ],
)
def test_an_error_is_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error: Exception, line: str
) -> None:
    def fail(_: str, **_options: object) -> None:
        raise error

    monkeypatch.setattr(tracing, "trace", fail)
    assert cli.BAD == cli.main(["trace", "x"])
    assert ("", line) == capfd.readouterr()


def test_a_fault_of_ours_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_: str, **_options: object) -> None:
        raise AttributeError("ours")

    monkeypatch.setattr(tracing, "trace", fail)
    assert cli.FAULT == cli.main(["trace", "x"])
    out, err = capfd.readouterr()
    assert "" == out
    assert err.startswith("leanmirror: internal: AttributeError: ours [bridge/commands/trace.py:")


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: str, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tracing, "trace", interrupt)
    assert cli.INTERRUPTED == cli.main(["trace", "x"])
    assert ("", "leanmirror: interrupted; what was written so far is kept\n") == capfd.readouterr()


def test_the_version_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["--version"])
    assert f"leanmirror {__version__}\n" == capsys.readouterr().out


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["-h"])
    out = capsys.readouterr().out
    assert [] == [name for name in cli.COMMANDS if f"\n  {name} " not in out]


def test_the_option_names_are_those_of_the_interface() -> None:
    expected = {
        "--digits",
        "--examples",
        "--seed",
        "--jobs",
        "--timeout",
        "--strict",
        "--json",
        "--witnesses",
        "--resume",
        "--junit",
        "--github",
    }
    narrowing = {"--sorry", "--changed-since", "--shard", "--stdin-filename", "--built"}
    assert expected | narrowing | {
        "select",
        "--fail-on",
        "--format",
        "-q",
        "--quiet",
        "-v",
        "--verbose",
    } == flags_of("check")
    assert {"select", "--jobs", "--timeout", "--json"} | narrowing == flags_of("missing")


def flags_of(command: str) -> set[str]:
    found = cli.leanmirror.get_command(click.Context(cli.leanmirror), command)
    assert found is not None
    return {flag for option in found.params for flag in option.opts}


def test_json_on_standard_output_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["names", "--json", "-"])
    out, err = capsys.readouterr()
    assert ("leanmirror.names/1", "") == (json.loads(out)["schema"], err)


def test_json_in_a_file_leaves_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["trace", a_name(), "--json", str(tmp_path / "t.json")])
    document = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert ("leanmirror.trace/1", a_name()) == (document["schema"], document["name"])
    assert capsys.readouterr().out.startswith(a_name())


def test_a_pipe_in_nobodys_hands_is_no_error() -> None:
    with subprocess.Popen([*COMMAND, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"" == process.stderr.read()
    assert cli.PIPE_CLOSED == process.returncode


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_an_error() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (cli.BAD, "leanmirror: No space left on device\n") == (done.returncode, done.stderr)


def test_a_closed_standard_output_is_no_traceback() -> None:
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *COMMAND, "names"], capture_output=True, check=False)
    assert (cli.FINE, b"") == (done.returncode, done.stderr)


def test_a_terminal_without_leans_letters_still_gets_text() -> None:
    done = run("trace", a_name(), PYTHONIOENCODING="ascii")
    assert (cli.FINE, "") == (done.returncode, done.stderr)


def test_plain_text_has_no_colours() -> None:
    assert "\x1b" not in run("names", FORCE_COLOR="1").stdout


@dataclass
class Answer:
    """Stands for a check report and for a replay, and keeps what it was asked."""

    exit_status: int = 0
    interrupted: bool = False
    asked: tuple[object, ...] = ()
    strict: bool = False
    text: str = "as text"
    problems: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    fault: str | None = None

    def status(self, failing: Sequence[str]) -> int:
        self.strict = bool(failing)
        return self.exit_status

    def to_json(self) -> dict[str, Any]:
        return {"schema": "a schema"}

    def check(self, select: Sequence[str], options: CheckOptions, *, progress: object) -> Answer:
        self.asked = (select, options, progress)
        return self

    def replay(self, path: Path) -> Answer:
        self.asked = (path,)
        return self


def answering(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> Answer:
    """Put the answer in the place of the functions that do the work."""
    monkeypatch.setattr(run_module, "check", answer.check)
    monkeypatch.setattr(formats, "rendered", lambda report, form, detail=0: report.text)
    monkeypatch.setattr(replay_module, "replay", answer.replay)
    return answer


COMMAND_LINE = CheckOptions(witnesses=WITNESSES, results=RESULTS)


def test_check_passes_on_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = answering(monkeypatch, Answer())
    words = "check A.b --digits 30 --examples 7 --seed -5 --jobs 2 --timeout 1.5 --strict --witnesses w c*"
    assert cli.FINE == cli.main(words.split())
    expected = replace(
        COMMAND_LINE,
        digits=30,
        examples=7,
        seed=-5,
        jobs=2,
        timeout=1.5,
        strict=True,
        witnesses=Path("w"),
    )
    assert ((("A.b", "c*"), expected, None), True) == (answer.asked, answer.strict)


def test_check_has_the_defaults_of_the_interface(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = answering(monkeypatch, Answer())
    assert cli.FINE == cli.main(["check"])
    assert (((), COMMAND_LINE, None), False) == (answer.asked, answer.strict)
    usual = CheckOptions()
    assert (50, 100, 0, None, 20.0) == (usual.digits, usual.examples, usual.seed, usual.jobs, usual.timeout)
    assert (None, None, False, False) == (usual.witnesses, usual.results, usual.resume, usual.strict)


@pytest.mark.parametrize("status", [0, 1, 3, 4])
def test_the_report_decides_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    answering(monkeypatch, Answer(status))
    assert status == cli.main(["check"])
    assert ("as text\n", "") == capsys.readouterr()


def test_an_interrupted_check_still_answers_in_full(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answering(monkeypatch, Answer(1, interrupted=True))
    assert cli.INTERRUPTED == cli.main(["check", "--json", str(tmp_path / "c.json")])
    assert {"schema": "a schema"} == json.loads((tmp_path / "c.json").read_text())
    assert "as text\n" == capsys.readouterr().out


@pytest.mark.parametrize(("status", "expected"), [(0, cli.FINE), (1, cli.WRONG)])
def test_replay_is_1_when_it_reproduces(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    status: int,
    expected: int,
) -> None:
    answer = answering(monkeypatch, Answer(status))
    witness = tmp_path / "w.json"
    witness.write_text("{}")
    assert expected == cli.main(["replay", str(witness)])
    assert ((witness,), "as text\n") == (answer.asked, capsys.readouterr().out)


@pytest.mark.parametrize("command", ["check", "replay"])
def test_their_json_stands_alone_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    answering(monkeypatch, Answer())
    assert cli.FINE == cli.main([command, "--json", "-", *([__file__] if command == "replay" else [])])
    assert {"schema": "a schema"} == json.loads(capsys.readouterr().out)
