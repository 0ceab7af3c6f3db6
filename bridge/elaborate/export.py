"""Core terms as fully explicit Lean text, for a real Lean to judge: `@f a b`, every binder with its type."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leanmirror.bridge.core.environment import Declared, Environment
from leanmirror.bridge.core.substitute import subterms
from leanmirror.bridge.core.term import App, Const, Lam, Let, Lit, Meta, Pi, Proof, Sort, Term, Var
from leanmirror.bridge.elaborate.statement import Statement
from leanmirror.bridge.lean.tokens import PART
from leanmirror.spec.errors import BadInput

PROOF = "leanmirror.proof"
"""The axiom that stands for proofs that are not looked at."""

OPTIONS = (
    "set_option autoImplicit false",
    "set_option checkBinderAnnotations false",
    "set_option linter.all false",
    "set_option linter.unusedVariables false",
)

_PLAIN = re.compile(PART)
_OPEN = {"explicit": ("(", ")"), "implicit": ("{", "}"), "strict": ("⦃", "⦄"), "instance": ("[", "]")}


def variable_name(var: Var) -> str:
    """A name that no other variable has."""
    return f"{var.name}_{var.id}" if _PLAIN.fullmatch(var.name) and "«" not in var.name else f"v_{var.id}"


def term_text(term: Term) -> str:
    """A closed term, everything explicit. Raises BadInput for one with something still to be found."""
    match term:
        case Var():
            return variable_name(term)
        case Const(name):
            return f"@_root_.{name}"
        case Sort(level):
            return {0: "Prop", 1: "Type"}.get(level, "Sort _")
        case Lit(value):
            return f"({value} : Nat)"
        case App(fn, args):
            head = f"@{variable_name(fn)}" if isinstance(fn, Var) else term_text(fn)
            return f"({' '.join([head, *map(term_text, args)])})"
        case Lam(var, type_, body):
            return f"(@fun ({variable_name(var)} : {term_text(type_)}) => {term_text(body)})"
        case Pi(var, type_, body, kind):
            open_, close = _OPEN[kind]
            return f"({open_}{variable_name(var)} : {term_text(type_)}{close} → {term_text(body)})"
        case Let(var, type_, value_, body):
            bound = f"let {variable_name(var)} : {term_text(type_)} := {term_text(value_)}"
            return f"({bound}; {term_text(body)})"
        case Proof(type_):
            return f"(@_root_.{PROOF} {term_text(type_)})"
    raise BadInput("a term that is not finished cannot be written")


def constant_text(declared: Declared) -> str:
    """A constant as an axiom of its type, or with its body where types depend on that."""
    type_ = term_text(declared.type)
    if declared.body is None:
        return f"axiom {declared.name} : {type_}"
    reducible = "@[reducible] " if declared.reducible else ""
    return f"{reducible}def {declared.name} : {type_} := {term_text(declared.body)}"


def statement_text(statement: Statement, name: str) -> str:
    """A statement as an axiom."""
    return f"axiom {name} : {term_text(statement.type)}"


def needed(terms: Iterable[Term], env: Environment, given: frozenset[str]) -> list[Declared]:
    """The constants that terms rest on, those they rest on first; without the given ones.

    What has a body counts with it, and so do the types of types.
    """
    found: dict[str, Declared] = {}
    pending: list[tuple[str, bool]] = [(name, False) for term in terms for name in constants(term)]
    pending.reverse()
    opened: set[str] = set()
    while pending:
        name, done = pending.pop()
        if name in found or name in given:
            continue
        declared = env.lookup(name)
        if declared is None:
            raise BadInput(f"no constant {name}")
        if done:
            found[name] = declared
            continue
        if name in opened:
            continue
        opened.add(name)
        pending.append((name, True))
        inner = constants(declared.type)
        if declared.body is not None:
            inner = {**inner, **constants(declared.body)}
        pending += [(each, False) for each in inner if each not in opened]
    return list(found.values())


def constants(term: Term) -> dict[str, None]:
    """The names of the constants in a term, in their order."""
    return {item.name: None for item in subterms(term) if isinstance(item, Const)}


def is_finished(term: Term) -> bool:
    """Whether nothing in a term is still to be found."""
    return not any(isinstance(item, Meta) for item in subterms(term))


def file_text(
    statements: Iterable[tuple[str, Statement]], env: Environment, given: frozenset[str], imports: str
) -> str:
    """A `prelude` file: the constants that are needed, then each statement as an axiom of its name."""
    named = list(statements)
    lines = ["prelude", f"import {imports}", *OPTIONS, "noncomputable section", ""]
    lines += [constant_text(each) for each in needed((s.type for _, s in named), env, given)]
    lines += [statement_text(statement, name) for name, statement in named]
    return "\n".join([*lines, "end", ""])
