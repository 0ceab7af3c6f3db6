"""Values as JSON, for witnesses, and as Lean text, for people. Both follow from the type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.equivalences import read_equivalence
from leanmirror.spec.judge.functions import BY_NAME, Patched, RealFunction
from leanmirror.spec.judge.generate import Example
from leanmirror.spec.judge.recipes import Recipe
from leanmirror.spec.judge.types import Type, Value

Json = Any
MAX_DIGITS = 4_000
_FRACTION = re.compile(r"-?[0-9]+(/0*[1-9][0-9]*)?")


def encode(of_type: Type, value: Value) -> Json:
    """A value as JSON: real entries as exact fractions in text, data as numbers and lists."""
    if isinstance(of_type, t.GivenT):
        return encode(of_type.of_type, value)
    if isinstance(value, RealFunction):
        return {"function": value.name}
    if isinstance(value, Patched):
        return {"function": value.slope.name, "points": [str(p) for p in value.points]}
    if isinstance(of_type, t.RecipeT | t.FunT):
        return value.to_json()
    if isinstance(value, Shape):
        return value.toList()
    if isinstance(of_type, t.ContextT):
        return [s.toList() for s in value]
    if isinstance(of_type, t.IdxT):
        return value.i
    if isinstance(of_type, t.RealT):
        return str(value)
    if isinstance(of_type, t.ProdT):
        return [encode(of_type.first, value[0]), encode(of_type.second, value[1])]
    if t.is_space(of_type):
        return [str(x) for x in of_type.reals(value)]
    if isinstance(of_type, t.ListT | t.PiT):
        return [encode(of_type.of_type, v) for v in value]
    return value


def decode(of_type: Type, data: Json) -> Value:
    """The value that `encode` wrote; BadInput says what does not fit."""
    if isinstance(of_type, t.GivenT | t.UnitT):
        return of_type.value if isinstance(of_type, t.GivenT) else ()
    if isinstance(of_type, t.FunT):
        return _function(of_type, data)
    if isinstance(of_type, t.OpSpecFDerivCorrectT):
        return Recipe.of_json(data, of_type.inDim, of_type.outDim)
    if isinstance(of_type, t.NodeT | t.GraphT | t.OpSpecCorrectT | t.DrawnT | t.EquivT):
        return _recipe(of_type, data)
    if isinstance(of_type, t.ShapeT):
        return Shape(tuple(_natural(n) for n in _list(data)))
    if isinstance(of_type, t.ContextT):
        return tuple(Shape(tuple(_natural(n) for n in _list(dims))) for dims in _list(data))
    if isinstance(of_type, t.IdxT):
        return _index(of_type, data)
    if isinstance(of_type, t.RealT):
        return fraction(data)
    if isinstance(of_type, t.ProdT):
        return _pair(of_type, _list(data))
    if isinstance(of_type, t.Space) and t.is_space(of_type):
        return of_type.of([fraction(x) for x in _list(data)])
    if isinstance(of_type, t.PiT):
        return _family(of_type, _list(data))
    if isinstance(of_type, t.ListT):
        return [decode(of_type.of_type, v) for v in _list(data)]
    return _plain(of_type, data)


def decode_example(claim: Claim, inputs: Mapping[str, Json]) -> Example:
    """An example of the claim from a witness; BadInput for a missing, extra or misfitting value."""
    names = [b.name for b in claim.variables]
    if set(inputs) != set(names):
        raise BadInput(f"the witness gives {', '.join(sorted(inputs))}; {claim.name} has {', '.join(names)}")
    values: dict[str, Value] = {}
    types: dict[str, Type] = {}
    pending = list(claim.variables)
    while pending:
        later = []
        for binder in pending:
            try:
                types[binder.name] = binder.type(values)
            except KeyError:  # its type speaks of a variable that comes later
                later.append(binder)
                continue
            values[binder.name] = decode(types[binder.name], inputs[binder.name])
        if len(later) == len(pending):
            raise BadInput(f"the types of {', '.join(b.name for b in later)} cannot be worked out")
        pending = later
    return Example({n: types[n] for n in names}, {n: values[n] for n in names})


def encode_example(example: Example) -> dict[str, Json]:
    """Every variable's value as JSON."""
    return {name: encode(of_type, example.values[name]) for name, of_type in example.types.items()}


