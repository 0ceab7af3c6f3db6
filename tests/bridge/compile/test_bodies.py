"""Definitions run from their Lean text: each form with the values it has, each refusal with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.check.run import check
from leanmirror.bridge.compile.inductive import Data
from leanmirror.bridge.compile.interpret import interpret
from leanmirror.bridge.core.substitute import subterms
from leanmirror.bridge.core.term import Const
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.elaborate.package import TreeLibrary
from leanmirror.bridge.lean.source_root import SourceRoot
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import Undecided, Unsupported

Run = Callable[..., Any]

IN_BODIES = frozenset(
    (
        "Array.mk",
        "Vector.mk",
        "Array.ofFn",
        "Array.set",
        "Array.mapIdx",
        "Std.HashMap",
        "Std.HashMap.emptyWithCapacity",
        "Std.HashMap.insert",
        "Array.push",
        "Array.map",
        "Array.foldl",
        "Array.replicate",
        "Vector.ofFn",
        "Vector.get",
        "Vector.replicate",
        "Equiv.prodComm",
        "Equiv.prodAssoc",
        "Equiv.prodCongr",
        "Equiv.prodCongrRight",
        "Equiv.prodCongrLeft",
        "Pure.pure",
        "Bind.bind",
        "MonadState.get",
        "MonadState.set",
        "StateT.run",
        "liftM",
        "MonadExcept.throw",
        "List.foldlM",
        "GetElem.getElem",
        "GetElem?.getElem?",
        "List.finRange",
        "List.all",
        "List.any",
        "List.head?",
        "List.getLast?",
        "Option.map",
        "Option.getD",
        "Option.isSome",
        "Option.isNone",
        "BEq.beq",
        "bne",
        "Inhabited.default",
        "String.interpolated",
        "String",
        "False.elim",
        "absurd",
        "Fin.elim0",
        "cast",
        "Eq.mp",
        "Eq.mpr",
        "Subtype.mk",
        "Subtype.val",
        "LinearMap.mk",
        "LinearMap.toContinuousLinearMap",
        "ContinuousLinearMap.mk",
    )
)
"""What bodies of definitions speak of and statements hardly do."""


def tree(folder: Path, **files: str) -> TreeLibrary:
    """A package with these modules; a `_` in a name is a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "lean-toolchain").write_text("leanprover/lean4:v4.32.0\n", "utf-8")
    for name, text in files.items():
        path = folder.joinpath(*name.split("_")).with_suffix(".lean")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    library = TreeLibrary(SourceRoot(folder), default())
    for name in files:
        library.root.module(name.replace("_", "."))
    return library


def value(folder: Path, text: str, *args: Any, name: str = "f") -> Any:
    """The value of a definition of a file."""
    return interpret(tree(folder, A=text), name)(*args)


