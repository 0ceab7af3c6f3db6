"""`leanmirror fidelity`."""

from __future__ import annotations

import click

from leanmirror.bridge.commands.answers import INTERRUPTED, answer
from leanmirror.bridge.commands.options import json_option


@click.command()
@click.argument("select", nargs=-1)
@click.option(
    "--source",
    required=True,
    metavar="TREE",
    type=click.Path(exists=True, file_okay=False),
    help="The Lean tree whose text judges.",
)
@click.option("--draws", type=click.IntRange(1, 10**5), default=40, show_default=True, help="Per definition.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed draws the same inputs.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Worker processes.  [default: one per processor]")
@json_option
def fidelity(
    select: tuple[str, ...], source: str, draws: int, seed: int, jobs: int | None, json_file: str | None
) -> int:
    """Each body is run as the text has it, on inputs of every rank and size and on special values, and held
    against its Python mirror. SELECT is a Lean name, a suffix of one, or a glob. Exit status: 1 when a
    definition is different.
    """
    from leanmirror.bridge.fidelity import run
    from leanmirror.bridge.report.progress import progress_bar

    with progress_bar() as progress:
        found = run.fidelity(select, source=source, draws=draws, seed=seed, jobs=jobs, progress=progress)
    answer(json_file, found.to_json, lambda: found.text)
    return INTERRUPTED if found.interrupted else found.exit_status
