"""Tables of names: they are made of others, and leave those as they are."""

from __future__ import annotations

from leanmirror.bridge.elaborate.declarations import NameTable
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.scopes import NOWHERE, Environment

TEXT = "namespace P\ndef x : ℝ := 1\nend P\nexport P (x)\n"


def _environment() -> Environment:
    file = read_file("t.lean", text=TEXT)
    return file.declarations[0].environment


def test_a_table_leaves_the_names_it_is_made_of_as_they_are() -> None:
    """Each file that is read makes new tables: what they add must not grow in the ones before."""
    own, other = _environment(), _environment()
    for _ in range(3):
        table = NameTable(own, [other])
        assert ("P.x", "P.x") == table.aliased("x", "", NOWHERE)
    assert {"x": ("P.x",)} == own.aliases()
    assert {"x": ("P.x",)} == other.aliases()
