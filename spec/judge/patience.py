"""A call for haste: what has found its answer, and only makes it smaller, can be made to stop."""

from __future__ import annotations

from collections.abc import Callable


class OutOfTime(BaseException):
    """Raised inside what can be stopped; nothing that handles errors of a statement handles this one."""


class Patience:
    """Whether time is running out, for one process: its alarm calls `hurry`."""

    def __init__(self) -> None:
        self._late = False
        self._stoppable = False

    def begin(self) -> None:
        """A new call has all its time before it."""
        self._late = self._stoppable = False

    def hurry(self) -> None:
        """Time is running out: stop what can be stopped, now or as soon as it begins."""
        self._late = True
        if self._stoppable:
            self._stoppable = False
            raise OutOfTime

    def spend(self, work: Callable[[], None]) -> None:
        """Do the work until it is done; leave it, without a word, when time runs out, or memory does."""
        try:
            self._stoppable = True
            if not self._late:
                work()
        except (OutOfTime, MemoryError):
            pass
        finally:
            self._stoppable = False


PATIENCE = Patience()
"""That of this process."""
