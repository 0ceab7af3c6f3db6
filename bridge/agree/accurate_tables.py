"""The tables of `leanmirror.runtime.accurate.tables`, computed in balls.

`python -c "from leanmirror.bridge.agree.accurate_tables import tables; print(tables())"` writes them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import arb, arb_series, ctx

from leanmirror.spec.judge.precision import precision

BITS = 600
WIDTH = 2.0**-400
"""Half the width of the interval that is shown to hold a root."""
TERMS = 30
Function = Callable[[arb_series], arb_series]


def sigmoid(t: arb_series) -> arb_series:
    return 1 / (1 + (-t).exp())


def gelu(x: arb_series) -> arb_series:
    rate = 2 * (2 / arb.pi()).sqrt()
    return x * sigmoid(rate * (x + arb(44715) / 1000000 * x * x * x))


def silu(x: arb_series) -> arb_series:
    return x * sigmoid(x)


def softplus(x: arb_series) -> arb_series:
    return (1 + x.exp()).log()


def at(f: Function, centre: arb, terms: int = TERMS) -> list[arb]:
    """The coefficients of `f` about a number."""
    before = ctx.cap
    ctx.cap = terms
    try:
        series = f(arb_series([centre, 1], prec=terms))
        return [series[i] for i in range(terms)]
    finally:
        ctx.cap = before


def derivative(f: Function, centre: arb, terms: int = TERMS) -> list[arb]:
    """The coefficients of the derivative of `f` about a number."""
    return [(i + 1) * c for i, c in enumerate(at(f, centre, terms + 1)[1:])]


def root(f: Callable[[arb, int], Sequence[arb]], near: float) -> arb:
    """The root near a number: Newton's method, then a change of sign, which proves it."""
    x = arb(near)
    for _ in range(12):
        value, slope = f(x, 2)
        x = (x - value / slope).mid()
    below, above = (f(x + side * arb(WIDTH), 2)[0] for side in (-1, 1))
    if not (below < 0 < above or above < 0 < below):
        raise ArithmeticError(f"no root near {near}")
    return x


def parts(x: arb, count: int = 2) -> tuple[float, ...]:
    """A number as a sum of floats, each the nearest to what is left."""
    found = []
    for _ in range(count):
        found.append(_nearest(x))
        x = x - arb(found[-1])
    return tuple(found)


def _nearest(x: arb) -> float:
    """The float that both ends of the ball round to."""
    ends = {float(x.lower().mid().str(60, radius=False)), float(x.upper().mid().str(60, radius=False))}
    if len(ends) != 1:
        raise ArithmeticError(f"{x.str(20)} is not known well enough")
    return ends.pop()


def _triple(numbers: Sequence[float]) -> str:
    return "(" + ", ".join(f'"{n.hex()}"' for n in numbers) + ")"


def _expansion(name: str, doc: str, centre: arb, coefficients: Sequence[arb]) -> str:
    rows = "\n".join(f"        {_triple(parts(c))}," for c in coefficients)
    return (
        f"{name}: Final = _expansion(\n    {_triple(parts(centre, 3))},\n    (\n{rows}\n    ),\n)\n"
        f'"""{doc}"""\n'
    )


def _rates() -> str:
    rate = 2 * (2 / arb.pi()).sqrt()
    cubic = rate * arb(44715) / 1000000
    return (
        f"GELU_RATE: Final = _pair({_triple(parts(rate))})\n"
        f'"""2·√(2/π)"""\n'
        f"GELU_CUBIC: Final = _pair({_triple(parts(cubic))})\n"
        f'"""2·√(2/π)·0.044715"""\n'
        f"SHIFT: Final = _pair({_triple(parts(128 * arb(2).log()))})\n"
        f'"""128·log 2"""\n'
    )


def _steps() -> str:
    rows = []
    for i in range(-4, 13):
        value, slope = at(softplus, arb(i) / 4, 2)
        rows.append(f"        {_triple((*parts(value), *parts(slope, 1)))},")
    body = "\n".join(rows)
    doc = "softplus at −1, −3/4 … 3, the part of it that a float does not hold, and its derivative"
    return f'SOFTPLUS_STEPS: Final = _columns(\n    (\n{body}\n    )\n)\n"""{doc}"""\n'


def tables() -> str:
    """The tables as the text of that module has them."""
    with precision(BITS):
        gelu_root = root(lambda x, n: derivative(gelu, x, n), -0.7525)
        silu_root = root(lambda x, n: derivative(silu, x, n), -1.2785)
        one = (arb(1).exp() - 1).log()
        texts = [
            _rates(),
            _expansion(
                "GELU_DERIVATIVE",
                "The derivative of gelu about its root, from the first power on",
                gelu_root,
                derivative(gelu, gelu_root)[1:],
            ),
            _expansion(
                "SILU_DERIVATIVE",
                "The derivative of silu about its root, from the first power on",
                silu_root,
                derivative(silu, silu_root)[1:],
            ),
            _expansion(
                "SOFTPLUS_LESS_ONE",
                "softplus less 1 about log (e − 1), from the first power on",
                one,
                at(softplus, one)[1:],
            ),
            _steps(),
        ]
        return "\n".join(texts)
