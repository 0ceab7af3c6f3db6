"""Workers come from one process that has everything ready."""

from __future__ import annotations

from importlib import import_module

from leanmirror.bridge.check import fork_server as serving


def test_what_the_server_imports_can_be_imported_and_brings_the_library() -> None:
    assert import_module(serving.READY).LIBRARY.lookup("Real") is not None


def test_starting_twice_is_harmless() -> None:
    serving.start()
    serving.start()
    process = serving.context().Process(target=print)
    process.start()
    process.join(60)
    assert 0 == process.exitcode
