"""Counterexamples as files: exact inputs, what was found, and running them again without any search."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flint import arb

from leanmirror.bridge.io.output import as_json, read_json, shown, write_text
from leanmirror.spec.errors import BadInput, LeanMirrorError, NameNotFound
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.codec import decode_example, encode_example, show
from leanmirror.spec.judge.generate import Example
from leanmirror.spec.judge.judgement import Judgement, attempt
from leanmirror.spec.judge.search import Counterexample
from leanmirror.spec.judge.shrink import fails

SCHEMA = "leanmirror.witness/1"
SHOWN_DIGITS = 20


def document(claim: Claim, found: Counterexample, digits: int, seed: int) -> dict[str, Any]:
    """A counterexample as JSON: inputs exact, the two sides as text, the inputs in Lean's words."""
    judgement = found.judgement
    return {
        "schema": SCHEMA,
        "claim": claim.name,
        "statement": claim.doc,
        "part": found.part,
        "digits": digits,
        "seed": seed,
        "shrinks": found.shrinks,
        "inputs": encode_example(found.example),
        "lean": lean_inputs(found.example) if claim.key else _matter(claim, found),
        "hypotheses": [h.name for h in claim.hypotheses],
        "relation": judgement.relation or None,
        "lhs": shown_number(judgement.lhs),
        "rhs": shown_number(judgement.rhs),
        "gap": shown_number(judgement.gap, 3),
        "where": list(judgement.where),
        "certified": judgement.proved,
        "note": judgement.note or None,
        "replayable": True,
    }


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
    return {name: show(of_type, example.values[name]) for name, of_type in example.types.items()}


def shown_number(x: Any, digits: int = SHOWN_DIGITS) -> str | None:
    """A number as text: an integer as such, anything else to that many digits."""
    if x is None:
        return None
    ball = arb(x)
    whole = ball.unique_fmpz() if ball.is_integer() and abs(ball) < 10**digits else None
    if whole is not None:
        return str(int(whole))
    return str(ball.str(digits, radius=False))


def issue(found: Mapping[str, Any]) -> str:
    """What went wrong, in one line: the two sides, their gap, and how sure it is."""
    degree = "certified" if found["certified"] else "numerical"
    note = f"{found['note']}: " if found["note"] else ""
    if found["lhs"] is None:
        return f"{note}does not hold ({degree}; {found['digits']} digits)"
    sides = f"{found['lhs']} {found['relation']} {found['rhs']}"
    where = f" at entry {found['where']}" if found["where"] else ""
    gap = f"gap {found['gap']}, " if found["gap"] else ""
    return f"{note}{sides} does not hold{where} ({gap}{degree}; {found['digits']} digits)"


def digest(found: Mapping[str, Any]) -> str:
    """A name for the counterexample: the same claim, part and inputs give the same one."""
    key = json.dumps([found["claim"], found["part"], found["inputs"]], sort_keys=True)
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def write(found: Mapping[str, Any], folder: Path) -> Path:
    """Write the witness into the folder, made if need be, under its digest; the path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest(found)}.json"
    write_text(path, as_json(found))
    return path


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """A witness run again: whether its claim still fails at its inputs, and what was found."""

    claim: str
    part: str
    reproduced: bool
    found: Mapping[str, Any] | None
    inputs: Mapping[str, str]

    @property
    def text(self) -> str:
        """The outcome as people read it."""
        head = "reproduced" if self.reproduced else "not reproduced"
        lines = [f"{head}: {self.claim} ({self.part})"]
        lines += [f"  {name} := {shown(value)}" for name, value in self.inputs.items()]
        if self.found is not None:
            lines.append(f"  issue: {issue(self.found)}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The document `leanmirror.replay/1`."""
        return {
            "schema": "leanmirror.replay/1",
            "claim": self.claim,
            "part": self.part,
            "reproduced": self.reproduced,
            "counterexample": self.found,
        }


def replay(path: Path) -> ReplayResult:
    """Judge the witness's claim at the witness's inputs.

    Raises BadInput for a file that is not a witness or does not fit its claim, NameNotFound for a
    claim that is not mirrored.
    """
    data = _read(path)
    claim = _claim(data["claim"]) if data.get("source") is None else _text_claim(path, data["source"])
    if data["part"] not in [name for name, _ in claim.parts]:
        raise BadInput(f"{path}: {claim.name} has no part {shown(data['part'])}")
    try:
        example = decode_example(claim, data["inputs"])
        judgement = fails(claim, data["part"], example, data["digits"], deep=True)
    except LeanMirrorError as error:
        raise BadInput(f"{path}: {error}") from error
    found = _found(claim, data, example, judgement) if judgement else None
    if found is not None and data.get("source") is not None:
        found["source"] = data["source"]
    return ReplayResult(claim.name, data["part"], found is not None, found, lean_inputs(example))


def _found(claim: Claim, data: Mapping[str, Any], example: Example, judgement: Judgement) -> dict[str, Any]:
    return document(claim, Counterexample(data["part"], example, judgement), data["digits"], data["seed"])


_FIELDS: Mapping[str, type] = {"claim": str, "part": str, "digits": int, "seed": int, "inputs": dict}


def _read(path: Path) -> Mapping[str, Any]:
    data = read_json(path)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise BadInput(f"{path}: not a witness: its schema is not {SCHEMA}")
    for key, kind in _FIELDS.items():
        if type(data.get(key)) is not kind:
            raise BadInput(f"{path}: '{key}' is missing or not of type {kind.__name__}")
    if not 1 <= data["digits"] <= 900:
        raise BadInput(f"{path}: 'digits' is not between 1 and 900")
    if data.get("replayable") is False:
        raise BadInput(f"{path}: this witness was made from a function that has no import path")
    return data


def _text_claim(path: Path, source: Any) -> Claim:
    """The claim of the Lean text that a witness was found in, elaborated again."""
    from leanmirror.bridge.check.texts import claim_of_source

    try:
        return claim_of_source(source)
    except LeanMirrorError as error:
        raise BadInput(f"{path}: {error}") from error


def _claim(name: str) -> Claim:
    from leanmirror.bridge.check.run import claims

    found = claims().get(name)
    if found is None:
        raise NameNotFound(f"no claim is called '{shown(name)}'")
    return found
