"""Elaboration of statements: what is inferred, what is refused and with which words, at which place."""

from __future__ import annotations

import pytest

from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.term import PROP, Const, Sort, Var, app
from leanmirror.bridge.elaborate.export import is_finished
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.elaborate.package import file_library
from leanmirror.bridge.lean.reader import read_file
from leanmirror.spec.errors import LeanMirrorError, Position, ReadError, Unsupported
from tests.bridge.elaborate.statements import ACCEPTED, HEADER, elaborated, shown, theorem


@pytest.mark.parametrize("statement", ACCEPTED)
def test_statement_as_shown(statement: str) -> None:
    assert ACCEPTED[statement] == shown(statement)


@pytest.mark.parametrize("statement", ACCEPTED)
def test_nothing_is_left_to_infer(statement: str) -> None:
    assert is_finished(theorem(statement).type)


def test_binders_keep_names_kinds_and_say_which_are_hypotheses() -> None:
    found = theorem("{n : ℕ} (x : Vec n) [Fintype (Fin n)] ⦃y : ℝ⦄ (h : 0 < y) : x = x")
    assert [
        ("n", "implicit", False),
        ("x", "explicit", False),
        ("inst1", "instance", False),
        ("y", "strict", False),
        ("h", "explicit", True),
    ] == [(each.var.name, each.kind, each.prop) for each in found.binders]


def test_all_arguments_are_given() -> None:
    found = theorem("{m n : ℕ} (x : Vec n) (δ : Vec m) : outer δ x = outer δ x")
    m, n, x, δ = (each.var for each in found.binders)
    outer = app(Const("Proofs.Autograd.outer"), m, n, δ, x)
    mat = app(Const("Proofs.Autograd.Mat"), m, n)
    assert app(Const("Eq"), mat, outer, outer) == found.conclusion


def test_every_variable_is_its_own() -> None:
    """The bound x is not the x of the statement."""
    found = theorem("(x : ℝ) : (fun x : ℝ => x) x = x")
    (x,) = (each.var for each in found.binders)
    left = found.conclusion.args[1]  # type: ignore[attr-defined]  # Eq applied
    assert x == left.args[0]
    assert x != left.fn.var
    assert left.fn.var == left.fn.body


def test_a_contract_has_a_type_as_conclusion() -> None:
    text = (
        "def d {Γ : List Shape} {s : Shape} (i : Idx Γ s) : NodeFDerivCorrect (TapeNodes.tanh i) := sorry\n"
    )
    found, _ = elaborated(text)
    assert "def" == found.kind
    assert isinstance(found.conclusion.fn, Const)  # type: ignore[attr-defined]  # an application
    assert "Proofs.Autograd.NodeFDerivCorrect" == found.conclusion.fn.name  # type: ignore[attr-defined]  # as above


def test_section_variables_count_when_used() -> None:
    text = "variable {n : ℕ} (x : Vec n) (unused : ℝ)\ntheorem t : x = x := sorry\n"
    assert ["n", "x"] == [each.var.name for each in elaborated(text)[0].binders]


def test_names_of_the_file_itself() -> None:
    text = "abbrev Row (n : ℕ) := Vec n\ntheorem t {n : ℕ} (x : Row n) (y : Vec n) : x = y := sorry\n"
    assert ["n", "x", "y"] == [each.var.name for each in elaborated(text)[0].binders]


def test_a_definition_without_a_known_body_decides_nothing() -> None:
    text = "def k : ℕ := by simp\ntheorem t (x : Vec k) (y : Vec 3) : x = y := sorry\n"
    with pytest.raises(Unsupported, match=r"the definition of Proofs\.Autograd\.k decides"):
        elaborated(text)


def test_a_definition_of_the_file_is_unfolded() -> None:
    text = "def k : ℕ := 3\ntheorem t (x : Vec k) (y : Vec 3) : x = y := sorry\n"
    assert ["x", "y"] == [each.var.name for each in elaborated(text)[0].binders]


