"""The two parts of a vector, as far as the composition of graphs needs them.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Reductions
"""

from __future__ import annotations

from leanmirror.spec.core.shape import require_size
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import vecOfFun


def takeLeftVec(m: int, n: int, v: Vec) -> Vec:
    """The first m of m + n entries.

    Lean: Proofs.Autograd.TapeNodes.takeLeftVec
    """
    require_size("takeLeftVec", len(v), m + n)
    return vecOfFun(v[:m])


def takeRightVec(m: int, n: int, v: Vec) -> Vec:
    """The last n of m + n entries.

    Lean: Proofs.Autograd.TapeNodes.takeRightVec
    """
    require_size("takeRightVec", len(v), m + n)
    return vecOfFun(v[m:])
