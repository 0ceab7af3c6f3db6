"""Trees of Lean terms for Hypothesis: every kind of node, made as the parser makes them."""

from __future__ import annotations

from hypothesis import strategies as st

from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.operators import BIG_OPERATORS, CONSTANTS, OPERATORS

NAMES = st.sampled_from(
    ["x", "y'", "α", "Γ", "f", "Vec", "h₁", "get?", "size!", "«a b»", "Shape.dim", "_root_.g"]
)
PLAIN = st.sampled_from(["x", "y'", "α", "i", "n₁", "_"])
FIELDS = st.sampled_from(["toFun", "map_add'", "cont", "x.y"])

_ROWS = [row for row in OPERATORS if row.prec > 10]
_INFIX = [row for row in _ROWS if row.fixity.startswith("infix")]
_PREFIX = [row.key for row in _ROWS if row.fixity == "prefix"]
_POSTFIX = [row.key for row in _ROWS if row.fixity == "postfix"]
_TACTICS = st.sampled_from(["simp", "rfl", "exact h x", "intro x simp [ a , b ]", "have h : a = b := c"])


def _atoms() -> st.SearchStrategy[s.Node]:
    return st.one_of(
        st.builds(s.Ident, NAMES, st.booleans(), st.none() | st.just(("u", "max u v"))),
        st.builds(s.Dot, st.sampled_from(["dim", "scalar", "a.b"])),
        st.builds(s.Number, st.integers(0, 10**30)),
        st.builds(_decimal, st.integers(0, 10**6), st.integers(-40, 40)),
        st.builds(s.Text, st.sampled_from(['"a b"', '""', '"\\""', "'c'", "`name", 's!"{x} {f "q"}"'])),
        st.builds(s.Hole, st.sampled_from([None, "m", "_"])),
        st.builds(s.Constant, st.sampled_from([*sorted(CONSTANTS), "(↑)", "(⇑)"])),
        st.builds(s.Sort, st.just("Prop")),
        st.builds(
            s.Sort, st.sampled_from(["Type", "Sort"]), st.sampled_from([None, "u", "1", "max u v", "*", "_"])
        ),
        st.builds(s.Opaque, st.sampled_from(["by", "do", "calc"]), _TACTICS),
        st.just(s.NoMatch(())),
        st.just(s.StructInst((), ())),
    )


def _decimal(mantissa: int, exponent: int) -> s.Decimal:
    while mantissa and mantissa % 10 == 0:
        mantissa //= 10
    return s.Decimal(mantissa, exponent if mantissa else 0)


