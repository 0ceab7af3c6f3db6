"""What a claim of a Lean text shows besides its verdict: where it stands, and an `example` to paste."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leanmirror.bridge.check.texts import TextTask, refutation, source_of
from leanmirror.bridge.compile.claims import TextClaim


def described(payload: Mapping[str, Any], task: TextTask, found: TextClaim) -> dict[str, Any]:
    """The payload of a claim of a text: at which scalars it was run, and where a counterexample came from."""
    out = dict(payload)
    if found.at:
        out["reason"] = "; ".join(filter(None, (out.get("reason"), f"run at {', '.join(found.at)}")))
    if found.interpreted:
        out["interpreted"] = list(found.interpreted)
    counterexample = out.get("counterexample")
    if counterexample is not None:
        out["counterexample"] = {
            **counterexample,
            "source": source_of(task),
            "example": refutation(task, found, counterexample["lean"]),
        }
    return out
