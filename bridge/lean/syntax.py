"""The tree of a Lean term: frozen nodes, each with the offset of its first token; equality ignores offsets.

Every node is a value: what a later reader needs stands in its fields, nothing refers back to the text.
`Source.position` and `Declaration.position` turn an offset into line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal

BinderKind = Literal["explicit", "implicit", "strict", "instance"]


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all nodes; `pos` is the offset of the first token in the text."""

    pos: int = field(default=-1, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Ident(Node):
    """A dotted name as written (`x.fst`, `_root_.f`, `«a b».c`), `@name` when explicit, `name.{u, v}`."""

    name: str
    explicit: bool = False
    levels: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Dot(Node):
    """`.dim`: a name that the expected type completes."""

    name: str


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A natural numeral, exact."""

    value: int


@dataclass(frozen=True, slots=True)
class Decimal(Node):
    """A scientific numeral: mantissa · 10^exponent, exact, with no trailing zero in the mantissa."""

    mantissa: int
    exponent: int


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A string or character literal as written, prefix and quotes included."""

    text: str


@dataclass(frozen=True, slots=True)
class Hole(Node):
    """`_`, or `?x` and `?_` with a name."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class Cdot(Node):
    """`·`, the argument of the nearest Section."""


@dataclass(frozen=True, slots=True)
class Section(Node):
    """`(· + 1)`: a function of the dots inside, left to right."""

    body: Node


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A notation without operands: `∅`, `⊤`, `∇`; `(↑)` for an arrow used as a function."""

    key: str


@dataclass(frozen=True, slots=True)
class Sort(Node):
    """`Prop`, `Type`, `Sort`; the level as written, `*` for `Type*`, None when there is none."""

    kind: Literal["Prop", "Type", "Sort"]
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Named(Node):
    """`(m := m)`, an argument given by name; only among the arguments of App."""

    name: str
    value: Node


@dataclass(frozen=True, slots=True)
class Rest(Node):
    """`..` as the last argument, in a pattern or application."""


@dataclass(frozen=True, slots=True)
class App(Node):
    """Application; `f <| x`, `f $ x` and `x |> f` are read as applications too."""

    fn: Node
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Proj(Node):
    """`e.1` or `e.name` after anything but a plain name (there the name holds it)."""

    term: Node
    field: str


@dataclass(frozen=True, slots=True)
class Explicit(Node):
    """`@` before anything but a name."""

    term: Node


@dataclass(frozen=True, slots=True)
class Prefix(Node):
    """A prefix operator by its key."""

    op: str
    arg: Node


@dataclass(frozen=True, slots=True)
class Postfix(Node):
    """A postfix operator by its key."""

    op: str
    arg: Node


@dataclass(frozen=True, slots=True)
class Infix(Node):
    """An operator between two operands; `parameter` is what `→L[ℝ]` holds in its brackets."""

    op: str
    left: Node
    right: Node
    parameter: Node | None = None


@dataclass(frozen=True, slots=True)
class Notation(Node):
    """A use of a notation that the text declares: the key of its definition, and the operands in order."""

    key: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Bracket(Node):
    """`|x|`, `‖x‖`, `⌊x⌋`, `⌈x⌉`, `‹p›`, `⟪x, y⟫` and `⟪x, y⟫_ℝ` (then 𝕜 is the last item)."""

    key: str
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Collection(Node):
    """`[a, b]`, `#[a, b]`, `![a, b]`, and `shape![a, b]`: the key is what stands before the items."""

    key: str
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """`!![a, b; c, d]`."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Anonymous(Node):
    """`⟨a, b⟩`, the constructor of the expected type."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Tuple(Node):
    """`(a, b)`, and `()` without items."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Ascription(Node):
    """`(e : T)`; `(e :)` has no type."""

    term: Node
    type: Node | None


@dataclass(frozen=True, slots=True)
class Index(Node):
    """`a[i]`, `a[i]!`, `a[i]?`, and `a[i]'h` with its proof."""

    term: Node
    index: Node
    mode: Literal["", "!", "?", "'"] = ""
    proof: Node | None = None


@dataclass(frozen=True, slots=True)
class Binder(Node):
    """A group of variables of one type: `(x y : T)`, `{n}`, `[C α]`, `(x : T := v)`, `x ∈ s`, or bare `x`.

    An anonymous variable is `_`; an instance without a name has no names. `relation` and `bound` are those of
    `∀ x ∈ s` and `∃ ε > 0`. `pattern` is there instead of names for `fun (x, y) =>`.
    """

    kind: BinderKind
    names: tuple[str, ...]
    type: Node | None = None
    default: Node | None = None
    relation: str | None = None
    bound: Node | None = None
    pattern: Node | None = None


@dataclass(frozen=True, slots=True)
class Fun(Node):
    """`fun binders => body`."""

    binders: tuple[Binder, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Forall(Node):
    """`∀ binders, body`; `(x : A) → B` is this too."""

    binders: tuple[Binder, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Exists(Node):
    """`∃ binders, body`, and `∃!`, `Σ`, `Σ'` by key."""

    key: str
    binders: tuple[Binder, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Arrow(Node):
    """`A → B`."""

    domain: Node
    codomain: Node


@dataclass(frozen=True, slots=True)
class Big(Node):
    """`∑ x ∈ s with p, body`, `∏`, `∫ x in s, body ∂μ`, `⨆`, `∀ᶠ x in l, body`."""

    key: str
    binders: tuple[Binder, ...]
    body: Node
    domain: Node | None = None
    condition: Node | None = None
    measure: Node | None = None


@dataclass(frozen=True, slots=True)
class SetBuilder(Node):
    """`{x : T | p}` and `{x ∈ s | p}`, key `|`; the subtype `{x : T // p}`, key `//`."""

    key: Literal["|", "//"]
    binder: Binder
    body: Node


@dataclass(frozen=True, slots=True)
class SetOf(Node):
    """`{f x | (x) (h : p x)}`: values of a term; and `{(x, y) | p}` with a pattern as term."""

    term: Node
    body: Node


@dataclass(frozen=True, slots=True)
class SetLiteral(Node):
    """`{a, b}`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class FieldValue(Node):
    """`name binders := value` in a structure instance; the bare `name` has no value."""

    name: str
    binders: tuple[Binder, ...]
    value: Node | None


@dataclass(frozen=True, slots=True)
class StructInst(Node):
    """`{ source with f := v, .. : T }`; `{}` is one without anything, and so is what follows `where`."""

    sources: tuple[Node, ...]
    fields: tuple[FieldValue, ...]
    rest: bool = False
    type: Node | None = None


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if c then a else b`, or `if h : c …` with a name."""

    name: str | None
    condition: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class IfLet(Node):
    """`if let pattern := value then a else b`."""

    pattern: Node
    value: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Let(Node):
    """`let pattern binders : type := value; body`, also `have`, `haveI`, `letI`, `let rec` by key.

    The pattern is an Ident for a plain variable and a Hole for `have : T := v`.
    """

    key: str
    pattern: Node
    binders: tuple[Binder, ...]
    type: Node | None
    value: Node
    body: Node


@dataclass(frozen=True, slots=True)
class Show(Node):
    """`show T from e`, `show T by …` (then the value is Opaque)."""

    type: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Suffices(Node):
    """`suffices h : T from e; body`."""

    name: str | None
    type: Node
    value: Node
    body: Node


@dataclass(frozen=True, slots=True)
class Alternative(Node):
    """`| p, q | p', q' => value`: alternatives of rows of patterns."""

    patterns: tuple[tuple[Node, ...], ...]
    value: Node


@dataclass(frozen=True, slots=True)
class Discriminant(Node):
    """`h : e` or `e` in a match."""

    name: str | None
    term: Node


@dataclass(frozen=True, slots=True)
class Match(Node):
    """`match discriminants with alternatives`."""

    discriminants: tuple[Discriminant, ...]
    alternatives: tuple[Alternative, ...]
    motive: Node | None = None


@dataclass(frozen=True, slots=True)
class FunMatch(Node):
    """`fun | p => v | …`; also a definition by equations."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class NoMatch(Node):
    """`nomatch x, y`; `nofun` is one without terms."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AsPattern(Node):
    """`x@pattern`."""

    name: str
    pattern: Node


@dataclass(frozen=True, slots=True)
class Scoped(Node):
    """`open A in e` and `set_option o v in e`: the command as written, and the term."""

    command: str
    body: Node


@dataclass(frozen=True, slots=True)
class Opaque(Node):
    """`by …`, `do …`, `calc …` or a quotation: its tokens, a space between two; `end` is the offset after."""

    key: str
    text: str
    end: int = field(default=-1, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Local(Node):
    """A local definition after `where`: `pattern binders : type := value`."""

    pattern: Node
    binders: tuple[Binder, ...]
    type: Node | None
    value: Node


@dataclass(frozen=True, slots=True)
class Where(Node):
    """A body with the local definitions that its `where` adds."""

    body: Node
    locals: tuple[Local, ...]


@dataclass(frozen=True, slots=True)
class Tactic(Node):
    """`by … refine term …`: the term that a tactic block gives, under the `let`s before it."""

    term: Node


_SLOTS: dict[type, tuple[str, ...]] = {}


def _slots(kind: type[Node]) -> tuple[str, ...]:
    found = _SLOTS.get(kind)
    if found is None:
        found = _SLOTS[kind] = tuple(f.name for f in fields(kind) if f.name not in ("pos", "end"))
    return found


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node, in the order of its fields."""
    for name in _slots(type(node)):
        yield from _nodes(getattr(node, name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything inside it, without recursion."""
    pending = [node]
    while pending:
        item = pending.pop()
        yield item
        pending.extend(reversed(list(children(item))))


def height(*roots: object) -> int:
    """How deep nodes are nested in a value, without recursion."""
    most = 0
    pending = [(root, 0) for root in roots]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, tuple):
            pending.extend((each, depth) for each in item)
        elif isinstance(item, Node):
            most = max(most, depth + 1)
            pending.extend((getattr(item, name), depth + 1) for name in _slots(type(item)))
        elif is_dataclass(item) and not isinstance(item, type):
            pending.extend((getattr(item, each.name), depth) for each in fields(item))
    return most
