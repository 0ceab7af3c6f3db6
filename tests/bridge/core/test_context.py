"""Core terms by themselves: reduction, unification and instances, in an environment made by hand."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from leanmirror.bridge import core
from leanmirror.bridge.core.arithmetic import NAT, nat_operation
from leanmirror.bridge.core.context import Context
from leanmirror.bridge.core.environment import Declared, Environment, Family
from leanmirror.bridge.core.infer import infer
from leanmirror.bridge.core.instances import synthesize, synthesize_pending
from leanmirror.bridge.core.pending import NOTHING, Postponed
from leanmirror.bridge.core.term import TYPE, App, Const, Lam, Lit, Pi, Term, Var, const
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.core.whnf import whnf
from leanmirror.bridge.elaborate import elaborator

REAL = Const("Real")


class ByHand(Environment):
    """Real numbers and a class with one instance."""

    def __init__(self) -> None:
        super().__init__()
        var = Var(-1, "α")
        shown = Declared("Zero", "class", Pi(var, TYPE, TYPE))
        one = Declared("instZeroReal", "instance", const("Zero", REAL))
        double = Lam(Var(-2, "n"), NAT, nat_operation("HAdd.hAdd", Var(-2, "n"), Var(-2, "n")))
        self.known = {
            "Nat": Declared("Nat", "type", TYPE),
            "Real": Declared("Real", "type", TYPE),
            "Zero": shown,
            "instZeroReal": one,
            "pair": Declared("pair", "axiom", Pi(Var(-3, "m"), NAT, Pi(Var(-4, "n"), NAT, NAT))),
            "double": Declared("double", "def", Pi(Var(-2, "n"), NAT, NAT), double),
        }
        self.families = {"Zero": Family("Zero", 1, (), is_class=True)}

    def instances(self, class_name: str) -> tuple[Declared, ...]:
        return tuple(each for each in self.known.values() if each and each.kind == "instance")


@pytest.fixture
def ctx() -> Context:
    return Context(ByHand())


def plus(left: Term, right: Term) -> Term:
    return nat_operation("HAdd.hAdd", left, right)


def test_a_metavariable_is_found_by_arithmetic(ctx: Context) -> None:
    n = ctx.meta(NAT)
    assert unify(ctx, plus(n, Lit(1)), Lit(3))
    assert Lit(2) == ctx.zonk(n)


def test_a_definition_computes(ctx: Context) -> None:
    assert unify(ctx, App(Const("double"), (Lit(2),)), Lit(4))
    assert not unify(ctx, App(Const("double"), (Lit(2),)), Lit(5))
    assert NAT == whnf(ctx, infer(ctx, App(Const("double"), (Lit(2),))))


def test_an_instance_is_found(ctx: Context) -> None:
    assert Const("instZeroReal") == synthesize(ctx, const("Zero", REAL))
    assert synthesize(ctx, const("Zero", NAT)) is None


def test_what_failed_leaves_nothing_behind(ctx: Context) -> None:
    n = ctx.meta(NAT)
    assert not unify(ctx, const("pair", n, Lit(1)), const("pair", Lit(2), Lit(3)))
    assert n == ctx.zonk(n)


def test_undo_brings_back_what_was_open(ctx: Context) -> None:
    instance = ctx.meta(const("Zero", REAL))
    mark = ctx.mark()
    ctx.want(instance)
    ctx.pending = ctx.pending.with_numeral(ctx.meta(TYPE))
    ctx.solve(instance, Const("instZeroReal"))
    ctx.undo(mark)
    assert ctx.pending is NOTHING
    assert instance == ctx.zonk(instance)


def test_what_is_open_is_tried_again(ctx: Context) -> None:
    type_ = ctx.meta(TYPE)
    instance = ctx.meta(const("Zero", type_))
    ctx.want(instance)
    resumed: list[str] = []
    waits = Postponed(lambda: not resumed and type_.id not in ctx.solved, lambda: resumed.append("on"), -1)
    ctx.pending = ctx.pending.with_postponed(waits)
    assert not synthesize_pending(ctx)
    assert unify(ctx, type_, REAL)
    assert synthesize_pending(ctx)
    assert Const("instZeroReal") == ctx.zonk(instance)
    assert ["on"] == resumed
    assert ((), ()) == (ctx.pending.instances, ctx.pending.postponed)


def test_core_knows_nothing_of_syntax() -> None:
    for path in Path(core.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("leanmirror.bridge.lean"), path.name


@pytest.mark.parametrize("of", [Context, elaborator.Elaborator])
def test_no_object_is_everything(of: type) -> None:
    assert len(inspect.getmembers(of, inspect.isfunction)) <= 40
