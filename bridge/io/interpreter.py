"""How an interpreter of ours is started: what is installed can be imported in it, and no folder's files.

Python puts the current folder, or that of a script, first on its path, so that a file `socket.py` there is
imported for the library of that name. An interpreter started as `command` says has neither. It finds the
standard library first, then leanmirror, then the absolute folders of PYTHONPATH but for the current one, then
what is installed; it reads no other variable that is meant for Python.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[3]
"""The folder that the package leanmirror is in."""

_BOOT = (
    "import sys; _, found, folders, *rest = sys.argv; number = int(folders); sys.path += rest[:number];"
    " import site; site.main(); import importlib; importlib.import_module(found).main(*rest[number:])"
)
"""The standard library alone is on the path until `site` adds what is installed."""


def command(module: str, *arguments: str) -> list[str]:
    """The command line that calls `main(*arguments)` of a module in an isolated interpreter."""
    flags = ["-I", "-S", "-X", f"utf8={sys.flags.utf8_mode}", *(f"-W{each}" for each in sys.warnoptions)]
    flags += ["-O"] * sys.flags.optimize + ["-B"] * sys.dont_write_bytecode
    folders = trusted_folders()
    return [sys.executable, *flags, "-c", _BOOT, module, str(len(folders)), *folders, *arguments]


def trusted_folders() -> list[str]:
    """Where leanmirror and what it needs are imported from, besides what is installed for all users."""
    return [str(ROOT), *_given(), *_of_user()]


def _given() -> Sequence[str]:
    """The folders of PYTHONPATH; an empty or relative one there means the current folder or one in it."""
    if sys.flags.ignore_environment:
        return []
    folders = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return [folder for folder in folders if os.path.isabs(folder) and not is_current(folder)]


def _of_user() -> Sequence[str]:
    import site

    folder = site.getusersitepackages() if site.ENABLE_USER_SITE else None
    return [folder] if folder is not None and folder in sys.path else []


def is_current(folder: str) -> bool:
    """Whether a folder of Python's path is the current one."""
    try:
        return os.path.samefile(folder or ".", ".")
    except OSError:  # one of them is not there
        return False


def leave_current_folder() -> None:
    """Take the current folder off this process's path, unless leanmirror itself is there."""
    sys.path[:] = [folder for folder in sys.path if folder == str(ROOT) or not is_current(folder)]
