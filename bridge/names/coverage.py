"""Which claims exercise a name: those that mention it, or mention something whose Python code rests on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from leanmirror.bridge.names import docstrings as tables
from leanmirror.bridge.names.docstrings import Mirror
from leanmirror.bridge.names.table import Name

CONTRACTS = ("NodeFDerivCorrect", "NodeFDerivCorrectAt")
"""A definition of such a type proves something: it is a claim, as a theorem is."""

_IDENTIFIER = re.compile(r"[^\W\d][\w'?!]*(?:\.[^\W\d][\w'?!]*)*")


def mentions(statement: str) -> set[str]:
    """The identifiers in a Lean statement, dots included."""
    return set(_IDENTIFIER.findall(statement))


def is_claim(entry: Name) -> bool:
    """Whether a declaration asserts something: a theorem, a lemma, a definition whose type is a contract."""
    return entry.kind in {"theorem", "lemma"} or (entry.kind == "def" and is_contract(entry.signature))


def is_contract(signature: str) -> bool:
    """Whether the type of a declaration is a contract."""
    head = _IDENTIFIER.match(conclusion(signature))
    return head is not None and head[0].rpartition(".")[2] in CONTRACTS


def conclusion(signature: str) -> str:
    """What stands after the first colon outside brackets: the type of a declaration without its binders."""
    depth = 0
    for at, char in enumerate(signature):
        depth += (char in "([{⦃⟨") - (char in ")]}⦄⟩")
        if char == ":" and depth == 0 and not signature.startswith(":=", at):
            return signature[at + 1 :].lstrip()
    return signature


def coverage(entries: Sequence[Name], mirrored: Mapping[str, Mirror]) -> dict[str, tuple[str, ...]]:
    """Lean name → the claims that exercise it, in the order of the entries."""
    known = {id(mirror.value): name for name, mirror in mirrored.items()}
    below = {name: tables.uses(mirror, known) for name, mirror in mirrored.items()}
    names = {entry.name for entry in entries}
    covers: dict[str, list[str]] = {}
    for claim in filter(is_claim, entries):
        reached, pending = {claim.name}, mentions(claim.signature) & names
        while pending:
            name = pending.pop()
            reached.add(name)
            pending |= below.get(name, set()) - reached
        for name in reached & names:
            covers.setdefault(name, []).append(claim.name)
    return {name: tuple(claims) for name, claims in covers.items()}
