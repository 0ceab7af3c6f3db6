"""A statement given as a string: what a file would need around it is added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leanmirror.bridge.check.options import CheckOptions, with_keywords
from leanmirror.bridge.check.result import CheckReport
from leanmirror.bridge.check.run import Progress, check_claims
from leanmirror.bridge.check.tasks import tasks
from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.compile.claims import CLAIMING
from leanmirror.bridge.lean.commands import commands
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.reader import read_file
from leanmirror.spec.errors import BadInput

FILE = "<text>"
BODY = " := by sorry"


def check_text(
    text: str,
    options: CheckOptions | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    **keywords: Any,
) -> CheckReport:
    """Run the claims of a Lean text.

    The text is what a file could hold, or less: a statement needs no body, and a single one no keyword and no
    name. `(a b : ℝ) : a - b = b - a` and `∀ a b : ℝ, a - b = b - a` will do. The options of CheckOptions can
    be given as keywords.

    Raises BadInput for a text that states nothing, TypeError for a keyword that is no option.
    """
    asked = with_keywords(options, CheckOptions, keywords)
    found = tasks(LeanText(FILE, completed(text)))
    if not found:
        raise BadInput("the text states nothing: no theorem, lemma, example or contract is in it")
    return check_claims(found, asked, progress)


def completed(text: str) -> str:
    """The text with a keyword where it starts without one, and a body for each statement that lacks it."""
    source = Source(text)
    first = next(iter(commands(source)), None)
    text = source.text
    if first is None or source.code[: first.start].strip():
        forms = [f"example {text}", f"example : {text}"]
        text = next((form for form in forms if _is_read(form)), forms[0])
    return _with_bodies(text)


def _is_read(text: str) -> bool:
    return all(each.readable for each in _claims(_with_bodies(text)))


def _claims(text: str) -> list[Declaration]:
    return [each for each in read_file(FILE, text=text).declarations if each.kind in CLAIMING]


def _with_bodies(text: str) -> str:
    """The text with a body after each claim that has none, or cannot be read: that stops before its end."""
    for each in reversed(_claims(text)):
        if not each.readable or each.header.body_start < 0:
            end = each.start + len(each.source.code[each.start : each.end].rstrip())
            text = f"{text[:end]}{BODY}{text[end:]}"
    return text
