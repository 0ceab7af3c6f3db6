"""Tables and folded lines at the widths that people have."""

from __future__ import annotations

import pytest

from leanmirror.bridge.io.tables import Cell, Column, letters, table
from leanmirror.bridge.io.terminal import ansi, coloured, folded

NAME = "Proofs.Autograd.TapeNodes.softplusFderiv"
COLUMNS = (
    Column("claim", name=True),
    Column("verdict"),
    Column("examples", right=True, rank=1),
    Column("certified", right=True, rank=2),
)
ROWS = [(NAME, "refuted", "3", "2"), ("t", "no counterexample", "100", "98")]


def test_columns_stand_below_each_other() -> None:
    assert [
        "claim                                     verdict            examples  certified",
        "Proofs.Autograd.TapeNodes.softplusFderiv  refuted                   3          2",
        "t                                         no counterexample       100         98",
    ] == table(COLUMNS, ROWS)


@pytest.mark.parametrize(
    ("width", "head", "name"),
    [
        (120, ["claim", "verdict", "examples", "certified"], NAME),
        (78, ["claim", "verdict", "examples", "certified"], "…ofs.Autograd.TapeNodes.softplusFderiv"),
        (70, ["claim", "verdict", "examples"], NAME),
        (60, ["claim", "verdict"], NAME),
        (40, ["claim", "verdict"], "…Nodes.softplusFderiv"),
        (20, ["claim", "verdict"], "…lusFderiv"),
    ],
)
def test_a_narrow_table_leaves_out_counts_and_cuts_names_from_the_left(
    width: int, head: list[str], name: str
) -> None:
    lines = table(COLUMNS, ROWS, width=width)
    assert head == lines[0].split()
    if width >= 40:
        assert name == lines[1].split()[0]
        assert max(map(len, lines)) <= width


def test_in_a_file_a_very_long_name_moves_its_own_row_only() -> None:
    lines = table(COLUMNS, [("A" * 90, "refuted", "3", "2"), ROWS[1]])
    assert "A" * 90 + "  refuted                   3          2" == lines[1]
    assert 60 + 2 + 17 + 2 + 8 + 2 + 9 == len(lines[2])


def test_a_cell_is_one_line_and_visible() -> None:
    assert ["x", "a<U+000A>b<U+001B>"] == table([Column("x")], [("a\nb\x1b",)])


def test_styles_do_not_move_columns() -> None:
    rows: list[tuple[str | Cell, ...]] = [(NAME, Cell("refuted", "red"), "3", "2"), ROWS[1]]
    painted = table(COLUMNS, rows, paint=ansi)
    assert table(COLUMNS, ROWS) == [line.replace("\x1b[1;31m", "").replace("\x1b[0m", "") for line in painted]
    assert "\x1b[1;31mrefuted\x1b[0m" in painted[1]


def test_letters_are_counted_as_terminals_show_them() -> None:
    assert (3, 1, 4, 1) == (letters("abc"), letters("𝓝"), letters("漢字"), letters("x\u0302"))


def test_long_lines_fold_below_what_they_say() -> None:
    lines = ("  statement    one two three four", "https://a.long/address/that/stays/whole")
    text = "\n".join((*lines, "  x := 1 2 3 4 5 6 7 8 9 10"))
    assert [
        "  statement    one two",
        "               three",
        "               four",
        "https://a.long/address/that/stays/whole",
        "  x := 1 2 3 4 5 6 7 8 9",
        "    10",
    ] == folded(text, 24).split("\n")
    assert text == folded(text, None)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colours_are_for_terminals_or_where_they_are_forced(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: bool
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert expected == coloured()
