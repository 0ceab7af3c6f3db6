"""Where commands keep what they found: a folder in the one they are run in."""

from contextlib import suppress
from pathlib import Path

FOLDER = Path(".leanmirror")
RESULTS = FOLDER / "results.sqlite"
WITNESSES = FOLDER / "witnesses"


def link_in(path: Path) -> Path | None:
    """The link on a path that nobody named: in a relative one any part, in an absolute one its end."""
    parts = [path] if path.is_absolute() else [*reversed(path.parents), path]
    return next((each for each in parts if each.is_symlink()), None)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. A new one of ours tells git to leave aside what is in it."""
    ours = next((each for each in (folder, *folder.parents) if each.name == FOLDER.name), None)
    new = ours is not None and not ours.exists()
    folder.mkdir(parents=True, exist_ok=True)
    if ours is not None and new:
        with suppress(OSError), (ours / ".gitignore").open("x", encoding="utf-8") as file:
            file.write("*\n")
