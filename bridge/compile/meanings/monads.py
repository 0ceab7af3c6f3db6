"""Option, Except and StateT: what `do` blocks are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leanmirror.bridge.compile.inductive import Data
from leanmirror.bridge.compile.meanings.base import Form, Table, function
from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.compile.values import apply
from leanmirror.bridge.core.term import Const, Term, app
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values


def mapped(f: Value, o: Data) -> Data:
    """`Option.map f o`."""
    return Data(o.constructor, tuple(apply(f, x) for x in o.fields))


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


SUCCESS = {"Except": "Except.ok", "Option": "Option.some"}
"""The constructor of what has gone well, by monad."""


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


MONADS: Table = {
    "Pure.pure": Form(_pure, 3),
    "Bind.bind": function(bind, 3),
    "MonadState.get": Form(_get, 2),
    "MonadState.set": Form(_set, 3),
    "StateT.run": function(apply, 3),
    "liftM": function(lifted, 3),
    "MonadExcept.throw": function(lambda e: Data("Except.error", (e,)), 3),
    "List.foldlM": Form(_folded, 6),
    "Option.map": function(mapped, 2),
    "Option.getD": function(lambda o, d: o.fields[0] if o.fields else d, 1),
    "Option.isSome": function(lambda o: bool(o.fields), 1),
    "Option.isNone": function(lambda o: not o.fields, 1),
}
