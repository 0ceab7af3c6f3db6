"""The mirrored names in the forms of other tools: a list for checkdecls, YAML for formalization.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from leanmirror.bridge._version import __version__
from leanmirror.bridge.names.table import Name, Names
from leanmirror.bridge.sources.update import OUTSIDE
from leanmirror.spec.errors import BadInput


def checkdecls_text(names: Names) -> str:
    """The names that the Lean project declares, one a line, sorted, for `lake exe checkdecls FILE`.

    Raises BadInput where there are none: an empty list passes that check, and says nothing.
    """
    found = sorted(each.name for each in _declared(names))
    if not found:
        raise BadInput("there is no name to write, and an empty file would pass checkdecls")
    return "".join(f"{name}\n" for name in found)


def formalization_text(names: Names) -> str:
    """A fragment for `formalization.yaml`: what of the project has an executable mirror, module by module.

    Its scalars are written as JSON, which YAML reads as it is. Raises BadInput where nothing is mirrored.
    """
    if not any(each.python for each in _declared(names)):
        raise BadInput("nothing is mirrored: there is no fragment to write")
    return "\n".join(_fragment(names)) + "\n"


def _declared(names: Names) -> Iterator[Name]:
    return (each for each in names if each.kind != OUTSIDE)


def _fragment(names: Names) -> Iterator[str]:
    yield "executable_mirror:"
    yield f"  name: {json.dumps('leanmirror')}"
    yield f"  version: {json.dumps(__version__)}"
    yield f"  source_repository: {json.dumps(names.repository)}"
    yield f"  source_commit: {json.dumps(names.commit)}"
    yield "  notes:"
    yield f"    - {json.dumps('Statements are run on examples in ball arithmetic; only Lean proves.')}"
    yield "  modules:"
    ordered = sorted(_declared(names), key=lambda each: (each.module, each.name))
    for module, group in groupby(ordered, key=lambda each: each.module):
        entries = list(group)
        mirrored = [each for each in entries if each.python]
        yield f"    - module: {json.dumps(module, ensure_ascii=False)}"
        yield f"      declarations: {len(entries)}"
        yield f"      mirrored: {len(mirrored)}"
        yield f"      covered_by_a_claim: {sum(bool(each.covered_by) for each in mirrored)}"
