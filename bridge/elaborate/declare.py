"""Declarations to constants: definitions, theorems, axioms and instances, and through families all types."""

from __future__ import annotations

from leanmirror.bridge.core.environment import Declared, Kind
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.pending import NOTHING
from leanmirror.bridge.core.substitute import subterms
from leanmirror.bridge.core.term import Const, Term
from leanmirror.bridge.elaborate.binders import bind_groups
from leanmirror.bridge.elaborate.check import check, type_of
from leanmirror.bridge.elaborate.families import Families, Product
from leanmirror.bridge.elaborate.finish import closed, finish
from leanmirror.bridge.elaborate.lets import by_cases
from leanmirror.bridge.elaborate.statement import Binding
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.unread import Unread
from leanmirror.spec.errors import Unsupported

KINDS: dict[str, Kind] = {
    "axiom": "axiom", "opaque": "axiom", "theorem": "theorem", "lemma": "theorem", "def": "def",
    "abbrev": "abbrev", "instance": "instance",
}  # fmt: skip


class Declarer(Families):
    """Turns one declaration into constants."""

    def declare(self) -> None:
        """Make the constants known. Raises Unsupported or IllTyped."""
        kind = self.declaration.kind
        if kind in ("structure", "class"):
            self.structure()
        elif kind in ("inductive", "coinductive"):
            self.inductive()
        else:
            self.register(Product([self._definition()]))

    def _definition(self) -> Declared:
        declaration, elab = self.declaration, self.elaborator
        kind: Kind = KINDS[declaration.kind]
        attributes = declaration.attributes
        if kind == "def" and "reducible" in attributes:
            kind = "abbrev"
        if kind == "axiom" and "instance" in attributes:
            kind = "instance"
        bound = bind_groups(elab, declaration.all_binders)
        body: Term | None = None
        why: Unsupported | IllTyped | None = None
        if declaration.type is not None:
            type_ = type_of(elab, declaration.type)
        else:
            body, type_ = elab.term(self._body(), None)
        finish(elab)
        whole = closed(elab, self.pi(bound, type_), self.name)
        has_body = kind in ("def", "abbrev", "instance") and self._has_body()
        if body is None and has_body and (self.bodies or kind != "def"):
            self.register(Product([Declared(self.name, kind, whole, None, True)]))  # it may call itself
            body, why = self._checked_body(elab.ctx.zonk(type_))
        value = None if body is None else closed(elab, self.lam(bound, body), self.name)
        defaults = self._defaults(bound)
        opaque = has_body and value is None
        height = self._height(value)
        return Declared(
            self.name,
            kind,
            whole,
            value,
            opaque,
            defaults,
            height=height,
            why=why,
            interpreted=self.interpreted,
        )

    def _checked_body(self, type_: Term) -> tuple[Term | None, Unsupported | IllTyped | None]:
        """The body; None and the reason when it is beyond us: then the definition is opaque."""
        elab = self.elaborator
        elab.lenient = True
        try:
            body = by_cases(elab, self._body(), type_)
            finish(elab)
            return closed(elab, body, self.name), None
        except (Unsupported, IllTyped) as error:
            elab.ctx.pending = NOTHING
            return None, error
        finally:
            elab.lenient = False

    def _has_body(self) -> bool:
        return self.declaration.header.body_start >= 0

    def _body(self) -> s.Node:
        body = self.declaration.body
        if not isinstance(body, s.Node):
            if isinstance(body, Unread):
                raise Unsupported(body.reason, body.position, "syntax")
            self.elaborator.ctx.unsupported(f"the body of {self.name}")
        return body

    def _height(self, body: Term | None) -> int:
        if body is None:
            return 0
        heights = [
            declared.height
            for item in subterms(body)
            if isinstance(item, Const) and (declared := self.elaborator.ctx.env.lookup(item.name)) is not None
        ]
        return 1 + max(heights, default=0)

    def _defaults(self, bound: list[Binding]) -> dict[int, Term]:
        """The default values of parameters, each a function of the parameters before."""
        found: dict[int, Term] = {}
        index = 0
        for group in self.declaration.all_binders:
            for _ in group.names or ("",):
                if group.default is not None:
                    found[index] = self._default(bound[:index], bound[index], group.default)
                index += 1
        return found

    def _default(self, before: list[Binding], parameter: Binding, node: s.Node) -> Term:
        elab = self.elaborator
        value = check(elab, node, elab.ctx.zonk(parameter.type))
        finish(elab)
        return closed(elab, self.lam(before, value), self.name)
