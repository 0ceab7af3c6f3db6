"""A progress bar for long commands: on a terminal only, and gone when the command is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from leanmirror.bridge.io.output import shown

if TYPE_CHECKING:
    from leanmirror.bridge.check.run import Progress


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """A function that shows each step on standard error; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("claims", total=None)

        def show(step: Progress) -> None:
            bar.update(task, completed=step.done, total=step.total, description=shown(step.result.name))

        yield show
