"""A Lean process as a source: it says which names exist, what they state, and on which axioms.

Statements come fully explicit (`pp.explicit`, `pp.fullNames`), and our reader reads them; their digest is
that of the explicit form, which no other source has. Files, lines and modules are not known, nor the names
of variables on which nothing depends. Private names are not found. Nothing is elaborated but `#check` and
`#print`.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.lean.unread import Unread
from leanmirror.bridge.sources import live_text
from leanmirror.bridge.sources.docgen import read_statement
from leanmirror.bridge.sources.indexed import Indexed, IndexResult
from leanmirror.bridge.sources.live_text import QUERIES, Message
from leanmirror.bridge.sources.process import Limits, Ran, run
from leanmirror.spec.errors import BadInput, NameNotFound, Position

LEAN = "lake env lean"
SORRY = "sorryAx"
NO_ANSWER = "Lean gave no answer"
LIMITS = Limits()
MANY_ERRORS = "-DmaxErrors=1000000"
"""A name that does not exist is an error, and Lean stops after a hundred unless it is told to go on."""


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """What Lean says of one name. `exists` is None where there is no answer; `error` says why.

    `statement` is the type in explicit form, in one line; None where it is not known, as are the axioms.
    `kind` is empty when Lean does not tell.
    """

    name: str
    exists: bool | None = None
    kind: str = ""
    statement: str | None = None
    axioms: tuple[str, ...] | None = None
    error: str | None = None

    @property
    def silent(self) -> bool:
        """Whether Lean said nothing of it."""
        return self.exists is None and self.error == NO_ANSWER

    @property
    def has_sorry(self) -> bool | None:
        """Whether it rests on a `sorry`; None where that is not known."""
        return None if self.axioms is None else SORRY in self.axioms


@dataclass(frozen=True, slots=True)
class LiveResult:
    """One answer per name, in the order of the names. `problem` is empty when Lean ended as it should."""

    answers: tuple[LiveAnswer, ...]
    problem: str = ""

    def find(self, name: str) -> LiveAnswer:
        """The answer for a name. Raises NameNotFound for one that was not asked for."""
        for each in self.answers:
            if each.name == name:
                return each
        raise NameNotFound(f"Lean was not asked about '{shown(name)}'")

    def to_index(self) -> IndexResult:
        """The names that exist as declarations; those that do not, or have no answer, are unread."""
        rows = tuple(_row(each) for each in self.answers if each.exists)
        unread = tuple(("", _unread(each)) for each in self.answers if not each.exists)
        return IndexResult(rows, unread, "live", (self.problem,) if self.problem else ())


def _row(answer: LiveAnswer) -> Indexed:
    if answer.statement is None:
        return Indexed(answer.name, answer.kind, "", "", 0, "", "", False, answer.error, axioms=answer.axioms)
    found = read_statement("axiom", f": {answer.statement}")
    return replace(
        found, name=answer.name, kind=answer.kind, module="", file="", line=0, axioms=answer.axioms
    )


def _unread(answer: LiveAnswer) -> Unread:
    return Unread("name", Position(1, 1), f"{shown(answer.name)}: {answer.error or 'no answer'}")


def ask(
    names: Iterable[str],
    imports: Sequence[str] = (),
    *,
    lean: str = LEAN,
    project: str | os.PathLike[str] = ".",
    limits: Limits = LIMITS,
) -> LiveResult:
    """Ask one Lean process about names, with these modules imported.

    `lean` is a command line, split as a shell would and run without one, in the folder of the project. A text
    that is no name of Lean's is answered without asking. When Lean dies, hangs or writes without end, the
    answers that it gave are kept. Raises BadInput when it cannot be started or cannot import a module.
    """
    asked = list(dict.fromkeys(names))
    if not asked:
        raise BadInput("no name to ask Lean about")
    spelled = {name: live_text.spelled(name) for name in asked}
    known = [name for name in asked if spelled[name] is not None]
    run_ = _Run(_command(lean), _folder(project), tuple(imports), limits)
    answers = {name: LiveAnswer(name, False, error="this is no name in Lean") for name in asked}
    problem = ""
    if known:
        found, problem = run_.answers({name: spelled[name] or "" for name in known})
        answers |= found
    return LiveResult(tuple(answers[name] for name in asked), problem)


def limits(seconds: float | None, mebibytes: int | None) -> Limits:
    """The usual limits, with these in place of their own where given."""
    return Limits(
        LIMITS.seconds if seconds is None else seconds,
        LIMITS.memory if mebibytes is None else mebibytes << 20,
    )


def selected(patterns: Sequence[str], imports: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """The names that patterns choose in lean_names.json, all without any, and the modules to import for them.

    With `imports`, those are the modules, and what is no pattern and not listed is taken as a name. Raises as
    `Names.select` does for the rest.
    """
    from leanmirror.bridge.names.table import default_names, is_glob

    listed = default_names()
    names: list[str] = []
    modules: dict[str, None] = {}
    for pattern in patterns or ("*",):
        if imports and not is_glob(pattern):
            names.append(pattern)
            continue
        for entry in listed.select([pattern]):
            names.append(entry.name)
            modules |= {entry.module: None} if entry.module else {}
    return names, list(imports) or sorted(modules)


def _command(lean: str) -> list[str]:
    try:
        words = shlex.split(lean)
    except ValueError as error:
        raise BadInput(f"--lean '{shown(lean)}': {str(error).lower()}") from None
    if not words:
        raise BadInput("--lean is empty")
    return words


def _folder(project: str | os.PathLike[str]) -> Path:
    folder = Path(project)
    if not folder.is_dir():
        raise BadInput(f"{shown(os.fspath(project))}: no such folder")
    return folder


@dataclass(frozen=True, slots=True)
class _Run:
    """How Lean is run."""

    command: list[str]
    folder: Path
    imports: tuple[str, ...]
    limits: Limits

    def answers(self, spelled: dict[str, str]) -> tuple[dict[str, LiveAnswer], str]:
        """The answer for each name, and what went wrong with the process.

        A Lean that stops after some number of errors is asked again about the names that it left out.
        """
        answers: dict[str, LiveAnswer] = {}
        left, ran = spelled, Ran(b"", "", "")
        while left and not ran.problem:
            found, ran = self._round(left)
            answers |= found
            silent = {name: text for name, text in left.items() if found[name].silent}
            if len(silent) == len(left):
                break
            left = silent
        lost = [name for name, each in answers.items() if each.exists is None]
        problem = ran.problem or ("it gave no answer" if len(lost) == len(answers) else "")
        if not problem and lost:
            problem = "it left names out"
        if not problem:
            return answers, ""
        said = f": {shown(ran.errors.splitlines()[-1])}" if ran.errors else ""
        why = f"{NO_ANSWER}; {problem}"
        answers |= {name: replace(answers[name], error=why) for name in lost if answers[name].silent}
        return answers, f"Lean: {problem}{said}; {len(lost)} of {len(answers)} names have no answer"

    def _round(self, spelled: dict[str, str]) -> tuple[dict[str, LiveAnswer], Ran]:
        """The answers of one process."""
        ran, lines, before = self._asked(spelled, "")
        failed = self._failed(lines)
        if "'Init'" in failed:  # a Lean without its library, for which a file has to start with `prelude`
            ran, lines, before = self._asked(spelled, "prelude")
            failed = self._failed(lines)
        if failed:
            raise BadInput(f"Lean cannot import what was asked for: {shown(failed, 500)}")
        answers: dict[str, LiveAnswer] = {}
        for i, name in enumerate(spelled):
            first = before + 1 + i * len(QUERIES)
            answers[name] = _answer(name, *(lines.get(first + j, []) for j in range(len(QUERIES))))
        return answers, ran

    def _failed(self, lines: dict[int, list[Message]]) -> str:
        """Why the imports failed, in one line; empty when they did not."""
        for line in range(1, len(self.imports) + 3):
            for each in _errors(lines.get(line, [])):
                if "option" not in each.text:
                    return " ".join(each.text.split())
        return ""

    def _asked(self, spelled: dict[str, str], first: str) -> tuple[Ran, dict[int, list[Message]], int]:
        text, before = live_text.file_text(list(spelled.values()), self.imports, first)
        with tempfile.TemporaryDirectory(prefix="leanmirror-") as scratch:
            path = Path(scratch, "Questions.lean")
            path.write_text(text, encoding="utf-8")
            ran = run([*self.command, MANY_ERRORS, "--json", str(path)], self.folder, self.limits)
            if "maxErrors" in ran.errors and not any(live_text.messages(ran.output)):  # it is older than that
                ran = run([*self.command, "--json", str(path)], self.folder, self.limits)
        lines: dict[int, list[Message]] = {}
        for each in live_text.messages(ran.output):
            lines.setdefault(each.line, []).append(each)
        return ran, lines, before


def _errors(found: Iterable[Message]) -> list[Message]:
    return [each for each in found if each.severity == "error"]


def _answer(
    name: str, checked: list[Message], signature: list[Message], printed: list[Message]
) -> LiveAnswer:
    """The answer for a name from the messages of its three questions."""
    errors = _errors(checked)
    said = [each.text for each in checked if each.severity == "information"]
    if not said:
        if not errors:
            return LiveAnswer(name, error=NO_ANSWER)
        text = " ".join(errors[0].text.split())
        return LiveAnswer(name, False if live_text.is_unknown(text) else None, error=shown(text))
    statement = live_text.statement(name, said[0])
    if statement is None:
        return LiveAnswer(name, False, error=f"in Lean this means {shown(said[0])}")
    kind = next((live_text.kind(each.text) for each in signature if each.severity == "information"), "")
    axioms = next((found for each in printed if (found := live_text.axioms(each.text)) is not None), None)
    if live_text.is_unprinted(statement):
        return LiveAnswer(
            name, True, kind, None, axioms, f"Lean could not print its type: {shown(statement)}"
        )
    return LiveAnswer(name, True, kind, statement, axioms)
