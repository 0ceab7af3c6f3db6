"""Two definitions of one name held against each other by running both: a mirror and its Lean text.

`run.fidelity(select, source=TREE)` does it for a Lean tree.
"""
