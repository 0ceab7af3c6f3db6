"""Imported by the process that workers are forked from: each of them finds this work done."""

from __future__ import annotations

from leanmirror.bridge.check import run as checking
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.names.docstrings import table

USUAL = """
example {m n : ℕ} (x δ : Proofs.Autograd.Vec n) (A : Matrix (Fin m) (Fin n) ℝ) (f : ℝ → ℝ) (c : ℝ)
    (h : 0 < c) :
    inner ℝ x δ = ∑ i, c • x i * δ i ∧ ‖x‖ ≤ |c - 1| / 2 ∧ A.mulVec x.ofLp ≠ 0 ∧ HasDerivAt f (c ^ 2) c ∧
      (Proofs.Autograd.matCLM A).adjoint = 0 := by sorry
"""
"""A statement of what most statements speak of: elaborating it elaborates that."""

CHECKING = checking
TABLE = table("leanmirror.spec")
LIBRARY = default()
STATEMENT = elaborate(read_file("usual", text=USUAL).declarations[0], LIBRARY)
