"""No meaning looks past one of its arguments, but for the exceptions here, each with its reason."""

from __future__ import annotations

import dis
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, SupportsIndex

import pytest

from leanmirror.bridge.compile.compiler import Compiler
from leanmirror.bridge.compile.meanings import MEANINGS, Meanings
from leanmirror.bridge.compile.meanings.base import Form, Function
from leanmirror.bridge.compile.terms import Types
from leanmirror.bridge.core.term import Const, Pi, Sort, Term, Var, const
from leanmirror.bridge.elaborate.library import default
from leanmirror.spec.errors import Unsupported
from tests.bridge.compile.bank import of_text

FORM = "the values have one form at all these types and sizes, and nothing is calculated with them"
FIELD = "ℝ is the only field that these classes have an instance for"
FUNCTIONS = "the maps know the spaces that they are between"
EMPTY = "there is no value to ask for"
OWN = "the library has one instance for one type, which the value tells; instances of a text go before"
DATA = "nodes that use no data are nodes at every type of data"

PASSED_OVER: dict[str, dict[str, str]] = {
    FORM: {
        **dict.fromkeys(("Array.foldl", "Array.map", "Array.mapIdx", "List.foldl", "List.foldr"), "α β"),
        **dict.fromkeys(("Array.mk", "Array.ofFn", "Array.push", "Array.replicate", "Array.set"), "α"),
        **dict.fromkeys(("List.all", "List.any", "List.append", "List.cons", "List.drop", "List.get"), "α"),
        **dict.fromkeys(("List.getD", "List.getLast?", "List.head?", "List.isEmpty", "List.length"), "α"),
        **dict.fromkeys(("List.map", "List.reverse", "List.take", "Nat.iterate", "id"), "α"),
        **dict.fromkeys(("List.zip", "Option.map", "Prod.fst", "Prod.mk", "Prod.snd", "Prod.swap"), "α β"),
        **dict.fromkeys(
            ("Option.getD", "Option.isNone", "Option.isSome", "Vector.ofFn", "Vector.replicate"), "α"
        ),
        **dict.fromkeys(("Vector.get", "Vector.mk", "Fin.cons", "Fin.init"), "α n"),
        **dict.fromkeys(("Fin.snoc", "Fin.tail", "Matrix.vecCons"), "α n"),
        **dict.fromkeys(("Finset.card", "Finset.filter", "Matrix.of", "Matrix.transpose"), "α"),
        **dict.fromkeys(("Finset.prod", "Finset.sum"), "ι"),
        **{"Finset.empty": "α", "Finset.product": "α β", "Finset.singletonOf": "α"},
        **dict.fromkeys(("Fin.castSucc", "Fin.succ", "Fin.val"), "n"),
        **dict.fromkeys(("Fin.cast", "Fin.castAdd", "finCongr"), "m n"),
        **dict.fromkeys(("Function.const", "Function.update", "cast", "Eq.mp", "Eq.mpr"), "α β"),
        **dict.fromkeys(("Equiv.invFun", "Equiv.mk", "Equiv.symm", "Equiv.toFun", "Equiv.prodComm"), "α β"),
        **dict.fromkeys(("Equiv.prodCongrLeft", "Equiv.prodCongrRight"), "α₁ β₁ β₂"),
        **dict.fromkeys(("Equiv.prodAssoc", "Equiv.trans"), "α β γ"),
        **dict.fromkeys(("Subtype.mk", "Subtype.val"), "α p"),
        **dict.fromkeys(("Std.HashMap.insert", "DFunLike.coe", "Bind.bind"), "α β"),
        **{"Equiv.prodCongr": "α₁ α₂ β₁ β₂", "Equiv.refl": "α", "Fin.append": "m n α", "Fin.natAdd": "m"},
        **{"GetElem.getElem": "coll elem idx valid", "GetElem?.getElem?": "coll elem idx"},
        **{"HAppend.hAppend": "α β γ", "Matrix.vecEmpty": "α", "Membership.mem": "γ", "dotProduct": "m"},
        **{"MonadExcept.throw": "m α ε", "StateT.run": "m α σ", "liftM": "m n α", "WithLp.toLp": "p"},
        **{"Std.HashMap.emptyWithCapacity": "capacity α β", "WithLp.ofLp": "V p", "Continuous": "X Y"},
        **{"Pure.pure": "α", "MonadState.set": "σ", "MonadState.get": "σ", "List.foldlM": "s α"},
        **{"ite": "α", "dite": "α", "Exists": "α"},
        **{"DFunLike.coe": "F α β", "Bind.bind": "m α β"},
    },
    FIELD: {
        **dict.fromkeys(("ContinuousLinearMap", "ContinuousLinearMap.id", "Differentiable", "deriv"), "𝕜"),
        **dict.fromkeys(("DifferentiableAt", "HasDerivAt", "HasFDerivAt", "Inner.inner", "fderiv"), "𝕜"),
        **dict.fromkeys(("gradient", "innerSL", "EuclideanSpace.equiv", "PiLp.continuousLinearEquiv"), "𝕜"),
        **dict.fromkeys(("ContinuousLinearMap.fst", "ContinuousLinearMap.snd", "LinearMap"), "R"),
        "LinearMap.mk": "R",
    },
    FUNCTIONS: {
        **dict.fromkeys(("ContinuousLinearEquiv.symm", "ContinuousLinearMap.adjoint"), "E F 𝕜"),
        **dict.fromkeys(("ContinuousLinearEquiv.toContinuousLinearMap", "ContinuousLinearMap.mk"), "E F 𝕜"),
        **dict.fromkeys(("ContinuousLinearMap.toLinearMap", "LinearMap.toContinuousLinearMap"), "E F 𝕜"),
        **dict.fromkeys(("ContinuousLinearMap.comp", "ContinuousLinearMap.flip"), "E F G 𝕜"),
        **dict.fromkeys(("ContinuousLinearMap.precompL", "ContinuousLinearMap.precompR"), "E Fₗ Gₗ 𝕜"),
        **dict.fromkeys(("ContinuousLinearMap.pi", "ContinuousLinearMap.proj"), "R ι"),
        **{"ContinuousLinearMap.prod": "E F G 𝕜", "ContinuousLinearMap.smulRight": "E 𝕜"},
        "LinearMap.toFun": "E F R",
    },
    OWN: {
        **dict.fromkeys(("HAdd.hAdd", "HDiv.hDiv", "HMod.hMod", "HSub.hSub"), "α β"),
        **{"HMul.hMul": "α β", "HPow.hPow": "α", "HSMul.hSMul": "β"},
    },
    EMPTY: {"False.elim": "C", "Fin.elim0": "i α", "absurd": "a"},
    DATA: dict.fromkeys((f"Proofs.Autograd.Algebra.{name}" for name in ("Graph", "GraphData", "Node")), "Δ"),
}


