"""`leanmirror check`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from leanmirror.bridge.check.options import NOT_DECIDED, CheckOptions
from leanmirror.bridge.commands.answers import FINE, INTERRUPTED, complain, written
from leanmirror.bridge.commands.options import (
    github_option,
    json_option,
    one_standard_output,
    run_options,
    writable,
)

if TYPE_CHECKING:
    from leanmirror.bridge.check.result import CheckReport


@click.command()
@click.argument("select", nargs=-1)
@run_options(CheckOptions)
@click.option(
    "--junit", "junit_file", metavar="FILE", callback=writable, help="Also write the verdicts as JUnit XML."
)
@github_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "concise", "json", "junit", "github", "sarif"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only what is not as it should be, and the counts.")
@click.option("-v", "--verbose", is_flag=True, help="Print also what the claims that are fine rest on.")
@json_option
def check(
    select: tuple[str, ...],
    options: CheckOptions,
    junit_file: str | None,
    github: bool,
    form: str,
    quiet: bool,
    verbose: bool,
    json_file: str | None,
) -> int:
    """SELECT is a Lean name or a glob, of the mirror or of the Lake project around the current folder
    ('Proofs.Autograd.TapeNodes.*'), a .lean file, F.lean:LINE, F.lean::NAME, a folder, or '-'.

    Nothing selected means every claim that is mirrored. Verdicts are kept in .leanmirror, also those of
    a run that is interrupted: --resume goes on from there.
    """
    _require_one_output(form, quiet and verbose, quiet or verbose, github, json_file, junit_file)
    from leanmirror.bridge.check import fork_server

    if not options.resume:  # then there may be nothing to run
        fork_server.start()  # it imports what it needs while this process does
    from leanmirror.bridge.check import run
    from leanmirror.bridge.io.paths import RESULTS
    from leanmirror.bridge.report.progress import progress_bar

    with progress_bar() as progress:
        found = run.check(select, replace(options, results=RESULTS), progress=progress)
    status = _write(found, json_file, junit_file)
    if "-" not in (json_file, junit_file):
        status = max(status, _print(found, form, verbose - quiet, github))
    for problem in (*found.problems, *found.unread, *([found.fault] if found.fault else [])):
        complain(problem)
    status = status or found.status(NOT_DECIDED if options.strict else options.fail_on)
    return INTERRUPTED if found.interrupted else status


def _require_one_output(
    form: str, both: bool, either: bool, github: bool, json_file: str | None, junit_file: str | None
) -> None:
    """Raises UsageError for options that exclude each other."""
    if both:
        raise click.UsageError("--quiet and --verbose exclude each other")
    if either and form not in {"text", "concise"}:
        raise click.UsageError("--quiet and --verbose are about text for people")
    printed = {"github": github, "format": form != "text"}
    stdout = {name: "-" if given else None for name, given in printed.items()}
    one_standard_output(json=json_file, junit=junit_file, **stdout)


def _write(found: CheckReport, json_file: str | None, junit_file: str | None) -> int:
    """Write the files that were asked for; the status of that."""
    status = FINE
    if json_file is not None:
        from leanmirror.bridge.io.output import write_json

        status = written(lambda: write_json(json_file, found.to_json()))
    if junit_file is not None:
        from leanmirror.bridge.report import junit

        status = max(status, written(lambda: junit.write(found, junit_file)))
    return status


def _print(found: CheckReport, form: str, detail: int, github: bool) -> int:
    """Print the report, and annotations where they were asked for; the status of what is written besides."""
    from leanmirror.bridge.io.terminal import announce, say
    from leanmirror.bridge.report.formats import rendered

    (announce if form == "github" else say)(rendered(found, form, detail))
    if github:
        announce(rendered(found, "github"))
    if github or form == "github":
        from leanmirror.bridge.report.github import write_summary

        return written(lambda: write_summary(found))
    return FINE
