"""Norms, inner products, linear maps and derivatives; adjoints and derivatives are computed from the maps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.bridge.compile.certainty import taint
from leanmirror.bridge.compile.meanings.base import Function, Table, function, itself
from leanmirror.bridge.compile.meanings.types import euclidean, pi_lp
from leanmirror.bridge.compile.quantifiers import every
from leanmirror.bridge.compile.values import apply, conformed
from leanmirror.spec.core import dispatch
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import derivative as judged
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.judgement import TRUE, Judgement, attempt, truth, undecided
from leanmirror.spec.judge.types import Space, Type, Value
from leanmirror.spec.judge.types.linear import CLM, identity, pi, proj
from leanmirror.spec.judge.types.real_functions import Adjusted, RealFunction, Trait
from leanmirror.spec.judge.types.smooth import Smooth


def space(of_type: Type) -> Space:
    """The type as a finite-dimensional space."""
    if not isinstance(of_type, Space):
        raise Unsupported(f"{of_type} as a space")
    return of_type


def inner(of_type: Type, x: Value, y: Value) -> Value:
    """`⟪x, y⟫`."""
    inner_space = t.inner_space(of_type)
    return inner_space.inner(conformed(of_type, x), conformed(of_type, y))


def norm(of_type: Type, x: Value) -> Value:
    """`‖x‖`: Euclidean, and the maximum for functions and pairs."""
    if isinstance(of_type, t.RealT | t.IntT):
        return dispatch.abs_(x)
    if isinstance(of_type, t.InnerSpace):
        return dispatch.sqrt(squares(of_type, x))
    if isinstance(of_type, t.PiT):
        return _largest([norm(of_type.of_type, each) for each in x])
    if isinstance(of_type, t.ProdT):
        return _largest([norm(of_type.first, x[0]), norm(of_type.second, x[1])])
    raise Unsupported(f"the norm of {of_type}")


def squares(of_type: Type, x: Value) -> Value:
    """`‖x‖ ^ 2` in an inner product space."""
    entries = list(of_type.reals(conformed(of_type, x)))
    return sum(each * each for each in entries)


def _largest(values: list[Value]) -> Value:
    found: Value = 0
    for each in values:
        found = dispatch.max_(found, each)
    return found


def function_of(f: Value, dom: Type, cod: Type) -> Callable[[Value], Value]:
    """f as the judge runs it, its values in the form of their type."""
    if isinstance(cod, t.RealT | t.VecT) and callable(f):
        plain: Callable[[Value], Value] = f
        return plain
    return lambda x: conformed(cod, apply(f, x))


def has_fderiv_at(dom: Type, cod: Type, f: Value, slope: Value, x: Value) -> Judgement:
    """`HasFDerivAt f f' x`."""
    return judged.HasFDerivAt(function_of(f, dom, cod), slope, conformed(dom, x))


def has_deriv_at(cod: Type, f: Value, slope: Value, x: Value) -> Judgement:
    """`HasDerivAt f f' x` for a function of ℝ."""
    line = CLM(t.RealT(), space(cod), lambda s: space(cod).smul(s, conformed(cod, slope)))
    if isinstance(cod, t.RealT):
        line = CLM(t.RealT(), cod, lambda s: slope * s)
    return judged.HasFDerivAt(function_of(f, t.RealT(), cod), line, x)


def fderiv(dom: Type, cod: Type, f: Value, x: Value) -> CLM:
    """`fderiv ℝ f x`; 0 where f is certainly not differentiable."""
    found, certified = judged.fderiv(function_of(f, dom, cod), space(dom), space(cod), conformed(dom, x))
    if not certified:
        taint()
    return found


def deriv(cod: Type, f: Value, x: Value) -> Value:
    """`deriv f x`."""
    return fderiv(t.RealT(), cod, f, x)(1)


def differentiable_at(dom: Type, cod: Type, f: Value, x: Value) -> Judgement:
    """`DifferentiableAt ℝ f x`."""
    return judged.DifferentiableAt(function_of(f, dom, cod), space(dom), space(cod), conformed(dom, x))


def continuous_at(dom: Type, cod: Type, f: Value, x: Value) -> Judgement:
    """`ContinuousAt f x`."""
    return judged.ContinuousAt(function_of(f, dom, cod), space(dom), space(cod), conformed(dom, x))


def continuous(f: Value) -> Judgement:
    """`Continuous f`: drawn functions and linear maps are; of others it is not decided by running."""
    if isinstance(f, RealFunction | Adjusted):
        return truth(Trait.CONTINUOUS in f.traits)
    known = isinstance(f, CLM) or (isinstance(f, Smooth) and f.has(Trait.CONTINUOUS))
    return TRUE if known else undecided("whether a function is continuous everywhere")


def differentiable(dom: Type, cod: Type, f: Value) -> Judgement:
    """`Differentiable ℝ f`: drawn functions and linear maps are; others can be refuted at a few points."""
    if isinstance(f, RealFunction | Adjusted):
        return truth(Trait.DIFFERENTIABLE in f.traits)
    known = isinstance(f, CLM) or (isinstance(f, Smooth) and f.has(Trait.DIFFERENTIABLE))
    return TRUE if known else every(dom, lambda x: attempt(lambda: differentiable_at(dom, cod, f, x)))


def vjp(dom: Type, cod: Type, f: Value, x: Value) -> CLM:
    """`VJP[f, x]`: the adjoint of the derivative."""
    return fderiv(dom, cod, f, x).adjoint


def gradient(dom: Type, f: Value, x: Value) -> Value:
    """`∇ f x`: the vector of the derivative."""
    return fderiv(dom, t.RealT(), f, x).adjoint(1)


def paired(f: CLM, g: CLM) -> CLM:
    """`f.prod g`."""
    return CLM(f.dom, t.ProdT(f.cod, g.cod), lambda x: (f(x), g(x)))


def smul_right(cod: Type, c: CLM, v: Value) -> CLM:
    """`c.smulRight v`: x ↦ c x • v."""
    target = space(cod)
    return CLM(c.dom, target, lambda x: target.smul(c(x), conformed(cod, v)))


def flipped(L: CLM) -> CLM:
    """`L.flip` of a bilinear map."""
    inner_type = L.cod
    if not isinstance(inner_type, t.CLMT):
        raise Unsupported(f"flip of a map into {inner_type}")
    dom, cod = inner_type.dom, inner_type.cod
    return CLM(dom, t.CLMT(L.dom, cod), lambda y: CLM(L.dom, cod, lambda x: L(x)(y)))


def composed_right(first: Type, L: CLM) -> CLM:
    """`L.precompR E`: u ↦ f ↦ L u ∘ f, for maps f out of E."""
    space_, (dom, cod) = space(first), _bilinear(L)
    maps, values = t.CLMT(space_, dom), t.CLMT(space_, cod)
    return CLM(L.dom, t.CLMT(maps, values), lambda u: CLM(maps, values, lambda f: L(u).comp(f)))


def composed_left(first: Type, L: CLM) -> CLM:
    """`L.precompL E`: f ↦ v ↦ (x ↦ L (f x) v), for maps f out of E."""
    space_, (dom, cod) = space(first), _bilinear(L)
    maps, values = t.CLMT(space_, L.dom), t.CLMT(space_, cod)

    def of_map(f: CLM) -> CLM:
        return CLM(dom, values, lambda v: CLM(space_, cod, lambda x: L(f(x))(v)))

    return CLM(maps, t.CLMT(dom, values), of_map)


def _bilinear(L: CLM) -> tuple[Space, Space]:
    if not isinstance(L.cod, t.CLMT):
        raise Unsupported(f"a bilinear map into {L.cod}")
    return L.cod.dom, L.cod.cod


def by_inner(of_type: Type, v: Value) -> CLM:
    """`innerSL ℝ v`: x ↦ ⟪v, x⟫."""
    return CLM(space(of_type), t.RealT(), lambda x: inner(of_type, v, x))


def entries(p: Value, index: Type, family: Value) -> LinearEquivalence:
    """`PiLp.continuousLinearEquiv`: the value in PiLp as a function of the index."""
    if not isinstance(index, t.FinT):
        raise Unsupported(f"PiLp with index type {index}")
    kinds = [apply(family, i) for i in range(index.n)]
    functions = t.PiT(index.n, kinds[0] if kinds else t.RealT())
    whole = pi_lp(p, index, family)
    forward = CLM(space(whole), functions, lambda v: conformed(functions, v))
    return LinearEquivalence(forward, CLM(functions, space(whole), lambda f: conformed(whole, f)))


@dataclass(frozen=True, slots=True)
class LinearEquivalence:
    """`E ≃L[ℝ] F`: a linear map and its inverse."""

    forward: CLM
    inverse: CLM

    def __call__(self, x: Value) -> Value:
        return self.forward(x)

    @property
    def symm(self) -> LinearEquivalence:
        """The inverse."""
        return LinearEquivalence(self.inverse, self.forward)


def coordinates(index: Type) -> LinearEquivalence:
    """`EuclideanSpace.equiv`: vectors as functions out of `Fin n`."""
    if not isinstance(index, t.FinT):
        raise Unsupported(f"EuclideanSpace with index type {index}")
    vectors, functions = t.VecT(index.n), t.PiT(index.n, t.RealT())
    return LinearEquivalence(CLM(vectors, functions, list), CLM(functions, vectors, list))


def to_lp(of_type: Type, v: Value) -> Value:
    """`WithLp.toLp 2 v`: rows of vectors become a matrix."""
    if isinstance(of_type, t.PiT) and isinstance(of_type.of_type, t.VecT):
        return conformed(t.MatT(of_type.n, of_type.of_type.n), v)
    return v


def product_of(source: Type, family: Value, maps: Value) -> CLM:
    """`ContinuousLinearMap.pi f`."""
    kinds = list(family)
    if not kinds or any(kind != kinds[0] for kind in kinds):
        if not kinds:
            return CLM(space(source), t.PiT(0, t.RealT()), lambda _: [])
        raise Unsupported("a product of different spaces")
    return pi(space(source), list(maps), space(kinds[0]))


def projection(family: Value, i: int) -> CLM:
    """`ContinuousLinearMap.proj i`."""
    kinds = list(family)
    return proj(len(kinds), space(kinds[i]), i)


def _first(a: Type, b: Type) -> CLM:
    return CLM(t.ProdT(a, b), space(a), lambda p: p[0])


def _second(a: Type, b: Type) -> CLM:
    return CLM(t.ProdT(a, b), space(b), lambda p: p[1])


def _as_clm(f: Value) -> CLM:
    found: CLM = f.forward if isinstance(f, LinearEquivalence) else f
    return found


def linear(dom: Type, cod: Type, f: Value) -> CLM:
    """`{ toFun := f, … }`."""
    return CLM(space(dom), space(cod), lambda x: apply(f, x))


def single(index: Type, scalar: Type, at: int, x: Value) -> Value:
    """`EuclideanSpace.single i a`."""
    n = t.space(euclidean(scalar, index)).dimension
    return [x if i == at else 0 for i in range(n)]


ANALYSIS: Table = {
    "Norm.norm": function(norm),
    "Inner.inner": function(inner, 1),
    "WithLp.ofLp": function(lambda x: x, 2),
    "WithLp.toLp": function(to_lp, 1),
    "DFunLike.coe": function(apply, 3),
    "LinearMap.toFun": function(apply, 3),
    "ContinuousLinearMap.toLinearMap": function(_as_clm, 3),
    "ContinuousLinearMap.id": function(lambda of_type: identity(space(of_type)), 1),
    "ContinuousLinearMap.comp": function(lambda g, f: g.comp(f), 4),
    "ContinuousLinearMap.smulRight": Function(lambda cod, c, v: smul_right(cod, c, v), 5, 2),
    "ContinuousLinearMap.fst": function(_first, 1),
    "ContinuousLinearMap.snd": function(_second, 1),
    "ContinuousLinearMap.prod": function(paired, 4),
    "ContinuousLinearMap.proj": Function(projection, 4, 2),
    "ContinuousLinearMap.pi": Function(product_of, 5, 2),
    "ContinuousLinearMap.flip": function(flipped, 4),
    "ContinuousLinearMap.precompR": Function(lambda first, _e, _f, _g, L: composed_right(first, L), 6, 1),
    "ContinuousLinearMap.precompL": Function(lambda first, _e, _f, _g, L: composed_left(first, L), 6, 1),
    "innerSL": function(by_inner, 1),
    "PiLp.continuousLinearEquiv": Function(lambda p, _, index, family: entries(p, index, family), 4),
    "ContinuousLinearMap.adjoint": function(lambda f: f.adjoint, 3),
    "ContinuousLinearEquiv.symm": function(lambda e: e.symm, 3),
    "ContinuousLinearEquiv.toContinuousLinearMap": function(_as_clm, 3),
    "EuclideanSpace.equiv": Function(lambda index, _: coordinates(index), 2),
    "HasFDerivAt": function(has_fderiv_at, 1),
    "HasDerivAt": function(has_deriv_at, 1),
    "fderiv": function(fderiv, 1),
    "deriv": function(deriv, 1),
    "DifferentiableAt": function(differentiable_at, 1),
    "Differentiable": function(differentiable, 1),
    "Continuous": function(continuous, 2),
    "ContinuousAt": function(continuous_at),
    "gradient": function(gradient, 1),
    "Proofs.Autograd.vjp": function(vjp),
    "Proofs.Autograd.jacobian": function(fderiv),
    "LinearMap.mk": Function(linear, 4, 1),
    "LinearMap.toContinuousLinearMap": Function(itself, 4, 3),
    "ContinuousLinearMap.mk": Function(itself, 4, 3),
    "EuclideanSpace.single": function(single),
}
