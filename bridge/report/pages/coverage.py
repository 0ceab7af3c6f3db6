"""The page docs/coverage.md: per module of a Lean tree what runs, what does not, and why.

    python -m leanmirror.bridge.report.pages.coverage path/to/TorchLean docs/coverage.md

Everything on it comes from a run. Only names and figures stand there, no text of the tree.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leanmirror.bridge.check.missing import Lack, missing
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.run import check
from leanmirror.bridge.io.output import shown, write_text
from leanmirror.bridge.io.terminal import say
from leanmirror.bridge.names.table import default_names
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.verdicts import VERDICTS

FOLDER = "NN/Proofs/Autograd"
EXAMPLES = 100
ENOUGH = 50
"""Examples, certified or exact and nontrivial, from which a claim counts as run."""

SECONDS = 120.0
"""The limit for one claim: what runs does not depend on how busy the machine is."""

LONGEST = 110


@dataclass(frozen=True, slots=True)
class Covered:
    """A claim: its verdict, and what it lacks where it is unsupported."""

    result: Result
    lack: Lack | None = None

    @property
    def elaborates(self) -> bool:
        """The statement has been understood, whether or not it runs."""
        return self.lack is None or self.lack.elaborates

    @property
    def runs(self) -> bool:
        """It was run on enough examples that say something."""
        return self.result.verdict == "no_counterexample" and self.result.counted >= ENOUGH

    @property
    def why(self) -> str:
        """Why it does not run."""
        if self.result.verdict == "no_counterexample":
            return f"{self.result.counted} of {self.result.examples} examples count"
        if self.lack is not None and self.lack.lacks:
            return "; ".join(self.lack.lacks[:2])
        return self.result.reason or self.result.verdict


def page(source: Path, *, jobs: int | None = None) -> str:
    """The page for the claims of a Lean tree. Raises BadInput for a folder that has none."""
    folder = source / FOLDER
    if not folder.is_dir():
        raise BadInput(f"{source}: no {FOLDER} is in this folder")
    report = check([str(folder)], examples=EXAMPLES, jobs=jobs, timeout=SECONDS)
    open_ = {_place(r.lean_file, r.lean_line) for r in report.results if r.verdict == "unsupported"}
    lacking = missing(
        [str(folder)],
        jobs=jobs,
        timeout=SECONDS,
        runs=False,
        among=lambda task: _place(task.source.file, task.line) in open_,
    )
    lacks = {_place(lack.lean_file, lack.lean_line): lack for lack in lacking.claims}
    covered = [
        Covered(result, lacks.get(_place(result.lean_file, result.lean_line))) for result in report.results
    ]
    modules: dict[str, list[Covered]] = defaultdict(list)
    for each in covered:
        modules[_module(source, each.result)].append(each)
    return "\n".join([*_head(covered), *_table(modules), *_reasons(modules)]) + "\n"


def _place(file: str | None, line: int | None) -> tuple[str | None, int | None]:
    return file, line


def _module(source: Path, result: Result) -> str:
    assert result.lean_file is not None
    return ".".join(Path(result.lean_file).relative_to(source).with_suffix("").parts)


def _head(covered: Sequence[Covered]) -> Iterator[str]:
    kinds = Counter("definitions" if c.result.kind == "def" else "theorems and lemmas" for c in covered)
    source = default_names()
    yield "# What runs of the Lean text"
    yield ""
    yield "Made by `make coverage SOURCE=path/to/TorchLean`; nothing here is written by hand."
    yield ""
    theorems, definitions = kinds["theorems and lemmas"], kinds["definitions"]
    yield f"The claims of `{FOLDER}` at {source.repository} {source.commit[:7]}:"
    yield f"{theorems} theorems and lemmas, and {definitions} definitions whose type is a contract,"
    yield f"at {EXAMPLES} examples each. A claim counts as run when at least {ENOUGH} examples were"
    yield "certified or exact, and their sizes not trivial."
    yield ""
    yield "| | claims | share |"
    yield "|---|---:|---:|"
    for what, count in (
        ("all", len(covered)),
        ("elaborate", sum(c.elaborates for c in covered)),
        ("run", sum(c.runs for c in covered)),
        *((v.replace("_", " "), sum(c.result.verdict == v for c in covered)) for v in VERDICTS),
    ):
        yield f"| {what} | {count} | {100 * count / len(covered):.1f} % |"
    yield ""


def _table(modules: dict[str, list[Covered]]) -> Iterator[str]:
    yield "## By module"
    yield ""
    yield "| module | claims | elaborate | run |"
    yield "|---|---:|---:|---:|"
    for module, found in sorted(modules.items()):
        name = module.removeprefix(f"{FOLDER.replace('/', '.')}.")
        yield f"| {name} | {len(found)} | {sum(c.elaborates for c in found)} | {sum(c.runs for c in found)} |"
    yield ""


def _reasons(modules: dict[str, list[Covered]]) -> Iterator[str]:
    yield "## What does not run, and why"
    yield ""
    for module, found in sorted(modules.items()):
        rest = [c for c in found if not c.runs]
        if rest:
            yield f"### {module.removeprefix('NN.Proofs.Autograd.')}"
            yield ""
            for each in rest:
                name = each.result.name.removeprefix("Proofs.Autograd.")
                yield f"- `{name}`: {shown(each.why, LONGEST)}"
            yield ""


def main(args: Sequence[str]) -> int:
    """Write the page of a Lean tree to a file."""
    if len(args) != 2:
        say("usage: python -m leanmirror.bridge.report.pages.coverage SOURCE FILE", errors=True)
        return 2
    try:
        write_text(Path(args[1]), page(Path(args[0])))
    except (BadInput, OSError) as error:
        say(f"coverage: {error}", errors=True)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
