"""Random graphs from all operations: shared values, unused inputs, empty shapes, one index used twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.graphs.recipes import GraphRecipe, NodeRecipe, Signature, Step, drawable, signature
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import NatT, Value
from leanmirror.spec.judge.types.real_functions import RealFunction
from leanmirror.spec.ops import operations
from leanmirror.spec.torchlean_types.recipes import Recipe
from leanmirror.spec.torchlean_types.shapes import Shapes

NODES = (0, 1, 2, 2, 3, 3, 4, 4, 5, 6)
"""How many nodes a graph of an example has."""
MAX_ENTRIES = 8
"""A drawn shape has at most this many entries."""
TRIES = 8

PLAIN, HUGE, LITERAL = "plain", "huge", "literal"
"""What values are: a literal is an empty sum, an integer that has no kind of scalar; no node reads it."""

GROWING = frozenset({"exp", "sinh", "cosh"})
SATURATING = frozenset(
    {
        "logistic",
        "sigmoid",
        "tanh",
        "softplus",
        "silu",
        "gelu",
        "safeLog",
        "elu",
        "softmaxLast",
        "logSoftmaxLast",
    }
)
"""Functions of a huge number that no precision tells from a constant."""


def draw_graph(source: Source, Γ: Shapes | None = None, *, everywhere: bool = False) -> GraphRecipe:
    """A random graph; on the inputs Γ where they are given, with certificates at every point if asked for."""
    choices = [lean for lean in drawable() if not (everywhere and operations()[lean].pointwise)]
    count = source.data.choice(NODES)
    wanted: list[str] = []
    if Γ is None:
        wanted = [_turn(choices, source) for _ in range(source.data.integer(1, 2))]
        Γ = _inputs(list(map(signature, wanted)), source)
    steps: list[Step] = []
    context, values = Γ, [PLAIN] * len(Γ)
    for _ in range(count):
        step = _next(context, wanted, choices, source, values, certified=everywhere)
        if step is None:
            break
        values.append(_kind(step, context, values))
        steps.append(step)
        context = (*context, step.output(context))
    return GraphRecipe(Γ, tuple(steps))


def draw_node(source: Source) -> NodeRecipe | None:
    """A random node, with a context for it."""
    choices = list(drawable())
    wanted = [_turn(choices, source)]
    Γ = _inputs(list(map(signature, wanted)), source)
    step = _next(Γ, wanted, choices, source, [PLAIN] * len(Γ), certified=False)
    return None if step is None else NodeRecipe(Γ, step)


def _next(
    Γ: Shapes,
    wanted: list[str],
    choices: Sequence[str],
    source: Source,
    values: Sequence[str],
    *,
    certified: bool,
) -> Step | None:
    """A node of an operation that the inputs were drawn for, while there is one; else of any that fits."""
    while wanted and source.data.chance(0.75):
        step = draw_step(Γ, [wanted.pop()], source, values, certified=certified)
        if step is not None:
            return step
    return draw_step(Γ, choices, source, values, certified=certified)


def _turn(choices: Sequence[str], source: Source) -> str:
    """The operations take turns, so that none is left to chance."""
    return choices[source.turn() % len(choices)]


def _inputs(wanted: Sequence[Signature], source: Source) -> Shapes:
    """Shapes that the operations need, some more, often equal ones, in any order."""
    shapes: list[Shape] = []
    for sig in wanted:
        sizes: dict[str, Value] = {}
        if source.data.chance(0.25):  # square factors, so that one value can be both
            sizes = dict.fromkeys(
                (n for p in sig.indices.values() if not isinstance(p, str) for n in p), source.size()
            )
        for pattern in sig.indices.values():
            if isinstance(pattern, str):
                shapes.append(sizes.setdefault(pattern, _small(source)))
            else:
                shapes.append(Shape(tuple(sizes.setdefault(n, source.size()) for n in pattern)))
    shapes = [s if s.size <= MAX_ENTRIES else Shape((2,) * len(s.dims)) for s in shapes]
    for _ in range(source.data.integer(0, 1)):
        shapes.append(source.data.choice(shapes) if source.data.chance(0.5) else _small(source))
    source.data.shuffle(shapes)
    return tuple(shapes)


def _small(source: Source) -> Shape:
    s = source.shape()
    return s if s.size <= 6 else Shape((source.data.integer(1, 3),))


def draw_step(
    Γ: Shapes, choices: Sequence[str], source: Source, values: Sequence[str], *, certified: bool
) -> Step | None:
    """A node that reads this context, from the operation whose turn it is, or the next that fits."""
    for _ in range(2 * len(choices)):
        lean = _turn(choices, source)
        sig = signature(lean)
        places = [p for p in placements(sig, Γ) if LITERAL not in {values[i] for i in p.values()}]
        if not places:
            continue
        positions = _chosen(places, Γ, source)
        if _too_much(lean, positions, values) and source.data.chance(0.97):
            continue
        step = _completed(sig, Γ, positions, source, certified=certified)
        if step is not None and step.output(Γ).size <= 2 * MAX_ENTRIES:
            return step
    return None


def _kind(step: Step, Γ: Shapes, values: Sequence[str]) -> str:
    """What is known of a node's value."""
    if step.operation.endswith("Batched.matmul") and 0 in Γ[step.reads[0]].dims:
        return LITERAL
    return HUGE if grows(step) or any(values[i] == HUGE for i in step.reads) else PLAIN


