"""What a declaration speaks of, by full name: in statements, bodies, structures and proofs."""

from __future__ import annotations

from pathlib import Path

import pytest

from leanmirror.bridge.lean.dependencies import Dependencies, dependencies, reached, users
from leanmirror.bridge.lean.tree import LeanTree

BASE = """namespace A
def size (n : Nat) : Nat := n
structure Node where
  value : Nat
  next : Nat → Nat := size
inductive Kind | leaf | inner (n : Nat)
def notUsed := 0
end A
"""
ABOVE = """import Base
namespace B
variable (k : A.Kind)
def size := 1
open A
def own : Nat := size + Node.value n
def other (size : Nat) : Nat := size
def build : Node := { value := A.size 2 }
def leaf := fun size => (Kind.leaf, size)
def spoken : Nat := by
  simp [A.size, "A.notUsed"]  -- A.notUsed
theorem t : own = 1 := by
  intro leaf
  exact build.value.trans (h (A.Kind.inner 0))
theorem u : Nat.succ k = k := rfl
def loop : Nat → Nat | 0 => other 0 | n + 1 => loop n
def broken (x : Nat := : size
end B
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Dependencies:
    root: Path = tmp_path_factory.mktemp("tree")
    (root / "Base.lean").write_text(BASE, encoding="utf-8")
    (root / "Above.lean").write_text(ABOVE, encoding="utf-8")
    return dependencies(LeanTree.read(root))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A.size", set()),
        ("A.Node", {"A.size"}),
        ("B.own", {"B.size", "A.Node"}),
        ("B.other", set()),
        ("B.build", {"A.Node", "A.size"}),
        ("B.leaf", {"A.Kind"}),
        ("B.spoken", {"A.size"}),
        ("B.t", {"B.own", "B.build", "B.leaf", "A.Kind"}),
        ("B.u", {"A.Kind"}),
        ("B.loop", {"B.other"}),
        ("B.broken", {"B.size"}),
    ],
)
def test_what_a_declaration_speaks_of(name: str, expected: set[str], found: Dependencies) -> None:
    # in B.t, `leaf` is a variable of the tactic block: what tactics bind is not known
    assert expected == found[name]


def test_the_other_way_and_further(found: Dependencies) -> None:
    above = users(found)
    assert ("A.Node", "B.build", "B.spoken") == above["A.size"]
    assert "A.notUsed" not in above
    assert {"A.Node", "B.build", "B.spoken", "B.own", "B.t"} == reached(["A.size"], above)
    assert {"x", "y"} == reached(["x"], {"x": ("y",), "y": ("x",)})
