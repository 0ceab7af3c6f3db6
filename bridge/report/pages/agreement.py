"""The declared bounds as the table of docs/agreement.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from leanmirror.bridge.io.output import write_text
from leanmirror.bridge.io.terminal import say
from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.runtime.autograd.ops import Bound, Exclusion, Op

HEAD = "| operation | direction | unit | float32 | float64 | except where |"


def bounds_table() -> str:
    """The declared bounds and exclusions as a Markdown table, in the order of the records."""
    lines = [
        HEAD,
        "|---|---|---|---|---|---|",
    ]
    for op in OPS:
        for single, double in _pairs(op):
            unit = f"{single.unit} / {single.per}" if single.per else single.unit
            cells = (
                f"`{op.lean.rpartition('.')[2]}`",
                single.direction,
                _cell(unit, single.domain),
                f"{single.limit:g}",
                f"{double.limit:g}",
                _exceptions(single, double),
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _pairs(op: Op) -> Iterator[tuple[Bound, Bound]]:
    doubles = [b for b in op.bounds if b.dtype == "float64"]
    for single, double in zip((b for b in op.bounds if b.dtype == "float32"), doubles, strict=True):
        assert (single.direction, single.unit, single.per) == (double.direction, double.unit, double.per)
        yield single, double


def _exceptions(single: Bound, double: Bound) -> str:
    pairs = zip(single.exclusions, double.exclusions, strict=True)
    return _cell(*(f"{s.of or 'x'} in {_interval(s)}, {_interval(d)}: {s.reason}" for s, d in pairs))


def _interval(e: Exclusion) -> str:
    return f"[{e.low:.6g}, {e.high:.6g}]".replace("inf", "∞")


def _cell(*parts: str) -> str:
    return "<br>".join(part.replace("|", "\\|") for part in parts if part)


def with_table(page: str) -> str:
    """The page with the table as it is now. Raises ValueError where it has none."""
    found, count = re.subn(
        rf"^{re.escape(HEAD)}\n(\|.*\n)*", lambda _: bounds_table(), page, flags=re.MULTILINE
    )
    if count != 1:
        raise ValueError(f"the table stands {count} times in the page")
    return found


def main(args: Sequence[str]) -> int:
    """Write the table into the page of that path."""
    if len(args) != 1:
        say("usage: python -m leanmirror.bridge.report.pages.agreement docs/agreement.md", errors=True)
        return 2
    page = Path(args[0])
    write_text(page, with_table(page.read_text(encoding="utf-8")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
