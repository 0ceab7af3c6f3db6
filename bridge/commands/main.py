"""The command `leanmirror`: its options, its exit statuses, and errors as one or two plain lines.

A command imports what it needs when it runs, so that `--help` and `trace` start fast. Nothing is decided
here: each command calls one function of `bridge`, which does the same for Python code.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from leanmirror.bridge._version import __version__
from leanmirror.spec.errors import LeanMirrorError

FINE, WRONG, BAD, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; never a traceback for something that the user can mend."""
    _prepare_output()
    try:
        status = _run(list(sys.argv[1:] if args is None else args))
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "leanmirror"
        status = _complain(f"{error.format_message()}\nTry '{where} --help'.", where)
    except click.ClickException as error:
        status = _complain(error.format_message())
    except LeanMirrorError as error:
        status = _complain(str(error))
    except BrokenPipeError:
        _abandon_output()
        status = PIPE_CLOSED
    except OSError as error:
        status = _complain(_os_message(error))
    except RecursionError:
        status = _complain("the input is nested too deeply")
    except MemoryError:
        status = _complain("out of memory")
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted; what was written so far is kept")
        status = INTERRUPTED
    return status or _last_flush()


def _run(args: list[str]) -> int:
    if "_LEANMIRROR_COMPLETE" in os.environ:  # asked by a shell that completes a command line
        leanmirror.main(args, prog_name="leanmirror")
    with leanmirror.make_context("leanmirror", args) as context:
        return int(leanmirror.invoke(context) or FINE)


def _prepare_output() -> None:
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # Lean's letters on a terminal that lacks them


def _complain(message: str, where: str = "leanmirror") -> int:
    from leanmirror.bridge.io.output import shown

    first, *rest = message.splitlines() or [""]
    second = " ".join(rest)
    print(
        f"{where}: {shown(first, 1000)}",
        *([shown(second, 1000)] if second else []),
        sep="\n",
        file=sys.stderr,
    )
    return BAD


def _os_message(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _abandon_output() -> None:
    """Let what is still buffered for a closed pipe go nowhere, quietly."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())


def _last_flush() -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        _abandon_output()
        return _complain(_os_message(error))
    return FINE


def _finite_positive(_: click.Context, option: click.Parameter, value: float | None) -> float | None:
    if value is not None and not (math.isfinite(value) and value > 0):
        raise click.BadParameter(f"{value} is not a positive number of seconds.", param=option)
    return value


def _writable(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A result that took an hour must not fail for want of a folder: look before running."""
    if value not in {None, "-"}:
        folder = os.path.dirname(os.path.abspath(value or ""))
        if not os.path.isdir(folder) or os.path.isdir(value or "") or value == "":
            raise click.BadParameter(f"'{value}' is not a file in an existing folder.", param=option)
    return value


json_option = click.option(
    "--json",
    "json_file",
    metavar="FILE",
    callback=_writable,
    help="Also write the result as JSON; '-' is standard output, and then nothing else is printed there.",
)


github_option = click.option(
    "--github", is_flag=True, help="Also print annotations for GitHub Actions, one a line."
)


def _answer(
    json_file: str | None,
    document: Callable[[], dict[str, Any]],
    text: Callable[[], str],
    *,
    quiet: bool = False,
) -> None:
    if json_file is not None:
        from leanmirror.bridge.io.output import write_json

        write_json(json_file, document())
    if json_file != "-" and not quiet:
        print(text())


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="leanmirror", message="%(prog)s %(version)s")
@click.pass_context
def leanmirror(context: click.Context) -> int:
    """Run Lean statements against the Python mirror of TorchLean's autograd.

    Exit status: 0 nothing wrong; 1 something refuted or out of step; 2 bad usage or input;
    3 with --strict, when something was vacuous, undecided or unsupported.
    """
    if context.invoked_subcommand is None:
        raise click.UsageError(f"which command? {', '.join(sorted(leanmirror.commands))}", context)
    return FINE


