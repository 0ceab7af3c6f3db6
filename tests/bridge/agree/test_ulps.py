"""Units in the last place at denormals and at overflow, and the honest undecided."""

from __future__ import annotations

import math

import numpy as np
import pytest
from flint import arb

from leanmirror.bridge.agree.measured import Measured
from leanmirror.bridge.agree.reference import Certifier
from leanmirror.bridge.agree.ulps import FORMATS, power, scaled_error, ulp_error
from leanmirror.spec.core.context import gt
from leanmirror.spec.errors import Undecided
from leanmirror.spec.judge.precision import CAP_BITS, precision

TINY, TOP = 2.0**-1074, float(np.finfo(np.float64).max)
DOUBLE, SINGLE = FORMATS["float64"], FORMATS["float32"]


@pytest.mark.parametrize(
    ("expected", "found", "true"),
    [
        (0.0, 1.0, "1"),
        (1.0, math.nextafter(1.0, 2.0), "1"),
        (0.0, math.nextafter(1.0, 0.0), "1 - 2^-53"),
        (0.5, 1.0, "1 + 2^-53"),
        (0.5, 0.0, "2^-1075"),
        (1.0, TINY, "0"),
        (3.0, 4 * TINY, "2^-1074"),
        (0.25, 2.0**-1022, "2^-1022 + 2^-1076"),
        (0.0, math.inf, "2^1024"),
        (0.0, math.inf, "2^5000"),
        (0.0, -math.inf, "-(2^1024)"),
        (0.5, math.inf, "2^1024 - 2^970"),
        (1.0, TOP, "2^2000"),
        (2.0**53, 0.0, "2^1024"),
        (2.0**54, -math.inf, "2^1024"),
        (math.inf, math.nan, "1"),
    ],
)
def test_units_in_the_last_place_of_the_true_value(expected: float, found: float, true: str) -> None:
    with precision(4000):
        value = evaluated(true)
        assert expected == pytest.approx(ulp_error(DOUBLE, found, value), rel=1e-12)


def evaluated(text: str) -> arb:
    """Sums of signed powers of two, as the table writes them."""
    if text.startswith("-("):
        return -evaluated(text[2:-1])
    if " " in text:
        left, sign, right = text.split()
        return evaluated(left) + (evaluated(right) if sign == "+" else -evaluated(right))
    return power(int(text.removeprefix("2^"))) if "^" in text else arb(int(text))


def test_float32_has_units_of_its_own() -> None:
    with precision(200):
        assert 1.0 == ulp_error(SINGLE, 1.0 + 2.0**-23, arb(1))
        assert 0.0 == ulp_error(SINGLE, math.inf, power(128))
        assert 2.0 == ulp_error(SINGLE, 2.0**-148, arb(0))


def test_a_ball_that_is_too_wide_gives_no_answer() -> None:
    with precision(200):
        wide = arb(1, 2.0**-50)
        assert ulp_error(DOUBLE, 1.0, wide) is None
        assert scaled_error(DOUBLE, 1.0, wide, arb(2) ** -50) is None
        assert scaled_error(DOUBLE, 1.0, wide, arb(1)) is not None
        assert ulp_error(DOUBLE, 1.0, arb(math.inf)) is None


def test_an_error_is_divided_by_its_scale_and_nothing_may_be_off_by_nothing() -> None:
    with precision(200):
        assert 0.5 == scaled_error(DOUBLE, 1.5, arb(1), arb(1))
        assert 0.0 == scaled_error(DOUBLE, 1.0, arb(1), arb(0))
        assert math.inf == scaled_error(DOUBLE, 1.5, arb(1), arb(0))
        assert math.inf == scaled_error(DOUBLE, math.nan, arb(1), arb(1))


def test_the_precision_doubles_until_the_value_is_known() -> None:
    def measure() -> list[float] | None:
        error = ulp_error(DOUBLE, 0.0, (1 + power(-900)) - 1)
        return None if error is None else [error]

    assert [2.0**52] == Certifier()(measure)


def test_what_is_not_known_at_the_cap_is_undecided_and_counted() -> None:
    tried: list[int] = []

    def measure() -> list[float] | None:
        tried.append(1)
        return [float(gt(arb(0, 1), 0))]

    assert Certifier()(measure) is None
    with precision(CAP_BITS), pytest.raises(Undecided):
        measure()
    assert 6 <= len(tried)
    found = Measured()
    found.add(None, ())
    assert (1, 0) == (found.undecided, found.points)
