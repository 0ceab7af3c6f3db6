"""The tables of operations and claims: complete, consistent, in the right files."""

from __future__ import annotations

import inspect
from collections import Counter

import pytest

from leanmirror.bridge.names.docstrings import lean_name, table
from leanmirror.bridge.names.table import Name, default_names, module_file
from leanmirror.bridge.sources.update import MIRRORED as WHOLE
from leanmirror.spec.claims import CLAIMS, MIRRORED, OPS
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.ops import Op, contract

NODES = "leanmirror.spec.proofs.autograd.tape.nodes"
FROM_OTHERS = {  # nodes made from functions or from other nodes
    "Proofs.Autograd.Node.ofVec",
    "Proofs.Autograd.DGraph.weakenNodeMiddle",
    "Proofs.Autograd.DGraph.castNodeContext",
}


def declared(module: str) -> list[Name]:
    """The declarations of a Lean module."""
    return [entry for entry in default_names() if entry.module == module]


@pytest.mark.parametrize("module", WHOLE)
def test_every_declaration_of_the_mirrored_modules_has_an_object(module: str) -> None:
    assert declared(module) != []
    assert [] == [entry.name for entry in declared(module) if entry.python is None]


def test_every_theorem_and_contract_of_the_mirrored_modules_is_a_claim() -> None:
    stated = {entry.name for module in WHOLE for entry in declared(module) if states(entry)}
    assert stated == {claim.name for claim in MIRRORED}


def states(entry: Name) -> bool:
    """Whether a declaration is a theorem, or its type the contract of a node."""
    contract = entry.kind == "def" and "NodeFDerivCorrect" in entry.signature.rpartition(" : ")[2]
    return contract or entry.kind in ("theorem", "lemma")


def test_claims_and_operations_have_unique_names() -> None:
    assert [] == [name for name, n in Counter(claim.name for claim in CLAIMS).items() if n > 1]
    assert [] == [name for name, n in Counter(op.lean for op in OPS).items() if n > 1]


def test_every_node_has_a_record() -> None:
    """A node is what `Node_.ofVec` or `elemwise` returns: its annotation says so."""
    nodes = {
        mirror.lean
        for mirror in table("leanmirror.spec").values()
        if mirror.python.startswith(f"{NODES}.")
        and inspect.isfunction(mirror.value)
        and mirror.value.__annotations__.get("return") == "Node"
    }
    assert nodes - FROM_OTHERS == {op.lean for op in OPS}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_claim_names_an_object_whose_docstring_is_the_statement(claim: Claim) -> None:
    mirror = table("leanmirror.spec")[claim.name]
    assert claim.name == lean_name(mirror.value.__doc__)
    assert (mirror.value.__doc__ or "") == claim.doc


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.lean)
def test_a_record_names_its_node_and_certificate(op: Op) -> None:
    mirrors = table("leanmirror.spec")
    assert mirrors[op.lean].value is op.make
    assert mirrors[op.certificate_lean].value is op.certificate


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.lean)
def test_a_contract_has_the_binders_of_the_certificate(op: Op) -> None:
    names = [binder.name for binder in contract(op).binders]
    parameters = list(inspect.signature(op.certificate).parameters)
    assert parameters == [name for name in names if name in parameters]
    assert ["dxV", "dxV_prime", "factor", "δ"] == names[-4:]


def test_mirrored_objects_stand_where_the_lean_module_says() -> None:
    """The line `Lean module:` of a file's docstring gives the file's path."""
    for mirror in table("leanmirror.spec").values():
        module = mirror.python.partition(":")[0]
        text = inspect.getdoc(__import__(module, fromlist=["_"])) or ""
        lines = [line for line in text.splitlines() if line.startswith("Lean module: ")]
        for line in lines:
            path = module_file(line.removeprefix("Lean module: "))
            assert path is not None
            assert "leanmirror." + path.replace("/", ".") == module
