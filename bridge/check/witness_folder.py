"""The folder of counterexamples of a run: written as they come, or told why not."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from leanmirror.bridge.check.result import Result
from leanmirror.bridge.io.output import leftovers
from leanmirror.bridge.io.paths import link_in


class WitnessFolder:
    """Where witnesses go, if anywhere; `problem` says in one line why no more are written."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.problem = ""
        self._swept = False

    def written(self, result: Result) -> Result:
        """The result with its counterexample in a file, where there are both."""
        found = result.counterexample
        if found is None or self.folder is None or self.problem:
            return result
        try:
            link = link_in(self.folder)
            if link is not None:
                raise OSError(None, f"{link} is a link, and none is followed")
            self._sweep(self.folder)
            return replace(result, witness=str(found.write(self.folder)))
        except OSError as error:
            self.problem = f"{self.folder}: counterexamples are not kept there: {error.strerror or error}"
            return result

    def _sweep(self, folder: Path) -> None:
        """Remove what runs left half written that were killed."""
        for path in () if self._swept else leftovers(folder):
            with suppress(OSError):
                os.unlink(path)
        self._swept = True
