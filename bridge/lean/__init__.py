"""Lean 4 text: read into trees, printed in one normal form, names resolved as Lean resolves them.

>>> from leanmirror.bridge.lean.reader import read_file
>>> (declaration,) = read_file("My.lean", text="theorem t (a b : ℝ) : a - b = b - a := by sorry").declarations
>>> declaration.type.op, declaration.readable
('=', True)
"""
