"""What a Lean file imports, and which modules it sees by that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Import:
    """`public meta import all A.B`: a module, and the words that stand before it.

    `whole` says `all`: then what the module keeps for itself is seen too.
    """

    module: str
    public: bool = False
    whole: bool = False
    meta: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """How a file begins: whether with the word `module`, and its imports in their order."""

    is_module: bool = False
    imports: tuple[Import, ...] = ()


class Imports:
    """The heads of some modules, and which modules each sees.

    A file without the word `module` sees all that its imports lead to. One with it sees what it imports and
    what is passed on to it: a module passes on its public imports, and all of them to `import all`. Sets of
    modules are kept as bits of one number, since a large package has millions of pairs.
    """

    def __init__(self) -> None:
        self.heads: dict[str, Head] = {}
        self._number: dict[str, int] = {}
        self._names: list[str] = []
        self._seen: dict[str, int] = {}
        self._closed: dict[str, int] = {}
        self._passed_on: dict[str, int] = {}
        self._whole: dict[str, frozenset[str]] = {}
        self._awaited = 0

    def set(self, module: str, head: Head) -> None:
        """Note how a module begins."""
        self.heads[module] = head
        if self._awaited >> self._bit(module) & 1:  # a circle: what was seen through it is not all there is
            for known in (self._seen, self._closed, self._passed_on):
                known.clear()
            self._awaited = 0

    def sees(self, module: str, other: str) -> bool:
        """Whether a module sees the public names of another one. Where no heads are known, all see all."""
        if module == other or not self.heads:
            return True
        mask, number = self.mask(module), self._number.get(other)
        return number is not None and mask >> number & 1 == 1

    def is_module(self, module: str) -> bool:
        """Whether a file says `module`."""
        return module in self.heads and self.heads[module].is_module

    def sees_all_of(self, module: str, other: str) -> bool:
        """Whether a module sees what another one keeps for itself, by `import all`."""
        whole = self._whole.get(module)
        if whole is None:
            named = self._imports(module)
            whole = self._whole[module] = frozenset(each.module for each in named if each.whole)
        return other in whole

    def visible(self, module: str) -> frozenset[str]:
        """The modules that a module sees, itself included, those without a head among them."""
        return frozenset(self._members(self.mask(module)))

    def in_order(self, module: str) -> tuple[str, ...]:
        """The modules that a module sees, each after what it imports, in the order that Lean loads them."""
        mask, found, pending = self.mask(module), dict[str, None](), [(module, False)]
        entered: set[str] = set()
        while pending:
            name, done = pending.pop()
            if done:
                found[name] = None
            elif name not in entered:
                entered.add(name)
                pending.append((name, True))
                pending += [(each.module, False) for each in reversed(self._imports(name))]
        return tuple(name for name in found if mask >> self._bit(name) & 1)

    def mask(self, module: str) -> int:
        """The modules that a module sees as bits."""
        found = self._seen.get(module)
        if found is None:
            found = self._seen[module] = self._reached(module)
        return found

    def _members(self, mask: int) -> Iterator[str]:
        while mask:
            low = mask & -mask
            yield self._names[low.bit_length() - 1]
            mask ^= low

    def _bit(self, module: str) -> int:
        number = self._number.get(module)
        if number is None:
            number = self._number[module] = len(self._names)
            self._names.append(module)
        return number

    def _imports(self, module: str) -> tuple[Import, ...]:
        head = self.heads.get(module)
        return () if head is None else head.imports

    def _reached(self, module: str) -> int:
        head = self.heads.get(module, Head())
        if not head.is_module:
            return self._closure(module, public_only=False)
        found = 1 << self._bit(module)
        for each in head.imports:
            found |= self._closure(each.module, public_only=not each.whole)
        return found

    def _closure(self, module: str, public_only: bool) -> int:
        """What imports lead to from a module, itself included: of one that says `module` only public ones."""
        known = self._passed_on if public_only else self._closed
        found, pending = 0, [module]
        while pending:
            name = pending.pop()
            bit = 1 << self._bit(name)
            if found & bit:
                continue
            memo = known.get(name)
            if memo is not None:
                found |= memo
                continue
            found |= bit
            head = self.heads.get(name)
            if head is None:
                self._awaited |= bit
            else:
                every = not (public_only and head.is_module)
                pending += [each.module for each in head.imports if every or each.public]
        known[module] = found
        return found
