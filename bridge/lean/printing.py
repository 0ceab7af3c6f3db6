"""What all rules of printing share: precedence, parentheses, the scope of variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.notations import NO_NOTATIONS, Notations
from leanmirror.bridge.lean.operators import BIG_OPERATORS, BY_KEY, LEAD_PREC, MAX_PREC

_OPEN = {"explicit": ("(", ")"), "implicit": ("{", "}"), "strict": ("⦃", "⦄"), "instance": ("[", "]")}
_OPEN_FORMS = frozenset(
    (
        s.Fun,
        s.Forall,
        s.Exists,
        s.Let,
        s.Show,
        s.Suffices,
        s.If,
        s.IfLet,
        s.Scoped,
        s.Where,
        s.Local,
        s.FieldValue,
    )
)


class Printer:
    """Prints nodes by the rules of their kinds; `bound` counts the variables in scope.

    A subclass may spell free names in another way.
    """

    RULES: ClassVar[Mapping[type[s.Node], Callable[..., str]]] = {}

    def __init__(self, notations: Notations = NO_NOTATIONS) -> None:
        self.notations = notations
        self.bound: dict[str, int] = {}
        self.tail = True

    def free(self, name: str) -> str:
        """How a name is spelled that no binder around it binds."""
        return name

    def show(self, node: s.Node, prec: int = 0, tail: bool = True) -> str:
        """The text of a node, in parentheses where its precedence is below `prec`; `tail`: it comes last."""
        kind = type(node)
        closed = (tail and prec < LEAD_PREC) if kind in _OPEN_FORMS else level(node, self.notations) >= prec
        before, self.tail = self.tail, tail or not closed
        text = self.RULES[kind](self, node)
        self.tail = before
        return text if closed else f"({text})"

    def notation(self, node: s.Notation) -> str:
        """The text of a use of a declared notation."""
        operands = iter(node.args)
        return " ".join(self.atom(next(operands)) if item == "_" else item for item in node.key.split(" "))

    def atom(self, node: s.Node) -> str:
        """The text of a node as an argument."""
        return self.show(node, MAX_PREC, False)

    def listed(self, nodes: Iterable[s.Node]) -> str:
        """Nodes separated by commas."""
        return ", ".join(self.show(node, 1, False) for node in nodes)

    def bind(self, names: Iterable[str]) -> list[str]:
        """Bring variables into scope; give the result to `release` when they leave it."""
        found = [name for name in names if name != "_"]
        for name in found:
            self.bound[name] = self.bound.get(name, 0) + 1
        return found

    def release(self, names: Iterable[str]) -> None:
        """Take variables out of scope."""
        for name in names:
            self.bound[name] -= 1

    def name(self, name: str) -> str:
        """A name: as it is when a binder binds its first component."""
        head = name.partition(".")[0]
        return name if self.bound.get(head) else self.free(name)

    def binder(self, group: s.Binder, *, bracket: bool = False) -> str:
        """A binder group; its variables are not in scope inside it. Bare names stay bare unless `bracket`."""
        if group.pattern is not None and (group.relation, group.type) == (None, None):
            return self.atom(group.pattern)
        names = " ".join(group.names) if group.pattern is None else self.atom(group.pattern)
        if group.relation is not None and group.bound is not None:
            return f"{names} {group.relation} {self.show(group.bound, 51, False)}"
        if group.kind == "explicit" and group.type is None and group.default is None and not bracket:
            return names
        open_, close = _OPEN[group.kind]
        type_ = "" if group.type is None else self.show(group.type)
        inner = f"{names} : {type_}" if names and type_ else names + type_
        default = "" if group.default is None else f" := {self.show(group.default)}"
        return f"{open_}{inner}{default}{close}"

    def binders(self, groups: Iterable[s.Binder]) -> tuple[str, list[str]]:
        """Binder groups, each in the scope of those before it, and the variables to release afterwards."""
        texts: list[str] = []
        names: list[str] = []
        for group in groups:
            texts.append(self.binder(group))
            names += self.bind(binder_names(group))
        return " ".join(texts), names


def level(node: s.Node, notations: Notations = NO_NOTATIONS) -> int:
    """The precedence of a node that is no open form."""
    if isinstance(node, s.App):
        return LEAD_PREC
    if isinstance(node, s.Infix | s.Postfix):
        return BY_KEY[False, node.op].prec
    if isinstance(node, s.Prefix):
        return BY_KEY[True, node.op].prec
    if isinstance(node, s.Arrow):
        return 25
    if isinstance(node, s.Big):
        return max(BIG_OPERATORS[node.key] - 1, 0)  # the body takes operators as loose as it is
    if isinstance(node, s.Sort):
        return MAX_PREC if node.level in (None, "*") else LEAD_PREC
    if isinstance(node, s.Notation):
        definition = notations.by_key.get(node.key)
        return 0 if definition is None else definition.prec
    return MAX_PREC


def binder_names(group: s.Binder) -> tuple[str, ...]:
    """The variables that a group binds."""
    return group.names if group.pattern is None else tuple(pattern_names(group.pattern))


def pattern_names(pattern: s.Node) -> list[str]:
    """The names that a pattern may bind: those that stand alone, without arguments."""
    found: list[str] = []
    pending: list[s.Node] = [pattern]
    while pending:
        node = pending.pop()
        if isinstance(node, s.Ident):
            if "." not in node.name:
                found.append(node.name)
        elif isinstance(node, s.App):
            pending.extend(node.args)
        elif isinstance(node, s.Ascription):
            pending.append(node.term)
        elif isinstance(node, s.FieldValue) and node.value is None:
            found.append(node.name)
        else:
            found += [node.name] if isinstance(node, s.AsPattern) else []
            pending.extend(s.children(node))
    return found
