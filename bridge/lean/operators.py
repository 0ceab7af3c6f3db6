"""The operators of Lean and Mathlib as data: one row each, with the precedences of their declarations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

MAX_PREC = 1024
LEAD_PREC = MAX_PREC - 1
MIN_PREC = 10

Fixity = Literal["infixl", "infixr", "infix", "prefix", "postfix"]


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: `key` names it in trees, `prec` is Lean's, `left` and `right` bind its operands.

    `left` is the least precedence that the left operand may have, `right` the least of the right one. An
    operator whose token ends with `[` holds a term up to `]`: `_` in its key. `lean` is the function meant.
    """

    key: str
    token: str
    fixity: Fixity
    prec: int
    left: int
    right: int
    lean: str

    @property
    def bracketed(self) -> bool:
        """Whether the operator holds a term of its own, as `→L[ℝ]` does."""
        return self.token.endswith("[")


def operator(fixity: Fixity, prec: int, token: str, lean: str = "", key: str = "") -> Operator:
    """A row of the table from Lean's own notation: `infixl:65 " + "`."""
    left = {"infixl": prec, "infixr": prec + 1, "infix": prec + 1, "prefix": 0, "postfix": prec}[fixity]
    right = {"infixl": prec + 1, "infixr": prec, "infix": prec + 1, "prefix": prec, "postfix": 0}[fixity]
    shown = key or (f"{token}_]" if token.endswith("[") else token)
    return Operator(shown, token, fixity, prec, left, right, lean)


def _rows(fixity: Fixity, rows: Iterable[tuple[int, str, str]]) -> list[Operator]:
    return [operator(fixity, prec, token, lean) for prec, token, lean in rows]


_INFIXL = (
    (65, "+", "HAdd.hAdd"), (65, "-", "HSub.hSub"), (70, "*", "HMul.hMul"), (70, "/", "HDiv.hDiv"),
    (70, "%", "HMod.hMod"), (65, "++", "HAppend.hAppend"), (35, "&&", "and"), (30, "||", "or"),
    (75, ">>>", "HShiftRight.hShiftRight"), (75, "<<<", "HShiftLeft.hShiftLeft"), (60, "&&&", "HAnd.hAnd"),
    (55, "|||", "HOr.hOr"), (58, "^^^", "HXor.hXor"), (55, ">>=", "Bind.bind"), (60, "<*>", "Seq.seq"),
    (60, "*>", "SeqRight.seqRight"), (60, "<*", "SeqLeft.seqLeft"), (65, "∪", "Union.union"),
    (70, "∩", "Inter.inter"), (68, "⊔", "Max.max"), (69, "⊓", "Min.min"), (80, "''", "Set.image"),
    (80, "⁻¹'", "Set.preimage"), (100, "⊗", "TensorProduct"), (100, "×ₖ", "ProbabilityTheory.Kernel.prod"),
)  # fmt: skip
_INFIXR = (
    (75, "^", "HPow.hPow"), (73, "•", "HSMul.hSMul"), (67, "::", "List.cons"), (35, "∧", "And"),
    (30, "∨", "Or"), (35, "×", "Prod"), (30, "⊕", "Sum"), (90, "∘", "Function.comp"),
    (20, "<|>", "HOrElse.hOrElse"), (60, ">>", "AndThen.andThen"), (55, "=<<", "Bind.bindLeft"),
    (100, "<$>", "Functor.map"), (75, "▸", "Eq.rec"), (82, "×ˢ", "SProd.sprod"),
    (73, "*ᵥ", "Matrix.mulVec"), (80, "∘ₗ", "LinearMap.comp"), (80, "∘L", "ContinuousLinearMap.comp"),
    (25, "→₀", "Finsupp"), (25, "↪", "Function.Embedding"), (25, "→+*", "RingHom"),
    (25, "→+", "AddMonoidHom"), (25, "→*", "MonoidHom"), (25, "→L[", "ContinuousLinearMap"),
    (25, "→ₗ[", "LinearMap"), (25, "→ₐ[", "AlgHom"), (25, "→SL[", "ContinuousLinearMap"),
    (25, "→ₗᵢ[", "LinearIsometry"),
)  # fmt: skip
_INFIX = (
    (50, "=", "Eq"), (50, "≠", "Ne"), (50, "≤", "LE.le"), (50, "<", "LT.lt"), (50, "≥", "GE.ge"),
    (50, ">", "GT.gt"), (50, "==", "BEq.beq"), (50, "!=", "bne"), (50, "∈", "Membership.mem"),
    (50, "∉", "Membership.mem"), (50, "⊆", "HasSubset.Subset"), (50, "⊂", "HasSSubset.SSubset"),
    (50, "∣", "Dvd.dvd"), (20, "↔", "Iff"), (70, "\\", "SDiff.sdiff"), (25, "≃", "Equiv"),
    (25, "≃+*", "RingEquiv"), (25, "≃+", "AddEquiv"), (25, "≃*", "MulEquiv"), (25, "≃ₜ", "Homeomorph"),
    (25, "≃ᵢ", "IsometryEquiv"), (25, "≃o", "OrderIso"), (25, "≃ₗ[", "LinearEquiv"),
    (25, "≃L[", "ContinuousLinearEquiv"), (25, "≃ₗᵢ[", "LinearIsometryEquiv"), (25, "≃ₐ[", "AlgEquiv"),
    (50, "=ᵐ[", "Filter.EventuallyEq"), (50, "≤ᵐ[", "Filter.EventuallyLE"),
    (50, "=ᶠ[", "Filter.EventuallyEq"), (50, "≤ᶠ[", "Filter.EventuallyLE"), (50, "≈", "HasEquiv.Equiv"),
    (50, "<+", "List.Sublist"), (50, "<+:", "List.IsPrefix"), (50, "≅", "CategoryTheory.Iso"),
    (50, "≡", ""),
)  # fmt: skip
_PREFIX = (
    (75, "-", "Neg.neg"), (40, "¬", "Not"), (40, "!", "not"), (MAX_PREC, "↑", "Coe.coe"),
    (MAX_PREC, "⇑", "DFunLike.coe"), (MAX_PREC, "↥", "CoeSort.coe"), (100, "√", "Real.sqrt"),
    (100, "~~~", "Complement.complement"), (MAX_PREC, "#", "Finset.card"), (MAX_PREC, "@&", "borrowed"),
)  # fmt: skip
_POSTFIX = (
    (MAX_PREC, "⁻¹", "Inv.inv"), (MAX_PREC, "ᵀ", "Matrix.transpose"), (MAX_PREC, "!", "Nat.factorial"),
    (MAX_PREC, "ᴴ", "Matrix.conjTranspose"), (MAX_PREC, "ᶜ", "Compl.compl"),
    (1000, "†", "ContinuousLinearMap.adjoint"),
)  # fmt: skip

