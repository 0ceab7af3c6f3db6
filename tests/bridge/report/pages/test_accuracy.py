"""docs/accuracy.md is what `make accuracy` writes, as far as that can be seen without PyTorch and JAX."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.agree.choices import BACKENDS, DTYPES
from leanmirror.bridge.agree.run import agree
from leanmirror.bridge.agree.selection import EVERYTHING
from leanmirror.bridge.report.pages import accuracy as accuracy_page
from leanmirror.bridge.report.pages.accuracy import DEPTH, EXPLANATION, GROUPS, INTRODUCTION

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "accuracy.md").read_text(encoding="utf-8")
TITLES = [line for line in PAGE.splitlines() if line.startswith("## ")]


def cells(name: str, direction: str, dtype: str) -> list[str]:
    """The cells of a row of the first table that has it, without the names."""
    for line in PAGE.splitlines():
        found = [cell.strip() for cell in line.strip("|").split("|")]
        if found[0].split()[:1] == [f"`{name}`"] and found[1:3] == [direction, dtype]:
            return found[3:]
    return []


def test_every_operation_is_in_one_group() -> None:
    names = [name for group in GROUPS.values() for name in group]
    assert sorted(op.lean.rpartition(".")[2] for op in EVERYTHING) == sorted(names)


def test_the_page_has_a_row_for_every_operation_direction_and_type() -> None:
    assert [*(f"## {title}" for title in GROUPS), "## The worst arguments"] == TITLES
    assert INTRODUCTION in PAGE
    assert EXPLANATION in PAGE
    for name in (name for group in GROUPS.values() for name in group):
        for direction in ("forward", "backward"):
            for dtype in DTYPES:
                assert len(BACKENDS) == len(cells(name, direction, dtype)), (name, direction, dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["add", "mul", "div", "relu", "clamp", "inv", "concatVectors"])
def test_where_ieee_says_every_bit_a_row_is_measured_as_it_stands(name: str, dtype: str) -> None:
    for row in agree([f"Tape.{name}"], dtype=dtype, depth=DEPTH, everywhere=True).rows:
        assert accuracy_page._cell(row) == cells(name, row.direction, dtype)[0]


def test_the_same_reports_give_the_same_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def tiny(**asked: Any) -> Any:
        return agree(["gelu", "softmax"], **(asked | {"backend": "accurate"}))

    monkeypatch.setattr(accuracy_page, "agree", tiny)
    one, two = (accuracy_page.page(accuracy_page.measured(40)) for _ in range(2))
    assert one == two
    assert "| `gelu` | backward | float32 | 0." in one
    assert "| `relu` | forward | float64 | - | - | - | - |" in one
