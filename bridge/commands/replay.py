"""`leanmirror replay`."""

from __future__ import annotations

from pathlib import Path

import click

from leanmirror.bridge.commands.answers import answer
from leanmirror.bridge.commands.options import json_option


@click.command()
@click.argument("witness", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def replay(witness: Path, json_file: str | None) -> int:
    """Exit status: 1 when it is still a counterexample, 0 when not."""
    from leanmirror.bridge.check import replay as replaying

    result = replaying.replay(witness)
    answer(json_file, result.to_json, lambda: result.text)
    return result.exit_status
