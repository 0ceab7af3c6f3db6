import Mathlib
open Nat Real
/-! Divisibility, congruences, factorials, orders of functions, powers, true. -/
namespace Numbers
section
variable (n k : ℕ) (a b c : ℕ) (x : ℝ) (f g : Fin n → ℝ)
theorem t01 : Nat.gcd 20! 200000 = 40000 := by sorry
theorem t02 : (n + 1)! = (n + 1) * n ! := by sorry
theorem t03 (h : a ≡ b [MOD n]) : a + c ≡ b + c [MOD n] := by sorry
theorem t04 (h : f ≤ g) (i : Fin n) : f i ≤ g i := by sorry
theorem t05 : (2 : ℝ → ℝ) x = 2 := by sorry
theorem t06 : sin (x + π) = - sin x := by sorry
theorem t07 (x : ℝ) [NeZero x] : x * x⁻¹ = 1 := by sorry
theorem t08 (a b : ℤ) (h : a ∣ b) (h' : b ∣ a) : |a| = |b| := by sorry
theorem t09 (k : ℤ) : (x ^ k)⁻¹ = x ^ (-k) := by sorry
theorem t10 (h : a ∣ b) : a ∣ b * c := by sorry
end
end Numbers
