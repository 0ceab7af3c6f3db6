/-
Signatures of the names of Lean and Mathlib that statements use, in our own words: what elaboration needs to know
of them, and no more. This is a `prelude` file, so that a Lean without its library accepts it as it stands; it has
no notation for that reason. What differs from Mathlib, and why that is harmless for statements:

* Almost everything lives in `Type`. Classes keep Mathlib's names, but not all their parents and fields.
* The scalars of linear maps and derivatives are one field `𝕜`; `E →L[𝕜] F` is `ContinuousLinearMap 𝕜 E F`, where
  Mathlib has a ring homomorphism in place of `𝕜`, and spaces are normed where Mathlib asks for topological ones.
* `ContinuousLinearMap.adjoint` is a function on maps, not an isometry of spaces of maps.
* `DecidableEq` is a class of its own.

A definition stands here with its body where types depend on it, or where its body says what to compute: then it is
run from that body, and needs no meaning of its own. What is an `axiom` here has its meaning in Python.
-/
prelude

set_option autoImplicit false
set_option bootstrap.inductiveCheckResultingUniverse false
set_option genCtorIdx false

universe u v w

-- What the kernel and the elaborator of Lean ask for before anything else.

unsafe axiom lcErased : Type
unsafe axiom lcProof {p : Prop} : p
unsafe axiom lcAny : Type
unsafe axiom lcVoid : Type

noncomputable section

def id {α : Sort u} (a : α) : α := a

@[reducible] def optParam (α : Sort u) (_ : α) : Sort u := α

@[reducible] def outParam (α : Sort u) : Sort u := α

inductive PUnit : Sort u where
  | unit : PUnit

inductive Eq {α : Sort u} : α → α → Prop where
  | refl (a : α) : Eq a a

axiom rfl {α : Sort u} {a : α} : Eq a a

axiom Eq.symm {α : Sort u} {a b : α} (h : Eq a b) : Eq b a

axiom Eq.trans {α : Sort u} {a b c : α} (h₁ : Eq a b) (h₂ : Eq b c) : Eq a c

@[reducible] def Eq.ndrec.{u1, u2} {α : Sort u2} {a : α} {motive : α → Sort u1} (m : motive a) {b : α}
    (h : Eq a b) : motive b :=
  h.rec m

inductive HEq {α : Sort u} : α → {β : Sort u} → β → Prop where
  | refl (a : α) : HEq a a

axiom cast {α β : Sort u} (h : Eq α β) (a : α) : β

axiom Eq.mp {α β : Sort u} (h : Eq α β) (a : α) : β

axiom Eq.mpr {α β : Sort u} (h : Eq α β) (b : β) : α

axiom heq_of_eq {α : Sort u} {a b : α} (h : Eq a b) : HEq a b

axiom eq_of_heq {α : Sort u} {a b : α} (h : HEq a b) : Eq a b

structure PProd (α : Sort u) (β : Sort v) where
  fst : α
  snd : β

-- Logic.

inductive True : Prop where
  | intro : True

inductive False : Prop where

def Not (a : Prop) : Prop := a → False

structure And (a b : Prop) : Prop where
  intro ::
  left : a
  right : b

inductive Or (a b : Prop) : Prop where
  | inl (h : a) : Or a b
  | inr (h : b) : Or a b

structure Iff (a b : Prop) : Prop where
  intro ::
  mp : a → b
  mpr : b → a

inductive Exists {α : Sort u} (p : α → Prop) : Prop where
  | intro (w : α) (h : p w) : Exists p

def ExistsUnique {α : Sort u} (p : α → Prop) : Prop := Exists (fun x => And (p x) (∀ y, p y → Eq y x))

@[reducible] def Ne {α : Sort u} (a b : α) : Prop := Not (Eq a b)

axiom absurd {a : Prop} {b : Sort v} (h₁ : a) (h₂ : Not a) : b

inductive Bool : Type where
  | false : Bool
  | true : Bool

export Bool (false true)

axiom and (x y : Bool) : Bool

axiom or (x y : Bool) : Bool

axiom not (x : Bool) : Bool

class Decidable (p : Prop) : Type where
  decide (p) : Bool

export Decidable (decide)

class DecidableEq (α : Type) : Type where
  decEq : α → α → Bool

@[instance] axiom instDecidableEq {α : Type} [DecidableEq α] (a b : α) : Decidable (Eq a b)

@[instance] axiom instDecidableNot {p : Prop} [Decidable p] : Decidable (Not p)

@[instance] axiom instDecidableAnd {p q : Prop} [Decidable p] [Decidable q] : Decidable (And p q)

@[instance] axiom instDecidableOr {p q : Prop} [Decidable p] [Decidable q] : Decidable (Or p q)

axiom ite {α : Sort u} (c : Prop) [h : Decidable c] (t e : α) : α

axiom dite {α : Sort u} (c : Prop) [h : Decidable c] (t : c → α) (e : Not c → α) : α

@[reducible] def DecidableRel {α : Type} (r : α → α → Prop) : Type := (a b : α) → Decidable (r a b)

class Inhabited (α : Sort u) where
  default : α

export Inhabited (default)

class Nonempty (α : Sort u) : Prop where

class IsEmpty (α : Sort u) : Prop where

class Subsingleton (α : Sort u) : Prop where

class Unique (α : Sort u) extends Inhabited α where

class Finite (α : Sort u) : Prop where

class Infinite (α : Sort u) : Prop where

class Fact (p : Prop) : Prop where
  out : p

-- Data.

inductive Nat where
  | zero : Nat
  | succ (n : Nat) : Nat

structure Prod (α : Type u) (β : Type v) where
  fst : α
  snd : β

structure Sigma {α : Type} (β : α → Type) where
  fst : α
  snd : β fst

structure Subtype {α : Sort u} (p : α → Prop) where
  val : α
  property : p val

inductive Sum (α β : Type) where
  | inl (val : α) : Sum α β
  | inr (val : β) : Sum α β

@[reducible] def Unit : Type := PUnit

@[reducible] def Unit.unit : Unit := PUnit.unit

inductive Option (α : Type) where
  | none : Option α
  | some (val : α) : Option α

export Option (none some)

inductive Except (ε α : Type) where
  | error (e : ε) : Except ε α
  | ok (a : α) : Except ε α

inductive List (α : Type u) where
  | nil : List α
  | cons (head : α) (tail : List α) : List α

axiom Int : Type

axiom Rat : Type

axiom Real : Type

axiom ENNReal : Type

axiom Float : Type

axiom String : Type

structure Array (α : Type) where
  toList : List α

axiom SignType : Type

-- Stands for `s!"…"`, with its text as it is written.
axiom String.interpolated (s : String) : String

-- Numerals and arithmetic, with the names and shapes that Lean knows.

class OfNat (α : Type u) (n : Nat) where
  ofNat : α

class Zero (α : Type u) where
  zero : α

class One (α : Type u) where
  one : α

class NatCast (R : Type u) where

axiom NatCast.natCast {R : Type u} [NatCast R] : Nat → R

class Nat.AtLeastTwo (n : Nat) : Prop where

@[instance] axiom Nat.instAtLeastTwo {n : Nat} : Nat.AtLeastTwo (Nat.succ (Nat.succ n))

@[instance] axiom instOfNat {R : Type} [NatCast R] {n : Nat} [Nat.AtLeastTwo n] : OfNat R n

@[instance] axiom One.toOfNat1 {α : Type u} [One α] : OfNat α (Nat.succ Nat.zero)

@[instance] axiom Zero.toOfNat0 {α : Type u} [Zero α] : OfNat α Nat.zero

@[default_instance 100] instance instOfNatNat (n : Nat) : OfNat Nat n := { ofNat := n }

class OfScientific (α : Type u) where
  ofScientific : Nat → Bool → Nat → α

class IntCast (R : Type u) where

axiom IntCast.intCast {R : Type u} [IntCast R] : Int → R

class RatCast (R : Type u) where

axiom RatCast.ratCast {R : Type u} [RatCast R] : Rat → R

class Add (α : Type u) where
  add : α → α → α

class Sub (α : Type u) where
  sub : α → α → α

class Mul (α : Type u) where
  mul : α → α → α

class Div (α : Type u) where
  div : α → α → α

class Mod (α : Type u) where
  mod : α → α → α

class Neg (α : Type u) where
  neg : α → α

class Inv (α : Type u) where
  inv : α → α

class Pow (α : Type u) (β : Type v) where
  pow : α → β → α

class SMul (α : Type u) (β : Type v) where
  smul : α → β → β

class Append (α : Type u) where
  append : α → α → α

