"""Errors against arguments as an SVG picture, one panel per row of a report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leanmirror.bridge.io.output import shown
from leanmirror.spec.errors import BadInput

COLUMNS = 2
WIDTH, HEIGHT = 6.0, 2.8
"""Of one panel, in inches."""
LEAST, MOST = 1e-3, 1e18
"""Errors outside are drawn at the edge."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: pairs of an argument and its error in `unit`; a bound is infinite where there is none."""

    title: str
    unit: str
    bound: float
    samples: Sequence[tuple[float, float]]


def draw(title: str, panels: Sequence[Panel], file: str) -> None:
    """Write the picture; an entrywise operation by its argument, others by the largest input.

    Arguments x stand at ± log₁₀(1 + |x|); a dashed line is the declared bound. Raises BadInput
    where matplotlib is not installed or the file cannot be written.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise BadInput("--plot needs matplotlib: pip install 'leanmirror[plot]'") from None
    lines = max(1, math.ceil(len(panels) / COLUMNS))
    # Without a date and with fixed ids the same report gives the same bytes.
    with rc_context({"svg.hashsalt": "leanmirror"}):
        figure = Figure(figsize=(COLUMNS * WIDTH, lines * HEIGHT), layout="constrained")
        places = list(figure.subplots(lines, COLUMNS, squeeze=False).flat)
        for panel, place in zip(panels, places, strict=False):
            _drawn(panel, place)
        for place in places[len(panels) :]:
            place.set_axis_off()
        figure.suptitle(title)
        try:
            figure.savefig(file, format="svg", metadata={"Date": None})
        except OSError as error:
            raise BadInput(f"{shown(file)} cannot be written: {error.strerror}") from None


def _drawn(panel: Panel, place: Any) -> None:
    xs = [math.copysign(math.log10(1 + abs(x)), x) for x, _ in panel.samples]
    place.plot(xs, [min(MOST, max(LEAST, e)) for _, e in panel.samples], ".", markersize=2)
    if math.isfinite(panel.bound):
        place.axhline(max(LEAST, panel.bound), linestyle="--", linewidth=0.8, color="black")
    place.set_ylim(LEAST / 2, MOST * 2 if max((e for _, e in panel.samples), default=0.0) > 1e4 else 1e4)
    place.set_yscale("log")
    place.set_xlabel("± log₁₀(1 + |x|)", fontsize="small")
    place.set_title(panel.title, fontsize="small")
    place.set_ylabel(panel.unit, fontsize="small")
    place.tick_params(labelsize="x-small")
