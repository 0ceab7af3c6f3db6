"""What `agree` can be asked for: backends, float types, how many arguments. It imports nothing."""

from __future__ import annotations

BACKENDS = ("numpy", "accurate", "torch", "jax")
"""The tape, `leanmirror.runtime.accurate`, PyTorch, JAX; `backends.load` makes them."""

DTYPES = ("float64", "float32")
DEPTH = 20_000
"""About how many arguments an entrywise operation is compared at, in each direction."""
