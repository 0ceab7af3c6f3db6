"""`leanmirror drift`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from leanmirror.bridge.commands.answers import answer, complain
from leanmirror.bridge.commands.options import (
    LeanProcess,
    github_option,
    json_option,
    lean_options,
    one_standard_output,
    seconds_option,
)

if TYPE_CHECKING:
    from leanmirror.bridge.drift.judged import Effort
    from leanmirror.bridge.drift.run import Drift


@click.command()
@click.argument("old", required=False, metavar="[OLD] SOURCE")
@click.argument("new", required=False, metavar="")
@click.option("--live", is_flag=True, help="Ask a Lean process about the names instead of reading a SOURCE.")
@lean_options
@click.option("--full", is_flag=True, help="Show all entries of each list, and nothing cut short.")
@click.option("--meaning/--no-meaning", default=True, help="Run what changed, to see if its meaning did.")
@click.option(
    "--draws", type=click.IntRange(1), metavar="N", help="Inputs for each definition.  [default: 40]"
)
@seconds_option("--seconds", metavar="N", help="Of processor time for each declaration.  [default: 2]")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes.  [default: all cores]")
@github_option
@json_option
def drift(
    old: str | None,
    new: str | None,
    live: bool,
    process: LeanProcess,
    full: bool,
    meaning: bool,
    draws: int | None,
    seconds: float | None,
    jobs: int | None,
    github: bool,
    json_file: str | None,
) -> int:
    """Added in mirrored modules, removed, moved, renamed, and changed: with both texts, whether the meaning
    changed too, and what rests on it. A SOURCE is anything that `index` reads. Bodies of definitions are
    compared between two trees of Lean files; against lean_names.json, which has none, what they give is
    compared with their mirrors. With --live, a Lean process says which names exist, what they state and on
    which axioms they rest. Exit status: 1 when something drifted, 2 when a part of a source could not be read
    or Lean did not answer all.
    """
    one_standard_output(json=json_file, github="-" if github else None)
    effort = _effort(meaning, draws, seconds, jobs)
    if live:
        found = _asked(old, process, effort)
    else:
        from leanmirror.bridge.drift import run

        process.require_live()
        if old is None:
            raise click.UsageError("which SOURCE? One, or an old and a new one, or --live")
        found = run.drift(old, new, effort=effort)
    answer(json_file, found.to_json, lambda: _text(found, full))
    if github and json_file != "-":
        from leanmirror.bridge.io.terminal import announce
        from leanmirror.bridge.report.github import of_drift

        announce("\n".join(of_drift(found)))
    for problem in found.problems:
        complain(problem, "leanmirror drift")
    return found.exit_status


def _effort(meaning: bool, draws: int | None, seconds: float | None, jobs: int | None) -> Effort | None:
    """How much is run of what changed; None for nothing."""
    from leanmirror.bridge.drift.judged import EFFORT, Effort

    if meaning:
        return Effort(draws or EFFORT.draws, seconds or EFFORT.seconds, jobs)
    if (draws, seconds, jobs) != (None, None, None):
        raise click.UsageError("--draws, --seconds and --jobs are about what --no-meaning leaves out")
    return None


def _asked(source: str | None, process: LeanProcess, effort: Effort | None) -> Drift:
    """The drift of what a Lean process says."""
    from leanmirror.bridge.drift import run
    from leanmirror.bridge.sources import live

    if source is not None:
        raise click.UsageError("--live takes no SOURCE: it is about the names of lean_names.json")
    return run.drift_live(
        process.imports,
        lean=process.lean or live.LEAN,
        project=process.project or ".",
        limits=live.limits(process.timeout, process.memory),
        effort=effort,
    )


def _text(found: Drift, full: bool) -> str:
    from leanmirror.bridge.drift.text import Page
    from leanmirror.bridge.io.terminal import coloured, room

    return Page(found, room() or 80, coloured(), full).text()
