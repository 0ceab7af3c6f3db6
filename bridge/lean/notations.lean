/-
Notations of Lean and Mathlib that are in force where a namespace is open, as their own files declare them.
-/

scoped[Real] notation "π" => Real.pi
