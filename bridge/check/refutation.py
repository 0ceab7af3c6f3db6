"""A counterexample back in Lean: an `example` to paste, and where the claim came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from leanmirror.bridge.check.environment import not_read
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.tasks import TextTask, declaration_of, tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import LeanText, text_of
from leanmirror.bridge.check.witness import Origin
from leanmirror.bridge.compile.claims import TextClaim
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.parser import parse_term
from leanmirror.bridge.lean.printer import print_term
from leanmirror.bridge.lean.scopes import public_name
from leanmirror.spec.errors import BadInput, ReadError
from leanmirror.spec.judge.claim import Claim

LONGEST_KEPT = 200_000
"""A longer text does not go into a witness."""


def with_lean_words(result: Result, task: TextTask, found: TextClaim) -> Result:
    """The result of a claim of a text: what it assumes, and its counterexample in the words of the text."""
    witness = result.counterexample
    if witness is not None:
        # Values that hypotheses define are texts of Lean where they are numbers; names in them are cut short.
        known = written(found, witness.lean) if found.rational else witness.lean
        lean = _in_order(known, found.arguments)
        example = refutation(task, found, lean)
        witness = replace(witness, lean=lean, source=origin_of(task), example=example)
    return replace(
        result,
        counterexample=witness,
        interpreted=tuple(map(public_name, found.interpreted)),
        assumes=(*found.at, *(f"not read: {each}" for each in not_read(task.source))),
    )


def _in_order(inputs: Mapping[str, str], arguments: Sequence[str | None]) -> dict[str, str]:
    """The inputs in the order of the statement's binders, then what it does not bind."""
    bound = [name for name in arguments if name in inputs]
    return {name: inputs[name] for name in dict.fromkeys([*filter(None, bound), *inputs])}


def written(found: TextClaim, inputs: Mapping[str, str]) -> dict[str, str]:
    """The inputs, and those variables that hypotheses define where their values can be written."""
    texts = dict(inputs)
    for name, text in found.defined:
        value = text(texts)
        if value is not None:
            texts[name] = value
    return texts


def refutation(task: TextTask, found: TextClaim, inputs: Mapping[str, str]) -> str | None:
    """An `example` that negates the statement at the inputs, where Lean can decide it there; else None."""
    declaration = declaration_of(task)
    if not found.rational or declaration.type is None:
        return None
    whole = (
        s.Forall(declaration.all_binders, declaration.type) if declaration.all_binders else declaration.type
    )
    text = print_term(whole)
    if not _reads_as(text, whole):
        return None
    texts = written(found, inputs)
    if any(name is not None and name not in texts for name in found.arguments):
        return None
    args = " ".join("(by norm_num)" if name is None else f"({texts[name]})" for name in found.arguments)
    applied = f"@h {args}" if args else "h"
    chosen = [name for name in ("max", "min") if name in _words(whole)]
    lemmas = f" [{', '.join(f'{name}_def' for name in chosen)}]" if chosen else ""
    return f"example : ¬ ({text}) := by\n  intro h\n  have := {applied}\n  norm_num{lemmas} at this"


def _reads_as(text: str, node: s.Node) -> bool:
    """Whether our own reader makes the same tree of a printed text."""
    try:
        return parse_term(text) == node
    except ReadError:
        return False


def _words(node: s.Node) -> set[str]:
    return {each.name.rpartition(".")[2] for each in s.walk(node) if isinstance(each, s.Ident)}


def origin_of(task: TextTask) -> Origin:
    """Where a claim came from, with the text unless that is long: enough to make the claim again."""
    text = task.source.text if len(task.source.text) <= LONGEST_KEPT else None
    return Origin(task.source.file, task.line, task.index, text)


def claim_from(origin: Origin) -> Claim:
    """The claim that came from there.

    Raises BadInput where there is none, Unsupported as `claim_of_task` does.
    """
    found = text_of(Path(origin.file)) if origin.text is None else LeanText(origin.file, origin.text)
    for task in tasks(found):
        if task.index == origin.index:
            return claim_of_task(task).claim
    raise BadInput(f"{origin.file} has no claim with number {origin.index}")
