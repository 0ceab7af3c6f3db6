"""How much is detected: statements with one change each, run to see that what runs can fail.

`mutator.planted` gives a text with the mutants of its statements: after `theorem t (a b : ℝ) : a + b = b + a`
stands `theorem t_mutant1 (a b : ℝ) : a + b ≠ b + a`, and so on. `run.mutants_of` runs them and says which
live.
"""
