"""Drift as people read it: a table of counts, then what changed, ours first, with the differences marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

from leanmirror.bridge.drift.marking import lines
from leanmirror.bridge.drift.renaming import Rename
from leanmirror.bridge.drift.snapshots import Stated
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.tables import Column, table

if TYPE_CHECKING:
    from leanmirror.bridge.drift.run import Changed, Drift

FEW, MANY = 10, 40
"""Entries shown of each list: ten, up to forty where they are mirrored, and all that mean something else."""

NAMED = 3
"""How many of the declarations that a change affects are named."""

WORDINGS = {
    "statement": "statement changed",
    "names": "renamed names in it",
    "context": "names in it mean others",
    "kind": "another kind",
    "body": "body changed",
}
NOTES = {
    "names": "the statement is the same but for names that were renamed",
    "context": "the text is the same, but its names or the variables around it are not",
    "body": "the statement is the same, what it is defined to be is not",
}
MEANINGS = {
    "same": "the same",
    "different": "DIFFERENT",
    "undecided": "undecided",
    "not_evaluated": "not evaluated",
}
BOLD, RED, RESET = "\x1b[1m", "\x1b[1;31m", "\x1b[0m"

Line = str
Entry = tuple[Stated, Callable[[], list[Line]]]


@dataclass(frozen=True, slots=True)
class Page:
    """A report of some width; `whole`: all entries, and nothing in them cut short."""

    found: Drift
    width: int = 80
    colour: bool = False
    whole: bool = False

    def text(self) -> str:
        """The report."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[Line]:
        yield from self._sources()
        sections = [(title, note, list(self._sorted(entries))) for title, note, entries in self._sections()]
        sections = [each for each in sections if each[2]]
        if sections:
            yield from self._table(sections)
        yield from self._meanings()
        for title, note, entries in sections:
            yield from self._section(title, note, entries)
        yield from self._answered()
        yield ""
        yield self._verdict([stated for _, _, entries in sections for stated, _ in entries])

    def _bold(self, text: str, mark: str = BOLD) -> str:
        return f"{mark}{text}{RESET}" if self.colour else text

    def _sources(self) -> Iterator[Line]:
        for label, each in (("old", self.found.old), ("new", self.found.new)):
            part = "" if each.whole else ", a part"
            yield f"{label}: {each.label}  ({len(each.stated)} declarations{part})"
        if not self.found.statements_compared:
            forms = f"{self.found.old.form} and {self.found.new.form}"
            yield f"Statements are not compared: {forms} write them differently."

    def _sections(self) -> Iterator[tuple[str, str, list[Entry]]]:
        found = self.found.differences
        yield "added", "", [(each, partial(self._placed, each)) for each in found.added]
        yield "removed", "", [(each, partial(self._placed, each)) for each in found.removed]
        yield "renamed", "", [(each.new, partial(self._renamed, each)) for each in found.renamed]
        yield "moved", "", [(new, partial(self._moved, old, new)) for old, new in found.moved]
        for wording, title in WORDINGS.items():
            some = [each for each in self.found.changed if each.change.wording == wording]
            entries: list[Entry] = [(each.change.new, partial(self._changed, each)) for each in some]
            yield title, NOTES.get(wording, ""), entries

    def _sorted(self, entries: list[Entry]) -> list[Entry]:
        """What means something else first, then what is mirrored, then theorems, then the rest; by name."""
        other = self._different()
        return sorted(
            entries,
            key=lambda e: (id(e[0]) not in other, not self._ours(e[0]), e[0].sort != "theorem", e[0].name),
        )

    def _different(self) -> set[int]:
        """The new declarations, by `id`, that mean something else."""
        changed = self.found.changed
        return {id(each.change.new) for each in changed if each.meaning.meaning == "different"}

    def _ours(self, stated: Stated) -> bool:
        return self.found.is_mirrored(stated)

    def _table(self, sections: Sequence[tuple[str, str, list[Entry]]]) -> Iterator[Line]:
        rows = []
        for title, _, entries in sections:
            ours = sum(self._ours(stated) for stated, _ in entries)
            theorems = sum(stated.sort == "theorem" for stated, _ in entries)
            rows.append((title, str(ours), str(theorems), str(len(entries))))
        yield from self._counted("", ("mirrored", "theorems", "all"), rows)

    def _counted(self, head: str, titles: Iterable[str], rows: Sequence[Sequence[str]]) -> Iterator[Line]:
        """A table of counts below a line in bold."""
        columns = (Column(head), *(Column(title, right=True) for title in titles))
        first, *rest = table(columns, rows, width=self.width)
        yield from ("", self._bold(first), *rest)

    def _meanings(self) -> Iterator[Line]:
        """What became of the meanings: how many of what changed, and how many that read the same."""
        changed = [(each.change.new.sort == "theorem", each.meaning.meaning) for each in self.found.changed]
        counts: dict[str, Counter[str]] = {
            "theorems": Counter(meaning for theorem, meaning in changed if theorem),
            "definitions, types": Counter(meaning for theorem, meaning in changed if not theorem),
            "mirrors and their texts": Counter(self.found.compared),
        }
        rows = {title: count for title, count in counts.items() if count}
        if not rows:
            return
        cells = [(title, *(str(count[key]) for key in MEANINGS)) for title, count in rows.items()]
        yield from self._counted("meaning of what changed", MEANINGS.values(), cells)

    def _section(self, title: str, note: str, entries: list[Entry]) -> Iterator[Line]:
        yield ""
        yield self._bold(title)
        yield from self._wrapped(note and f"({note})", "  ")
        ours = sum(self._ours(each) for each, _ in entries)
        different = len(self._different() & {id(each) for each, _ in entries})
        few = entries if self.whole else entries[: max(FEW, min(ours, MANY), different)]
        for at, (_, show) in enumerate(few):
            rows = show()
            if at and title in WORDINGS.values():
                yield ""
            yield from rows
        if len(few) < len(entries):
            yield f"  … and {len(entries) - len(few)} more (--full shows all)"

    def _answered(self) -> Iterator[Line]:
        """What a running Lean said besides: holes, axioms, and statements that were not compared."""
        found = self.found.answered
        if found is None:
            return
        yield ""
        yield f"statements compared as terms: {found.compared}"
        users = Counter(axiom for axioms in found.axioms.values() for axiom in axioms)
        for axiom, count in sorted(users.items()):
            yield f"  rest on {shown(axiom)}: {count}"
        lists = (
            ("rests on sorry", dict.fromkeys(found.holed, "")),
            ("statement not compared", found.open),
        )
        for title, some in lists:
            if some:
                yield ""
                yield self._bold(f"{title}: {len(some)}")
                yield from self._reasons(some)

    def _reasons(self, some: Mapping[str, str]) -> Iterator[Line]:
        few = list(some.items()) if self.whole else list(some.items())[:FEW]
        for name, reason in few:
            yield f"  {shown(name)}"
            yield from self._wrapped(shown(reason, 400), "      ")
        if len(few) < len(some):
            yield f"  … and {len(some) - len(few)} more (--full shows all)"

    def _verdict(self, differing: list[Stated]) -> Line:
        if not differing:
            return self._bold("nothing drifted")
        ours = len({each.name for each in differing if self._ours(each)})
        count = len({each.name for each in differing})
        return self._bold(f"drifted: {count} declarations, {ours} of them mirrored")

    def _placed(self, stated: Stated) -> list[Line]:
        where = f"{stated.file}:{stated.line}" if stated.file and stated.line else stated.module
        head = f"  {stated.kind or '?'} {shown(stated.name)}"
        if len(head) + len(where) + 2 <= self.width:
            return [f"{head}  {shown(where)}"]
        return [head, f"      {shown(where)}"]

    def _renamed(self, rename: Rename) -> list[Line]:
        head = f"  {rename.new.kind} {shown(rename.old.name)}"
        tail = f"    → {shown(rename.new.name)}"
        return [head, tail, *self._wrapped(f"{rename.sure}: {rename.because}", "      ")]

    def _moved(self, old: Stated, new: Stated) -> list[Line]:
        return [f"  {new.kind} {shown(new.name)}", f"      {shown(old.module)}", f"    → {shown(new.module)}"]

    def _wrapped(self, text: str, indent: str) -> list[Line]:
        return wrap(text, self.width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)

    def _changed(self, changed: Changed) -> list[Line]:
        change = changed.change
        rows = self._placed(change.new)
        if change.old.sort != change.new.sort:
            rows.append(f"    was: {change.old.kind}")
        if change.old.statement != change.new.statement:
            rows += self._marked(*_statements(change.old, change.new))
        if change.bodies is not None:
            rows += [] if change.wording == "body" else ["    and its body:"]
            rows += self._marked(*change.bodies)
        return [*rows, *self._meaning(changed), *self._affected(changed)]

    def _marked(self, old: str, new: str) -> list[Line]:
        return lines(old, new, self.width, "      ", colour=self.colour, whole=self.whole)

    def _meaning(self, changed: Changed) -> list[Line]:
        found = changed.meaning
        rows = self._wrapped(f"meaning: {MEANINGS[found.meaning]} ({shown(found.reason, 400)})", "    ")
        if found.meaning == "different":
            rows = [self._bold(row, RED) for row in rows]
            rows += [f"      {name} := {shown(value, 400)}" for name, value in found.inputs]
        if found.values is not None:
            rows += [f"      old: {shown(found.values[0])}", f"      new: {shown(found.values[1])}"]
        if found.through:
            names = ", ".join(shown(name) for name in found.through)
            rows += self._wrapped(f"it calls what changed: {names}", "      ")
        return rows

    def _affected(self, changed: Changed) -> list[Line]:
        if not changed.reached:
            return []
        names = [shown(name) for name in changed.affected]
        more = [f"and {len(names) - NAMED} more"] if len(names) > NAMED and not self.whole else []
        listed = ", ".join([*(names if self.whole else names[:NAMED]), *more])
        total = f" ({changed.reached} rest on it in all)" if changed.reached > len(names) else ""
        return self._wrapped(f"affects: {listed or 'nothing mirrored'}{total}", "    ")


def _statements(old: Stated, new: Stated) -> tuple[str, str]:
    """The texts to show: as they stand in the files, which is shorter, where these differ; else in full."""
    if old.written is not None and new.written is not None and old.written != new.written:
        return old.written, new.written
    return old.statement, new.statement
