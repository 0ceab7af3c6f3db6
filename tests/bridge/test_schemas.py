"""What the commands write fits the schemas in docs/schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from leanmirror.bridge import cli
from leanmirror.bridge.names import default_names, default_path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def faults(document: Any) -> list[str]:
    """Where a document does not fit the schema that it names."""
    name = document["schema"].removeprefix("leanmirror.").split("/")[0]
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_a_schema_is_one(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_the_shipped_names_fit() -> None:
    assert [] == faults(json.loads(default_path().read_text(encoding="utf-8")))


def test_what_names_and_trace_write_fits(capsys: pytest.CaptureFixture[str]) -> None:
    mirrored = next(entry.name for entry in default_names() if entry.python)
    for args in (["names"], ["trace", mirrored]):
        assert cli.FINE == cli.main([*args, "--json", "-"])
        assert [] == faults(json.loads(capsys.readouterr().out))


def test_what_fidelity_writes_fits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "namespace Activation.Math\nvariable {α : Type} [Context α]\n"
    (tmp_path / "Own.lean").write_text(head + "def reluSpec (x : α) : α := x\n", encoding="utf-8")
    args = ["fidelity", "Activation.Math.relu*", "--source", str(tmp_path), "--jobs", "1", "--json", "-"]
    assert cli.WRONG == cli.main(args)
    document = json.loads(capsys.readouterr().out)
    assert [] == faults(document)
    assert {"same": 0, "different": 1, "undecided": 0, "not evaluated": 1} == document["summary"]
    document["rows"][0]["outcome"] = "same"  # what differs is never the same
    assert [] != faults(document)


def test_a_document_that_does_not_fit_is_seen() -> None:
    assert ["'source' is a required property", "'names' is a required property"] == faults(
        {"schema": "leanmirror.names/1"}
    )
