"""Core terms: what Lean's kernel knows of a statement; reduction, unification, instances."""
