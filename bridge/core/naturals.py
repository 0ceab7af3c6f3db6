"""Sizes: products multiplied out as Lean's definitions compute them, and the polynomial they stand for."""

from __future__ import annotations

from leanmirror.bridge.core.arithmetic import nat_operation, operands
from leanmirror.bridge.core.context import Context
from leanmirror.bridge.core.term import Lit, Term
from leanmirror.bridge.core.whnf import as_offset, unfold

MOST_EXPANDED = 64


MOST_MONOMIALS = 1_000


Polynomial = dict[tuple[tuple[object, int], ...], int]
"""Monomial (atoms with exponents) → coefficient."""


def expanded(ctx: Context, term: Term) -> Term | None:
    """`a * (b + k)` as `a * b + a + …`; None where the right factor has no constant part."""
    found = operands(term)
    if found is None or found[0] != "*":
        return None
    _, left, right = found
    base, offset = as_offset(ctx, right)
    if not 0 < offset <= MOST_EXPANDED:
        return None
    result = Lit(0) if base is None else nat_operation("HMul.hMul", left, base)
    for _ in range(offset):
        result = nat_operation("HAdd.hAdd", result, left)
    return result


def polynomial(ctx: Context, term: Term, depth: int = 0) -> Polynomial:
    """The polynomial with everything unfolded; atoms are what does not unfold."""
    ctx.step()
    base, offset = as_offset(ctx, term)
    result: Polynomial = {(): offset} if offset else {}
    if base is None:
        return result
    found = operands(base)
    if found is not None and found[0] in "+*":
        parts = polynomial(ctx, found[1], depth + 1), polynomial(ctx, found[2], depth + 1)
        if found[0] == "*" and len(parts[0]) * len(parts[1]) > MOST_MONOMIALS:
            ctx.unsupported("a size with too many terms")
        return _sum(result, _sum(*parts) if found[0] == "+" else _product(*parts))
    further = None if found is not None or depth > MOST_EXPANDED else unfold(ctx, base)
    if further is not None:
        return _sum(result, polynomial(ctx, further, depth + 1))
    return _sum(result, {((ctx.zonk(base), 1),): 1})


def _sum(left: Polynomial, right: Polynomial) -> Polynomial:
    result = dict(left)
    for monomial, coefficient in right.items():
        result[monomial] = result.get(monomial, 0) + coefficient
    return result


def _product(left: Polynomial, right: Polynomial) -> Polynomial:
    result: Polynomial = {}
    for first, a in left.items():
        for second, b in right.items():
            powers = dict(first)
            for atom, power in second:
                powers[atom] = powers.get(atom, 0) + power
            monomial = tuple(sorted(powers.items(), key=repr))
            result[monomial] = result.get(monomial, 0) + a * b
    return result
