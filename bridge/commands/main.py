"""The command `leanmirror`: its commands, its exit statuses, and errors as one or two plain lines.

Each command stands in a file of its own, which is imported when it is named, and imports what it needs when
it runs, so that `--help` and `trace` start fast. Nothing is decided here: each command calls one function of
`bridge`, which does the same for Python code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from inspect import cleandoc

import click

from leanmirror.bridge._version import __version__
from leanmirror.bridge.commands.answers import (
    BAD,
    FAULT,
    FINE,
    INTERRUPTED,
    PIPE_CLOSED,
    UNDECIDED,
    WRONG,
    complain,
)
from leanmirror.bridge.io.guard import fault
from leanmirror.spec.errors import LeanMirrorError

__all__ = ["BAD", "FAULT", "FINE", "INTERRUPTED", "PIPE_CLOSED", "UNDECIDED", "WRONG", "leanmirror", "main"]

COMMANDS = {
    "agree": "Hold the float operations against certified values of the spec.",
    "check": "Run claims: look for inputs at which a statement is false.",
    "drift": "Show what has changed in Lean since lean_names.json was written, or between two sources.",
    "fidelity": "Compare mirrored definitions with their text in a Lean tree.",
    "index": "List the declarations of a Lean source.",
    "missing": "Rank what keeps the claims of Lean files from running, by the claims that it would gain.",
    "names": "List what is mirrored, per Lean module; check or update the list.",
    "replay": "Run one stored counterexample again.",
    "trace": "Show all that is known about one name.",
}
"""What each command does: it is a function of the module of its name in this folder."""
CONFIGURED = ("check", "missing")
"""Those that a project's configuration gives defaults to."""


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
        status = complain(f"{error.format_message()}\nTry '{where} --help'.", where)
    except click.ClickException as error:
        status = complain(error.format_message())
    except LeanMirrorError as error:
        status = complain(str(error))
    except BrokenPipeError:
        _abandon_output()
        status = PIPE_CLOSED
    except OSError as error:
        status = complain(_os_message(error))
    except RecursionError:
        status = complain("the input is nested too deeply")
    except MemoryError:
        status = complain("out of memory")
    except (KeyboardInterrupt, click.Abort):
        complain("interrupted; what was written so far is kept")
        status = INTERRUPTED
    except BaseException as error:  # noqa: BLE001 - the last handler: 1 means refuted, and no traceback does
        complain(f"{fault(error)}\nThis is a fault of leanmirror: please report it with this line.")
        status = FAULT
    return status or _last_flush()


def _run(args: list[str]) -> int:
    if "_LEANMIRROR_COMPLETE" in os.environ:  # asked by a shell that completes a command line
        leanmirror.main(args, prog_name="leanmirror")
    with leanmirror.make_context("leanmirror", args) as context:
        return int(leanmirror.invoke(context) or FINE)


LONGEST_NUMBER = 1_000_000
"""Digits that a number may have in what is printed."""


def _prepare_output() -> None:
    sys.set_int_max_str_digits(LONGEST_NUMBER)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # Lean's letters on a terminal that lacks them


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
        return complain(_os_message(error))
    return FINE


class Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, from its file; its help starts with what it does."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"leanmirror.bridge.commands.{cmd_name}"), cmd_name)
        if found.short_help is None:
            found.short_help = COMMANDS[cmd_name]
            found.help = f"{found.short_help}\n\n{cleandoc(found.help or '')}"
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of them, for which none is imported."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True
)
@click.version_option(__version__, prog_name="leanmirror", message="%(prog)s %(version)s")
@click.pass_context
def leanmirror(context: click.Context) -> int:
    """Run Lean statements against the Python mirror of TorchLean's autograd.

    Exit status: 0 nothing wrong; 1 something refuted or out of step; 2 bad usage or input;
    3 with --strict, when something was vacuous, undecided or unsupported; 4 a fault of ours.
    """
    if context.invoked_subcommand is None:
        raise click.UsageError(f"which command? {', '.join(COMMANDS)}", context)
    if context.invoked_subcommand in CONFIGURED:
        from leanmirror.bridge.commands.configuration import defaults

        context.default_map = dict.fromkeys(CONFIGURED, defaults())
    return FINE
