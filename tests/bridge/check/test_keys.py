"""Runs that are resumed: what is taken over, and what makes a stored verdict stale."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.check import keys as resuming
from leanmirror.bridge.check.keys import installation
from leanmirror.bridge.check.result import CheckReport, Result
from leanmirror.bridge.check.run import Progress, check
from leanmirror.bridge.check.store import KEPT, Results, Stored, last

TEXT = """
namespace A
open Real
/-- A function. -/
def twice (x : ℝ) : ℝ := x + x
theorem one (x : ℝ) : x + 0 = x := by simp
theorem two (x : ℝ) : x * 1 = x := by simp
theorem wrong (x : ℝ) : x / x = 1 := by sorry
theorem broken (x : ℝ) : nowhere x = x := by sorry
end A
"""


FILE = Path("My.lean")
STORE = Path("results.sqlite")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    FILE.write_text(TEXT, encoding="utf-8")


def run(**options: Any) -> CheckReport:
    settings: dict[str, Any] = {"examples": 10, "jobs": 1, "resume": True, "results": STORE}
    return check([str(FILE)], **settings | options)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[CheckReport, bytes]:
    """A first run, and the store that it leaves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("first"))
        FILE.write_text(TEXT, encoding="utf-8")
        return run(), STORE.read_bytes()


@pytest.fixture
def again(first: tuple[CheckReport, bytes]) -> CheckReport:
    """The first run, here."""
    report, store = first
    STORE.write_bytes(store)
    return report


def run_anew(report: CheckReport) -> list[str]:
    """The claims that no earlier verdict was taken for."""
    return [r.name.rpartition(".")[2] for r in report.results if not r.resumed]


def test_a_second_run_finds_the_same_and_runs_nothing(again: CheckReport) -> None:
    second = run()
    assert ["one", "two", "wrong", "broken"] == run_anew(again)
    assert [] == run_anew(second)
    assert again.results == tuple(replace(r, resumed=False) for r in second.results)


def test_what_an_imported_file_defines_is_part_of_a_verdict() -> None:
    Path("lean-toolchain").write_text("leanprover/lean4:v4.32.0\n", encoding="utf-8")
    FILE.write_text("import Defs\ntheorem t (n : Nat) : one n = n + 1 := by sorry\n", encoding="utf-8")
    defs, lemma = Path("Defs.lean"), "-- {}\ntheorem other (n : Nat) : n = n := by {}\n"
    defs.write_text("def one (n : Nat) : Nat := n + 1\n" + lemma.format("a", "rfl"), encoding="utf-8")
    assert ["t"] == run_anew(run())
    defs.write_text("def one (n : Nat) : Nat := n + 1\n" + lemma.format("b", "simp"), encoding="utf-8")
    assert [] == run_anew(run())
    defs.write_text("def one (n : Nat) : Nat := n + 2\n" + lemma.format("b", "simp"), encoding="utf-8")
    changed = run()
    assert (["t"], "refuted") == (run_anew(changed), changed.results[0].verdict)


def test_a_new_theorem_matters_where_definitions_speak_of_it() -> None:
    Path("lean-toolchain").write_text("leanprover/lean4:v4.32.0\n", encoding="utf-8")
    FILE.write_text("import Defs\ntheorem t (n : Nat) : one n = n + 1 := by sorry\n", encoding="utf-8")
    defs, text = Path("Defs.lean"), "def one (n : Nat) : Nat := n + 1\n"
    defs.write_text(text, encoding="utf-8")
    assert ["t"] == run_anew(run())
    defs.write_text(f"{text}theorem later (n : Nat) : n = n := rfl\n", encoding="utf-8")
    assert [] == run_anew(run())
    text += "theorem used (n : Nat) : n = n := rfl\ndef two (n : Nat) (_ : n = n := used n) : Nat := n\n"
    defs.write_text(text, encoding="utf-8")
    assert ["t"] == run_anew(run())
    defs.write_text(text.replace("theorem used", "theorem used' (n : Nat) : n = n := rfl\ntheorem used"))
    assert [] == run_anew(run())
    defs.write_text(text.replace("theorem used", "theorem user"), encoding="utf-8")
    assert ["t"] == run_anew(run())


@pytest.mark.usefixtures("again")
def test_without_resume_all_is_run_again() -> None:
    assert 4 == len(run_anew(run(resume=False)))


