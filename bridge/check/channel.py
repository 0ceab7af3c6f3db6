"""Messages between a command and the processes that it started: Python objects, each whole or not at all."""

from __future__ import annotations

import pickle
import socket
from typing import Any

_SIZE = 8
"""Bytes before each message that say how long it is."""

_CHUNK = 1 << 20


class Channel:
    """One end of a pair of sockets. A process that ends, in whatever way, closes its end."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self._came = bytearray()

    def fileno(self) -> int:
        """For `select`."""
        return self.end.fileno()

    def close(self) -> None:
        """Close this end."""
        self.end.close()

    def send(self, message: Any) -> None:
        """Send a message. Raises OSError when the other end is closed, or takes too long to read."""
        data = pickle.dumps(message)
        self.end.sendall(len(data).to_bytes(_SIZE, "big") + data)

    def receive(self) -> Any:
        """Wait for a message. Raises EOFError when the other end is closed, OSError after too long."""
        size = int.from_bytes(self._exactly(_SIZE), "big")
        return pickle.loads(self._exactly(size))  # noqa: S301 - between a process and those that it started

    def arrived(self) -> Any:
        """The message that what has come so far completes; None when it is not whole yet.

        Raises EOFError when the other end is closed.
        """
        self._came += self._some(_CHUNK)
        size = int.from_bytes(self._came[:_SIZE], "big")
        if len(self._came) < _SIZE or len(self._came) < _SIZE + size:
            return None
        data = bytes(self._came[_SIZE : _SIZE + size])
        del self._came[: _SIZE + size]
        return pickle.loads(data)  # noqa: S301 - between a process and those that it started

    def _exactly(self, size: int) -> bytes:
        found = bytearray()
        while len(found) < size:
            found += self._some(min(_CHUNK, size - len(found)))
        return bytes(found)

    def _some(self, most: int) -> bytes:
        try:
            found = self.end.recv(most)
        except ConnectionError:
            found = b""
        if not found:
            raise EOFError("the other process has ended")
        return found


def pair() -> tuple[Channel, Channel]:
    """Two ends, for two processes."""
    one, two = socket.socketpair()
    return Channel(one), Channel(two)
