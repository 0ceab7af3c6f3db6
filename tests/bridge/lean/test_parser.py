"""Terms: what each form becomes, what it refuses and where, and where layout ends things."""

from __future__ import annotations

import pytest

from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.lexer import Lexer, Source
from leanmirror.bridge.lean.notations import Definition, Notations, Operand, mixfix
from leanmirror.bridge.lean.parser import parse_binders, parse_term
from leanmirror.bridge.lean.printer import print_term
from leanmirror.spec.errors import Position, ReadError

x, y, f, p = (s.Ident(name) for name in "xyfp")


def test_application_named_arguments_and_projections() -> None:
    tree = parse_term("(f (m := x) y).adjoint .dim ..")
    inner = s.App(f, (s.Named("m", x), y))
    assert s.App(s.Proj(inner, "adjoint"), (s.Dot("dim"), s.Rest())) == tree


def test_operators_are_resolved_to_keys() -> None:
    assert s.Infix("∧", s.Infix("=", x, y), s.Prefix("¬", p)) == parse_term("x = y /\\ ¬ p")
    assert s.Infix("→L[_]", x, y, s.Ident("ℝ")) == parse_term("x →L[ℝ] y")


def test_an_iterate_is_no_power() -> None:
    iterate = s.Ident("Nat.iterate")
    assert s.App(s.App(iterate, (f, x)), (y,)) == parse_term("f^[x] y")
    assert s.App(f, (s.App(iterate, (x, s.Number(2))), y)) == parse_term("f x^[2] y")
    assert s.Infix("^", f, s.Collection("[", (x,))) == parse_term("f ^ [x]")
    assert parse_term("Nat.iterate f (x + 1)") == parse_term("f^[x + 1]")
    with pytest.raises(ReadError, match="expected"):
        parse_term("f^[x, y] y")


def test_exact_numerals() -> None:
    assert s.Number(10**500) == parse_term("1" + "0" * 500)
    assert s.Decimal(15, -7) == parse_term("1.50e-6")
    assert s.Decimal(0, 0) == parse_term("0.00")


def test_let_ends_by_layout() -> None:
    tree = parse_term("let a := f x\n  y\nlet b := g\nh a b")
    assert isinstance(tree, s.Let)
    assert "f x y" == print_term(tree.value)
    assert "let b := g; h a b" == print_term(tree.body)


def test_alternatives_belong_to_the_match_above_them() -> None:
    tree = parse_term("match a with\n| 0 => match b with\n  | 0 => x\n  | _ => y\n| _ => f")
    assert isinstance(tree, s.Match)
    assert 2 == len(tree.alternatives)


def test_bars_are_no_alternatives() -> None:
    tree = parse_term("match a with\n| 0 => f\n    |x|\n| n => |y| + |x|")
    assert isinstance(tree, s.Match)
    assert "f |x|" == print_term(tree.alternatives[0].value)


def test_structure_instances_by_lines() -> None:
    tree = parse_term("{ toFun := fun x =>\n    f x\n  map' := by\n    intro a\n    simp\n  inv x y := x }")
    assert isinstance(tree, s.StructInst)
    assert ["toFun", "map'", "inv"] == [field.name for field in tree.fields]
    assert s.Opaque("by", "intro a simp") == tree.fields[1].value


def test_blocks_are_kept_as_tokens() -> None:
    tree = parse_term("f (by rw [a, b]; exact ⟨c, d⟩) x")
    assert s.App(f, (s.Opaque("by", "rw [ a , b ] ; exact ⟨ c , d ⟩"), x)) == tree
    assert s.Tuple((s.Opaque("by", "simp"), x)) == parse_term("(by simp, x)")
    assert s.Opaque("by", "have h : ∀ a , p := q\n".strip()) == parse_term("by have h : ∀ a, p := q")
    assert s.If(None, p, s.Opaque("by", "rfl"), x) == parse_term("if p then by rfl else x")


def test_sections_take_the_nearest_parentheses() -> None:
    assert s.App(f, (s.Section(s.Infix("+", s.Cdot(), x)),)) == parse_term("f (· + x)")
    assert s.Section(s.App(f, (s.Cdot(), s.Tuple((x, y))))) == parse_term("(f · (x, y))")


