"""Two states of Lean declarations: what is gone, new, elsewhere, or says something else.

`run.drift` compares two sources, or one with lean_names.json.
"""