FORMS: dict[str, tuple[str, tuple[Any, ...], Any]] = {
    "let": ("def f (n : Nat) : Nat := let m := n + 1; m * m", (3,), 16),
    "if": ("def f (n : Nat) : Nat := if n < 2 then 10 else 20", (1,), 10),
    "match": ("def f (n : Nat) : Nat :=\n  match n with\n  | 0 => 7\n  | m + 1 => m", (5,), 4),
    "first branch that fits": (
        "def f (n : Nat) : Nat :=\n  match n with\n  | 1 => 8\n  | _ => 9\n  | 0 => 5",
        (0,),
        9,
    ),
    "alternatives together": (
        "def f (n : Nat) : Nat :=\n  match n with\n  | 0 | 2 => 1\n  | _ => 0",
        (2,),
        1,
    ),
    "two values": (
        "def f (n : Nat) (b : Bool) : Nat :=\n  match n, b with\n"
        "  | 0, true => 1\n  | _, false => 2\n  | k, _ => k",
        (6, True),
        6,
    ),
    "equations": ("def f : Nat → Nat\n  | 0 => 1\n  | n + 1 => (n + 1) * f n", (5,), 120),
    "equations on lists": ("def f : List Nat → Nat\n  | [] => 0\n  | x :: xs => x + f xs", ([1, 2, 3],), 6),
    "nested patterns": (
        "def f : List (Nat × Nat) → Nat\n  | [] => 0\n  | (a, 0) :: _ => a\n  | (_, k + 1) :: xs => k + f xs",
        ([(1, 5), (9, 0)],),
        13,
    ),
    "as pattern": (
        "def f : List Nat → List Nat\n  | all@(x :: _) => x :: all\n  | [] => []",
        ([4, 5],),
        [4, 4, 5],
    ),
    "if let": ("def f (o : Option Nat) : Nat := if let some x := o then x else 3", (Data("Option.none"),), 3),
    "let with a pattern": (
        "def f (p : Nat × Nat × Nat) : Nat :=\n  let ⟨a, b, c⟩ := p\n  a * b + c",
        ((2, (3, 4)),),
        10,
    ),
    "where": (
        "def f (n : Nat) : Nat := go n 0\nwhere\n  go : Nat → Nat → Nat\n"
        "    | 0, acc => acc\n    | k + 1, acc => go k (acc + n)",
        (4,),
        16,
    ),
    "let rec": (
        "def f (n : Nat) : Nat :=\n"
        "  let rec up (k : Nat) : Nat := if k = 0 then 0 else up (k - 1) + 2\n  up n",
        (5,),
        10,
    ),
    "termination_by": (
        "def f (n : Nat) : Nat := if n < 2 then n else f (n - 1) + f (n - 2)\ntermination_by n",
        (10,),
        55,
    ),
    "an inductive type": (
        "inductive T where\n  | leaf : Nat → T\n  | node : T → T → T\n"
        "def T.sum : T → Nat\n  | .leaf n => n\n  | .node a b => a.sum + b.sum\n"
        "def f (n : Nat) : Nat := T.sum (.node (.leaf n) (.node (.leaf 2) (.leaf 3)))",
        (1,),
        6,
    ),
    "a structure with defaults and a proof": (
        "structure S where\n  a : Nat\n  b : Nat := a + 1\n  h : a < b := by omega\n"
        "def f (n : Nat) : Nat :=\n  let s : S := { a := n }\n  { s with a := 10, h := sorry }.a + s.b",
        (4,),
        15,
    ),
    "a class whose instance the text gives": (
        "class Weight (α : Type) where\n  weight : α → Nat\n"
        "instance : Weight Bool := ⟨fun b => if b then 3 else 4⟩\n"
        "instance {α β : Type} [Weight α] [Weight β] : Weight (α × β) where\n"
        "  weight p := Weight.weight p.1 * Weight.weight p.2\n"
        "def f (b : Bool) : Nat := Weight.weight (b, true)",
        (False,),
        12,
    ),
    "an instance for an operator": (
        "structure P where\n  x : Nat\ninstance : Add P := ⟨fun a b => ⟨a.x * b.x⟩⟩\n"
        "def f (n : Nat) : Nat := ((⟨n⟩ : P) + ⟨5⟩).x",
        (3,),
        15,
    ),
    "by exact": ("def f (n : Nat) : Nat := by\n  have h : n = n := rfl\n  exact n + 2", (1,), 3),
    "refine with a hole for a proof": (
        "def f (n : Nat) : { m : Nat // m = n } := by\n  refine ⟨n, ?_⟩\n  rfl",
        (4,),
        4,
    ),
    "a proof that is not understood": (
        "def f (n : Nat) (h : n < 3) : Fin 3 := ⟨n, no_such_lemma h⟩",
        (2,),
        2,
    ),
    "a cast along an equation": (
        "def g {n m : Nat} (h : n = m) (i : Fin n) : Fin m := h ▸ i\n"
        "def k {n m : Nat} (h : Fin n = Fin m) (i : Fin n) : Fin m := Eq.mp h (cast rfl (Eq.mpr rfl i))\n"
        "def f (n : Nat) : Nat := (k (m := 5) (by rfl) (g (n := 5) (m := 5) rfl ⟨n, by omega⟩)).val",
        (3,),
        3,
    ),
    "cases that cannot be": (
        "def g : (n : Nat) → Fin n → Nat\n  | 0, i => Fin.elim0 i\n  | n + 1, ⟨i, _⟩ => n - i\n"
        "def f (n : Nat) : Nat :=\n  if h : n < 9 then g 9 ⟨n, h⟩ else if h : n < 2 then absurd h sorry\n"
        "  else False.elim (by omega)",
        (3,),
        5,
    ),
    "by_cases, cases and simpa": (
        "def g (n : Nat) : Fin (n + 2) := by\n  cases n with\n  | zero => exact 1\n  | succ k =>\n"
        "    by_cases h : k = 2\n    · exact ⟨k, by omega⟩\n    · simpa using (0 : Fin (k + 1 + 2))\n"
        "def f (n : Nat) : List Nat := [(g 0).val, (g n).val, (g 7).val]",
        (3,),
        [1, 2, 0],
    ),
    "arrays and vectors": (
        "def f (n : Nat) : List Nat :=\n  let a : Array Nat := (Array.ofFn (n := n) fun i => i.val).push 9\n"
        "  let v : Vector Nat 2 := Vector.ofFn fun i => i.val + 5\n"
        "  let w : Vector Nat 2 := ⟨⟨[3, 4]⟩, rfl⟩\n"
        "  (Array.map (fun x => x + 1) a).toList ++ [Array.foldl (fun s x => s + x) 0 a, v.get 1, w.get 0,\n"
        "    a[0]'(by simp), (Array.replicate 2 8).size, (Vector.replicate 3 7 : Vector Nat 3).get 2]",
        (2,),
        [1, 2, 10, 10, 6, 3, 0, 2, 7],
    ),
    "what is used says what `.name` is": (
        "def f (n : Nat) : Nat :=\n  let o := .some (n + 1)\n  Option.getD o 0 + Nat.succ 1",
        (3,),
        6,
    ),
    "the types of a function's variables from a later argument": (
        "def f (n : Nat) : Nat := List.foldl (fun acc i => acc + i.val) 10 (List.finRange n)",
        (4,),
        16,
    ),
    "equivalences": (
        "def e : (Nat × Nat) × Nat ≃ (Nat × Nat) × Nat :=\n"
        "  (Equiv.prodCongr (Equiv.prodComm Nat Nat) (Equiv.mk (fun n => n + 1) (fun n => n - 1) (by simp)\n"
        "    (by sorry))).trans ((Equiv.prodAssoc Nat Nat Nat).trans ((Equiv.prodCongrRight fun _ =>\n"
        "    Equiv.prodCongrLeft fun _ => Equiv.refl Nat).trans (Equiv.prodAssoc Nat Nat Nat).symm))\n"
        "def f (n : Nat) : (Nat × Nat) × Nat := e ((n, 2), 3)",
        (1,),
        ((2, 1), 4),
    ),
    "options": (
        "def f (xs : List Nat) : List Nat :=\n  let o := xs.head?\n"
        "  if o.isSome && !(xs.getLast?).isNone then\n"
        "    [(o.map fun x => x + 1).getD 5, (xs[7]?).getD 6] else []",
        ([3, 4],),
        [4, 6],
    ),
    "decisions": (
        "def f (xs : List Nat) : List Bool :=\n"
        "  [xs.all fun x => x == 1, xs.any fun x => x != 1, decide (xs = []),\n"
        "    (List.finRange 3).all fun i => decide (i.val < 3), (default : Bool), (default : Nat) == 0]",
        ([1, 2],),
        [False, True, False, True, False, True],
    ),
    "do on a state": (
        'def half (n : Nat) : Except String Nat := if n % 2 = 0 then .ok (n / 2) else .error "odd"\n'
        "def step : StateT Nat (Except String) Nat := do\n  let n ← get\n  let m ← liftM (half n)\n"
        "  set m\n  pure (n + 1)\n"
        "def twice : StateT Nat (Except String) Nat := do\n  let a ← step\n  let b ← step\n  pure (a * b)\n"
        "def f (n : Nat) : List (Except String (Nat × Nat)) := [StateT.run twice n, StateT.run twice 6]",
        (8,),
        [Data("Except.ok", ((45, 2),)), Data("Except.error", ("odd",))],
    ),
    "arrays changed": (
        "def f (n : Nat) : Array Nat :=\n  let xs := Array.replicate 3 n\n"
        "  Array.mapIdx (fun i x => 10 * i + x) (Array.set xs 1 7 (by simp))",
        (2,),
        [2, 17, 22],
    ),
    "maps": (
        "def f (n : Nat) : Std.HashMap Nat Nat :=\n"
        "  let m : Std.HashMap Nat Nat := Std.HashMap.emptyWithCapacity\n"
        "  ((m.insert n 1).insert (n + 1) 2).insert n 3",
        (4,),
        {4: 3, 5: 2},
    ),
    "do in Except": (
        'def half (n : Nat) : Except String Nat := if n % 2 = 0 then .ok (n / 2) else throw "odd"\n'
        "def g (xs : List Nat) : Except String Nat := do\n  let mut total := 0\n  let mut seen := 0\n"
        "  for x in xs do\n    let h ← half x\n    if h = 5 then\n      total := total + 100\n"
        "    seen := seen + 1\n    total := total + h\n  if seen > 2 then\n    return total\n"
        '  unless seen = 2 do\n    throw "few"\n  let (a, b) := (total, seen)\n  pure (a * 10 + b)\n'
        "def f (xs : List Nat) : List (Except String Nat) := [g xs, g [3], g [2, 4, 6], g [8]]",
        ([10, 4],),
        [
            Data("Except.ok", (1072,)),
            Data("Except.error", ("odd",)),
            Data("Except.ok", (6,)),
            Data("Except.error", ("few",)),
        ],
    ),
    "do that returns early": (
        "def g (n : Nat) : Option Nat := do\n  let mut k := n\n  if n > 3 then\n    k := k + 1\n"
        "    if n > 4 then\n      return 0\n  else if n = 0 then\n    return 7\n  else\n    k := 20\n"
        "  k := k * 2\n  pure k\n"
        "def f (xs : List Nat) : List (Option Nat) := xs.map g",
        ([5, 4, 0, 1],),
        [Data("Option.some", (each,)) for each in (0, 10, 7, 40)],
    ),
    "do in Option": (
        "def f (n : Nat) : Option Nat := do\n  let x ← if n > 2 then some n else none\n"
        "  match x with\n  | 3 => pure 1\n  | k => do\n    let y := k + 1\n    return y",
        (4,),
        Data("Option.some", (5,)),
    ),
    "an interpolated string that nothing looks at": (
        "structure S where\n  name : String\n  size : Nat\n"
        'def f (n : Nat) : Nat := (({ name := s!"layer {n}", size := n } : S)).size',
        (3,),
        3,
    ),
    "strings": (
        'def f (s : String) : Nat :=\n  match s with\n  | "a\\n" => 1\n  | _ => if s = "b" then 2 else 3',
        ("a\n",),
        1,
    ),
    "a subtype": (
        "def g (n : Nat) : { m : Nat // n < m } := ⟨n + 1, by omega⟩\n"
        "def f (n : Nat) : Nat :=\n  let ⟨m, _⟩ := g n\n  m + (g m).val + (g m).1",
        (3,),
        14,
    ),
    "a linear map by its function": (
        "def g : (Fin 2 → ℝ) →ₗ[ℝ] ℝ where\n  toFun x := x 0 + 3 * x 1\n"
        "  map_add' := by intros; ring\n  map_smul' := by intros; ring\n"
        "def h : (Fin 2 → ℝ) →L[ℝ] ℝ := ⟨g, by continuity⟩\n"
        "def f (x : Fin 2 → ℝ) : ℝ := h x + LinearMap.toContinuousLinearMap g x",
        ([1, 2],),
        14,
    ),
    "a polymorphic definition": (
        "def g {α : Type} : List α → Nat\n  | [] => 0\n  | _ :: xs => g xs + 1\n"
        "def f (n : Nat) : Nat := g [n, n] + g [true]",
        (3,),
        3,
    ),
}


