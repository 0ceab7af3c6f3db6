"""Pairs of functions that a hypothesis makes adjoint: `∀ x d δ, ⟪J x d, δ⟫ = ⟪d, V x δ⟫`.

Met by one smooth matrix for both: `J x d = M x d` and `V x δ = (M x)ᵀ δ`. Every such pair is of that form,
since J and V have to be linear in their last arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.core.term import App, Pi, Term, Var
from leanmirror.spec.judge.claim import Env
from leanmirror.spec.judge.judgement import TRUE, Judgement
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import FunT, MatT, Space
from leanmirror.spec.judge.types.smooth import Transposed, draw_smooth


@dataclass(frozen=True, slots=True)
class Adjoint:
    """The ids of J and V."""

    forward: int
    backward: int

    def construction(
        self, names: tuple[str, str], type_: Callable[[Env], object], otherwise: Callable[[Env], Judgement]
    ) -> tuple[Callable[[Env], Judgement], Callable[[Env, Source], Env]]:
        """How to judge and to meet it; `type_` is the type of J at an example."""
        forward, backward = names

        def holds(env: Env) -> Judgement:
            J, V = env[forward], env[backward]
            if isinstance(J, Transposed) and isinstance(V, Transposed) and J.matrix == V.matrix:
                return TRUE if V.transposed and not J.transposed else otherwise(env)
            return otherwise(env)

        def make(env: Env, source: Source) -> Env:
            of_type = type_(env)
            assert isinstance(of_type, FunT)
            spaces, cod = of_type.domains()
            if not spaces or not isinstance(cod, Space):
                return {}
            last = spaces[-1]
            matrix = draw_smooth(spaces[:-1], MatT(cod.dimension, last.dimension), source)
            return {forward: Transposed(matrix, last, cod), backward: Transposed(matrix, cod, last, True)}

        return holds, make


def adjoint(term: Term) -> Adjoint | None:
    """The hypothesis as one about an adjoint pair; None where it is something else."""
    bound: list[Var] = []
    while isinstance(term, Pi):
        bound.append(term.var)
        term = term.body
    if head_name(term) != "Eq":
        return None
    one, two = head(term)[1][-2:]
    if head_name(one) != "Inner.inner" or head_name(two) != "Inner.inner":
        return None
    for left in _turns(one):
        for right in _turns(two):
            found = _pair(left, right, bound) or _pair(right, left, bound)
            if found is not None:
                return found
    return None


def _turns(inner: Term) -> tuple[tuple[Term, Term], tuple[Term, Term]]:
    a, b = head(inner)[1][-2:]
    return (a, b), (b, a)


def _pair(one: tuple[Term, Term], two: tuple[Term, Term], bound: list[Var]) -> Adjoint | None:
    """`⟪J …x d, δ⟫` and `⟪V …x δ, d⟫`, where the bound variables are exactly x, d, δ."""
    (Jd, δ), (Vδ, d) = one, two
    if not (
        isinstance(Jd, App) and isinstance(Vδ, App) and isinstance(Jd.fn, Var) and isinstance(Vδ.fn, Var)
    ):
        return None
    if Jd.args[-1] != d or Vδ.args[-1] != δ or Jd.args[:-1] != Vδ.args[:-1]:
        return None
    spoken = (*Jd.args[:-1], d, δ)
    if len(set(spoken)) != len(spoken) or set(spoken) != set(bound) or Jd.fn == Vδ.fn:
        return None
    return None if Jd.fn in bound or Vδ.fn in bound else Adjoint(Jd.fn.id, Vδ.fn.id)
