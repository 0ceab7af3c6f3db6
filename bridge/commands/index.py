"""`leanmirror index`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from leanmirror.bridge.commands.answers import answer, complain
from leanmirror.bridge.commands.options import LeanProcess, json_option, lean_options

if TYPE_CHECKING:
    from leanmirror.bridge.sources.indexed import IndexResult


@click.command()
@click.argument("source", nargs=-1, required=False)
@click.option(
    "--live", is_flag=True, help="Ask a Lean process; SOURCE is then names, globs, or nothing for all."
)
@lean_options
@json_option
def index(source: tuple[str, ...], live: bool, process: LeanProcess, json_file: str | None) -> int:
    """Each with its kind, place and statement, and whether it can be read; else where reading stopped.

    SOURCE is a Lean tree or file, pages of doc-gen4 (HTML, saved as text, or its JSON), or .ilean files.

    With --live, a Lean process is asked about names: which exist, what they state in full, on which axioms
    they rest. The modules to import are those of lean_names.json unless --import names them.

    Exit status: 2 when a part could not be read or Lean did not answer all; what there is is listed.
    """
    if live:
        found = _asked(source, process)
    else:
        from leanmirror.bridge.sources.recognise import read_source

        process.require_live()
        if len(source) != 1:
            raise click.UsageError("which SOURCE? One path, or --live and names")
        found = read_source(source[0])
    answer(json_file, found.to_json, lambda: found.text)
    for problem in found.problems:
        complain(problem, "leanmirror index")
    return found.exit_status


def _asked(names: tuple[str, ...], process: LeanProcess) -> IndexResult:
    """What a Lean process says of names."""
    from leanmirror.bridge.sources import live

    chosen, modules = live.selected(names, process.imports)
    return live.ask(
        chosen,
        modules,
        lean=live.LEAN if process.lean is None else process.lean,
        project=process.project or ".",
        limits=live.limits(process.timeout, process.memory),
    ).to_index()
