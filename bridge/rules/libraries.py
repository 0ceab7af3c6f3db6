"""Float functions of numpy, PyTorch, JAX and HIPS autograd, told apart by what they are.

Each is run on numpy arrays: its value, its gradients by the library's own reverse mode, and its tangent by
the library's forward mode where it has one. A library is imported only where a function of it is handed in.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from leanmirror.runtime.arrays import Array
from leanmirror.spec.errors import BadInput

Inputs = Sequence[Array]


class Library(Protocol):
    """How a function of one library is run."""

    name: str

    def forward(self, xs: Inputs) -> Array:
        """The value."""
        ...

    def backward(self, xs: Inputs, g: Array) -> list[Array] | None:
        """The gradient of each input; None where there is no reverse mode."""
        ...

    def tangent(self, xs: Inputs, ts: Inputs) -> Array | None:
        """The tangent of the value; None where there is no forward mode."""
        ...


class Numpy:
    """A function on numpy arrays, or a pair of it and its vjp."""

    def __init__(
        self, fn: Callable[..., Any], vjp: Callable[..., Any] | None, given: Mapping[str, Any]
    ) -> None:
        self.name = f"numpy {np.__version__}"
        self._fn, self._vjp, self._given = fn, vjp, given

    def forward(self, xs: Inputs) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(self._fn(*xs, **self._given))

    def backward(self, xs: Inputs, g: Array) -> list[Array] | None:
        if self._vjp is None:
            return None
        with np.errstate(all="ignore"):
            found = self._vjp(*xs, g, **self._given)
        return (
            [np.asarray(each) for each in found] if isinstance(found, tuple | list) else [np.asarray(found)]
        )

    def tangent(self, xs: Inputs, ts: Inputs) -> Array | None:
        return None


class Torch:
    """A function of tensors, `torch.autograd.Function.apply` among them."""

    def __init__(self, fn: Callable[..., Any], given: Mapping[str, Any]) -> None:
        import torch

        self.name = f"torch {torch.__version__}"
        self._fn, self._given, self._torch = fn, given, torch

    def forward(self, xs: Inputs) -> Array:
        with self._torch.no_grad():
            return self._numpy(self._fn(*self._tensors(xs), **self._given))

    def backward(self, xs: Inputs, g: Array) -> list[Array] | None:
        tensors = [x.requires_grad_() for x in self._tensors(xs)]
        try:
            value = self._fn(*tensors, **self._given)
        except RuntimeError as error:
            raise BadInput(f"torch has no gradient here: {error}") from error
        if not value.requires_grad:
            return None
        (up,) = self._tensors([g])
        try:
            found = self._torch.autograd.grad(value, tensors, up.reshape(value.shape), allow_unused=True)
        except RuntimeError as error:
            raise BadInput(f"torch has no gradient here: {error}") from error
        return [np.zeros_like(x) if f is None else self._numpy(f) for f, x in zip(found, xs, strict=True)]

    def tangent(self, xs: Inputs, ts: Inputs) -> Array | None:
        forward = self._torch.autograd.forward_ad
        try:
            with forward.dual_level():
                duals = [forward.make_dual(x, t) for x, t in zip(*map(self._tensors, (xs, ts)), strict=True)]
                found = forward.unpack_dual(self._fn(*duals, **self._given)).tangent
        except (NotImplementedError, RuntimeError):
            return None  # no forward mode for this function: it says so by raising
        return None if found is None else self._numpy(found)

    def _tensors(self, xs: Inputs) -> list[Any]:
        return [self._torch.from_numpy(np.array(x)) for x in xs]

    def _numpy(self, tensor: Any) -> Array:
        if not isinstance(tensor, self._torch.Tensor):
            raise BadInput(f"the function gives {type(tensor).__name__}: one tensor is needed")
        if tensor.device.type != "cpu":
            raise BadInput("the function needs a GPU; it is compared on the CPU")
        return np.asarray(tensor.detach().resolve_conj().resolve_neg().numpy())


class Jax:
    """A function of JAX arrays, with or without rules of its own."""

    def __init__(self, fn: Callable[..., Any], given: Mapping[str, Any]) -> None:
        import jax

        self._jax: Any = jax
        self._jax.config.update("jax_enable_x64", True)
        self.name = f"jax {jax.__version__}"
        self._fn: Callable[..., Any] = lambda *xs: fn(*xs, **given)

    def forward(self, xs: Inputs) -> Array:
        return np.asarray(self._fn(*map(self._jax.numpy.asarray, xs)))

    def backward(self, xs: Inputs, g: Array) -> list[Array] | None:
        _, pull = self._jax.vjp(self._fn, *map(self._jax.numpy.asarray, xs))
        return [np.asarray(each) for each in pull(self._jax.numpy.asarray(g))]

    def tangent(self, xs: Inputs, ts: Inputs) -> Array | None:
        arrays = [tuple(map(self._jax.numpy.asarray, each)) for each in (xs, ts)]
        try:
            return np.asarray(self._jax.jvp(self._fn, *arrays)[1])
        except TypeError:
            return None  # a function with a custom_vjp has no forward mode


class Autograd:
    """A function of HIPS autograd."""

    def __init__(self, fn: Callable[..., Any], given: Mapping[str, Any]) -> None:
        import autograd

        self.name = "autograd"
        self._make_vjp: Any = autograd.make_vjp
        self._fn: Callable[..., Any] = lambda *xs: fn(*xs, **given)

    def forward(self, xs: Inputs) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(self._fn(*xs))

    def backward(self, xs: Inputs, g: Array) -> list[Array] | None:
        with np.errstate(all="ignore"):
            return [np.asarray(self._make_vjp(self._fn, i)(*xs)[0](g)) for i in range(len(xs))]

    def tangent(self, xs: Inputs, ts: Inputs) -> Array | None:
        return None


LIBRARIES = ("numpy", "torch", "jax", "autograd")


def library_of(fn: Any, given: Mapping[str, Any], said: str = "") -> Library:
    """How the function is run. `said` names the library where it cannot be told.

    Raises BadInput for what is no function, and for a library that is not one of these.
    """
    if isinstance(fn, tuple | list):
        if len(fn) != 2 or not all(map(callable, fn)):
            raise BadInput("a pair is a function and its vjp: (forward, vjp)")
        return Numpy(fn[0], fn[1], given)
    if inspect.isclass(fn) and hasattr(fn, "apply"):
        fn = fn.apply
    if not callable(fn):
        raise BadInput(f"{type(fn).__name__} is no function")
    name = said or _told(fn)
    if name == "torch":
        return Torch(fn, given)
    if name == "jax":
        return Jax(fn, given)
    if name == "autograd":
        return Autograd(fn, given)
    if name == "numpy":
        return Numpy(fn, None, given)
    raise BadInput(f"library {name!r} is not one of {', '.join(LIBRARIES)}")


def _told(fn: Any) -> str:
    """The library whose function it is, else the one that its code speaks of; numpy where there is none."""
    owner = getattr(fn, "__self__", None)
    torch = sys.modules.get("torch")
    if torch is not None and (
        isinstance(fn, torch.nn.Module)
        or (inspect.isclass(owner) and issubclass(owner, torch.autograd.Function))
    ):
        return "torch"
    for word in (getattr(fn, "__module__", None) or "", type(fn).__module__ or ""):
        if (root := word.split(".")[0].lstrip("_").removesuffix("lib")) in LIBRARIES:
            return root
    return _spoken_of(fn)


def _spoken_of(fn: Any) -> str:
    """The library that a function's code names, or that of functions beside it which it names."""
    pending, seen = [fn], set[int]()
    while pending:
        each = inspect.unwrap(pending.pop())
        if id(each) in seen or not inspect.isfunction(each):
            continue
        seen.add(id(each))
        kept = inspect.getclosurevars(each)
        values = [*kept.globals.values(), *kept.nonlocals.values()]
        roots = {_root(value) for value in values}
        found = next((name for name in LIBRARIES if name != "numpy" and name in roots), "")
        if found:
            return found
        pending += [v for v in values if inspect.isfunction(v) and v.__module__ == each.__module__]
    return "numpy"


def _root(value: Any) -> str:
    name = value.__name__ if inspect.ismodule(value) else getattr(value, "__module__", None) or ""
    return str(name).split(".")[0].lstrip("_")
