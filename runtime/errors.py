"""The one error of the float tape."""

from __future__ import annotations


class AutogradError(ValueError):
    """Lean's `Except String`: the text is Lean's, word for word.

    What Lean's types already exclude (a wrong scalar type, something that is no array) is a
    `TypeError` here, and a violated proof argument a `ValueError` that is no `AutogradError`.
    """


# The texts of NN.Runtime.Autograd.Engine.Core, one place each.
INVALID_NODE = "autograd: invalid node id"
SHAPE_MISMATCH = "autograd: shape mismatch"
UPSTREAM_SHAPE = "autograd: upstream gradient shape mismatch"
ACCUMULATION_SHAPE = "autograd: gradient shape mismatch during accumulation"
INVALID_PARENT = "autograd: invalid parent id during backward"
CONTRIBUTION_SHAPE = "autograd: gradient contribution has wrong shape for parent"
OUT_OF_BOUNDS = "autograd: internal error (gradient array out of bounds)"
NODE_GRADIENT_SHAPE = "autograd: gradient array has wrong shape for node"
NODE_MISSING = "autograd: internal error (node missing)"
INVALID_OUTPUT = "autograd: invalid output id"
SEED_SHAPE = "autograd: seed gradient shape mismatch for output"
DENSE_LENGTH = "autograd: initial dense gradient array has wrong length"
LOG_DOMAIN = (
    "autograd: log: input contains values <= 0 (or NaN); use `safe_log` if you want epsilon protection"
)
