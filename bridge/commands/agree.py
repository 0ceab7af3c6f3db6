"""`leanmirror agree`."""

from __future__ import annotations

import click

from leanmirror.bridge.agree.choices import BACKENDS, DEPTH, DTYPES
from leanmirror.bridge.commands.answers import answer
from leanmirror.bridge.commands.options import json_option


@click.command()
@click.argument("op", nargs=-1)
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    default=BACKENDS[0],
    show_default=True,
    help="What computes: the tape, leanmirror.runtime.accurate, PyTorch or JAX.",
)
@click.option("--dtype", type=click.Choice(DTYPES), default=DTYPES[0], show_default=True, help="Floats.")
@click.option(
    "--depth",
    type=click.IntRange(1, 10**8),
    default=DEPTH,
    show_default=True,
    help="About how many arguments per operation and direction.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed, the same arguments."
)
@click.option("--everywhere", is_flag=True, help="Measure without bounds and what they except.")
@click.option(
    "--plot", "svg", type=click.Path(dir_okay=False, writable=True), help="Draw errors into FILE.svg."
)
@json_option
def agree(
    op: tuple[str, ...],
    backend: str,
    dtype: str,
    depth: int,
    seed: int,
    everywhere: bool,
    svg: str | None,
    json_file: str | None,
) -> int:
    """The largest error of each, in units in the last place (or absolute), forward and backward, and where.

    OP is the Lean name of an operation or of its twin over the reals, a suffix of it, or a glob. Exit status:
    1 when an operation is out of its declared bound.
    """
    from leanmirror.bridge.agree import run

    found = run.agree(op, backend=backend, dtype=dtype, depth=depth, seed=seed, everywhere=everywhere)
    if svg is not None:
        from leanmirror.bridge.agree.plot import draw

        draw(found, svg)
    answer(json_file, found.to_json, lambda: found.text)
    return found.exit_status
