"""A verdict told to people and to other tools: each module takes a `CheckReport`.

>>> from leanmirror.bridge.check.result import CheckReport
>>> from leanmirror.bridge.report.github import of_check
>>> list(of_check(CheckReport(digits=50, seed=0, examples=100, results=())))
[]
"""