OPERATORS: tuple[Operator, ...] = (
    *_rows("infixl", _INFIXL),
    *_rows("infixr", _INFIXR),
    *_rows("infix", _INFIX),
    operator("infixr", 80, "∘SL", "ContinuousLinearMap.comp"),
    operator("infixr", MIN_PREC, "<|"),
    operator("infixl", MIN_PREC, "|>"),
    operator("infixl", 73, "ᵥ*", "Matrix.vecMul"),
    operator("infixl", 72, "⬝ᵥ", "dotProduct"),
    *_rows("prefix", _PREFIX),
    *_rows("postfix", _POSTFIX),
)

ASCII = {"->": "→", "<->": "↔", "<=": "≤", ">=": "≥", "/\\": "∧", "\\/": "∨", "↦": "=>", "λ": "fun"}
"""Spellings that mean the same; trees hold the second."""

APPLIED_AT_MAX = frozenset({"¬", "!", "↑", "⇑", "↥", "#"})
"""Prefix operators that are `max` as a whole, so that they can be arguments whatever their operand takes."""

CONSTANTS = frozenset(("∅", "⊤", "⊥", "∞", "∇", "𝟙"))
"""Notations without operands."""

BIG_OPERATORS: dict[str, int] = {
    "∑": 67, "∏": 67, "∑'": 67, "∏'": 67, "∫": 60, "⨆": 60, "⨅": 60, "⋃": 60, "⋂": 60, "∀ᶠ": 0, "∃ᶠ": 0,
    "∀ᵐ": 0, "∃ᵐ": 0, "⨁": 67, "⨂": 67,
}  # fmt: skip
"""Operators that bind variables, with the precedence at which their body is read."""

BRACKETS: dict[str, tuple[str, ...]] = {
    "‖": ("‖", "‖₊", "ₑ"),
    "⌊": ("⌋", "⌋₊"),
    "⌈": ("⌉", "⌉₊"),
    "‹": ("›",),
    "⟪": ("⟫", "⟫_"),
}
"""Bracket notations: the opening and what may close it."""


def infix_table(rows: Iterable[Operator]) -> dict[str, Operator]:
    """Token → operator, for those that stand between or after operands; ASCII spellings included."""
    table = {row.token: row for row in rows if row.fixity != "prefix" and row.prec > MIN_PREC}
    return table | {ascii_: table[plain] for ascii_, plain in ASCII.items() if plain in table}


INFIX: dict[str, Operator] = infix_table(OPERATORS)
PREFIX: dict[str, Operator] = {row.token: row for row in OPERATORS if row.fixity == "prefix"}
BY_KEY: dict[tuple[bool, str], Operator] = {(row.fixity == "prefix", row.key): row for row in OPERATORS}