def test_declared_notations() -> None:
    notations = Notations(
        (
            Definition(("VJP[", Operand("f"), ",", Operand("x"), "]"), 1024, None),
            Definition((Operand("a", 51), "≈[", Operand("t"), "]", Operand("b", 51)), 50, None),
            Definition(("⟦", Operand("x"), "⟧₃"), 1024, None),
            Definition(("⟦", Operand("x"), "⟧₄"), 1024, None),
            Definition(("R",), 1024, x),
            mixfix("infixr", 80, ">>>", f),
        )
    )
    cases = {
        "VJP[f, x] y": s.App(s.Notation("VJP[ _ , _ ]", (f, x)), (y,)),
        "f x ≈[y] x": s.Notation("_ ≈[ _ ] _", (s.App(f, (x,)), y, x)),
        "⟦⟦x⟧₃⟧₄": s.Notation("⟦ _ ⟧₄", (s.Notation("⟦ _ ⟧₃", (x,)),)),
        "f R Rx": s.App(f, (s.Notation("R", ()), s.Ident("Rx"))),
        "x >>> y >>> f": s.Notation("_ >>> _", (x, s.Notation("_ >>> _", (y, f)))),
    }
    for text, tree in cases.items():
        assert tree == parse_term(text, notations)
        assert tree == parse_term(print_term(tree, notations), notations)


def test_notations_that_begin_alike_do_not_multiply_the_work() -> None:
    notations = Notations(tuple(Definition(("⟦", Operand("x"), f"⟧{i}"), 1024, None) for i in "₁₂₃"))
    tree = parse_term("⟦" * 60 + "x" + "⟧₃" * 60, notations)
    assert 61 == s.height(tree)


def test_binder_groups() -> None:
    explicit, implicit, strict, instance, named, default = parse_binders(
        "(x y : T) {n} ⦃a : A⦄ [C α] [inst : D] (h : p := by simp)"
    )
    assert s.Binder("explicit", ("x", "y"), s.Ident("T")) == explicit
    assert s.Binder("implicit", ("n",)) == implicit
    assert s.Binder("strict", ("a",), s.Ident("A")) == strict
    assert s.Binder("instance", (), s.App(s.Ident("C"), (s.Ident("α"),))) == instance
    assert s.Binder("instance", ("inst",), s.Ident("D")) == named
    assert s.Binder("explicit", ("h",), p, s.Opaque("by", "simp")) == default


