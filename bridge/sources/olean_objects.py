"""The objects in an `.olean` file: Lean's heap as it was written, read strictly and without running anything.

A file is a header (magic `olean`, a layout version, Lean's version and commit, the address that it was laid
out for, the address of its root) and the objects, each with a header of 8 bytes and fields of 8 bytes, which
are numbers or addresses. A module with the word `module` at its head is written as several such files, which
point into each other; together they are one heap.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leanmirror.bridge.io.output import shown
from leanmirror.spec.errors import BadInput

MAGIC = b"olean"
LAYOUT = 2
HEADER = 96
"""Bytes up to the first object: magic, layout, flags, version, commit, base address, root."""
LARGEST = 1 << 30
"""Bytes of a file that is read."""
ARRAY, STRING, BIG_NATURAL = 246, 249, 250
"""Tags of objects that are no constructors; those of constructors are below 245."""
LAST_CONSTRUCTOR = 244
MOST_LIMBS = 1_000


class BadOlean(BadInput):
    """A file that is no `.olean` as this reader understands it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its bytes, and the addresses that they were laid out for."""

    file: str
    data: bytes
    base: int
    root: int
    lean: str
    commit: str

    @property
    def end(self) -> int:
        """The address behind the last byte."""
        return self.base + len(self.data)


def read_part(path: Path) -> Part:
    """A file with its header. Raises BadOlean for another layout, OSError where it cannot be read."""
    if path.stat().st_size > LARGEST:
        raise BadOlean(f"{shown(str(path))}: larger than {LARGEST >> 20} MiB")
    return part_of(path.read_bytes(), str(path))


def part_of(data: bytes, file: str) -> Part:
    """The bytes of a file as a part. Raises BadOlean as `read_part` does."""
    if len(data) < HEADER or data[:5] != MAGIC:
        raise BadOlean(f"{shown(file)}: no .olean file")
    if data[5] != LAYOUT:
        raise BadOlean(
            f"{shown(file)}: .olean layout {data[5]}, and layout {LAYOUT} (Lean 4.2x to 4.3x) is understood"
        )
    lean = data[7:40].rstrip(b"\0").decode("ascii", "replace")
    commit = data[40:80].rstrip(b"\0").decode("ascii", "replace")
    base, root = struct.unpack_from("<QQ", data, 80)
    if base % 8 or base + len(data) >= 1 << 64:
        raise BadOlean(f"{shown(file)}: damaged (its base address is {base:#x})")
    return Part(file, data, base, root, lean, commit)


class Objects:
    """The heap of one module. Every address must lead to an object that lies inside of one part.

    Raises BadOlean for parts of different builds, and at any address, tag or size that cannot be.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        first = parts[0]
        for other in parts[1:]:
            if (other.lean, other.commit) != (first.lean, first.commit):
                raise BadOlean(
                    f"{shown(other.file)}: of another Lean ({other.lean}) than {shown(first.file)}"
                )
        self._parts = sorted(parts, key=lambda part: part.base)
        for one, two in zip(self._parts, self._parts[1:], strict=False):
            if one.end > two.base:
                raise BadOlean(
                    f"{shown(two.file)}: laid out over {shown(one.file)}, so one is of another build"
                )
        self._last = first

    def _at(self, pointer: int, size: int) -> tuple[Part, int]:
        """The part and place of `size` bytes at an address."""
        part = self._last
        if not part.base <= pointer < part.end:
            found = next((p for p in self._parts if p.base <= pointer < p.end), None)
            if found is None:
                raise BadOlean(
                    f"{shown(part.file)}: damaged, or a part is missing (nothing is at {pointer:#x})"
                )
            part = self._last = found
        place = pointer - part.base
        if pointer % 8 or place < HEADER - 8 or size > len(part.data) - place:
            raise BadOlean(f"{shown(part.file)}: damaged (an object at {pointer:#x})")
        return part, place

    def tag(self, pointer: int) -> int:
        """The kind of an object; a boxed number is the constructor of that number without fields."""
        if pointer & 1:
            return pointer >> 1
        part, place = self._at(pointer, 8)
        return part.data[place + 7]

    def fields(self, pointer: int, least: int = 0) -> tuple[int, ...]:
        """The fields of a constructor that are objects, at least so many."""
        part, place = self._at(pointer, 8)
        count, tag = part.data[place + 6], part.data[place + 7]
        if tag > LAST_CONSTRUCTOR or count < least:
            raise BadOlean(f"{shown(part.file)}: damaged (a constructor with {count} fields at {pointer:#x})")
        self._at(pointer, 8 + 8 * count)
        return struct.unpack_from(f"<{count}Q", part.data, place + 8)

    def scalars(self, pointer: int, size: int) -> bytes:
        """The bytes that stand behind the fields of a constructor."""
        count = len(self.fields(pointer))
        part, place = self._at(pointer, 8 + 8 * count + size)
        start = place + 8 + 8 * count
        return part.data[start : start + size]

    def array(self, pointer: int) -> tuple[int, ...]:
        """The elements of an array."""
        part, place = self._at(pointer, 24)
        if part.data[place + 7] != ARRAY:
            raise BadOlean(f"{shown(part.file)}: damaged (no array at {pointer:#x})")
        (size,) = struct.unpack_from("<Q", part.data, place + 8)
        if size > len(part.data):
            raise BadOlean(f"{shown(part.file)}: damaged (an array of {size} elements)")
        self._at(pointer, 24 + 8 * size)
        return struct.unpack_from(f"<{size}Q", part.data, place + 24)

    def string(self, pointer: int) -> str:
        """A string. Raises BadOlean for one that is not UTF-8."""
        part, place = self._at(pointer, 32)
        if part.data[place + 7] != STRING:
            raise BadOlean(f"{shown(part.file)}: damaged (no string at {pointer:#x})")
        (size,) = struct.unpack_from("<Q", part.data, place + 8)
        if not 1 <= size <= len(part.data):
            raise BadOlean(f"{shown(part.file)}: damaged (a string of {size} bytes)")
        self._at(pointer, 32 + size)
        try:
            return part.data[place + 32 : place + 31 + size].decode("utf-8")
        except UnicodeDecodeError:
            raise BadOlean(f"{shown(part.file)}: damaged (a string that is not UTF-8)") from None

    def natural(self, pointer: int) -> int:
        """A natural number, small or big."""
        if pointer & 1:
            return pointer >> 1
        part, place = self._at(pointer, 24)
        if part.data[place + 7] != BIG_NATURAL:
            raise BadOlean(f"{shown(part.file)}: damaged (no number at {pointer:#x})")
        _, size, limbs = struct.unpack_from("<iiQ", part.data, place + 8)
        if not 0 <= size <= MOST_LIMBS:
            raise BadOlean(f"{shown(part.file)}: a number of {size} limbs")
        holder, at = self._at(limbs, 8 * size)
        return int.from_bytes(holder.data[at : at + 8 * size], "little")
