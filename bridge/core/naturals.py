"""Sizes: natural numbers as Lean's definitions compute them, and the polynomial they stand for.

`n + 0`, `n + 1` and `n * 2` compute on their second argument; `0 + n`, `1 * n` and `m * n` do not.
"""

from __future__ import annotations

from leanmirror.bridge.core.arithmetic import nat_operation, numeral, operands
from leanmirror.bridge.core.term import App, Const, Lit, Meta, Term
from leanmirror.bridge.core.whnf import Reducer

NAMES = {"+": "HAdd.hAdd", "*": "HMul.hMul"}
MOST_DIGITS = 4_000
MOST_EXPANDED = 64
MOST_MONOMIALS = 1_000

Polynomial = dict[tuple[tuple[object, int], ...], int]
"""Monomial (atoms with exponents) → coefficient."""


class Naturals(Reducer):
    """Offsets, expansion and normal forms of natural numbers."""

    def offset(self, term: Term) -> tuple[Term | None, int]:
        term = self.whnf_core(term)
        value = numeral(term)
        if value is not None:
            return None, value
        if isinstance(term, Const) and term.name == "Nat.zero":
            return None, 0
        if isinstance(term, App) and isinstance(term.fn, Const) and term.fn.name == "Nat.succ":
            base, offset = self.offset(term.args[0])
            return base, offset + 1
        found = operands(term)
        if found is None:
            return term, 0
        return self._operated(term, *found)

    def _operated(self, term: Term, symbol: str, left: Term, right: Term) -> tuple[Term | None, int]:
        base, offset = self.offset(right)
        if symbol == "+":
            if base is None:
                first, more = self.offset(left)
                return first, more + offset
            return (nat_operation("HAdd.hAdd", left, base), offset) if offset else (term, 0)
        if symbol == "*" and base is None and offset == 0:
            return None, 0
        if symbol == "-" and base is None and offset == 0:
            return self.offset(left)
        first, more = self.offset(left)
        if base is not None or first is not None:
            return term, 0
        return self._computed_number(term, symbol, more, offset)

    @staticmethod
    def _computed_number(term: Term, symbol: str, left: int, right: int) -> tuple[Term | None, int]:
        if symbol == "*":
            return (None, left * right) if left.bit_length() + right.bit_length() < MOST_DIGITS else (term, 0)
        if symbol == "-":
            return None, max(left - right, 0)
        if symbol == "/":
            return None, left // right if right else 0
        return None, left % right if right else left

    def plus(self, base: Term | None, offset: int) -> Term:
        if base is None:
            return Lit(offset)
        return nat_operation("HAdd.hAdd", base, Lit(offset)) if offset else base

    def expanded(self, term: Term) -> Term | None:
        """`a * (b + k)` as `a * b + a + …`; None where the right factor has no constant part."""
        found = operands(term)
        if found is None or found[0] != "*":
            return None
        _, left, right = found
        base, offset = self.offset(right)
        if not 0 < offset <= MOST_EXPANDED:
            return None
        result = Lit(0) if base is None else nat_operation("HMul.hMul", left, base)
        for _ in range(offset):
            result = nat_operation("HAdd.hAdd", result, left)
        return result

    def unify_nat(self, left: Term, right: Term) -> bool:
        """Whether two natural numbers are the same by definition."""
        (a, i), (b, j) = self.offset(left), self.offset(right)
        common = min(i, j)
        i, j = i - common, j - common
        if i == j == 0:
            return (a is None and b is None) or self._same_base(a, b)
        if j:
            a, i, b, j = b, j, a, i
        # a + i against b, where b has no constant part to take i from
        if b is None:
            return False
        if isinstance(b, Meta):
            return self.assign(b, self.plus(a, i))
        further = self._further(b)
        if further is None:
            self.note_blocked(b)
            return False
        return self.unify_nat(self.plus(a, i), further)

    def _same_base(self, a: Term | None, b: Term | None) -> bool:
        left, right = self.plus(a, 0), self.plus(b, 0)
        if isinstance(left, Meta) and isinstance(right, Meta) and left.id == right.id:
            return True
        if isinstance(left, Meta):
            return self.assign(left, right)
        if isinstance(right, Meta):
            return self.assign(right, left)
        first, second = operands(left), operands(right)
        if first is not None and second is not None and first[0] == second[0]:
            mark = self.mark()
            if self.unify(first[1], second[1]) and self.unify(first[2], second[2]):
                return True
            self.undo(mark)
        elif first is None and second is None:
            return self.unify_plain(left, right)
        if second is None:  # a definition is unfolded before a product is multiplied out
            further = self._further(right)
            if further is not None:
                return self.unify_nat(left, further)
        further = self._further(left)
        if further is not None:
            return self.unify_nat(further, right)
        further = self._further(right)
        if further is None:
            self.note_blocked(left)
            self.note_blocked(right)
            return False
        return self.unify_nat(left, further)

    def _further(self, term: Term) -> Term | None:
        self.step()
        found = operands(term)
        if found is None:
            return self.unfold(term)
        symbol, left, right = found
        if symbol in NAMES:
            base, offset = self.offset(right)
            computed = None if base is None or operands(base) is not None else self.unfold(base)
            if computed is not None:
                return nat_operation(NAMES[symbol], left, self.plus(computed, offset))
        return self.expanded(term)

    def polynomial(self, term: Term, depth: int = 0) -> Polynomial:
        """The polynomial with everything unfolded; atoms are what does not unfold."""
        self.step()
        base, offset = self.offset(term)
        result: Polynomial = {(): offset} if offset else {}
        if base is None:
            return result
        found = operands(base)
        if found is not None and found[0] in "+*":
            parts = self.polynomial(found[1], depth + 1), self.polynomial(found[2], depth + 1)
            if found[0] == "*" and len(parts[0]) * len(parts[1]) > MOST_MONOMIALS:
                self.unsupported("a size with too many terms")
            return _sum(result, _sum(*parts) if found[0] == "+" else _product(*parts))
        further = None if found is not None or depth > MOST_EXPANDED else self.unfold(base)
        if further is not None:
            return _sum(result, self.polynomial(further, depth + 1))
        return _sum(result, {((self.zonk(base), 1),): 1})

    def unify(self, left: Term, right: Term) -> bool:
        """Whether two terms are the same, once metavariables are solved."""
        raise NotImplementedError

    def unify_plain(self, left: Term, right: Term) -> bool:
        """The same for terms that are no arithmetic."""
        raise NotImplementedError

    def note_blocked(self, term: Term) -> None:
        """Note that a definition whose body is not known stood in the way."""
        raise NotImplementedError

    def assign(self, meta: Meta, term: Term) -> bool:
        """Solve a metavariable, if the term may be its solution."""
        raise NotImplementedError


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