REFUSED = {
    "": (1, 1),
    "f (x": (1, 5),
    "f x)": (1, 4),
    "x +": (1, 4),
    "a = b = c": (1, 7),
    "a < b < c": (1, 7),
    "∀ , p": (1, 3),
    "∀ x p": (1, 6),
    "∃ x": (1, 4),
    "∑ i f": (1, 6),
    "fun => x": (1, 5),
    "fun x x": (1, 8),
    "(x, )": (1, 5),
    "[a; b]": (1, 3),
    "⟨a b": (1, 5),
    "{a := }": (1, 7),
    "{x : T}": (1, 8),
    "{x := 1 y := 2}": (1, 11),
    "if p then a": (1, 12),
    "if let x = y then a else b": (1, 14),
    "let x 1": (1, 8),
    "let x := 1 y": (1, 13),
    "have h p": (1, 9),
    "match x": (1, 8),
    "match x with | a": (1, 17),
    "match x with | => a": (1, 16),
    "show p h": (1, 9),
    "suffices h : p h; q": (1, 17),
    "|x": (1, 3),
    "|x |": (1, 4),
    "‖x": (1, 3),
    "⌊x⌉": (1, 3),
    "⟪x, y⟩": (1, 6),
    "a[i": (1, 4),
    "a[]": (1, 3),
    "a[i]'": (1, 6),
    "!![a b": (1, 7),
    "@": (1, 2),
    "@x.1": (1, 1),
    "x.{u": (1, 5),
    "Type (max u": (1, 12),
    "by": (1, 3),
    "by (simp": (1, 9),
    "do": (1, 3),
    "`(x": (1, 4),
    "p →": (1, 4),
    "x →L[ℝ y": (1, 9),
    "{x | p": (1, 7),
    "{x // p": (1, 8),
    "a.(b": (1, 2),
    "[C α] →": (1, 8),
    "⦃x : T⦄ y": (1, 9),
    "(x : T := v) y": (1, 14),
    "open A x": (1, 9),
    "nomatch": (1, 8),
    "f (m := )": (1, 9),
    "'ab'": (1, 1),
    '"abc': (1, 1),
    "x \x01": (1, 3),
    "x \u200b": (1, 3),
    "1" * 1001: (1, 1),
    "1e10001": (1, 1),
    "∫ x, f ∂": (1, 9),
    "x@": (1, 3),
    "(f · |>.g)": (1, 9),
    "e |>.": (1, 6),
    "∀ᵐ x ∂, p": (1, 7),
    "let x := y": (1, 11),
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_with_a_position(text: str) -> None:
    with pytest.raises(ReadError) as error:
        parse_term(text)
    assert Position(*REFUSED[text]) == error.value.position


@pytest.mark.parametrize(
    "text", ["(x", "(x : T", "{x :", "[", "(x y : T :=)", "[a b", "x :", "(1 : T)", "{_x} )"]
)
def test_refused_binders(text: str) -> None:
    with pytest.raises(ReadError):
        parse_binders(text)


def test_messages_show_code_points() -> None:
    with pytest.raises(ReadError, match=r"U\+202E"):
        parse_term("x \u202e y")
    with pytest.raises(ReadError, match=r"U\+D800"):
        parse_term("x \ud800")


def tokens(text: str) -> list[str]:
    source = Source(text)
    lexer = Lexer(source.code, 0, len(source.code))
    while not lexer.finished:
        lexer.more()
    return [token[1] for token in lexer.tokens[:-1]]


def test_tokens() -> None:
    assert ["x", ".1", ".2", "≤", "y", ".dim"] == tokens("x.1.2 ≤ y .dim")
    assert ["a.b'", "get?", "xs", "[", "i", "]", "!"] == tokens("a.b' get? xs[i]!")
    assert ["ℝ≥0", "Type*", "→L[", "ℝ", "]", "⟫_", "ℝ"] == tokens("ℝ≥0 Type* →L[ℝ] ⟫_ℝ")
    assert ["?_", "?x", "'c'", "1.5e-3", "0x1F", "`name", "«a b».c"] == tokens(
        "?_ ?x 'c' 1.5e-3 0x1F `name «a b».c"
    )
    assert ['s!"a {f "b"} c"', "x"] == tokens('s!"a {f "b"} c" x')


def test_comments_are_no_code() -> None:
    assert ["a", "b", '"--"', "c"] == tokens('a /- x /- y -/ " -/ b "--" -- d\n c')
    source = Source("/-- doc -/ x /- open")
    assert [(0, 10)] == source.docs
    assert [("a comment is not closed", 13)] == source.problems


def test_line_ends_and_byte_order_mark() -> None:
    assert ["a", "b"] == tokens("\ufeffa\r\nb")
    assert Position(2, 3) == Source("\ufeffa\r\n\tbc").position(4)


def test_variables_of_a_bounded_quantifier_stand_in_parentheses() -> None:
    tree = parse_term("∀ᵉ (x ∈ f) (y > p), x = y")
    groups = (
        s.Binder("explicit", ("x",), relation="∈", bound=f),
        s.Binder("explicit", ("y",), relation=">", bound=p),
    )
    assert s.Forall(groups, s.Infix("=", x, y)) == tree
    assert s.Exists("∃", groups[:1], s.Infix("=", x, y)) == parse_term("∃ᵉ (x ∈ f), x = y")


@pytest.mark.parametrize("text", ["{(x, y) : f | x = y}", "{(x, y) | x = y}", "{⟨x, _⟩ : f | x = p}"])
def test_a_set_in_braces_may_take_its_members_apart(text: str) -> None:
    tree = parse_term(text)
    assert isinstance(tree, s.SetBuilder)
    assert isinstance(tree.binder.pattern, s.Tuple | s.Anonymous)
    assert text == print_term(tree)


def test_values_of_a_term_are_no_pattern() -> None:
    assert isinstance(parse_term("{(x, y) | (x) (y)}"), s.SetOf)
    assert isinstance(parse_term("{f x | x ∈ y}"), s.SetOf)
