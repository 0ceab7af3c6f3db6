"""From the judge's counterexample to a witness: exact inputs, the two sides as text, Lean's words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flint import arb

from leanmirror.bridge.check.witness import SCHEMA, Witness
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import attempt
from leanmirror.spec.judge.tally import Counterexample

SHOWN_DIGITS = 20


def witness_of(
    claim: Claim, found: Counterexample, digits: int, seed: int, *, replayable: bool = True
) -> Witness:
    """The counterexample as a witness; a claim that Python made of functions cannot be replayed."""
    judgement = found.judgement
    return Witness(
        SCHEMA,
        claim.name,
        found.part,
        digits,
        seed,
        found.example.encoded(),
        statement=claim.doc,
        shrinks=found.shrinks,
        lean=lean_inputs(found.example) if claim.key else _matter(claim, found),
        hypotheses=tuple(dict.fromkeys(h.name for h in claim.hypotheses)),
        relation=judgement.relation or None,
        lhs=shown_number(judgement.lhs),
        rhs=shown_number(judgement.rhs),
        gap=shown_number(judgement.gap, 3),
        where=judgement.where,
        certified=judgement.proved,
        note=judgement.note or None,
        replayable=replayable,
    )


class _Noted(dict[str, Any]):
    """An example that notes which variables are looked at."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)


def _matter(claim: Claim, found: Counterexample) -> dict[str, str]:
    """The variables that the failing part and the hypotheses look at, as Lean text."""
    noted = _Noted(found.example.realized())
    for look in (dict(claim.parts)[found.part], *(h.holds for h in claim.hypotheses)):
        attempt(partial(look, noted))
    shown_ = lean_inputs(found.example)
    return {name: text for name, text in shown_.items() if name in noted.seen or not noted.seen}


def lean_inputs(example: Example) -> dict[str, str]:
    """Each variable's value as Lean text."""
    return {name: of_type.show(example.values[name]) for name, of_type in example.types.items()}


def shown_number(x: Any, digits: int = SHOWN_DIGITS) -> str | None:
    """A number as text: an integer as such, anything else to that many digits."""
    if x is None:
        return None
    ball = arb(x)
    whole = ball.unique_fmpz() if ball.is_integer() and abs(ball) < 10**digits else None
    if whole is not None:
        return str(int(whole))
    return str(ball.str(digits, radius=False))