@leanmirror.command()
@click.argument("select", nargs=-1)
@click.option("--digits", type=click.IntRange(1, 900), default=50, show_default=True, help="Decimal digits.")
@click.option("--examples", type=click.IntRange(1, 10**6), default=100, show_default=True, help="Per claim.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed draws the same examples.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Worker processes.  [default: one per processor]")
@click.option(
    "--timeout",
    type=float,
    default=20.0,
    show_default=True,
    callback=_finite_positive,
    help="Seconds per claim.",
)
@click.option("--strict", is_flag=True, help="Exit 3 when something is vacuous, undecided or unsupported.")
@click.option(
    "--witnesses",
    type=click.Path(file_okay=False),
    default=".leanmirror/witnesses",
    show_default=True,
    help="Where counterexamples are kept.",
)
@click.option(
    "--resume", is_flag=True, help="Take earlier verdicts over where nothing changed that they rest on."
)
@click.option(
    "--junit", "junit_file", metavar="FILE", callback=_writable, help="Also write the verdicts as JUnit XML."
)
@click.option(
    "--missing",
    "listed",
    is_flag=True,
    help="Run nothing: rank what keeps the claims of Lean files from running, by the claims it would gain.",
)
@github_option
@json_option
def check(
    select: tuple[str, ...],
    digits: int,
    examples: int,
    seed: int,
    jobs: int | None,
    timeout: float,
    strict: bool,
    witnesses: str,
    resume: bool,
    junit_file: str | None,
    listed: bool,
    github: bool,
    json_file: str | None,
) -> int:
    """Run claims: look for inputs at which a statement is false.

    SELECT is a Lean name, a glob over Lean names ('Proofs.Autograd.TapeNodes.*'), a .lean file or a folder of
    them. Nothing selected means every claim that is mirrored. Verdicts are kept in .leanmirror, also those of
    a run that is interrupted: --resume goes on from there.
    """
    from leanmirror.bridge.check import fork_server as serving

    if listed:
        from leanmirror.bridge.check import missing

        lacking = missing.missing(select, jobs=jobs, timeout=timeout)
        _answer(json_file, lacking.to_json, lambda: lacking.text)
        return FINE
    if not resume:  # then there may be nothing to run
        serving.start()  # it imports what it needs while this process does
    from pathlib import Path

    from leanmirror.bridge.check import run as checking
    from leanmirror.bridge.check import store as results
    from leanmirror.bridge.check import text as report
    from leanmirror.bridge.io.output import on_terminal, write_json
    from leanmirror.bridge.io.paths import RESULTS
    from leanmirror.bridge.report.progress import progress_bar

    with progress_bar() as progress:
        result = checking.check(
            select,
            digits=digits,
            examples=examples,
            seed=seed,
            jobs=jobs,
            timeout=timeout,
            witnesses=Path(witnesses),
            results=RESULTS if resume or results.writable() else None,
            resume=resume,
            progress=progress,
        )
    if junit_file is not None:
        from leanmirror.bridge.report import junit

        junit.write(result, junit_file)
    if json_file is not None:
        write_json(json_file, result.to_json())
    if json_file != "-":
        report.print_check(result, on_terminal())
        if github:
            from leanmirror.bridge.report.github import of_check

            print(*of_check(result), sep="\n")
    return INTERRUPTED if result.interrupted else result.exit_status(strict)


@leanmirror.command()
@click.argument("name")
@click.option(
    "--source",
    metavar="SOURCE",
    type=click.Path(exists=True),
    help="Ask a Lean tree (or .ilean files, or doc-gen4's pages) as well.",
)
@json_option
def trace(name: str, source: str | None, json_file: str | None) -> int:
    """Show all that is known about one name.

    Its statement, where it stands in Lean and in Python, its runtime twin and what PyTorch has for it, the
    claims and tests that cover it and their last verdicts, the statements that mention it. NAME is a Lean
    name, a Python path, or FILE:LINE; a suffix that only one name has is enough. With --source also where it
    stands there, what it depends on and what depends on it; then NAME need not be mirrored.
    """
    from leanmirror.bridge.trace import name as tracing

    found = tracing.trace(name, source=source)
    _answer(json_file, found.to_json, lambda: found.text)
    return FINE


