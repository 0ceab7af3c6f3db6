"""Where commands keep what they found: a folder in the one they are run in."""

from pathlib import Path

FOLDER = Path(".leanmirror")
RESULTS = FOLDER / "results.sqlite"
WITNESSES = FOLDER / "witnesses"
