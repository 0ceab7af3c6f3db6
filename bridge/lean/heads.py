"""The head of a Lean file: the word `module`, and the imports."""

from __future__ import annotations

import re

from leanmirror.bridge.lean.commands import Command, commands
from leanmirror.bridge.lean.imports import Head, Import
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.parser import reading
from leanmirror.bridge.lean.tokens import END
from leanmirror.spec.errors import ReadError

_MODULE = re.compile(r"\s*module(?![\w'!?.])")


def head(source: Source) -> Head:
    """The head of a text. An import that cannot be read is not in it: the reader of the file reports it."""
    found: list[Import] = []
    for command in commands(source):
        if command.keyword != "import":
            break
        try:
            found.append(read_import(source, command))
        except ReadError:
            continue
    return Head(is_module(source), tuple(found))


def is_module(source: Source) -> bool:
    """Whether a text begins with the word `module`, so that it keeps for itself what is not public."""
    return _MODULE.match(source.mask) is not None


def read_import(source: Source, command: Command) -> Import:
    """What one `import` says. Raises ReadError."""
    parser = reading(source, command.rest, command.end)
    whole = False
    while parser.tok[1] == "all" and parser.peek()[0] != END:
        parser.advance()
        whole = True
    words = command.modifiers
    return Import(parser.name("the name of a module"), "public" in words, whole, "meta" in words)
