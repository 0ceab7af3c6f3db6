"""Limits are met by one claim or one file: workers that end, memory, time, sizes, what is no file."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leanmirror.bridge.check.pool import Call, Ended, Workers
from leanmirror.bridge.check.replay import replay
from leanmirror.bridge.check.result import CheckReport
from leanmirror.bridge.check.run import check
from leanmirror.bridge.check.worker import memory_allowed
from leanmirror.bridge.commands.main import main
from leanmirror.spec.errors import BadInput

PROGRAM = str(Path(sys.executable).parent / "leanmirror")
GOOD = "theorem {0} (x : ℝ) : x + {1} = x := by sorry\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def claims(number: int) -> dict[str, str]:
    """A file of claims, every second one false, and what is right of each."""
    text = "".join(GOOD.format(f"t{at}", at % 2) for at in range(number))
    Path("c.lean").write_text(text, encoding="utf-8")
    return {f"t{at}": "refuted" if at % 2 else "no_counterexample" for at in range(number)}


def verdicts(report: CheckReport) -> dict[str, str]:
    return {each.name: each.verdict for each in report.results}


def children(process: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == process:
                found += [int(entry.name), *children(int(entry.name))]
    return found


@contextmanager
def killing(seconds: float, which: str, seed: int) -> Iterator[list[int]]:
    """While the body runs, kill workers of this process at random moments, or its server once."""
    stopped, killed, draw = threading.Event(), list[int](), random.Random(seed)

    def kill() -> None:
        while not stopped.wait(draw.uniform(0, seconds)):
            servers = [each for each in children(os.getpid()) if _is_server(each)]
            found = servers if which == "server" else [w for each in servers for w in children(each)]
            if found:
                killed.append(draw.choice(found))
                try:
                    os.kill(killed[-1], signal.SIGKILL)
                except ProcessLookupError:
                    killed.pop()
                if which == "server":
                    return

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        stopped.set()
        thread.join()


def _is_server(process: int) -> bool:
    try:
        line = Path(f"/proc/{process}/cmdline").read_bytes()
        parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return False
    return b"leanmirror.bridge.check.forking" in line and parent == os.getpid()


def run_under_fire(which: str, seconds: float, rounds: int) -> int:
    """Check a file until so many processes were killed: each verdict is right, or lost with a cause."""
    right, killed_in_all = claims(24), 0
    for seed in range(20 * rounds):
        if killed_in_all >= rounds:
            break
        started = time.monotonic()
        with killing(seconds, which, seed) as killed:
            report = check(["c.lean"], examples=20, jobs=2, timeout=30.0)
        killed_in_all += len(killed)
        assert time.monotonic() - started < 120
        lost = {each.name for each in report.results if each.cause == "worker"}
        assert right == {**verdicts(report), **{name: right[name] for name in lost}}
        assert len(lost) <= (len(killed) // 2 if which == "worker" else 0), report.text  # each is run twice
    return killed_in_all


@pytest.mark.parametrize(("which", "seconds"), [("worker", 0.8), ("server", 4.0)])
def test_killed_processes_cost_no_verdict(which: str, seconds: float) -> None:
    assert run_under_fire(which, seconds, 2) > 0


@pytest.mark.campaign
@pytest.mark.parametrize(("which", "seconds", "number"), [("worker", 1.0, 200), ("server", 4.0, 20)])
def test_many_killed_processes_cost_no_verdict(which: str, seconds: float, number: int) -> None:
    assert number <= run_under_fire(which, seconds, number)


@pytest.mark.parametrize(
    ("call", "cause", "said"),
    [
        ((os._exit, 0), "worker", "exit status 0"),
        ((os._exit, 7), "worker", "exit status 7"),
        ((signal.raise_signal, signal.SIGKILL), "worker", "signal 9"),
        ((signal.raise_signal, signal.SIGSEGV), "worker", "signal 11"),
        ((bytearray, 1 << 40), "memory", "memory limit of"),
        ((time.sleep, 600), "time", "time limit of 2 s"),
    ],
)
def test_a_call_that_ends_its_worker_is_seen_at_once_and_costs_itself(
    call: tuple[object, int], cause: str, said: str
) -> None:
    with Workers(2, 2.0) as workers:
        workers.outcome(workers.submit(abs, -1))  # all is there
        started = time.monotonic()
        bad: Call[object] = workers.submit(*call)  # type: ignore[arg-type]  # functions of one number
        good = [workers.submit(abs, -each) for each in range(5)]
        ended = workers.outcome(bad)
        assert [0, 1, 2, 3, 4] == [workers.outcome(each) for each in good]
    assert isinstance(ended, Ended)
    assert (cause, True) == (ended.cause, said in ended.reason)
    assert time.monotonic() - started < 30


def test_a_stopped_worker_meets_its_limit() -> None:
    with Workers(1, 1.0) as workers:
        stopped = workers.submit(signal.raise_signal, signal.SIGSTOP)
        ended = workers.outcome(stopped)
        assert isinstance(ended, Ended)
        assert ("time", 3) == (ended.cause, workers.outcome(workers.submit(abs, -3)))


@pytest.mark.parametrize("gibibytes", [1, 2, 3])
def test_a_hard_limit_of_memory_is_respected(gibibytes: int) -> None:
    claims(2)
    limit = f"ulimit -v {gibibytes << 20}; exec {PROGRAM} check c.lean --examples 20 --json out.json"
    done = subprocess.run(["bash", "-c", limit], capture_output=True, text=True, check=False, timeout=200)
    assert (1, "") == (done.returncode, done.stderr)
    found = json.loads(Path("out.json").read_text(encoding="utf-8"))["summary"]
    assert (1, 1) == (found["no_counterexample"], found["refuted"])


def test_a_worker_gets_what_the_user_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert 4 << 30 == memory_allowed(4 << 30)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, 1 << 30))
    assert 1 << 30 == memory_allowed(4 << 30)


NUMBERS = """
def f : ℕ → ℕ
  | 0 => 1
  | n+1 => f n + f n
