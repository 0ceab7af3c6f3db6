"""A small project of two modules for a Lean without its library, compiled during the tests."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from tests.bridge import lean_program

BASE = """prelude
set_option autoImplicit false
set_option genCtorIdx false
unsafe axiom lcErased : Type
unsafe axiom lcProof {p : Prop} : p
unsafe axiom lcAny : Type
unsafe axiom lcVoid : Type
universe u
inductive Eq {α : Sort u} : α → α → Prop where
  | refl (a : α) : Eq a a
inductive N : Type where
  | zero : N
  | succ (n : N) : N
noncomputable section
structure Pair (α β : Type) where
  fst : α
  snd : β
axiom sorryAx (p : Prop) : p
"""
SOFT = """prelude
import Lib.Base
set_option autoImplicit false
set_option linter.unusedVariables false
noncomputable section
namespace My
axiom Vec : N → Type
axiom choice {α : Type} (a b : α) : Eq a b
axiom spread {m n : N} (x : Vec m) (p : Pair (Vec m) (Vec n)) (f : Vec m → Vec n) (k : N) : Vec n
/-- A docstring. -/
def double (n : N) : N := N.succ (N.succ n)
private theorem secret (n : N) : Eq n n := Eq.refl n
theorem plain (n : N) : Eq (double n) (double n) := secret (double n)
theorem chosen (n : N) : Eq (double n) n := choice (double n) n
theorem holed (n : N) : Eq n (double n) := sorryAx (Eq n (double n))
theorem long {m n : N} (x y : Vec m) (δ ε : Vec n) (f : Vec m → Vec n) (h : ∀ z : Vec m, Eq (f z) (f x)) :
    Eq (spread x (Pair.mk x δ) (fun z : Vec m => spread z (Pair.mk z ε) f (double m)) m)
      (spread y (Pair.mk x δ) (fun z => spread z (Pair.mk y ε) (fun w => f w) (double n)) n) :=
  choice (spread x (Pair.mk x δ) (fun z : Vec m => spread z (Pair.mk z ε) f (double m)) m)
    (spread y (Pair.mk x δ) (fun z => spread z (Pair.mk y ε) (fun w => f w) (double n)) n)
theorem many (n : N) (v : Vec n) (δ : Pair N N) : Eq n (double n) :=
  (fun (_ : Eq v v) (_ : Eq δ.fst δ.snd) => holed n) (choice v v) (choice δ.fst δ.snd)
theorem «odd name» (n : N) : Eq n n := plain2 n
  where plain2 (k : N) : Eq k k := secret k
end My
"""
MODULES = {"Lib.Base": BASE, "Lib.Soft": SOFT}


def command(folder: Path) -> str:
    """What `--lean` is for a project in that folder."""
    lean = shlex.join([sys.executable, lean_program.__file__])
    return f"env LEAN_PATH={shlex.quote(str(folder))} {lean}"


def compiled(folder: Path, modules: dict[str, str]) -> str:
    """Write and compile modules in their order; what Lean says of them."""
    said = ""
    for module, text in modules.items():
        path = folder / f"{module.replace('.', '/')}.lean"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        products = ["-o", str(path.with_suffix(".olean")), "-i", str(path.with_suffix(".ilean"))]
        done = subprocess.run(
            [sys.executable, lean_program.__file__, *products, str(path.relative_to(folder))],
            cwd=folder,
            env=os.environ | {"LEAN_PATH": str(folder)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        said += done.stdout + done.stderr
    return said
