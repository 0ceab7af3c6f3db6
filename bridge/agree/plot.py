"""Errors against arguments as an SVG picture, one panel per row of a report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.io.output import shown
from leanmirror.spec.errors import BadInput

if TYPE_CHECKING:
    from leanmirror.bridge.agree.run import AgreeReport, AgreeRow

COLUMNS = 2
WIDTH, HEIGHT = 6.0, 2.8
"""Of one panel, in inches."""
LEAST, MOST = 1e-3, 1e18
"""Errors outside are drawn at the edge."""


def draw(report: AgreeReport, file: str) -> None:
    """Write the picture; an entrywise operation by its argument, others by the largest input.

    Arguments x stand at ± log₁₀(1 + |x|); a dashed line is the declared bound. Raises BadInput
    where matplotlib is not installed or the file cannot be written.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise BadInput("--plot needs matplotlib: pip install 'leanmirror[plot]'") from None
    lines = max(1, math.ceil(len(report.rows) / COLUMNS))
    # Without a date and with fixed ids the same report gives the same bytes.
    with rc_context({"svg.hashsalt": "leanmirror"}):
        figure = Figure(figsize=(COLUMNS * WIDTH, lines * HEIGHT), layout="constrained")
        panels = figure.subplots(lines, COLUMNS, squeeze=False).flat
        for row, panel in zip(report.rows, panels, strict=False):
            _panel(panel, row)
        for panel in list(panels)[len(report.rows) :]:
            panel.set_axis_off()
        figure.suptitle(f"{report.version}, {report.dtype}: errors against the spec")
        try:
            figure.savefig(file, format="svg", metadata={"Date": None})
        except OSError as error:
            raise BadInput(f"{shown(file)} cannot be written: {error.strerror}") from None


def _panel(panel: Any, row: AgreeRow) -> None:
    xs = [math.copysign(math.log10(1 + abs(x)), x) for x, _ in row.samples]
    panel.plot(xs, [min(MOST, max(LEAST, e)) for _, e in row.samples], ".", markersize=2)
    if math.isfinite(row.bound):
        panel.axhline(max(LEAST, row.bound), linestyle="--", linewidth=0.8, color="black")
    panel.set_ylim(LEAST / 2, MOST * 2 if max((e for _, e in row.samples), default=0.0) > 1e4 else 1e4)
    panel.set_yscale("log")
    panel.set_xlabel("± log₁₀(1 + |x|)", fontsize="small")
    panel.set_title(f"{row.op}, {row.direction}", fontsize="small")
    panel.set_ylabel(f"{row.unit} / γ" if row.per else row.unit, fontsize="small")
    panel.tick_params(labelsize="x-small")
