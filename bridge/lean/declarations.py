"""What a Lean file declares, as values: the statement as a tree, its place, and the scope it is read in."""

from __future__ import annotations

from dataclasses import dataclass, field

from leanmirror.bridge.lean.bodies import read_body
from leanmirror.bridge.lean.imports import Head
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.scopes import Environment, Scope
from leanmirror.bridge.lean.signatures import Signature, sign
from leanmirror.bridge.lean.syntax import Binder, Node
from leanmirror.bridge.lean.unread import Unread
from leanmirror.bridge.lean.variables import included, unclear
from leanmirror.spec.errors import Position


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a structure: `name binders : type := default`."""

    name: str
    kind: str
    binders: tuple[Binder, ...]
    type: Node | None
    default: Node | None
    docstring: str | None
    pos: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Constructor:
    """A constructor of an inductive type: `| name binders : type`."""

    name: str
    binders: tuple[Binder, ...]
    type: Node | None
    docstring: str | None
    pos: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the body: name as written, levels, binders, type; parts of a type's definition."""

    name: str
    name_pos: int
    levels: tuple[str, ...] | None = None
    binders: tuple[Binder, ...] = ()
    type: Node | None = None
    parents: tuple[Node, ...] = ()
    fields: tuple[Field, ...] = ()
    constructors: tuple[Constructor, ...] = ()
    deriving: tuple[str, ...] = ()
    constructor_name: str | None = None
    body_start: int = -1
    body_kind: str = ""


@dataclass(eq=False)
class Declaration:
    """One declaration of a Lean file.

    `binders` are those written in the statement; `included` those of `variable` lines that it uses.
    `statement` is the text as written, from after the name up to the body. When the statement cannot be read,
    `readable` is false, `reason` says why and `stopped` where. The body is read when asked for.
    """

    name: str
    kind: str
    module: str
    file: str
    start: int
    end: int
    source: Source = field(repr=False)
    scope: Scope = field(repr=False)
    header: Header
    statement: str = ""
    variables: tuple[Binder, ...] = field(default=(), repr=False)
    modifiers: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    docstring: str | None = field(default=None, repr=False)
    anonymous: bool = False
    readable: bool = True
    reason: str | None = None
    stopped: Position | None = None
    forced: frozenset[str] = frozenset()
    omitted: tuple[Binder, ...] = ()
    environment: Environment = field(default_factory=Environment, repr=False)
    exported: bool = True
    old_variables: bool = False
    doubt: Unread | None = field(default=None, repr=False)
    _included: tuple[Binder, ...] | None = field(default=None, repr=False)
    _body: Node | Unread | None = field(default=None, repr=False)
    _signature: Signature | None = field(default=None, repr=False)

    @property
    def line(self) -> int:
        """The line of the keyword that declares it, from 1."""
        return self.source.position(self.start).line

    @property
    def column(self) -> int:
        """The column of that keyword, from 1."""
        return self.source.position(self.start).column

    @property
    def private(self) -> bool:
        """Whether other files cannot name it."""
        return "private" in self.modifiers or not self.exported

    @property
    def protected(self) -> bool:
        """Whether its last component alone does not name it."""
        return "protected" in self.modifiers

    @property
    def type(self) -> Node | None:
        """The type as written; None when the text leaves it out."""
        return self.header.type

    @property
    def binders(self) -> tuple[Binder, ...]:
        """The binders written in the statement."""
        return self.header.binders

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of a structure."""
        return self.header.fields

    @property
    def constructors(self) -> tuple[Constructor, ...]:
        """The constructors of an inductive type."""
        return self.header.constructors

    @property
    def included(self) -> tuple[Binder, ...]:
        """The `variable` binders that belong to the statement, one variable each, in their order."""
        if self._included is None:
            self._included = included(self)
        return self._included

    @property
    def unclear(self) -> tuple[str, ...]:
        """The variables that a proof by tactics may use unnamed, where those that it uses are included."""
        return unclear(self)

    @property
    def all_binders(self) -> tuple[Binder, ...]:
        """All binders of the statement: those of `variable` lines first."""
        return self.included + self.header.binders

    @property
    def body(self) -> Node | Unread | None:
        """The body as a tree; Unread with the reason when it is no term; None when there is none."""
        if self._body is None and self.header.body_start >= 0:
            self._body = read_body(self)
        return self._body

    @property
    def _signed(self) -> Signature:
        if self._signature is None:
            self._signature = sign(self)
        return self._signature

    @property
    def signature(self) -> str:
        """The statement in normal form: with `variable` binders, names in full where scopes resolve them."""
        return self._signed.text

    @property
    def digest(self) -> str:
        """`v1:sha256…` of the kind-independent normal form."""
        return self._signed.digest

    def position(self, node: Node | int) -> Position:
        """The line and column of a node of this declaration."""
        return self.source.position(node if isinstance(node, int) else node.pos)


@dataclass(frozen=True, eq=False)
class LeanFile:
    """One Lean file: module, head, declarations, what could not be read."""

    module: str
    file: str
    head: Head
    declarations: tuple[Declaration, ...]
    unread: tuple[Unread, ...]
    scope: Scope
