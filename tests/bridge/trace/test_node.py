"""trace_node: from a node of a tape to the proof node and theorem behind it."""

from __future__ import annotations

import numpy as np
import pytest

from leanmirror import trace_node
from leanmirror.runtime.autograd.engine.core.core import Node, Tape
from leanmirror.runtime.autograd.engine.tape_m import TapeM
from leanmirror.runtime.context import AnyTensor
from leanmirror.runtime.errors import AutogradError

NODES = "Proofs.Autograd.TapeNodes"


def tape() -> TapeM:
    t = TapeM()
    x = t.leaf(np.array([[0.5, -1.0], [1.0, 2.0]]), name="x")
    t.relu(x)
    t.softmax(1)
    t.sum(2)
    return t


def test_a_node_has_its_proof_node_its_theorem_and_its_function() -> None:
    found = trace_node(tape(), 1)
    assert found.operation is not None
    assert found.proof is not None
    assert found.certificate is not None
    assert "Runtime.Autograd.Tape.relu" == found.operation.entry.name
    assert f"{NODES}.relu" == found.proof.entry.name
    assert f"{NODES}.reluFderivAt" == found.certificate.entry.name
    assert "Activation.Math.reluSpec" in [f.entry.name for f in found.functions]
    assert "hx, which is true at the values on the tape" == found.assumed


def test_a_certificate_says_that_its_hypothesis_fails_on_the_tape() -> None:
    t = TapeM()
    t.abs(t.leaf([1.0, 0.0]))
    assert "hx, which is false at the values on the tape" == trace_node(t, 1).assumed


@pytest.mark.parametrize(
    ("shape", "proof", "certificate"),
    [
        ((2, 2), f"{NODES}.softmaxLast", f"{NODES}.softmaxLastFderiv"),
        ((2, 2, 2), f"{NODES}.Batched.softmaxLast", f"{NODES}.Batched.softmaxLastFderiv"),
        ((2,), f"{NODES}.softmaxLast", None),
    ],
)
def test_the_proof_node_fits_the_shape(shape: tuple[int, ...], proof: str, certificate: str | None) -> None:
    t = TapeM()
    t.softmax(t.leaf(np.ones(shape)))
    found = trace_node(t, 1)
    assert found.proof is not None
    assert proof == found.proof.entry.name
    assert certificate == (found.certificate and found.certificate.entry.name)


def test_inputs_hand_made_nodes_and_sums_have_no_certificate() -> None:
    t = tape().getTape()
    made = Node(name="mine", value=AnyTensor(np.ones(2)), parents=(0,), backward=lambda _: [])
    t, own = t.addNode(made)
    assert [None, None, None] == [trace_node(t, i).certificate for i in (0, 3, own)]
    assert ("x", "sum", "mine") == tuple(trace_node(t, i).name for i in (0, 3, own))


def test_weights_and_bias_come_before_the_input_that_the_proof_node_reads() -> None:
    t = TapeM()
    t.linear(t.leaf(np.ones((3, 2))), t.leaf(np.ones(3)), t.leaf(np.ones(2)))
    found = trace_node(t, 3)
    assert found.certificate is not None
    assert f"{NODES}.linearFderiv" == found.certificate.entry.name


def test_the_text_and_the_document_name_file_and_line() -> None:
    found = trace_node(tape(), 1)
    assert "node 1: relu [2, 2] of 0" == found.text.splitlines()[0]
    assert "NN/Proofs/Autograd/Tape/Nodes/Elementwise.lean:" in found.text
    document = found.to_json()
    assert "leanmirror.trace_node/1" == document["schema"]
    assert f"{NODES}.relu" == document["proof"]["name"]


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(AutogradError, match="invalid node id"):
        trace_node(Tape.empty(), 0)
