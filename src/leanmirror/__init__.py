"""leanmirror: Lean statements run in certified arithmetic on inputs chosen to break them.

`print(leanmirror.check_text("theorem t (a b : ℝ) : a - b = b - a"))` prints a counterexample.

Everything public is an attribute of this module, which `dir(leanmirror)` lists; nothing is imported before it
is asked for. `check`, `missing`, `trace`, `names`, `index`, `drift`, `agree`, `fidelity` and `replay` do in
Python what the commands of those names do. The three rooms behind the door are `leanmirror.spec` (Lean's
definitions and the judge), `leanmirror.runtime` (the float tape) and `leanmirror.bridge` (from Lean text to a
verdict).
"""

from leanmirror.bridge._version import __version__

TYPE_CHECKING = False
"""As `typing` has it. Nothing but files of ours is imported here, so that `python -m leanmirror` can take the
current folder off Python's path before a library is looked for."""

if TYPE_CHECKING:
    from typing import Any

    from leanmirror import errors, math, rules
    from leanmirror.bridge.agree.graphs.run import agree_graphs
    from leanmirror.bridge.agree.run import agree
    from leanmirror.bridge.check.missing import missing
    from leanmirror.bridge.check.node import check_node, node
    from leanmirror.bridge.check.replay import replay
    from leanmirror.bridge.check.run import check
    from leanmirror.bridge.check.snippet import check_text
    from leanmirror.bridge.drift.run import drift
    from leanmirror.bridge.fidelity.run import fidelity
    from leanmirror.bridge.report.listings import names
    from leanmirror.bridge.rules.function import agree_function
    from leanmirror.bridge.rules.rule import check_rule
    from leanmirror.bridge.sources.recognise import read_source as index
    from leanmirror.bridge.trace.name import trace
    from leanmirror.bridge.trace.node import trace_node
    from leanmirror.runtime import Tape, TapeM
    from leanmirror.spec.core.shape import Shape

__all__ = [
    "Shape",
    "Tape",
    "TapeM",
    "__version__",
    "agree",
    "agree_function",
    "agree_graphs",
    "check",
    "check_node",
    "check_rule",
    "check_text",
    "drift",
    "errors",
    "fidelity",
    "index",
    "math",
    "missing",
    "names",
    "node",
    "replay",
    "rules",
    "trace",
    "trace_node",
]

_HOMES = {
    "Shape": "spec.core.shape:Shape",
    "Tape": "runtime:Tape",
    "TapeM": "runtime:TapeM",
    "agree": "bridge.agree.run:agree",
    "agree_function": "bridge.rules.function:agree_function",
    "agree_graphs": "bridge.agree.graphs.run:agree_graphs",
    "check": "bridge.check.run:check",
    "check_node": "bridge.check.node:check_node",
    "check_rule": "bridge.rules.rule:check_rule",
    "check_text": "bridge.check.snippet:check_text",
    "drift": "bridge.drift.run:drift",
    "errors": "errors:",
    "fidelity": "bridge.fidelity.run:fidelity",
    "index": "bridge.sources.recognise:read_source",
    "math": "math:",
    "missing": "bridge.check.missing:missing",
    "names": "bridge.report.listings:names",
    "node": "bridge.check.node:node",
    "replay": "bridge.check.replay:replay",
    "rules": "rules:",
    "trace": "bridge.trace.name:trace",
    "trace_node": "bridge.trace.node:trace_node",
}
"""Where each public name stands; nothing after the colon is the module itself."""


def __getattr__(name: str) -> "Any":
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, _, attribute = _HOMES[name].partition(":")
    found = import_module(f"{__name__}.{module}")
    found = getattr(found, attribute) if attribute else found
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__, "bridge", "runtime", "spec"]
