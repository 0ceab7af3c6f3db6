"""What the commands write fits the schemas in docs/schemas."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

import leanmirror as lm
from leanmirror import trace_node
from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.names.table import default_names, default_path
from leanmirror.runtime.autograd.engine.tape_m import TapeM

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "schemas"


def faults(document: Any) -> list[str]:
    """Where a document does not fit the schema that it names."""
    name = document["schema"].removeprefix("leanmirror.").split("/")[0]
    known = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.iterdir()}
    resources = [(file, DRAFT202012.create_resource(schema)) for file, schema in known.items()]
    validator = Draft202012Validator(
        known[f"{name}.schema.json"], registry=Registry().with_resources(resources)
    )
    return [error.message for error in validator.iter_errors(document)]


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


def test_what_the_check_of_names_writes_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["names", "--check", "--json", "-"])
    document = json.loads(capsys.readouterr().out)
    assert [] == faults(document)
    assert [] != faults({**document, "agree": False})


def test_every_document_has_a_schema() -> None:
    """Whatever a module of the bridge names as its schema is in the folder."""
    package = FOLDER.parents[1] / "bridge"
    texts = [path.read_text(encoding="utf-8") for path in package.rglob("*.py")]
    named = {name for text in texts for name in re.findall(r'"leanmirror\.([\w-]+)/\d"', text)}
    assert {"agree", "check", "drift", "index", "names", "names-check", "replay", "trace"} <= named
    assert set() == {name for name in named if not (FOLDER / f"{name}.schema.json").is_file()}


def test_a_trace_with_a_source_fits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Own.lean").write_text("def A.f : Nat := 1\ndef A.g : Nat := A.f\n", encoding="utf-8")
    for name in ("A.f", "Runtime.Autograd.Tape.relu"):
        assert cli.FINE == cli.main(["trace", name, "--source", str(tmp_path), "--json", "-"])
        document = json.loads(capsys.readouterr().out)
        assert [] == faults(document)
        assert (name == "A.f") == document["source"]["declared"]


def test_the_trace_of_a_node_fits_and_so_do_the_traces_in_it() -> None:
    t = TapeM()
    t.relu(t.leaf([1.0]))
    for id in (0, 1):
        assert [] == faults(trace_node(t, id).to_json())
    wrong = trace_node(t, 1).to_json()
    wrong["proof"]["verdicts"] = [{}]
    assert [] != faults(wrong)


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


@pytest.mark.parametrize("factor", [2, 3])
def test_the_verdict_on_a_rule_fits(factor: int) -> None:
    found = lm.check_rule(lambda x: x * x, vjp=lambda x, g: factor * x * g, inputs="n")
    document = found.to_json()
    assert (factor == 2) == found.ok
    assert [] == faults(document)
    assert [] != faults({**document, "verdict": "fine"})


def test_the_errors_of_a_function_fit() -> None:
    document = lm.agree_function(np.exp, lm.rules.exp, depth=50).to_json()
    assert [] == faults(document)
    document["rows"][0]["worst"]["at"] = "0.5"
    assert [] != faults(document)


def test_a_document_that_does_not_fit_is_seen() -> None:
    assert ["'source' is a required property", "'names' is a required property"] == faults(
        {"schema": "leanmirror.names/1"}
    )
