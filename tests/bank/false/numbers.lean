import Mathlib
open Nat Real
/-! Divisibility, congruences, factorials, orders of functions, powers, false. -/
namespace Numbers
section
variable (n k : ℕ) (a b c : ℕ) (x : ℝ) (f g : Fin n → ℝ)
theorem f01 : (n + 1)! = n * n ! := by sorry
theorem f02 : a ≡ b [MOD 3] := by sorry
theorem f03 : f ≤ g := by sorry
theorem f04 : sin (x + π) = sin x := by sorry
theorem f05 (x : ℝ) [NeZero x] : 0 < x := by sorry
theorem f06 (a b : ℤ) (h : a ∣ b) (h' : b ∣ a) : a = b := by sorry
theorem f07 (k : ℤ) : x ^ k = x ^ (-k) := by sorry
theorem f08 (h : a ∣ b) : a ∣ b + c := by sorry
theorem f09 : (2 : ℝ → ℝ) x = 2 * x := by sorry
end
end Numbers
