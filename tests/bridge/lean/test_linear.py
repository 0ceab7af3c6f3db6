"""A text takes work in proportion to its length: counted in calls, so that no clock decides."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.sections import DEEPEST, MOST_NOTATIONS, MOST_OPENS, MOST_VARIABLES

THEOREM = "theorem t{0} : a{0} = x{0} := by sorry\n"
SHAPES = {
    "local notations": 'local notation "n{0}" => {0}\n' + THEOREM,
    "operators": 'infixl:65 " +{0}+ " => f\n' + THEOREM,
    "notations": 'notation "n{0}" => {0}\n' + THEOREM,
    "namespaces": "namespace N{0}\n" + THEOREM,
    "sections": "section\n" + THEOREM,
    "variables": "variable (x{0} : ℝ)\n" + THEOREM,
    "opens": "open A{0}\n" + THEOREM,
    "exports": "namespace E{0}\nexport A{0} (x)\nend E{0}\n" + THEOREM,
}


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    count = 0

    def seen(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def read(text: str) -> Callable[[], object]:
    return lambda: [each.signature for each in read_file("M.lean", text=text).declarations]


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_is_twice_the_work(shape: str) -> None:
    """Beyond the bounds, too, where what is too much is refused without being looked through again."""
    short, long_ = ("".join(map(SHAPES[shape].format, range(n))) for n in (400, 800))
    read(short)()  # what is kept from one text to the next is there for both
    assert calls(read(long_)) <= 2.6 * calls(read(short))


@pytest.mark.parametrize(
    "written", ["(x{} : ℝ) ", "{{x{} : ℝ}} ", "[C x{}] "], ids=["explicit", "implicit", "instance"]
)
def test_binders_of_one_statement(written: str) -> None:
    texts = (f"theorem t {''.join(map(written.format, range(n)))}: 1 = 1 := by sorry\n" for n in (300, 600))
    short, long_ = texts
    assert calls(read(long_)) <= 2.6 * calls(read(short))


@pytest.mark.parametrize(
    ("line", "most", "reason"),
    [
        ('local notation "n{0}" => {0}\n', MOST_NOTATIONS, f"more than {MOST_NOTATIONS} notations"),
        ("variable (x{0} : ℝ)\n", MOST_VARIABLES, f"more than {MOST_VARIABLES} variables"),
        ("open A{0}\n", MOST_OPENS, f"more than {MOST_OPENS} open namespaces"),
        ("section\n", DEEPEST, f"more than {DEEPEST} sections and namespaces in one another"),
    ],
)
def test_what_is_too_much_is_said_and_what_follows_is_in_doubt(line: str, most: int, reason: str) -> None:
    within = read_file("M.lean", text="".join(map(line.format, range(most))) + THEOREM)
    assert ((), None) == (within.unread, within.declarations[-1].doubt)
    beyond = read_file("M.lean", text="".join(map(line.format, range(most + 1))) + THEOREM)
    doubt = beyond.declarations[-1].doubt
    assert doubt is not None
    assert reason == doubt.reason
