"""A counterexample as a file: exact inputs, what was found there, and where the claim came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from leanmirror.bridge.io.documents import Count, plain, read
from leanmirror.bridge.io.output import as_json, read_json, write_text
from leanmirror.bridge.io.paths import make_folder
from leanmirror.spec.errors import BadInput

SCHEMA: Literal["leanmirror.witness/1"] = "leanmirror.witness/1"


Confirmed = Literal["text", "inputs"]
"""What a second computation took: the inputs as they are printed, read back, or the exact ones."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The Lean text that a claim came from: its file, the line there, its number among the declarations.

    `text` is the whole of it, unless that is long: enough to make the claim again without the file.
    """

    file: str
    line: int
    index: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """A counterexample, and all that it takes to judge it again.

    `inputs` are exact, as the types write them; `lean` has the variables that matter in Lean's words.
    `lhs` and `rhs` are the two sides of `relation` at the failing entry, which is at the indices `where`, and
    `gap` how far they are apart at least. `source` is there for a claim of a Lean text; `example` is a Lean
    `example` of the negated statement, where Lean can decide it at the inputs. A second computation, at
    another precision, `confirmed` it.
    """

    schema: Literal["leanmirror.witness/1"]
    claim: str
    part: str
    digits: int
    seed: int
    inputs: Mapping[str, Any]
    statement: str = ""
    shrinks: Count = 0
    lean: Mapping[str, str] = field(default_factory=dict)
    hypotheses: tuple[str, ...] = ()
    relation: str | None = None
    lhs: str | None = None
    rhs: str | None = None
    gap: str | None = None
    where: tuple[str | int, ...] = ()
    certified: bool = False
    note: str | None = None
    replayable: bool = True
    source: Origin | None = None
    example: str | None = None
    confirmed: Confirmed | None = None

    @property
    def issue(self) -> str:
        """What went wrong, in one line: the two sides, their gap, and how sure it is."""
        degree = "certified" if self.certified else "numerical"
        note = f"{self.note}: " if self.note else ""
        if self.lhs is None:
            return f"{note}does not hold ({degree}; {self.digits} digits)"
        where = f" at entry {list(self.where)}" if self.where else ""
        gap = f"gap {self.gap}, " if self.gap else ""
        sides = f"{self.lhs} {self.relation} {self.rhs}"
        return f"{note}{sides} does not hold{where} ({gap}{degree}; {self.digits} digits)"

    @property
    def digest(self) -> str:
        """A name for the counterexample: the same claim, part and inputs give the same one."""
        key = json.dumps([self.claim, self.part, self.inputs], sort_keys=True)
        return hashlib.sha256(key.encode()).hexdigest()[:16]

    def write(self, folder: Path) -> Path:
        """Write the witness into the folder, made if need be, under its digest; the path."""
        make_folder(folder)
        path = folder / f"{self.digest}.json"
        write_text(path, as_json(plain(self)))
        return path


def read_witness(path: Path) -> Witness:
    """The witness in a file. Raises BadInput for a file that holds none, OSError where it cannot be read."""
    data = read_json(path)
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise BadInput(f"{path}: not a witness: its schema is not {SCHEMA}")
    found = read(data, Witness, str(path), whole=True)
    if not 1 <= found.digits <= 900:
        raise BadInput(f"{path}: 'digits' is not between 1 and 900")
    return found
