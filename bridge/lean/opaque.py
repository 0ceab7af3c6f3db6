"""Blocks that are kept as tokens: tactics, `do`, `calc` and quotations. Where they end is found by layout."""

from __future__ import annotations

from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.operators import LEAD_PREC
from leanmirror.bridge.lean.syntax import Node, Opaque
from leanmirror.bridge.lean.tokens import BAD, CLOSERS, END, MIDLINE, OPEN_TO_CLOSE, SYMBOL, WORD

_BINDING = frozenset("∀ ∃ ∃! ∑ ∏ ∫ ⨆ ⨅ ⋃ ⋂ ∀ᶠ ∃ᶠ ∀ᵐ Σ".split())
_TYPED = frozenset(
    "have let set obtain suffices show haveI letI generalize fun rcases if match change intro".split()
)
_OPENERS = frozenset(OPEN_TO_CLOSE) | {"`(", "`["}
_CLOSERS = CLOSERS | {"]'"}


class Blocks(Cursor):
    """The rules for opaque blocks."""

    def tactics(self) -> tuple[Node, int]:
        """`by …`."""
        return self._block("by"), LEAD_PREC

    def calculation(self) -> tuple[Node, int]:
        """`calc …`."""
        return self._block("calc"), LEAD_PREC

    def do(self) -> Node:
        """`do …`."""
        return self._block("do")

    def quotation(self) -> Node:
        """`` `(…) ``: everything up to the matching bracket."""
        start = self.tok[2]
        words = [self.advance()[1]]
        depth = 1
        while depth:
            if self.tok[0] == END:
                self.fail("expected the end of a quotation")
            if self.tok[0] == SYMBOL:
                depth += (self.tok[1] in _OPENERS) - (self.tok[1] in _CLOSERS)
            words.append(self.advance()[1])
        return Opaque("quotation", " ".join(words), self.last_end, pos=start)

    def _block(self, key: str) -> Node:
        start = self.advance()[2]
        least = self.column
        if key == "do" and self.tok[4] != MIDLINE:
            least = max(least, self.tok[4] - 1)
        words: list[str] = []
        nesting = commas = branches = 0
        typed = False
        while True:
            kind, text, _, _, column = self.tok
            if kind == END:
                break
            if kind == BAD:
                self.fail("expected a tactic")
            if kind in (SYMBOL, WORD):
                if text in _OPENERS:
                    nesting += 1
                elif text in _CLOSERS:
                    if nesting == 0:
                        break
                    nesting -= 1
                elif nesting == 0:
                    if text in _BINDING:
                        commas += 1
                    elif text == "," and key == "by":
                        if commas == 0:
                            break
                        commas -= 1
                    elif text == ":" and key == "by" and not typed and not commas:
                        break
                    elif text == "if":
                        branches += 1
                    elif text in ("then", "else") and text == "else" and key != "do":
                        if branches == 0:
                            break
                        branches -= 1
                    elif text == "then" and branches == 0:
                        break
                    typed = typed or text in _TYPED
            if nesting == 0 and column <= least and words:
                break
            words.append(self.advance()[1])
        if not words:
            self.fail(f"expected something after '{key}'")
        return Opaque(key, " ".join(words), self.last_end, pos=start)