REFUSED = {
    # unknown names, at their place
    "{n : ℕ} (x : Vec n) : fooBar x = x": ("unsupported", "unknown name fooBar", 23),
    "(x : ℝ) : x.foo = x": ("unsupported", "unknown name Real.foo", 11),
    "(x : ℝ) : Real.foo x = x": ("unsupported", "unknown name Real.foo", 11),
    "(x : ℝ) : x = w": ("unsupported", "unknown name w", 15),
    # never by the last component alone
    "{m n : ℕ} (x : Vec (m * n)) : forwardMN x = x": ("unsupported", "unknown name forwardMN", 31),
    "{m n : ℕ} (x : Vec (m * n)) : SoftmaxLastAxis.forwardMN x = x": (
        "unsupported",
        "unknown name SoftmaxLastAxis.forwardMN",
        31,
    ),
    # sizes
    "{m n : ℕ} (x : Vec n) (y : Vec m) : x = y": ("ill-typed", "Vec m met Vec n (m is not n)", 41),
    "{m n : ℕ} (x : Vec n) (δ : Vec m) : (matApplyLin x).adjoint δ = outer x δ": (
        "ill-typed",
        "Mat n m met Mat m n (n is not m)",
        65,
    ),
    "{m n : ℕ} (x : Vec (m * n)) (y : Vec (n * m)) : x = y": (
        "ill-typed",
        "Lean needs a cast here: n * m met m * n",
        53,
    ),
    "{n : ℕ} (x : Vec (n * 1)) (y : Vec n) : x = y": (
        "ill-typed",
        "Lean needs a cast here: n met n * 1",
        45,
    ),
    "{m n : ℕ} (x : Vec (m * n)) : TapeNodes.SoftmaxLastAxis.forwardMN (m := n) (n := m) x = x": (
        "ill-typed",
        "Lean needs a cast here: m * n met MNSize n m",
        85,
    ),
    # types
    "(x : ℝ) : x 1 = 0": ("ill-typed", "ℝ is not a function", 11),
    "(x : ℝ) : x": ("ill-typed", "ℝ met Prop", 11),
    "(x : ℝ) (n : ℕ) : x = (n = n)": ("ill-typed", "Prop met ℝ", 24),
    "(p : Prop) (x : ℝ) : Real.exp p = x": ("ill-typed", "Prop met ℝ", 31),
    "(x : ℝ) : Real.exp (y := x) = x": ("unsupported", "exp has no parameter y", 11),
    # what cannot be told
    "(x : ℝ) : _ = _": ("unsupported", "could not infer", None),
    "(x : ℝ) : match x with | 0 => True | _ => False": ("unsupported", "a numeral as a pattern for ℝ", 26),
    "(s : Filter ℝ) : s = s": ("unsupported", "unknown name Filter", 6),
    "(x : ℝ) : ⟨x⟩ = x": ("unsupported", "⟨…⟩ for ℝ", 11),
    "(x : ℝ) : 'a' = 'a'": ("unsupported", "a literal other than a number or a plain string", 11),
    "{n : ℕ} (x : Fin n → Vec n) (A : (Fin n → Vec n) →L[ℝ] ℝ) : A.adjoint 1 = x": (
        "unsupported",
        "no instance of InnerProductSpace ℝ (Fin n → Vec n)",
        None,
    ),
}


@pytest.mark.parametrize("statement", REFUSED)
def test_refused(statement: str) -> None:
    kind, message, column = REFUSED[statement]
    with pytest.raises(LeanMirrorError) as caught:
        theorem(statement)
    error = caught.value
    assert isinstance(error, IllTyped if kind == "ill-typed" else Unsupported)
    assert message in error.message
    if column is not None:
        line = HEADER.count("\n") + 1
        assert Position(line, column + len("theorem t ")) == error.position


def test_the_example_of_the_readme() -> None:
    """With the arguments in the other order it is well-typed only where the sizes are equal."""
    assert "coe (adjoint (matApplyLin x)) δ = outer x δ" == shown(
        "{n : ℕ} (x δ : Vec n) : (matApplyLin x).adjoint δ = outer x δ"
    )


def test_a_name_is_what_the_namespace_says() -> None:
    text = "theorem t {m n : ℕ} (x : Vec (m * n)) : forwardMN x = x := sorry\n"
    for namespace in ("SoftmaxLastAxis", "LogSoftmaxLastAxis"):
        header = f"{HEADER}namespace TapeNodes.{namespace}\n"
        found, _ = elaborated(text, header)
        name = found.conclusion.args[1].fn.name  # type: ignore[attr-defined]  # Eq of an application
        assert f"Proofs.Autograd.TapeNodes.{namespace}.forwardMN" == name


def test_local_names_shadow_constants() -> None:
    found = theorem("(outer : ℝ) : outer = outer")
    assert found.conclusion.args[1:] == (found.binders[0].var,) * 2  # type: ignore[attr-defined]  # Eq applied


def test_a_name_of_two_meanings_needs_the_type() -> None:
    header = "namespace A\naxiom f (x : ℝ) : ℝ\nend A\nnamespace B\naxiom f (n : Prop) : ℝ\nend B\nopen A B\n"
    assert "f x = 0" == shown("(x : ℝ) : f x = 0", header)
    header = header.replace("Prop", "ℝ")
    with pytest.raises(Unsupported, match="ambiguous name"):
        shown("(x : ℝ) : f x = 0", header)


