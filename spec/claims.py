"""Every operation and every claim: the tables of the files, added up.

Importing this module makes nodes and graphs drawable: types and graphs are told of what the mirrors define.

`MIRRORED` are the theorems, lemmas and contracts of the mirrored modules, `CLAIMS` adds those of the
modules they rest on.
"""

from __future__ import annotations

from leanmirror.spec.graphs.makers import GraphMakers
from leanmirror.spec.ops import register
from leanmirror.spec.proofs.autograd.core import vectorization
from leanmirror.spec.proofs.autograd.fderiv import core as fderiv_core
from leanmirror.spec.proofs.autograd.fderiv import elementwise as fderiv_elementwise
from leanmirror.spec.proofs.autograd.fderiv import log_softmax as fderiv_log_softmax
from leanmirror.spec.proofs.autograd.fderiv import mlp_mse, op_spec, params
from leanmirror.spec.proofs.autograd.fderiv import softmax as fderiv_softmax
from leanmirror.spec.proofs.autograd.runtime.link import fderiv as link
from leanmirror.spec.proofs.autograd.tape.algebra import soundness as algebra
from leanmirror.spec.proofs.autograd.tape.core import fderiv as tape_fderiv
from leanmirror.spec.proofs.autograd.tape.core import soundness
from leanmirror.spec.proofs.autograd.tape.nodes import (
    arithmetic,
    batched,
    context,
    elementwise,
    graph_composition,
    matrix,
    piecewise,
    reductions,
    softmax,
)
from leanmirror.spec.proofs.autograd.tape.nodes.losses import mse
from leanmirror.spec.proofs.gradients import activation as gradients
from leanmirror.spec.torchlean_types.makers import provide

OPS = (
    *elementwise.OPS,
    *softmax.OPS,
    *batched.OPS,
    *arithmetic.OPS,
    *matrix.OPS,
    *reductions.OPS,
    *piecewise.OPS,
    *mse.OPS,
)

MIRRORED = (*elementwise.CLAIMS, *softmax.CLAIMS, *batched.CLAIMS, *params.CLAIMS)

EXTRA = (
    *gradients.CLAIMS,
    *vectorization.CLAIMS,
    *fderiv_core.CLAIMS,
    *fderiv_elementwise.CLAIMS,
    *fderiv_softmax.CLAIMS,
    *fderiv_log_softmax.CLAIMS,
    *op_spec.CLAIMS,
    *mlp_mse.CLAIMS,
    *soundness.CLAIMS,
    *tape_fderiv.CLAIMS,
    *context.CLAIMS,
    *arithmetic.CLAIMS,
    *matrix.CLAIMS,
    *reductions.CLAIMS,
    *piecewise.CLAIMS,
    *mse.CLAIMS,
    *graph_composition.CLAIMS,
    *algebra.CLAIMS,
    *link.CLAIMS,
)

CLAIMS = (*MIRRORED, *EXTRA)

register(OPS)
provide(GraphMakers())
