"""Which declarations a declaration speaks of: the names in its statement and body, as Lean resolves them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.printer import Printer
from leanmirror.bridge.lean.scopes import joined, resolve
from leanmirror.bridge.lean.signatures import Resolver, written
from leanmirror.bridge.lean.tokens import NAME, TAIL

if TYPE_CHECKING:
    from leanmirror.bridge.lean.declarations import Declaration
    from leanmirror.bridge.lean.tree import LeanTree

PROVED = frozenset(("theorem", "lemma", "example"))
"""Their bodies are proofs: names are looked for in the text, and no tree is made."""

_WORDS = re.compile(f"(?<![.{TAIL}]){NAME}")
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"')

Dependencies = Mapping[str, frozenset[str]]
"""The name of a declaration → the names of those that it speaks of, itself not among them."""


class _Uses(Resolver):
    """Prints nodes to learn what their free names mean; names in a tactic block are taken word by word."""

    def __init__(self, declaration: Declaration) -> None:
        super().__init__(declaration.scope, declaration.environment, declaration.start)
        self.used: set[str] = set()

    def free(self, name: str) -> str:
        """Note what the name may mean; all of it, where it is overloaded."""
        if name not in self.known:
            found = resolve(name, self.scope, self.environment, self.before)
            self.used.update(each.name for each in found)
            self.known[name] = name
        return name

    def text(self, text: str) -> None:
        """Note what the words of a text mean that nothing around it binds."""
        for word in dict.fromkeys(_WORDS.findall(_STRINGS.sub('""', text) if '"' in text else text)):
            self.name(word)

    def _block(self, node: s.Opaque) -> str:
        self.text(node.text)
        return node.text

    RULES: ClassVar = {**Printer.RULES, s.Opaque: _block}


def uses(declaration: Declaration) -> frozenset[str]:
    """What a declaration speaks of, by full name; names that its files do not declare are not among them.

    A name after a dot whose meaning depends on a type, as in `x.size` or `.dim`, is not seen.
    """
    found = _Uses(declaration)
    if declaration.readable:
        written(declaration, found)  # the variables of the statement stay bound
    else:
        found.text(declaration.statement)
    start = declaration.header.body_start
    if start >= 0:
        body = None if declaration.kind in PROVED else declaration.body
        if isinstance(body, s.Node):
            found.show(body)
        else:
            found.text(declaration.source.mask[start : declaration.end])
    return frozenset(found.used)


def words_used(declaration: Declaration, text: str) -> frozenset[str]:
    """What the words of a text could mean in a declaration, if nothing in it bound them."""
    found = _Uses(declaration)
    found.text(text)
    return frozenset(found.used)


def dependencies(tree: LeanTree) -> Dependencies:
    """Which declarations of a tree each of them speaks of, read from the text; see `uses`."""
    owners = {name: each.name for name, each in owned(tree).items()}
    found: dict[str, frozenset[str]] = {}
    for each in tree.declarations:
        names = {owners[name] for name in uses(each) if name in owners} - {each.name}
        found[each.name] = found.get(each.name, frozenset()) | names
    return found


def owned(tree: LeanTree) -> dict[str, Declaration]:
    """Every name that a tree gives → the declaration that it comes with: its own, fields, constructors."""
    return {part: each for each in reversed(tree.declarations) for part in _parts(each)}


def around(tree: LeanTree, declaration: Declaration) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What one declaration of a tree speaks of, and what speaks of it, both sorted; see `uses`.

    Only declarations in whose file its name, or that of a part of it, stands in the right place are read. So
    this takes a small part of the time of `dependencies`, and sees the same but for notations of other files.
    """
    owners = {name: each.name for name, each in owned(tree).items()}
    parts = [part.rpartition(".")[2] for part in _parts(declaration)]
    below = {owners[name] for name in uses(declaration) if name in owners} - {declaration.name}
    above = {
        each.name
        for each in _near(tree, parts)
        if each.name != declaration.name and declaration.name in map(owners.get, uses(each))
    }
    return tuple(sorted(below)), tuple(sorted(above))


def _near(tree: LeanTree, words: Collection[str]) -> Iterator[Declaration]:
    """The declarations in whose text a word stands; all of a file where it stands between them."""
    for file in tree.files:
        code = file.declarations[0].source.code if file.declarations else ""
        if not any(word in code for word in words):
            continue
        edges = [0, *(edge for each in file.declarations for edge in (each.start, each.end)), len(code)]
        between = " ".join(code[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
        shared = any(word in between for word in words)
        for each in file.declarations:
            if shared or any(word in code[each.start : each.end] for word in words):
                yield each


def _parts(declaration: Declaration) -> Iterator[str]:
    """The names that come with a declaration: its own, fields, constructors."""
    name, header = declaration.name, declaration.header
    yield name
    yield from (joined(name, each.name) for each in header.fields)
    yield from (joined(name, each.name) for each in header.constructors)
    if declaration.kind in ("structure", "class"):
        yield joined(name, header.constructor_name or "mk")


def users(found: Dependencies) -> dict[str, tuple[str, ...]]:
    """The same the other way: name → those that speak of it, sorted."""
    above: dict[str, list[str]] = {}
    for name in sorted(found):
        for other in found[name]:
            above.setdefault(other, []).append(name)
    return {name: tuple(names) for name, names in above.items()}


def reached(names: Iterable[str], above: Mapping[str, Collection[str]]) -> set[str]:
    """All that `above` leads to from some names, in any number of steps; they themselves if it leads back."""
    found: set[str] = set()
    pending = deque(names)
    while pending:
        more = set(above.get(pending.popleft(), ())) - found
        found |= more
        pending.extend(more)
    return found
