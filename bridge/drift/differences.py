"""What two snapshots of Lean declarations do not have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from leanmirror.bridge.drift.renaming import Rename, find_renames, renamed_in
from leanmirror.bridge.drift.snapshots import Key, Snapshot, Stated, same_bodies
from leanmirror.spec.errors import BadInput

Wording = Literal["statement", "names", "context", "kind", "body"]
"""How a declaration changed.

`statement`: the text of it. `names`: only names that were renamed. `context`: the text is the same, but its
names or the variables around it mean something else. `kind`: the keyword. `body`: only what is after it.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A declaration in both snapshots that is not the same; `bodies` are there where they differ."""

    old: Stated
    new: Stated
    wording: Wording
    bodies: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """The name, which is the same on both sides."""
        return self.new.name


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs, each list sorted by name; what is renamed is neither added nor removed."""

    added: tuple[Stated, ...]
    removed: tuple[Stated, ...]
    renamed: tuple[Rename, ...]
    moved: tuple[tuple[Stated, Stated], ...]
    changed: tuple[Change, ...]


Wanted = Callable[[Stated], bool]


def differences(before: Snapshot, after: Snapshot, wanted: Wanted = lambda _: True) -> Differences:
    """What changed from one snapshot to another; of what is added, only what is wanted is listed.

    Where only one of the two is whole, the other is compared in the modules of that one. Statements are
    compared between snapshots of one form only. Raises BadInput where nothing is left to compare.
    """
    olds, news = _rows(before, after), _rows(after, before)
    if not olds or not news:
        raise BadInput(f"{before.label} and {after.label} have no module in common: nothing to compare")
    removed = [each for key, each in olds.items() if key not in news]
    added = [each for key, each in news.items() if key not in olds]
    renames = find_renames(removed, added, before, after)
    comparable = before.form == after.form
    gone, come = ({id(e.old) for e in renames}, {id(e.new) for e in renames})
    surely = {each.old.name: each.new.name for each in renames if each.sure != "possible"}
    both = [(each, news[key]) for key, each in olds.items() if key in news]
    changes = (_change(old, new, before, after, surely) for old, new in both if comparable)
    return Differences(
        tuple(sorted((e for e in added if id(e) not in come and wanted(e)), key=_by_name)),
        tuple(sorted((e for e in removed if id(e) not in gone), key=_by_name)),
        tuple(renames),
        tuple(sorted(((o, n) for o, n in both if o.module != n.module), key=lambda pair: pair[0].name)),
        tuple(sorted((each for each in changes if each is not None), key=lambda each: each.name)),
    )


def _by_name(stated: Stated) -> tuple[str, str]:
    return stated.name, stated.module


def _rows(snapshot: Snapshot, other: Snapshot) -> dict[Key, Stated]:
    rows = snapshot.keyed(snapshot.repeated | other.repeated)
    if snapshot.whole and not other.whole:
        return {key: each for key, each in rows.items() if each.module in other.modules}
    return rows


def _change(
    old: Stated, new: Stated, before: Snapshot, after: Snapshot, renames: Mapping[str, str]
) -> Change | None:
    wording = _wording(old, new, renames)
    bodies = _bodies(old, new, before, after, renames)
    if wording is None:
        wording = "body" if bodies is not None else "kind" if old.sort != new.sort else None
    return None if wording is None else Change(old, new, wording, bodies)


def _wording(old: Stated, new: Stated, renames: Mapping[str, str]) -> Wording | None:
    """How the statements differ; None where they do not, as far as the source has them."""
    same_text = old.written == new.written if old.written is not None and new.written is not None else None
    if old.readable != new.readable and same_text:
        return None
    if old.statement == new.statement or not old.statement or not new.statement:
        return None
    if renamed_in(old.statement, renames) == new.statement:
        return "names"
    return "context" if same_text else "statement"


def _bodies(
    old: Stated, new: Stated, before: Snapshot, after: Snapshot, renames: Mapping[str, str]
) -> tuple[str, str] | None:
    """Both bodies where they differ in more than renamed names; None for proofs and what is not known."""
    if same_bodies(before, old, after, new):
        return None
    one, two = before.body(old), after.body(new)
    if one is None or two is None or one == two or renamed_in(one, renames) == two:
        return None
    return one, two
