"""From a node of a user's tape to what stands behind it: proof node, certificate, the spec's functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flint import arb

import leanmirror.spec.claims  # noqa: F401  what it imports makes nodes and graphs
from leanmirror.bridge.agree.graphs.twins import twins
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.names import docstrings as tables
from leanmirror.bridge.trace.name import Trace, trace
from leanmirror.runtime.autograd.engine.core.core import HAND_MADE, LEAF, Tape
from leanmirror.runtime.autograd.engine.tape_m import TapeM
from leanmirror.runtime.autograd.ops import Op
from leanmirror.runtime.errors import INVALID_NODE, AutogradError
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import NameNotFound
from leanmirror.spec.graphs.made import made
from leanmirror.spec.graphs.recipes import signature
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.ops import operations

SCHEMA = "leanmirror.trace_node/1"


@dataclass(frozen=True, slots=True, repr=False)
class NodeTrace(Report):
    """What stands behind one node of a tape.

    `operation` is the tape's function, `proof` its node over the reals, `certificate` the theorem that the
    node's rules are its derivative, `functions` what the node is defined by. None, and nothing, where there
    is none: for inputs, nodes made by hand, and operations whose proof is not mirrored. `assumed` says of a
    certificate at single points whether its hypotheses hold at the values on the tape.
    """

    id: int
    name: str | None
    shape: tuple[int, ...]
    parents: tuple[int, ...]
    operation: Trace | None
    proof: Trace | None
    certificate: Trace | None
    functions: tuple[Trace, ...]
    assumed: str

    @property
    def text(self) -> str:
        """The trace for people, in plain lines."""
        lines = [f"  {label:<12} {_indented(value)}" for label, value in self]
        return "\n".join([self.short, *lines])

    @property
    def short(self) -> str:
        """The node, its operation and its parents."""
        head = f"node {self.id}: {self.name or 'input'} {list(self.shape)}"
        if self.parents:
            head += f" of {', '.join(map(str, self.parents))}"
        return head

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """What is known, each as a label and its text."""
        rows = [
            ("on the tape", _place(self.operation)),
            ("proof node", _place(self.proof)),
            ("certificate", _place(self.certificate)),
            ("PyTorch", "" if self.operation is None else str(self.operation.torch or "")),
            ("states", "" if self.certificate is None else self.certificate.entry.signature),
            ("assumes", self.assumed),
            ("defined by", "\n".join(_place(f) for f in self.functions)),
        ]
        return ((label, value) for label, value in rows if value)

    def to_json(self) -> dict[str, Any]:
        """The trace as a document of schema leanmirror.trace_node/1."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "name": self.name,
            "shape": list(self.shape),
            "parents": list(self.parents),
            "operation": _json(self.operation),
            "proof": _json(self.proof),
            "certificate": _json(self.certificate),
            "functions": [f.to_json() for f in self.functions],
            "assumed": self.assumed,
        }


def _place(found: Trace | None) -> str:
    if found is None:
        return ""
    python = "" if found.python is None else f"  {found.python.file}:{found.python.line}"
    return f"{found.entry.name}  {found.entry.lean_file}:{found.entry.lean_line}{python}"


def _indented(value: str) -> str:
    return value.replace("\n", "\n" + " " * 15)


def _json(found: Trace | None) -> dict[str, Any] | None:
    return None if found is None else found.to_json()


def trace_node(tape: Tape | TapeM, id: int) -> NodeTrace:
    """What stands behind a node: the proof node, the certificate, the spec's functions.

    Raises AutogradError when the tape has no such node.
    """
    tape = tape.getTape() if isinstance(tape, TapeM) else tape
    node = tape.getNode_opt(id)
    if node is None:
        raise AutogradError(INVALID_NODE)
    op = tape._store.ops[id]
    if op is LEAF or op is HAND_MADE:
        made_by = trace(op.lean) if op is LEAF else None
        return NodeTrace(id, node.name, node.value.s, node.parents, made_by, None, None, (), "")
    fitting = next((lean for lean in _proofs(op) if _positions(lean, tape, id) is not None), None)
    proof = fitting or op.proof
    certificate = None if fitting is None else _traced(operations()[fitting].certificate_lean)
    assumed = _assumed(fitting, tape, id) if fitting else NO_FIT if _proofs(op) else ""
    functions = _functions(fitting) if fitting else ()
    traced = None if proof is None else _traced(proof)
    return NodeTrace(
        id, op.name, node.value.s, node.parents, _traced(op.lean), traced, certificate, functions, assumed
    )


NO_FIT = "the proof node is for other shapes, so there is no certificate of this node"


def _proofs(op: Op) -> list[str]:
    """The mirrored proof nodes that the operation is the float twin of."""
    return [lean for lean, runtime in twins().items() if runtime is op or runtime.lean == op.lean]


def _positions(lean: str, tape: Tape, id: int) -> Mapping[str, int] | None:
    """The last parents as the positions of a node's arguments, in a context of their shapes alone."""
    names = list(signature(lean).indices)
    Γ = _context(tape, id)
    places = {name: len(Γ) - len(names) + k for k, name in enumerate(names)}
    return places if signature(lean).match(Γ, places) is not None else None


def _context(tape: Tape, id: int) -> tuple[Shape, ...]:
    store = tape._store
    return tuple(Shape(tuple(store.shapes[p])) for p in store.parents(id))


def _assumed(lean: str, tape: Tape, id: int) -> str:
    """Whether the hypotheses of a certificate at single points hold at the parents' values."""
    sig = signature(lean)
    if not sig.op.pointwise or sig.given:
        return ""
    places, Γ = _positions(lean, tape, id), _context(tape, id)
    if places is None:
        return ""
    xV = [arb(float(v)) for p in tape._store.parents(id) for v in tape.requireValue(p).reshape(-1)]
    met = made(sig.op, sig.environment(Γ, places)).hypotheses(xV)
    names = ", ".join(sig.op.hypotheses)
    return f"{names}, which is {_verdict(met)} at the values on the tape"


def _verdict(met: Judgement) -> str:
    return "true" if met.holds else "false" if met.fails else "not known"


def _functions(proof: str) -> tuple[Trace, ...]:
    """The functions that the proof node's definition names, without nodes and contexts."""
    mirrored = tables.table("leanmirror.spec")
    known = {id(mirror.value): name for name, mirror in mirrored.items()}
    home = _module(mirrored[proof])
    named = [name for name in sorted(tables.uses(mirrored[proof], known)) if _defines(mirrored[name], home)]
    return tuple(f for f in map(_traced, named) if f is not None)


def _module(mirror: tables.Mirror) -> str:
    return mirror.python.partition(":")[0]


def _defines(mirror: tables.Mirror, home: str) -> bool:
    """A function of the layers, or one on vectors from the file of the node."""
    annotated = getattr(mirror.value, "__annotations__", {}).get("return")
    in_layers = _module(mirror).startswith("leanmirror.spec.layers")
    return in_layers or (_module(mirror) == home and annotated in ("Vec", "CLM"))


def _traced(name: str) -> Trace | None:
    try:
        return trace(name)
    except NameNotFound:
        return None
