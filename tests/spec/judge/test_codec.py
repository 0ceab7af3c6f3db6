"""Values as JSON and as Lean text: what is written is read back, and nothing else is taken."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.codec import decode_example, encode_example, number, show
from leanmirror.spec.judge.generate import Source
from leanmirror.spec.judge.linear import of_columns
from leanmirror.spec.judge.search import satisfying
from leanmirror.spec.judge.types import CLMT, Mat, MatT, PiT, RealT, TensorT, VecT


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.name)
def test_examples_of_every_claim_survive_the_trip(claim: Any) -> None:
    source = Source(Random(1))
    for index in range(2, 8):
        example, _ = satisfying(claim, source, index, 30)
        if example is not None:
            data = encode_example(example)
            again = decode_example(claim, data)
            assert data == encode_example(again)
            for name, of_type in example.types.items():
                assert show(of_type, example.values[name]) == show(again.types[name], again.values[name])


WRONG = [
    {"n": -1},
    {"n": True},
    {"n": 10**9},
    {"x": ["1", "2"], "n": 3},
    {"x": ["1/0", "0"]},
    {"x": [1.5, 0]},
    {"x": "1"},
    {"x": ["1e999999999", "0"]},
    {"extra": 1},
]


@pytest.mark.parametrize("change", WRONG, ids=str)
def test_inputs_that_do_not_fit_are_refused(change: dict[str, Any]) -> None:
    claim = next(c for c in CLAIMS if c.name == "Proofs.Autograd.inner_eq_sum_mul")
    good = {"n": 2, "x": ["1", "-1/2"], "y": ["0", "3"]}
    assert decode_example(claim, good).values["x"] == [Fraction(1), Fraction(-1, 2)]
    with pytest.raises(LeanMirrorError):
        decode_example(claim, good | change)


def test_lean_text() -> None:
    assert "!₂[0, 1 / 2]" == show(VecT(2), [Fraction(0), Fraction(1, 2)])
    assert "!₂[]" == show(VecT(0), [])
    assert "!![1, 2; 3, 4]" == show(
        MatT(2, 2), Mat(2, 2, [[Fraction(1), Fraction(2)], [Fraction(3), Fraction(4)]])
    )
    assert "![!₂[1], !₂[2]]" == show(PiT(2, VecT(1)), [[Fraction(1)], [Fraction(2)]])
    assert ".dim ![.dim ![.scalar 1, .scalar 2]]" == show(
        TensorT(Shape((1, 2))), TensorT(Shape((1, 2))).of([Fraction(1), Fraction(2)])
    )
    assert ["!![;;]", "!![,,,]", "!![]"] == [
        show(MatT(m, n), MatT(m, n).of([])) for m, n in ((2, 0), (0, 3), (0, 0))
    ]
    plane, space = VecT(2), VecT(3)
    numbers = list(map(Fraction, range(6)))
    assert "matCLM !![0, 3; 1, 4; 2, 5]" == show(CLMT(plane, space), of_columns(plane, space, numbers))
    assert "innerSL ℝ !₂[0, 1]" == show(CLMT(plane, RealT()), of_columns(plane, RealT(), numbers[:2]))
    assert "-3" == show(RealT(), Fraction(-3))
    assert "1 / 2 ^ 200" == number(Fraction(1, 2**200))
