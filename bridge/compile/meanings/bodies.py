"""What bodies of definitions speak of and statements hardly do: casts, empty types, maps by functions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from leanmirror.bridge.compile.decisions import decided
from leanmirror.bridge.compile.inductive import Data, DataT, Interpolated
from leanmirror.bridge.compile.meanings.analysis import space
from leanmirror.bridge.compile.meanings.base import Form, Function, Table, function, value
from leanmirror.bridge.compile.meanings.containers import entry
from leanmirror.bridge.compile.meanings.library import listed, small
from leanmirror.bridge.compile.meanings.logic import equal_at
from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.compile.values import apply
from leanmirror.bridge.core.term import Const, Term, app
from leanmirror.spec.errors import ShapeError, Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.equivalences import Equivalence
from leanmirror.spec.judge.linear import CLM
from leanmirror.spec.judge.types import Type, Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values


def never() -> Value:
    """The value of an empty type, which nothing asks for."""
    raise ShapeError("a value of an empty type")


def linear(dom: Type, cod: Type, f: Value) -> CLM:
    """`{ toFun := f, … }`."""
    return CLM(space(dom), space(cod), lambda x: apply(f, x))


def entry_or_none(xs: Sequence[Value], i: int) -> Data:
    """`xs[i]?`."""
    return Data("Option.some", (xs[i],)) if 0 <= i < len(xs) else NONE


def is_same(of_type: Type, a: Value, b: Value) -> bool:
    """`a == b` where that is decidable equality."""
    return decided(equal_at(of_type, a, b))


def default(of_type: Type) -> Value:
    """`default`, of the types whose instance is Lean's own."""
    if isinstance(of_type, t.BoolT):
        return False
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return 0
    if isinstance(of_type, t.ListT | t.ContextT):
        return listed(of_type.of_type if isinstance(of_type, t.ListT) else t.ShapeT(), ())
    if isinstance(of_type, DataT) and of_type.name == "Option":
        return NONE
    raise Unsupported(f"the default value of {of_type}")


def mapped(f: Value, o: Data) -> Data:
    """`Option.map f o`."""
    return Data(o.constructor, tuple(apply(f, x) for x in o.fields))


def product_of(e: Value, f: Value) -> Equivalence:
    """`Equiv.prodCongr e f`."""
    return Equivalence(lambda p: (e.toFun(p[0]), f.toFun(p[1])), lambda p: (e.invFun(p[0]), f.invFun(p[1])))


def on_second(e: Value) -> Equivalence:
    """`Equiv.prodCongrRight e`: the first of a pair says what happens to the second."""
    return Equivalence(
        lambda p: (p[0], apply(e, p[0]).toFun(p[1])), lambda p: (p[0], apply(e, p[0]).invFun(p[1]))
    )


def on_first(e: Value) -> Equivalence:
    """`Equiv.prodCongrLeft e`: the second of a pair says what happens to the first."""
    return Equivalence(
        lambda p: (apply(e, p[1]).toFun(p[0]), p[1]), lambda p: (apply(e, p[1]).invFun(p[0]), p[1])
    )


def _set_at(xs: Sequence[Value], i: int, x: Value) -> Value:
    return [*xs[:i], x, *xs[i + 1 :]]


def _turned(p: Value) -> Value:
    return (p[1], p[0])


def _same(x: Value) -> Value:
    return x


SUCCESS = {"Except": "Except.ok", "Option": "Option.some"}


