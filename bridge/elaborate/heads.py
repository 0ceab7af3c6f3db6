"""What an application is made of: what is applied, and arguments that are elaborated already."""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.bridge.core.term import Term


@dataclass(frozen=True, slots=True)
class Done:
    """An argument that is elaborated already."""

    term: Term
    type: Term


@dataclass(slots=True)
class Head:
    """What an application applies: a term of some type, and the value that a projection puts in.

    `self_arg` goes to the first explicit parameter whose type has the head `owner`.
    """

    term: Term
    type: Term
    explicit: bool = False
    self_arg: Done | None = None
    owner: str = ""
