"""Elaborated statements as claims: core terms become closures over certified scalars, run by the judge.

`claims.claim_of(statement, library, meanings)` makes the claim; `meanings` says what each name computes.

>>> from leanmirror.bridge.compile.meanings import MEANINGS
>>> MEANINGS["Real.exp"].arity
1
"""
