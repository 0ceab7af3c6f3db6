"""A statement taken apart: its variables and hypotheses in order, and what remains to be claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from leanmirror.bridge.compile import certificates
from leanmirror.bridge.compile.compiler import Closure, Compiler, constant
from leanmirror.bridge.compile.conclusions import membership, simpler
from leanmirror.bridge.compile.contracts import CONTRACTS
from leanmirror.bridge.compile.definitions import Definition, definitions
from leanmirror.bridge.compile.hypotheses import conjuncts
from leanmirror.bridge.compile.instances import said
from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import fresh, head_name
from leanmirror.bridge.core.show import Shower
from leanmirror.bridge.core.term import Pi, Sort, Term, Var
from leanmirror.spec.judge.types import RealT, SizedT, Value

UNNAMED = ("", "_", "a")
"""What hypotheses are called that the text does not name: those of arrows are `a`."""


@dataclass(slots=True)
class Reader:
    """A statement taken apart: its variables and hypotheses in order."""

    compiler: Compiler
    sizes: Mapping[int, SizedT]
    variables: list[tuple[Var, Closure, Term | None]] = field(default_factory=list)
    hypotheses: list[tuple[str, Term]] = field(default_factory=list)
    fixed: dict[int, Value] = field(default_factory=dict)
    arguments: list[int | None] = field(default_factory=list)
    certified: list[tuple[Var, Term]] = field(default_factory=list)
    defined: list[Definition] = field(default_factory=list)
    taken: list[tuple[str, Term]] = field(default_factory=list)
    concluded: list[Term] = field(default_factory=list)
    determined: frozenset[str] = frozenset()

    def bind(self, var: Var, type_: Term, kind: str, *, prop: bool) -> None:
        """One binder of the statement."""
        self.compiler.types.of_var[var.id] = type_
        if kind == "instance":
            found = said(self.compiler.constants, type_, var, self.fixed.keys() | self.sizes.keys())
            called = f"[{Shower(self.compiler.constants).show(type_)}]"
            self.hypotheses += [(called, part) for each in found for part in self._parts(each)]
            return
        self.arguments.append(None if prop else var.id)
        if prop:
            self.hypotheses += [(self._called(var, type_), part) for part in self._parts(type_)]
        elif isinstance(type_, Sort) and type_.level:
            self._type_variable(var)
        elif var.id in self.sizes:
            self.variables.append((var, constant(self.sizes[var.id]), type_))
        elif head_name(type_) in certificates.CERTIFICATES:
            self.certified.append((var, type_))
        else:
            self.variables.append((var, self.compiler.compile(type_), type_))

    def _called(self, var: Var, type_: Term) -> str:
        """A hypothesis by its name, or by what it says where it has none."""
        return var.name if var.name not in UNNAMED else Shower(self.compiler.constants).show(type_)

    def _parts(self, assumed: Term) -> Iterator[Term]:
        """The conjuncts of a hypothesis, memberships of intervals written out."""
        for part in conjuncts(assumed):
            plain = membership(self.compiler, part)
            if plain is None:
                yield part
            else:
                yield from self._parts(plain)

    def define(self) -> None:
        """Take the variables that hypotheses define from those that are drawn."""
        if any(type_ is None for _, _, type_ in self.variables):
            return  # nodes and graphs of contracts: what is drawn for them speaks of the others
        kept = {var for _, type_ in self.certified for var in free(type_)} | self.sizes.keys()
        types = {v.id: (v, t) for v, _, t in self.variables if t is not None and v.id not in kept}
        self.defined, remaining = definitions(self.compiler, self.hypotheses, types)
        left = [id(term) for _, term in remaining]
        self.taken = [each for each in self.hypotheses if id(each[1]) not in left]
        self.hypotheses = remaining
        gone = {each.var.id for each in self.defined}
        self.variables = [each for each in self.variables if each[0].id not in gone]

    def _type_variable(self, var: Var) -> None:
        self.fixed[var.id] = RealT()
        self.arguments.pop()

    def draw(self, name: str, of_type: Closure) -> Var:
        """One more variable, of a type that is no term."""
        var = fresh(name)
        self.variables.append((var, of_type, None))
        return var

    def conclude(self, term: Term) -> Term:
        """The conclusion below its `∀`s and hypotheses; an equality of functions is one of their values."""
        while True:
            if isinstance(term, Pi):
                prop = self.compiler.types.is_prop(term.type)
                if not prop and self._finite(term):
                    break
                self.bind(term.var, term.type, term.kind, prop=prop)
                term = term.body
                continue
            next_ = None if head_name(term) in CONTRACTS else simpler(self.compiler, term)
            if next_ is None:
                break
            term = next_
        self.concluded.append(term)
        return term

    def _finite(self, term: Term) -> bool:
        """What follows quantifies over indices only; then all of them are tried, even if there are none."""
        while isinstance(term, Pi):
            self.compiler.types.of_var[term.var.id] = term.type
            prop = self.compiler.types.is_prop(term.type)
            if not prop and self.compiler.types.fin(term.type) is None:
                return False
            term = term.body
        return simpler(self.compiler, term) is None and head_name(term) not in CONTRACTS
