"""Floats against balls: what is compared, where, against what, and how far apart it is.

>>> from leanmirror.bridge.agree.run import agree
>>> agree(["Tape.relu"], depth=20).within
True
"""
