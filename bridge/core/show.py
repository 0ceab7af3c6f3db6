"""Core terms as messages show them: short, with Lean's operators, what Lean infers left out."""

from __future__ import annotations

from typing import Protocol

from leanmirror.bridge.core.arithmetic import numeral
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.substitute import mentions
from leanmirror.bridge.core.term import App, Const, Lam, Let, Lit, Meta, Pi, Proof, Sort, Term, Var

_INFIX = {
    "HAdd.hAdd": ("+", 65), "HSub.hSub": ("-", 65), "HMul.hMul": ("*", 70), "HDiv.hDiv": ("/", 70),
    "HMod.hMod": ("%", 70), "HPow.hPow": ("^", 75), "HSMul.hSMul": ("•", 73), "HAppend.hAppend": ("++", 65),
    "Eq": ("=", 50), "Ne": ("≠", 50), "LT.lt": ("<", 50), "LE.le": ("≤", 50), "GT.gt": (">", 50),
    "GE.ge": ("≥", 50), "And": ("∧", 35), "Or": ("∨", 30), "Iff": ("↔", 20), "Prod": ("×", 35),
    "List.cons": ("::", 67), "ContinuousLinearMap": ("→L[ℝ]", 25),
}  # fmt: skip
_NAMES = {"Nat": "ℕ", "Real": "ℝ", "Int": "ℤ", "Rat": "ℚ"}
MOST_SHOWN = 400
MOST_NESTED = 40


class Constants(Protocol):
    """Where constants are looked up: which of their arguments are written."""

    def lookup(self, name: str) -> Declared | None: ...


class Shower:
    """Prints terms of one environment."""

    def __init__(self, env: Constants) -> None:
        self.env = env

    def show(self, term: Term) -> str:
        """The text of a term, cut when it is very long."""
        text = self._text(term, 0, 0)
        return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"

    def _text(self, term: Term, prec: int, depth: int) -> str:
        if depth > MOST_NESTED:
            return "…"
        value = numeral(term)
        if value is not None:
            return str(value)
        match term:
            case Var(_, name):
                return name
            case Meta():
                return "?"
            case Const(name):
                return _NAMES.get(name, name.rpartition(".")[2])
            case Sort(level):
                return "Prop" if level == 0 else "Type"
            case Lit(number):
                return str(number)
            case Proof():
                return "⋯"
            case App(fn, args):
                return self._application(fn, args, prec, depth)
            case Lam(var, _, body):
                return _inside(f"fun {var.name} => {self._text(body, 0, depth + 1)}", prec, 0)
            case Let(var, _, value_, body):
                let = f"let {var.name} := {self._text(value_, 0, depth + 1)}; "
                return _inside(let + self._text(body, 0, depth + 1), prec, 0)
            case Pi():
                return self._pi(term, prec, depth)
        return "?"

    def _pi(self, term: Pi, prec: int, depth: int) -> str:
        if not mentions(term.body, term.var):
            left, right = self._text(term.type, 26, depth + 1), self._text(term.body, 25, depth + 1)
            return _inside(f"{left} → {right}", prec, 25)
        type_, body = self._text(term.type, 0, depth + 1), self._text(term.body, 0, depth + 1)
        return _inside(f"∀ {term.var.name} : {type_}, {body}", prec, 0)

    def _application(self, fn: Term, args: tuple[Term, ...], prec: int, depth: int) -> str:
        if isinstance(fn, Const):
            if fn.name == "OfNat.ofNat" and len(args) > 1:
                return self._text(args[1], prec, depth)
            args = self._explicit(fn.name, args)
            operator = _INFIX.get(fn.name)
            if operator is not None and fn.name == "ContinuousLinearMap":
                args = args[1:]
            if operator is not None and len(args) == 2:
                left = self._text(args[0], operator[1] + 1, depth + 1)
                right = self._text(args[1], operator[1] + 1, depth + 1)
                return _inside(f"{left} {operator[0]} {right}", prec, operator[1])
        head = self._text(fn, 1024, depth + 1)
        if not args:
            return head
        return _inside(" ".join([head, *(self._text(arg, 1024, depth + 1) for arg in args)]), prec, 1023)

    def _explicit(self, name: str, args: tuple[Term, ...]) -> tuple[Term, ...]:
        """The arguments that are written."""
        declared = self.env.lookup(name)
        if declared is None:
            return args
        kinds = declared.kinds
        return tuple(arg for i, arg in enumerate(args) if i >= len(kinds) or kinds[i] == "explicit")


def _inside(text: str, prec: int, own: int) -> str:
    return f"({text})" if own < prec else text
