"""`leanmirror check`."""

from __future__ import annotations

from dataclasses import replace

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


@click.command()
@click.argument("select", nargs=-1)
@run_options(CheckOptions)
@click.option(
    "--junit", "junit_file", metavar="FILE", callback=writable, help="Also write the verdicts as JUnit XML."
)
@github_option
@json_option
def check(
    select: tuple[str, ...],
    options: CheckOptions,
    junit_file: str | None,
    github: bool,
    json_file: str | None,
) -> int:
    """SELECT is a Lean name or a glob, of the mirror or of the Lake project around the current folder
    ('Proofs.Autograd.TapeNodes.*'), a .lean file, F.lean:LINE, F.lean::NAME, a folder, or '-'.

    Nothing selected means every claim that is mirrored. Verdicts are kept in .leanmirror, also those of
    a run that is interrupted: --resume goes on from there.
    """
    one_standard_output(json=json_file, junit=junit_file, github="-" if github else None)
    from leanmirror.bridge.check import fork_server

    if not options.resume:  # then there may be nothing to run
        fork_server.start()  # it imports what it needs while this process does
    from leanmirror.bridge.check import run, text
    from leanmirror.bridge.io.output import write_json
    from leanmirror.bridge.io.paths import RESULTS
    from leanmirror.bridge.io.terminal import folded, painter, room
    from leanmirror.bridge.report.progress import progress_bar

    with progress_bar() as progress:
        found = run.check(select, replace(options, results=RESULTS), progress=progress)
    status = FINE
    if json_file is not None:
        status = written(lambda: write_json(json_file, found.to_json()))
    if junit_file is not None:
        from leanmirror.bridge.report import junit

        status = max(status, written(lambda: junit.write(found, junit_file)))
    if "-" not in (json_file, junit_file):
        print(folded(text.report_text(found, painter()), room()))
        if github:
            from leanmirror.bridge.report.github import of_check

            print(*of_check(found), sep="\n")
    for problem in (*found.problems, *([found.fault] if found.fault else [])):
        complain(problem)
    status = status or found.status(NOT_DECIDED if options.strict else options.fail_on)
    return INTERRUPTED if found.interrupted else status
