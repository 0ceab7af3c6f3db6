"""Files: scopes, variables, opens, what a declaration is called and what belongs to it."""

from __future__ import annotations

import pytest

from leanmirror.bridge.lean.declarations import Declaration, LeanFile
from leanmirror.bridge.lean.imports import Head, Import
from leanmirror.bridge.lean.printer import print_term
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.syntax import Node
from leanmirror.bridge.lean.unread import Unread
from leanmirror.spec.errors import Position, ReadError
from tests.bridge.lean.samples import BASIC


def read(text: str) -> LeanFile:
    return read_file("Test.lean", "Test", text=text)


def names(text: str) -> list[str]:
    return [each.name for each in read(text).declarations]


def only(text: str) -> Declaration:
    """The last declaration of a text that is read as a whole."""
    found = read(text)
    assert () == found.unread
    assert all(each.readable for each in found.declarations), [each.reason for each in found.declarations]
    return found.declarations[-1]


def test_the_sample_is_read_as_a_whole() -> None:
    found = read(BASIC)
    assert () == found.unread
    assert [None] * 13 == [each.reason for each in found.declarations]
    assert [
        "def Mini.rows",
        "theorem Mini.sum_rows",
        "lemma Mini.norm_le",
        "structure Mini.Node",
        "inductive Mini.Tree",
        "def Mini.Node.size?",
        "instance Mini.Node.instCoeNatReal",
        "theorem Mini.Node.jvp_eq",
        "lemma Mini.on_E",
        "theorem Mini.auxiliary",
        "def Mini.even",
        "def Mini.odd",
        "theorem Mini.Node.same",
    ] == [f"{each.kind} {each.name}" for each in found.declarations]


def test_places_docstrings_attributes_modifiers() -> None:
    by_name = {each.name: each for each in read(BASIC).declarations}
    rows, total, auxiliary = by_name["Mini.rows"], by_name["Mini.sum_rows"], by_name["Mini.auxiliary"]
    assert "Rows of a flat matrix, `theorem` in prose." == rows.docstring
    assert ("simp", "reducible") == total.attributes
    assert Position(31, 1) == Position(total.line, total.column)
    assert auxiliary.private
    assert not total.private
    assert "Test.lean" == rows.file
    assert Head(True, (Import("Mini.Base", public=True), Import("Mini.Other"))) == read(BASIC).head


def test_structures_and_inductive_types() -> None:
    by_name = {each.name: each for each in read(BASIC).declarations}
    node, tree = by_name["Mini.Node"], by_name["Mini.Tree"]
    assert ["forward", "jvp", "correct"] == [field.name for field in node.fields]
    assert "The value." == node.fields[0].docstring
    assert isinstance(node.fields[1].default, Node)
    assert ("Repr", "DecidableEq") == node.header.deriving
    assert ["leaf", "node"] == [each.name for each in tree.constructors]
    assert "Two at once." == tree.constructors[1].docstring


def signature(text: str) -> str:
    return only(text).signature


def test_variables_that_occur_belong_to_the_statement() -> None:
    head = "variable {α : Type} [Add α] (n : Nat) (v : Fin n) [Mul α] {β : Type} [C α β]\n"
    assert ": p" == signature(head + "theorem t : p := h")
    assert "{α : Type} [Add α] [Mul α] (x : α) : p x" == signature(head + "theorem t (x : α) : p x := h")
    assert "(n : Nat) (v : Fin n) : p v" == signature(head + "theorem t : p v := h")
    assert "{α : Type} [Add α] [Mul α] {β : Type} [C α β] : p α β" == signature(
        head + "theorem t : p α β := h"
    )
    assert ": ∀ n, p n" == signature(head + "theorem t : ∀ n, p n := h")


def test_variables_in_bodies_count_for_definitions_only() -> None:
    head = "variable (n : Nat)\n"
    assert "(n : Nat) : Nat" == signature(head + "def f : Nat := n + 1")
    assert ": Nat" == signature(head + "def f : Nat := (fun n => n) 1")
    assert ": p" == signature(head + "theorem t : p := h n")
    assert "(n : Nat) : Nat" == signature(head + "def f : Nat := by\n  exact g (by simp [n])")


def test_variable_lines_change_and_end() -> None:
    assert "{n : Nat} : p n" == signature("variable (n : Nat)\nvariable {n}\ntheorem t : p n := h")
    assert ": p n" == signature("section\nvariable (n : Nat)\nend\ntheorem t : p n := h")
    assert "(n : Nat) : p" == signature("variable (n : Nat)\ninclude n\ntheorem t : p := h")
    assert "{α : Type} (x : α) : p" == signature(
        "variable {α : Type} [Add α]\nomit [Add α] in\ntheorem t (x : α) : p := h"
    )
    text = (
        "variable {α : Type} [Add α]\nomit [Add α] in\ntheorem t (x : α) : p := h\ntheorem u (x : α) : p := h"
    )
    assert "{α : Type} [Add α] (x : α) : p" == signature(text)


