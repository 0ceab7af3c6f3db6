"""The types that TorchLean adds: shapes, contexts, tensors, nodes, graphs, operations."""

from leanmirror.spec.torchlean_types.contexts import ContextT, IdxT, context_text
from leanmirror.spec.torchlean_types.nodes import AlgebraGraphT, AlgebraNodeT, DGraphT, GraphT, NodeT
from leanmirror.spec.torchlean_types.operations import OpSpecCorrectT, OpSpecFDerivCorrectT, OpSpecT
from leanmirror.spec.torchlean_types.shapes import ShapeOfSizeT, ShapeT
from leanmirror.spec.torchlean_types.tensors import LinearSpecT, TensorT, TListT

__all__ = [
    "AlgebraGraphT",
    "AlgebraNodeT",
    "ContextT",
    "DGraphT",
    "GraphT",
    "IdxT",
    "LinearSpecT",
    "NodeT",
    "OpSpecCorrectT",
    "OpSpecFDerivCorrectT",
    "OpSpecT",
    "ShapeOfSizeT",
    "ShapeT",
    "TListT",
    "TensorT",
    "context_text",
]
