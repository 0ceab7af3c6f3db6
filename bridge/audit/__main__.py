"""`python -m leanmirror.bridge.audit FILE.lean …`: mutants of the files' claims, and which of them live."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from leanmirror.bridge.audit.run import mutants_of
from leanmirror.bridge.check.options import CheckOptions
from leanmirror.bridge.check.texts import LeanText, text_of, texts_under
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.terminal import say
from leanmirror.spec.errors import LeanMirrorError


def main(args: Sequence[str]) -> int:
    """Run the mutants of each file or folder that is named."""
    parser = argparse.ArgumentParser(prog="python -m leanmirror.bridge.audit", description=__doc__)
    parser.add_argument("select", nargs="+", metavar="FILE")
    parser.add_argument("--mutants", type=int, metavar="N", help="at most so many of each claim")
    for name, default in (("examples", 100), ("seed", 0), ("jobs", None)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--timeout", type=float, default=20.0)
    asked = parser.parse_args(args)
    try:
        options = CheckOptions(
            examples=asked.examples, seed=asked.seed, jobs=asked.jobs, timeout=asked.timeout
        )
        for select in asked.select:
            for source in _sources(Path(select)):
                say(f"{shown(source.file)}\n{mutants_of(source, options, most=asked.mutants).text}")
    except (LeanMirrorError, OSError) as error:
        say(f"audit: {error}", errors=True)
        return 2
    return 0


def _sources(path: Path) -> Iterable[LeanText]:
    return texts_under(path) if path.is_dir() else [text_of(path)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