class Watched(tuple[Term, ...]):
    """Arguments that know which of them have been looked at."""

    seen: set[int]

    def __getitem__(self, i: SupportsIndex | slice) -> Any:
        positions = range(len(self))[i]
        self.seen.update([positions] if isinstance(positions, int) else positions)
        return super().__getitem__(i)

    def __iter__(self) -> Iterator[Term]:
        self.seen.update(range(len(self)))
        return super().__iter__()


def parameters(name: str, arity: int) -> list[tuple[Var, bool]]:
    """The arguments that a meaning takes, neither instances nor proofs, and whether they are types."""
    library = default()
    declared, types = library.lookup(name), Types(library)
    assert declared is not None, name
    type_: Term | None = declared.type
    found: list[tuple[Var, bool]] = []
    while type_ is not None and len(found) < arity:
        if isinstance(type_, Pi):
            types.of_var[type_.var.id] = type_.type
            if types.counts(type_.type, type_.kind):
                found.append((type_.var, isinstance(type_.type, Sort)))
            type_ = type_.body
        else:
            type_ = types.unfolded(type_)
    return found


def taken(function: Callable[..., Any]) -> list[bool]:
    """Which of its parameters a Python function reads; all where that cannot be told."""
    code = getattr(function, "__code__", None)
    if code is None:
        return []
    read = {each.argval for each in dis.get_instructions(code) if each.opname.startswith("LOAD")}
    return [name in read or name in code.co_cellvars for name in code.co_varnames[: code.co_argcount]]


def _argument(name: str, var: Var, is_type: bool) -> Term:
    if var.name == "m" and name.startswith("MonadState"):
        return const("StateT", Const("Real"), Const("Option"))
    return Const("Option") if var.name == "m" else Const("Real") if is_type else var