def _too_much(lean: str, positions: Mapping[str, int], values: Sequence[str]) -> bool:
    short = lean.rpartition(".")[2]
    if short not in GROWING | SATURATING and short not in {"elemwise", "unaryOp"}:
        return False
    return any(values[i] == HUGE for i in positions.values())


def grows(step: Step) -> bool:
    """Whether the operation makes huge numbers of large ones."""
    if step.operation.rpartition(".")[2] in GROWING:
        return True
    return any(_grows(value) for value in step.arguments.values())


def _grows(value: Value) -> bool:
    if isinstance(value, RealFunction):
        return value.name.rstrip("'") in GROWING
    return isinstance(value, Recipe) and (value.name in GROWING or any(map(_grows, value.steps)))


def placements(sig: Signature, Γ: Shapes) -> list[dict[str, int]]:
    """Every choice of positions at which the operation fits the shapes of a context."""
    names = list(sig.indices)
    ranks = [1 if isinstance(p, str) else len(p) for p in sig.indices.values()]
    pools = [
        [i for i, s in enumerate(Γ) if isinstance(p, str) or len(s.dims) == rank]
        for rank, p in zip(ranks, sig.indices.values(), strict=True)
    ]
    found = (dict(zip(names, places, strict=True)) for places in product(*pools))
    return [places for places in found if sig.match(Γ, places) is not None]


def _chosen(places: list[dict[str, int]], Γ: Shapes, source: Source) -> dict[str, int]:
    """Half of the time something that reads the newest value it can; sometimes one value twice."""
    kind = source.data.weighted(("newest", "any", "twice"), (50, 35, 15))
    if kind == "twice":
        places = [p for p in places if len({*p.values()}) < len(p)] or places
    elif kind == "newest":
        newest = max(max(p.values()) for p in places)
        places = [p for p in places if max(p.values()) == newest]
    return source.data.choice(places)


def _completed(
    sig: Signature, Γ: Shapes, positions: dict[str, int], source: Source, *, certified: bool
) -> Step | None:
    """The step with its other arguments drawn, so that the certificate's hypotheses hold where asked for."""
    sizes = {n: NatT().draw(source) for n in sig.sizes}
    for _ in range(TRIES):
        env = sig.environment(Γ, {**positions, **sizes, **dict.fromkeys(sig.given)})
        for name in sig.given:
            env[name] = sig.binders[name].type(env).draw(source)
        for assume in sig.op.hypotheses.values():
            if assume.make is not None:
                env |= assume.make(env, source)
        given = {name: env[name] for name in sig.given}
        step = Step(sig.op.lean, {**positions, **sizes, **given})
        if not certified or step.assumed(Γ):
            return step
    return None
