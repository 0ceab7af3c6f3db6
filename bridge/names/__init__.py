"""lean_names.json: which Lean name stands where, in Lean and in Python."""
