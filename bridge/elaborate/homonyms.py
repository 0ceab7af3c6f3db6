"""Names that several declarations have: each but one of them is known here by a key of its own."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from leanmirror.bridge.elaborate.declarations import given_names
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.scopes import NOWHERE, Candidate, Environment, private_name

_PROVED = frozenset(("theorem", "lemma", "example"))


class Homonyms:
    """The keys of the declarations of some files.

    A private name, a name that two files declare which no file imports both, and a name that means something
    else outside of the files (`is_taken`), each has a key beside it.
    """

    def __init__(self, environment: Environment, is_taken: Callable[[Declaration], bool]) -> None:
        self.environment = environment
        self.is_taken = is_taken
        self._keys: dict[str, dict[str, str]] = {}
        self._homes: dict[str, str] = {}

    def placed(self, declaration: Declaration) -> Declaration:
        """The declaration under the name that it has here."""
        name, module = declaration.name, declaration.module
        home = self._homes.setdefault(name, module)
        hidden = declaration.private and declaration.kind not in _PROVED
        if home == module and not hidden and not self.is_taken(declaration):
            return declaration
        if home == module:
            del self._homes[name]
        for each in given_names(declaration):
            self._keys.setdefault(each, {})[module] = private_name(module, each)
        declaration = copy(declaration)
        declaration.name = private_name(module, name)
        return declaration

    def key(self, candidate: Candidate, module: str, before: int = NOWHERE) -> Candidate:
        """The candidate under the name that it has here: of several declarations the one that is seen."""
        keys = self._keys.get(candidate.name)
        if keys is None:
            return candidate
        found = self._seen(candidate.name, keys, module, before)
        return Candidate(found, candidate.fields) if found else candidate

    def _seen(self, name: str, keys: dict[str, str], module: str, before: int) -> str:
        entries = self.environment.names.get(name, ())
        own_first = sorted(entries, key=lambda entry: entry.module != module)
        for entry in own_first:
            if self.environment.sees(module, entry, before):
                return keys.get(entry.module, name)
        return ""
