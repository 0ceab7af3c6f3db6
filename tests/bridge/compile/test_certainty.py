"""What was computed once and kept is as little certified at its second use as at its first."""

from __future__ import annotations

from leanmirror.bridge.compile.certainty import remembered, taint, untainted
from leanmirror.spec.judge.judgement import TRUE, Judgement, truth


def test_a_value_that_rests_on_rays_taints_each_judgement_that_uses_it() -> None:
    def from_rays() -> int:
        taint()
        return 1

    value = remembered(from_rays)

    def judge() -> Judgement:
        return truth(value() == 1)

    assert [False, False] == [untainted(judge).certified for _ in range(2)]


def test_a_value_that_is_certain_taints_none_and_is_computed_once() -> None:
    calls: list[int] = []
    value = remembered(lambda: calls.append(1))

    def judge() -> Judgement:
        value()
        return TRUE

    assert [True, True] == [untainted(judge).certified for _ in range(2)]
    assert [1] == calls
