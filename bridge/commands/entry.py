"""The program `leanmirror`: the command, without what a short-lived process need not do.

The cyclic collector only runs after start-up, and a process that started no workers ends without taking
its modules apart: together a fifth of the time of `leanmirror --help`.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def run() -> NoReturn:
    """Run the command and end the process with its exit status."""
    try:
        status = _command()
    except BaseException as error:  # noqa: BLE001 - a key pressed while modules are imported can be wrapped
        interrupted = isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt)
        said = "interrupted" if interrupted else f"internal: {type(error).__name__}: {str(error)!a}"
        os.write(2, f"leanmirror: {said}\n".encode("utf-8", "backslashreplace"))
        os._exit(130 if interrupted else 4)
    os._exit(status)


def _command() -> int:
    gc.disable()
    from leanmirror.bridge.commands.main import main

    if sys.argv[1:2] != ["trace"]:  # it only reads one file: nothing to collect
        gc.enable()
    status = main()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return status