def _pure(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`pure x`, in the monad that its first argument is."""
    value_of, inner = compiler.compile(args[2]), _below_state(compiler, args[0])
    made = _success(compiler, args[0] if inner is None else inner)
    if inner is None:
        return lambda env: Data(made, (value_of(env),))
    return lambda env: _with_state(made, value_of(env))


def _below_state(compiler: Compiler, monad: Term) -> Term | None:
    """m, where the monad is `StateT σ m`."""
    found = compiler.types.at_head(app(monad, Const("Nat")), "StateT")
    return None if found is None else head(found)[1][1]


def _with_state(made: str, x: Value) -> Value:
    """A computation that gives x and leaves the state as it is."""
    return lambda state: Data(made, ((x, state),))


def _get(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`get` in StateT: the state, which stays."""
    made = _success(compiler, _state(compiler, args[1]))
    return lambda env: lambda state: Data(made, ((state, state),))


def _set(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`set s` in StateT."""
    made, new = _success(compiler, _state(compiler, args[1])), compiler.compile(args[2])
    return lambda env: _replacing(made, new(env))


def _replacing(made: str, new: Value) -> Value:
    return lambda _: Data(made, (((), new),))


def _state(compiler: Compiler, monad: Term) -> Term:
    inner = _below_state(compiler, monad)
    if inner is None:
        raise Unsupported("a state in a monad other than StateT")
    return inner


def lifted(x: Data) -> Value:
    """`liftM x` of Except or Option into StateT."""
    if x.constructor not in SUCCESS.values():
        return lambda _: x
    return _with_state(x.constructor, x.fields[0])


def _success(compiler: Compiler, monad: Term) -> str:
    found = compiler.types.at_head(app(monad, Const("Nat")), *SUCCESS)
    name = None if found is None else head_name(found)
    if name is None:
        raise Unsupported("a do block in a monad other than Except, Option and StateT of these")
    return SUCCESS[name]


def bind(x: Value, f: Value) -> Value:
    """`x >>= f` in Except and Option, and in StateT over these, whose values are functions of the state."""
    if not isinstance(x, Data):
        return lambda state: bind(apply(x, state), lambda pair: apply(apply(f, pair[0]), pair[1]))
    return apply(f, x.fields[0]) if x.constructor in SUCCESS.values() else x


def _folded(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`List.foldlM f init xs`."""
    made = _success(compiler, args[0])
    f, init, xs = (compiler.compile(arg) for arg in args[3:])

    def fold(env: Values) -> Value:
        state = Data(made, (init(env),))
        for x in xs(env):
            state = apply(apply(f(env), state.fields[0]), x)
            if state.constructor != made:
                break
        return state

    return fold


NONE = Data("Option.none")

BODIES: Table = {
    "Array.mk": Function(_same, 2, 1),
    "Vector.mk": Function(_same, 3, 2),
    "Array.ofFn": Function(lambda n, f: [apply(f, i) for i in range(n)], 3, 1),
    "Array.set": function(_set_at, 1),
    "Array.mapIdx": function(lambda f, xs: [apply(apply(f, i), x) for i, x in enumerate(xs)], 2),
    "Std.HashMap": function(lambda key, value: DataT("Std.HashMap", (key, value))),
    "Std.HashMap.emptyWithCapacity": Function(lambda: {}, 3, 3),
    "Std.HashMap.insert": function(lambda m, key, value: {**m, key: value}, 2),
    "Array.push": function(lambda xs, x: [*xs, x], 1),
    "Array.map": function(lambda f, xs: [apply(f, x) for x in xs], 2),
    "Array.foldl": function(lambda f, a, xs: reduce(lambda b, x: apply(apply(f, b), x), xs, a), 2),
    "Array.replicate": function(lambda n, x: [x] * small(n), 1),
    "Vector.ofFn": Function(lambda n, f: [apply(f, i) for i in range(n)], 3, 1),
    "Vector.get": function(entry, 2),
    "Vector.replicate": function(lambda n, x: [x] * small(n), 1),
    "Equiv.prodComm": Function(lambda: Equivalence(_turned, _turned), 2, 2),
    "Equiv.prodAssoc": Function(
        lambda: Equivalence(lambda p: (p[0][0], (p[0][1], p[1])), lambda p: ((p[0], p[1][0]), p[1][1])), 3, 3
    ),
    "Equiv.prodCongr": function(product_of, 4),
    "Equiv.prodCongrRight": function(on_second, 3),
    "Equiv.prodCongrLeft": function(on_first, 3),
    "Pure.pure": Form(_pure, 3),
    "Bind.bind": function(bind, 3),
    "MonadState.get": Form(_get, 2),
    "MonadState.set": Form(_set, 3),
    "StateT.run": function(apply, 3),
    "liftM": function(lifted, 3),
    "MonadExcept.throw": function(lambda e: Data("Except.error", (e,)), 3),
    "List.foldlM": Form(_folded, 6),
    "GetElem.getElem": function(entry, 4),
    "GetElem?.getElem?": function(entry_or_none, 3),
    "List.finRange": function(lambda n: list(range(small(n)))),
    "List.all": function(lambda xs, p: all(apply(p, x) for x in xs), 1),
    "List.any": function(lambda xs, p: any(apply(p, x) for x in xs), 1),
    "List.head?": function(lambda xs: entry_or_none(xs, 0), 1),
    "List.getLast?": function(lambda xs: entry_or_none(xs, len(xs) - 1), 1),
    "Option.map": function(mapped, 2),
    "Option.getD": function(lambda o, d: o.fields[0] if o.fields else d, 1),
    "Option.isSome": function(lambda o: bool(o.fields), 1),
    "Option.isNone": function(lambda o: not o.fields, 1),
    "BEq.beq": function(is_same),
    "bne": function(lambda of_type, a, b: not is_same(of_type, a, b)),
    "Inhabited.default": function(default),
    "String.interpolated": Function(Interpolated, 1),
    "String": value(DataT("String")),
    "False.elim": Function(never, 1, 1),
    "absurd": Function(never, 1, 1),
    "Fin.elim0": Function(never, 2, 2),
    "cast": function(_same, 2),
    "Eq.mp": function(_same, 2),
    "Eq.mpr": function(_same, 2),
    "Subtype.mk": Function(_same, 3, 2),
    "Subtype.val": Function(_same, 3, 2),
    "LinearMap.mk": Function(linear, 4, 1),
    "LinearMap.toContinuousLinearMap": Function(_same, 4, 3),
    "ContinuousLinearMap.mk": Function(_same, 4, 3),
}
