"""The inputs of a witness, read back as an example."""

from __future__ import annotations

from collections.abc import Mapping

from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.numerals import Json
from leanmirror.spec.judge.types import Type, Value


def decode_example(claim: Claim, inputs: Mapping[str, Json]) -> Example:
    """An example of the claim from a witness; BadInput for a missing, extra or misfitting value."""
    names = [b.name for b in claim.variables]
    if set(inputs) != set(names):
        raise BadInput(f"the witness gives {', '.join(sorted(inputs))}; {claim.name} has {', '.join(names)}")
    values: dict[str, Value] = {}
    types: dict[str, Type] = {}
    pending = list(claim.variables)
    while pending:
        later = []
        for binder in pending:
            try:
                types[binder.name] = binder.type(values)
            except KeyError:  # its type speaks of a variable that comes later
                later.append(binder)
                continue
            values[binder.name] = types[binder.name].decode(inputs[binder.name])
        if len(later) == len(pending):
            raise BadInput(f"the types of {', '.join(b.name for b in later)} cannot be worked out")
        pending = later
    return Example({n: types[n] for n in names}, {n: values[n] for n in names})
