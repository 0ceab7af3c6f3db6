"""Two states of a small Lean project that we made up, in which everything drifts that can."""

from __future__ import annotations

from pathlib import Path

OLD = {
    "My/Base.lean": """namespace My
def half (x : ℝ) : ℝ := x / 2
def twice (x : ℝ) : ℝ := x + x
def gone (x y : ℝ) : ℝ := x * y
def called (n : ℕ) : ℕ := n + 1
structure Pair where
  first : ℝ
  second : ℝ
end My
namespace Other
def twice (x : ℝ) : ℝ := 2 * x
def doubled (x : ℝ) : ℝ := x + x
end Other
""",
    "My/Use.lean": """import My.Base
namespace My
def quarter (x : ℝ) : ℝ := half (half x)
open Other in
theorem _root_.My.twice_eq (x : ℝ) : doubled x = x + x := rfl
theorem called_eq (n : ℕ) : called n = n + 1 := rfl
theorem half_add (x : ℝ) : half x + half x = x := by simp [half]
theorem positive (x : ℝ) (h : 0 < x) : 0 < x * x := by positivity
theorem bound (x y : ℝ) (h : x ≤ y) : x ≤ y + 1 := by linarith
theorem wide (x : ℝ) : x ^ 2 ≥ 0 := by positivity
theorem commutes (f : ℝ → ℝ) (x : ℝ) : f (x + 0) = f x := by simp
def moved (x : ℝ) : ℝ := x
lemma kept (a b : ℝ) : a + b = b + a := add_comm a b
example : 1 + 1 = 2 := rfl
end My
""",
}
NEW = {
    "My/Base.lean": """namespace My
def half (x : ℝ) : ℝ := x * (1 / 2)
def twice (x : ℝ) : ℝ := x + x
def invoked (n : ℕ) : ℕ := n + 1
def fresh : ℕ := 7
structure Pair where
  first : ℝ
  third : ℝ
def moved (x : ℝ) : ℝ := x
end My
namespace Other
def doubled (x : ℝ) : ℝ := x + x
end Other
namespace Further
def doubled (x : ℝ) : ℝ := x * 3
end Further
""",
    "My/Use.lean": """import My.Base
namespace My
def quarter (x : ℝ) : ℝ := half (half x)
open Further in
theorem _root_.My.twice_eq (x : ℝ) : doubled x = x + x := rfl
theorem called_eq (n : ℕ) : invoked n = n + 1 := rfl
theorem half_add (y : ℝ) : half y + half y = y := by simp [half]
theorem positive (z : ℝ) (hz : 0 < z) : 0 < z * z := by positivity
theorem bound (x y : ℝ) (h : x ≤ y) : x ≤ y - 1 := by linarith
theorem wide (x : ℝ) : 0 ≤ x * x := by positivity
theorem commutes {f : ℝ → ℝ} (y : ℝ) : f y = f (y + 0) := by simp
theorem kept (a b : ℝ) : a + b = b + a := by ring

example : 1 + 1 = 2 := rfl
example : 1 + 2 = 3 := rfl
end My
""",
}


def write(root: Path, files: dict[str, str]) -> Path:
    """The files under a folder that is a Lean package."""
    for name, text in {**files, "lakefile.toml": 'name = "my"\n'}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
