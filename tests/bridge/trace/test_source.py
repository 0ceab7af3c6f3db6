"""What a trace says beyond places: tests, verdicts, PyTorch, and a Lean source that is asked as well."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from leanmirror.bridge.agree.analogues import OPERATIONS, SAME, TORCH
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.store import Results, Stored
from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.lean.dependencies import around, dependencies, owned, users
from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.bridge.names.in_tests import named_in_tests
from leanmirror.bridge.names.table import Name, default_names
from leanmirror.bridge.trace import name as tracing
from leanmirror.bridge.trace.name import trace
from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.spec.errors import BadInput, NameNotFound
from leanmirror.spec.judge.verdicts import VerdictName
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.proofs.autograd.tape.nodes import elementwise

RELU = "Proofs.Autograd.TapeNodes.relu"
TREE = {
    "lakefile.toml": "",
    "A/Base.lean": """
namespace A
structure Pair where
  left : Nat
  right : Nat
def swap (p : Pair) : Pair := ⟨Pair.right p, p.left⟩
end A
""",
    "A/Top.lean": """
import A.Base
namespace A
variable (q : Pair)
def twice (p : Pair) : Pair := swap (swap p)
theorem twice_eq (p : Pair) : twice p = p := by simp [twice, swap]
def constant : Nat := Pair.left q
def alone : Nat := 3 -- no swap
end A
""",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in TREE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_is_around_a_declaration_is_what_the_whole_graph_says(tree: Path) -> None:
    found = LeanTree.read(tree)
    below = dependencies(found)
    above = users(below)
    assert ("A.constant", "A.swap", "A.twice", "A.twice_eq") == above["A.Pair"]
    for each in found.declarations:
        expected = (tuple(sorted(below[each.name])), above.get(each.name, ()))
        assert expected == around(found, each), each.name


def test_a_field_belongs_to_its_structure(tree: Path) -> None:
    assert {"A.Pair"} == {
        each.name for name, each in owned(LeanTree.read(tree)).items() if name.startswith("A.Pair.")
    }


def test_a_name_that_is_not_mirrored_is_traced_in_a_source(tree: Path) -> None:
    found = trace("twice", source=tree)
    assert ("A.twice", "def", "A.Top", "A/Top.lean", 5) == (
        found.entry.name,
        found.entry.kind,
        found.entry.module,
        found.entry.lean_file,
        found.entry.lean_line,
    )
    assert found.source is not None
    assert (("A.Pair", "A.swap"), ("A.twice_eq",)) == (found.source.depends_on, found.source.used_by)
    for part in ["not mirrored", "A/Top.lean:5", "depends on   A.Pair\n", "used by      A.twice_eq"]:
        assert part in found.text
    assert (None, None) == (found.link, found.documentation)


@pytest.mark.parametrize(
    ("place", "name"),
    [("A/Top.lean:5", "A.twice"), ("/elsewhere/A/Base.lean:7", "A.swap"), ("/x/A/Top.lean:99", "A.alone")],
)
def test_a_line_of_a_source_leads_to_what_stands_there(tree: Path, place: str, name: str) -> None:
    assert name == trace(place, source=tree).entry.name


def test_a_line_before_all_declarations_is_an_error(tree: Path) -> None:
    with pytest.raises(NameNotFound):
        trace("A/Top.lean:2", source=tree)


def test_the_very_name_in_a_source_goes_before_a_suffix_of_a_mirrored_one(tmp_path: Path) -> None:
    (tmp_path / "My.lean").write_text("def outer := 1\n", encoding="utf-8")
    assert "outer" == trace("outer", source=tmp_path / "My.lean").entry.name
    assert "Proofs.Autograd.outer" == trace("outer").entry.name


def test_a_path_leads_to_the_file_that_has_most_of_it(tree: Path) -> None:
    (tree / "Top.lean").write_text("def outer := 1\n", encoding="utf-8")
    assert "A.twice" == trace("/x/A/Top.lean:5", source=tree).entry.name
    assert "outer" == trace("/x/B/Top.lean:5", source=tree).entry.name


def test_a_field_is_found_in_a_source_where_its_structure_stands(tree: Path) -> None:
    found = trace("A.Pair.left", source=tree).source
    assert found is not None
    assert found.entry is not None
    assert ("A.Pair", 3) == (found.entry.name, found.entry.lean_line)


def test_a_mirrored_name_that_a_source_lacks_says_so(tree: Path) -> None:
    found = trace(RELU, source=tree)
    assert found.source is not None
    assert (None, "unknown", None) == (found.source.entry, found.source.statement, found.source.used_by)
    assert f"not declared in {tree}" in found.text


@pytest.mark.parametrize(("binder", "statement"), [("s", "same"), ("t", "different")])
def test_a_statement_that_differs_is_seen(tmp_path: Path, binder: str, statement: str) -> None:
    signature = default_names().find(RELU).signature.replace("{s :", f"{{{binder} :")
    (tmp_path / "A.lean").write_text(f"def {RELU} {signature} := sorry\n", encoding="utf-8")
    found = trace(RELU, source=tmp_path / "A.lean")
    assert found.source is not None
    assert statement == found.source.statement
    assert ("differs from the mirrored one" in found.text) == (statement == "different")


def test_an_ilean_file_knows_who_uses_what(tmp_path: Path) -> None:
    (tmp_path / "A.ilean").write_text(
        json.dumps(
            {
                "version": 5,
                "module": "A",
                "references": {
                    json.dumps({"c": {"m": "A", "n": "A.f"}}): {
                        "definition": [3, 4, 3, 5],
                        "usages": [[7, 2, 7, 3, "A.g"]],
                    },
                    json.dumps({"c": {"m": "A", "n": "A.g"}}): {"definition": [6, 4, 6, 5], "usages": []},
                },
            }
        ),
        encoding="utf-8",
    )
    found = trace("A.f", source=tmp_path).source
    assert found is not None
    assert ((), ("A.g",), "unknown") == (found.depends_on, found.used_by, found.statement)


def test_a_hostile_name_of_a_source_is_shown_as_code_points(tmp_path: Path) -> None:
    (tmp_path / "A.lean").write_text(
        "def A.«x\u202ey» : Nat := 1\ndef A.g := A.«x\u202ey»\n", encoding="utf-8"
    )
    found = trace("A.g", source=tmp_path)
    assert "A.«x<U+202E>y»" in found.text
    assert "\u202e" not in found.text + trace("A.«x\u202ey»", source=tmp_path).text


def test_a_name_that_neither_has_lists_the_nearest(tree: Path) -> None:
    with pytest.raises(NameNotFound, match=r"nearest: .*TapeNodes\.relu"):
        trace("Proofs.Autograd.TapeNodes.rela", source=tree)


def test_a_suffix_of_several_names_of_a_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "A.lean").write_text("def A.zzz := 1\ndef B.zzz := 2\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"'zzz' is ambiguous: A\.zzz, B\.zzz"):
        trace("zzz", source=tmp_path)


def test_a_folder_that_is_no_source_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.BAD == cli.main(["trace", RELU, "--source", str(tmp_path)])
    assert 1 == len(capsys.readouterr().err.splitlines())


@pytest.mark.parametrize(
    ("value", "lean"), [(elementwise.relu, RELU), (Math.reluSpec, "Activation.Math.reluSpec")]
)
def test_a_python_object_leads_to_its_lean_name(value: object, lean: str) -> None:
    assert lean == trace(value).entry.name


def test_statements_that_mention_a_name_are_listed() -> None:
    assert f"{RELU}FderivAt" in trace(RELU).mentioned_by
    assert RELU not in trace(RELU).mentioned_by


def test_every_operation_of_the_tape_has_an_analogue() -> None:
    assert OPERATIONS == {op.lean for op in OPS}
    assert set() == set(SAME.values()) - set(TORCH)
    names = {entry.name for entry in default_names()}
    assert set() == set(TORCH) - names


@pytest.mark.parametrize(
    ("query", "runs"),
    [
        ("Runtime.Autograd.Tape.relu", "torch.relu(x)"),
        (RELU, "torch.relu(x)"),
        ("Proofs.Autograd.TapeNodes.silu", "F.silu(x)"),
        ("Proofs.Autograd.TapeNodes.Batched.softmaxLast", "torch.softmax(x, -1)"),
    ],
)
def test_the_analogue_is_that_of_the_operation_or_of_its_twin(query: str, runs: str) -> None:
    found = trace(query)
    assert found.torch is not None
    assert runs == found.torch.runs
    assert f"PyTorch      {runs}" in found.text


def test_what_is_no_operation_has_no_analogue() -> None:
    found = trace(f"{RELU}FderivAt")
    assert (None, None) == (found.torch, found.agreement)


@pytest.mark.parametrize("query", [RELU, "Runtime.Autograd.Tape.relu"])
def test_the_agreement_of_an_operation_checks_both_sides(query: str) -> None:
    found = trace(query)
    assert "Runtime.Autograd.Tape.relu" == found.agreement
    assert "Runtime.Autograd.Tape.relu (agreement)" in found.text


CONSOLE = re.compile(r"^```console\n\$ leanmirror trace (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_trace_in_the_readme_is_what_the_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).resolve().parents[3]
    monkeypatch.chdir(root)
    shown = CONSOLE.findall((root / "README.md").read_text(encoding="utf-8"))
    assert [] != shown
    for name, text in shown:
        assert _without_lines(text) == _without_lines(f"{trace(name, results=None).text}\n")


def _without_lines(text: str) -> str:
    """The text without line numbers of Python files, which every edit moves."""
    return re.sub(r"(?<=\.py:)\d+", "N", text)


def test_the_last_verdicts_are_those_of_its_claims(tmp_path: Path) -> None:
    store = Results(tmp_path / "r.sqlite")
    kept: tuple[tuple[str, VerdictName], ...] = (
        (f"{RELU}FderivAt", "refuted"),
        (f"{RELU}FderivAt", "no_counterexample"),
        ("B.c", "vacuous"),
    )
    for name, verdict in kept:
        result = Result(name, "claim", "", verdict, satisfied=7, certified=6)
        store.keep(Stored(verdict, name, "", 0, "", 20.0, result))
    store.close()
    found = trace(RELU, results=tmp_path / "r.sqlite")
    assert f"{RELU}FderivAt: no counterexample in 7 examples, 20" in found.text
    (shown,) = found.to_json()["verdicts"]
    assert (f"{RELU}FderivAt", "no_counterexample", 7, 6) == (
        shown["name"],
        shown["verdict"],
        shown["satisfied"],
        shown["certified"],
    )
    assert () == trace(RELU, results=tmp_path / "none.sqlite").verdicts


TESTS = """
from leanmirror.spec.a import (
    b,
    Class,
)

