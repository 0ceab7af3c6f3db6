"""Options that several commands have, and the options of a run as click reads them."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from leanmirror.bridge.check.options import Asked, RunOptions, questions

Command = TypeVar("Command", bound=Callable[..., object])


def finite_positive(_: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """A number of seconds, or what stands for none."""
    if value is not None and not (math.isfinite(value) and value > 0):
        raise click.BadParameter(f"{value} is not a positive number of seconds.", param=option)
    return value


def writable(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A file to write: a result that took an hour must not fail for want of a folder, so look before."""
    if value not in {None, "-"}:
        folder = os.path.dirname(os.path.abspath(value or ""))
        if not os.path.isdir(folder) or os.path.isdir(value or "") or value == "":
            raise click.BadParameter(f"'{value}' is not a file in an existing folder.", param=option)
    return value


def one_standard_output(**files: str | None) -> None:
    """Raises UsageError where two of these files, given by their options, are standard output."""
    found = [f"--{name.replace('_', '-')}" for name, file in files.items() if file == "-"]
    if len(found) > 1:
        raise click.UsageError(f"only one of {' and '.join(found)} can be standard output")


json_option = click.option(
    "--json",
    "json_file",
    metavar="FILE",
    callback=writable,
    help="Also write the result as JSON; '-' is standard output, and then nothing else is printed there.",
)
github_option = click.option(
    "--github", is_flag=True, help="Also print annotations for GitHub Actions, one a line."
)


def seconds_option(*names: str, **rest: Any) -> Callable[[Command], Command]:
    """An option whose value is a number of seconds."""
    return click.option(*names, type=float, callback=finite_positive, **rest)


def run_options(kind: type[RunOptions]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """The options of a class of them; the command gets one object, as its argument `options`."""
    named = questions(kind)

    def decorated(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def with_options(**given: Any) -> int:
            taken = {name: given.pop(name) for name in named}
            return command(options=kind(**taken), **given)

        result: Callable[..., int] = with_options
        for name, (asked, default) in reversed(named.items()):
            result = _option(name, asked, default)(result)
        return result

    return decorated


def _option(name: str, asked: Asked, default: Any) -> Callable[[Command], Command]:
    flag = f"--{name.replace('_', '-')}"
    if asked.kind is bool:
        return click.option(flag, is_flag=True, help=asked.help)
    usual = default if asked.of_command is None else asked.of_command
    text = f"{asked.help}  [default: {asked.usual}]" if asked.usual else asked.help
    more: dict[str, Any] = {"default": usual, "show_default": asked.usual is None, "help": text}
    if asked.kind is float:
        return seconds_option(flag, **more)
    if asked.kind is tuple:
        return click.option(
            flag,
            metavar=asked.metavar,
            callback=_words(asked),
            help=f"{asked.help[:-1]}: {', '.join(asked.among)}.",
        )
    if asked.kind is str:
        return click.option(flag, metavar=asked.metavar, callback=_text(asked), help=asked.help)
    if asked.kind is Path:
        return click.option(flag, type=click.Path(file_okay=False, path_type=Path), **more)
    bounded = asked.least is not None or asked.most is not None
    return click.option(flag, type=click.IntRange(asked.least, asked.most) if bounded else int, **more)


def _words(asked: Asked) -> Callable[[click.Context, click.Parameter, str | None], tuple[str, ...]]:
    """Reads words with commas between them."""

    def read(_: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
        words = tuple(word.strip() for word in value.split(",")) if value is not None else ()
        complaint = asked.complaint(words)
        if complaint:
            raise click.BadParameter(f"'{value}' {complaint}.", param=option)
        return words

    return read


def _text(asked: Asked) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Reads a text that has to be like something."""

    def read(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
        complaint = "" if value is None else asked.complaint(value)
        if complaint:
            raise click.BadParameter(f"'{value}' {complaint}.", param=option)
        return value

    return read


@dataclass(frozen=True, slots=True)
class LeanProcess:
    """How a Lean process is run, as far as the command line says it."""

    lean: str | None
    project: str | None
    imports: tuple[str, ...]
    timeout: float | None
    memory: int | None

    def require_live(self) -> None:
        """Raises UsageError where an option of a Lean process is given without one."""
        if self != LeanProcess(None, None, (), None, None):
            raise click.UsageError("--lean, --project, --import, --timeout and --memory belong to --live")


def lean_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options of how a Lean process is run; the command gets one object, as its argument `process`."""

    @wraps(command)
    def with_process(
        *,
        lean: str | None,
        project: str | None,
        imports: tuple[str, ...],
        timeout: float | None,
        memory: int | None,
        **given: Any,
    ) -> int:
        return command(process=LeanProcess(lean, project, imports, timeout, memory), **given)

    result: Callable[..., int] = with_process
    for option in reversed(_LEAN):
        result = option(result)
    return result


_LEAN = (
    click.option("--lean", metavar="COMMAND", help="With --live: how Lean is run.  [default: lake env lean]"),
    click.option("--project", metavar="DIR", help="With --live: the folder to run it in.  [default: .]"),
    click.option(
        "--import", "imports", metavar="MODULE", multiple=True, help="With --live: a module to import."
    ),
    seconds_option("--timeout", metavar="SECONDS", help="With --live.  [default: 600]"),
    click.option("--memory", type=click.IntRange(1), metavar="MIB", help="With --live.  [default: 8192]"),
)
