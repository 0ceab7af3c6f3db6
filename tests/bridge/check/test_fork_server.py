"""Workers come from one process that has everything ready and nothing of the caller's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from leanmirror.bridge.check import fork_server
from leanmirror.bridge.check.pool import Ended, Workers

CHECKS = (
    "from leanmirror.bridge.check.run import check\n"
    "print([r.verdict for r in check(['c.lean'], jobs=2, examples=20).results])\n"
)
CLAIMS = "theorem t (x : ℝ) : x + 0 = x := by sorry\ntheorem u (x : ℝ) : x = x + 1 := by sorry\n"


def test_what_the_server_imports_can_be_imported_and_brings_the_library() -> None:
    assert import_module("leanmirror.bridge.check.preload").LIBRARY.lookup("Real") is not None


def test_one_server_is_started_and_a_killed_one_is_replaced() -> None:
    server = fork_server.server()
    assert server is fork_server.server()
    with Workers(1, 60.0) as workers:
        assert 3 == workers.outcome(workers.submit(abs, -3))
        os.kill(server.process, signal.SIGKILL)
        ended = Ended("worker", "resource: the worker died (exit status 3)")
        assert ended == workers.outcome(workers.submit(os._exit, 3))
        assert 4 == workers.outcome(workers.submit(abs, -4))
    assert server is not fork_server.server()


@pytest.mark.parametrize("as_file", [True, False])
def test_a_script_needs_no_guard_and_can_come_from_standard_input(tmp_path: Path, as_file: bool) -> None:
    (tmp_path / "c.lean").write_text(CLAIMS, encoding="utf-8")
    (tmp_path / "script.py").write_text(CHECKS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "script.py" if as_file else "-"],
        input=CHECKS, capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert ("['no_counterexample', 'refuted']\n", "", 0) == (done.stdout, done.stderr, done.returncode)


def test_the_server_and_its_workers_end_with_the_process_that_started_it() -> None:
    program = (
        "import os, time\n"
        "from leanmirror.bridge.check.fork_server import server\n"
        "from leanmirror.bridge.check.pool import Ended, Workers\n"
        "workers = Workers(1, 600.0)\n"
        "workers.submit(time.sleep, 500)\n"
        "workers._give_out()\n"
        "print(server().process, workers._workers[0].process, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    processes = [int(word) for word in done.stdout.split()]
    assert 2 == len(processes), done.stderr
    for process in processes:
        descriptor = _opened(process)
        if descriptor is not None:
            assert _ends(descriptor, 10.0), process


def _opened(process: int) -> int | None:
    try:
        return os.pidfd_open(process)
    except ProcessLookupError:
        return None


def _ends(descriptor: int, seconds: float) -> bool:
    import select

    ready, _, _ = select.select([descriptor], [], [], seconds)
    os.close(descriptor)
    return bool(ready)


def test_a_worker_is_where_its_caller_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workers(1, 60.0) as workers:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            monkeypatch.chdir(tmp_path / name)
            assert str(tmp_path / name) == workers.outcome(workers.submit(os.path.abspath, "."))
