"""A counterexample back in Lean: an `example` to paste, and where the claim came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from leanmirror.bridge.check.environment import not_read
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.tasks import TextTask, declaration_of, tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import LeanText, text_of
from leanmirror.bridge.check.witness import Origin
from leanmirror.bridge.compile.claims import TextClaim
from leanmirror.bridge.lean.scopes import public_name
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.claim import Claim

LONGEST_KEPT = 200_000
"""A longer text does not go into a witness."""


def with_lean_words(result: Result, task: TextTask, found: TextClaim) -> Result:
    """The result of a claim of a text: at which types it was run, and where a counterexample came from."""
    witness = result.counterexample
    if witness is not None:
        example = refutation(task, found, witness.lean)
        witness = replace(witness, source=origin_of(task), example=example)
    return replace(
        result,
        counterexample=witness,
        interpreted=tuple(map(public_name, found.interpreted)),
        assumes=(*found.at, *(f"not read: {each}" for each in not_read(task.source))),
    )


def refutation(task: TextTask, found: TextClaim, inputs: Mapping[str, str]) -> str | None:
    """An `example` that negates the statement at the inputs, where Lean can decide it there; else None."""
    declaration = declaration_of(task)
    if not found.rational or declaration.included or declaration.type is None:
        return None
    source = declaration.source
    start = declaration.header.name_pos + (0 if declaration.anonymous else len(declaration.header.name))
    binders = source.code[start : declaration.type.pos].strip().removesuffix(":").strip()
    conclusion = source.code[declaration.type.pos : declaration.header.body_start].strip()
    whole = " ".join(f"∀ {binders}, {conclusion}".split()) if binders else " ".join(conclusion.split())
    texts: dict[str, str | None] = dict(inputs)
    for name, text in found.defined:
        texts[name] = text({n: known for n, known in texts.items() if known is not None})
    if any(name is not None and texts.get(name) is None for name in found.arguments):
        return None
    args = " ".join("(by norm_num)" if name is None else f"({texts[name]})" for name in found.arguments)
    applied = f"@h {args}" if args else "h"
    return f"example : ¬ ({whole}) := by\n  intro h\n  have := {applied}\n  norm_num at this"


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