@pytest.mark.parametrize(
    ("old", "new", "anew"),
    [
        ("x * 1 = x := by simp", "x * 2 = x := by simp", ["two", "wrong", "broken"]),
        ("x * 1 = x := by simp", "x * 1 = x := by norm_num", ["wrong", "broken"]),
        ("theorem two", "theorem two'", ["two'", "wrong", "broken"]),
        ("theorem two (x : ℝ)", "theorem two (x y : ℝ)", ["two", "wrong", "broken"]),
        ("A function.", "The function.", ["wrong", "broken"]),
        ("x + x", "x + x + x", ["one", "two", "wrong", "broken"]),
        ("open Real", "open Real Nat", ["one", "two", "wrong", "broken"]),
        ("open Real\n", "", ["one", "two", "wrong", "broken"]),
        ("theorem two", "open Nat in\ntheorem two", ["one", "two", "wrong", "broken"]),
    ],
    ids=[
        "statement",
        "proof",
        "name",
        "variable",
        "comment",
        "definition",
        "scope",
        "no scope",
        "scope of one",
    ],
)
@pytest.mark.usefixtures("again")
def test_only_what_rests_on_a_change_runs_again(old: str, new: str, anew: list[str]) -> None:
    FILE.write_text(TEXT.replace(old, new), encoding="utf-8")
    assert anew == run_anew(run())


@pytest.mark.parametrize("option", [{"examples": 11}, {"digits": 60}, {"seed": 1}])
@pytest.mark.usefixtures("again")
def test_other_settings_are_other_verdicts(option: dict[str, int]) -> None:
    assert 4 == len(run_anew(run(**option)))
    assert [] == run_anew(run())


@pytest.mark.usefixtures("again")
def test_another_installation_is_another_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resuming, "installation", lambda: "another")
    assert 4 == len(run_anew(run()))


def test_the_digest_of_the_installation_sees_code_prelude_and_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = ["spec/a.py", "bridge/elaborate/prelude.lean", "lean_names.json"]
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    monkeypatch.setattr(resuming, "package_root", lambda: tmp_path)
    found = {installation.__wrapped__()}
    for name in files:
        (tmp_path / name).write_text("2")
        found.add(installation.__wrapped__())
    assert 4 == len(found)


def test_a_claim_that_moves_into_another_section_runs_again() -> None:
    claim = "theorem one (x : ℝ) : x + 0 = x := by simp\n"
    sections = "section\nopen Real\n{}end\nsection\n{}end\n"
    for text, anew in ((sections.format(claim, ""), ["one"]), (sections.format("", claim), ["one"])):
        FILE.write_text(text, encoding="utf-8")
        assert anew == run_anew(run())
    assert [] == run_anew(run())


def test_a_mirrored_claim_is_taken_over_too() -> None:
    reports = [
        check(["*.reluFderivAt"], examples=10, jobs=1, results=STORE, resume=resume)
        for resume in (False, True)
    ]
    assert [False, True] == [r.results[0].resumed for r in reports]


SLOW = "theorem slow {n : ℕ} (x : Fin n → ℝ) : ∑ i, Real.exp (x i) = ∑ i, Real.exp (x i) := by sorry\n"


def test_what_ran_out_of_time_runs_again_when_given_more() -> None:
    FILE.write_text(SLOW)
    reports = [run(examples=100_000, timeout=t) for t in (0.5, 0.4, 0.6)]
    assert {"undecided"} == {r.results[0].verdict for r in reports}
    assert [False, True, False] == [r.results[0].resumed for r in reports]


def test_an_interrupt_keeps_what_is_done() -> None:
    def stop(step: Progress) -> None:
        if step.done == 2:
            raise KeyboardInterrupt

    report = run(progress=stop)
    assert (True, 2) == (report.interrupted, len(report.results))
    assert 2 == len(run_anew(run()))


HEEDING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Runs a command that an interrupt reaches, also where the tests run as a shell's job in the background."""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs signals to a group of processes")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_command_that_is_stopped_goes_on_later(sent: signal.Signals, status: int) -> None:
    FILE.write_text(TEXT + SLOW, encoding="utf-8")
    options = ["--jobs", "1", "--examples", "3000"]
    command = [sys.executable, "-c", HEEDING, sys.executable, "-m", "leanmirror.bridge", "check", *options]
    store = Path(".leanmirror") / "results.sqlite"
    with subprocess.Popen([*command, str(FILE)], stdout=subprocess.PIPE, start_new_session=True) as process:
        deadline = time.monotonic() + 60
        while len(last(["A.one", "A.two"], store)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, sent)
        process.communicate()
    assert status == process.returncode
    assert {"A.one", "A.two"} == set(last(["A.one", "A.two", "slow"], store))


def vacuous(examples: int) -> Result:
    return Result("A.one", "theorem", "", "vacuous", examples=examples)


def test_a_store_keeps_the_last_few_verdicts_of_a_claim() -> None:
    store = Results(STORE)
    for i in range(KEPT + 3):
        store.keep(Stored(f"key {i}", "A.one", "My.lean", 1, "", 20.0, vacuous(i)))
    assert None is store.find("key 2")
    assert store.find("key 3") is not None
    store.close()
    assert KEPT + 2 == last(["A.one"], STORE)["A.one"].result.examples
    assert {} == last(["A.two"], STORE)
