"""`leanmirror names`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from leanmirror.bridge.commands.answers import answer
from leanmirror.bridge.commands.options import json_option, one_standard_output, writable

if TYPE_CHECKING:
    from leanmirror.bridge.names.table import Names


@click.command()
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
    callback=writable,
    help="Write the names, one a line, for 'lake exe checkdecls FILE'.",
)
@click.option(
    "--formalization",
    "formalization_file",
    metavar="FILE",
    callback=writable,
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
    """--check and --update are about the whole list; without them it is only shown."""
    if checked and update is not None:
        raise click.UsageError("--check and --update exclude each other")
    if checked and (checkdecls_file or formalization_file):
        raise click.UsageError("--check only reads: --checkdecls and --formalization are apart from it")
    one_standard_output(json=json_file, checkdecls=checkdecls_file, formalization=formalization_file)
    if update is None and (repository or commit):
        raise click.UsageError("--repository and --commit belong to --update")
    from leanmirror.bridge.io.output import write_target
    from leanmirror.bridge.report import exports, listings

    if checked:
        return _checked(json_file)
    found = _names(update, repository, commit)
    if checkdecls_file is not None:
        write_target(checkdecls_file, exports.checkdecls_text(found))
    if formalization_file is not None:
        write_target(formalization_file, exports.formalization_text(found))
    listing = listings.MirroredNames(found)
    quiet = "-" in (checkdecls_file, formalization_file)
    answer(json_file, listing.to_json, lambda: listing.text, quiet=quiet)
    return listing.exit_status


def _checked(json_file: str | None) -> int:
    """What the code and the list disagree on."""
    from leanmirror.bridge.report import listings
    from leanmirror.bridge.sources.update import disagreements

    found = listings.Disagreements(tuple(disagreements()))
    answer(json_file, found.to_json, lambda: found.text)
    return found.exit_status


def _names(update: str | None, repository: str | None, commit: str | None) -> Names:
    """The list: the one that is there, or a new one from a tree."""
    if update is None:
        from leanmirror.bridge.names.table import default_names

        return default_names()
    from leanmirror.bridge.sources import update as updating

    return updating.update(update, repository=repository, commit=commit)