def test_every_meaning_for_bodies_has_a_form(tmp_path: Path) -> None:
    spoken: set[str] = set()
    for number, (text, _, _) in enumerate(FORMS.values()):
        library = tree(tmp_path / str(number), A=text)
        for declaration in library.root.files["A"].declarations:
            body = getattr(library.lookup(declaration.name), "body", None)
            if body is not None:
                spoken |= {item.name for item in subterms(body) if isinstance(item, Const)}
    assert set() == set(IN_BODIES) - spoken


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_its_value(tmp_path: Path, form: str) -> None:
    text, args, wanted = FORMS[form]
    assert wanted == value(tmp_path, text, *args)


def test_the_value_of_an_interpolated_string_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="the value of s!"):
        value(tmp_path, 'def f (n : Nat) : Bool := s!"a {n}" == "a 1"', 1)


def test_types_are_refined_by_patterns(tmp_path: Path) -> None:
    text = (
        "open Spec Tensor\n"
        "def f {α : Type} [Add α] [Zero α] : {s : Shape} → Tensor α s → Tensor α s → Tensor α s\n"
        "  | .scalar, .scalar x, .scalar y => .scalar (x + y)\n"
        "  | .dim _ _, .dim g, .dim h => .dim fun i => f (g i) (h i)\n"
    )
    s = Shape((2, 2))
    one, two = Tensor(s, [1, 2, 3, 4]), Tensor(s, [10, 20, 30, 40])
    assert Tensor(s, [11, 22, 33, 44]) == value(tmp_path, text, s, one, two)