@leanmirror.command()
@click.option("--check", "checked", is_flag=True, help="Fail when lean_names.json and the code disagree.")
@click.option(
    "--update", metavar="SOURCE", type=click.Path(exists=True), help="Write it anew from a Lean tree."
)
@click.option(
    "--repository", metavar="NAME", help="With --update: where the tree is from, as github.com/owner/name."
)
@click.option("--commit", metavar="HASH", help="With --update: the commit of the tree.")
@click.option(
    "--checkdecls",
    "checkdecls_file",
    metavar="FILE",
    callback=_writable,
    help="Write the names, one a line, for 'lake exe checkdecls FILE'.",
)
@click.option(
    "--formalization",
    "formalization_file",
    metavar="FILE",
    callback=_writable,
    help="Write a fragment for formalization.yaml; '-' is standard output, and then nothing else is printed.",
)
@json_option
def names(
    checked: bool,
    update: str | None,
    repository: str | None,
    commit: str | None,
    checkdecls_file: str | None,
    formalization_file: str | None,
    json_file: str | None,
) -> int:
    """List what is mirrored, per Lean module; check or update the list."""
    from leanmirror.bridge.io.output import write_target
    from leanmirror.bridge.names.table import default_names
    from leanmirror.bridge.report import exports as exporting
    from leanmirror.bridge.report import listings as listing
    from leanmirror.bridge.sources import update as updating

    if checked and update is not None:
        raise click.UsageError("--check and --update exclude each other")
    written = (checkdecls_file, formalization_file)
    if checked and any(written):
        raise click.UsageError("--check only reads: --checkdecls and --formalization are apart from it")
    if [json_file, *written].count("-") > 1:
        raise click.UsageError("only one of the files can be standard output")
    if update is None and (repository or commit):
        raise click.UsageError("--repository and --commit belong to --update")
    if checked:
        complaints = updating.disagreements()
        _answer(
            json_file,
            lambda: listing.complaints_json(complaints),
            lambda: listing.complaints_text(complaints),
        )
        return WRONG if complaints else FINE
    found = (
        default_names() if update is None else updating.update(update, repository=repository, commit=commit)
    )
    if checkdecls_file is not None:
        write_target(checkdecls_file, exporting.checkdecls_text(found))
    if formalization_file is not None:
        write_target(formalization_file, exporting.formalization_text(found))
    _answer(
        json_file,
        lambda: listing.names_json(found),
        lambda: listing.names_text(found),
        quiet="-" in written,
    )
    return FINE


Command = TypeVar("Command", bound=Callable[..., object])


