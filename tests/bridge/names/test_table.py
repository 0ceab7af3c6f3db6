"""Looking names up in lean_names.json, and reading that file strictly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.io.output import parse_json, shown, write_json, write_text
from leanmirror.bridge.names.table import Name, Names, default_path, load, module_file
from leanmirror.spec.errors import BadInput, NameNotFound


def name(lean: str, python: str | None = None) -> Name:
    return Name(lean, "def", "NN.Spec.A", "NN/Spec/A.lean", 1, "ℕ", "v1:0", python=python)


NAMES = Names(
    (
        name("A.Inner.forwardMN", "leanmirror.spec.a:Inner.forwardMN"),
        name("A.Outer.forwardMN", "leanmirror.spec.a:Outer.forwardMN"),
        name("A.getNode?"),
        name("A.softmaxLast", "leanmirror.spec.a:softmaxLast"),
        name("A.tanh", "leanmirror.runtime.a:Tape.tanh_"),
        name("B.tanh"),
    )
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("A.softmaxLast", "A.softmaxLast"),
        ("softmaxLast", "A.softmaxLast"),
        ("Outer.forwardMN", "A.Outer.forwardMN"),
        ("leanmirror.spec.a:softmaxLast", "A.softmaxLast"),
        ("leanmirror.spec.a.Inner.forwardMN", "A.Inner.forwardMN"),
        ("Tape.tanh_", "A.tanh"),
        ("getNode?", "A.getNode?"),
    ],
)
def test_a_name_a_path_and_a_unique_suffix_find_their_entry(query: str, found: str) -> None:
    assert found == NAMES.find(query).name


@pytest.mark.parametrize(("word", "found"), [("A.a", ["A.S"]), ("A.S", ["A.b"]), ("A.b", []), ("B", ["A.a"])])
def test_a_statement_a_field_or_a_body_mentions_whole_names(word: str, found: list[str]) -> None:
    names = Names(
        (
            replace(name("A.a"), signature=": B → 'A.b'"),
            replace(name("A.S"), fields=(("x", "List A.a"),)),
            replace(name("A.b"), body="A.S × A.a'"),
        )
    )
    assert found == [entry.name for entry in names.mentioning(word)]


def test_an_ambiguous_suffix_lists_its_candidates() -> None:
    with pytest.raises(BadInput, match=r"ambiguous: A\.Inner\.forwardMN, A\.Outer\.forwardMN"):
        NAMES.find("forwardMN")


@pytest.mark.parametrize("query", ["softmaxLst", "softmaxlast", "A.softmaxLst", "Softmax_Last"])
def test_a_miss_names_the_nearest(query: str) -> None:
    with pytest.raises(NameNotFound, match=r"nearest: A\.softmaxLast"):
        NAMES.find(query)


@pytest.mark.parametrize(
    "query", ["", ".", "last", "oftmaxLast", "x" * 100_000, '__import__("os")', "\u202esoft"]
)
def test_what_is_no_name_is_not_found(query: str) -> None:
    with pytest.raises(NameNotFound) as caught:
        NAMES.find(query)
    assert all(char.isprintable() or char == "\n" for char in str(caught.value))


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        ([], [entry.name for entry in NAMES]),
        (["A.*MN"], ["A.Inner.forwardMN", "A.Outer.forwardMN"]),
        (["*.tanh", "A.tanh"], ["A.tanh", "B.tanh"]),
        (["getNode?"], ["A.getNode?"]),
        (["B.tanh", "softmaxLast"], ["A.softmaxLast", "B.tanh"]),
    ],
)
def test_a_selection_keeps_the_order_of_the_file(patterns: list[str], found: list[str]) -> None:
    assert found == [entry.name for entry in NAMES.select(patterns)]


@pytest.mark.parametrize("pattern", ["softmax*", "a.*", "*.TANH"])
def test_a_glob_has_to_match_the_whole_name_with_its_case(pattern: str) -> None:
    with pytest.raises(NameNotFound, match="no Lean name matches"):
        NAMES.select([pattern])


def test_a_glob_that_is_too_short_is_answered_with_a_wider_one() -> None:
    with pytest.raises(NameNotFound, match=r"try '\*softmax\*'"):
        NAMES.select(["softmax*"])


@pytest.mark.parametrize(
    ("module", "file"),
    [
        ("NN.Proofs.Autograd.Tape.Nodes.Softmax", "spec/proofs/autograd/tape/nodes/softmax"),
        ("NN.Proofs.Autograd.FDeriv.MlpMse", "spec/proofs/autograd/fderiv/mlp_mse"),
        ("NN.Proofs.Autograd.FDeriv.OpSpec", "spec/proofs/autograd/fderiv/op_spec"),
        ("NN.Runtime.Autograd.Engine.Core.ActivationsLoss", "runtime/autograd/engine/core/activations_loss"),
        ("NN.Runtime.Context", "runtime/context"),
        ("NN.Core.Numeric", "spec/nn_core/numeric"),
        ("NN.Spec.Loss.BCEWithLogits", "spec/loss/bce_with_logits"),
        ("NN.Spec.Loss.MSE", "spec/loss/mse"),
        ("NN.Runtime.Autograd.TapeM", "runtime/autograd/tape_m"),
        ("Mathlib.Data.Real.Basic", None),
    ],
)
def test_a_reader_can_compute_where_a_module_is_mirrored(module: str, file: str | None) -> None:
    assert file == module_file(module)


def test_the_shipped_file_loads_and_is_sorted() -> None:
    names = [entry.name for entry in load(default_path())]
    assert sorted(names) == names


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    entry = Name(
        "A.x",
        "structure",
        "NN.A",
        "NN/A.lean",
        3,
        "Type",
        "v1:0",
        params=(("m", "m"), ("h", None)),
        fields=(("get", "ℝ → ℝ"),),
        body="ℕ",
        python="leanmirror.spec.a:x",
        runtime="leanmirror.runtime.a:x",
        covered_by=("A.y",),
    )
    write_json(tmp_path / "n.json", document(entry.to_json()))
    assert (entry,) == load(tmp_path / "n.json").entries


def document(*entries: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema": "leanmirror.names/1",
        "source": {"repository": "", "commit": ""},
        "names": list(entries),
    }


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"name": 3}, "'name' has to be a text"),
        ({"lean_line": "3"}, "'lean_line' has to be a whole number"),
        ({"python": "os:system"}, "'python' has to be a path"),
        ({"python": "leanmirror.spec/../../x:y"}, "'python' has to be a path"),
        ({"params": [["m"]]}, "'params' has to be a list of pairs"),
        ({"covered_by": "A"}, "'covered_by' has to be a list of texts"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    write_json(tmp_path / "n.json", document(NAMES.entries[0].to_json() | change))
    with pytest.raises(BadInput, match=f"entry 0: {complaint}"):
        load(tmp_path / "n.json")


def test_a_name_that_stands_twice_is_rejected(tmp_path: Path) -> None:
    entry = NAMES.entries[0].to_json()
    write_json(tmp_path / "n.json", document(entry, entry))
    with pytest.raises(BadInput, match="twice"):
        load(tmp_path / "n.json")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"a": {"b": 1, "b": 2}}', "'b' stands twice"),
        ('{"a": [1, NaN]}', "'a' is not finite"),
        ('{"a": -Infinity}', "'a' is not finite"),
        ('{"a": 1e999}', "'a' is not finite"),
        (r'{"a": "\ud800"}', "surrogate pair at key 'a'"),
        (r'{"a": [{"\udc00": 1}]}', "surrogate pair at key '<U\\+DC00>'"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": ' + "1" * 5000 + "}", "not JSON"),
        ("", "not JSON"),
        ('{"\u202e": 1, "\u202e": 2}', "'<U\\+202E>' stands twice"),
    ],
)
def test_json_that_python_would_take_silently_is_rejected_with_its_key(text: str, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        parse_json(text.encode())


def test_bytes_that_are_no_text_are_rejected() -> None:
    with pytest.raises(BadInput, match="not JSON"):
        parse_json(b'{"a": "\xff"}')


def test_a_whole_surrogate_pair_is_a_letter() -> None:
    assert {"a": "𝕜"} == parse_json(r'{"a": "\ud835\udd5c"}')


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target, link = tmp_path / "t.json", tmp_path / "link.json"
    target.write_text("before")
    link.symlink_to(target)
    with pytest.raises(UnicodeEncodeError):
        write_text(target, "half \ud800")
    assert ["before"] == [target.read_text()]
    write_json(link, {"a": "δ"})
    assert {"a": "δ"} == json.loads(target.read_text(encoding="utf-8"))
    assert link.is_symlink()
    assert ["link.json", "t.json"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_number_that_is_not_finite_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Out of range"):
        write_json(tmp_path / "t.json", {"a": float("nan")})
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("softmaxLast δ₁", "softmaxLast δ₁"),
        ("a\u200bb\x1b[2J\n", "a<U+200B>b<U+001B>[2J<U+000A>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_invisible_characters_are_shown(text: str, seen: str) -> None:
    assert seen == shown(text)


def test_a_long_text_is_cut() -> None:
    assert "x" * 199 + "…" == shown("x" * 1000)
