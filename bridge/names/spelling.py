"""How Python writes a component of a Lean name."""

from __future__ import annotations

import keyword
import unicodedata


def spelling(lean: str) -> str:
    """One component of a Lean name as Python writes it: `f'` is f_prime, `get?` is get_opt, `x₁` is x1."""
    plain = unicodedata.normalize("NFKC", lean.replace("'", "_prime").replace("?", "_opt"))
    return f"{plain}_" if keyword.iskeyword(plain) else plain
