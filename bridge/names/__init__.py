"""lean_names.json: which Lean name stands where, in Lean and in Python.

>>> from leanmirror.bridge.names.table import default_names
>>> default_names().find("TapeNodes.relu").python
'leanmirror.spec.proofs.autograd.tape.nodes.elementwise:relu'
"""
