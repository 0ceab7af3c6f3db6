"""The options of a run, said once: Python's keywords, the commands' options and the pytest plugin's follow.

It imports nothing of the mirror, since `--help` and pytest look at it before anything runs.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from leanmirror.bridge.io.paths import WITNESSES

KEY = "asked"
NOT_DECIDED = ("vacuous", "undecided", "unsupported")
Kind = type[bool] | type[int] | type[float] | type[str] | type[Path] | type[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a person is asked for an option: what it does, and which values it takes.

    `usual` stands for the default in a text, where that is a rule and no value; `of_command` is the command's
    default where it is another one than Python's; `in_pytest` says that the pytest plugin has it too,
    `in_file` that a project's configuration can set it. A text
    is `like` a regular expression; several words, with commas on the command line, are `among` these.
    """

    kind: Kind
    help: str
    least: int | None = None
    most: int | None = None
    usual: str | None = None
    of_command: Any = None
    in_pytest: bool = False
    in_file: bool = False
    metavar: str | None = None
    like: str | None = None
    among: tuple[str, ...] = ()

    def complaint(self, value: Any) -> str:
        """What is wrong with a value; empty where nothing is."""
        if self.kind is Path:
            return "" if isinstance(value, Path) else "is not a pathlib.Path"
        if self.kind is str:
            fits = isinstance(value, str) and re.fullmatch(self.like or r"[^\0]+", value)
            return "" if fits else f"is not {self.metavar}"
        if self.kind is tuple:
            right = isinstance(value, tuple) and set(value) <= set(self.among)
            return "" if right else f"is not among {', '.join(self.among)}"
        if self.kind is bool:
            return "" if isinstance(value, bool) else "is neither True nor False"
        if isinstance(value, bool) or not isinstance(value, int if self.kind is int else int | float):
            return "is not a whole number" if self.kind is int else "is not a number"
        if self.kind is float and not (math.isfinite(value) and value > 0):
            return "is not a positive number"
        low = self.least is not None and value < self.least
        high = self.most is not None and value > self.most
        return f"is not between {self.least} and {self.most}" if low or high else ""


def asked(default: Any, kind: Kind, help: str, **rest: Any) -> Any:
    """A field of an options class that a person can be asked for."""
    return field(default=default, metadata={KEY: Asked(kind, help, **rest)})


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How claims are run: `timeout` is in seconds for each of them, `jobs` the number of worker processes.

    Raises BadInput for a value that an option does not take.
    """

    jobs: int | None = asked(None, int, "Worker processes.", least=1, most=1024, usual="one per processor")
    timeout: float = asked(20.0, float, "Seconds per claim.", in_pytest=True, in_file=True)

    def __post_init__(self) -> None:
        from leanmirror.spec.errors import BadInput

        for name, (asked_for, default) in questions(type(self)).items():
            value = getattr(self, name)
            complaint = "" if value is None and default is None else asked_for.complaint(value)
            if complaint:
                raise BadInput(f"{name}={value!r} {complaint}")


@dataclass(frozen=True, slots=True)
class SelectOptions(RunOptions):
    """Which claims of a selection are left out: those that have a proof, or that nothing changed since.

    `shard` is I/N: of N parts the I-th. `stdin_filename` is the file that the text on standard input is of.
    With `built`, statements are taken from `.olean` files.
    """

    sorry: bool = asked(False, bool, "Only statements of Lean files that rest on 'sorry'.")
    changed_since: str | None = asked(
        None, str, "Only what differs from a commit, in itself or in what it rests on.", metavar="REF"
    )
    shard: str | None = asked(
        None, str, "Only the I-th of N parts.", metavar="I/N", like=r"[1-9]\d{0,5}/[1-9]\d{0,5}"
    )
    built: bool = asked(
        False, bool, "Statements as Lean itself elaborated them, from the files that Lake has built."
    )
    stdin_filename: str | None = asked(
        None, str, "The file that '-' is the text of: its package and imports are.", metavar="FILE"
    )


@dataclass(frozen=True, slots=True)
class CheckOptions(SelectOptions):
    """The options of `check`.

    Counterexamples are written to the folder `witnesses` where one is given, and verdicts to the store
    `results`, each as soon as it is found. With `resume`, those that are in the store and rest on nothing
    that has changed are not looked for again. `strict` and `fail_on` are about the exit status.
    """

    digits: int = asked(50, int, "Decimal digits.", least=1, most=900, in_pytest=True, in_file=True)
    examples: int = asked(100, int, "Examples per claim.", least=1, most=10**6, in_pytest=True, in_file=True)
    seed: int = asked(0, int, "The same seed draws the same examples.", in_pytest=True, in_file=True)
    strict: bool = asked(
        False, bool, "What is vacuous, undecided or unsupported is wrong, too.", in_pytest=True, in_file=True
    )
    fail_on: tuple[str, ...] = asked(
        (), tuple, "Which of these are wrong, too.", metavar="KIND,…", among=NOT_DECIDED, in_file=True
    )
    resume: bool = asked(False, bool, "Take earlier verdicts over where nothing changed that they rest on.")
    witnesses: Path | None = asked(  # noqa: RUF009 - it is `dataclasses.field`, each class has its own
        None, Path, "Where counterexamples are kept.", of_command=WITNESSES
    )
    results: Path | None = None


def questions(kind: type[RunOptions]) -> dict[str, tuple[Asked, Any]]:
    """The options of a class that a person can be asked for, by name, each with its default."""
    return {each.name: (each.metadata[KEY], each.default) for each in fields(kind) if KEY in each.metadata}


Options = TypeVar("Options", bound=RunOptions)


def with_keywords(options: Options | None, kind: type[Options], keywords: dict[str, Any]) -> Options:
    """The options with some of them as keywords. Raises TypeError for a keyword that is none of them."""
    known = {each.name for each in fields(kind)}
    for name in keywords:
        if name not in known:
            raise TypeError(f"no option is called {name!r}: {', '.join(sorted(known))}")
    return replace(options, **keywords) if options is not None else kind(**keywords)
