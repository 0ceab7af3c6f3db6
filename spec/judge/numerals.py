"""Exact numbers as text: how Lean writes them, and how they are read back from JSON."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from leanmirror.spec.errors import BadInput

Json = Any
MAX_DIGITS = 4_000
_FRACTION = re.compile(r"-?[0-9]+(/0*[1-9][0-9]*)?")


def number(x: Any) -> str:
    """An exact rational in Lean; a dyadic with a long denominator as `k / 2 ^ n`."""
    value = Fraction(x)
    q = value.denominator
    if q > 1 << 20 and q & (q - 1) == 0:
        return f"{value.numerator} / 2 ^ {q.bit_length() - 1}"
    return str(value).replace("/", " / ")


def fraction(data: Json) -> Fraction:
    """An exact rational from its text, such as "3/8": digits only, so that no exponent can blow it up."""
    if not isinstance(data, str) or len(data) > MAX_DIGITS or not _FRACTION.fullmatch(data):
        raise BadInput(f"a real entry is a fraction in quotes, not {str(data)[:40]!r}")
    return Fraction(data)


def natural(data: Json) -> int:
    """A size; BadInput where it is none, or a huge one."""
    if not isinstance(data, int) or isinstance(data, bool) or not 0 <= data <= 10_000:
        raise BadInput(f"a size is a natural number up to 10000, not {str(data)[:40]!r}")
    return data


def integer(data: Json) -> int:
    """A whole number; BadInput where it is none."""
    if not isinstance(data, int) or isinstance(data, bool):
        raise BadInput(f"an integer is needed, not {str(data)[:40]!r}")
    return data


def truth_value(data: Json) -> bool:
    """True or false; BadInput where it is neither."""
    if not isinstance(data, bool):
        raise BadInput(f"true or false is needed, not {str(data)[:40]!r}")
    return data


def items(data: Json) -> list[Json]:
    """The entries of a list; BadInput where it is none."""
    if not isinstance(data, list):
        raise BadInput(f"a list is needed, not {str(data)[:40]!r}")
    return data
