"""Ill-typed is said only of what Lean would refuse: a coercion that is there is used, or in doubt."""

from __future__ import annotations

import pytest

from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.elaborate.library import default, definitions
from leanmirror.spec.errors import ReadError, Unsupported
from tests.bridge.elaborate.statements import elaborated, shown

KINDS = {
    "{α} (x : α) : x = x": "x = x",
    "(s : Set ℝ) (x : s) : (x : ℝ) ∈ s": "mem s (val x)",
    "(s : Finset (Fin 3)) (x : s) : (x : Fin 3) ∈ s": "mem s (val x)",
    "(n : {k : ℕ // 3 ≤ k}) : (n : ℝ) ≥ 3": "cast (val n) ≥ 3",
    "(s : Finset (Fin 3)) (t : Set (Fin 3)) : t = s": "t = (fun x => mem s x)",
    "(f : ℝ → ℝ) (s : Set ℝ) (h : ∀ x : s, f x = 0) (y : s) : f y = 0": "f (val y) = 0",
}


@pytest.mark.parametrize("statement", KINDS)
def test_a_coercion_of_the_library_is_used(statement: str) -> None:
    assert KINDS[statement] == shown(statement)


STRUCTURE = "structure M where\n  v : ℝ\n"


@pytest.mark.parametrize("name", ["Coe", "CoeTail", "CoeHead", "CoeOut"])
def test_a_coercion_of_the_text_is_used(name: str) -> None:
    text = f"{STRUCTURE}instance : {name} ℝ M := ⟨fun x => ⟨x⟩⟩\ntheorem t (r : ℝ) : (r : M).v = r := rfl\n"
    assert "theorem" == elaborated(text)[0].kind


def test_what_a_coercion_that_is_not_understood_decides_is_in_doubt() -> None:
    lost = "instance : Coe Quux M := sorry\n"
    with pytest.raises(Unsupported, match=r"the coercion .* is not understood"):
        elaborated(f"{STRUCTURE}{lost}theorem t (r : ℝ) : (r : M).v = r := rfl\n")
    with pytest.raises(IllTyped, match="ℝ met M"):
        elaborated(f"{STRUCTURE}theorem t (r : ℝ) : (r : M).v = r := rfl\n")


def test_what_an_operation_that_is_not_understood_decides_is_in_doubt() -> None:
    lost = "instance : HMul M ℝ Quux := sorry\n"
    with pytest.raises(Unsupported, match=r"the instance .* is not understood"):
        elaborated(f"{STRUCTURE}{lost}theorem t (m : M) (r : ℝ) : m * r = m := rfl\n")
    with pytest.raises(IllTyped, match=r"M met ℝ at \*"):
        elaborated(f"{STRUCTURE}theorem t (m : M) (r : ℝ) : m * r = m := rfl\n")


@pytest.mark.parametrize(
    ("statement", "as_shown"),
    [
        ("(x : ℝ) : x ∈ Ico (0 : ℝ) 1", "mem (Ico 0 1) x"),
        ("(i : Fin 3) : i ∈ (Ioc i 2 : Finset (Fin 3))", "mem (Ioc i 2) i"),
    ],
)
def test_of_two_opened_names_the_one_whose_instances_are_there_is_meant(
    statement: str, as_shown: str
) -> None:
    assert as_shown == shown(statement, "open Set Finset\n")


def test_our_own_definitions_are_understood() -> None:
    for each in definitions().declarations:
        found = default().lookup(each.name)
        assert found is not None, default().failure(each.name)
        assert found.body is not None, found.why


@pytest.mark.parametrize(
    ("statement", "as_shown"),
    [
        ("(b : ℝ) : (b ^ · : ℝ → ℝ) 2 = b", "(fun x1✝ => b ^ x1✝) 2 = b"),
        ("(x : ℝ) : (· < · : ℝ → ℝ → _) x x", "(fun x1✝ => fun x2✝ => x1✝ < x2✝) x x"),
    ],
)
def test_the_type_of_a_section_is_that_of_the_function(statement: str, as_shown: str) -> None:
    assert as_shown == shown(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("{m α : Type} [Fintype m] [Mul α] (A : Matrix m m α) : A * A = A", "no instance of HMul"),
        ("(a : ℕ) : (a : Matrix (Fin 2) (Fin 2) ℝ) = 1", "whether numbers are cast to it"),
        ("{R : Type} [AddGroup R] (a : ℕ) : (a : R) = a", "whether numbers are cast to it"),
        ("{n : ℕ} (M : Matrix (Fin n) (Fin n) ℝ) : M.comp = M", "unknown name Matrix.comp"),
    ],
)
def test_what_mathlib_may_have_is_in_doubt(statement: str, said: str) -> None:
    with pytest.raises(Unsupported) as caught:
        shown(statement)
    assert said in caught.value.message


@pytest.mark.parametrize("arrow", ["≃r", "→o", "↪o", "→r"])
def test_an_arrow_of_mathlib_is_one_sign(arrow: str) -> None:
    """`a →o b` is not `a → (o b)`."""
    with pytest.raises(ReadError, match=arrow):
        elaborated(f"theorem t (o r : Type → Type) (f : ℝ {arrow} ℝ) : f = f := rfl\n")


def test_an_instance_of_an_unknown_class_may_be_any_coercion() -> None:
    lost = "instance : FunnyLike M ℝ ℝ := sorry\n"
    with pytest.raises(Unsupported):
        elaborated(f"{STRUCTURE}{lost}theorem t (m : M) : (m : ℝ) = 0 := rfl\n")
