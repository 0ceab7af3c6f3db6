"""Imported by the process that workers are forked from: each of them finds this work done."""

from __future__ import annotations

from leanmirror.bridge import checking
from leanmirror.bridge.elaborating.environment import default

CHECKING = checking
LIBRARY = default()
