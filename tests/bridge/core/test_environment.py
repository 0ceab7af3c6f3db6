"""The environment: the prelude, lean_names.json, what a file adds; how fast, and what no text can break."""

from __future__ import annotations

import random
import re
import time

import pytest

from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.recursion import FRAMES
from leanmirror.bridge.elaborate.declarations import entry_text, given_names
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.export import is_finished
from leanmirror.bridge.elaborate.library import default, library, prelude
from leanmirror.bridge.elaborate.package import file_library
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.names.table import default_names
from leanmirror.spec.errors import LeanMirrorError, ReadError, Unsupported
from tests.bridge.elaborate.statements import ACCEPTED, HEADER

NOT_UNDERSTOOD = 4
"""Entries of lean_names.json that cannot be elaborated, those with a hash map; it may only shrink."""

WITHOUT_BODY = {"Eq.ndrec"}
"""Definitions of the prelude whose bodies are for Lean only."""


def test_the_prelude_is_read_whole() -> None:
    assert () == prelude().unread
    assert [] == [each.name for each in prelude().declarations if not each.readable]


def test_every_name_of_the_prelude_is_understood() -> None:
    env = library([])
    missing = [
        name for each in prelude().declarations for name in given_names(each) if env.lookup(name) is None
    ]
    # recursors of propositions and of indexed types are not made
    assert [] == [name for name in missing if not name.endswith(".rec")]
    for each in prelude().declarations:
        found = env.lookup(each.name)
        assert found is not None
        assert is_finished(found.type)
        assert found.opaque == (each.name in WITHOUT_BODY)


def test_the_order_of_questions_changes_nothing() -> None:
    names = [each.name for each in prelude().declarations]
    shuffled = names[:]
    random.Random(7).shuffle(shuffled)
    first, second = library([]), library([])
    for name in shuffled:
        second.lookup(name)
    assert [] == [name for name in names if (first.lookup(name) is None) != (second.lookup(name) is None)]
    for class_name in ("Add", "NormedAddCommGroup", "DFunLike", "OfNat"):
        assert [each.name for each in first.instances(class_name)] == [
            each.name for each in second.instances(class_name)
        ]


def test_mirrored_names_are_understood() -> None:
    env = default()
    entries = [entry for entry in default_names() if entry.kind not in ("outside", "field", "constructor")]
    failed = [entry.name for entry in entries if env.lookup(entry.name) is None]
    assert len(failed) <= NOT_UNDERSTOOD, failed
    assert len(entries) > 20 * NOT_UNDERSTOOD


def test_mirrored_definitions_decide_nothing_by_themselves() -> None:
    found = default().lookup("Proofs.Autograd.softmaxVec")
    assert found is not None
    assert found.opaque
    assert found.body is None


def test_abbreviations_are_unfolded() -> None:
    found = default().lookup("Proofs.Autograd.Mat")
    assert found is not None
    assert found.reducible
    assert found.body is not None


def test_instances_come_last_declared_first() -> None:
    names = [each.name for each in default().instances("OfNat")]
    assert names.index("Fin.instOfNat") < names.index("instOfNatNat") < names.index("Zero.toOfNat0")


def test_a_file_sees_its_own_names_and_changes_none_outside() -> None:
    text = "axiom own (x : ℝ) : ℝ\ntheorem t (x : ℝ) : own x = x := sorry\n"
    file = read_file("Test.lean", text=text)
    env = file_library(file, default())
    assert "t" == elaborate(file.declarations[-1], env).name
    assert env.lookup("own") is not None
    assert default().lookup("own") is None


def test_an_unknown_name_is_no_constant() -> None:
    assert default().lookup("No.Such.Name") is None
    assert default().family("No.Such.Name") is None
    assert () == default().instances("No.Such.Class")


def test_elaboration_is_fast() -> None:
    """A generous bound, for slow machines: 1.5 ms a statement where it was written."""
    entries = [entry for entry in default_names() if entry.kind in ("theorem", "lemma")]
    declarations = [read_file("a.lean", text=entry_text(entry)).declarations[0] for entry in entries]
    for each in declarations:
        elaborate(each, default())
    start = time.process_time()
    for each in declarations:
        elaborate(each, default())
    assert (time.process_time() - start) / len(declarations) < 0.02


def test_the_recursion_limit_is_given_back() -> None:
    import sys

    before = sys.getrecursionlimit()
    file = read_file("Test.lean", text="theorem t : 1 = 1 := sorry\n")
    elaborate(file.declarations[0], default())
    assert before == sys.getrecursionlimit()
    assert before < FRAMES


PIECES = re.compile(r"\w+(?:\.\w+)*|\s+|.")
POOL = [*ACCEPTED, *(entry.signature for entry in default_names() if entry.kind in ("theorem", "lemma"))]
PIECE_POOL = [piece for text in POOL for piece in PIECES.findall(text)]


@pytest.mark.parametrize("seed", range(8))
def test_changed_statements_are_answered(seed: int) -> None:
    """Statements with pieces removed, replaced, added and swapped: an answer, never a crash, and soon."""
    draw = random.Random(seed)
    for _ in range(60):
        pieces = PIECES.findall(draw.choice(POOL))
        for _ in range(draw.choice((1, 1, 2, 3))):
            i, j = draw.randrange(len(pieces)), draw.randrange(len(pieces))
            change = draw.randrange(4)
            if change == 0:
                pieces[i] = ""
            elif change == 1:
                pieces[i] = draw.choice(PIECE_POOL)
            elif change == 2:
                pieces.insert(i, draw.choice(PIECE_POOL))
            else:
                pieces[i], pieces[j] = pieces[j], pieces[i]
        file = read_file("Test.lean", text=f"{HEADER}theorem t {''.join(pieces)} := sorry\n")
        if not file.declarations:
            continue
        start = time.process_time()
        try:
            found = elaborate(file.declarations[-1], file_library(file, default()))
            assert is_finished(found.type)
        except LeanMirrorError as error:
            assert isinstance(error, (IllTyped, Unsupported, ReadError))  # noqa: PT017  # each is an answer
        assert time.process_time() - start < 5
