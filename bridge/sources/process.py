"""A program run for its output: no shell; limits on time, memory and output; what it said is kept."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leanmirror.bridge.io.output import shown
from leanmirror.spec.errors import BadInput

CHUNK = 1 << 16
PAUSE = 0.1
"""Seconds between two looks at the memory."""
KEPT_ERRORS = 4_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds in all, bytes of memory that the processes use together, and bytes of output."""

    seconds: float = 600.0
    memory: int = 8 << 30
    output: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program wrote, and why it did not end as it should: empty when it did."""

    output: bytes
    errors: str
    problem: str


def run(command: Sequence[str], folder: Path, limits: Limits) -> Ran:
    """Run a program in a folder. Raises BadInput when it cannot be started."""
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise BadInput(f"cannot start '{shown(command[0])}': {error.strerror or error}") from None
    try:
        return _followed(process, limits)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def _followed(process: subprocess.Popen[bytes], limits: Limits) -> Ran:
    deadline = time.monotonic() + limits.seconds
    written: dict[str, bytearray] = {"output": bytearray(), "errors": bytearray()}
    problem = ""
    with selectors.DefaultSelector() as selector:
        for stream, name in ((process.stdout, "output"), (process.stderr, "errors")):
            assert stream is not None
            selector.register(stream, selectors.EVENT_READ, name)
        size = 0
        while selector.get_map() and not problem:
            for key, _ in selector.select(PAUSE):
                chunk = os.read(key.fd, CHUNK)
                size += len(chunk)
                if not chunk:
                    selector.unregister(key.fileobj)
                _keep(written[key.data], chunk, key.data)
            problem = _exceeded(process.pid, deadline, size, limits)
    problem = problem or _status(process, deadline, limits)
    errors = written["errors"].decode("utf-8", "replace").strip()
    return Ran(bytes(written["output"]), errors, problem)


def _keep(buffer: bytearray, chunk: bytes, name: str) -> None:
    buffer += chunk
    if name == "errors":
        del buffer[:-KEPT_ERRORS]


def _exceeded(group: int, deadline: float, size: int, limits: Limits) -> str:
    if size > limits.output:
        return f"it wrote more than {limits.output:,} bytes and was ended"
    if time.monotonic() > deadline:
        return f"it took more than {limits.seconds:g} seconds and was ended"
    if memory_of(group) > limits.memory:
        return f"it used more than {limits.memory:,} bytes of memory and was ended"
    return ""


def _status(process: subprocess.Popen[bytes], deadline: float, limits: Limits) -> str:
    """Wait for the end of a program that writes no more; what is wrong with how it ended."""
    try:
        status = process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return f"it took more than {limits.seconds:g} seconds and was ended"
    if status < 0:
        return f"it died of {_signal_name(-status)}"
    return "" if status in (0, 1) else f"it ended with status {status}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def memory_of(group: int) -> int:
    """The memory that the processes of a group do not share with files, in bytes; 0 where nothing tells."""
    kilobytes = 0
    for name in _entries("/proc"):
        if name.isdigit():
            kilobytes += _kilobytes(name, group)
    return kilobytes * 1024


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _kilobytes(process: str, group: int) -> int:
    """Kilobytes of one process, when it is of the group."""
    try:
        if os.getpgid(int(process)) != group:
            return 0
        with open(f"/proc/{process}/status", encoding="utf-8", errors="replace") as file:
            fields: Mapping[str, str] = dict(line.split(":", 1) for line in file if ":" in line)
        return int(fields.get("RssAnon", "0 kB").split()[0])
    except (OSError, ValueError):
        return 0  # it has ended meanwhile