CASES = [Class.f, other.Class.f]


def test_one():
    assert Class.f(1)


class TestAll:
    def test_two(self):
        "A.g"

    def test_three(self):
        Class.f_not, "A.g'", Class


def last():
    Class.f
"""


@pytest.mark.parametrize(
    ("lean", "python", "found"),
    [
        ("A.f", "leanmirror.spec.a:Class.f", ["tests/x/test_a.py", "tests/x/test_a.py::test_one"]),
        ("A.f", "leanmirror.spec.other:Class.f", []),
        ("A.g", None, ["tests/x/test_a.py::test_two"]),
        ("A.h", "leanmirror.spec.a:Class.h", []),
    ],
)
def test_tests_that_name_a_declaration_are_found(
    tmp_path: Path, lean: str, python: str | None, found: list[str]
) -> None:
    (tmp_path / "tests" / "x").mkdir(parents=True)
    (tmp_path / "tests" / "x" / "test_a.py").write_text(TESTS, encoding="utf-8")
    entry = Name(lean, "def", "A", "A.lean", 1, "", "v1:0", python=python)
    assert found == list(named_in_tests(entry, tmp_path))


def test_this_test_is_found_for_relu() -> None:
    """It has the Lean name in full: Proofs.Autograd.TapeNodes.relu"""
    here = "tests/bridge/trace/test_source.py"
    assert f"{here}::test_this_test_is_found_for_relu" in trace(RELU).tests


def test_a_page_is_linked_for_known_sites_only(monkeypatch: pytest.MonkeyPatch) -> None:
    page = trace("Runtime.Autograd.Tape.getNode?").documentation
    site = "https://lean-dojo.github.io/TorchLean/docs/"
    assert f"{site}NN/Runtime/Autograd/Engine/Core/Core.html#Runtime.Autograd.Tape.getNode%3F" == page
    monkeypatch.setattr(tracing, "DOCUMENTATION", {})
    assert None is trace(RELU).documentation


def test_the_project_around_is_asked_for_names_that_are_not_mirrored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lakefile.toml").touch()
    (tmp_path / "Mine.lean").write_text("def Mine.f : Nat := 1\ndef Mine.g : Nat := Mine.f\n", "utf-8")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    for query in ("Mine.g", "g", "Mine.lean:2"):
        found = trace(query, results=None)
        assert ("Mine.g", ("Mine.f",)) == (found.entry.name, found.source and found.source.depends_on)
    for unknown in ("Mine.h", "Other.lean:1"):
        with pytest.raises(NameNotFound):
            trace(unknown, results=None)
    monkeypatch.chdir(tmp_path.parent)
    with pytest.raises(NameNotFound):
        trace("Mine.g", results=None)