def test_local_notations_hide_variables() -> None:
    text = 'variable (b : Nat) (e : Int)\nlocal notation "R" => NF b e\ntheorem t (x : R) : p R x.1 := h'
    assert "(b : Nat) (e : Int) (x : NF b e) : p (NF b e) x.1" == signature(text)


def test_scoped_notations_need_their_namespace() -> None:
    head = 'namespace A\nscoped[G] notation "V[" f ", " x "]" => _root_.A.vjp f x\nend A\n'
    assert ": A.vjp g x = y" == signature(
        head + "def A.vjp : p := h\nopen scoped G in\ntheorem t : V[g, x] = y := h"
    )
    refused = read(head + "theorem t : V[g, x] = y := h").declarations[-1]
    assert refused.readable
    assert ": V[g, x] = y" == refused.signature


def test_namespaces_sections_and_ends() -> None:
    assert ["A.B.x", "A.y", "z"] == names(
        "namespace A.B\ndef x := 1\nend B\nsection S\ndef y := 1\nend S\nend A\ndef z := 1"
    )
    assert ["A.x"] == names("public section\nnamespace A\ndef x := 1")
    assert ["x", "A.y"] == names("namespace A\ndef _root_.x := 1\nprotected def y := 1\nend A")
    assert ["A.x", "y"] == names("namespace A def x := 1 end A def y := 2")
    found = read("namespace A\nend B\ndef x := 1")
    assert [("end", "'end B', but 'A' is open")] == [(each.what, each.reason) for each in found.unread]
    assert ["A.x"] == [each.name for each in found.declarations]


def test_traps_at_the_end_of_a_statement() -> None:
    cases = {
        "theorem t (h : p (m := m) := by rfl) : f (n := 1) := z": "(h : p (m := m) := (by rfl)) : f (n := 1)",
        "theorem t :\n    let x := 1\n    let y : A := 2\n    p := h": ": let x := 1; let y : A := 2; p",
        "theorem t : { a := 1, b := 2 }.a = 1 := rfl": ": ({ a := 1, b := 2 }).a = 1",
        "theorem t : (match x with\n  | 0 => a\n  | _ => b) := h": ": (match x with | 0 => a | _ => b)",
        "theorem t :\n    f x\n      |y| ≤\n    |z| := h": ": f x |y| ≤ |z|",
        "def f : Nat → Nat\n  | 0 => 1\n  | n + 1 => n": ": Nat → Nat",
        "def f : ∀ {n : Nat}, Fin n → Nat | _, i => i.1": ": ∀ {n : Nat}, Fin n → Nat",
        "theorem t : ∀ x, ‖x‖ = |x| := by\n  intro x": ": ∀ x, ‖x‖ = |x|",
    }
    for text, normal in cases.items():
        assert normal == signature(text)


def test_bodies() -> None:
    def body(text: str) -> str:
        found = only(text).body
        assert isinstance(found, Node)
        return print_term(found)

    assert "fun x => x" == body("def f : A := fun x => x")
    assert "(fun | 0 => 1 | n + 1 => n)" == body(
        "def f : Nat → Nat\n  | 0 => 1\n  | n + 1 => n\ntermination_by n => n"
    )
    assert "{ a := 1, b x := x }" == body("instance : C where\n  a := 1\n  b x := x")
    assert "(by exact (let g := h; { f := g, c := ?_ }))" == body(
        "def f : A := by\n  classical\n  let g := h\n  refine { f := g, c := ?_ }\n  exact k"
    )
    assert "g 1 where g (n : Nat) : Nat := n" == body("def f : Nat := g 1\nwhere\n  g (n : Nat) : Nat := n")
    assert "(do let x ← y pure x)" == body("def f : IO Nat := do\n  let x ← y\n  pure x")
    unread = only("def f : A := by\n  induction x").body
    assert isinstance(unread, Unread)
    assert Position(2, 3) == unread.position
    assert None is only("axiom a : p").body


def test_what_cannot_be_read_is_a_value_with_its_place() -> None:
    found = read("theorem a : x + := y\ntheorem b : p := q\ndef := 3\nvariable (x\nopen\ntheorem c : q := r")
    assert [False, True, True] == [each.readable for each in found.declarations]
    first = found.declarations[0]
    assert "expected a term, found ':='" == first.reason
    assert Position(1, 17) == first.stopped
    assert ": x + := y" == first.signature
    assert [("def", 3), ("variable", 4), ("open", 5)] == [
        (each.what, each.position.line) for each in found.unread
    ]


