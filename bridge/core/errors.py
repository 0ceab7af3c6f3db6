"""What elaboration answers to a text that is no statement: ill-typed, beside the project's Unsupported."""

from __future__ import annotations

from leanmirror.spec.errors import Cause, PositionedError


class IllTyped(PositionedError):
    """Lean would refuse the text: the message names the two types or sizes that met."""

    default_cause: Cause = "type"
