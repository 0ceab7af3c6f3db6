"""All that is known of one name, or of one node of a tape.

>>> from leanmirror.bridge.trace.name import trace
>>> trace("TapeNodes.relu", results=None).entry.module
'NN.Proofs.Autograd.Tape.Nodes.Elementwise'
"""