def test_a_type_computes_through_equations(tmp_path: Path) -> None:
    text = (
        "def Row : Nat → Type\n  | 0 => Nat\n  | n + 1 => Nat × Row n\n"
        "def f (x : Row 2) : Nat := x.1 + x.2.1 + x.2.2\n"
    )
    assert 6 == value(tmp_path, text, (1, (2, 3)))


REFUSED: dict[str, tuple[str, str]] = {
    "a pattern of another type": (
        "def f (n : Nat) : Nat :=\n  match n with\n  | some _ => 1\n  | _ => 0",
        "the pattern Option.some met ℕ at 3:5",
    ),
    "too few patterns": (
        "def f : Nat → Nat → Nat\n  | 0, _ => 1\n  | n => 2",
        "1 patterns for 2 values at 3:5",
    ),
    "tactics that make data": (
        "def f (n : Nat) : Nat := by\n  induction n\n  · exact 1\n  · exact 2",
        "a proof by tactics",
    ),
    "an action inside a term": (
        "def f (n : Nat) : Option Nat := do\n  let x := (← some n) + 1\n  pure x",
        "a do block",
    ),
    "a return inside of a loop": (
        "def f (n : Nat) : Option Nat := do\n  for x in [n] do\n    if x = 1 then\n      return 2\n  pure 3",
        "'return' inside of a loop is not run) at 2:3",
    ),
    "a monad that is not known": (
        "def M (α : Type) : Type := Nat → α\ndef f (n : Nat) : M Nat := do\n  let x ← pure n\n  pure x",
        "a do block in a monad other than Except, Option and StateT of these",
    ),
    "⟨…⟩ without a type": (
        "def f (n : Nat) : Nat :=\n  let p := ⟨n, n⟩\n  n",
        "⟨…⟩ where no type is expected at 2:12",
    ),
    "a name that nothing declares": ("def f (n : Nat) : Nat :=\n  no_such n", "unknown name no_such at 2:3"),
    "a constructor without arguments": (
        "def f : List Nat → Nat\n  | List.cons => 1\n  | _ => 0",
        "the pattern List.cons with 0 arguments at 2:5",
    ),
}


