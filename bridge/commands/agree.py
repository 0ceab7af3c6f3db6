"""`leanmirror agree`."""

from __future__ import annotations

from typing import Any

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
@click.option("--spec", metavar="MODULE:FUNCTION", help="Of a function: what it has to agree with.")
@click.option("--inputs", metavar="SHAPES", help="Of a function: shapes such as 'm n,n'; entries without it.")
@click.option("--bound", type=click.FloatRange(0), help="Of a function: status 1 beyond so many ulp.")
@click.option("--normal", is_flag=True, help="Of a function: leave out results that are denormal.")
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
    **own: Any,
) -> int:
    """The largest error of each, in units in the last place (or absolute), forward and backward, and where.

    OP is the Lean name of an operation or of its twin over the reals, a suffix of it, or a glob. Exit status:
    1 when an operation is out of its declared bound.

    OP may also be MODULE:FUNCTION, a function of numpy, torch or jax, which is imported and held against
    --spec: a function over the numbers of leanmirror.rules, or a mirrored Lean name.
    """
    if any(":" in name for name in op):
        if backend != BACKENDS[0] or everywhere:
            raise click.UsageError("--backend and --everywhere are for operations of the tape.")
        found = _function(op, dtype, depth, seed, **own)
    elif given := [f"--{name}" for name, value in own.items() if value]:
        raise click.UsageError(f"{', '.join(given)} is for a function, given as MODULE:FUNCTION.")
    else:
        from leanmirror.bridge.agree import run

        found = run.agree(op, backend=backend, dtype=dtype, depth=depth, seed=seed, everywhere=everywhere)
    if svg is not None:
        from leanmirror.bridge.agree.plot import draw

        draw(found.title, found.panels, svg)
    answer(json_file, found.to_json, lambda: found.text)
    return int(found.exit_status)


def _function(
    names: tuple[str, ...],
    dtype: str,
    depth: int,
    seed: int,
    *,
    spec: str | None,
    inputs: str | None,
    bound: float | None,
    normal: bool,
) -> Any:
    """One function against its spec; both are imported, since they were asked for by name."""
    from leanmirror.bridge.rules.function import DEPTH as POINTS
    from leanmirror.bridge.rules.function import agree_function
    from leanmirror.bridge.rules.named import named

    if len(names) != 1:
        raise click.UsageError("one function at a time.")
    if spec is None:
        raise click.UsageError("a function needs --spec MODULE:FUNCTION or a mirrored Lean name.")
    return agree_function(
        named(names[0]),
        named(spec) if ":" in spec else spec,
        inputs=None if inputs is None else [shape.strip() for shape in inputs.split(",")],
        dtype=dtype,
        depth=POINTS if depth == DEPTH else depth,
        seed=seed,
        denormals=not normal,
        bound=bound,
        name=names[0],
    )
