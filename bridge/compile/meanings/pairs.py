"""Pairs, the unit, and subtypes."""

from __future__ import annotations

from leanmirror.bridge.compile.meanings.base import Function, Table, function, itself, value

PAIRS: Table = {
    "Prod.mk": function(lambda a, b: (a, b), 2),
    "Prod.fst": function(lambda p: p[0], 2),
    "Prod.snd": function(lambda p: p[1], 2),
    "Prod.swap": function(lambda p: (p[1], p[0]), 2),
    "PUnit.unit": value(()),
    "Subtype.mk": Function(itself, 3, 2),
    "Subtype.val": Function(itself, 3, 2),
}
