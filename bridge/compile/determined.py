"""Variables that hypotheses leave a few values: `x = 3`, `x = 1 ∨ x = 2`, `n ∈ {1, 2}`, then `y = x + 1`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.core.term import Term, Var


def determined(hypotheses: Sequence[Term], names: Mapping[int, str]) -> dict[str, int]:
    """How many values at most each of the variables has that speak of no other variable in the end."""
    left = [each for term in hypotheses for each in _choices(term)]
    found: dict[int, int] = {}
    while new := {v: n for v, n, uses in left if v not in found and uses <= found.keys()}:
        found |= new
    return {names[var]: count for var, count in found.items() if var in names}


def _choices(term: Term) -> Iterator[tuple[int, int, set[int]]]:
    """A variable, how many terms it is one of, and the variables of these, as a hypothesis says."""
    name, args = head_name(term), head(term)[1]
    if name == "Eq":
        for one, other in (args[-2:], args[-2:][::-1]):
            if isinstance(one, Var):
                yield one.id, 1, free(other)
    elif name == "Or":
        firsts, seconds = (list(_choices(each)) for each in args)
        for var, count, uses in firsts:
            yield from ((var, count + n, uses | also) for other, n, also in seconds if other == var)
    elif name == "Membership.mem" and isinstance(args[-1], Var) and (items := _items(args[-2])):
        yield args[-1].id, len(items), set(chain.from_iterable(map(free, items)))


def _items(term: Term) -> list[Term] | None:
    """The elements of a set that is written out."""
    name, args = head_name(term), head(term)[1]
    if name == "Singleton.singleton":
        return [args[-1]]
    if name == "Insert.insert":
        rest = _items(args[-1])
        return None if rest is None else [args[-2], *rest]
    return None
