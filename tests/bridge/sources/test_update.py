"""lean_names.json from declarations and Python objects, and what disagrees with it; on a small tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.io.checkout import origin
from leanmirror.bridge.io.output import write_text
from leanmirror.bridge.names import docstrings as tables
from leanmirror.bridge.names.coverage import conclusion, is_claim, mentions
from leanmirror.bridge.names.docstrings import Mirror
from leanmirror.bridge.names.spelling import spelling
from leanmirror.bridge.names.table import Name, Names, load
from leanmirror.bridge.sources.update import disagreements, file_text, gathered, paired, update
from leanmirror.spec.errors import BadInput

SOFTMAX = "NN.Proofs.Autograd.Tape.Nodes.Softmax"
REPOSITORY, COMMIT = "github.com/owner/name", "b2a21841e226c1e8ff95f8a965d3ad20a38a9e52"


@dataclass(frozen=True)
class Declaration:
    name: str
    kind: str = "def"
    statement: str = "ℕ"
    module: str = SOFTMAX
    binders: Sequence[str] = ()
    fields: Sequence[tuple[str, str]] = ()
    body: str | None = None
    file: str = "NN/Softmax.lean"
    line: int = 7
    digest: str = "v1:0"


def base(x: int) -> int:
    return x


def forward(m: int, x1: int, f_prime: int, in_: int) -> int:
    return base(m + x1 + f_prime + in_)


def mirror(lean: str, value: Any = None, room: str = "spec.proofs.autograd.tape.nodes.softmax") -> Mirror:
    return Mirror(lean, f"leanmirror.{room}:{lean.rpartition('.')[2]}", value)


DECLARED = (
    Declaration("A.forward", statement="{m n : ℕ} (x : ℝ) : ℝ", binders=("m", "n", "x₁", "f'", "in")),
    Declaration("A.forward_eq", "theorem", "{m : ℕ} : A.forward m = m"),
    Declaration("A.untold"),
    Declaration("A.Node", "structure", "Type", fields=(("get", "ℝ → ℝ"),), module="NN.Spec.Node"),
    Declaration("A.base", module="NN.Spec.Base"),
    Declaration("A.elsewhere", module="NN.Runtime.B"),
)
SPEC = {
    each.lean: each
    for each in (
        mirror("A.forward", forward),
        mirror("A.base", base, "spec.base"),
        mirror("A.Node", room="spec.node"),
        mirror("A.Node.get", room="spec.node"),
        mirror("A.Node.mk", room="spec.node"),
        mirror("Real.exp", room="spec.core"),
    )
}
RUNTIME = {
    each.lean: each
    for each in (mirror("A.base", room="runtime.base"), mirror("A.elsewhere", room="runtime.b"))
}
TWINS = {"A.forward": "A.elsewhere"}


def entries() -> dict[str, Name]:
    return {each.name: each for each in gathered(DECLARED, SPEC, RUNTIME, TWINS, {"Real.exp"})}


def test_there_is_an_entry_for_what_is_mirrored_and_for_all_of_a_mirrored_module() -> None:
    expected = {
        "A.Node": "structure",
        "A.Node.get": "field",
        "A.Node.mk": "constructor",
        "A.base": "def",
        "A.elsewhere": "def",
        "A.forward": "def",
        "A.forward_eq": "theorem",
        "A.untold": "def",
        "Real.exp": "outside",
    }
    assert list(expected.items()) == [(each.name, each.kind) for each in entries().values()]


def test_an_object_with_an_unknown_lean_name_is_refused() -> None:
    with pytest.raises(
        BadInput, match=r"declared nowhere in the tree: Real\.exp \(leanmirror\.spec\.core:exp\)"
    ):
        gathered(DECLARED, SPEC, RUNTIME, TWINS)


@pytest.mark.parametrize("name", ["A.Node.put", "A.base.get", "A.Nod", "Node.get"])
def test_only_a_structure_has_parts_and_only_its_own(name: str) -> None:
    with pytest.raises(BadInput, match="declared nowhere"):
        gathered(DECLARED, {name: mirror(name)}, {}, {})


def test_a_twin_comes_from_a_record_or_from_one_name_in_both_rooms() -> None:
    found = {name: each.runtime for name, each in entries().items() if each.runtime}
    assert {"A.forward": "leanmirror.runtime.b:elsewhere", "A.base": "leanmirror.runtime.base:base"} == found


def test_a_claim_covers_what_it_mentions_and_what_that_rests_on() -> None:
    found = {name: each.covered_by for name, each in entries().items() if each.covered_by}
    claim = ("A.forward_eq",)
    assert {"A.forward": claim, "A.forward_eq": claim, "A.base": claim} == found


def test_binders_are_paired_with_parameters() -> None:
    expected = (("m", "m"), ("n", None), ("x₁", "x1"), ("f'", "f_prime"), ("in", "in_"))
    assert expected == entries()["A.forward"].params
    assert (("m", None),) == paired(["m"], None)


@pytest.mark.parametrize(
    ("lean", "python"),
    [("f'", "f_prime"), ("getNode?", "getNode_opt"), ("x₁", "x1"), ("lambda", "lambda_"), ("δ", "δ")],
)
def test_a_lean_name_has_one_spelling(lean: str, python: str) -> None:
    assert python == spelling(lean)


@pytest.mark.parametrize(
    ("kind", "signature", "claims"),
    [
        ("theorem", "1 = 1", True),
        ("lemma", "1 = 1", True),
        ("def", "{n : ℕ} (i : Idx n) : Proofs.Autograd.NodeFDerivCorrect (f i)", True),
        ("def", "(h : NodeFDerivCorrect f) : ℕ", False),
        ("def", "ℕ", False),
        ("structure", "NodeFDerivCorrect", False),
    ],
)
def test_a_theorem_and_a_contract_are_claims(kind: str, signature: str, claims: bool) -> None:
    assert claims == is_claim(Name("A.x", kind, "", "", 1, signature, ""))


def test_a_statement_mentions_whole_names() -> None:
    assert {"A.f'", "x₁", "ℝ", "getNode?"} == mentions("(A.f' x₁ : ℝ) + getNode? 3")


@pytest.mark.parametrize(
    ("signature", "type_"),
    [("{m : ℕ} (x : Vec (m := 3)) : A : B", "A : B"), ("ℕ", "ℕ"), ("[x : ℕ] := 3 : ℝ", "ℝ"), (": ℕ", "ℕ")],
)
def test_the_conclusion_stands_after_the_first_free_colon(signature: str, type_: str) -> None:
    assert type_ == conclusion(signature)


def agreeing() -> Names:
    return Names(tuple(entries().values()), "github.com/some/where", COMMIT)


def test_a_changed_statement_changes_few_lines() -> None:
    """Entries are sorted and have a value a line, whatever the order of the declarations is."""
    before = Names(gathered(DECLARED, SPEC, RUNTIME, TWINS, {"Real.exp"}), "r", COMMIT)
    after = [
        replace(each, statement=": ℝ", digest="v1:1") if each.name == "A.untold" else each
        for each in DECLARED
    ]
    changed = Names(gathered(reversed(after), SPEC, RUNTIME, TWINS, {"Real.exp"}), "r", COMMIT)
    lines = [file_text(each).splitlines() for each in (before, changed)]
    differing = [pair for pair in zip(*lines, strict=True) if pair[0] != pair[1]]
    assert [
        ('   "signature": "ℕ",', '   "signature": ": ℝ",'),
        ('   "digest": "v1:0",', '   "digest": "v1:1",'),
    ] == differing


SMALL = "namespace A\ndef base (x : Nat) : Nat := x\nend A\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with one mirrored declaration."""
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "A.lean").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr(
        tables, "table", lambda room: {"A.base": mirror("A.base", base)} if room == "leanmirror.spec" else {}
    )
    return tmp_path / "tree"


