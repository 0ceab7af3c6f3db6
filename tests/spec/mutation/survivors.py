"""Mutants that no claim rejects, and why each may live. A pattern is matched against `Mutant.name`."""

from __future__ import annotations

import re

COMMUTES = "the operation commutes, so the same value is computed"
MESSAGE = "only the text of a ShapeError changes"
LENGTHS = "lengths were checked before: strict only repeats that check"
SYMMETRIC = "a size m * n is a number, equal to n * m"
EQUAL_SIZES = "a cast between two sizes that are equal numbers"
CONSTANT = "a derivative does not see it; golden values do (tests/spec/layers)"
DEFAULT = "claims give ε; golden tests use the default (tests/spec/layers)"
SAME_REAL = "both branches are the same function over ℝ; floats tell them apart (tests/spec/layers)"
KIND = "the number only names the scalar kind of a constant"
DECLARED = "only the declared type of a linear map changes; its value is applied through other maps"
DRAWN = "only the sizes that are drawn change"

ITS_OWN = "the other definition has the same claims; its values have tests of their own"
SAME_PAIR = "the two operands are compared with each other, or their difference squared"

SURVIVORS: tuple[tuple[str, str], ...] = (
    (r": mulSpec\(.*\) -> mulSpec\(.*\)$", COMMUTES),
    (r": (addSpec|_fold|dot|inner|zip)\(.* -> (addSpec|_fold|dot|inner|zip)\(", COMMUTES),
    (r":addSpec: map2Spec|:mulSpec: map2Spec|:map2Spec: f\(x, y\) -> f\(y, x\)", COMMUTES),
    (r": _one_context\(a, b\) -> _one_context\(b, a\)$", MESSAGE),
    (r": (_plus|_hadamard)\(.* -> (_plus|_hadamard)\(", COMMUTES),
    (r":(addFderiv: add|mulFderiv: mul)\(a, b\) -> (add|mul)\(b, a\)$", COMMUTES),
    (r": VecT\(.*\)\.add\(.* -> VecT\(.*\)\.add\(", COMMUTES),
    (r":TList\.(dotList|add): ", COMMUTES),
    (r": max_\((\w), 0\) -> max_\(0, \1\)$", COMMUTES),
    (r": require_(size|shape)\(.* -> require_(size|shape)\(", MESSAGE),
    (r": True -> False$", LENGTHS),
    (r"MNSize\(m, n\) -> .*MNSize\(n, m\)$", SYMMETRIC),
    (r"matSize\((\w), (\w)\) -> Matmul\.matSize\(\2, \1\)$", SYMMETRIC),
    (r"castCLM\(|:Graph_\.castCLM: ", EQUAL_SIZES),
    (r":(squareCorrect|squareOp): 0 -> 1$", KIND),
    (r":reluFunDeriv: PiT|:Matmul\.matmulBilin: CLM", DECLARED),
    (r":_succ_vec: ", DRAWN),
    (r":Math\.(eluSpec|logisticSpec|geluTanhCoeff): ", CONSTANT),
    (r":_epsilon: ", DEFAULT),
    (r":Math\.softplusSpec: ", SAME_REAL),
    (r"MatrixLinear\.row(Sum|Mean)CLM: |:meanDenom: |:invertedDropoutCoeff: |:_difference: a - b", ITS_OWN),
    (r"\.piecewise:|:(mse|mseLoss|mseLossFderiv): .*(_difference|mseLoss)\(", SAME_PAIR),
    (r":matrixTransposeFderiv: CLM\(VecT\(m \* n\), VecT\(n \* m\)", SYMMETRIC),
)


def reason(name: str) -> str | None:
    """Why a surviving mutant may live; None when nothing says so."""
    return next((why for pattern, why in SURVIVORS if re.search(pattern, name)), None)
