"""The pytest plugin: claims of Lean files as tests, whose ids are Lean names.

Collected are `.lean` files that the command line names, those in folders that it names and that hold no
Python tests, and those in the folders of the ini option `leanmirror_paths`. pytest loads this module in
every project, so it imports nothing of leanmirror until there is a Lean file to collect.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Generator, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from leanmirror.bridge.check.options import NOT_DECIDED, Asked, CheckOptions, questions

if TYPE_CHECKING:
    from leanmirror.bridge.check.pool import Call, Workers
    from leanmirror.bridge.check.result import Result
    from leanmirror.bridge.check.tasks import Task, TextTask


LONGEST = 1_000
"""Letters of a name or a reason."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of claims."""
    group = parser.getgroup("leanmirror", "Lean claims (leanmirror)")
    for name, (asked, default) in questions(CheckOptions).items():
        if asked.in_pytest and asked.kind is bool:
            group.addoption(f"--leanmirror-{name}", action="store_true", help=asked.help)
        elif asked.in_pytest:
            more = {"type": _reader(asked), "default": default, "metavar": "N", "help": asked.help}
            group.addoption(f"--leanmirror-{name}", **more)
    parser.addini(
        "leanmirror_paths", "folders and files whose Lean claims are tests", type="paths", default=[]
    )
    parser.addini("leanmirror_strict", "as --leanmirror-strict", type="bool", default=False)


def _reader(asked: Asked) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            value = asked.kind(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number") from None
        complaint = asked.complaint(value)
        if complaint:
            raise argparse.ArgumentTypeError(f"{text[:40]!r} {complaint}")
        return value

    return read


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> LeanFile | None:
    """A collector for a Lean file that was asked for."""
    if file_path.suffix != ".lean" or not _wanted(file_path, parent.config):
        return None
    return LeanFile.from_parent(parent, path=file_path)


def _wanted(file: Path, config: pytest.Config) -> bool:
    configured = [Path(os.path.abspath(path)) for path in config.getini("leanmirror_paths")]
    if any(file == path or path in file.parents for path in configured):
        return True
    return any(file == path or path in file.parents for path in _given(config))


def _given(config: pytest.Config) -> list[Path]:
    """The Lean files of the command line, and its folders without Python tests: fixtures are no tests."""
    found = config.stash.get(_GIVEN, None)
    if found is None:
        given: list[Path] = []
        if config.args_source is pytest.Config.ArgsSource.ARGS:
            folder = config.invocation_params.dir
            given = [Path(os.path.abspath(folder / arg.partition("::")[0])) for arg in config.args]
        found = [path for path in given if path.is_file() or not _holds_tests(path, config)]
        config.stash[_GIVEN] = found
    return found


def _holds_tests(folder: Path, config: pytest.Config) -> bool:
    """Whether pytest would find Python tests in a folder, going by the names of files."""
    tests, skipped = [*config.getini("python_files"), "conftest.py"], config.getini("norecursedirs")
    for _, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not any(fnmatch(name, each) for each in skipped)]
        if any(fnmatch(name, each) for name in files for each in tests):
            return True
    return False


_GIVEN = pytest.StashKey[list[Path]]()
_RUNS = pytest.StashKey["Runs"]()


class LeanFile(pytest.File):
    """A Lean file: its claims are its tests."""

    def collect(self) -> Iterator[LeanClaim]:
        """The claims, in the order of the text."""
        from leanmirror.bridge.check.tasks import tasks
        from leanmirror.bridge.check.texts import text_of
        from leanmirror.bridge.io.output import safe, shown
        from leanmirror.spec.errors import LeanMirrorError

        here = os.path.relpath(self.path)
        try:
            claims = tasks(text_of(Path(here)))
        except (LeanMirrorError, OSError) as error:
            raise self.CollectError(safe(str(error))) from None
        for claim in claims:
            name = claim.name.removeprefix(f"{os.path.dirname(here)}/")  # of an example: its file and line
            yield LeanClaim.from_parent(self, name=shown(name, LONGEST), claim=claim)


class LeanClaim(pytest.Item):
    """One claim: it passes without a counterexample, and fails with one."""

    def __init__(self, *, claim: TextTask, **rest: Any) -> None:
        super().__init__(**rest)
        self.claim = claim

    @property
    def task(self) -> Task:
        """What to run."""
        from leanmirror.bridge.check.tasks import Task

        option = self.config.getoption
        examples, digits = option("--leanmirror-examples"), option("--leanmirror-digits")
        return Task(self.claim, examples, digits, option("--leanmirror-seed"))

    def runtest(self) -> None:
        """Run the claim in a worker process."""
        from leanmirror.bridge.io.output import shown

        result = _runs(self.session).result(self)
        counts = {"verdict": result.verdict, "examples": result.satisfied, "certified": result.certified}
        self.user_properties.extend(counts.items())
        if result.verdict in NOT_DECIDED and not _strict(self.config):
            pytest.skip(f"{result.verdict}: {shown(result.reason or '', LONGEST)}")
        if result.verdict != "no_counterexample":
            raise NotHeld(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is wrong, in the line that pytest's short summary shows, and the counterexample."""
        from leanmirror.bridge.io.output import safe
        from leanmirror.bridge.report.places import issue

        if isinstance(excinfo.value, NotHeld):
            result = excinfo.value.result
            return safe(f"{result.verdict.replace('_', ' ')}: {issue(result)}\n{result.text}")
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        return self.path, self.claim.line - 1, self.name


class NotHeld(Exception):
    """A claim that was refuted, or that could not be run."""

    def __init__(self, result: Result) -> None:
        super().__init__(result.reason)
        self.result = result


def _strict(config: pytest.Config) -> bool:
    return bool(config.getoption("--leanmirror-strict") or config.getini("leanmirror_strict"))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """A claim is skipped where it stands, not where this file says so."""
    outcome = yield
    report = outcome.get_result()
    if isinstance(item, LeanClaim) and report.skipped and isinstance(report.longrepr, tuple):
        report.longrepr = (str(item.path), item.claim.line, report.longrepr[2])


class Runs:
    """The claims of one run of pytest in worker processes, all of them from the first one on."""

    def __init__(self, session: pytest.Session) -> None:
        from leanmirror.bridge.check.pool import Workers

        config = session.config
        alone = hasattr(config, "workerinput")  # one of several processes, each of which runs some tests
        jobs = 1 if alone else os.cpu_count() or 1
        self.workers: Workers = Workers(jobs, float(config.getoption("--leanmirror-timeout")))
        self.waiting: dict[LeanClaim, Call[Any]] = {}
        for item in () if alone else session.items:
            if isinstance(item, LeanClaim):
                self._submit(item)

    def _submit(self, item: LeanClaim) -> Call[Any]:
        from leanmirror.bridge.check.run import run_task

        self.waiting[item] = future = self.workers.submit(run_task, item.task)
        return future

    def result(self, item: LeanClaim) -> Result:
        """What was found of a claim."""
        from leanmirror.bridge.check.run import result_of_outcome

        future = self.waiting.pop(item, None) or self._submit(item)
        return result_of_outcome(item.task, self.workers.outcome(future))


def _runs(session: pytest.Session) -> Runs:
    found = session.stash.get(_RUNS, None)
    if found is None:
        found = session.stash[_RUNS] = Runs(session)
    return found


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End the workers."""
    found = session.stash.get(_RUNS, None)
    if found is not None:
        found.workers.close()
        del session.stash[_RUNS]