def passed_over(name: str) -> list[str]:
    """The parameters of a name that its meaning does not look at."""
    meaning = MEANINGS[name]
    known = parameters(name, meaning.arity)
    if isinstance(meaning, Function):
        read = [False] * meaning.skipped + taken(meaning.function)
    else:
        args = Watched(_argument(name, var, is_type) for var, is_type in known)
        args.seen = set()
        compiler = Compiler(default(), Meanings(default()))
        compiler.types.of_var.update((var.id, Const("Real")) for var, _ in known)
        with suppress(Unsupported):
            meaning.build(compiler, args)
        read = [i in args.seen for i in range(len(known))]
    return sorted(var.name for (var, _), used in zip(known, read, strict=False) if not used)


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_a_meaning_looks_at_all_of_its_arguments(name: str) -> None:
    allowed = [names for table in PASSED_OVER.values() for each, names in table.items() if each == name]
    assert sorted(" ".join(allowed).split()) == passed_over(name)


@pytest.mark.parametrize(
    ("meaning", "expected"),
    [
        (Function(lambda a: a, 2, 1), ["α"]),
        (Function(lambda _, a: a, 2), ["α"]),
        (Function(lambda α, a: (α, a), 2), []),
        (Form(lambda compiler, args: compiler.compile(args[1]), 2), ["α"]),
        (Form(lambda compiler, args: compiler.compile([*args][1]), 2), []),
    ],
)
def test_what_is_looked_past_is_seen(
    meaning: Function | Form, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(dict(MEANINGS), "id", meaning)
    monkeypatch.setattr("tests.bridge.compile.test_arguments.MEANINGS", {"id": meaning})
    assert expected == passed_over("id")


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        (
            ": (!![1, 1; 0, 1] : Matrix (Fin 2) (Fin 2) ℤ) * !![1, 1; 0, 1] = !![1, 2; 0, 1]",
            "no_counterexample",
        ),
        (": (!![1, 1; 0, 1] : Matrix (Fin 2) (Fin 2) ℤ) * !![1, 1; 0, 1] = !![1, 1; 0, 1]", "refuted"),
        ("{n : ℕ} (A B : Matrix (Fin n) (Fin n) ℕ) : (A * B)ᵀ = Bᵀ * Aᵀ", "no_counterexample"),
        ("{n : ℕ} (A B : Matrix (Fin n) (Fin n) ℕ) : A * B = B * A", "refuted"),
        (": (1 : Matrix (Fin 2) (Fin 2) ℤ) 0 1 = 0", "no_counterexample"),
        (
            "(A : Matrix (Fin 2) (Fin 2) ℤ) : A * 1 = A ∧ A.det = A 0 0 * A 1 1 - A 0 1 * A 1 0",
            "no_counterexample",
        ),
        (
            "(v w : Fin 3 → ℤ) : v + w = w + v ∧ v + 0 = v ∧ 2 • v = v + v ∧ v - w = v + -w",
            "no_counterexample",
        ),
        ("(v w : Fin 3 → ℕ) : v - w + w = v", "refuted"),
        ("(v w : Fin 3 → ℕ) (h : ∀ i, w i ≤ v i) : v - w + w = v", "no_counterexample"),
        (": ![1, 2, 3] = (0 : Fin 3 → ℕ)", "refuted"),
        ("(f g : ℕ → ℕ) (n : ℕ) : (f - g) n = f n - g n", "no_counterexample"),
        ("(f g : ℕ → ℕ) (n : ℕ) : (f - g) n + g n = f n", "refuted"),
        ("(s : SignType) : (s : ℝ) ^ 2 ≤ 1", "unsupported"),
        ("(z : Spec.Tensor Bool (.dim 2 .scalar)) : Spec.toVec z 0 = Spec.toVec z 0", "unsupported"),
        ("(z : Spec.Tensor ℕ (.dim 2 .scalar)) : Spec.toVec z 0 = Spec.toVec z 0", "unsupported"),
        ("(z : Spec.Tensor ℝ (.dim 2 .scalar)) : Spec.toVec z 0 = Spec.toVec z 0", "no_counterexample"),
        ("(L : Spec.LinearSpec ℕ 2 3) : L = L", "unsupported"),
        ("(x : Proofs.Autograd.Algebra.TList ℕ [.scalar]) : x = x", "unsupported"),
        ("(o : Spec.OpSpec ℕ .scalar .scalar) : True", "unsupported"),
    ],
)
def test_values_of_other_types_than_the_reals(statement: str, verdict: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry")
    assert verdict == found.verdict, found.reason
