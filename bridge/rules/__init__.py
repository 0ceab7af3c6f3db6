"""Derivative rules and float functions of one's own, held against certified values.

`check_rule` judges a rule over ℝ, `agree_function` a function of numpy, torch or jax in floats:

>>> from leanmirror.bridge.rules.rule import check_rule
>>> check_rule(lambda x: x * x, vjp=lambda x, g: 2 * x * g, inputs="n").ok
True
"""
