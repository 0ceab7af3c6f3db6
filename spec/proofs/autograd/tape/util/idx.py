"""Indices into longer contexts.

Lean module: NN.Proofs.Autograd.Tape.Util.Idx
"""

from __future__ import annotations

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx
from leanmirror.spec.torchlean_types.shapes import Shapes


def weaken(idx: Idx, rest: Shapes) -> Idx:
    """The same position in the context with `rest` appended.

    Lean: Proofs.Autograd.Idx.weaken
    """
    return Idx((*idx.Γ, *rest), idx.s, idx.i)


def last(Γ: Shapes, ss: Shapes, τ: Shape) -> Idx:
    """The last position of `Γ ++ ss ++ [τ]`.

    Lean: Proofs.Autograd.Idx.last
    """
    return Idx((*Γ, *ss, τ), τ, len(Γ) + len(ss))
