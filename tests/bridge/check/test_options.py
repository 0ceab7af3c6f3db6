"""Options: what they take, and that keywords are the fields of their class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import leanmirror as lm
from leanmirror.bridge.check.options import CheckOptions, RunOptions, with_keywords
from leanmirror.bridge.io.selections import several
from leanmirror.spec.errors import BadInput


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"digits": 0}, "digits=0 is not between 1 and 900"),
        ({"digits": 901}, "digits=901 is not between 1 and 900"),
        ({"digits": "50"}, "digits='50' is not a whole number"),
        ({"digits": True}, "digits=True is not a whole number"),
        ({"digits": None}, "digits=None is not a whole number"),
        ({"examples": 0}, "examples=0 is not between 1 and 1000000"),
        ({"jobs": 0}, "jobs=0 is not between 1 and 1024"),
        ({"timeout": 0}, "timeout=0 is not a positive number"),
        ({"timeout": float("nan")}, "timeout=nan is not a positive number"),
        ({"timeout": "5"}, "timeout='5' is not a number"),
        ({"strict": 1}, "strict=1 is neither True nor False"),
        ({"witnesses": "w"}, "witnesses='w' is not a pathlib.Path"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as caught:
        CheckOptions(**wrong)
    assert said == str(caught.value)


def test_right_values_are_kept() -> None:
    options = CheckOptions(digits=900, timeout=5, jobs=None, seed=-3, witnesses=Path("w"))
    assert (900, 5, None, -3, Path("w")) == (
        options.digits,
        options.timeout,
        options.jobs,
        options.seed,
        options.witnesses,
    )


def test_keywords_change_the_options_that_are_given() -> None:
    given = CheckOptions(digits=30, seed=4)
    assert CheckOptions(digits=30, seed=5) == with_keywords(given, CheckOptions, {"seed": 5})
    assert RunOptions(jobs=2) == with_keywords(None, RunOptions, {"jobs": 2})


def test_a_keyword_that_is_no_option_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="no option is called 'digit'"):
        with_keywords(None, CheckOptions, {"digit": 3})


def test_a_string_is_one_selection() -> None:
    assert ("A.lean",) == several("A.lean")
    assert ("A.lean",) == several(Path("A.lean"))
    assert ("A.lean", "b*") == several([Path("A.lean"), "b*"])
    assert () == several(())


def test_one_name_is_enough_everywhere() -> None:
    assert ["Runtime.Autograd.Tape.tanh"] * 2 == [row.op for row in lm.agree("Tape.tanh", depth=5).rows]
    (result,) = lm.check("TapeNodes.reluFderivAt", examples=5, jobs=1)
    assert "no_counterexample" == result.verdict