@pytest.mark.parametrize("form", REFUSED)
def test_what_is_refused_says_where(tmp_path: Path, form: str) -> None:
    text, message = REFUSED[form]
    with pytest.raises(Unsupported) as caught:
        value(tmp_path, text, 0)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "def f (n : Nat) : Nat := f (n + 1)",
        "partial def g (n : Nat) : Nat := g n + g n\ndef f (n : Nat) : Nat := g n",
        "def f (n : Nat) : Nat := go n\nwhere\n  go (k : Nat) : Nat := go (k + 1)",
    ],
)
def test_a_recursion_without_end_ends(tmp_path: Path, text: str) -> None:
    with pytest.raises(Undecided, match="resource"):
        value(tmp_path, text, 1)


def test_a_definition_of_an_imported_file_is_run(tmp_path: Path) -> None:
    library = tree(
        tmp_path,
        A_B="namespace N\ndef two : Nat := 2\nprivate def hidden : Nat := 5\n"
        "def seven : Nat := two + hidden\nend N\n",
        C="import A.B\nprivate def hidden : Nat := 100\nopen N in\n"
        "def f (n : Nat) : Nat := n * seven + hidden\n",
    )
    found = interpret(library, "f")
    assert 121 == found(3)
    assert {"N.seven", "N.two"} <= set(found.rests_on)


