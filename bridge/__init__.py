"""Everything that knows about Lean text or about both sides: names, checking, tracing, the command line.

`agree`, `check`, `drift`, `trace` and `replay` do in Python what the commands of those names do; `check_node`
judges a node of your own, `trace_node` says what stands behind a node of your tape, `agree_graphs` compares
random graphs on tapes with the spec. They are imported when first asked for, since some need all of the
mirror and others nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leanmirror.bridge.agree.graphs.run import agree_graphs
    from leanmirror.bridge.agree.run import agree
    from leanmirror.bridge.check.node import check_node
    from leanmirror.bridge.check.run import check
    from leanmirror.bridge.check.witness import replay
    from leanmirror.bridge.drift.run import drift
    from leanmirror.bridge.trace.name import trace
    from leanmirror.bridge.trace.node import trace_node

__all__ = ["agree", "agree_graphs", "check", "check_node", "drift", "replay", "trace", "trace_node"]

_HOMES = {
    "agree": "agree.run",
    "agree_graphs": "agree.graphs.run",
    "check": "check.run",
    "check_node": "check.node",
    "drift": "drift.run",
    "replay": "check.witness",
    "trace": "trace.name",
    "trace_node": "trace.node",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