def fraction(data: Json) -> Fraction:
    """An exact rational from its text, such as "3/8": digits only, so that no exponent can blow it up."""
    if not isinstance(data, str) or len(data) > MAX_DIGITS or not _FRACTION.fullmatch(data):
        raise BadInput(f"a real entry is a fraction in quotes, not {str(data)[:40]!r}")
    return Fraction(data)


def _pair(of_type: t.ProdT, data: list[Json]) -> Value:
    if len(data) != 2:
        raise BadInput(f"a pair is needed, not {len(data)} entries")
    return (decode(of_type.first, data[0]), decode(of_type.second, data[1]))


def _natural(data: Json) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or not 0 <= data <= 10_000:
        raise BadInput(f"a size is a natural number up to 10000, not {str(data)[:40]!r}")
    return data


def _list(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise BadInput(f"a list is needed, not {str(data)[:40]!r}")
    return data


def _plain(of_type: Type, data: Json) -> Value:
    if isinstance(of_type, t.BoolT | t.PropT):
        if not isinstance(data, bool):
            raise BadInput(f"true or false is needed, not {str(data)[:40]!r}")
        return data
    if isinstance(of_type, t.IntT):
        if not isinstance(data, int) or isinstance(data, bool):
            raise BadInput(f"an integer is needed, not {str(data)[:40]!r}")
        return data
    value = _natural(data)
    of_type.check(value)
    return value


def _index(of_type: t.IdxT, data: Json) -> Value:
    from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx

    return Idx(of_type.Γ, of_type.s, _natural(data))


def _recipe(of_type: t.NodeT | t.GraphT | t.OpSpecCorrectT | t.DrawnT | t.EquivT, data: Json) -> Value:
    from leanmirror.spec.graphs.recipes import GraphRecipe, NodeRecipe, Step
    from leanmirror.spec.graphs.smooth import read_operation, read_smooth_graph, read_smooth_node

    if isinstance(of_type, t.DrawnT):
        return of_type.read(data)
    if isinstance(of_type, t.EquivT):
        return read_equivalence(of_type, data)
    if isinstance(of_type, t.OpSpecCorrectT):
        return read_operation(of_type.σ, of_type.τ, data)
    if isinstance(of_type, t.NodeT) and isinstance(data, dict) and "rows" in data:
        return read_smooth_node(of_type.Γ, of_type.τ, data)
    if isinstance(of_type, t.GraphT) and isinstance(data, dict) and "smooth" in data:
        return read_smooth_graph(of_type.Γ, of_type.ss, data)
    if isinstance(of_type, t.NodeT):
        node = NodeRecipe(of_type.Γ, Step.of_json(data, of_type.Γ))
        require_shape("the value of a node", node.τ, of_type.τ)
        return node
    graph = GraphRecipe.of_json(data)
    if (graph.Γ, graph.ss) != (of_type.Γ, of_type.ss):
        raise BadInput(f"the graph in the witness is no {of_type}")
    return graph


def _function(of_type: t.FunT, data: Json) -> Value:
    from leanmirror.spec.judge.mappings import read_function

    if not isinstance(data, dict):
        raise BadInput(f"a function is an object, not {str(data)[:40]!r}")
    if "function" not in data:
        return read_function(of_type, data)
    name = data["function"]
    if not isinstance(name, str) or name not in BY_NAME:
        raise BadInput(f"a function of the table is needed ({', '.join(sorted(BY_NAME))})")
    if "points" in data:
        return Patched(BY_NAME[name], tuple(fraction(p) for p in _list(data["points"])))
    return BY_NAME[name]


def _family(of_type: t.PiT, data: list[Json]) -> Value:
    if len(data) != of_type.n:
        raise BadInput(f"{of_type} has {of_type.n} entries, not {len(data)}")
    return [decode(of_type.of_type, each) for each in data]


def show(of_type: Type, value: Value) -> str:
    """A value as Lean text."""
    if isinstance(of_type, t.GivenT):
        return show(of_type.of_type, value)
    if isinstance(value, RealFunction | Patched) or isinstance(of_type, t.FunT):
        return str(value.lean)
    if isinstance(of_type, t.RecipeT):
        return of_type.shown(value)
    if isinstance(of_type, t.SizedT):
        return of_type.former.replace("·", str(value))
    if isinstance(of_type, t.PropT):
        return str(value)
    if isinstance(of_type, t.ContextT):
        return t.context_text(value)
    if isinstance(of_type, t.IdxT):
        return f"⟨{value.i}, rfl⟩"
    if isinstance(of_type, t.BoolT):
        return str(value).lower()
    if isinstance(of_type, t.FinsetT):
        return f"{{{', '.join(show(of_type.of_type, v) for v in value)}}}"
    if isinstance(of_type, t.ListT):
        return f"[{', '.join(show(of_type.of_type, v) for v in value)}]"
    if isinstance(of_type, t.Space):
        return _show_space(of_type, value)
    return str(value)


def _show_space(of_type: Type, value: Value) -> str:
    match of_type:
        case t.RealT():
            return number(value)
        case t.MatT():
            rows = [", ".join(map(number, row)) for row in value.rows]
            if of_type.of_vectors:
                return f"!₂[{', '.join(f'!₂[{row}]' for row in rows)}]"
            return _matrix(rows, value.n)
        case t.CLMT(t.VecT(n), t.VecT(m)):
            entries = list(map(number, of_type.reals(value)))
            return f"matCLM {_matrix([', '.join(entries[i::m]) for i in range(m)], n)}"
        case t.CLMT(t.VecT(), t.RealT()):
            return f"innerSL ℝ !₂[{', '.join(map(number, of_type.reals(value)))}]"
        case t.PiT():
            return f"![{', '.join(show(of_type.of_type, v) for v in value)}]"
        case t.ProdT():
            return f"({show(of_type.first, value[0])}, {show(of_type.second, value[1])})"
        case t.TensorT():
            return _nested(of_type.s, iter(value.entries))
        case t.TListT():
            text = ".nil"
            for x in reversed(value):
                text = f".cons ({show(t.TensorT(x.shape), x)}) {text if text == '.nil' else f'({text})'}"
            return text
        case t.LinearSpecT():
            weights, bias = (show(t.TensorT(x.shape), x) for x in (value.weights, value.bias))
            return f"{{ weights := {weights}, bias := {bias} }}"
    return f"!₂[{', '.join(map(number, of_type.reals(value)))}]"


def _matrix(rows: list[str], n: int) -> str:
    """A Mathlib matrix; without rows or columns it is written by commas or semicolons alone."""
    if not rows or not n:
        return f"!![{',' * n if not rows else ';' * len(rows)}]"
    return f"!![{'; '.join(rows)}]"


def _nested(s: Shape, entries: Iterator[Any]) -> str:
    if not s.dims:
        x = number(next(entries))
        return f".scalar {x}" if x.isdecimal() else f".scalar ({x})"
    inner = Shape(s.dims[1:])
    return f".dim ![{', '.join(_nested(inner, entries) for _ in range(s.dims[0]))}]"


def number(x: Any) -> str:
    """An exact rational in Lean; a dyadic with a long denominator as `k / 2 ^ n`."""
    value = Fraction(x)
    q = value.denominator
    if q > 1 << 20 and q & (q - 1) == 0:
        return f"{value.numerator} / 2 ^ {q.bit_length() - 1}"
    return str(value).replace("/", " / ")
