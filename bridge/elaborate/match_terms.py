"""`match`, functions by cases, `if let`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from leanmirror.bridge.core.instances import synthesize_pending
from leanmirror.bridge.core.substitute import lambdas, mentions, substitute
from leanmirror.bridge.core.term import TYPE, Branch, Match, Meta, Term, Var, const, mapped
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.elaborate.binders import expected_pi
from leanmirror.bridge.elaborate.check import check
from leanmirror.bridge.elaborate.patterns import Impossible, Opened, read_pattern, refine, settled
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


MOST_ROWS = 256


Scrutinee = tuple[Term, Term]
"""A term that is matched, and its type."""


# `match p, q with | (a, b), _ => a + b`
# Follows Lean.Elab.Term.elabMatch.
def match(elab: Elaborator, node: s.Match, expected: Term | None) -> tuple[Term, Term]:
    """`match e, f with | p, q => v | …`."""
    if node.motive is not None:
        elab.ctx.unsupported("a match with a motive")
    scrutinees = [scrutinee(elab, each.term) for each in node.discriminants]
    names = [each.name for each in node.discriminants]
    return matched(elab, scrutinees, names, node.alternatives, expected)


def scrutinee(elab: Elaborator, node: Node) -> Scrutinee:
    term, type_ = elab.term(node, None)
    type_ = elab.ctx.zonk(type_)
    if isinstance(type_, Meta) or isinstance(elab.ctx.shallow(term), Meta):
        synthesize_pending(elab.ctx)
    while isinstance(elab.ctx.shallow(type_), Meta) and elab.ctx.pending.numerals:
        first, elab.ctx.pending = elab.ctx.pending.without_numeral()
        unify(elab.ctx, first, const("Nat"))
    return elab.ctx.zonk(term), elab.ctx.zonk(type_)


def matched(
    elab: Elaborator,
    scrutinees: Sequence[Scrutinee],
    names: Sequence[str | None],
    alternatives: Sequence[s.Alternative],
    expected: Term | None,
) -> tuple[Term, Term]:
    type_ = elab.ctx.zonk(expected) if expected is not None else elab.ctx.meta(TYPE)
    rows = [(row, each.value) for each in alternatives for row in each.patterns]
    if len(rows) > MOST_ROWS:
        elab.ctx.unsupported(f"more than {MOST_ROWS} alternatives")
    branches = []
    for row, value in rows:
        if len(row) != len(scrutinees):
            elab.ctx.ill_typed(
                f"{len(row)} patterns for {len(scrutinees)} values", row[0].pos if row else None
            )
        found = _branch(elab, scrutinees, names, row, value, type_)
        if found is not None:
            branches.append(found)
    type_ = elab.ctx.zonk(type_)
    return Match(tuple(term for term, _ in scrutinees), tuple(branches), type_), type_


def _branch(
    elab: Elaborator,
    scrutinees: Sequence[Scrutinee],
    names: Sequence[str | None],
    row: Sequence[Node],
    value: Node,
    expected: Term,
) -> Branch | None:
    """One alternative; None for one that no value can reach."""
    opened = Opened()
    with _learning(elab):
        try:
            patterns, wanted = _row(elab, scrutinees, names, row, expected, opened)
        except Impossible:
            return None
        body = check(elab, value, wanted)
        while synthesize_pending(elab.ctx):
            elab.ctx.step()
        own = {var.id: settled(elab, var) for var in opened.vars if var.id in elab.ctx.values}
        own.update((var.id, settled(elab, found)) for var, found in opened.aliases)
        body = substitute(elab.ctx.zonk(body), own)
        kept = [var for var in opened.vars if any(mentions(each, var) for each in patterns)]
        vars_ = tuple((var, elab.ctx.zonk(elab.ctx.types[var.id])) for var in kept)
    return Branch(vars_, tuple(patterns), body)


def _row(
    elab: Elaborator,
    scrutinees: Sequence[Scrutinee],
    names: Sequence[str | None],
    row: Sequence[Node],
    expected: Term,
    opened: Opened,
) -> tuple[list[Term], Term]:
    """The patterns of a row, and the type of its value: with the patterns in place of what they fit."""
    patterns: list[Term] = []
    for (term, type_), name, node in zip(scrutinees, names, row, strict=True):
        if isinstance(elab.ctx.shallow(type_), Meta):
            _guess(elab, node, type_)
        pattern = read_pattern(elab, node, elab.ctx.zonk(type_), opened)
        if isinstance(term, Var):
            if not isinstance(pattern, Var):
                refine(elab, term, pattern, opened)
            elif pattern.id != term.id:
                elab.ctx.values[pattern.id] = term
        else:
            expected = _replaced(elab, elab.ctx.zonk(expected), term, pattern)
        if name is not None:
            proof = elab.bind(name, const("Eq", type_, term, pattern))
            opened.vars.append(proof)
        patterns.append(pattern)
    return patterns, expected


def _guess(elab: Elaborator, node: Node, type_: Term) -> None:
    """A pair tells its type; nothing else does."""
    if not isinstance(node, s.Tuple) or len(node.items) < 2:
        elab.ctx.unsupported("a match on a value whose type is not known", node.pos, "type")
    unify(elab.ctx, type_, const("Prod", elab.ctx.meta(TYPE), elab.ctx.meta(TYPE)))


def _replaced(elab: Elaborator, term: Term, old: Term, new: Term) -> Term:
    """The term with another in place of one that occurs in it."""
    if term == old:
        return new
    return mapped(term, lambda each: _replaced(elab, each, old, new))


@contextmanager
def _learning(elab: Elaborator) -> Iterator[None]:
    """What is learned of older variables, and the names that are bound, hold inside only."""
    outer, instances = elab.scope, len(elab.ctx.local_instances)
    values = dict(elab.ctx.values)
    elab.ctx.found.clear()
    known = set(elab.ctx.types)
    try:
        yield
    finally:
        elab.scope = outer
        for id_ in [each for each in elab.ctx.values if each in known and each not in values]:
            del elab.ctx.values[id_]
        elab.ctx.values.update(values)
        del elab.ctx.local_instances[instances:]
        elab.ctx.found.clear()


# `fun | 0 => 1 | n + 1 => n`
# Follows Lean.Elab.Term.elabFun, Lean.Elab.Term.expandMatchAltsIntoMatch.
def fun_match(elab: Elaborator, node: s.FunMatch, expected: Term | None) -> tuple[Term, Term]:
    """`fun | p, q => v | …`, and a definition by equations."""
    if expected is None:
        elab.ctx.unsupported("a function by cases where no type is expected", cause="type")
    everything, elab.by_equations = elab.by_equations, False
    count = len(node.alternatives[0].patterns[0])
    opened: list[tuple[Var, Term]] = []
    scrutinees: list[Scrutinee] = []
    wanted: Term = elab.ctx.zonk(expected)
    instances = len(elab.ctx.local_instances)
    while len(scrutinees) < count:
        pi = expected_pi(elab, wanted)
        if pi is None:
            elab.ctx.ill_typed(f"{count} patterns for a function of {len(scrutinees)} arguments")
        var = elab.ctx.variable(pi.var.name, pi.type)
        if everything or pi.kind == "explicit":
            scrutinees.append((var, pi.type))
        if pi.kind == "instance":
            elab.ctx.add_local_instance(var)
        opened.append((var, pi.type))
        wanted = elab.ctx.put(pi.body, {pi.var.id: var})
    term, _ = matched(elab, scrutinees, [None] * count, node.alternatives, wanted)
    del elab.ctx.local_instances[instances:]
    return lambdas(opened, term), expected


# `nomatch h`
# Follows Lean.Elab.Term.elabNoMatch.
def no_match(elab: Elaborator, node: s.NoMatch, expected: Term | None) -> tuple[Term, Term]:
    """`nomatch e` and `nofun`: there is no value."""
    if expected is None:
        elab.ctx.unsupported("nomatch where no type is expected", cause="type")
    if node.items:
        return matched(
            elab, [scrutinee(elab, each) for each in node.items], [None] * len(node.items), [], expected
        )
    opened: list[tuple[Var, Term]] = []
    wanted = elab.ctx.zonk(expected)
    while (pi := expected_pi(elab, wanted)) is not None:
        var = elab.ctx.variable(pi.var.name, pi.type)
        opened.append((var, pi.type))
        wanted = elab.ctx.put(pi.body, {pi.var.id: var})
    return lambdas(opened, Match(tuple(var for var, _ in opened), (), wanted)), expected


# `if let some x := o then x else 0`
# Follows the macro of `termIfLet`.
def if_let(elab: Elaborator, node: s.IfLet, expected: Term | None) -> tuple[Term, Term]:
    """`if let p := e then a else b`."""
    fits = s.Alternative(((node.pattern,),), node.then, pos=node.pos)
    other = s.Alternative(((s.Hole(pos=node.pos),),), node.other, pos=node.pos)
    return matched(elab, [scrutinee(elab, node.value)], [None], [fits, other], expected)
