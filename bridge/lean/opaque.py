"""Blocks that are kept as tokens: tactics, `do`, `calc` and quotations. Where they end is found by layout."""

from __future__ import annotations

from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.operators import LEAD_PREC
from leanmirror.bridge.lean.syntax import Node, Opaque
from leanmirror.bridge.lean.tokens import (
    BAD,
    CLOSERS,
    END,
    IDENT,
    MIDLINE,
    OPEN_TO_CLOSE,
    SYMBOL,
    WORD,
    words,
)

_BINDING = words("∀ ∃ ∃! ∑ ∏ ∫ ⨆ ⨅ ⋃ ⋂ ∀ᶠ ∃ᶠ ∀ᵐ Σ")
_SIMPLE = words(
    """simp simpa decide rfl norm_num omega ring ring_nf positivity exact trivial assumption infer_instance
    linarith nlinarith aesop simp_all native_decide tauto rw unfold norm_cast push_cast grind field_simp"""
)
"""Tactics that take no colon: after one of them a colon outside brackets is that of an ascription."""
_TYPED = words("have let set obtain suffices show haveI letI fun if match")
_LISTING = words("match rcases use exists cases induction generalize obtain rename_i")
"""Tactics that take commas outside brackets."""
_OPENERS = frozenset(OPEN_TO_CLOSE) | {"`(", "`["}
_CLOSERS = CLOSERS | {"]'"}


class _Block:
    """What has been seen of a block, to tell the token that ends it, whatever the line breaks are."""

    def __init__(self, key: str, first: str) -> None:
        self.key = key
        self.simple = first in _SIMPLE
        self.typed = self.listing = False
        self.nesting = self.commas = self.branches = 0

    def ends(self, text: str) -> bool:
        """Whether a symbol or word ends the block; it counts as seen otherwise."""
        if text in _OPENERS:
            self.nesting += 1
            return False
        if text in _CLOSERS:
            self.nesting -= 1
            return self.nesting < 0
        return self.nesting == 0 and (self._ends_branch(text) or (self.key == "by" and self._ends_item(text)))

    def _ends_branch(self, text: str) -> bool:
        """`then` and `else` end the block where it has no `if` for them."""
        if text == "if":
            self.branches += 1
        elif text == "then":
            return self.branches == 0
        elif text == "else" and self.key != "do":
            self.branches -= 1
            return self.branches < 0
        return False

    def _ends_item(self, text: str) -> bool:
        """A comma ends it outside quantifiers and lists, a colon after tactics that take none."""
        if text == "," and not self.listing:
            self.commas -= 1
            return self.commas < 0
        if text == ":" and self.simple and not self.typed and not self.commas:
            return True
        self.commas += text in _BINDING
        self.typed = self.typed or text in _TYPED
        self.note(text)
        return False

    def note(self, text: str) -> None:
        """Note a word of a tactic."""
        self.listing = self.listing or text in _LISTING


def tactics(p: Cursor) -> tuple[Node, int]:
    """`by …`."""
    return block(p, "by", p.advance()[2]), LEAD_PREC


def calculation(p: Cursor) -> tuple[Node, int]:
    """`calc …`."""
    return block(p, "calc", p.advance()[2]), LEAD_PREC


def do(p: Cursor) -> Node:
    """`do …`."""
    return block(p, "do", p.advance()[2])


def quotation(p: Cursor) -> Node:
    """`` `(…) ``: everything up to the matching bracket."""
    start = p.tok[2]
    found = [p.advance()[1]]
    depth = 1
    while depth:
        if p.tok[0] == END:
            p.fail("expected the end of a quotation")
        if p.tok[0] == SYMBOL:
            depth += (p.tok[1] in _OPENERS) - (p.tok[1] in _CLOSERS)
        found.append(p.advance()[1])
    return Opaque("quotation", " ".join(found), p.last_end, pos=start)


def block(p: Cursor, key: str, start: int) -> Node:
    """The tokens of a block, from after the word that introduces it."""
    least = p.column
    if key == "do" and p.tok[4] != MIDLINE:
        least = max(least, p.tok[4] - 1)
    state = _Block(key, p.tok[1])
    found: list[str] = []
    while p.tok[0] != END:
        kind, text, _, _, column = p.tok
        if kind == BAD:
            p.fail("expected a tactic")
        if state.nesting == 0 and column <= least and found:
            break
        if kind in (SYMBOL, WORD) and state.ends(text):
            break
        if kind == IDENT and state.nesting == 0:
            state.note(text)
        found.append(p.advance()[1])
    if state.nesting > 0:
        p.fail("expected a closing bracket")
    if not found:
        p.fail(f"expected something after '{key}'")
    return Opaque(key, " ".join(found), p.last_end, pos=start)
