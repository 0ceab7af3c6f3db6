"""Comparing two states of Lean declarations: what is gone, new, elsewhere, or says something else."""
