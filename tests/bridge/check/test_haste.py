"""A counterexample that was found is reported at the time limit, as small as it is by then."""

from __future__ import annotations

import time
from typing import Any

from leanmirror.bridge.check.worker import within
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import less
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.tally import Verdict
from leanmirror.spec.judge.types import RealT


def slow_once_found(_: object) -> Verdict:
    found: list[Judgement] = []

    def statement(x: Any) -> Judgement:
        judgement = less(x, 1)
        if found:
            time.sleep(0.2)
        found.extend([judgement] * judgement.fails)
        return judgement

    return run(claim("slow", statement, x=RealT()))


def test_a_counterexample_that_was_found_is_not_lost() -> None:
    started = time.monotonic()
    verdict = within(1.6, slow_once_found, None)
    assert "refuted" == verdict.verdict
    assert time.monotonic() - started < 1.9
