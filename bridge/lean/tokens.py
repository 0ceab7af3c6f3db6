"""Tokens as data: kinds, characters of identifiers, reserved words, fixed symbols, caps."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# Token kinds.
IDENT: Final = 1  # dotted name, possibly with «…» parts
WORD: Final = 2  # reserved word
SYMBOL: Final = 3  # operator, bracket or punctuation
NUMBER: Final = 4  # 12, 0x1F, 1.5e-3
STRING: Final = 5  # "…", r"…", s!"…"
CHAR: Final = 6  # 'c'
FIELD: Final = 7  # .1 or .name.other
NAME_LITERAL: Final = 8  # `name or ``name
BAD: Final = 9  # a character that no token starts with; its text is the message
END: Final = 10

Token = tuple[int, str, int, int, int]
"""Kind, text, start and end offset, and the column when it is the first token of its line, else MIDLINE."""

MIDLINE: Final = 1 << 30

MAX_DIGITS = 1_000
MAX_EXPONENT = 10_000
MAX_DEPTH = 200
"""Terms and arguments inside one another while reading; a pair of parentheses is two."""
MAX_HEIGHT = 250
"""Nodes inside one another in a tree."""
MAX_FILE = 8_000_000

# Lean's letters: Greek without λ Π Σ, letterlike symbols, Latin with diacritics, mathematical script.
LETTER = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u0391-\u039f\u03a1\u03a2\u03a4-\u03a9"
    "\u03b1-\u03ba\u03bc-\u03fb"
    "\u1f00-\u1ffe\u2100-\u214f\U0001d49c-\U0001d59f"
)
TAIL = LETTER + "0-9'!?\u2080-\u2089\u2090-\u209c\u1d62-\u1d6a\u2c7c"
PART = f"(?:[{LETTER}][{TAIL}]*|«[^«»\\n]*»)"
NAME = f"{PART}(?:\\.{PART})*"


def words(text: str) -> frozenset[str]:
    """The words of a text as a set: tables stay readable."""
    return frozenset(text.split())


WORDS = words(
    """theorem lemma def abbrev structure inductive class instance example axiom opaque coinductive
    namespace section end variable universe open export mutual attribute notation notation3 infix infixl
    infixr prefix postfix macro macro_rules syntax elab elab_rules declare_syntax_cat initialize
    builtin_initialize set_option omit include deriving import private protected public noncomputable
    partial unsafe nonrec local scoped fun let have haveI letI show from suffices if then else match
    with do by where forall exists nomatch nofun in at using termination_by decreasing_by extends Type
    Sort Prop Type* Sort* calc alias"""
)

SYMBOLS = words(
    """( ) [ ] ^[ ]' { } ⟨ ⟩ ⦃ ⦄ , ; : := => ↦ | .. ... . @ @& _ · ← <- → -> ↔ <-> ∀ ∃ ∃! ∑ ∏ ∫ ⨆ ⨅ ⋃ ⋂ ∂ ∀ᶠ
    ∃ᶠ ∀ᵐ ∃ᵐ ∀ᵉ ∃ᵉ = ≠ ≤ ≥ < > <= >= != == ∈ ∉ ⊆ ⊂ ∣ + - * / % ^ • ∘ ++ :: × ×ˢ ×ₖ ∧ ∨ ¬ /\\ \\/ && || ! &&&
    ||| ^^^ <<< >>> ~~~ <|> <| |> |>. $ ? λ Σ Π >>= =<< >> <$> <*> *> <* ▸ ⁻¹ ⁻¹' '' ᵀ ᴴ ᶜ † ₊ *ᵥ ᵥ* ⬝ᵥ
    ⬝ →ₗ[ →L[ →ₐ[ →+ →* →+* →₀ →ₗ →SL[ ≃ ≃ₗ[ ≃L[ ≃ₗᵢ[ →ₗᵢ[ ≃ₐ[ ≃+ ≃* ≃+* ≃ₜ ≃ᵢ ≃o ∘ₗ ∘L ∘SL ∘ₑ ≪≫ₗ ↪ ↠ ⊕
    ⊗ ⊔ ⊓ ∪ ∩ \\ ∅ ⊤ ⊥ ∞ ‖ ‖₊ ‖ₑ ⌊ ⌋ ⌋₊ ⌈ ⌉ ⌉₊ ⟪ ⟫ ⟫_ ‹ › ↑ ⇑ ↥ √ ∇ ![ !₂[ !![ #[ #v[ # ≃ ≅ ≈ ∼ ~ ≡ =ᵐ[ ≤ᵐ[
    =ᶠ[ ≤ᶠ[ =O[ =o[ ∥ ± ⟦ ⟧ // .{ ⊢ ⋯ ∆ ʳ ≪ ≫ ⊥ ∙ 𝟙 ⧸ ⇒ ⟶ ⥤ ⊣ ⊢ ◁ ▷ ≤ₗ ∑' ∏' ℵ₀ ≺ ≼ <+: <:+ <+ ⊣ ⇨ ⊑ ↾ ⁅
    ⁆ ∄ ≰ ≱ ⊈ ` `( `[ ↓ ‼ ✝ Σ' Π₀ ⨁ ⨂ ⋁ ⋀ ∖ ∕ ≢ ⊞ ⊟ ⊠ ⊡ ☆ ⋆ ℝ≥0 ℝ≥0∞ [MOD [ZMOD
    →r ↪r ≃r →o ↪o →g ↪g ≃g ≼i ≺i →₀c ≃ᵐ →ₙ* →ₙ+* →*₀ →ₛₗ[ ≃ₛₗ[ →ᵃ[ →ᴬ[ →ᵃⁱ[ ≃ᵃⁱ[ ≃ᵃ[ →ᵇ →ₘ"""
)

OPEN_TO_CLOSE = {
    "(": ")",
    "[": "]",
    "^[": "]",
    "{": "}",
    "⟨": "⟩",
    "⦃": "⦄",
    "![": "]",
    "!₂[": "]",
    "!![": "]",
    "#[": "]",
    "#v[": "]",
    "[MOD": "]",
    "[ZMOD": "]",
    ".{": "}",
    "⟦": "⟧",
    "⌊": "⌋",
    "⌈": "⌉",
    "‹": "›",
    "→L[": "]",
    "→ₗ[": "]",
    "→ₐ[": "]",
    "→SL[": "]",
    "≃ₗ[": "]",
    "≃L[": "]",
    "≃ₗᵢ[": "]",
    "→ₗᵢ[": "]",
    "≃ₐ[": "]",
    "=ᵐ[": "]",
    "≤ᵐ[": "]",
    "=ᶠ[": "]",
    "≤ᶠ[": "]",
    "=O[": "]",
    "=o[": "]",
}
CLOSERS = frozenset(OPEN_TO_CLOSE.values()) | {"⌋₊", "⌉₊"}

PART_ONLY = re.compile(PART)
PLAIN = re.compile(f"[{LETTER}][{TAIL}]*")

WORDLIKE = ("ℝ≥0∞", "ℝ≥0", "Type*", "Sort*")
INTERPOLATING = frozenset(("s!", "m!", "f!", "throwError!", "dbg_trace!"))

# Groups of the token pattern.
BREAK, WORDLIKE_GROUP, NAME_GROUP, FIELD_GROUP, HOLE_GROUP = 1, 2, 3, 4, 5
LITERAL_GROUP, SYMBOL_GROUP, NUMBER_GROUP, STRING_GROUP, CHAR_GROUP = 6, 7, 8, 9, 10


@cache
def token_pattern(extra: frozenset[str] = frozenset()) -> re.Pattern[str]:
    """The pattern of one token, the spaces before it included; `extra` are symbols that notations add."""
    wordlike = [*sorted((s for s in extra if re.match(f"[{LETTER}]", s)), key=len, reverse=True), *WORDLIKE]
    fixed = sorted({*SYMBOLS, *extra} - set(wordlike), key=len, reverse=True)
    firsts = "".join(sorted({s[0] for s in wordlike}))
    return re.compile(
        rf"[ \t]*+(?:(\n\s*)|(?=[{firsts}])({'|'.join(map(_whole, wordlike))})|({NAME})|(\.(?:\d+|{NAME}))"
        r"|(\?[A-Za-z_][A-Za-z0-9_']*)"
        rf"|(``?{NAME})"
        rf"|({'|'.join(map(re.escape, fixed))})"
        r"|(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
        r'|("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))'
        r"|('(?:[^'\\\n]|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.))')"
        r")",
        re.DOTALL,
    )


def _whole(symbol: str) -> str:
    """A symbol that ends like a name, such as `R`, stands only where the name does not go on."""
    return re.escape(symbol) + (f"(?![{TAIL}.«])" if re.fullmatch(NAME, symbol) else "")
