"""Every error that leanmirror raises on purpose; all but `AutogradError` are `LeanMirrorError`s."""

from __future__ import annotations

from leanmirror.runtime.errors import AutogradError
from leanmirror.spec.errors import (
    BadInput,
    LeanMirrorError,
    NameNotFound,
    Position,
    ReadError,
    ShapeError,
    Undecided,
    Unsupported,
)

__all__ = [
    "AutogradError",
    "BadInput",
    "LeanMirrorError",
    "NameNotFound",
    "Position",
    "ReadError",
    "ShapeError",
    "Undecided",
    "Unsupported",
]
