"""The names that statements use, with their types: Lean name → Declared, elaborated when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from leanmirror.bridge.core.term import App, BinderKind, Const, Lam, Pi, Sort, Term, Var

if TYPE_CHECKING:
    from leanmirror.bridge.core.errors import IllTyped
    from leanmirror.spec.errors import PositionedError, Unsupported

Kind = Literal[
    "axiom", "def", "abbrev", "instance", "theorem", "type", "class", "constructor", "projection", "recursor"
]


@dataclass(frozen=True)
class Declared:
    """A constant: its type as a telescope of Pi, and what unfolding it gives.

    `body` is a function of the same telescope, there for abbreviations and definitions that types depend on.
    `opaque` says that there is a body, but not here: then nothing is concluded from two terms being apart.
    `defaults` are the default values of parameters, by position, as functions of the parameters before.
    `why` says why it is opaque. `interpreted`: the body is that of a text, not one of our own prelude.
    `parent` is the type that a constructor, projection or recursor belongs to, `index` its number there.
    """

    name: str
    kind: Kind
    type: Term
    body: Term | None = None
    opaque: bool = False
    defaults: dict[int, Term] = field(default_factory=dict)
    parent: str = ""
    index: int = 0
    height: int = 0
    why: Unsupported | IllTyped | None = None
    interpreted: bool = False

    @cached_property
    def kinds(self) -> tuple[BinderKind, ...]:
        """How the parameters are given."""
        found: list[BinderKind] = []
        type_ = self.type
        while isinstance(type_, Pi):
            found.append(type_.kind)
            type_ = type_.body
        return tuple(found)

    @cached_property
    def arity(self) -> int:
        """How many arguments unfolding needs."""
        count, body = 0, self.body
        while isinstance(body, Lam):
            count, body = count + 1, body.body
        return count

    @cached_property
    def recursion(self) -> int | None:
        """The parameter on which the body is a recursion, so that it unrolls; None for any other body."""
        variables: list[int] = []
        body = self.body
        while isinstance(body, Lam):
            variables.append(body.var.id)
            body = body.body
        if not isinstance(body, App) or not isinstance(body.fn, Const) or not body.fn.name.endswith(".rec"):
            return None
        major = body.args[-1]
        return variables.index(major.id) if isinstance(major, Var) and major.id in variables else None

    @property
    def reducible(self) -> bool:
        """Whether Lean unfolds it everywhere."""
        return self.kind in ("abbrev", "instance")

    @cached_property
    def makes_types(self) -> bool:
        """Whether it gives types when applied."""
        type_ = self.type
        while isinstance(type_, Pi):
            type_ = type_.body
        return isinstance(type_, Sort)


@dataclass(frozen=True)
class Family:
    """An inductive type: its parameters, constructors, and, of a structure, fields and parents.

    `parents` pairs each parent structure with the field that holds it. `outs` are the positions of the
    parameters of a class that the others decide.
    """

    name: str
    params: int
    constructors: tuple[str, ...]
    fields: tuple[str, ...] = ()
    parents: tuple[tuple[str, str], ...] = ()
    outs: frozenset[int] = frozenset()
    is_structure: bool = False
    is_class: bool = False


class Environment:
    """All declared names. Lookups are by full name and are remembered.

    `found` holds the instances of goals that any statement may have, with numbered variables.
    """

    def __init__(self) -> None:
        self.known: dict[str, Declared | None] = {}
        self.families: dict[str, Family] = {}
        self.found: dict[Term, Term | None] = {}

    def lookup(self, name: str) -> Declared | None:
        """The constant of that full name; None where there is none."""
        return self.known.get(name)

    @property
    def busy(self) -> bool:
        """Whether a declaration is being elaborated: then not every name can be looked up yet."""
        return False

    def family(self, name: str) -> Family | None:
        """The inductive type of that full name; None where there is none."""
        return self.families.get(name) if self.lookup(name) is not None else None

    def completed(self, declared: Declared) -> Declared:
        """The constant with its body, where that can be had."""
        return declared

    def failure(self, name: str) -> PositionedError | None:
        """Why a name that is declared has no constant; None where that is not known."""
        return None

    def recursive(self, constructor: str) -> tuple[bool, ...]:
        """Which fields of a constructor are of the type itself."""
        return ()

    def instances(self, class_name: str) -> tuple[Declared, ...]:
        """The instances of a class, the ones declared last first."""
        return ()

    def lost_instance(self, class_name: str) -> str:
        """An instance of a class that is declared and not understood; empty where there is none."""
        return ""
