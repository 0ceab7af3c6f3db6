"""Two texts as one, with what differs marked."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leanmirror.bridge.drift.marking import Run, lines, marked

WORDS = st.lists(st.sampled_from(["x", "A.b", "(", ")", "→", "12", ":=", "∀", "h₁"]), max_size=12).map(
    " ".join
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("x = y", "x = z", "x = [-y-] {+z+}"),
        ("f x", "f x", "f x"),
        ("", "x", "{+x+}"),
        ("x y", "", "[-x y-]"),
        ("f (a)", "f (a) (h : b)", "f (a) {+(h : b)+}"),
        ("f (a) (h : b) c", "f (a) c", "f (a) [-(h : b)-] c"),
        ("[X] {s : S}", "{s : S}", "[-[X]-] {s : S}"),
        ("[A α]", "[B α]", "[[-A-] {+B+} α]"),
        ("g (a.b) x", "g (c.d) y", "g ([-a.b) x-] {+c.d) y+}"),
    ],
)
def test_differences_are_marked(old: str, new: str, expected: str) -> None:
    assert [expected] == lines(old, new, indent="")


@given(WORDS, WORDS)
def test_each_text_can_be_read_back(old: str, new: str) -> None:
    runs = marked(old, new)
    for text, other in ((old, "new"), (new, "old")):
        kept = "".join(run.text for run in runs if run.mark != other)
        assert text.split() == re.findall(r"A\.b|h₁|12|:=|\S", kept)


@given(WORDS, WORDS, st.integers(20, 60))
def test_lines_have_the_width(old: str, new: str, width: int) -> None:
    assert all(len(line) <= width for line in lines(old, new, width))


def test_long_stretches_are_cut_unless_all_is_wanted() -> None:
    same = " ".join(f"w{i}" for i in range(100))
    cut = " ".join(lines(f"{same} a {same}", f"{same} b {same}", indent=""))
    assert cut.startswith("… w88 ")
    assert "w99 [-a-] {+b+} w0" in cut
    assert cut.endswith("w10 …")
    whole = " ".join(lines(f"{same} a", f"{same} b", indent="", whole=True))
    assert f"{same} [-a-] {{+b+}}" == whole


def test_colour_is_added_to_the_marks() -> None:
    assert ["x \x1b[31m[-y-]\x1b[0m \x1b[32m{+z+}\x1b[0m"] == lines("x y", "x z", indent="", colour=True)


def test_very_long_texts_are_shown_one_after_the_other() -> None:
    old, new = "x " * 5000, "y " * 5000
    assert ["old", "new"] == [run.mark for run in marked(old, new)]
    assert [Run("same", "x")] == marked("x", "x")
