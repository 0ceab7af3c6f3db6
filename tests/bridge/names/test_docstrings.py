"""The table Lean name → object: what is gathered and refused, and that lean_names.json agrees with it."""

from __future__ import annotations

import sys
import types
from functools import cache

import pytest

from leanmirror.bridge.names import docstrings as tables
from leanmirror.bridge.names.docstrings import Mirror, TableError, lean_name, mirrors, tabulated, uses
from leanmirror.bridge.names.table import default_names
from leanmirror.bridge.sources.update import disagreements

HERE = sys.modules[__name__]


def plain() -> int:
    """One.

    Lean: A.plain
    """
    return 1


@cache
def cached() -> int:
    """Lean: A.cached"""
    return plain() + Space.inner()


class Space:
    """A namespace.

    Lean: A.Space
    """

    @staticmethod
    def inner() -> int:
        """Lean: A.Space.inner"""
        return sum(plain() for _ in range(2))

    @property
    def size(self) -> int:
        """Lean: A.Space.size"""
        return 0

    class Deeper:
        @staticmethod
        def inner() -> int:
            """Lean: A.Space.Deeper.inner"""
            return 2


class Heir(Space):
    pass


second_name = plain


@pytest.mark.parametrize(
    ("docstring", "name"),
    [
        ("Lean: A.b", "A.b"),
        ("Text.\n\n    Lean: A.b'\n    ", "A.b'"),
        ("Text. Lean: A.b", None),
        ("Lean: A.b\nMore.", None),
        ("Lean: A.b and more", None),
        ("Lean module: NN.Spec.A", None),
        ("", None),
        (None, None),
    ],
)
def test_only_the_last_line_names(docstring: str | None, name: str | None) -> None:
    assert name == lean_name(docstring)


def test_everything_with_a_lean_name_is_gathered_once_where_it_is_defined() -> None:
    paths = ["plain", "cached", "Space", "Space.inner", "Space.size", "Space.Deeper.inner"]
    assert [f"{__name__}:{path}" for path in paths] == [mirror.python for mirror in mirrors([HERE])]


def test_a_module_may_mirror_a_name() -> None:
    module = types.ModuleType("some.module", "Text.\n\nLean: A.module")
    assert [Mirror("A.module", "some.module", module)] == list(mirrors([module]))


@pytest.mark.parametrize(
    ("first", "second", "complaint"),
    [("A.b", "A.b", "A.b is mirrored twice: p and q"), ("A.ﬁt", "A.fit", "one identifier to Python")],
)
def test_two_objects_for_one_name_are_refused(first: str, second: str, complaint: str) -> None:
    with pytest.raises(TableError, match=complaint):
        tabulated([Mirror(first, "p", 1), Mirror(second, "q", 2)])


def test_the_names_in_a_functions_code_are_its_uses() -> None:
    gathered = tabulated(mirrors([HERE]))
    known = {id(mirror.value): name for name, mirror in gathered.items()}
    expected = {
        "A.plain": set[str](),
        "A.cached": {"A.plain", "A.Space", "A.Space.inner"},
        "A.Space.inner": {"A.plain"},
    }
    assert expected == {name: uses(gathered[name], known) for name in expected}


@pytest.mark.parametrize("room", tables.ROOMS)
def test_every_lean_name_in_a_room_has_one_object(room: str) -> None:
    assert tables.table(room)


def test_every_entry_resolves_to_the_object_of_its_name_and_every_object_has_an_entry() -> None:
    assert () == disagreements()
    mirrored = tables.table("leanmirror.runtime") | tables.table("leanmirror.spec")
    assert set(mirrored) == {entry.name for entry in default_names() if entry.python}