def test_what_is_not_imported_is_not_seen(tmp_path: Path) -> None:
    library = tree(tmp_path, A="def two : Nat := 2\n", B="def f : Nat := two\n")
    with pytest.raises(Unsupported, match="unknown name two at 1:16"):
        interpret(library, "f")


@pytest.mark.parametrize("written", ["Outside", "«..».Outside", "Link.Outside"])
def test_nothing_outside_of_the_package_is_read(tmp_path: Path, written: str) -> None:
    inside = tmp_path / "package"
    inside.mkdir()
    (tmp_path / "Outside.lean").write_text("def two : Nat := 2\n", "utf-8")
    (inside / "Link").symlink_to(tmp_path)
    library = tree(inside, A=f"import {written}\ndef f : Nat := two\n")
    assert ["A"] == list(library.root.files)
    with pytest.raises(Unsupported, match="unknown name two"):
        interpret(library, "f")


def test_the_text_of_a_mirrored_name_is_run_and_its_callees_are_mirrored(tmp_path: Path) -> None:
    library = tree(
        tmp_path,
        NN_A="namespace Activation.Math\nvariable {α : Type} [Context α]\n"
        "def sigmoidSpec (x : α) : α := x + 1\ndef sigmoidDerivSpec (x : α) : α := sigmoidSpec x * 0 + 2\n"
        "end Activation.Math\n",
    )
    assert 4 == interpret(library, "Activation.Math.sigmoidSpec")(3)
    found = interpret(library, "Activation.Math.sigmoidDerivSpec")
    assert () == found.rests_on


def test_a_claim_that_rests_on_a_text_says_so(tmp_path: Path) -> None:
    tree(
        tmp_path,
        Defs="def double : Nat → Nat\n  | 0 => 0\n  | n + 1 => double n + 2\n",
        Claims="import Defs\ntheorem good (n : Nat) : double n = 2 * n := by sorry\n"
        "theorem bad (n : Nat) : double n = n := by sorry\n",
    )
    report = check([str(tmp_path / "Claims.lean")], examples=20, jobs=1)
    assert ["no_counterexample", "refuted"] == [result.verdict for result in report.results]
    assert [("double",), ("double",)] == [result.interpreted for result in report.results]
    assert "interpreted, no mirror: double" in str(report.results[0])


def test_names_of_a_file_that_is_read_later_are_found(tmp_path: Path) -> None:
    (tmp_path / "lakefile.toml").write_text("", "utf-8")
    for name in ("A", "B"):
        one = f"def one{name} : ℕ := 1\ntheorem t : one{name} = 1 := by sorry\n"
        text = f"namespace Far{name}\n{one}end Far{name}\n"
        (tmp_path / f"{name}.lean").write_text(text, "utf-8")
    report = check([str(tmp_path)], examples=10, jobs=1)
    assert ["no_counterexample"] * 2 == [r.verdict for r in report.results], [
        r.reason for r in report.results
    ]
