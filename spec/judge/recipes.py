"""Certified operations as examples: a name, sizes and numbers, from which the object is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
