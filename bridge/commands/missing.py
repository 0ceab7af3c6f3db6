"""`leanmirror missing`."""

from __future__ import annotations

import click

from leanmirror.bridge.check.options import SelectOptions
from leanmirror.bridge.commands.answers import FINE, answer
from leanmirror.bridge.commands.options import json_option, run_options


@click.command()
@click.argument("select", nargs=-1, required=True)
@run_options(SelectOptions)
@json_option
def missing(select: tuple[str, ...], options: SelectOptions, json_file: str | None) -> int:
    """SELECT is a .lean file or a folder of them. Nothing is judged: that is what `check` does."""
    from leanmirror.bridge.check import missing as lacks

    found = lacks.missing(select, options)
    answer(json_file, found.to_json, lambda: found.text)
    return FINE
