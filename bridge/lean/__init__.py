"""Lean 4 text: read into trees, printed in one normal form, names resolved as Lean resolves them."""