class HAdd (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hAdd : α → β → γ

class HSub (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hSub : α → β → γ

class HMul (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hMul : α → β → γ

class HDiv (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hDiv : α → β → γ

class HMod (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hMod : α → β → γ

class HPow (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hPow : α → β → γ

class HSMul (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hSMul : α → β → γ

class HAppend (α : Type u) (β : Type v) (γ : outParam (Type w)) where
  hAppend : α → β → γ

instance instHAdd {α : Type u} [Add α] : HAdd α α α := { hAdd := fun a b => Add.add a b }

instance instHSub {α : Type u} [Sub α] : HSub α α α := { hSub := fun a b => Sub.sub a b }

instance instHMul {α : Type u} [Mul α] : HMul α α α := { hMul := fun a b => Mul.mul a b }

instance instHDiv {α : Type u} [Div α] : HDiv α α α := { hDiv := fun a b => Div.div a b }

instance instHMod {α : Type u} [Mod α] : HMod α α α := { hMod := fun a b => Mod.mod a b }

instance instHPow {α : Type u} {β : Type v} [Pow α β] : HPow α β α := { hPow := fun a b => Pow.pow a b }

instance instHSMul {α : Type u} {β : Type v} [SMul α β] : HSMul α β β := { hSMul := fun a b => SMul.smul a b }

instance instHAppendOfAppend {α : Type u} [Append α] : HAppend α α α := { hAppend := fun a b => Append.append a b }

-- Algebra. A class here gives the operations of Mathlib's class of that name.

class Semiring (α : Type) : Type where

class CommSemiring (α : Type) : Type where

class Ring (α : Type) : Type where

class CommRing (α : Type) : Type where

class Field (α : Type) : Type where

class Lattice (α : Type) : Type where

class AddGroup (α : Type) : Type where

class Monoid (α : Type) : Type where

class AddCommMonoid (α : Type) : Type where

class CommMonoid (α : Type) : Type where

class AddCommGroup (α : Type) : Type where

class Module (R M : Type) [Semiring R] [AddCommMonoid M] : Type where

@[instance] axiom CommSemiring.toSemiring {α : Type} [CommSemiring α] : Semiring α

@[instance] axiom CommRing.toCommSemiring {α : Type} [CommRing α] : CommSemiring α

@[instance] axiom CommRing.toRing {α : Type} [CommRing α] : Ring α

@[instance] axiom Field.toCommRing {α : Type} [Field α] : CommRing α

@[instance] axiom Semiring.toZero {α : Type} [Semiring α] : Zero α

@[instance] axiom Semiring.toOne {α : Type} [Semiring α] : One α

@[instance] axiom Semiring.toAdd {α : Type} [Semiring α] : Add α

@[instance] axiom Semiring.toMul {α : Type} [Semiring α] : Mul α

@[instance] axiom Semiring.toMonoid {α : Type} [Semiring α] : Monoid α

@[instance] axiom Semiring.toAddCommMonoid {α : Type} [Semiring α] : AddCommMonoid α

@[instance] axiom Semiring.toNatCast {α : Type} [Semiring α] : NatCast α

@[instance] axiom CommSemiring.toCommMonoid {α : Type} [CommSemiring α] : CommMonoid α

@[instance] axiom Field.toDiv {α : Type} [Field α] : Div α

@[instance] axiom Field.toInv {α : Type} [Field α] : Inv α

@[instance] axiom Ring.toSub {α : Type} [Ring α] : Sub α

@[instance] axiom Ring.toNeg {α : Type} [Ring α] : Neg α

@[instance] axiom AddCommGroup.toAddCommMonoid {α : Type} [AddCommGroup α] : AddCommMonoid α

@[instance] axiom AddCommMonoid.toAdd {α : Type} [AddCommMonoid α] : Add α

@[instance] axiom AddCommMonoid.toZero {α : Type} [AddCommMonoid α] : Zero α

@[instance] axiom AddCommGroup.toSub {α : Type} [AddCommGroup α] : Sub α

@[instance] axiom AddCommGroup.toNeg {α : Type} [AddCommGroup α] : Neg α

@[instance] axiom Ring.toAddCommGroup {α : Type} [Ring α] : AddCommGroup α

@[instance] axiom AddCommGroup.toAddGroup {α : Type} [AddCommGroup α] : AddGroup α

@[instance] axiom Semiring.toModule {R : Type} [Semiring R] : Module R R

@[instance] axiom Module.toSMul {R M : Type} [Semiring R] [AddCommMonoid M] [Module R M] : SMul R M

@[instance] axiom AddMonoid.toNatSMul {M : Type} [AddCommMonoid M] : SMul Nat M

@[instance] axiom SubNegMonoid.toZSMul {M : Type} [AddCommGroup M] : SMul Int M

@[instance] axiom Monoid.Pow {M : Type} [Monoid M] : Pow M Nat

-- The interface of scalars of the mirrored project.

class MathFunctions (α : Type) where
  exp : α → α
  tanh : α → α
  cosh : α → α
  sqrt : α → α
  abs : α → α
  log : α → α
  pi : α
  cos : α → α
  sin : α → α
  sinh : α → α

class Numbers (α : Type) where
  neg_point_five : α
  neg_one : α
  pointone : α
  pointfive : α
  one : α
  zero : α
  two : α
  three : α
  four : α
  five : α
  ten : α
  log10 : α
  log10000 : α
  epsilon : α

class Context (α : Type) : Type where

@[instance] axiom Context.toZero {α : Type} [Context α] : Zero α

@[instance] axiom Context.toOne {α : Type} [Context α] : One α

@[instance] axiom Context.toAdd {α : Type} [Context α] : Add α

@[instance] axiom Context.toSub {α : Type} [Context α] : Sub α

@[instance] axiom Context.toMul {α : Type} [Context α] : Mul α

@[instance] axiom Context.toDiv {α : Type} [Context α] : Div α

@[instance] axiom Context.toNeg {α : Type} [Context α] : Neg α

@[instance] axiom Context.toPow {α : Type} [Context α] : Pow α α

@[instance] axiom Context.toInhabited {α : Type} [Context α] : Inhabited α

@[instance] axiom Context.toMathFunctions {α : Type} [Context α] : MathFunctions α

@[instance] axiom Context.toNumbers {α : Type} [Context α] : Numbers α

-- Natural numbers and lists.

def Nat.add (n m : Nat) : Nat := Nat.rec (motive := fun _ => Nat) n (fun _ r => Nat.succ r) m

def Nat.mul (n m : Nat) : Nat := Nat.rec (motive := fun _ => Nat) Nat.zero (fun _ r => Nat.add r n) m

def Nat.pred (n : Nat) : Nat := Nat.rec (motive := fun _ => Nat) Nat.zero (fun m _ => m) n

def Nat.sub (n m : Nat) : Nat := Nat.rec (motive := fun _ => Nat) n (fun _ r => Nat.pred r) m

def Nat.iterate {α : Type u} (op : α → α) (n : Nat) (a : α) : α :=
  Nat.rec (motive := fun _ => α → α) (fun x => x) (fun _ r x => r (op x)) n a

axiom Nat.div (n m : Nat) : Nat

axiom Nat.mod (n m : Nat) : Nat

instance instAddNat : Add Nat := { add := Nat.add }

instance instMulNat : Mul Nat := { mul := Nat.mul }

instance instSubNat : Sub Nat := { sub := Nat.sub }

@[instance] axiom Nat.instDivNat : Div Nat

@[instance] axiom Nat.instModNat : Mod Nat

def List.append {α : Type u} (xs ys : List α) : List α :=
  List.rec (motive := fun _ => List α) ys (fun x _ r => List.cons x r) xs

instance List.instAppend {α : Type u} : Append (List α) := { append := fun xs ys => List.append xs ys }

def List.length {α : Type u} (xs : List α) : Nat :=
  List.rec (motive := fun _ => Nat) Nat.zero (fun _ _ r => Nat.succ r) xs


-- Order.

class LE (α : Type u) where

axiom LE.le {α : Type u} [LE α] : α → α → Prop

class LT (α : Type u) where

axiom LT.lt {α : Type u} [LT α] : α → α → Prop

@[reducible] def GE.ge {α : Type u} [LE α] (a b : α) : Prop := LE.le b a

@[reducible] def GT.gt {α : Type u} [LT α] (a b : α) : Prop := LT.lt b a

@[instance] axiom Context.toLT {α : Type} [Context α] : LT α

@[instance] axiom Context.decidable_gt {α : Type} [Context α] (a b : α) : Decidable (GT.gt a b)

class Max (α : Type u) where
  max : α → α → α

class Min (α : Type u) where
  min : α → α → α

@[instance] axiom Context.toMax {α : Type} [Context α] : Max α

@[instance] axiom Context.toMin {α : Type} [Context α] : Min α

@[instance] axiom Context.toLE {α : Type} [Context α] : LE α

export Max (max)

export Min (min)

@[instance] axiom instLENat : LE Nat

@[instance] axiom instLTNat : LT Nat

structure Fin (n : Nat) where
  val : Nat
  isLt : LT.lt val n

@[instance] axiom instZeroNat : Zero Nat

class NeZero {R : Type} [Zero R] (n : R) : Prop where
  out : Ne n 0

@[instance] axiom NeZero.succ {n : Nat} : NeZero (HAdd.hAdd n 1)

@[instance] axiom Fin.instOfNat {n : Nat} [NeZero n] {i : Nat} : OfNat (Fin n) i

@[instance] axiom Fin.instAdd {n : Nat} : Add (Fin n)

@[instance] axiom Fin.instSub {n : Nat} : Sub (Fin n)

@[instance] axiom Fin.instMul {n : Nat} : Mul (Fin n)

@[instance] axiom Fin.instNeg {n : Nat} [NeZero n] : Neg (Fin n)

@[instance] axiom Fin.instLE {n : Nat} : LE (Fin n)

@[instance] axiom Fin.instLT {n : Nat} : LT (Fin n)

axiom Fin.cast {n m : Nat} (h : Eq n m) (i : Fin n) : Fin m

axiom Fin.castAdd {n : Nat} (m : Nat) (i : Fin n) : Fin (HAdd.hAdd n m)

axiom Fin.natAdd (n : Nat) {m : Nat} (i : Fin m) : Fin (HAdd.hAdd n m)

axiom Fin.castSucc {n : Nat} (i : Fin n) : Fin (HAdd.hAdd n 1)

axiom Fin.succ {n : Nat} (i : Fin n) : Fin (HAdd.hAdd n 1)

axiom Fin.last (n : Nat) : Fin (HAdd.hAdd n 1)

axiom Fin.append {m n : Nat} {α : Type} (a : Fin m → α) (b : Fin n → α) : Fin (HAdd.hAdd m n) → α

axiom Fin.divNat {m n : Nat} (i : Fin (HMul.hMul m n)) : Fin m

axiom Fin.modNat {m n : Nat} (i : Fin (HMul.hMul m n)) : Fin n

axiom Nat.not_lt_zero (n : Nat) : Not (LT.lt n 0)

axiom Nat.lt_of_succ_lt_succ {n m : Nat} (h : LT.lt (Nat.succ n) (Nat.succ m)) : LT.lt n m

axiom False.elim {C : Sort u} (h : False) : C

def List.get {α : Type} (as : List α) : Fin (List.length as) → α :=
  List.rec (motive := fun xs => Fin (List.length xs) → α)
    (fun i => False.elim (Nat.not_lt_zero (Fin.val i) (Fin.isLt i)))
    (fun x xs r i =>
      Nat.rec (motive := fun v => LT.lt v (Nat.succ (List.length xs)) → α) (fun _ => x)
        (fun v _ h => r (Fin.mk v (Nat.lt_of_succ_lt_succ h))) (Fin.val i) (Fin.isLt i))
    as

@[instance] axiom instDecidableEqNat : DecidableEq Nat

@[instance] axiom instDecidableEqFin (n : Nat) : DecidableEq (Fin n)

@[instance] axiom Fin.decLt {n : Nat} (a b : Fin n) : Decidable (LT.lt a b)

@[instance] axiom Fin.decLe {n : Nat} (a b : Fin n) : Decidable (LE.le a b)

@[instance] axiom instDecidableEqList {α : Type} [DecidableEq α] : DecidableEq (List α)

@[instance] axiom instDecidableEqProd {α β : Type} [DecidableEq α] [DecidableEq β] : DecidableEq (Prod α β)

@[instance] axiom instDecidableEqBool : DecidableEq Bool

@[instance] axiom instDecidableEqOption {α : Type} [DecidableEq α] : DecidableEq (Option α)

@[instance] axiom instInhabitedOption {α : Type} : Inhabited (Option α)

@[instance] axiom instInhabitedNat : Inhabited Nat

@[instance] axiom instDecidableEqReal : DecidableEq Real

@[instance] axiom Nat.decLe (n m : Nat) : Decidable (LE.le n m)

@[instance] axiom Nat.decLt (n m : Nat) : Decidable (LT.lt n m)

-- Numbers.

@[instance] axiom Nat.instCommSemiring : CommSemiring Nat

@[instance] axiom Nat.instLattice : Lattice Nat

@[instance] axiom Nat.instMax : Max Nat

@[instance] axiom Nat.instMin : Min Nat

@[instance] axiom Nat.instPow : Pow Nat Nat

@[instance] axiom Int.instCommRing : CommRing Int

@[instance] axiom Int.instLattice : Lattice Int

@[instance] axiom Int.instLE : LE Int

@[instance] axiom Int.instLT : LT Int

@[instance] axiom Int.instMax : Max Int

@[instance] axiom Int.instMin : Min Int

@[instance] axiom Int.decLe (a b : Int) : Decidable (LE.le a b)

@[instance] axiom Int.decLt (a b : Int) : Decidable (LT.lt a b)

@[instance] axiom Int.instDiv : Div Int

@[instance] axiom Int.instMod : Mod Int

@[instance] axiom Int.instDecidableEq : DecidableEq Int

@[instance] axiom Int.instIntCast : IntCast Int

@[instance] axiom Rat.instField : Field Rat

@[instance] axiom Rat.instLattice : Lattice Rat

@[instance] axiom Rat.instLE : LE Rat

@[instance] axiom Rat.instLT : LT Rat

@[instance] axiom Rat.instDiv : Div Rat

@[instance] axiom Rat.instInv : Inv Rat

@[instance] axiom Rat.instMax : Max Rat

@[instance] axiom Rat.instMin : Min Rat

@[instance] axiom Rat.instDecidableEq : DecidableEq Rat

@[instance] axiom Rat.instIntCast : IntCast Rat

@[instance] axiom Rat.instOfScientific : OfScientific Rat

@[instance] axiom Real.instField : Field Real

@[instance] axiom Real.instZero : Zero Real

@[instance] axiom Real.instOne : One Real

@[instance] axiom Real.instNatCast : NatCast Real

@[instance] axiom Real.instIntCast : IntCast Real

@[instance] axiom Real.instRatCast : RatCast Real

@[instance] axiom Real.instAdd : Add Real

@[instance] axiom Real.instSub : Sub Real

@[instance] axiom Real.instMul : Mul Real

@[instance] axiom Real.instNeg : Neg Real

@[instance] axiom Real.instDiv : Div Real

@[instance] axiom Real.instInv : Inv Real

@[instance] axiom Real.instPow : Pow Real Real

@[instance] axiom Real.instPowInt : Pow Real Int

@[instance] axiom Real.instLE : LE Real

@[instance] axiom Real.instLT : LT Real

@[instance] axiom Real.instMax : Max Real

@[instance] axiom Real.instMin : Min Real

@[instance] axiom Real.instLattice : Lattice Real

@[instance] axiom Real.instInhabited : Inhabited Real

@[instance] axiom Real.instOfScientific : OfScientific Real

@[instance] axiom Real.decidableLT (a b : Real) : Decidable (LT.lt a b)

@[instance] axiom Real.decidableLE (a b : Real) : Decidable (LE.le a b)

@[instance] axiom ENNReal.instCommSemiring : CommSemiring ENNReal

axiom Nat.cast {R : Type} [NatCast R] (n : Nat) : R

axiom Int.cast {R : Type} [IntCast R] (n : Int) : R

axiom Rat.cast {R : Type} [RatCast R] (n : Rat) : R

axiom SignType.sign {α : Type} [Zero α] [LT α] (a : α) : SignType

axiom SignType.cast {α : Type} [Zero α] [One α] [Neg α] (s : SignType) : α

axiom abs {α : Type} [Lattice α] [AddGroup α] (a : α) : α

axiom Real.exp (x : Real) : Real

axiom Real.log (x : Real) : Real

axiom Real.sqrt (x : Real) : Real

axiom Real.tanh (x : Real) : Real

axiom Real.sinh (x : Real) : Real

axiom Real.cosh (x : Real) : Real

axiom Real.sin (x : Real) : Real

axiom Real.cos (x : Real) : Real

axiom Real.tan (x : Real) : Real

axiom Real.arctan (x : Real) : Real

axiom Real.pi : Real

axiom Nat.floor (x : Real) : Nat

axiom Nat.ceil (x : Real) : Nat

axiom Int.floor (x : Real) : Int

axiom Int.ceil (x : Real) : Int

-- Coercions.

class Coe (α : Sort u) (β : Sort v) where
  coe : α → β

class CoeTail (α : Sort u) (β : Sort v) where
  coe : α → β

class CoeHead (α : Sort u) (β : Sort v) where
  coe : α → β

class CoeOut (α : Sort u) (β : Sort v) where
  coe : α → β

class CoeTC (α : Sort u) (β : Sort v) where
  coe : α → β

class CoeHTCT (α : Sort u) (β : Sort v) where
  coe : α → β

class CoeDep (α : Sort u) (a : α) (β : Sort v) where
  coe : β

class CoeT (α : Sort u) (a : α) (β : Sort v) where
  coe : β

class CoeSort (α : Sort u) (β : outParam (Sort v)) where
  coe : α → β

class CoeFun (α : Type u) (γ : outParam (α → Type v)) where
  coe : (f : α) → γ f

class DFunLike (F : Type u) (α : outParam (Type v)) (β : outParam (α → Type w)) where
  coe : (f : F) → (a : α) → β a

@[instance] axiom Context.toCoe {α : Type} [Context α] : Coe Nat α

instance Nat.instCoe {R : Type} [NatCast R] : Coe Nat R := { coe := fun n => Nat.cast n }

instance Int.instCoe {R : Type} [IntCast R] : Coe Int R := { coe := fun n => Int.cast n }

instance Rat.instCoe {R : Type} [RatCast R] : Coe Rat R := { coe := fun n => Rat.cast n }

instance SignType.instCoe {α : Type} [Zero α] [One α] [Neg α] : Coe SignType α :=
  { coe := fun s => SignType.cast s }

instance Fin.instCoe {n : Nat} : Coe (Fin n) Nat := { coe := fun i => Fin.val i }

instance Subtype.instCoe {α : Type} {p : α → Prop} : Coe (Subtype p) α := { coe := fun x => Subtype.val x }

instance Option.instCoe {α : Type} : Coe α (Option α) := { coe := fun a => Option.some a }

-- Functions and equivalences.

def Function.comp {α β δ : Type} (f : β → δ) (g : α → β) : α → δ := fun x => f (g x)

def Function.Injective {α β : Type} (f : α → β) : Prop := ∀ (a₁ a₂ : α), Eq (f a₁) (f a₂) → Eq a₁ a₂

def Function.Surjective {α β : Type} (f : α → β) : Prop := ∀ (b : β), Exists (fun a : α => Eq (f a) b)

def Function.Bijective {α β : Type} (f : α → β) : Prop := And (Function.Injective f) (Function.Surjective f)

axiom Function.update {α : Type} {β : α → Type} [DecidableEq α] (f : (a : α) → β a) (a' : α) (v : β a') :
    (a : α) → β a

structure Equiv (α β : Type) where
  toFun : α → β
  invFun : β → α
  left_inv : (x : α) → Eq (invFun (toFun x)) x
  right_inv : (y : β) → Eq (toFun (invFun y)) y

axiom Equiv.symm {α β : Type} (e : Equiv α β) : Equiv β α

axiom Equiv.refl (α : Type) : Equiv α α

axiom Equiv.prodComm (α β : Type) : Equiv (Prod α β) (Prod β α)

axiom Equiv.prodAssoc (α β γ : Type) : Equiv (Prod (Prod α β) γ) (Prod α (Prod β γ))

axiom Equiv.prodCongr {α₁ β₁ α₂ β₂ : Type} (e₁ : Equiv α₁ α₂) (e₂ : Equiv β₁ β₂) : Equiv (Prod α₁ β₁) (Prod α₂ β₂)

axiom Equiv.prodCongrRight {α₁ β₁ β₂ : Type} (e : α₁ → Equiv β₁ β₂) : Equiv (Prod α₁ β₁) (Prod α₁ β₂)

axiom Equiv.prodCongrLeft {α₁ β₁ β₂ : Type} (e : α₁ → Equiv β₁ β₂) : Equiv (Prod β₁ α₁) (Prod β₂ α₁)

axiom Equiv.trans {α β γ : Type} (e₁ : Equiv α β) (e₂ : Equiv β γ) : Equiv α γ

instance Equiv.instFunLike {α β : Type} : DFunLike (Equiv α β) α (fun _ => β) := { coe := fun e => Equiv.toFun e }

axiom finProdFinEquiv {m n : Nat} : Equiv (Prod (Fin m) (Fin n)) (Fin (HMul.hMul m n))

axiom finSumFinEquiv {m n : Nat} : Equiv (Sum (Fin m) (Fin n)) (Fin (HAdd.hAdd m n))

axiom finCongr {m n : Nat} (h : Eq m n) : Equiv (Fin m) (Fin n)

-- Finite sums.

class Fintype (α : Type) : Type where

@[instance] axiom Fin.fintype (n : Nat) : Fintype (Fin n)

@[instance] axiom Prod.fintype {α β : Type} [Fintype α] [Fintype β] : Fintype (Prod α β)

@[instance] axiom Sum.fintype {α β : Type} [Fintype α] [Fintype β] : Fintype (Sum α β)

@[instance] axiom Pi.fintype {α : Type} {β : α → Type} [DecidableEq α] [Fintype α] [(a : α) → Fintype (β a)] :
    Fintype ((a : α) → β a)

@[instance] axiom Bool.fintype : Fintype Bool

axiom Fintype.card (α : Type) [Fintype α] : Nat

axiom Finset (α : Type) : Type

axiom Finset.univ {α : Type} [Fintype α] : Finset α

axiom Finset.range (n : Nat) : Finset Nat

axiom Finset.card {α : Type} (s : Finset α) : Nat

axiom Finset.filter {α : Type} (p : α → Prop) [(a : α) → Decidable (p a)] (s : Finset α) : Finset α

axiom Finset.sum {ι M : Type} [AddCommMonoid M] (s : Finset ι) (f : ι → M) : M

axiom Finset.prod {ι M : Type} [CommMonoid M] (s : Finset ι) (f : ι → M) : M

class Membership (α : outParam (Type u)) (γ : Type v) where
  mem : γ → α → Prop

@[instance] axiom Finset.instMembership {α : Type} : Membership α (Finset α)

@[instance] axiom List.instMembership {α : Type} : Membership α (List α)

-- Functions of numbers, indices, pairs and options.

axiom Nat.sqrt (n : Nat) : Nat

def Nat.ModEq (n a b : Nat) : Prop := Eq (HMod.hMod a n) (HMod.hMod b n)

def Int.ModEq (n a b : Int) : Prop := Eq (HMod.hMod a n) (HMod.hMod b n)

def Even {α : Type} [Add α] (a : α) : Prop := Exists (fun r : α => Eq a (HAdd.hAdd r r))

axiom Nat.factorial (n : Nat) : Nat

axiom Nat.choose (n k : Nat) : Nat

axiom Nat.gcd (m n : Nat) : Nat

axiom Nat.lcm (m n : Nat) : Nat

axiom Nat.succ_pos (n : Nat) : LT.lt 0 (Nat.succ n)

axiom Nat.zero_lt_succ (n : Nat) : LT.lt 0 (Nat.succ n)

axiom Nat.lt_succ_self (n : Nat) : LT.lt n (Nat.succ n)

axiom Int.natAbs (m : Int) : Nat

axiom Int.toNat (m : Int) : Nat

axiom Real.arcsin (x : Real) : Real

axiom Real.arccos (x : Real) : Real

axiom Real.arsinh (x : Real) : Real

axiom Real.logb (b x : Real) : Real

axiom Real.rpow (x y : Real) : Real

axiom Real.sign (r : Real) : Real

axiom Fin.rev {n : Nat} (i : Fin n) : Fin n

axiom Fin.cons {n : Nat} {α : Type} (x : α) (p : Fin n → α) : Fin (HAdd.hAdd n 1) → α

axiom Fin.snoc {n : Nat} {α : Type} (p : Fin n → α) (x : α) : Fin (HAdd.hAdd n 1) → α

axiom Fin.tail {n : Nat} {α : Type} (q : Fin (HAdd.hAdd n 1) → α) : Fin n → α

axiom Fin.init {n : Nat} {α : Type} (q : Fin (HAdd.hAdd n 1) → α) : Fin n → α

axiom Fin.elim0 {α : Sort u} (i : Fin 0) : α

axiom Prod.swap {α β : Type} (p : Prod α β) : Prod β α

axiom Function.const {α : Type} (β : Type) (a : α) : β → α

axiom Option.map {α β : Type} (f : α → β) (o : Option α) : Option β

axiom Option.getD {α : Type} (o : Option α) (d : α) : α

axiom Option.isSome {α : Type} (o : Option α) : Bool

axiom Option.isNone {α : Type} (o : Option α) : Bool

class BEq (α : Type) where
  beq : α → α → Bool

@[instance] axiom instBEqOfDecidableEq {α : Type} [DecidableEq α] : BEq α

axiom bne {α : Type} [BEq α] (a b : α) : Bool

class Dvd (α : Type) where
  dvd : α → α → Prop

instance Nat.instDvdNat : Dvd Nat := { dvd := fun a b => Eq (HMod.hMod b a) 0 }

instance Int.instDvdInt : Dvd Int := { dvd := fun a b => Eq (HMod.hMod b a) 0 }

-- Lists and arrays.

axiom List.map {α β : Type} (f : α → β) (l : List α) : List β

axiom List.foldl {α β : Type} (f : α → β → α) (init : α) (l : List β) : α

axiom List.foldr {α β : Type} (f : α → β → β) (init : β) (l : List α) : β

axiom List.sum {α : Type} [Add α] [Zero α] (l : List α) : α

axiom List.reverse {α : Type} (as : List α) : List α

axiom List.take {α : Type} (n : Nat) (xs : List α) : List α

axiom List.drop {α : Type} (n : Nat) (xs : List α) : List α

axiom List.replicate {α : Type} (n : Nat) (a : α) : List α

axiom List.range (n : Nat) : List Nat

axiom List.filter {α : Type} (p : α → Bool) (l : List α) : List α

axiom List.zip {α β : Type} (xs : List α) (ys : List β) : List (Prod α β)

axiom List.head? {α : Type} (l : List α) : Option α

axiom List.getLast? {α : Type} (l : List α) : Option α

axiom List.getD {α : Type} (as : List α) (i : Nat) (fallback : α) : α

axiom List.all {α : Type} (l : List α) (p : α → Bool) : Bool

axiom List.any {α : Type} (l : List α) (p : α → Bool) : Bool

axiom List.isEmpty {α : Type} (l : List α) : Bool

axiom List.finRange (n : Nat) : List (Fin n)

axiom List.ofFn {α : Type} {n : Nat} (f : Fin n → α) : List α

-- Sequences of actions.

class Pure (f : Type → Type) where
  pure {α : Type} : α → f α

class Bind (m : Type → Type) where
  bind {α β : Type} : m α → (α → m β) → m β

class MonadExcept (ε : outParam Type) (m : Type → Type) where
  throw {α : Type} : ε → m α

export Pure (pure)

class MonadState (σ : outParam Type) (m : Type → Type) where
  get : m σ
  set : σ → m PUnit

class MonadLiftT (m : Type → Type) (n : Type → Type) where
  monadLift {α : Type} : m α → n α

export MonadExcept (throw)

export MonadState (get set)

def StateT (σ : Type) (m : Type → Type) (α : Type) : Type := σ → m (Prod α σ)

axiom StateT.run {σ : Type} {m : Type → Type} {α : Type} (x : StateT σ m α) (s : σ) : m (Prod α σ)

axiom liftM {m n : Type → Type} [MonadLiftT m n] {α : Type} (x : m α) : n α

@[instance] axiom StateT.instPure {σ : Type} {m : Type → Type} [Pure m] : Pure (StateT σ m)

@[instance] axiom StateT.instBind {σ : Type} {m : Type → Type} [Bind m] : Bind (StateT σ m)

@[instance] axiom StateT.instMonadState {σ : Type} {m : Type → Type} [Pure m] : MonadState σ (StateT σ m)

@[instance] axiom StateT.instMonadLift {σ : Type} {m : Type → Type} : MonadLiftT m (StateT σ m)

@[instance] axiom Except.instPure {ε : Type} : Pure (Except ε)

@[instance] axiom Except.instBind {ε : Type} : Bind (Except ε)

@[instance] axiom Except.instMonadExcept {ε : Type} : MonadExcept ε (Except ε)

@[instance] axiom Option.instPure : Pure Option

@[instance] axiom Option.instBind : Bind Option

axiom List.foldlM {m : Type → Type} [Pure m] [Bind m] {s α : Type} (f : s → α → m s) (init : s) (as : List α) : m s

axiom List.append_nil {α : Type} (as : List α) : Eq (HAppend.hAppend as (List.nil : List α)) as

axiom List.nil_append {α : Type} (as : List α) : Eq (HAppend.hAppend (List.nil : List α) as) as

axiom List.append_assoc {α : Type} (as bs cs : List α) :
    Eq (HAppend.hAppend (HAppend.hAppend as bs) cs) (HAppend.hAppend as (HAppend.hAppend bs cs))

def List.toArray {α : Type} (xs : List α) : Array α := Array.mk xs

def Array.size {α : Type} (a : Array α) : Nat := List.length (Array.toList a)

structure Vector (α : Type) (n : Nat) where
  toArray : Array α
  size_toArray : Eq (Array.size toArray) n

axiom Array.push {α : Type} (a : Array α) (v : α) : Array α

axiom Array.map {α β : Type} (f : α → β) (as : Array α) : Array β

axiom Array.all {α : Type} (as : Array α) (p : α → Bool) (start : Nat := 0) (stop : Nat := Array.size as) : Bool

axiom Array.any {α : Type} (as : Array α) (p : α → Bool) (start : Nat := 0) (stop : Nat := Array.size as) : Bool

axiom Array.ofFn {α : Type} {n : Nat} (f : Fin n → α) : Array α

axiom Array.replicate {α : Type} (n : Nat) (v : α) : Array α

axiom Array.set! {α : Type} (xs : Array α) (i : Nat) (v : α) : Array α

axiom Array.set {α : Type} (xs : Array α) (i : Nat) (v : α) (h : LT.lt i (Array.size xs)) : Array α

axiom Array.mapIdx {α β : Type} (f : Nat → α → β) (xs : Array α) : Array β

class Hashable (α : Type) where
  hash : α → Nat

@[instance] axiom instHashableNat : Hashable Nat

axiom Std.HashMap (α β : Type) [BEq α] [Hashable α] : Type

axiom Std.HashMap.emptyWithCapacity {α β : Type} [BEq α] [Hashable α] (capacity : Nat := 8) : Std.HashMap α β

axiom Std.HashMap.insert {α β : Type} [BEq α] [Hashable α] (m : Std.HashMap α β) (a : α) (b : β) : Std.HashMap α β

axiom Array.foldl {α β : Type} (f : β → α → β) (init : β) (as : Array α) : β

@[instance] axiom Array.instAppend {α : Type} : Append (Array α)

def Vector.toList {α : Type} {n : Nat} (xs : Vector α n) : List α := Array.toList (Vector.toArray xs)

axiom Vector.replicate {α : Type} (n : Nat) (a : α) : Vector α n

axiom Vector.get {α : Type} {n : Nat} (xs : Vector α n) (i : Fin n) : α

axiom Vector.ofFn {α : Type} {n : Nat} (f : Fin n → α) : Vector α n

class GetElem (coll : Type u) (idx : Type v) (elem : outParam (Type w))
    (valid : outParam (coll → idx → Prop)) where
  getElem (xs : coll) (i : idx) (h : valid xs i) : elem

class GetElem? (coll : Type u) (idx : Type v) (elem : outParam Type) where

axiom GetElem?.getElem? {coll idx : Type} {elem : Type} [GetElem? coll idx elem] (xs : coll) (i : idx) : Option elem

axiom GetElem?.getElem! {coll idx : Type} {elem : Type} [GetElem? coll idx elem] [Inhabited elem] (xs : coll)
    (i : idx) : elem

@[instance] axiom List.instGetElem {α : Type} : GetElem (List α) Nat α (fun xs i => LT.lt i (List.length xs))

@[instance] axiom Array.instGetElem {α : Type} : GetElem (Array α) Nat α (fun xs i => LT.lt i (Array.size xs))

@[instance] axiom Vector.instGetElem {α : Type} {n : Nat} : GetElem (Vector α n) Nat α (fun _ i => LT.lt i n)

@[instance] axiom List.instGetElem? {α : Type} : GetElem? (List α) Nat α

@[instance] axiom Array.instGetElem? {α : Type} : GetElem? (Array α) Nat α

-- Sets.

def Set (α : Type) : Type := α → Prop

def setOf {α : Type} (p : α → Prop) : Set α := fun x => p x

def Set.univ {α : Type} : Set α := fun _ => True

@[instance] axiom Set.instMembership {α : Type} : Membership α (Set α)

class Preorder (α : Type) : Type where

@[instance] axiom Preorder.toLE {α : Type} [Preorder α] : LE α

@[instance] axiom Preorder.toLT {α : Type} [Preorder α] : LT α

class LinearOrder (α : Type) : Type where

@[instance] axiom LinearOrder.toPreorder {α : Type} [LinearOrder α] : Preorder α

@[instance] axiom LinearOrder.toMax {α : Type} [LinearOrder α] : Max α

@[instance] axiom LinearOrder.toMin {α : Type} [LinearOrder α] : Min α

class IsStrictOrderedRing (α : Type) [Semiring α] [Preorder α] : Type where

@[instance] axiom Real.instPreorder : Preorder Real

@[instance] axiom Nat.instPreorder : Preorder Nat

@[instance] axiom Int.instPreorder : Preorder Int

@[instance] axiom Rat.instPreorder : Preorder Rat

def Set.Icc {α : Type} [Preorder α] (a b : α) : Set α := fun x => And (LE.le a x) (LE.le x b)

def Set.Ico {α : Type} [Preorder α] (a b : α) : Set α := fun x => And (LE.le a x) (LT.lt x b)

def Set.Ioc {α : Type} [Preorder α] (a b : α) : Set α := fun x => And (LT.lt a x) (LE.le x b)

def Set.Ioo {α : Type} [Preorder α] (a b : α) : Set α := fun x => And (LT.lt a x) (LT.lt x b)

def Set.Ici {α : Type} [Preorder α] (a : α) : Set α := fun x => LE.le a x

def Set.Ioi {α : Type} [Preorder α] (a : α) : Set α := fun x => LT.lt a x

def Set.Iic {α : Type} [Preorder α] (b : α) : Set α := fun x => LE.le x b

def Set.Iio {α : Type} [Preorder α] (b : α) : Set α := fun x => LT.lt x b

instance Set.instCoeSort {α : Type} : CoeSort (Set α) Type :=
  { coe := fun s => Subtype (fun x => Membership.mem s x) }

instance Finset.instCoeSort {α : Type} : CoeSort (Finset α) Type :=
  { coe := fun s => Subtype (fun x => Membership.mem s x) }

instance Finset.instCoe {α : Type} : Coe (Finset α) (Set α) := { coe := fun s x => Membership.mem s x }

class HasCompl (α : Type) : Type where
  compl : α → α

instance Set.instHasCompl {α : Type} : HasCompl (Set α) := { compl := fun s x => Not (s x) }

-- Finite sets by what they are made of.

@[instance] axiom Finset.decidableMem {α : Type} [DecidableEq α] (a : α) (s : Finset α) :
    Decidable (Membership.mem s a)

def Finset.erase {α : Type} [DecidableEq α] (s : Finset α) (a : α) : Finset α :=
  Finset.filter (fun x => Not (Eq x a)) s

instance Finset.instHasCompl {α : Type} [DecidableEq α] [Fintype α] : HasCompl (Finset α) :=
  { compl := fun s => Finset.filter (fun x => Not (Membership.mem s x)) Finset.univ }

class EmptyCollection (α : Type) : Type where
  emptyCollection : α

instance Set.instEmptyCollection {α : Type} : EmptyCollection (Set α) := { emptyCollection := fun _ => False }

axiom Finset.empty {α : Type} : Finset α

instance Finset.instEmptyCollection {α : Type} : EmptyCollection (Finset α) := { emptyCollection := Finset.empty }

class Insert (α : outParam Type) (γ : Type) : Type where
  insert : α → γ → γ

class Singleton (α : outParam Type) (β : Type) : Type where
  singleton : α → β

instance Set.instInsert {α : Type} : Insert α (Set α) := { insert := fun a s x => Or (Eq x a) (s x) }

instance Set.instSingletonSet {α : Type} : Singleton α (Set α) := { singleton := fun a x => Eq x a }

axiom Finset.insertEntry {α : Type} [DecidableEq α] (a : α) (s : Finset α) : Finset α

instance Finset.instInsert {α : Type} [DecidableEq α] : Insert α (Finset α) := { insert := Finset.insertEntry }

axiom Finset.singletonOf {α : Type} (a : α) : Finset α

instance Finset.instSingleton {α : Type} : Singleton α (Finset α) := { singleton := Finset.singletonOf }

class Union (α : Type) : Type where
  union : α → α → α

class Inter (α : Type) : Type where
  inter : α → α → α

class SDiff (α : Type) : Type where
  sdiff : α → α → α

class HasSubset (α : Type) : Type where
  Subset : α → α → Prop

instance Set.instUnion {α : Type} : Union (Set α) := { union := fun s t x => Or (s x) (t x) }

instance Set.instInter {α : Type} : Inter (Set α) := { inter := fun s t x => And (s x) (t x) }

instance Set.instSDiff {α : Type} : SDiff (Set α) := { sdiff := fun s t x => And (s x) (Not (t x)) }

instance Set.instHasSubset {α : Type} : HasSubset (Set α) := { Subset := fun s t => ∀ (x : α), s x → t x }

axiom Finset.append {α : Type} [DecidableEq α] (s t : Finset α) : Finset α

instance Finset.instUnion {α : Type} [DecidableEq α] : Union (Finset α) := { union := Finset.append }

instance Finset.instInter {α : Type} [DecidableEq α] : Inter (Finset α) :=
  { inter := fun s t => Finset.filter (fun x => Membership.mem t x) s }

instance Finset.instSDiff {α : Type} [DecidableEq α] : SDiff (Finset α) :=
  { sdiff := fun s t => Finset.filter (fun x => Not (Membership.mem t x)) s }

axiom Finset.isSubset {α : Type} (s t : Finset α) : Prop

instance Finset.instHasSubset {α : Type} : HasSubset (Finset α) := { Subset := Finset.isSubset }

axiom Finset.product {α β : Type} (s : Finset α) (t : Finset β) : Finset (Prod α β)

class SProd (α β : Type) (γ : outParam Type) : Type where
  sprod : α → β → γ

instance Finset.instSProd {α β : Type} : SProd (Finset α) (Finset β) (Finset (Prod α β)) :=
  { sprod := Finset.product }

instance Set.instSProd {α β : Type} : SProd (Set α) (Set β) (Set (Prod α β)) :=
  { sprod := fun s t p => And (s p.1) (t p.2) }

@[instance] axiom Fin.instPreorder {n : Nat} : Preorder (Fin n)

class LocallyFiniteOrderBot (α : Type) [Preorder α] : Type where
  finsetIic : α → Finset α
  finsetIio : α → Finset α

class LocallyFiniteOrderTop (α : Type) [Preorder α] : Type where
  finsetIoi : α → Finset α
  finsetIci : α → Finset α

class LocallyFiniteOrder (α : Type) [Preorder α] : Type where
  finsetIcc : α → α → Finset α
  finsetIco : α → α → Finset α
  finsetIoc : α → α → Finset α
  finsetIoo : α → α → Finset α

instance Nat.instLocallyFiniteOrderBot : LocallyFiniteOrderBot Nat :=
  { finsetIic := fun b => Finset.range (HAdd.hAdd b 1), finsetIio := fun b => Finset.range b }

instance Nat.instLocallyFiniteOrder : LocallyFiniteOrder Nat :=
  { finsetIcc := fun a b => Finset.filter (fun x => LE.le a x) (Finset.range (HAdd.hAdd b 1)),
    finsetIco := fun a b => Finset.filter (fun x => LE.le a x) (Finset.range b),
    finsetIoc := fun a b => Finset.filter (fun x => LT.lt a x) (Finset.range (HAdd.hAdd b 1)),
    finsetIoo := fun a b => Finset.filter (fun x => LT.lt a x) (Finset.range b) }

instance Fin.instLocallyFiniteOrderBot (n : Nat) : LocallyFiniteOrderBot (Fin n) :=
  { finsetIic := fun b => Finset.filter (fun x => LE.le x b) Finset.univ,
    finsetIio := fun b => Finset.filter (fun x => LT.lt x b) Finset.univ }

instance Fin.instLocallyFiniteOrderTop (n : Nat) : LocallyFiniteOrderTop (Fin n) :=
  { finsetIoi := fun a => Finset.filter (fun x => LT.lt a x) Finset.univ,
    finsetIci := fun a => Finset.filter (fun x => LE.le a x) Finset.univ }

instance Fin.instLocallyFiniteOrder (n : Nat) : LocallyFiniteOrder (Fin n) :=
  { finsetIcc := fun a b => Finset.filter (fun x => And (LE.le a x) (LE.le x b)) Finset.univ,
    finsetIco := fun a b => Finset.filter (fun x => And (LE.le a x) (LT.lt x b)) Finset.univ,
    finsetIoc := fun a b => Finset.filter (fun x => And (LT.lt a x) (LE.le x b)) Finset.univ,
    finsetIoo := fun a b => Finset.filter (fun x => And (LT.lt a x) (LT.lt x b)) Finset.univ }

def Finset.Iic {α : Type} [Preorder α] [LocallyFiniteOrderBot α] (b : α) : Finset α :=
  LocallyFiniteOrderBot.finsetIic b

def Finset.Iio {α : Type} [Preorder α] [LocallyFiniteOrderBot α] (b : α) : Finset α :=
  LocallyFiniteOrderBot.finsetIio b

def Finset.Ioi {α : Type} [Preorder α] [LocallyFiniteOrderTop α] (a : α) : Finset α :=
  LocallyFiniteOrderTop.finsetIoi a

def Finset.Ici {α : Type} [Preorder α] [LocallyFiniteOrderTop α] (a : α) : Finset α :=
  LocallyFiniteOrderTop.finsetIci a

def Finset.Icc {α : Type} [Preorder α] [LocallyFiniteOrder α] (a b : α) : Finset α :=
  LocallyFiniteOrder.finsetIcc a b

def Finset.Ico {α : Type} [Preorder α] [LocallyFiniteOrder α] (a b : α) : Finset α :=
  LocallyFiniteOrder.finsetIco a b

def Finset.Ioc {α : Type} [Preorder α] [LocallyFiniteOrder α] (a b : α) : Finset α :=
  LocallyFiniteOrder.finsetIoc a b

def Finset.Ioo {α : Type} [Preorder α] [LocallyFiniteOrder α] (a b : α) : Finset α :=
  LocallyFiniteOrder.finsetIoo a b

class Finset.HasAntidiagonal (A : Type) : Type where
  antidiagonal : A → Finset (Prod A A)

export Finset.HasAntidiagonal (antidiagonal)

instance Finset.Nat.instHasAntidiagonal : Finset.HasAntidiagonal Nat :=
  { antidiagonal := fun n => Finset.filter (fun p => Eq (HAdd.hAdd p.1 p.2) n)
      (Finset.product (Finset.range (HAdd.hAdd n 1)) (Finset.range (HAdd.hAdd n 1))) }

def Monotone {α β : Type} [Preorder α] [Preorder β] (f : α → β) : Prop :=
  ∀ (a b : α), LE.le a b → LE.le (f a) (f b)

def StrictMono {α β : Type} [Preorder α] [Preorder β] (f : α → β) : Prop :=
  ∀ (a b : α), LT.lt a b → LT.lt (f a) (f b)

def Antitone {α β : Type} [Preorder α] [Preorder β] (f : α → β) : Prop :=
  ∀ (a b : α), LE.le a b → LE.le (f b) (f a)

-- Pointwise structure of functions and pairs.

@[instance] axiom Pi.instZero {ι : Type} {β : ι → Type} [(i : ι) → Zero (β i)] : Zero ((i : ι) → β i)

@[instance] axiom Pi.instNatCast {ι : Type} {β : ι → Type} [(i : ι) → NatCast (β i)] : NatCast ((i : ι) → β i)

@[instance] axiom Pi.preorder {ι : Type} {β : ι → Type} [(i : ι) → Preorder (β i)] : Preorder ((i : ι) → β i)

@[instance] axiom Pi.instAdd {ι : Type} {β : ι → Type} [(i : ι) → Add (β i)] : Add ((i : ι) → β i)

@[instance] axiom Pi.instSub {ι : Type} {β : ι → Type} [(i : ι) → Sub (β i)] : Sub ((i : ι) → β i)

@[instance] axiom Pi.instMul {ι : Type} {β : ι → Type} [(i : ι) → Mul (β i)] : Mul ((i : ι) → β i)

@[instance] axiom Pi.instNeg {ι : Type} {β : ι → Type} [(i : ι) → Neg (β i)] : Neg ((i : ι) → β i)

@[instance] axiom Pi.instSMul {M ι : Type} {β : ι → Type} [(i : ι) → SMul M (β i)] : SMul M ((i : ι) → β i)

@[instance] axiom Pi.addCommMonoid {ι : Type} {β : ι → Type} [(i : ι) → AddCommMonoid (β i)] :
    AddCommMonoid ((i : ι) → β i)

@[instance] axiom Pi.module {R ι : Type} {β : ι → Type} [Semiring R] [(i : ι) → AddCommMonoid (β i)]
    [(i : ι) → Module R (β i)] : Module R ((i : ι) → β i)

-- Normed spaces.

class Norm (E : Type) where

axiom Norm.norm {E : Type} [Norm E] : E → Real

class Inner (𝕜 E : Type) where
  inner (𝕜) : E → E → 𝕜

export Inner (inner)

class NontriviallyNormedField (𝕜 : Type) : Type where

class NormedAddCommGroup (E : Type) : Type where

class NormedSpace (𝕜 E : Type) [NontriviallyNormedField 𝕜] [NormedAddCommGroup E] : Type where

class InnerProductSpace (𝕜 E : Type) [NontriviallyNormedField 𝕜] [NormedAddCommGroup E] : Type where

class CompleteSpace (E : Type) : Prop where

@[instance] axiom NontriviallyNormedField.toField {𝕜 : Type} [NontriviallyNormedField 𝕜] : Field 𝕜

@[instance] axiom NormedAddCommGroup.toAddCommGroup {E : Type} [NormedAddCommGroup E] : AddCommGroup E

@[instance] axiom NormedAddCommGroup.toNorm {E : Type} [NormedAddCommGroup E] : Norm E

@[instance] axiom NormedSpace.toModule {𝕜 E : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [NormedSpace 𝕜 E] : Module 𝕜 E

@[instance] axiom NormedSpace.toSMul {𝕜 E : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [NormedSpace 𝕜 E] : SMul 𝕜 E

@[instance] axiom InnerProductSpace.toNormedSpace {𝕜 E : Type} [NontriviallyNormedField 𝕜]
    [NormedAddCommGroup E] [InnerProductSpace 𝕜 E] : NormedSpace 𝕜 E

@[instance] axiom InnerProductSpace.toInner {𝕜 E : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [InnerProductSpace 𝕜 E] : Inner 𝕜 E

@[instance] axiom Real.nontriviallyNormedField : NontriviallyNormedField Real

@[instance] axiom NontriviallyNormedField.toNormedAddCommGroup {𝕜 : Type} [NontriviallyNormedField 𝕜] :
    NormedAddCommGroup 𝕜

@[instance] axiom NontriviallyNormedField.toNormedSpace {𝕜 : Type} [NontriviallyNormedField 𝕜] : NormedSpace 𝕜 𝕜

@[instance] axiom Real.normedAddCommGroup : NormedAddCommGroup Real

@[instance] axiom Real.innerProductSpace : InnerProductSpace Real Real

@[instance] axiom Real.completeSpace : CompleteSpace Real

@[instance] axiom Pi.normedAddCommGroup {ι : Type} {β : ι → Type} [Fintype ι]
    [(i : ι) → NormedAddCommGroup (β i)] : NormedAddCommGroup ((i : ι) → β i)

@[instance] axiom Pi.normedSpace {𝕜 ι : Type} {β : ι → Type} [NontriviallyNormedField 𝕜] [Fintype ι]
    [(i : ι) → NormedAddCommGroup (β i)] [(i : ι) → NormedSpace 𝕜 (β i)] : NormedSpace 𝕜 ((i : ι) → β i)

@[instance] axiom Prod.normedAddCommGroup {E F : Type} [NormedAddCommGroup E] [NormedAddCommGroup F] :
    NormedAddCommGroup (Prod E F)

@[instance] axiom Prod.normedSpace {𝕜 E F : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [NormedAddCommGroup F] [NormedSpace 𝕜 E] [NormedSpace 𝕜 F] : NormedSpace 𝕜 (Prod E F)

-- Euclidean spaces.

structure WithLp (p : ENNReal) (V : Type) where
  raw ::
  ofLp : V

@[reducible] def WithLp.toLp (p : ENNReal) {V : Type} (x : V) : WithLp p V := WithLp.raw x

@[reducible] def PiLp (p : ENNReal) {ι : Type} (α : ι → Type) : Type := WithLp p ((i : ι) → α i)

@[reducible] def EuclideanSpace (𝕜 : Type) (n : Type) : Type := PiLp 2 (fun _ : n => 𝕜)

instance PiLp.instCoeFun {p : ENNReal} {ι : Type} {α : ι → Type} :
    CoeFun (WithLp p ((i : ι) → α i)) (fun _ => (i : ι) → α i) :=
  { coe := fun x => WithLp.ofLp x }

@[instance] axiom PiLp.normedAddCommGroup {ι : Type} {α : ι → Type} [Fintype ι]
    [(i : ι) → NormedAddCommGroup (α i)] : NormedAddCommGroup (WithLp 2 ((i : ι) → α i))

@[instance] axiom PiLp.innerProductSpace {𝕜 ι : Type} {α : ι → Type} [NontriviallyNormedField 𝕜] [Fintype ι]
    [(i : ι) → NormedAddCommGroup (α i)] [(i : ι) → InnerProductSpace 𝕜 (α i)] :
    InnerProductSpace 𝕜 (WithLp 2 ((i : ι) → α i))

@[instance] axiom PiLp.completeSpace {ι : Type} {α : ι → Type} [(i : ι) → CompleteSpace (α i)] :
    CompleteSpace (WithLp 2 ((i : ι) → α i))

-- Linear maps.

axiom Continuous {X Y : Type} [NormedAddCommGroup X] [NormedAddCommGroup Y] (f : X → Y) : Prop

structure LinearMap (R E F : Type) [Semiring R] [AddCommMonoid E] [AddCommMonoid F] [Module R E] [Module R F] where
  toFun : E → F
  map_add' : (x y : E) → Eq (toFun (HAdd.hAdd x y)) (HAdd.hAdd (toFun x) (toFun y))
  map_smul' : (c : R) → (x : E) → Eq (toFun (HSMul.hSMul c x)) (HSMul.hSMul c (toFun x))

structure ContinuousLinearMap (𝕜 E F : Type) [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [NormedAddCommGroup F] [NormedSpace 𝕜 E] [NormedSpace 𝕜 F] extends LinearMap 𝕜 E F where
  cont : Continuous (LinearMap.toFun toLinearMap)

section

variable {𝕜 E F G : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E] [NormedAddCommGroup F]
  [NormedAddCommGroup G] [NormedSpace 𝕜 E] [NormedSpace 𝕜 F] [NormedSpace 𝕜 G]

instance LinearMap.instFunLike {R E F : Type} [Semiring R] [AddCommMonoid E] [AddCommMonoid F] [Module R E]
    [Module R F] : DFunLike (LinearMap R E F) E (fun _ => F) :=
  { coe := fun f x => LinearMap.toFun f x }

axiom LinearMap.id {R E : Type} [Semiring R] [AddCommMonoid E] [Module R E] : LinearMap R E E

@[instance] axiom LinearMap.addCommMonoid {R E F : Type} [Semiring R] [AddCommMonoid E] [AddCommMonoid F]
    [Module R E] [Module R F] : AddCommMonoid (LinearMap R E F)

axiom LinearMap.toContinuousLinearMap (f : LinearMap 𝕜 E F) : ContinuousLinearMap 𝕜 E F

@[instance] axiom ContinuousLinearMap.funLike : DFunLike (ContinuousLinearMap 𝕜 E F) E (fun _ => F)

@[instance] axiom ContinuousLinearMap.normedAddCommGroup : NormedAddCommGroup (ContinuousLinearMap 𝕜 E F)

@[instance] axiom ContinuousLinearMap.normedSpace : NormedSpace 𝕜 (ContinuousLinearMap 𝕜 E F)

@[instance] axiom ContinuousLinearMap.one : One (ContinuousLinearMap 𝕜 E E)

@[instance] axiom ContinuousLinearMap.instMul : Mul (ContinuousLinearMap 𝕜 E E)

axiom ContinuousLinearMap.id (𝕜 E : Type) [NontriviallyNormedField 𝕜] [NormedAddCommGroup E] [NormedSpace 𝕜 E] :
    ContinuousLinearMap 𝕜 E E

axiom ContinuousLinearMap.comp (g : ContinuousLinearMap 𝕜 F G) (f : ContinuousLinearMap 𝕜 E F) :
    ContinuousLinearMap 𝕜 E G

axiom ContinuousLinearMap.smulRight (c : ContinuousLinearMap 𝕜 E 𝕜) (f : F) : ContinuousLinearMap 𝕜 E F

axiom ContinuousLinearMap.fst (R M₁ M₂ : Type) [NontriviallyNormedField R] [NormedAddCommGroup M₁]
    [NormedAddCommGroup M₂] [NormedSpace R M₁] [NormedSpace R M₂] : ContinuousLinearMap R (Prod M₁ M₂) M₁

axiom ContinuousLinearMap.snd (R M₁ M₂ : Type) [NontriviallyNormedField R] [NormedAddCommGroup M₁]
    [NormedAddCommGroup M₂] [NormedSpace R M₁] [NormedSpace R M₂] : ContinuousLinearMap R (Prod M₁ M₂) M₂

axiom ContinuousLinearMap.prod (f₁ : ContinuousLinearMap 𝕜 E F) (f₂ : ContinuousLinearMap 𝕜 E G) :
    ContinuousLinearMap 𝕜 E (Prod F G)

axiom ContinuousLinearMap.proj {R ι : Type} {φ : ι → Type} [NontriviallyNormedField R] [Fintype ι]
    [(i : ι) → NormedAddCommGroup (φ i)] [(i : ι) → NormedSpace R (φ i)] (i : ι) :
    ContinuousLinearMap R ((i : ι) → φ i) (φ i)

axiom ContinuousLinearMap.pi {R ι M : Type} {φ : ι → Type} [NontriviallyNormedField R] [NormedAddCommGroup M]
    [NormedSpace R M] [Fintype ι] [(i : ι) → NormedAddCommGroup (φ i)] [(i : ι) → NormedSpace R (φ i)]
    (f : (i : ι) → ContinuousLinearMap R M (φ i)) : ContinuousLinearMap R M ((i : ι) → φ i)

axiom ContinuousLinearMap.flip (f : ContinuousLinearMap 𝕜 E (ContinuousLinearMap 𝕜 F G)) :
    ContinuousLinearMap 𝕜 F (ContinuousLinearMap 𝕜 E G)

axiom ContinuousLinearMap.precompR (Eₗ : Type) {E Fₗ Gₗ : Type} [NormedAddCommGroup E] [NormedAddCommGroup Eₗ]
    [NormedAddCommGroup Fₗ] [NormedAddCommGroup Gₗ] [NormedSpace 𝕜 E] [NormedSpace 𝕜 Eₗ] [NormedSpace 𝕜 Fₗ]
    [NormedSpace 𝕜 Gₗ] (L : ContinuousLinearMap 𝕜 E (ContinuousLinearMap 𝕜 Fₗ Gₗ)) :
    ContinuousLinearMap 𝕜 E (ContinuousLinearMap 𝕜 (ContinuousLinearMap 𝕜 Eₗ Fₗ) (ContinuousLinearMap 𝕜 Eₗ Gₗ))

axiom ContinuousLinearMap.precompL (Eₗ : Type) {E Fₗ Gₗ : Type} [NormedAddCommGroup E] [NormedAddCommGroup Eₗ]
    [NormedAddCommGroup Fₗ] [NormedAddCommGroup Gₗ] [NormedSpace 𝕜 E] [NormedSpace 𝕜 Eₗ] [NormedSpace 𝕜 Fₗ]
    [NormedSpace 𝕜 Gₗ] (L : ContinuousLinearMap 𝕜 E (ContinuousLinearMap 𝕜 Fₗ Gₗ)) :
    ContinuousLinearMap 𝕜 (ContinuousLinearMap 𝕜 Eₗ E) (ContinuousLinearMap 𝕜 Fₗ (ContinuousLinearMap 𝕜 Eₗ Gₗ))

axiom ContinuousLinearMap.adjoint {𝕜 E F : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [NormedAddCommGroup F] [InnerProductSpace 𝕜 E] [InnerProductSpace 𝕜 F] [CompleteSpace E] [CompleteSpace F]
    (A : ContinuousLinearMap 𝕜 E F) : ContinuousLinearMap 𝕜 F E

axiom ContinuousLinearEquiv (𝕜 E F : Type) [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [NormedAddCommGroup F] [NormedSpace 𝕜 E] [NormedSpace 𝕜 F] : Type

@[instance] axiom ContinuousLinearEquiv.instFunLike : DFunLike (ContinuousLinearEquiv 𝕜 E F) E (fun _ => F)

axiom ContinuousLinearEquiv.symm (e : ContinuousLinearEquiv 𝕜 E F) : ContinuousLinearEquiv 𝕜 F E

axiom ContinuousLinearEquiv.toContinuousLinearMap (e : ContinuousLinearEquiv 𝕜 E F) : ContinuousLinearMap 𝕜 E F

instance ContinuousLinearEquiv.instCoe : Coe (ContinuousLinearEquiv 𝕜 E F) (ContinuousLinearMap 𝕜 E F) :=
  { coe := fun e => ContinuousLinearEquiv.toContinuousLinearMap e }

instance ContinuousLinearMap.instCoe : Coe (ContinuousLinearMap 𝕜 E F) (LinearMap 𝕜 E F) :=
  { coe := fun f => ContinuousLinearMap.toLinearMap f }

axiom EuclideanSpace.equiv (ι 𝕜 : Type) [Fintype ι] [NontriviallyNormedField 𝕜] [NormedAddCommGroup 𝕜]
    [InnerProductSpace 𝕜 𝕜] : ContinuousLinearEquiv 𝕜 (EuclideanSpace 𝕜 ι) (ι → 𝕜)

-- Derivatives.

axiom HasFDerivAt (f : E → F) (f' : ContinuousLinearMap 𝕜 E F) (x : E) : Prop

axiom HasDerivAt {𝕜 F : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup F] [NormedSpace 𝕜 F] (f : 𝕜 → F)
    (f' : F) (x : 𝕜) : Prop

axiom fderiv (𝕜 : Type) {E F : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E] [NormedAddCommGroup F]
    [NormedSpace 𝕜 E] [NormedSpace 𝕜 F] (f : E → F) (x : E) : ContinuousLinearMap 𝕜 E F

axiom deriv {𝕜 F : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup F] [NormedSpace 𝕜 F] (f : 𝕜 → F)
    (x : 𝕜) : F

axiom DifferentiableAt (𝕜 : Type) {E F : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [NormedAddCommGroup F] [NormedSpace 𝕜 E] [NormedSpace 𝕜 F] (f : E → F) (x : E) : Prop

axiom Differentiable (𝕜 : Type) {E F : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E]
    [NormedAddCommGroup F] [NormedSpace 𝕜 E] [NormedSpace 𝕜 F] (f : E → F) : Prop

axiom ContinuousAt {X Y : Type} [NormedAddCommGroup X] [NormedAddCommGroup Y] (f : X → Y) (x : X) : Prop

axiom gradient {𝕜 F : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup F] [InnerProductSpace 𝕜 F]
    [CompleteSpace F] (f : F → 𝕜) (x : F) : F

def Dist.dist {E : Type} [NormedAddCommGroup E] (x y : E) : Real := Norm.norm (HSub.hSub x y)

export Dist (dist)

axiom innerSL (𝕜 : Type) {E : Type} [NontriviallyNormedField 𝕜] [NormedAddCommGroup E] [InnerProductSpace 𝕜 E] :
    E → ContinuousLinearMap 𝕜 E 𝕜

axiom PiLp.continuousLinearEquiv (p : ENNReal) (𝕜 : Type) {ι : Type} (β : ι → Type) [NontriviallyNormedField 𝕜]
    [Fintype ι] [(i : ι) → NormedAddCommGroup (β i)] [(i : ι) → NormedSpace 𝕜 (β i)]
    [NormedAddCommGroup (PiLp p β)] [NormedSpace 𝕜 (PiLp p β)] :
    ContinuousLinearEquiv 𝕜 (PiLp p β) ((i : ι) → β i)

@[reducible] def Proofs.Autograd.jacobian {E F : Type} [NormedAddCommGroup E] [InnerProductSpace Real E]
    [CompleteSpace E] [NormedAddCommGroup F] [InnerProductSpace Real F] [CompleteSpace F] (f : E → F) (x : E) :
    ContinuousLinearMap Real E F :=
  fderiv Real f x

@[reducible] def Proofs.Autograd.vjp {E F : Type} [NormedAddCommGroup E] [InnerProductSpace Real E]
    [CompleteSpace E] [NormedAddCommGroup F] [InnerProductSpace Real F] [CompleteSpace F] (f : E → F) (x : E) :
    ContinuousLinearMap Real F E :=
  ContinuousLinearMap.adjoint (Proofs.Autograd.jacobian f x)

end

-- Matrices.

def Matrix (m n α : Type) : Type := m → n → α

axiom Matrix.of {m n α : Type} (f : m → n → α) : Matrix m n α

axiom Matrix.transpose {m n α : Type} (M : Matrix m n α) : Matrix n m α

axiom Matrix.mulVec {m n α : Type} [Semiring α] [Fintype n] (M : Matrix m n α) (v : n → α) : m → α

axiom Matrix.vecMul {m n α : Type} [Semiring α] [Fintype m] (v : m → α) (M : Matrix m n α) : n → α

axiom Matrix.mulVecLin {m n R : Type} [CommSemiring R] [Fintype n] (M : Matrix m n R) :
    LinearMap R (n → R) (m → R)

axiom Matrix.diagonal {n α : Type} [DecidableEq n] [Zero α] (d : n → α) : Matrix n n α

axiom Matrix.vecMulVec {m n α : Type} [Mul α] (w : m → α) (v : n → α) : Matrix m n α

axiom Matrix.trace {n R : Type} [Fintype n] [AddCommMonoid R] (A : Matrix n n R) : R

axiom Matrix.det {n R : Type} [DecidableEq n] [Fintype n] [CommRing R] (M : Matrix n n R) : R

axiom EuclideanSpace.single {ι 𝕜 : Type} [DecidableEq ι] [Zero 𝕜] (i : ι) (a : 𝕜) : EuclideanSpace 𝕜 ι

axiom dotProduct {m α : Type} [Fintype m] [Semiring α] (v w : m → α) : α

axiom Matrix.vecEmpty {α : Type} : Fin 0 → α

axiom Matrix.vecCons {α : Type} {n : Nat} (h : α) (t : Fin n → α) : Fin (HAdd.hAdd n 1) → α

@[instance] axiom Matrix.instAdd {m n α : Type} [Add α] : Add (Matrix m n α)

@[instance] axiom Matrix.instSub {m n α : Type} [Sub α] : Sub (Matrix m n α)

@[instance] axiom Matrix.instNeg {m n α : Type} [Neg α] : Neg (Matrix m n α)

@[instance] axiom Matrix.instZero {m n α : Type} [Zero α] : Zero (Matrix m n α)

@[instance] axiom Matrix.instOne {n α : Type} [DecidableEq n] [Zero α] [One α] : One (Matrix n n α)

@[instance] axiom Matrix.instSMul {m n R α : Type} [SMul R α] : SMul R (Matrix m n α)

@[instance] axiom Matrix.instHMul {l m n α : Type} [Fintype m] [Semiring α] :
    HMul (Matrix l m α) (Matrix m n α) (Matrix l n α)

-- The shapes of the mirrored project: types depend on their sizes.

inductive Spec.Shape where
  | scalar : Spec.Shape
  | dim (n : Nat) (s : Spec.Shape) : Spec.Shape

@[instance] axiom Spec.instDecidableEqShape : DecidableEq Spec.Shape

def Spec.Shape.size (s : Spec.Shape) : Nat :=
  Spec.Shape.rec (motive := fun _ => Nat) 1 (fun n _ r => HMul.hMul n r) s

def Spec.Shape.ofList (dims : List Nat) : Spec.Shape :=
  List.rec (motive := fun _ => Spec.Shape) Spec.Shape.scalar (fun n _ r => Spec.Shape.dim n r) dims

def Proofs.Autograd.ctxSize (Γ : List Spec.Shape) : Nat :=
  List.rec (motive := fun _ => Nat) 0 (fun s _ r => HAdd.hAdd (Spec.Shape.size s) r) Γ

-- Abbreviations of the mirrored project that no object of ours mirrors, since they are types.

@[reducible] def Proofs.Autograd.Vec (n : Nat) : Type := EuclideanSpace Real (Fin n)

@[reducible] def Proofs.Autograd.euclideanEquiv (n : Nat) :
    ContinuousLinearEquiv Real (EuclideanSpace Real (Fin n)) (Fin n → Real) := EuclideanSpace.equiv (Fin n) Real

@[reducible] def Proofs.Autograd.CtxVec (Γ : List Spec.Shape) : Type := Proofs.Autograd.Vec (Proofs.Autograd.ctxSize Γ)

@[reducible] def Runtime.Autograd.Result (α : Type) : Type := Except String α

inductive Spec.Tensor (α : Type) : Spec.Shape → Type where
  | scalar (x : α) : Spec.Tensor α Spec.Shape.scalar
  | dim {n : Nat} {s : Spec.Shape} (f : Fin n → Spec.Tensor α s) : Spec.Tensor α (Spec.Shape.dim n s)

-- Its scalars.

@[instance] axiom Real.instMathFunctions : MathFunctions Real

@[instance] axiom Real.instNumbers : Numbers Real

@[instance] axiom instContextReal : Context Real

@[instance] axiom instContextFloat : Context Float

end