theorem a (x : Fin (f 60)) : x = x := by sorry
theorem b (n : ℕ) (h : n = f 60) : n = n := by sorry
theorem c : ∀ i < 10^5000, i = 0 := by sorry
theorem d (x : ℕ) : x ^ (10^10000) = 0 := by sorry
theorem e (n : ℕ) (h : n = 10^5000) : n = n := by sorry
theorem g (x : Fin (10^5000)) : x = x := by sorry
theorem h (v : Proofs.Autograd.Vec (2^64)) : v = v := by sorry
theorem i (n : ℕ) : f^[10^5000] n = 0 := by sorry
theorem good (x : ℝ) : x = x + 1 := by sorry
"""


def test_numbers_and_sizes_beyond_all_limits_are_no_faults() -> None:
    Path("n.lean").write_text(NUMBERS, encoding="utf-8")
    report = check(["n.lean"], examples=20, timeout=5.0)
    assert [] == [f"{each.name}: {each.reason}" for each in report.results if each.verdict == "error"]
    assert "refuted" == verdicts(report)["good"]
    assert ("undecided", "memory") == next((r.verdict, r.cause) for r in report.results if r.name == "h")


def latin(path: Path) -> None:
    path.write_bytes(b"theorem t : \xff = 1 := by sorry\n")


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def sparse(path: Path) -> None:
    with open(path, "wb") as file:
        file.truncate(50 << 30)


UNREADABLE = [latin, device, pipe, sparse]


@pytest.mark.parametrize("make", UNREADABLE)
def test_a_named_file_that_cannot_be_read_costs_itself(
    make: object, capsys: pytest.CaptureFixture[str]
) -> None:
    claims(2)
    make(Path("bad.lean"))  # type: ignore[operator]
    assert 2 == main(["check", "c.lean", "bad.lean", "--examples", "20"])
    printed = capsys.readouterr()
    assert "refuted: t1" in printed.out
    assert "unsupported: bad.lean:1" in printed.out
    assert printed.err.startswith("leanmirror: bad.lean: ")
    assert 2 == main(["check", "bad.lean"])
    assert 2 == main(["index", "bad.lean"])


def test_files_of_a_folder_that_cannot_be_read_cost_themselves() -> None:
    right = claims(2)
    for at, make in enumerate(UNREADABLE):
        make(Path(f"bad{at}.lean"))
    Path(os.fsdecode(b"\xff.lean")).write_text("example (x : ℝ) : x = x + 1 := by sorry\n", encoding="utf-8")
    Path("folder.lean").mkdir()
    report = check(["."], examples=20, results=Path(".leanmirror/results.sqlite"))
    found = verdicts(report)
    assert right == {name: found.get(name) for name in right}
    assert ((), 2) == (report.problems, list(found.values()).count("refuted"))
    assert 1 == report.exit_status


def test_no_link_leads_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    claims(2)
    (tmp_path / "in" / "L.lean").symlink_to("../c.lean")
    (tmp_path / "in" / "A.lean").write_text(GOOD.format("a", 0), encoding="utf-8")
    assert {"a": "no_counterexample"} == verdicts(check(["in"], examples=20))


@pytest.mark.parametrize("make", [device, pipe, sparse])
def test_no_document_is_read_that_is_no_file(make: object, capsys: pytest.CaptureFixture[str]) -> None:
    make(Path("w.json"))  # type: ignore[operator]
    assert 2 == main(["replay", "w.json"])
    assert 1 == len(capsys.readouterr().err.splitlines())


def test_a_witness_is_run_within_limits() -> None:
    claims(2)
    report = check(["c.lean"], examples=20, witnesses=Path("w"))
    (written,) = [each.witness for each in report.results if each.witness]
    assert replay(Path(written)).reproduced
    document = json.loads(Path(written).read_text(encoding="utf-8"))
    bomb = "def f : ℕ → List ℕ\n  | 0 => [1]\n  | n+1 => let a := f n; a ++ a\n"
    document["source"]["text"] = bomb + "theorem t1 (x : ℝ) : x + ((f 40).length : ℝ) = x := by sorry\n"
    document["source"]["index"] = 1
    Path("bomb.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BadInput, match=r"bomb\.json: "):
        replay(Path("bomb.json"), 3.0)
    for file in ("/dev/zero", "a\0b.lean"):
        document["source"] |= {"text": None, "file": file}
        Path("odd.json").write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(BadInput, match=r"odd\.json: "):
            replay(Path("odd.json"))


def test_what_a_package_imports_is_read_once_and_in_no_claims_time(tmp_path: Path) -> None:
    (tmp_path / "lakefile.toml").write_text('name = "p"\n')
    body = "".join(f"def f{{0}}_{at} (x : ℝ) : ℝ := x + {at}\n" for at in range(60))
    for at in range(120):
        above = f"import M{at - 1}\n" if at else ""
        Path(f"M{at}.lean").write_text(above + body.replace("{0}", str(at)), encoding="utf-8")
    Path("T.lean").write_text(
        "import M119\n"
        + "".join(f"theorem t{at} (x : ℝ) : f119_1 x = x + 1 := by sorry\n" for at in range(6)),
        encoding="utf-8",
    )
    report = check(["T.lean"], examples=20, jobs=2)
    assert {"no_counterexample"} == set(verdicts(report).values())
    slowest = max(each.seconds for each in report.results)
    assert sorted(each.seconds for each in report.results)[2] > slowest / 50  # the first is as any other
