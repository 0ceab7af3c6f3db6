"""Values as JSON and as Lean text: what is written is read back, and nothing else is taken."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.codec import decode_example
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.numerals import number
from leanmirror.spec.judge.search import satisfying
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import CLMT, Mat, MatT, PiT, RealT, VecT
from leanmirror.spec.judge.types.linear import of_columns
from leanmirror.spec.torchlean_types import TensorT


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.name)
def test_examples_of_every_claim_survive_the_trip(claim: Any) -> None:
    source = Source(Seeded(1))
    for index in range(2, 8):
        example, _ = satisfying(claim, source, index, 30)
        if example is not None:
            data = example.encoded()
            again = decode_example(claim, data)
            assert data == again.encoded()
            for name, of_type in example.types.items():
                assert of_type.show(example.values[name]) == again.types[name].show(again.values[name])


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
    assert "!₂[0, 1 / 2]" == VecT(2).show([Fraction(0), Fraction(1, 2)])
    assert "!₂[]" == VecT(0).show([])
    assert "!![1, 2; 3, 4]" == MatT(2, 2).show(
        Mat(2, 2, [[Fraction(1), Fraction(2)], [Fraction(3), Fraction(4)]])
    )
    assert "![!₂[1], !₂[2]]" == PiT(2, VecT(1)).show([[Fraction(1)], [Fraction(2)]])
    assert ".dim ![.dim ![.scalar 1, .scalar 2]]" == TensorT(Shape((1, 2))).show(
        TensorT(Shape((1, 2))).of([Fraction(1), Fraction(2)])
    )
    assert ["!![;;]", "!![,,,]", "!![]"] == [
        MatT(m, n).show(MatT(m, n).of([])) for m, n in ((2, 0), (0, 3), (0, 0))
    ]
    plane, space = VecT(2), VecT(3)
    numbers = list(map(Fraction, range(6)))
    assert "matCLM !![0, 3; 1, 4; 2, 5]" == CLMT(plane, space).show(of_columns(plane, space, numbers))
    assert "innerSL ℝ !₂[0, 1]" == CLMT(plane, RealT()).show(of_columns(plane, RealT(), numbers[:2]))
    assert "-3" == RealT().show(Fraction(-3))
    assert "1 / 2 ^ 200" == number(Fraction(1, 2**200))
