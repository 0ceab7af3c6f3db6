"""Shapes as text: `"m n"`, `"n+1"`, `"3"`, `""` for a number; sizes with one name are one size."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leanmirror.spec.errors import BadInput

_SIZE = re.compile(r"(?:(?P<name>[A-Za-z_]\w*)(?:\+(?P<more>\d+))?|(?P<number>\d+))\Z")
MOST_RANK = 4
HELP = "write sizes as 'm n', 'n+1', '3' or '' for a number"


@dataclass(frozen=True, slots=True)
class Size:
    """`name + more`, or `more` where there is no name."""

    name: str
    more: int

    def at(self, sizes: Mapping[str, Any]) -> int:
        """The size where the named ones are these."""
        return (int(sizes[self.name]) if self.name else 0) + self.more


Dims = tuple[Size, ...]


def parsed(text: Any) -> Dims:
    """A shape as it is written: text, a number, or a sequence of numbers and names.

    Raises BadInput for anything else, and for more than four dimensions.
    """
    if isinstance(text, int) and not isinstance(text, bool):
        text = (text,)
    words = text.split() if isinstance(text, str) else text
    if not isinstance(words, Sequence) or len(words) > MOST_RANK:
        raise BadInput(f"{text!r} is no shape of at most {MOST_RANK} dimensions: {HELP}")
    return tuple(_size(str(word), text) for word in words)


def _size(word: str, text: Any) -> Size:
    found = _SIZE.match(word)
    if found is None:
        raise BadInput(f"{word!r} in the shape {text!r} is no size: {HELP}")
    return Size(found["name"] or "", int(found["number"] or found["more"] or 0))


def names(shapes: Mapping[str, Dims]) -> list[str]:
    """The named sizes, in the order in which they occur."""
    return list(dict.fromkeys(size.name for dims in shapes.values() for size in dims if size.name))


def solved(shapes: Mapping[str, Dims], found: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """The named sizes at which the inputs have these shapes.

    Raises BadInput where an input's shape does not fit.
    """
    sizes: dict[str, int] = {}
    for name, dims in shapes.items():
        shape = found[name]
        if len(shape) != len(dims):
            raise BadInput(f"{name} has shape {shape}, and its declared shape has {len(dims)} dimensions")
        for size, n in zip(dims, shape, strict=True):
            if size.name:
                sizes.setdefault(size.name, n - size.more)
            if size.at(sizes) != n or n < size.more:
                raise BadInput(f"{name} has shape {shape}, which does not fit the shapes declared")
    return sizes
