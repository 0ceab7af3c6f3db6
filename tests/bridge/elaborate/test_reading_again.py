"""What is asked for too early is tried again; a name whose declaration failed says so in every spelling."""

from __future__ import annotations

import pytest

from leanmirror.bridge.core.environment import Declared
from leanmirror.spec.errors import Unsupported
from tests.bridge.elaborate.statements import elaborated, shown

CIRCULAR = """
structure R where
  base : ℕ
  ok : 2 ≤ base
def R.toReal (r : R) : ℝ := r.base
structure FP (r : R) where
  v : ℝ
instance {r : R} : LE (FP r) := ⟨fun a b => a.v * r.toReal ≤ b.v * r.toReal⟩
instance {r : R} : OfNat (FP r) 2 := ⟨⟨r.toReal⟩⟩
theorem t (r : R) : r.toReal = r.toReal := rfl
"""


def test_a_body_that_was_asked_for_inside_its_own_structure_is_read_again() -> None:
    """The search for `LE ℕ` in the proof field reads all instances, these the body, while R is in work."""
    _, library = elaborated(CIRCULAR, "")
    found = library.lookup("R.toReal")
    assert isinstance(found, Declared)
    assert found.why is None
    assert found.body is not None


FAILED = "def Real.dbl (x : ℝ) (h : Quux) : ℝ := 2 * x\n"


@pytest.mark.parametrize("spelling", ["x.dbl", "Real.dbl x"])
def test_a_name_whose_declaration_failed_says_why(spelling: str) -> None:
    with pytest.raises(Unsupported) as caught:
        elaborated(f"theorem t (x : ℝ) : {spelling} = 2 * x := rfl\n", FAILED)
    assert caught.value.message.startswith("Real.dbl, whose declaration is not understood: unknown name Quux")
    assert ("unknown_name", "Quux") == (caught.value.cause, caught.value.name)


@pytest.mark.parametrize(
    ("statement", "as_shown"),
    [
        ("(v : Vec 3) (h : 2 < 3) : v ⟨2, h⟩ = v 2", "ofLp v (mk 2 h) = ofLp v 2"),
        ("(h : 3 ≠ 0) (f : (3 : ℕ) ≠ 0 → ℝ) : f h = f h", "f h = f h"),
    ],
)
def test_a_numeral_that_meets_a_natural_number_is_one(statement: str, as_shown: str) -> None:
    assert as_shown == shown(statement)
