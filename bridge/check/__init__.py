"""From a claim to a verdict: selection, worker processes, the store, witnesses.

>>> from leanmirror.bridge.check.snippet import check_text
>>> check_text("(a b : ℝ) : a - b = b - a", jobs=1).results[0].verdict
'refuted'
"""
