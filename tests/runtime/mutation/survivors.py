"""Mutants of the tape that nothing rejects, and why each may live; a pattern is matched against `name`."""

from __future__ import annotations

import re

COMMUTES = "the two sides of a sum, a maximum or a difference that is squared"
ZEROS = "only the sign of 0 could differ, and here numpy gives a 0 without one"
NO_ENTRIES = "the tensor has no entries"
TENSORS = "a tensor is read as the array that it holds"
LENGTHS = "lengths were checked before: strict only repeats that check"
SLOWER = "an array is not written to though it could be: slower, not wrong"
NEVER_NAN = "the value inside is never NaN, and elsewhere the minimum commutes"
NUMPY = "numpy takes any negative size as the one to fill in, axes in any order"
EMPTY = "an empty tape has no output, which is an error before this is looked at"
EMPTY_TYPE = "the type of an empty tape is not asked for"
CHECKED = "only whether an id is checked in the quick way or the general one"
CONSTANT = "nothing writes to a constant; that it cannot be written to is a second line of defence"
MARK = "a mark is any number but 0"
AT_ZERO = "both branches have the same bits at 0"
ROOM = "there is room for more gradients than are given out"
UNWANTED = "what nobody wants is computed and thrown away: slower, not wrong"
IMPORT = "it runs once, at import"
TABLE = "parents stand in the table where the columns would do"
INTERRUPT = "only an interrupt between two appends leaves something to forget"

SURVIVORS = (
    (r"kernels\.elementwise:clamp_forward: min_forward\(", NEVER_NAN),
    (
        r"kernels\.elementwise:relu_forward: np\.maximum\(|kernels\.activations:softplus_forward: np\.max",
        ZEROS,
    ),
    (r"kernels\.activations:(mse_forward: np\.subtract\(|_count: max\()", COMMUTES),
    (r"kernels\.elementwise:relu_forward: np\.add -> ", ZEROS),
    (r"kernels\.activations:no_gradient: return ", ZEROS),
    (r"kernels\.activations:(log_)?softmax_forward: return x\.copy\(\)", NO_ENTRIES),
    (r"kernels\.activations:sum_forward: 1 -> 2$", NUMPY),
    (r"kernels\.activations:sum_forward: np\.add -> np\.subtract$", ZEROS),
    (r"kernels\.linear:matmul_backward: .\.swapaxes\(", NUMPY),
    (r"core\.backward:(_accumulate|_add_foreign): 0 -> 1$", SLOWER),
    (r"core\.backward:_swe(ep|pt): 1 -> 2$", MARK),
    (r"kernels\.linear:(linear|matmul)_backward: (0 -> 1$|np\.\w+\(.* if wanted)", UNWANTED),
    (r"core\.backward:_add_foreign: (p \+ 1|1) -> (p \+ 2|2|p - 1|p)$", ROOM),
    (r"kernels\.numbers:by_numpy: ", IMPORT),
    (r"kernels\.numbers:softplus_forward: x > 0\.0 -> x >= 0\.0$", AT_ZERO),
    (r"core\.backward:(_add_foreign|backwardDense|backwardDenseFrom): \w+\.t if isinstance", TENSORS),
    (r"core\.backward:denseToHashMap: ", TENSORS),
    (r"core\.backward:addGrad(All|Dense): AnyTensor_\.add", COMMUTES),
    (r"core\.backward:_sweep: True -> False$", LENGTHS),
    (r"core\.backward:backwardScalar: ", EMPTY),
    (r"core\.core:_array: ", TENSORS),
    (r"core\.core:_backward: True -> False$", LENGTHS),
    (r"core\.core:AnyTensor_\.add: fresh", COMMUTES),
    (r"core\.activations_loss:mseSpecBasic: ", COMMUTES),
    (r"core\.elementwise:add: apply_binary", COMMUTES),
    (r"kernels\.constants:_fixed: ", CONSTANT),
    (r"storage:Store\.cut: ", INTERRUPT),
    (r"storage:append: (1 -> 2|node is None -> node is not None)$", TABLE),
    (r"storage:Store\.fork: self\.dtype if size else None -> self\.dtype$", EMPTY_TYPE),
    (r"storage:(apply_unary|apply_binary): (type\(\w+\) is not int|0) -> ", CHECKED),
    (r"storage:require: (if )?type\(id\) is not int", CHECKED),
)


def reason(name: str) -> str | None:
    """Why a surviving mutant may live; None when nothing says so."""
    return next((why for pattern, why in SURVIVORS if re.search(pattern, name)), None)
