"""The JSON schemas of documents whose form is a class: `docs/schemas` holds what is made here."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from leanmirror.bridge.check import missing, replay, result, witness
from leanmirror.bridge.io.documents import schema
from leanmirror.bridge.io.output import as_json, write_text
from leanmirror.spec.judge.verdicts import VERDICTS

COUNT = {"type": "integer", "minimum": 0}
SUMMARY: Mapping[str, Any] = {
    "type": "object",
    "required": list(VERDICTS),
    "properties": dict.fromkeys(VERDICTS, COUNT),
}


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """The name of each file and what is in it."""
    check = "what `leanmirror check --json` writes"
    yield "check", schema(result.CheckReport, check, result.SCHEMA, summary=SUMMARY)
    yield "result", schema(result.Result, "one result of `check` by itself", result.RESULT_SCHEMA)
    yield "missing", schema(missing.MissingReport, "what `leanmirror missing --json` writes", missing.SCHEMA)
    yield "replay", schema(replay.ReplayResult, "what `leanmirror replay --json` writes", replay.SCHEMA)
    yield (
        "witness",
        schema(witness.Witness, "a counterexample in a file, for `leanmirror replay`", witness.SCHEMA),
    )


def write(folder: Path) -> None:
    """Write them into a folder."""
    for name, document in schemas():
        write_text(folder / f"{name}.schema.json", as_json(document))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
