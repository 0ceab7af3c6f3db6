"""Where commands keep what they found: a folder in the one they are run in."""

from pathlib import Path

FOLDER = Path(".leanmirror")
RESULTS = FOLDER / "results.sqlite"
WITNESSES = FOLDER / "witnesses"


def link_in(path: Path) -> Path | None:
    """The link on a path that nobody named: in a relative one any part, in an absolute one its end."""
    parts = [path] if path.is_absolute() else [*reversed(path.parents), path]
    return next((each for each in parts if each.is_symlink()), None)
