"""The reader on a TorchLean checkout: all is read, quickly, and names agree with a second extraction."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.expansion import expand
from leanmirror.bridge.lean.parser import parse_term
from leanmirror.bridge.lean.printer import print_term
from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.bridge.lean.unread import Unread

ROOT = os.environ.get("TORCHLEAN")
pytestmark = [
    pytest.mark.torchlean,
    pytest.mark.skipif(ROOT is None, reason="TORCHLEAN does not name a TorchLean checkout"),
]

COUNTS = {
    "theorem": 2294,
    "lemma": 764,
    "def": 8829,
    "abbrev": 593,
    "structure": 628,
    "inductive": 134,
    "instance": 263,
    "opaque": 121,
    "class": 29,
    "example": 14,
}
UNREAD_BODIES = 133
"""Definitions whose body is no term that can be read; the number may only fall."""


@cache
def timed() -> tuple[LeanTree, float]:
    start = time.process_time()
    tree = LeanTree.read(Path(ROOT or "") / "NN")
    for each in tree.declarations:
        assert each.digest
    return tree, time.process_time() - start


@cache
def tree() -> LeanTree:
    return timed()[0]


def test_every_statement_is_read() -> None:
    unreadable = [
        f"{each.file}:{each.stopped} {each.reason}" for each in tree().declarations if not each.readable
    ]
    assert [] == unreadable
    assert () == tree().unread
    assert COUNTS == Counter(each.kind for each in tree().declarations)
    assert 1177 == len(tree().files)


def test_the_whole_tree_takes_seconds() -> None:
    assert timed()[1] < 8


def test_statements_and_bodies_print_and_read_back() -> None:
    for each in tree().declarations[::5]:
        nodes = [each.type, *(group.type for group in each.all_binders)]
        for node in filter(None, nodes):
            assert node == parse_term(print_term(node)), each.name


def test_bodies_are_read() -> None:
    unread: list[Declaration] = []
    for each in tree().declarations:
        if each.kind not in ("theorem", "lemma") and isinstance(each.body, Unread):
            unread.append(each)
    assert len(unread) <= UNREAD_BODIES


def test_signatures_hold_full_names() -> None:
    rows = tree().by_name["Proofs.Autograd.TapeNodes.SoftmaxLastAxis.rows"]
    size = "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.MNSize"
    vec = "Proofs.Autograd.Vec"
    assert f"{{m n : Nat}} (x : {vec} ({size} m n)) : Fin m → {vec} n" == rows.signature


def test_names_agree_with_a_second_extraction() -> None:
    ours = Counter(each.name for each in tree().declarations if not each.anonymous)
    theirs: Counter[str] = Counter()
    for path in sorted((Path(ROOT or "") / "NN").rglob("*.lean")):
        theirs.update(crude_names(path.read_text(encoding="utf-8")))
    agreeing = sum((ours & theirs).values())
    assert agreeing / sum((ours | theirs).values()) >= 0.995


WORD = re.compile(
    r"(?:@\[[^\n]*?\]\s*)?((?:(?:private|protected|public|noncomputable|partial|unsafe|local|scoped|meta)\s+)*)"
    r"(theorem|lemma|def|abbrev|structure|inductive|class|instance|opaque|namespace|section|mutual|end)\b(.*)"
)


def crude_names(text: str) -> list[str]:
    """Names by lines and a stack, with nothing of the reader."""
    text = re.sub(
        r"--(?!/)[^\n]*",
        "",
        re.sub(r"/-.*?-/", lambda m: "\n" * m.group().count("\n"), text, flags=re.DOTALL),
    )
    found: list[str] = []
    stack: list[list[str]] = []
    attribute = ""
    for raw in text.split("\n"):
        line = f"{attribute} {raw}".strip() if attribute else raw.strip()
        if line.startswith("@[") and line.count("[") > line.count("]"):
            attribute = line
            continue
        attribute = ""
        match = (
            WORD.match(line)
            if raw[:1] not in (" ", "\t") or re.match(r"\s+(@\[|theorem|lemma|def|private)", raw)
            else None
        )
        if match is None:
            continue
        word, rest = match.group(2), match.group(3).strip()
        if word == "namespace":
            stack.append(rest.split("."))
        elif word in ("section", "mutual"):
            stack.append([])
        elif word == "end" and stack:
            stack.pop()
        elif word not in ("namespace", "section", "mutual", "end"):
            name = re.match(r"(?:inductive |abbrev )?([^\s({\[:⦃]+)", rest)
            if name is None or name.group(1).startswith(("(", ":")):
                continue
            plain = name.group(1).partition(".{")[0]
            inside = [part for names in stack for part in names]
            found.append(plain[7:] if plain.startswith("_root_.") else ".".join([*inside, plain]))
    return found


def test_the_crude_extraction_works_at_all() -> None:
    text = "namespace A\nsection\n/- def no := 1 -/\n@[simp] theorem b : p := q\nend\ndef c.d := 1\nend A\n"
    assert ["A.b", "A.c.d", "e"] == crude_names(text + "private def e (x) := x")


def test_notations_of_the_text_are_written_out() -> None:
    found = [each for each in tree().declarations if "VJP[" in each.statement]
    assert found
    for each in found:
        assert "VJP[" not in each.signature
        assert each.type == expand(each.type, each.scope.notations)