def test_defaults_are_filled_in() -> None:
    header = "axiom f (x : ℝ) (ε : ℝ := 2) : ℝ\n"
    assert "f x 2 = f x 3" == shown("(x : ℝ) : f x = f x 3", header)
    assert "f x 5 = 0" == shown("(x : ℝ) : f (ε := 5) x = 0", header)


def test_a_named_argument_after_a_missing_one_makes_a_function() -> None:
    header = "axiom f (x ε : ℝ) : ℝ\n"
    assert "(fun x => f x 2) = (fun x => x)" == shown(": f (ε := 2) = fun x => x", header)


def test_projections_through_parents() -> None:
    header = "structure P where\n  a : ℝ\nstructure Q extends P where\n  b : ℝ\n"
    assert "a (toP q) + b q = 0" == shown("(q : Q) : q.a + q.b = 0", header)
    assert "b q = 0" == shown("(q : Q) : q.2 = 0", header)


def test_fields_of_parents_are_in_scope() -> None:
    header = "structure P where\n  a : ℝ\nstructure Q extends P where\n  h : a = 0\n"
    assert "a (toP q) = 0" == shown("(q : Q) (h : q.a = 0 := q.h) : q.a = 0", header)


def test_parameters_of_an_inductive_type_are_fixed() -> None:
    header = "inductive L {α : Type} (n : ℕ) : Type where\n  | one (x : α) : L n\n  | two (l : L n) : L n\n"
    assert "two l = l" == shown("{α : Type} {n : ℕ} (l : @L α n) : .two l = l", header)


def test_sorts() -> None:
    assert PROP == theorem("(p : Prop) : p = p").binders[0].type
    assert isinstance(theorem("(α : Type) (x : α) : x = x").binders[0].type, Sort)


def test_positions_are_of_the_node_in_question() -> None:
    with pytest.raises(Unsupported) as caught:
        elaborated("theorem t (x : ℝ) :\n    x +\n      nothing x = 0 := sorry\n", "")
    assert Position(3, 7) == caught.value.position


HOSTILE = [
    "(x : ℝ) : " + "(" * 100 + "x" + ")" * 100 + " = x",
    "(x : ℝ) : " + "Real.exp (" * 110 + "x" + ")" * 110 + " = x",
    "(x : ℝ) : " + " + ".join(["x"] * 190) + " = x",
    "(x : ℝ) : " + " → ".join(["x = x"] * 190),
    "(x : Vec (" + " * ".join(["(n + n)"] * 60) + ")) : x = x",
    "(n : ℕ) (x : Vec (" + " * ".join(["(n + 1)"] * 60) + ")) (y : Vec n) : x = y",
    "(x : Vec (10 ^ 10 ^ 10)) (y : Vec 0) : x = y",
    "(x : Vec (9" + "0" * 900 + " * 9" + "0" * 900 + ")) (y : Vec 0) : x = y",
    "(f : (((ℝ → ℝ) → ℝ) → ℝ) → ℝ) : f = fun g => g (fun h => h (fun x => x))",
    "(x : ℝ) : (fun f => f f) (fun f => f f) = x",
    "{α : Type} [Add α] (x : α) : x + x * x = x",
    "(Γ : List Shape) (x : CtxVec (" + " ++ ".join(["Γ"] * 60) + ")) (y : CtxVec Γ) : x = y",
    "(x : ℝ) : [" + ", ".join(["x"] * 200) + "] = []",
    "(x : x) : x = x",
    ": t = t",
    "(x : _) (y : _) : x y = y x",
    "(x : ℝ) : @Eq _ _ x",
    "(x : ℝ) : @Eq = @Eq",
    "(x : ℝ) : .foo x = x",
    "(x : ℝ) : (fun ⟨a, b, c⟩ => a) x = x",
    "(n : ℕ) : Fin n = Fin n ∧ (Fin = Fin)",
    "{x : ℝ} {x : Vec x} : x = x",
]


@pytest.mark.parametrize("statement", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_crashes_or_hangs(statement: str) -> None:
    file = read_file("Test.lean", text=f"{HEADER}theorem t {statement} := sorry\n")
    env = file_library(file, default())
    from leanmirror.bridge.elaborate.elaborator import elaborate

    try:
        elaborate(file.declarations[-1], env)
    except LeanMirrorError as error:
        assert isinstance(error, (IllTyped, Unsupported, ReadError))  # noqa: PT017  # either outcome is right


def test_a_statement_that_cannot_be_read_is_a_read_error() -> None:
    with pytest.raises(ReadError):
        elaborated("theorem t (x : ℝ) : x = = x := sorry\n")


def test_variables_are_equal_when_their_ids_are() -> None:
    assert Var(1, "x") == Var(1, "y")
