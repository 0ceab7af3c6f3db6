"""`leanmirror trace`."""

from __future__ import annotations

import click

from leanmirror.bridge.commands.answers import FINE, answer, complain
from leanmirror.bridge.commands.options import json_option


@click.command()
@click.argument("name")
@click.option(
    "--source",
    metavar="SOURCE",
    type=click.Path(exists=True),
    help="Ask a Lean tree (or .ilean files, or doc-gen4's pages) as well.",
)
@json_option
def trace(name: str, source: str | None, json_file: str | None) -> int:
    """Its statement, where it stands in Lean and in Python, its runtime twin and what PyTorch has for it, the
    claims and tests that cover it and their last verdicts, the statements that mention it. NAME is a Lean
    name, a Python path, or FILE:LINE; a suffix that only one name has is enough. With --source also where it
    stands there, what it depends on and what depends on it; then NAME need not be mirrored.
    """
    from leanmirror.bridge.trace import name as traces

    found = traces.trace(name, source=source)
    answer(json_file, found.to_json, lambda: found.text)
    if found.unread:
        complain(found.unread)
    return FINE
