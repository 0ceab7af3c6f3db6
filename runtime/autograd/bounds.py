from __future__ import annotations

from collections import defaultdict

from leanmirror.runtime.autograd.ops import Bound

BOUNDS: dict[str, tuple[Bound, ...]] = defaultdict(tuple)