def _tuple(
    items: st.SearchStrategy[s.Node], least: int = 0, most: int = 3
) -> st.SearchStrategy[tuple[s.Node, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def _names(least: int = 1) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(PLAIN, min_size=least, max_size=2).map(tuple)


def binders(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[s.Binder]:
    """Groups in brackets, as headers have them."""
    optional = st.none() | terms
    return st.one_of(
        st.builds(s.Binder, st.just("explicit"), _names(), terms, optional),
        st.builds(s.Binder, st.sampled_from(["implicit", "strict"]), _names(), optional),
        st.builds(
            s.Binder,
            st.just("instance"),
            st.just(()) | PLAIN.filter(lambda n: n != "_").map(lambda n: (n,)),
            terms,
        ),
    )


def _quantified(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[tuple[s.Binder, ...]]:
    bare = st.builds(s.Binder, st.just("explicit"), _names())
    relation = st.sampled_from(["∈", "<", ">", "≤", "≥", "≠", "∉"])
    bounded = st.builds(s.Binder, st.just("explicit"), _names(), st.none(), st.none(), relation, terms)
    return st.one_of(_tuple(binders(terms), 1, 2), bare.map(lambda b: (b,)), bounded.map(lambda b: (b,)))


def _summed(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[tuple[s.Binder, ...]]:
    """What `∑` takes: names, or one variable in each pair of parentheses."""
    typed = st.builds(s.Binder, st.just("explicit"), PLAIN.map(lambda name: (name,)), terms)
    bare = st.builds(s.Binder, st.just("explicit"), _names())
    relation = st.sampled_from(["∈", "<", ">", "≤", "≥", "≠", "∉"])
    bounded = st.builds(s.Binder, st.just("explicit"), _names(), st.none(), st.none(), relation, terms)
    return st.one_of(_tuple(typed, 1, 2), bare.map(lambda b: (b,)), bounded.map(lambda b: (b,)))


def _function(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[tuple[s.Binder, ...]]:
    pattern = st.one_of(
        st.builds(s.Tuple, _tuple(_patterns(), 2)),
        st.builds(s.Anonymous, _tuple(_patterns())),
        st.builds(s.Dot, st.just("nil")),
    )
    patterned = st.builds(s.Binder, st.just("explicit"), st.just(()), pattern=pattern)
    bare = st.builds(s.Binder, st.just("explicit"), _names())
    return st.one_of(_tuple(binders(terms) | patterned, 1, 3), bare.map(lambda b: (b,)))


def _patterns() -> st.SearchStrategy[s.Node]:
    leaf = (
        st.builds(s.Ident, PLAIN.filter(lambda n: n != "_"))
        | st.just(s.Hole())
        | st.builds(s.Number, st.integers(0, 9))
    )
    dim = st.builds(s.App, st.just(s.Dot("dim")), _tuple(leaf, 1))
    as_ = st.builds(s.AsPattern, st.just("p"), dim)
    return leaf | dim | as_ | st.just(s.App(s.Dot("conv"), (s.Rest(),)))


def _alternatives(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[tuple[s.Alternative, ...]]:
    rows = st.lists(_tuple(_patterns(), 1, 2), min_size=1, max_size=2).map(tuple)
    return st.lists(st.builds(s.Alternative, rows, terms), min_size=1, max_size=2).map(tuple)


def _args(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[s.Node]:
    return terms | st.builds(s.Named, st.sampled_from(["m", "α"]), terms) | st.just(s.Rest())


def _fields(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[tuple[s.FieldValue, ...]]:
    single = st.builds(s.Binder, st.just("explicit"), PLAIN.map(lambda n: (n,)), st.none())
    typed = st.builds(s.Binder, st.just("explicit"), st.just(("x",)), terms)
    given = st.builds(s.FieldValue, FIELDS, _tuple(single | typed, 0, 2), terms)
    bare = st.builds(s.FieldValue, FIELDS, st.just(()), st.none())
    return st.tuples(given, st.lists(given | bare, max_size=2)).map(lambda pair: (pair[0], *pair[1]))


def _compound(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[s.Node]:
    optional = st.none() | terms
    plain = st.sampled_from([row.key for row in _INFIX if not row.bracketed])
    held = st.sampled_from([row.key for row in _INFIX if row.bracketed])
    ident = st.builds(s.Ident, PLAIN.filter(lambda n: n != "_"))
    let = st.sampled_from(["let", "have", "letI", "haveI"])
    section = st.builds(
        lambda op, t: s.Section(s.Infix(op, s.Cdot(), t)), st.just("+"), st.builds(s.Ident, NAMES)
    )
    return st.one_of(
        st.builds(s.App, terms, st.lists(_args(terms), min_size=1, max_size=3).map(tuple)),
        st.builds(s.Proj, terms, st.sampled_from(["1", "2", "fst", "ofLp"])),
        st.builds(s.Prefix, st.sampled_from(_PREFIX), terms),
        st.builds(s.Postfix, st.sampled_from(_POSTFIX), terms),
        st.builds(s.Infix, plain, terms, terms),
        st.builds(s.Infix, held, terms, terms, terms),
        st.builds(s.Arrow, terms, terms),
        st.builds(
            s.Bracket,
            st.sampled_from(["|_|", "‖_‖", "‖_‖₊", "⌊_⌋", "⌊_⌋₊", "⌈_⌉", "⌈_⌉₊", "‹_›"]),
            _tuple(terms, 1, 1),
        ),
        st.builds(s.Bracket, st.just("⟪_, _⟫"), _tuple(terms, 2, 2)),
        st.builds(s.Bracket, st.just("⟪_, _⟫_"), _tuple(terms, 3, 3)),
        st.builds(s.Collection, st.sampled_from(["[", "#[", "#v[", "![", "shape!["]), _tuple(terms)),
        st.builds(s.Collection, st.just("seq!"), _tuple(terms, 1)),
        st.builds(s.Matrix, st.lists(_tuple(terms, 1, 2), min_size=1, max_size=2).map(tuple)),
        st.builds(s.Anonymous, _tuple(terms)),
        st.builds(s.Tuple, st.just(()) | _tuple(terms, 2)),
        st.builds(s.Ascription, terms, optional),
        st.builds(s.Index, terms, terms, st.sampled_from(["", "!", "?"])),
        st.builds(s.Index, terms, terms, st.just("'"), terms),
        st.builds(s.Fun, _function(terms), terms),
        st.builds(s.Forall, _quantified(terms), terms),
        st.builds(s.Exists, st.sampled_from(["∃", "∃!", "Σ", "Σ'"]), _quantified(terms), terms),
        _bigs(terms),
        st.builds(s.SetBuilder, st.just("|"), _bound(terms), terms),
        st.builds(
            s.SetBuilder,
            st.just("//"),
            st.builds(s.Binder, st.just("explicit"), st.just(("x",)), optional),
            terms,
        ),
        st.builds(s.SetLiteral, _tuple(terms, 1)),
        st.builds(s.StructInst, st.just(()), _fields(terms), st.booleans(), optional),
        st.builds(s.StructInst, _tuple(terms, 1, 2), _fields(terms), st.booleans(), optional),
        st.builds(s.If, st.none() | st.just("h"), terms, terms, terms),
        st.builds(s.IfLet, _patterns(), terms, terms, terms),
        st.builds(s.Let, let, ident, _tuple(binders(terms), 0, 2), optional, terms, terms),
        st.builds(
            s.Let,
            st.just("let"),
            st.builds(s.Anonymous, _tuple(_patterns(), 1)),
            st.just(()),
            optional,
            terms,
            terms,
        ),
        st.builds(s.Show, terms, terms),
        st.builds(s.Suffices, st.none() | st.just("h"), terms, terms, terms),
        st.builds(
            s.Match,
            st.lists(st.builds(s.Discriminant, st.none() | st.just("h"), terms), min_size=1, max_size=2).map(
                tuple
            ),
            _alternatives(terms),
            optional,
        ),
        st.builds(s.FunMatch, _alternatives(terms)),
        st.builds(s.NoMatch, _tuple(terms, 1, 2)),
        st.builds(s.Scoped, st.sampled_from(["open Real", "set_option maxHeartbeats 4"]), terms),
        section,
    )


def _bound(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[s.Binder]:
    typed = st.builds(s.Binder, st.just("explicit"), st.just(("x",)), st.none() | terms)
    return typed | st.builds(
        s.Binder, st.just("explicit"), st.just(("x",)), st.none(), st.none(), st.just("∈"), terms
    )


def _bigs(terms: st.SearchStrategy[s.Node]) -> st.SearchStrategy[s.Node]:
    optional = st.none() | terms
    keys = sorted(key for key in BIG_OPERATORS if key not in ("∀ᵐ", "∃ᵐ", "∫", "∑", "∏"))
    return st.one_of(
        st.builds(s.Big, st.sampled_from(["∑", "∏"]), _summed(terms), terms, optional, optional),
        st.builds(s.Big, st.sampled_from(keys), _quantified(terms), terms, optional, optional),
        st.builds(s.Big, st.just("∫"), _quantified(terms), terms, optional, st.none(), optional),
        st.builds(
            s.Big,
            st.sampled_from(["∀ᵐ", "∃ᵐ"]),
            st.builds(s.Binder, st.just("explicit"), _names()).map(lambda b: (b,)),
            terms,
            st.none(),
            st.none(),
            terms,
        ),
    )


TERMS = st.recursive(_atoms(), _compound, max_leaves=8)
