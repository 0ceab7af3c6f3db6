"""Functions of a user's own modules, by name: `module:function`. What is named is imported, nothing else."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

from leanmirror.bridge.io.output import shown
from leanmirror.spec.errors import BadInput


def named(path: str) -> Any:
    """The object at `module:name` or `module:name.name`; modules are looked for in the current folder last.

    Raises BadInput where there is no such module or name.
    """
    module, _, name = path.partition(":")
    here = os.getcwd()
    if here not in sys.path:
        sys.path.append(here)  # last, so that nothing that stands there hides a library
    try:
        found: Any = import_module(module)
    except (ImportError, ValueError) as error:
        raise BadInput(f"{shown(module)} cannot be imported: {error}") from error
    for part in name.split("."):
        if not hasattr(found, part):
            raise BadInput(f"{shown(module)} has no {shown(name)}")
        found = getattr(found, part)
    return found