@pytest.mark.parametrize(
    "text",
    [
        "theorem : p := q",
        "theorem t := q",
        "theorem t : p",
        "theorem t (x : A : p := q",
        "lemma t : p q) := r",
        "def f (x : A",
        "structure S where\n  a b c",
        "structure S where\n  : A",
        "structure S extends where\n  a : A",
        "inductive T where | | a",
        "inductive T where | a : A b := 1",
        "instance (priority := 1 : C := x",
        "class C where\n  1 : A",
        "axiom a",
        "opaque o",
        "instance : C",
        "inductive T : Type where\n  | a deriving",
        "def f.{u : A := 1",
    ],
)
def test_refused_headers(text: str) -> None:
    found = read(text)
    assert 1 == len(found.unread) + sum(not each.readable for each in found.declarations)


@pytest.mark.parametrize(
    "text",
    [
        "namespace",
        "namespace A B",
        "section 1",
        "variable x :",
        "universe",
        "open A hiding",
        "export A",
        "export A (x",
        "notation x y => z",
        'notation "a b" => z',
        "infixl:65 x => f",
        'local notation "R" =>',
        "import 1",
        "omit [C",
        "end A",
        "open A renaming x",
    ],
)
def test_refused_commands(text: str) -> None:
    prefix = "local " if text.startswith(("notation", "infix")) else ""
    if text not in ("omit [C", "open A hiding"):
        assert 1 == len(read(prefix + text).unread)


def test_words_in_prose_strings_and_terms_are_no_commands() -> None:
    text = '/- theorem a : p := q -/\n-- def b := 1\ndef c := "theorem d : p := q"\n#eval 1\n'
    assert ["c", "e"] == names(text + "def e : x.end = y.def := open A in z")
    assert ["a"] == names("theorem a : p := by\n  open Classical in\n  set_option x 1 in\n  exact h")
    assert ["a", "b"] == names("open A in\ntheorem a : p := q\n@[simp] private noncomputable def b := 1")
    assert ["a"] == names('def a := 1\n#doc (Manual) "Title" =>\ntheorem b : p := q')


def test_constructors_may_be_reserved_words() -> None:
    found = only("inductive Action where\n  | theorem (name : String) | export\n  | import")
    assert ["theorem", "export", "import"] == [each.name for each in found.constructors]


def test_anonymous_instances_have_names() -> None:
    assert ["instCoeNatReal", "instAddFin", "instAddFin_1"] == names(
        "instance : Coe Nat ℝ := a\ninstance {n} : Add (Fin n) := b\ninstance : Add (Fin 2) := c"
    )


def test_digests_follow_the_normal_form() -> None:
    one = only("theorem a {x : Nat} {y : Nat} (h : x = y) : y = x := by simp")
    two = only("theorem other {x y : Nat}\n    (h : (x = y)) : -- a remark\n    y = x := h.symm")
    three = only("theorem a {x y : Nat} (h : x = y) : x = y := h")
    assert one.digest == two.digest
    assert one.digest != three.digest
    assert one.digest.startswith("v1:")
    assert 3 + 64 == len(one.digest)


def test_files_that_are_no_text(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "Bad.lean"
    path.write_bytes(b"theorem a : p := q\n\xe2\x84\x9d \xff")
    with pytest.raises(ReadError, match="0xFF") as error:
        read_file(path)
    assert Position(2, 3) == error.value.position
    path.write_bytes("\ufefftheorem ℝ_is (x : ℝ) : p x := q\r\n".encode())
    assert ["ℝ_is"] == [each.name for each in read_file(path).declarations]


def test_notations_of_mathlib_are_in_force_where_their_namespace_is_open() -> None:
    (found,) = read_file("M.lean", text="open Real\ntheorem t : f π = 2 * π := h\n").declarations
    assert ": f Real.pi = 2 * Real.pi" == found.signature
    (closed,) = read_file("M.lean", text="theorem t : f π = π := h").declarations
    assert ": f π = π" == closed.signature


def test_a_variable_that_is_declared_again_is_another_one() -> None:
    text = (
        "variable {X Y : Type} [Add X] [Add Y] (h : X = Y)\nvariable {X : Type} [Mul X]\n"
        "theorem t (x : X) : x = x := p\ntheorem u (x : X) (k : h = h) : x = x := p\n"
    )
    first, second = read_file("M.lean", text=text).declarations
    assert "{X : Type} [Mul X] (x : X) : x = x" == first.signature
    assert [("X",), ("Y",), (), (), ("h",), ("X",), ()] == [each.names for each in second.included]
