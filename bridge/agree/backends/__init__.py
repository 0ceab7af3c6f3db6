"""What computes with floats, behind one protocol: the tape, the accurate kernels, PyTorch, JAX."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leanmirror.bridge.agree.backends.protocol import Backend


def load(name: str) -> Backend:
    """The backend of that name; what it needs is imported only now.

    Raises BadInput where that is not installed.
    """
    if name == "torch":
        from leanmirror.bridge.agree.backends.with_torch import TorchBackend

        return TorchBackend()
    if name == "jax":
        from leanmirror.bridge.agree.backends.with_jax import JaxBackend

        return JaxBackend()
    if name == "accurate":
        from leanmirror.bridge.agree.backends.kernels import AccurateBackend

        return AccurateBackend()
    from leanmirror.bridge.agree.backends.tape import TAPE

    return TAPE
