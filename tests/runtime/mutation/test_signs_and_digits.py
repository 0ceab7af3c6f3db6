"""One sign in a rule, and `agree` fails; the last digit of a constant, and the comparison of bits does.

CI takes every few of them, the campaign all.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from leanmirror.bridge.agree.run import agree
from leanmirror.runtime.kernels.constants import CONSTANTS, Constants
from tests.runtime.mutation.survivors import reason
from tests.runtime.mutation.test_mutants import WRONG, functions, using
from tests.spec.mutation.mutants import Mutant, mutants, planted

POINTS = 300
OTHER = {"add": "subtract", "subtract": "add", "negative": "positive", "positive": "negative"}
BITS = Path(__file__).resolve().parent.parent / "kernels" / "test_bits.py"


def signs(node: ast.AST) -> Iterator[ast.AST]:
    """A sum for a difference, a negation left out, a result of the other sign."""
    match node:
        case ast.Attribute(ast.Name("np"), name, context) if name in OTHER:
            yield ast.Attribute(ast.Name("np", ast.Load()), OTHER[name], context)
        case ast.Return(ast.Tuple(results, context)):
            for k in range(len(results)):
                yield ast.Return(ast.Tuple([*results[:k], _negative(results[k]), *results[k + 1 :]], context))
        case ast.Return(ast.expr() as value):
            yield ast.Return(_negative(value))


def _negative(value: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), "negative", ast.Load()), [value], [])


@cache
def of_one_sign() -> tuple[Mutant, ...]:
    """Every mutant of a kernel that some operation uses."""
    kernels = [f for f in functions() if ".kernels." in f.__module__ and using(f)]
    found = []
    for f in kernels:
        plain = {(m.change, m.line) for m in mutants(f)}
        found += [m for m in mutants(f, more=signs) if (m.change, m.line) not in plain]
    return tuple(found)


def agrees(mutant: Mutant) -> bool:
    with planted(mutant), warnings.catch_warnings(action="ignore"):
        try:
            return all(agree(using(mutant.function), dtype=d, depth=POINTS).within for d in CONSTANTS_BY_NAME)
        except WRONG:
            return False


CONSTANTS_BY_NAME = {str(dtype): of for dtype, of in CONSTANTS.items()}
DIGITS = [(dtype, name) for dtype in CONSTANTS_BY_NAME for name in Constants.__slots__]


@contextmanager
def one_digit_off(of: Constants, name: str) -> Iterator[None]:
    right: Any = getattr(of, name)
    setattr(of, name, np.nextafter(right, right.dtype.type(np.inf)))
    try:
        yield
    finally:
        setattr(of, name, right)


def bits_are_right() -> bool:
    with redirect_stdout(StringIO()), warnings.catch_warnings(action="ignore"):
        arguments = ["-x", "-q", "-p", "no:cacheprovider", "--tb=no", "--no-header", str(BITS)]
        return pytest.main(arguments) == 0


def survivors(some: tuple[Mutant, ...]) -> list[str]:
    return [m.name for m in some if reason(m.name) is None and agrees(m)]


def test_a_sample_of_signs_is_seen_by_agree() -> None:
    assert len(of_one_sign()) > 60
    assert [] == survivors(of_one_sign()[::5])


@pytest.mark.campaign
def test_every_sign_is_seen_by_agree() -> None:
    assert [] == survivors(of_one_sign())


@pytest.mark.parametrize(("dtype", "name"), DIGITS[::4])
def test_a_sample_of_last_digits_is_seen_by_the_comparison_of_bits(dtype: str, name: str) -> None:
    with one_digit_off(CONSTANTS_BY_NAME[dtype], name):
        assert not bits_are_right()


@pytest.mark.campaign
@pytest.mark.parametrize(("dtype", "name"), DIGITS)
def test_every_last_digit_is_seen_by_the_comparison_of_bits(dtype: str, name: str) -> None:
    with one_digit_off(CONSTANTS_BY_NAME[dtype], name):
        assert not bits_are_right()


def test_without_a_change_nothing_is_seen() -> None:
    assert bits_are_right()
    assert agree(["Tape.gelu"], depth=POINTS).within
