"""Which removed declaration is which added one under another name, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from leanmirror.bridge.drift.marking import tokens
from leanmirror.bridge.drift.snapshots import WORD, Snapshot, Stated

Sure = Literal["certain", "likely", "possible"]

FEW = 16
"""A statement of fewer tokens, such as `(n : ℕ) : ℕ`, says too little to tell a declaration by."""

LEAST = 3
"""A body of no more tokens, such as `:= 0`, says nothing either."""

ALIKE = 0.8
"""Two statements under one last name are alike when they share that much of their tokens."""

LONGEST = 2_000
"""Tokens of a statement that is compared by similarity, which takes quadratic time."""


@dataclass(frozen=True, slots=True)
class Rename:
    """A declaration under its old and new name; `because` says what the two have in common."""

    old: Stated
    new: Stated
    sure: Sure
    because: str


def blurred(text: str) -> str:
    """A text with only the last component of each name: what a move to another namespace leaves."""
    return WORD.sub(lambda found: found[0].rpartition(".")[2], text)


def renamed_in(text: str, renames: Mapping[str, str]) -> str:
    """A text in normal form with new names for old ones, also where an old name is a prefix."""
    return WORD.sub(lambda found: _new_name(found[0], renames), text) if renames else text


def _new_name(name: str, renames: Mapping[str, str]) -> str:
    head, rest = name, ""
    while head:
        if head in renames:
            return renames[head] + rest
        head, _, last = head.rpartition(".")
        rest = f".{last}{rest}"
    return name


def find_renames(
    removed: Sequence[Stated], added: Sequence[Stated], before: Snapshot, after: Snapshot
) -> list[Rename]:
    """Pairs of a removed and an added declaration that are one, each in at most one pair; sorted.

    What two have in common is asked for from much to little; where several fit equally, none is chosen.
    """
    search = _Search({id(each): each for each in removed}, {id(each): each for each in added}, before, after)
    for common, key in _QUESTIONS if before.complete else _QUESTIONS[:-1]:
        search.ask(common, key)
    search.alike()
    return sorted(search.found, key=lambda each: each.old.name)


_Question = Callable[[Stated, str, str], Hashable | None]
"""What a declaration answers, with its blurred statement and body; None where it cannot be told apart so."""


def _tail(name: str, count: int) -> str:
    return ".".join(name.split(".")[-count:])


_LAST = "the same statement and last name"


def _telling(text: str) -> bool:
    return len(tokens(text)) >= FEW


_QUESTIONS: tuple[tuple[str, _Question], ...] = (
    (_LAST, lambda s, text, _: (_tail(s.name, 2), text, _tail(s.module, 1))),
    (_LAST, lambda s, text, _: (_tail(s.name, 2), text)),
    (_LAST, lambda s, text, _: (s.last, text, s.module)),
    (_LAST, lambda s, text, _: (s.last, text)),
    (
        "the same statement in the same module",
        lambda s, text, _: (text, s.module) if _telling(text) else None,
    ),
    ("the same statement in the same module", lambda s, text, body: (text, s.module, body) if body else None),
    ("the same statement", lambda s, text, _: text if _telling(text) else None),
)


class _Search:
    """What is not yet in a pair, and the pairs found."""

    def __init__(
        self, old: dict[int, Stated], new: dict[int, Stated], before: Snapshot, after: Snapshot
    ) -> None:
        self.old, self.new, self.before, self.after = old, new, before, after
        self.found: list[Rename] = []
        self._texts: dict[int, str] = {}

    def text(self, stated: Stated) -> str:
        """The blurred statement, without what may differ between names of one thing: the name itself."""
        found = self._texts.get(id(stated))
        if found is None:
            found = self._texts[id(stated)] = blurred(stated.statement)
        return found

    def ask(self, common: str, question: _Question) -> None:
        """Pair what alone gives an answer on both sides."""
        olds, news = (self._answers(each.values(), question) for each in (self.old, self.new))
        for answer, (old, *more) in olds.items():
            found = news.get(answer, [])
            if not more and len(found) == 1:
                self._pair(old, found[0], common)

    def _answers(self, stated: Iterable[Stated], question: _Question) -> dict[Hashable, list[Stated]]:
        groups: dict[Hashable, list[Stated]] = defaultdict(list)
        for each in stated:
            answer = question(each, self.text(each), self.body(each)) if each.statement else None
            if answer is not None:
                groups[each.sort, answer].append(each)
        return groups

    def body(self, stated: Stated) -> str:
        """The blurred body, where it is long enough to tell a declaration by; else empty."""
        snapshot = self.before if id(stated) in self.old else self.after
        text = snapshot.written_body(stated)
        words = tokens(blurred(text)) if text is not None else []
        return " ".join(words) if len(words) > LEAST else ""

    def _pair(self, old: Stated, new: Stated, common: str, alike: bool = True) -> None:
        del self.old[id(old)], self.new[id(new)]
        bodies = self._same_body(old, new) if alike else None
        if bodies:
            common = f"{common}, and the same {'proof' if old.sort == 'theorem' else 'body'}"
        self.found.append(Rename(old, new, _sure(old, new, bodies, alike), common))

    def _same_body(self, old: Stated, new: Stated) -> bool | None:
        """Whether the bodies are the same but for namespaces; None where one is not known."""
        texts = (self.before.written_body(old), self.after.written_body(new))
        if texts[0] is None or texts[1] is None:
            return None
        one, two = (" ".join(tokens(blurred(text))) for text in texts if text is not None)
        return one == two

    def alike(self) -> None:
        """Pair what alone has a last name on both sides, when the statements share most of their tokens."""
        olds, news = (self._answers(e.values(), lambda s, *_: s.last) for e in (self.old, self.new))
        for answer, (old, *more) in olds.items():
            found = news.get(answer, [])
            if not more and len(found) == 1:
                share = similarity(self.text(old), self.text(found[0]))
                if share >= ALIKE:
                    self._pair(
                        old, found[0], f"the same last name, statements {share:.0%} alike", alike=False
                    )


def _sure(old: Stated, new: Stated, bodies: bool | None, alike: bool) -> Sure:
    if not alike:
        return "possible"
    if old.last == new.last:
        return "certain" if bodies else "likely"
    return "likely" if bodies else "possible"


def similarity(old: str, new: str) -> float:
    """The share of tokens that two texts have in common, in their order: from 0 to 1."""
    return SequenceMatcher(None, tokens(old)[:LONGEST], tokens(new)[:LONGEST], autojunk=False).ratio()