def test_an_update_writes_the_whole_file_or_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tree.parent / "names.json"
    first = update(tree, repository=REPOSITORY, commit=COMMIT, target=target)
    stored = target.read_bytes()
    assert first == load(target)
    update(tree, repository=REPOSITORY, commit=COMMIT, target=target)
    assert stored == target.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no space")

    (tree / "A.lean").write_text(SMALL.replace("Nat := x", "Nat := 2 * x"), encoding="utf-8")
    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="no space"):
        update(tree, repository=REPOSITORY, commit="0" * 40, target=target)
    assert stored == target.read_bytes()
    assert ["names.json", "tree"] == sorted(path.name for path in tree.parent.iterdir())


@pytest.mark.parametrize(
    ("repository", "commit"),
    [
        ("not a repo", COMMIT),
        ("owner/name", COMMIT),
        ("https://github.com/owner/name", COMMIT),
        (REPOSITORY, "main"),
        (REPOSITORY, COMMIT[:12]),
    ],
)
def test_what_is_no_repository_or_no_commit_is_refused(tree: Path, repository: str, commit: str) -> None:
    target = tree.parent / "names.json"
    with pytest.raises(BadInput, match=r"is no (repository|commit)"):
        update(tree, repository=repository, commit=commit, target=target)
    assert not target.exists()


