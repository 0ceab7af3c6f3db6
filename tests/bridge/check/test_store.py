"""The store of verdicts: kept whole, believed only of its user, never in the way of a run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from leanmirror.bridge.check import owner
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.run import check
from leanmirror.bridge.check.store import KEPT, Results, Stored, last
from leanmirror.bridge.check.witness_folder import WitnessFolder
from leanmirror.bridge.commands.main import main
from leanmirror.spec.errors import BadInput

STORE = Path(".leanmirror/results.sqlite")
CLAIM = "theorem t (x : ℝ) : x = x + 1 := by sorry\n"
PROGRAM = str(Path(sys.executable).parent / "leanmirror")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and a user without a key yet."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv(owner.VARIABLE, raising=False)
    return tmp_path


def stored(examples: int, key: str = "key") -> Stored:
    found = Result("A.one", "theorem", "", "vacuous", examples=examples)
    return Stored(key, "A.one", "My.lean", 1, "", 20.0, found)


def keep(*found: Stored) -> None:
    store = Results(STORE)
    for each in found:
        store.keep(each)
    store.close()
    assert "" == store.problem


def run_command(*args: str) -> subprocess.CompletedProcess[str]:
    Path("a.lean").write_text(CLAIM, encoding="utf-8")
    line = [PROGRAM, "check", "a.lean", "--examples", "20", "--json", "out.json", *args]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_a_store_keeps_the_last_few_verdicts_of_a_claim() -> None:
    keep(*(stored(number, f"key {number}") for number in range(KEPT + 3)))
    store = Results(STORE)
    assert None is store.find("key 2")
    assert store.find("key 3") is not None
    store.close()
    assert KEPT + 2 == last(["A.one"], STORE)["A.one"].result.examples
    assert {} == last(["A.two"], STORE)


def test_a_store_that_is_being_made_has_no_verdicts_yet() -> None:
    STORE.parent.mkdir()
    STORE.touch()
    assert {} == last(["A.one"], STORE)


def test_a_verdict_of_another_user_is_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(stored(1))
    assert {"A.one"} == set(last(["A.one"], STORE))
    monkeypatch.setenv("XDG_STATE_HOME", str(here / "another"))
    assert {} == last(["A.one"], STORE)
    store = Results(STORE)
    assert (None, "") == (store.find("key"), store.problem)
    store.close()


def test_a_forged_verdict_in_a_repository_is_not_believed() -> None:
    Path("a.lean").write_text(CLAIM, encoding="utf-8")
    (refuted,) = check(["a.lean"], examples=20, results=STORE).results
    assert "refuted" == refuted.verdict
    forged = str(replace(refuted, verdict="no_counterexample", counterexample=None).to_json())
    with sqlite3.connect(STORE) as db:
        db.execute("UPDATE results SET payload = ?", [forged.replace("'", '"')])
    (again,) = check(["a.lean"], examples=20, results=STORE, resume=True).results
    assert ("refuted", False) == (again.verdict, again.resumed)


@pytest.mark.parametrize(
    "change",
    ["payload = '[1'", "payload = x'ff'", "finished = 1e300", "finished = 'never'", "seal = ''", "line = 2"],
)
def test_a_row_that_was_changed_is_none(change: str) -> None:
    keep(stored(1))
    with sqlite3.connect(STORE) as db:
        db.execute(f"UPDATE results SET {change}")
    store = Results(STORE)
    assert (None, "") == (store.find("key"), store.problem)
    store.close()
    assert {} == last(["A.one"], STORE)


def test_a_service_gives_its_own_key(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(owner.VARIABLE, "secret of this run")
    keep(stored(1))
    assert not (here / "state").exists()
    assert {"A.one"} == set(last(["A.one"], STORE))
    monkeypatch.setenv(owner.VARIABLE, "secret of another")
    assert {} == last(["A.one"], STORE)


def test_a_key_is_made_once_and_for_its_user_alone(here: Path) -> None:
    first = owner.secret()
    assert first == owner.secret()
    (file,) = (here / "state" / "leanmirror").iterdir()
    assert 0o600 == file.stat().st_mode & 0o777
    file.write_bytes(b"short")
    with pytest.raises(BadInput, match="not a key of this user"):
        owner.secret()


def foreign() -> None:
    STORE.parent.mkdir()
    with sqlite3.connect(STORE) as db:
        db.execute("CREATE TABLE theirs (x)")


def text() -> None:
    STORE.parent.mkdir()
    STORE.write_text("no database at all, but long enough to be read as one " * 20)


def link() -> None:
    with sqlite3.connect("victim.sqlite") as db:
        db.execute("CREATE TABLE theirs (x)")
    STORE.parent.mkdir()
    STORE.symlink_to("../victim.sqlite")


def linked_log() -> None:
    keep(stored(1))
    STORE.with_name("results.sqlite-wal").symlink_to("../victim")


def linked_folder() -> None:
    Path("victim").mkdir()
    STORE.parent.symlink_to("victim")


def pipe() -> None:
    STORE.parent.mkdir()
    os.mkfifo(STORE)


@pytest.mark.parametrize("there", [foreign, text, link, linked_log, linked_folder, pipe])
def test_what_is_no_store_stays_as_it_is_and_the_verdicts_are_shown(there: object) -> None:
    there()  # type: ignore[operator]
    before = contents()
    done = run_command("--witnesses", "w")
    assert (1, 1) == (done.returncode, len(done.stderr.splitlines())), done.stderr
    assert "verdicts are not kept there" in done.stderr
    assert "delete" not in done.stderr
    assert "refuted: t" in done.stdout
    assert Path("out.json").is_file()
    assert before == {name: data for name, data in contents().items() if name in before}


def contents() -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in Path().rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_locked_store_is_one_line_and_never_called_useless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leanmirror.bridge.check.store.PATIENCE", 0.1)
    keep(stored(1))
    Path("a.lean").write_text(CLAIM, encoding="utf-8")
    with sqlite3.connect(STORE) as db:
        db.execute("BEGIN IMMEDIATE")
        report = check(["a.lean"], examples=20, results=STORE)
        assert {"A.one"} == set(last(["A.one"], STORE))
        db.rollback()
    assert "refuted" == report.results[0].verdict
    assert (f"{STORE}: verdicts are not kept there: database is locked",) == report.problems


def test_a_full_disk_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(stored(1))
    store = Results(STORE)
    assert store._db is not None
    store._db.execute("PRAGMA max_page_count = 1")
    found = stored(2, "other")
    store.keep(replace(found, text="x" * 100_000))
    store.close()
    assert f"{STORE}: verdicts are not kept there: database or disk is full" == store.problem
    assert 1 == last(["A.one"], STORE)["A.one"].result.examples


def test_a_damaged_store_is_told_so() -> None:
    keep(*(stored(number, f"{number} " * 500) for number in range(8)))
    data = STORE.read_bytes()
    STORE.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    assert "it is damaged: move it away" in (Results(STORE).problem or _kept_problem())


def _kept_problem() -> str:
    store = Results(STORE)
    store.find("key")
    store.keep(stored(9))
    return store.problem


def test_a_name_that_is_no_unicode_is_kept() -> None:
    name = os.fsdecode(b"\xff.lean:1")
    store = Results(STORE)
    store.keep(replace(stored(1), name=name, file=name))
    store.close()
    assert "" == store.problem


def test_a_killed_writer_leaves_a_store_that_can_be_read_and_written() -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from leanmirror.bridge.check.result import Result\n"
        "from leanmirror.bridge.check.store import Results, Stored\n"
        f"store = Results(Path({str(STORE)!r}))\n"
        "for number in range(10**6):\n"
        "    result = Result('A.one', 'theorem', '', 'vacuous', examples=number)\n"
        "    store.keep(Stored(f'key {number}', 'A.one', 'My.lean', 1, '', 20.0, result))\n"
        "    print(number, flush=True)\n"
    )
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if int(line) > 20:
                    break
            process.send_signal(signal.SIGKILL)
        assert last(["A.one"], STORE)["A.one"].result.examples >= 20
        assert 0 == main(["trace", "TapeNodes.reluFderivAt"])


@pytest.mark.parametrize("linked", [Path(".leanmirror"), Path(".leanmirror/witnesses")])
def test_no_witness_is_written_through_a_link(linked: Path, here: Path) -> None:
    (here / "victim").mkdir()
    linked.parent.mkdir(exist_ok=True)
    linked.symlink_to(here / "victim")
    Path("a.lean").write_text(CLAIM, encoding="utf-8")
    report = check(["a.lean"], examples=20, witnesses=Path(".leanmirror/witnesses"))
    assert ("refuted", None) == (report.results[0].verdict, report.results[0].witness)
    assert ("is a link, and none is followed" in report.problems[0], []) == (
        True,
        [*(here / "victim").iterdir()],
    )


def test_what_a_killed_run_left_half_written_is_removed() -> None:
    folder = Path("w")
    folder.mkdir()
    ended = subprocess.Popen(["true"])
    ended.wait()
    (folder / f"x.json.{ended.pid}.tmp").touch()
    (folder / f"y.json.{os.getpid()}.tmp").touch()
    Path("a.lean").write_text(CLAIM, encoding="utf-8")
    (found,) = check(["a.lean"], examples=20).results
    assert WitnessFolder(folder).written(found).witness is not None
    assert [f"y.json.{os.getpid()}.tmp"] == [p.name for p in folder.iterdir() if p.suffix == ".tmp"]


def test_a_folder_that_takes_no_witness_is_one_line() -> None:
    Path("w").write_text("a file")
    Path("a.lean").write_text(CLAIM, encoding="utf-8")
    report = check(["a.lean"], examples=20, witnesses=Path("w"))
    assert "refuted" == report.results[0].verdict
    assert report.problems[0].startswith("w: counterexamples are not kept there: ")


def test_a_file_that_cannot_be_written_keeps_nothing_else_back() -> None:
    Path("a.lean").write_text(CLAIM, encoding="utf-8")
    line = [PROGRAM, "check", "a.lean", "--examples", "20", "--json", "/dev/full", "--junit", "out.xml"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (2, True) == (done.returncode, "refuted: t" in done.stdout)
    assert Path("out.xml").is_file()
    assert 1 == len(done.stderr.splitlines()), done.stderr


@pytest.mark.parametrize("command", [("check", "a.lean"), ("names", "--check")])
def test_python_without_docstrings_is_told_so(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.lean").write_text(CLAIM, encoding="utf-8")
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    done = subprocess.run([PROGRAM, *command], capture_output=True, text=True, check=False)
    assert (2, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines())), done.stderr
    assert "Python was started with -OO" in done.stderr


def test_two_processes_write_at_once() -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from leanmirror.bridge.check.result import Result\n"
        "from leanmirror.bridge.check.store import Results, Stored\n"
        f"store = Results(Path({str(STORE)!r}))\n"
        "for number in range(30):\n"
        "    result = Result(sys.argv[1], 'theorem', '', 'vacuous', examples=number)\n"
        "    store.keep(Stored(f'{sys.argv[1]} {number}', sys.argv[1], 'My.lean', 1, '', 20.0, result))\n"
        "store.close()\nprint(store.problem)\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code, name], stdout=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    deadline = time.monotonic() + 60
    assert ["\n", "\n"] == [each.communicate(timeout=deadline - time.monotonic())[0] for each in both]
    assert {"one", "two"} == set(last(["one", "two"], STORE))
