"""What cannot be elaborated says why, by kind, and where: nobody has to read that out of the message."""

from __future__ import annotations

import pytest

from leanmirror.bridge.core.errors import IllTyped
from leanmirror.spec.errors import Cause, Position, ReadError, Unsupported
from tests.bridge.elaborate.statements import elaborated, theorem


@pytest.mark.parametrize(
    ("statement", "cause"),
    [
        ("(x : ℝ) : nothing x = x", "unknown_name"),
        ("(x : ℝ) : x.nothing = x", "unknown_name"),
        ("(x : ℝ) : x = ∫ y, y", "syntax"),
        ("(x : Vec 2) : x ≤ x", "instance"),
        ("(x : ℝ) : x = ⟨x⟩", "type"),
    ],
)
def test_the_cause_of_what_is_unsupported(statement: str, cause: Cause) -> None:
    with pytest.raises(Unsupported) as caught:
        theorem(statement)
    assert cause == caught.value.cause
    assert caught.value.position is not None


def test_an_ill_typed_text_is_one_by_its_types() -> None:
    with pytest.raises(IllTyped) as caught:
        theorem("(x : ℝ) : x 1 = x")
    assert "type" == caught.value.cause


def test_a_name_whose_declaration_failed_has_the_cause_of_that() -> None:
    with pytest.raises(Unsupported) as caught:
        elaborated("theorem t : f = f := sorry\n", "def f (h : Quux) : ℝ := 1\n")
    assert "unknown_name" == caught.value.cause


def test_an_error_met_on_the_way_keeps_its_cause_and_its_place() -> None:
    inner = ReadError("expected a term", Position(2, 3))
    found = Unsupported.by(inner, "the body of f: ", Position(1, 1))
    assert ("the body of f: expected a term", Position(2, 3), "syntax") == (
        found.message,
        found.position,
        found.cause,
    )
    assert Position(1, 1) == Unsupported.by(Unsupported("x"), position=Position(1, 1)).position