def lean_options(command: Command) -> Command:
    """The options of how a Lean process is run."""
    options = (
        click.option(
            "--lean", metavar="COMMAND", help="With --live: how Lean is run.  [default: lake env lean]"
        ),
        click.option("--project", metavar="DIR", help="With --live: the folder to run it in.  [default: .]"),
        click.option(
            "--import", "imports", metavar="MODULE", multiple=True, help="With --live: a module to import."
        ),
        click.option(
            "--timeout",
            type=float,
            metavar="SECONDS",
            callback=_finite_positive,
            help="With --live.  [default: 600]",
        ),
        click.option("--memory", type=click.IntRange(1), metavar="MIB", help="With --live.  [default: 8192]"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _only_live(imports: tuple[str, ...], *given: object) -> None:
    """Raises UsageError where an option of a Lean process is given without one."""
    if imports or any(each is not None for each in given):
        raise click.UsageError("--lean, --project, --import, --timeout and --memory belong to --live")


@leanmirror.command()
@click.argument("source", nargs=-1, required=False)
@click.option(
    "--live", is_flag=True, help="Ask a Lean process; SOURCE is then names, globs, or nothing for all."
)
@lean_options
@json_option
def index(
    source: tuple[str, ...],
    live: bool,
    lean: str | None,
    project: str | None,
    imports: tuple[str, ...],
    timeout: float | None,
    memory: int | None,
    json_file: str | None,
) -> int:
    """List the declarations of a Lean source.

    Each with its kind, place and statement, and whether it can be read; else where reading stopped, and why.
    SOURCE is a Lean tree or file, pages of doc-gen4 (HTML, saved as text, or its JSON), or .ilean files.

    With --live, a Lean process is asked about names: which exist, what they state in full, on which axioms
    they rest. The modules to import are those of lean_names.json unless --import names them.

    Exit status: 2 when a part could not be read or Lean did not answer all; what there is is listed.
    """
    from leanmirror.bridge.report import listings as listing

    if live:
        from leanmirror.bridge.sources import live as lives

        limits = lives.limits(timeout, memory)
        names, modules = lives.selected(source, imports)
        found = lives.ask(
            names, modules, lean=lives.LEAN if lean is None else lean, project=project or ".", limits=limits
        ).to_index()
    else:
        from leanmirror.bridge.sources.recognise import read_source

        _only_live(imports, lean, project, timeout, memory)
        if len(source) != 1:
            raise click.UsageError("which SOURCE? One path, or --live and names")
        found = read_source(source[0])
    document = found.to_json()
    _answer(json_file, lambda: document, lambda: listing.index_text(document))
    return max((_complain(problem, "leanmirror index") for problem in found.problems), default=FINE)


@leanmirror.command()
@click.argument("old", required=False, metavar="[OLD] SOURCE")
@click.argument("new", required=False, metavar="")
@click.option("--live", is_flag=True, help="Ask a Lean process about the names instead of reading a SOURCE.")
@lean_options
@click.option("--full", is_flag=True, help="Show all entries of each list, and nothing cut short.")
@click.option("--meaning/--no-meaning", default=True, help="Run what changed, to see if its meaning did.")
@click.option(
    "--draws", type=click.IntRange(1), metavar="N", help="Inputs for each definition.  [default: 40]"
)
@click.option(
    "--seconds",
    type=float,
    metavar="N",
    callback=_finite_positive,
    help="Of processor time for each declaration.  [default: 2]",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes.  [default: all cores]")
@github_option
@json_option
def drift(
    old: str | None,
    new: str | None,
    live: bool,
    lean: str | None,
    project: str | None,
    imports: tuple[str, ...],
    timeout: float | None,
    memory: int | None,
    full: bool,
    meaning: bool,
    draws: int | None,
    seconds: float | None,
    jobs: int | None,
    github: bool,
    json_file: str | None,
) -> int:
    """Show what has changed in Lean since lean_names.json was written, or between two sources.

    Added in mirrored modules, removed, moved, renamed, and changed: with both texts, whether the meaning
    changed too, and what rests on it. A SOURCE is anything that `index` reads. Bodies of definitions are
    compared between two trees of Lean files; against lean_names.json, which has none, what they give is
    compared with their mirrors. With --live, a Lean process says which names exist, what they state and on
    which axioms they rest. Exit status: 1 when something drifted, 2 when a part of a source could not be read
    or Lean did not answer all.
    """
    from leanmirror.bridge.drift import run as drifting
    from leanmirror.bridge.drift.judged import EFFORT, Effort
    from leanmirror.bridge.drift.text import Page
    from leanmirror.bridge.io.output import on_terminal, terminal_width
    from leanmirror.bridge.report.github import of_drift

    effort = Effort(draws or EFFORT.draws, seconds or EFFORT.seconds, jobs) if meaning else None
    if live:
        from leanmirror.bridge.sources import live as lives

        if old is not None:
            raise click.UsageError("--live takes no SOURCE: it is about the names of lean_names.json")
        limits = lives.limits(timeout, memory)
        found = drifting.drift_live(
            imports, lean=lean or lives.LEAN, project=project or ".", limits=limits, effort=effort
        )
    else:
        _only_live(imports, lean, project, timeout, memory)
        if old is None:
            raise click.UsageError("which SOURCE? One, or an old and a new one, or --live")
        found = drifting.drift(old, new, effort=effort)
    colour = on_terminal() and "NO_COLOR" not in os.environ
    page = Page(found, terminal_width(), colour, full)
    _answer(json_file, found.to_json, lambda: "\n".join([page.text(), *(of_drift(found) if github else ())]))
    bad = max((_complain(problem, "leanmirror drift") for problem in found.problems), default=FINE)
    return bad or (WRONG if found.drifted else FINE)


@leanmirror.command()
@click.argument("op", nargs=-1)
@click.option(
    "--backend",
    type=click.Choice(["numpy", "accurate", "torch", "jax"]),
    default="numpy",
    show_default=True,
    help="What computes: the tape, leanmirror.runtime.accurate, PyTorch or JAX.",
)
@click.option(
    "--dtype", type=click.Choice(["float64", "float32"]), default="float64", show_default=True, help="Floats."
)
@click.option(
    "--depth",
    type=click.IntRange(1, 10**8),
    default=20_000,
    show_default=True,
    help="About how many arguments per operation and direction.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed, the same arguments."
)
@click.option("--everywhere", is_flag=True, help="Measure without bounds and what they except.")
@click.option(
    "--plot", "svg", type=click.Path(dir_okay=False, writable=True), help="Draw errors into FILE.svg."
)
@json_option
def agree(
    op: tuple[str, ...],
    backend: str,
    dtype: str,
    depth: int,
    seed: int,
    everywhere: bool,
    svg: str | None,
    json_file: str | None,
) -> int:
    """Hold the float operations against certified values of the spec.

    The largest error of each in units in the last place (or absolute), forward and backward, and where it is.
    OP is the Lean name of an operation or of its twin over the reals, a suffix of it, or a glob. Exit status:
    1 when an operation is out of its declared bound.
    """
    from leanmirror.bridge.agree import run as agreement

    found = agreement.agree(op, backend=backend, dtype=dtype, depth=depth, seed=seed, everywhere=everywhere)
    if svg is not None:
        from leanmirror.bridge.agree.plot import draw

        draw(found, svg)
    _answer(json_file, found.to_json, lambda: found.text)
    return found.exit_status()


@leanmirror.command()
@click.argument("select", nargs=-1)
@click.option(
    "--source",
    required=True,
    metavar="TREE",
    type=click.Path(exists=True, file_okay=False),
    help="The Lean tree whose text judges.",
)
@click.option("--draws", type=click.IntRange(1, 10**5), default=40, show_default=True, help="Per definition.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed draws the same inputs.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="Worker processes.  [default: one per processor]")
@json_option
def fidelity(
    select: tuple[str, ...], source: str, draws: int, seed: int, jobs: int | None, json_file: str | None
) -> int:
    """Compare mirrored definitions with their text in a Lean tree.

    Each body is run as the text has it, on inputs of every rank and size and on special values, and held
    against its Python mirror. SELECT is a Lean name, a suffix of one, or a glob. Exit status: 1 when a
    definition is different.
    """
    from leanmirror.bridge.fidelity import report as fidelity_report
    from leanmirror.bridge.fidelity import run as faithfulness
    from leanmirror.bridge.report.progress import progress_bar

    with progress_bar() as progress:
        found = faithfulness.fidelity(
            select, source=source, draws=draws, seed=seed, jobs=jobs, progress=progress
        )
    _answer(json_file, found.to_json, lambda: fidelity_report.text(found))
    return INTERRUPTED if found.interrupted else found.exit_status


@leanmirror.command()
@click.argument("witness", type=click.Path(exists=True, dir_okay=False))
@json_option
def replay(witness: str, json_file: str | None) -> int:
    """Run one stored counterexample again.

    Exit status: 1 when it is still a counterexample, 0 when not.
    """
    from pathlib import Path

    from leanmirror.bridge.check import witness as witnesses

    result = witnesses.replay(Path(witness))
    _answer(json_file, result.to_json, lambda: result.text)
    return WRONG if result.reproduced else FINE
