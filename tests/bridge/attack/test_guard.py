"""Whatever one claim, file or command raises costs that one, is told in one line, and is never status 1."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leanmirror.bridge.check import missing, run
from leanmirror.bridge.check.pool import Ended, Workers
from leanmirror.bridge.check.tasks import Mirrored, Task, tasks
from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.commands import main as commands
from leanmirror.bridge.drift import judged
from leanmirror.bridge.io.guard import Interruption, fault, guarded
from leanmirror.bridge.sources.files import each_file

PROGRAM = str(Path(sys.executable).parent / "leanmirror")
FAULTS = (
    AssertionError(), RuntimeError("odd"), OSError(5, "odd"), SystemError("odd"), NotImplementedError(),
    SystemExit(3), GeneratorExit(), UnicodeError("odd"), StopIteration(), BaseException("odd"),
)  # fmt: skip
HEEDING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""The suite may run where interrupts are ignored, and what it starts would ignore them too."""
MENDED = "theorem t (x : ℝ) : x = x := by sorry\n"


def raising(error: BaseException) -> object:
    def call(*_: object, **__: object) -> None:
        raise error

    return call


@pytest.mark.parametrize("error", FAULTS, ids=repr)
def test_a_claim_that_raises_anything_is_one_error(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "claim_of_task", raising(error))
    monkeypatch.setattr(missing, "lacks_of_task", raising(error))
    (text,) = tasks(LeanText("a.lean", MENDED))
    found = run.run_task(Task(text, 20, 50, 0))
    assert ("error", "internal") == (found.verdict, found.cause)
    assert f"internal: {type(error).__name__}" in (found.reason or "")
    assert f"internal: {type(error).__name__}" in missing.lack_of(Task(text, 5, 50, 0)).lacks[0]


@pytest.mark.parametrize("error", FAULTS, ids=repr)
def test_a_declaration_and_a_file_that_raise_anything_cost_themselves(error: BaseException) -> None:
    work = raising(error)
    assert "undecided" == judged._guarded(work).meaning  # type: ignore[arg-type]  # it raises
    problems: list[str] = []
    read: list[object] = [*each_file(Path("root"), [Path("a"), Path("b")], work, problems)]  # type: ignore[arg-type]
    assert ([], 2) == (read, len(problems))
    assert problems[0].startswith("root/a: ")


@pytest.mark.parametrize("error", [*FAULTS, MemoryError(), KeyboardInterrupt()], ids=repr)
def test_a_command_that_raises_anything_ends_with_one_line_and_not_with_1(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "_run", raising(error))
    status = commands.main(["names"])
    assert status in ({130} if isinstance(error, KeyboardInterrupt) else {2, 4})
    assert 1 <= len(capsys.readouterr().err.splitlines()) <= 2


def test_a_worker_keeps_what_ends_a_program() -> None:
    with Workers(1, 60.0) as workers:
        ended = workers.outcome(workers.submit(sys.exit, 1))
        assert isinstance(ended, Ended)
        assert ("internal", True) == (ended.cause, ended.reason.startswith("internal: SystemExit: 1"))
        assert 3 == workers.outcome(workers.submit(abs, -3))


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Interruption(), MemoryError()], ids=repr)
def test_what_is_meant_for_more_than_the_work_passes(error: BaseException) -> None:
    with pytest.raises(type(error)):
        guarded(raising(error), str)  # type: ignore[arg-type]  # it raises


def test_a_fault_says_what_where_and_of_which_version() -> None:
    with pytest.raises(AttributeError) as caught:
        run.run_task(Task(None, 1, 50, 0))  # type: ignore[arg-type]  # on purpose
    told = fault(caught.value)
    assert told.startswith("internal: AttributeError: ")
    assert "bridge/check/" in told
    assert "leanmirror 0" in told
    assert "0x" not in fault(ValueError(f"of {object()}"))


def test_claims_beside_one_that_breaks_the_reader_are_run(tmp_path: Path) -> None:
    (tmp_path / "a.lean").write_text(
        "theorem u (x : ℝ) : x = x + 1 := by sorry\n"
        "def g (x : ℝ) : Option ℝ := do\n  let y ← some x\n"
        "theorem t (x : ℝ) : g x = some x := by sorry\n"
        "theorem v (x : ℝ) : x = x + 2 := by sorry\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [PROGRAM, "check", "a.lean", "--examples", "20", "--json", "out.json"],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert (1, "") == (done.returncode, done.stderr)
    assert "3 claims: no counterexample to 0; 2 refuted, 1 " in done.stdout
    assert (tmp_path / "out.json").is_file()


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.1, 0.2, 0.4])
def test_an_interrupt_at_the_start_shows_no_traceback(delay: float, tmp_path: Path) -> None:
    (tmp_path / "a.lean").write_text(MENDED, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-S", "-c", HEEDING, PROGRAM, "check", "a.lean"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
    ) as process:  # fmt: skip
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    # Python itself may not have come to us yet: then it ends by the signal, or says so with status 1.
    early = (-signal.SIGINT, *(() if "leanmirror" in errors else (1,)))
    assert process.returncode in (130, *early)
    assert process.returncode != 130 or "Traceback" not in errors


def test_a_mirrored_claim_is_guarded_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_run_mirrored", raising(AssertionError("odd")))
    assert "error" == run.run_task(Task(Mirrored("A.b"), 20, 50, 0)).verdict