def test_an_update_that_would_lose_a_mirror_writes_nothing(tree: Path) -> None:
    target = tree.parent / "names.json"
    (tree / "A.lean").write_text("def other := 1\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"declared nowhere in the tree: A\.base"):
        update(tree, repository=REPOSITORY, commit=COMMIT, target=target)
    assert not target.exists()


def test_what_was_gathered_agrees_and_is_stored_without_loss(tmp_path: Path) -> None:
    write_text(tmp_path / "names.json", file_text(agreeing()))
    assert agreeing() == load(tmp_path / "names.json")
    assert () == disagreements(agreeing(), SPEC, RUNTIME)


def changed(name: str, **fields: Any) -> Names:
    return Names(tuple(replace(each, **fields) if each.name == name else each for each in agreeing()))


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (
            lambda: changed("A.forward", python=None),
            "A.forward: the file says not mirrored, the code leanmirror",
        ),
        (
            lambda: changed("A.untold", python="leanmirror.spec.x:y"),
            "A.untold: the file says leanmirror.spec.x:y, the",
        ),
        (lambda: changed("A.forward", params=(("m", None),)), "A.forward: the parameters of leanmirror.spec"),
        (
            lambda: changed("A.forward", runtime="leanmirror.runtime.x:y"),
            "A.forward: there is no leanmirror.runtime.x:y",
        ),
        (
            lambda: changed("A.base", module=SOFTMAX),
            "A.base: leanmirror.spec.base:base does not stand in spec/proofs",
        ),
        (lambda: changed("A.base", covered_by=("A.none",)), "A.base: there is no claim A.none"),
        (lambda: Names(agreeing().entries[1:]), "A.Node: leanmirror.spec.node:Node has no entry"),
        (lambda: Names(agreeing().entries[::-1]), "the entries are not sorted by name"),
    ],
)
def test_a_disagreement_is_told_once(make: Callable[[], Names], complaint: str) -> None:
    (found,) = disagreements(make(), SPEC, RUNTIME)
    assert found.startswith(complaint)


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://github.com/some/where.git", "github.com/some/where"),
        ("https://user:secret@github.com/some/where", "github.com/some/where"),
        ("git@github.com:some/where.git", "github.com/some/where"),
        ("ssh://git@example.org:22/some/where", "example.org/some/where"),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_a_checkout_says_where_it_is_from(tmp_path: Path, url: str, repository: str, packed: bool) -> None:
    git = tmp_path / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "config").write_text(
        f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {url}\n\tfetch = +refs/*\n'
    )
    if packed:
        (git / "packed-refs").write_text(f"# pack-refs with: peeled\n{COMMIT} refs/heads/main\n^{COMMIT}\n")
    else:
        (git / "refs" / "heads" / "main").write_text(f"{COMMIT}\n")
    assert (repository, COMMIT) == origin(tmp_path)


def test_a_plain_folder_says_nothing(tmp_path: Path) -> None:
    assert (None, None) == origin(tmp_path)
