"""The main job end to end: selections, verdicts in worker processes, witnesses, replay."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from leanmirror import check_node
from leanmirror.bridge.check.pool import Workers
from leanmirror.bridge.check.replay import replay
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.run import check, result_of_outcome
from leanmirror.bridge.check.tasks import Mirrored, Task
from leanmirror.bridge.check.text import file_lines
from leanmirror.spec.core.context import exp
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import BadInput, LeanMirrorError, NameNotFound
from leanmirror.spec.judge.comparison import less
from leanmirror.spec.judge.judgement import Judgement, all_of
from leanmirror.spec.judge.types import NatT
from leanmirror.spec.proofs.autograd.tape.core.soundness import Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import Node_

ROOT = Path(__file__).parents[3]
FEW = ["*.SoftmaxLastAxis.inner_jvpMN_comm", "*.reluFderivAt", "*.Batched.size3_eq"]


def without_time(result: Result) -> Result:
    return replace(result, seconds=0.0)


def test_results_do_not_depend_on_the_number_of_workers() -> None:
    one, two = (check(FEW, examples=30, jobs=jobs) for jobs in (1, 2))
    assert [without_time(r) for r in one.results] == [without_time(r) for r in two.results]
    assert {"no_counterexample"} == {r.verdict for r in one.results}
    assert 3 == len(one.results)


def test_another_seed_draws_other_examples() -> None:
    counts = [check(["*.geluFderiv"], examples=60, seed=s, jobs=1).results[0].certified for s in range(4)]
    assert len(set(counts)) > 1


def test_the_document_fits_its_schema() -> None:
    schema = json.loads((ROOT / "docs/schemas/check.schema.json").read_text())
    document = json.loads(json.dumps(check(FEW, examples=10, jobs=1).to_json()))
    Draft202012Validator(schema).validate(document)


def test_a_selection_that_names_no_claim_is_an_error() -> None:
    with pytest.raises(NameNotFound):
        check(["no_such_claim_at_all"])


def test_running_out_of_time_is_undecided() -> None:
    (result,) = check(["*.Batched.softmaxLastFderiv"], examples=100_000, jobs=1, timeout=1.0).results
    assert "undecided" == result.verdict
    assert "time" == result.cause


def test_a_worker_cannot_take_more_memory_than_its_limit() -> None:
    program = (
        "from leanmirror.bridge.check.worker import limit_memory\n"
        "limit_memory(1 << 30)\n"
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "refused\n" == done.stdout


@pytest.mark.parametrize(("call", "cause"), [((bytearray, 8 << 30), "memory"), ((os._exit, 137), "worker")])
def test_a_worker_that_gives_up_leaves_its_claim_undecided(call: tuple[Any, int], cause: str) -> None:
    with Workers(1, 20.0) as workers:
        outcome = workers.outcome(workers.submit(*call))
    result = result_of_outcome(Task(Mirrored("A.b"), 1, 50, 0), outcome)
    assert ("undecided", cause) == (result.verdict, result.cause)
    assert result.text.startswith("undecided: A.b\n  resource: ")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the project in which the derivative of relu has lost its branch."""
    for room in ("spec", "runtime", "bridge", "lean_names.json", "src"):
        source = ROOT / room
        (shutil.copytree if source.is_dir() else shutil.copy)(
            source,
            tmp_path / room,
            **({"symlinks": True} if source.is_dir() else {}),  # type: ignore[arg-type]
        )
    file = tmp_path / "spec/layers/activation.py"
    text = file.read_text()
    assert "return 1 if gt(x, 0) else 0" in text
    file.write_text(text.replace("return 1 if gt(x, 0) else 0", "return 1"))
    return tmp_path


def run_in(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(
        [sys.executable, "-m", "leanmirror.bridge", *args],
        capture_output=True, text=True, cwd=folder, env=environment, check=False,
    )  # fmt: skip


def test_a_broken_rule_is_refuted_with_a_witness_that_replays(broken: Path) -> None:
    done = run_in(broken, "check", "*.reluFderivAt", "--json", "out.json")
    assert 1 == done.returncode, done.stderr
    assert "refuted: Proofs.Autograd.TapeNodes.reluFderivAt (hasFDerivAt)" in done.stdout
    assert "does not hold" in done.stdout
    (result,) = json.loads((broken / "out.json").read_text())["results"]
    again = run_in(broken, "replay", result["witness"])
    assert (1, "reproduced: Proofs.Autograd.TapeNodes.reluFderivAt (hasFDerivAt)") == (
        again.returncode,
        again.stdout.splitlines()[0],
    )
    mended = run_in(ROOT, "replay", str(broken / result["witness"]))
    assert (0, "not reproduced") == (mended.returncode, mended.stdout.split(":")[0])


def gaussian(sign: int) -> Node:
    s = Shape((2,))
    return Node_.ofVec(
        (s,),
        s,
        lambda x: [exp(-v * v) for v in x],
        lambda x, dx: [-2 * v * exp(-v * v) * d for v, d in zip(x, dx, strict=True)],
        lambda x, δ: [sign * 2 * v * exp(-v * v) * d for v, d in zip(x, δ, strict=True)],
    )


def test_a_node_of_ones_own() -> None:
    right, wrong = check_node(gaussian(-1)), check_node(gaussian(1))
    assert ("no_counterexample", "refuted") == (right.verdict, wrong.verdict)
    assert str(right).startswith("node: no counterexample in 100 examples")
    assert ["no_counterexample", "no_counterexample", "refuted"] == [p.verdict for p in wrong.parts]


def positive(xV: list[Any]) -> Judgement:
    return all_of(less(0, v) for v in xV)


def test_a_node_of_every_size_under_an_assumption() -> None:
    def node(n: int) -> Node:
        s = Shape((n,))
        return Node_.ofVec(
            (s,),
            s,
            lambda x: [v * v * v for v in x],
            lambda x, dx: [3 * v * v * d for v, d in zip(x, dx, strict=True)],
            lambda x, δ: [3 * v * v * d for v, d in zip(x, δ, strict=True)],
        )

    assert "no_counterexample" == check_node(node, where=positive, n=NatT()).verdict


def test_the_witness_of_a_lambda_says_that_it_cannot_be_replayed(tmp_path: Path) -> None:
    found = check_node(gaussian(1)).counterexample
    assert found is not None
    path = found.write(tmp_path)
    with pytest.raises(BadInput, match="no import path"):
        replay(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"schema": "leanmirror.witness/1"}',
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        "\x00",
        '{"schema": 3}',
    ],
)
def test_a_file_that_is_no_witness_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "w.json"
    path.write_text(text)
    with pytest.raises(LeanMirrorError, match=r"w\.json"):
        replay(path)


def test_the_claims_of_several_files_are_counted_by_file(tmp_path: Path) -> None:
    (tmp_path / "A.lean").write_text("theorem a (x : ℝ) : x = x := rfl\n", encoding="utf-8")
    assert [] == file_lines(check([str(tmp_path)], jobs=1, examples=5))
    (tmp_path / "B.lean").write_text(
        "theorem b (x : ℝ) : x = 0 := rfl\ntheorem c (x : ℝ) : x + 0 = x := rfl\n", encoding="utf-8"
    )
    lines = [line.split() for line in file_lines(check([str(tmp_path)], jobs=1, examples=5))[1:]]
    assert ["file", "claims", "no", "counterexample", "refuted"] == lines[0]
    assert [["A.lean", "1", "1", "0"], ["B.lean", "2", "1", "1"]] == [
        [line[0].rpartition("/")[2], *line[1:]] for line in lines[1:]
    ]
