"""Names: what Lean would take them for."""

from __future__ import annotations

from leanmirror.bridge.lean.imports import Head, Import
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.scopes import Candidate, Entry, Environment, Open, Scope, enclosing, resolve


def environment(*names: str, module: str = "M", **entries: Entry) -> Environment:
    found = Environment()
    for name in names:
        found.declare(name, entries.get(name.replace(".", "_"), Entry(module, 0)))
    return found


def heads(known: Environment, plain: str = "", **imports: str) -> None:
    """Give each module its imports, as they are written; those in `plain` do not say `module`."""
    for module, listed in imports.items():
        words = [each.split() for each in listed.split(",")]
        found = tuple(Import(each[-1], "public" in each, "all" in each, "meta" in each) for each in words)
        known.imports.set(module, Head(module not in plain.split(), found))


def full(name: str, scope: Scope, known: Environment) -> list[str]:
    return [".".join((each.name, *each.fields)) for each in resolve(name, scope, known)]


def test_namespaces_innermost_first() -> None:
    known = environment("A.B.x", "A.x", "x", "A.y")
    scope = Scope("M", enclosing("A.B"))
    assert ["A.B.x"] == full("x", scope, known)
    assert ["A.y"] == full("y", scope, known)
    assert ["x"] == full("_root_.x", scope, known)
    assert [] == full("z", scope, known)


def test_a_longer_name_wins_over_projections() -> None:
    known = environment("A.x", "x.y", "A.x.z")
    scope = Scope("M", enclosing("A"))
    assert ["x.y"] == full("x.y", scope, known)
    assert (Candidate("A.x", ("w", "1")),) == resolve("x.w.1", scope, known)


def test_never_by_last_component() -> None:
    assert [] == full("x", Scope("M"), environment("A.B.x"))
    assert [] == full("B.x", Scope("M"), environment("A.B.x"))


def test_opens_chain() -> None:
    known = environment("Spec.Tensor.dot", "Spec.Tensor.dim", "Tensor.dot")
    opens = (Open("Spec", ("",)), Open("Tensor", ("",)))
    assert ["Tensor.dot", "Spec.Tensor.dot"] == full("dot", Scope("M", opens=opens), known)
    assert ["Spec.Tensor.dim"] == full("dim", Scope("M", opens=opens), known)
    assert [] == full("dim", Scope("M", opens=opens[1:]), environment("Spec.Tensor.dim"))


def test_opens_inside_a_namespace() -> None:
    known = environment("A.B.x", "B.y")
    scope = Scope("M", enclosing("A"), (Open("B", enclosing("A")),))
    assert ["A.B.x"] == full("x", scope, known)
    assert [] == full("y", scope, known)


def test_open_parts() -> None:
    known = environment("A.x", "A.y", "A.z")
    assert ["A.x"] == full("x", Scope("M", opens=(Open("A", ("",), (("x", "x"),)),)), known)
    assert [] == full("y", Scope("M", opens=(Open("A", ("",), (("x", "x"),)),)), known)
    assert ["A.y"] == full("w", Scope("M", opens=(Open("A", ("",), (("w", "y"),)),)), known)
    assert [] == full("z", Scope("M", opens=(Open("A", ("",), hiding=frozenset("z")),)), known)
    assert [] == full("z", Scope("M", opens=(Open("A", ("",), scoped=True),)), known)


def test_private_and_protected_names() -> None:
    known = environment("A.x", "A.y", A_x=Entry("Other", 0, private=True), A_y=Entry("M", 0, protected=True))
    scope = Scope("M", enclosing("A"))
    assert [] == full("x", scope, known)
    assert [] == full("y", scope, known)
    assert ["A.y"] == full("A.y", scope, known)
    assert ["A.x"] == full("x", Scope("Other", enclosing("A")), known)


def test_imports_decide_what_is_seen() -> None:
    known = Environment()
    for module in ("P", "Q", "R"):
        known.declare(f"{module.lower()}", Entry(module, 0))
    heads(known, M="P", P="public Q, R", Q="public P")
    scope = Scope("M")
    assert (["p"], ["q"], []) == (full("p", scope, known), full("q", scope, known), full("r", scope, known))


def test_what_is_imported_along_two_paths_is_seen_through_both() -> None:
    known = Environment()
    known.declare("base", Entry("Base", 0))
    # From Hub, Middle is met directly and behind Other, which must not lose what Middle passes on.
    heads(
        known,
        First="Hub",
        Second="Wrap",
        Wrap="public Other",
        Hub="public Middle, public Other",
        Other="public Middle",
        Middle="public Base, public Hub",
    )
    for module in ("First", "Second", "Other", "Middle"):
        assert ["base"] == full("base", Scope(module), known), module


def test_names_further_down_are_not_seen() -> None:
    known = environment("x", "A.x", A_x=Entry("M", 50))
    scope = Scope("M", enclosing("A"))
    assert "x" == resolve("x", scope, known, 40)[0].name
    assert "A.x" == resolve("x", scope, known, 60)[0].name


def signatures(text: str) -> list[str]:
    return [each.signature for each in read_file("M.lean", "M", text=text).declarations]


def test_a_dotted_name_opens_its_prefix() -> None:
    text = "def Node.size := 1\ndef size := 2\ntheorem Node.t : size = 1 := h\ntheorem t : size = 1 := h"
    assert [": Node.size = 1", ": size = 1"] == signatures(text)[2:]


def test_exports_are_aliases() -> None:
    text = (
        "namespace A\ndef x := 1\nend A\nnamespace B\nexport A (x)\nend B\nopen B\ntheorem t : x = B.x := h"
    )
    assert ": A.x = A.x" == signatures(text)[-1]


def test_bound_variables_are_not_resolved() -> None:
    text = "namespace A\ndef x := 1\ntheorem t (y : x) : (fun x => x) y = x ∧ ∀ x, x.a := h"
    assert "(y : A.x) : (fun x => x) y = A.x ∧ ∀ x, x.a" == signatures(text)[-1]


def test_constructors_and_fields_are_names() -> None:
    text = (
        "namespace A\ninductive T | mk\nstructure S where\n  f : Nat\nopen S\ntheorem t : T.mk = f S.mk := h"
    )
    assert ": A.T.mk = A.S.f A.S.mk" == signatures(text)[-1]


def test_open_in_holds_for_one_command() -> None:
    text = "def A.x := 1\nopen A in\ntheorem t : x := h\ntheorem u : x := h"
    assert [": A.x", ": x"] == signatures(text)[1:]
