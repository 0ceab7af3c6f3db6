"""Changes planted in a copy of a Lean tree: the definition, a token of its text, and what it becomes.

Only names and tokens: what they are tokens of is found in the tree. The first one after the statement's name
is changed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from leanmirror.bridge.lean.tree import LeanTree

Change = tuple[str, str, str]

WRONG: tuple[Change, ...] = (
    # signs
    ("Activation.Math.sigmoidSpec", "(-x)", "x"),
    ("Activation.Math.tanhDerivSpec", "1 -", "1 +"),
    ("Activation.Math.sigmoidDerivSpec", "(1 -", "(1 +"),
    ("Activation.Math.logisticSpec", "+ 1", "- 1"),
    ("Activation.Math.swishDerivSpec", "s +", "s -"),
    ("Activation.Math.softplusSpec", "x +", "x -"),
    ("Activation.Math.safeLogDerivSpec", "+ ε", "- ε"),
    ("Activation.Math.eluSpec", "- 1", "+ 1"),
    ("Activation.softmaxBackwardSpec", "subSpec", "addSpec"),
    ("Activation.logSoftmaxBackwardSpec", "subSpec", "addSpec"),
    ("Spec.mseDerivSpec", "subSpec", "addSpec"),
    ("Proofs.Autograd.softmaxDerivCoord", "-", "+"),
    # factors and constants
    ("Activation.Math.geluTanhCoeff", "44715", "44716"),
    ("Activation.Math.geluSpec", "/ two", "* two"),
    ("Activation.Math.geluDerivSpec", "three *", "two *"),
    ("Activation.Math.smoothAbsSpec", "x * x", "x + x"),
    ("Activation.sigmoidOutputDerivSpec", "fill 1", "fill 0"),
    ("Activation.softmaxSpec", "scalar 1", "scalar 0"),
    ("Spec.Tensor.countSpec", "+ 1", "+ 0"),
    ("Spec.Tensor.prodSpec", "1 t", "0 t"),
    ("Spec.mseSpec", "diff diff", "diff target"),
    # functions inside
    ("Activation.Math.sinhDerivSpec", ".cosh", ".sinh"),
    ("Activation.maxVecSpec", "max acc", "min acc"),
    ("Activation.softmaxVecSpec", "divSpec", "mulSpec"),
    ("Activation.tanhSpec", "tanhSpec", "sigmoidSpec"),
    ("Activation.logSoftmaxVecSpec", ".log", ".exp"),
    ("Spec.Tensor.sqrtSpec", "Max.max", "Min.min"),
    ("Proofs.Autograd.TapeNodes.SoftmaxLastAxis.forwardMN", "softmaxVec", "logSoftmaxVec"),
    # branches
    ("Activation.Math.reluDerivSpec", "x > 0", "x < 0"),
    ("Activation.Math.leakyReluSpec", "x > 0", "x > αₗ"),
    ("Activation.Math.leakyReluDerivSpec", "then 1", "then 0"),
    ("Activation.Math.eluDerivSpec", "x > 0", "alpha > 0"),
    ("Activation.Math.reluSpec", "x 0", "x x"),
    ("Spec.Tensor.signSpec", "-1", "1"),
    ("Spec.meanDenom", "= 0", "= 1"),
    # indices and shapes
    ("Proofs.Autograd.TapeNodes.SoftmaxLastAxis.rows", "(i, j)", "(i, Fin.rev j)"),
    ("Proofs.Autograd.TapeNodes.Batched.unheads", "p.2", "(Fin.rev p.2)"),
    ("Spec.Tensor.matMulBackwardSpec", "(dA, dB)", "(dA, negSpec dB)"),
    ("Proofs.Autograd.TapeNodes.Batched.heads", "(head, j)", "(head, Fin.rev j)"),
    ("Spec.matVecMulSpec", "ak * vk", "ak + vk"),
    ("Spec.Tensor.matrixTransposeSpec", "cols j", "cols ⟨0, Nat.zero_lt_of_lt j.2⟩"),
    ("Proofs.Autograd.TapeNodes.add", "get (Γ := Γ) (s := s) b", "get (Γ := Γ) (s := s) a"),
    # defaults
    ("Activation.Math.safeLogSpec", ":= Numbers.epsilon", ":= 1"),
    ("Activation.Math.smoothAbsDerivSpec", ":= Numbers.epsilon", ":= Numbers.two"),
    ("Spec.smoothAbsOp", ":= Numbers.epsilon", ":= 0"),
    ("Runtime.Autograd.Tape.leaf", ":= true", ":= false"),
    ("Runtime.Autograd.TapeM.safeLog", ":= Numbers.epsilon", ":= 1"),
    # backward closures
    ("Runtime.Autograd.Tape.exp", "expSpec (α := α) x", "x"),
    ("Runtime.Autograd.Tape.mul", "mulSpec dLdy b", "mulSpec dLdy a"),
    ("Runtime.Autograd.Tape.sub", "subSpec (fill", "addSpec (fill"),
    ("Runtime.Autograd.Tape.relu", "drelu dLdy", "dLdy dLdy"),
    ("Runtime.Autograd.Tape.linear", "requires_grad := true", "requires_grad := false"),
    ("Runtime.Autograd.Tape.bmm", "[aId, bId]", "[bId, aId]"),
    ("Runtime.Autograd.Tape.mseLoss", "yhat target) g", "target yhat) g"),
    ("Runtime.Autograd.Tape.addGradDense", "= false", "= true"),
    ("Runtime.Autograd.Tape.backwardDenseFromStep", "autograd:", "autograd: :"),
    ("Spec.expOp", "(expSpec x)", "(logSpec x)"),
    ("Spec.squareOp", "Numbers.two", "1"),
    ("Spec.logOp", "(invSpec x)", "(invSpec dLdy)"),
    ("Spec.coshOp", "MathFunctions.sinh", "MathFunctions.cosh"),
    ("Spec.sigmoidOp", ".sigmoidDerivSpec", ".tanhDerivSpec"),
    ("Spec.softmaxOp", "softmaxBackwardSpec", "logSoftmaxBackwardSpec"),
    ("Spec.mseLossOp", "yhat target) g", "target yhat) g"),
    ("Spec.eluOp", "eluDerivSpec", "eluSpec"),
    ("Spec.OpSpec.id", "=> dLdy", "=> _x"),
    ("Proofs.Autograd.TapeNodes.sigmoid", "sigmoidDerivSpec", "tanhDerivSpec"),
    ("Proofs.Autograd.TapeNodes.abs", "SignType.sign x", "SignType.sign (-x)"),
    ("Proofs.Autograd.OpSpecFDerivCorrect.sinh", "cosh", "sinh"),
    ("Proofs.Autograd.Node.vjpVec", "ctxV) (", "0) ("),
)
"""Changes of meaning."""

HARMLESS: tuple[Change, ...] = (
    ("Activation.Math.softplusDerivSpec", "sigmoidSpec", "logisticSpec"),
    ("Activation.Math.swishSpec", "x * sigmoidSpec x", "sigmoidSpec x * x"),
    ("Activation.Math.logisticDerivSpec", "logisticSpec x *", "sigmoidSpec x *"),
    ("Activation.sigmoidSpec", "sigmoidSpec t", "logisticSpec t"),
    ("Spec.Tensor.squareSpec", "x * x", "let y := x; y * x"),
    ("Spec.Tensor.sumSpec", "· + ·", "fun a b => b + a"),
    ("Spec.Tensor.dotSpec", "mulSpec a b", "mulSpec b a"),
    ("Spec.tanhOp", ".tanhDerivSpec", ".tanhDerivSpec"),
    ("Spec.softplusOp", "softplusDerivSpec", "sigmoidSpec"),
    ("Runtime.Autograd.Tape.add", "addSpec a b", "addSpec b a"),
    ("Proofs.Autograd.TapeNodes.SoftmaxLastAxis.MNSize", "m * n", "n * m"),
    ("Proofs.Autograd.Node.forwardVec", "fun ctxV =>", "fun v => let ctxV := v;"),
)
"""Changes of words."""


def plant(tree: LeanTree, copy: Path, changes: tuple[Change, ...]) -> list[str]:
    """A copy of a tree with the changes; the names of those for which no token was found."""
    shutil.copytree(tree.root, copy, ignore=lambda _, names: [n for n in names if n in (".git", ".lake")])
    edits: dict[str, list[tuple[int, int, str]]] = {}
    missed = []
    for name, old, new in changes:
        declaration = tree.by_name[name]
        text = declaration.source.text
        start = declaration.header.name_pos + len(declaration.header.name)
        at = text.find(old, start, declaration.end)
        if at < 0:
            missed.append(name)
        else:
            edits.setdefault(declaration.file, []).append((at, at + len(old), new))
    for file, own in edits.items():
        path = copy / file
        text = path.read_text(encoding="utf-8")
        for start, end, new in sorted(own, reverse=True):
            text = text[:start] + new + text[end:]
        path.write_text(text, encoding="utf-8")
    return missed
