"""Hostile text: whatever it is, the reader answers at once, with trees or with reasons."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leanmirror.bridge.lean.declarations import LeanFile
from leanmirror.bridge.lean.parser import parse_binders, parse_term
from leanmirror.bridge.lean.printer import print_term
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.tokens import SYMBOLS, WORDS
from leanmirror.bridge.lean.unread import Unread
from leanmirror.spec.errors import ReadError
from tests.bridge.lean.samples import BASIC, SMALL

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
LIMIT = 5.0  # seconds; each of these takes well below one


def read(text: str) -> LeanFile:
    """Everything that can be asked of a file."""
    found = read_file("Fuzz.lean", "Fuzz", text=text)
    for each in found.declarations:
        assert each.digest.startswith("v1:")
        assert each.readable == (each.reason is None)
        assert each.line >= 1
        assert (each.header.body_start < 0) == (each.body is None)
        assert not isinstance(each.body, Unread) or each.body.reason
    return found


def refusal(parse: Callable[[str], object], text: str) -> ReadError | None:
    """The error of a parser, None when it reads the text."""
    try:
        parse(text)
    except ReadError as error:
        return error
    return None


def agree_with_printed(text: str) -> None:
    """A term is refused with a position, or its normal form reads back to it."""
    refused = refusal(parse_term, text)
    if refused is None:
        tree = parse_term(text)
        assert tree == parse_term(print_term(tree))
    else:
        assert refused.position is not None


PIECES = st.sampled_from(
    [
        *sorted(WORDS),
        *sorted(SYMBOLS),
        "x",
        "f x",
        "1",
        "2.5e3",
        '"s"',
        "'c'",
        "\n",
        "\n  ",
        " ",
        "/-",
        "-/",
        "--",
        "«",
        "by simp",
    ]
)


@QUICK
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_random_tokens_are_read_or_refused(text: str) -> None:
    read(text)
    agree_with_printed(text)


@QUICK
@given(st.data())
def test_mutated_files_are_read_or_refused(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from((BASIC, *SMALL)))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(PIECES | st.text(max_size=3)) + text[end:]
    read(text)


@QUICK
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text)
    agree_with_printed(text)
    refused = refusal(parse_binders, text)
    assert refused is None or refused.position is not None


HAZARDS: dict[str, Callable[[], str]] = {
    "parentheses": lambda: "(" * 100_000,
    "closed parentheses": lambda: "(" * 100_000 + "x" + ")" * 100_000,
    "brackets": lambda: "[⟨{" * 50_000,
    "prefix operators": lambda: "¬" * 100_000 + "x",
    "coercions": lambda: "↑" * 100_000 + "x",
    "binders": lambda: "∀ x, " * 50_000 + "p",
    "functions": lambda: "fun x => " * 50_000 + "x",
    "lets": lambda: "let x := 1; " * 50_000 + "x",
    "sums": lambda: "x + " * 50_000 + "x",
    "powers": lambda: "x ^ " * 50_000 + "x",
    "arrows": lambda: "p → " * 50_000 + "q",
    "projections": lambda: "(x)" + ".1" * 50_000,
    "arguments": lambda: "f" + " x" * 50_000,
    "bars": lambda: "f |a " * 20_000,
    "matches": lambda: "match x with | a => f |b " * 5_000,
    "as patterns": lambda: "x@" * 50_000 + "x",
    "blocks": lambda: "by " * 50_000,
    "opens": lambda: "open A in " * 50_000 + "x",
    "numeral": lambda: "1" * 200_000,
    "exponent": lambda: "1e3000000",
    "quotes": lambda: '"\\' * 100_000,
    "interpolations": lambda: 's!"{' * 50_000,
    "guillemets": lambda: "«" * 100_000,
    "comments": lambda: "/-" * 100_000,
    "attributes": lambda: "@[\n" * 50_000,
    "spaces": lambda: " " * 300_000 + "\x01",
    "zero-width": lambda: "x\u200b\u202ey",
}


@pytest.mark.parametrize("name", HAZARDS)
def test_hazards_are_answered_at_once(name: str) -> None:
    text = HAZARDS[name]()
    start = time.process_time()
    for hostile in (text, f"theorem x : {text}", f"theorem x (h : {text}) : p := by", f"def f := {text}"):
        read(hostile)
    agree_with_printed(text)
    assert time.process_time() - start < LIMIT


@pytest.mark.parametrize(
    "name", ["parentheses", "closed parentheses", "prefix operators", "lets", "sums", "powers"]
)
def test_deep_nesting_is_refused_with_a_position(name: str) -> None:
    with pytest.raises(ReadError, match="nested more than") as error:
        parse_term(HAZARDS[name]())
    assert error.value.position is not None


@pytest.mark.parametrize(
    "form", ["x + {}", "{} ^ x", "f ({})", "fun x => {}", "∀ x, {}", "[{}]", "{{ a := {} }}"]
)
def test_the_deepest_terms_that_are_read_can_be_used(form: str) -> None:
    text = "x"
    while refusal(parse_term, form.format(form.format(form.format(text)))) is None:
        text = form.format(text)  # a binder around it is one level more
    assert 50 < len(text)
    found = read(f"theorem t (x : {text}) : {text} := h\ndef f (y : x) := {text}")
    assert [True, True] == [each.readable for each in found.declarations]


def test_many_commands_take_linear_time() -> None:
    line = "theorem t (x : Nat) : x = let y := x; y := rfl "
    start = time.process_time()
    found = read_file("Long.lean", text=line * 3_000)
    assert 3_000 == len(found.declarations)
    assert time.process_time() - start < LIMIT
