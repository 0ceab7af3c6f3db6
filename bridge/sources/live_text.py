"""The file that a Lean process is asked with, and its messages (`--json`) back to answers, by their lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.lean.scopes import parts
from leanmirror.bridge.lean.tokens import PART
from leanmirror.spec.errors import BadInput

SHOWN = ("explicit", "fullNames", "funBinderTypes", "piBinderTypes", "letVarTypes", "proofs", "deepTerms")
HIDDEN = ("notation", "coercions", "structureInstances", "fieldNotation", "match", "natLit", "numericTypes")
OPTIONS = (
    *(f"pp.{name} true" for name in SHOWN),
    *(f"pp.{name} false" for name in HIDDEN),
    "pp.maxSteps 100000000",
    "maxHeartbeats 0",
)
"""What makes Lean print whole types, with no form that depends on more than the term itself.

An option that some Lean does not have is an error on its own line, which nothing depends on.
"""
QUERIES = ("#check @{0}", "#print sig {0}", "#print axioms {0}")

_PLAIN = re.compile(rf"{PART}|[0-9]+")
_UNKNOWN = re.compile(r"unknown (identifier|constant|declaration)\b", re.IGNORECASE)
_KIND = re.compile(
    r"(?:@\[[^\]]*\]\s*|private |protected |public |noncomputable |unsafe |partial |meta )*"
    r"(theorem|def|abbrev|axiom|opaque|inductive|structure|class|instance|constructor|recursor)\b"
)
_AXIOMS = re.compile(r"depends on axioms:\s*\[([^\]]*)\]")
_RAW_NUMERAL = re.compile(r"\(nat_lit (\d+)\)|\bnat_lit (\d+)")
_UNPRINTED = "failed to pretty print expression"
_HIDDEN = re.compile(r"([^\W\d][\w'!?.]*)✝([⁰¹²³⁴⁵⁶⁷⁸⁹]*)")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of Lean: where in the file, how severe, and what it says."""

    line: int
    severity: str
    text: str


def spelled(name: str) -> str | None:
    """The name as Lean reads it; None for a text that is no name: it never becomes Lean text then."""
    found = []
    for part in parts(name):
        if _PLAIN.fullmatch(part):
            found.append(part)
        elif part and not any(char in "«»" or not char.isprintable() for char in part):
            found.append(f"«{part}»")
        else:
            return None
    return ".".join(found) or None


def file_text(names: Sequence[str], imports: Sequence[str], first: str) -> tuple[str, int]:
    """The file that asks about names in Lean's spelling, and how many lines stand before the questions.

    `first` is its first line. Raises BadInput for a module that is no name.
    """
    lines = [first, *(f"import {_module(each)}" for each in imports)]
    lines += [f"set_option {each}" for each in OPTIONS]
    before = len(lines)
    lines += [query.format(name) for name in names for query in QUERIES]
    return "\n".join([*lines, ""]), before


def _module(name: str) -> str:
    found = spelled(name)
    if found is None:
        raise BadInput(f"'{shown(name)}' is not the name of a module")
    return found


def messages(output: bytes) -> Iterator[Message]:
    """The messages in what a process wrote, one a line; other lines are nothing to us."""
    for line in output.splitlines():
        if not line.lstrip().startswith(b"{"):
            continue
        try:
            value = json.loads(line.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            continue  # a program between us and Lean wrote it, or Lean was ended within the line
        message = _message(value)
        if message is not None:
            yield message


def _message(value: Any) -> Message | None:
    pos = value.get("pos") if isinstance(value, dict) else None
    line = pos.get("line") if isinstance(pos, dict) else None
    text, severity = (value.get("data"), value.get("severity")) if isinstance(value, dict) else (None, None)
    if not (isinstance(line, int) and isinstance(text, str) and isinstance(severity, str)):
        return None
    return Message(line, severity, text.encode("utf-8", "replace").decode("utf-8"))


def is_unknown(text: str) -> bool:
    """Whether an error says that Lean does not know a name."""
    return _UNKNOWN.match(text) is not None


def statement(name: str, text: str) -> str | None:
    """The type in the answer to `#check @name`, in one line; None when that is about something else.

    `nat_lit 2` is written `2`, and a name that Lean marks as hidden, as `x✝¹`, in quotation marks.
    """
    head, colon, type_ = text.partition(" :")
    if not colon or _bare(head.strip().removeprefix("@")) != _bare(name):
        return None
    line = _RAW_NUMERAL.sub(lambda found: found.group(1) or found.group(2), " ".join(type_.split()))
    return _HIDDEN.sub(lambda found: f"«{found.group()}»", line)


def is_unprinted(type_: str) -> bool:
    """Whether Lean says that it could not print a type."""
    return type_.startswith(_UNPRINTED) or "⋯" in type_


def _bare(name: str) -> str:
    return name.replace("«", "").replace("»", "")


def kind(text: str) -> str:
    """The keyword in the answer to `#print sig name`; empty where there is none."""
    found = _KIND.match(text)
    return found.group(1) if found else ""


def axioms(text: str) -> tuple[str, ...] | None:
    """The axioms in the answer to `#print axioms name`, in Lean's order; None when that is no answer."""
    if "does not depend on any axioms" in text:
        return ()
    found = _AXIOMS.search(text)
    return (
        None if found is None else tuple(each.strip() for each in found.group(1).split(",") if each.strip())
    )
