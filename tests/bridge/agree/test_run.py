"""The float runtime agrees with the spec, and a rule that is wrong is seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from leanmirror.bridge.agree.choices import DTYPES
from leanmirror.bridge.agree.entrywise import ENTRYWISE
from leanmirror.bridge.agree.measured import Measured
from leanmirror.bridge.agree.points import arguments, partners, upstream
from leanmirror.bridge.agree.pointwise import Pointwise
from leanmirror.bridge.agree.run import agree, as_row, comparison
from leanmirror.bridge.agree.selection import EVERYTHING, FORMULAS, select
from leanmirror.bridge.agree.tensorwise import TENSORWISE
from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.report.pages.agreement import with_table
from leanmirror.runtime.autograd.engine.core import OPS, backward
from leanmirror.runtime.autograd.ops import Op
from leanmirror.spec.errors import BadInput, NameNotFound
from leanmirror.spec.proofs.autograd.tape.nodes import elementwise

ROOT = Path(__file__).resolve().parents[3]
each = pytest.mark.parametrize("op", OPS, ids=[op.lean for op in OPS])
dtypes = pytest.mark.parametrize("dtype", DTYPES)


def tape_ops(names: list[str]) -> list[Op]:
    """The operations of the tape that these names select."""
    return [op for op in select(names) if isinstance(op, Op)]


@contextmanager
def planted(op: Op, direction: str, kernel: Callable[..., Any]) -> Iterator[None]:
    """The record with another kernel; records are frozen, so this goes past them."""
    right = getattr(op, direction)
    object.__setattr__(op, direction, kernel)
    try:
        yield
    finally:
        object.__setattr__(op, direction, right)


def caught(op: Op, dtype: str = "float64") -> set[str]:
    """The directions that are out of bound."""
    return {row.direction for row in agree([op.lean], dtype=dtype, depth=200).rows if not row.within}


# What is compared


def test_every_operation_has_a_twin() -> None:
    assert sorted(op.lean for op in EVERYTHING) == sorted([*ENTRYWISE, *TENSORWISE])


def test_an_operation_that_nobody_compares_is_one_clear_line() -> None:
    new = replace(OPS[0], lean="Runtime.Autograd.Tape.mish")
    with pytest.raises(BadInput, match=r"nothing says how Runtime\.Autograd\.Tape\.mish is compared"):
        comparison(new, "float64")


def test_every_elementwise_node_of_the_spec_is_compared() -> None:
    """All but those that take a function of the user, and sqrt: where it has a theorem it is sqrtClamp."""
    nodes = {op.lean.rpartition(".")[2] for op in elementwise.OPS}
    proofs = {(op.proof or "").rpartition(".")[2] for op in EVERYTHING}
    assert {"elemwise", "unaryOp", "sqrt"} == nodes - proofs


@each
@dtypes
def test_the_runtime_agrees_with_the_spec(op: Op, dtype: str) -> None:
    report = agree([op.lean], dtype=dtype, depth=3000)
    assert "" == "\n".join(
        line for line in report.text.splitlines() if "OUT" in line or "out of bound:" in line
    )
    assert {"forward", "backward"} == {row.direction for row in report.rows}
    assert all(row.within and row.points >= 25 and row.undecided == 0 for row in report.rows)
    assert 0 == report.exit_status


@dtypes
@pytest.mark.parametrize("lean", [op.lean for op in OPS if op.lean in ENTRYWISE])
def test_entry_by_entry_the_bits_are_those_of_the_definition(lean: str, dtype: str) -> None:
    (op,) = tape_ops([lean])
    pair, rng = Pointwise(op, ENTRYWISE[lean], dtype), np.random.default_rng(5)
    x = arguments(rng, dtype, ENTRYWISE[lean].anchors, 2000)
    x = x[x > 0] if ENTRYWISE[lean].positive else x
    xs = [x, *(partners(rng, x) for _ in range(op.arity - 1))]
    g = np.where(rng.random(x.size) < 0.5, upstream(rng, x), rng.permutation(x)).astype(dtype)
    assert [] == pair.differing("forward", xs, g)
    assert [] == pair.differing("backward", xs, g)


def test_the_comparison_of_bits_sees_the_sign_of_a_zero() -> None:
    (op,) = tape_ops(["Tape.relu"])
    pair = Pointwise(op, ENTRYWISE[op.lean], "float64")
    with planted(op, "forward", lambda x: np.where(x > 0, x, -0.0)):
        assert ["-0x0.0p+0"] == pair.differing("forward", [np.array([-0.0, 1.0])], np.ones(2))


def test_one_seed_draws_the_same_arguments_and_another_one_others() -> None:
    one, again, other = (agree(["Tape.gelu"], depth=200, seed=seed) for seed in (3, 3, 4))
    assert one == again
    assert [row.at for row in one.rows] != [row.at for row in other.rows]


# What is caught


@each
def test_a_flipped_sign_in_a_rule_is_seen(op: Op) -> None:
    rule = op.backward

    def wrong(*args: Any) -> Any:
        found = rule(*args)
        return -found if op.arity == 1 else (*found[:-1], -found[-1])

    with planted(op, "backward", wrong):
        assert {"backward"} == caught(op)
    assert set() == caught(op)


@each
def test_a_flipped_sign_in_a_value_is_seen(op: Op) -> None:
    forward = op.forward
    with planted(op, "forward", lambda *args: -forward(*args)):
        assert "forward" in caught(op)


SHARP = [
    op for op in OPS if any(b.direction == "forward" and b.unit == "ulp" and b.limit < 20 for b in op.bounds)
]


@pytest.mark.parametrize("op", SHARP, ids=lambda op: op.lean)
def test_a_value_off_by_a_few_units_is_seen(op: Op) -> None:
    """Sums, and softmax of entries far apart, may be off by as much."""
    forward = op.forward
    with planted(op, "forward", lambda *args: forward(*args) * (1 + 2.0**-47)):
        assert "forward" in caught(op)


@pytest.mark.parametrize("lean", [op.lean for op in OPS if op.arity == 2 and "add" not in op.lean])
def test_gradients_written_to_the_wrong_parent_are_seen(lean: str) -> None:
    (op,) = tape_ops([lean])
    rule = op.backward
    same_shapes = not lean.endswith(("matmul", "bmm", "concatVectors", "concatLeadingAxis"))

    def wrong(*args: Any) -> Any:
        left, right = rule(*args)
        return (right, left) if same_shapes or left.shape == right.shape else (left * 2, right)

    with planted(op, "backward", wrong):
        assert {"backward"} == caught(op)


class Assigning(SimpleNamespace):
    """numpy, with `=` where the sweep adds."""

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)

    @staticmethod
    def add(old: Any, new: Any, out: Any = None) -> Any:
        if out is None:
            return np.array(new)
        np.copyto(out, new)
        return out


@pytest.mark.parametrize("op", [op for op in OPS if op.name not in {"abs", "relu"}], ids=lambda op: op.lean)
def test_assigning_where_gradients_have_to_be_added_is_seen(op: Op, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backward, "np", Assigning())
    found = agree([op.lean], depth=40)
    faults = {fault for row in found.rows for fault in row.faults}
    assert {"a value used twice does not get the sum of both contributions"} == faults
    assert 1 == found.exit_status


def test_nan_leaking_from_a_branch_that_is_not_taken_is_seen() -> None:
    (op,) = tape_ops(["Tape.sqrt"])

    def wrong(g: Any, _y: Any, x: Any) -> Any:
        return np.where(x > 0, 1.0, 0.0) * (1 / (2 * np.sqrt(x))) * g

    with planted(op, "backward", wrong):
        (row,) = [row for row in agree([op.lean], depth=100).rows if row.direction == "backward"]
    assert (np.inf, False) == (row.lost_error, row.within)
    assert row.lost > 0
    assert float.fromhex(row.lost_at[0]) <= 0


def test_nothing_compared_is_not_within() -> None:
    (op,) = tape_ops(["Tape.exp"])
    row = as_row(op, op.bounds[0], Measured())
    assert not row.within
    assert replace(row, points=1).within


# What is selected


def test_an_operation_is_selected_by_either_twin() -> None:
    for name in ("Runtime.Autograd.Tape.softmax", "Proofs.Autograd.TapeNodes.softmaxLast", "softmaxLast"):
        assert ["softmax"] == [op.name for op in select([name])]
    assert ["bmm"] == [op.name for op in select(["Batched.matmul"])]
    assert ["matmul"] == [op.name for op in select(["matmul"])]
    assert ["softmax", "log_softmax"] == [op.name for op in select(["*oftmax*"])]
    assert (*OPS, *FORMULAS) == EVERYTHING == select([])
    for name in ("TapeNodes.silu", "swishSpec"):
        assert ["silu"] == [op.name for op in select([name])]


def test_a_name_that_nothing_has_lists_the_nearest() -> None:
    with pytest.raises(NameNotFound, match=r"'sigmiod'\nnearest: Runtime\.Autograd\.Tape\.sigmoid"):
        select(["sigmiod"])
    with pytest.raises(NameNotFound):
        select(["nothing.*"])


@pytest.mark.parametrize("asked", [{"backend": "tensorflow"}, {"dtype": "float16"}])
def test_what_is_not_offered_is_one_clear_error(asked: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="is not offered: "):
        agree(**asked)  # type: ignore[arg-type]  # the keywords are what is tried


# The command


def test_the_command_writes_what_its_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["agree", "relu", "sum", "--depth", "50", "--json", "-"])
    document = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "docs" / "schemas" / "agree.schema.json").read_text(encoding="utf-8"))
    assert [] == [error.message for error in Draft202012Validator(schema).iter_errors(document)]
    assert ("leanmirror.agree/1", "numpy", "float64") == tuple(
        document[k] for k in ("schema", "backend", "dtype")
    )
    assert ["forward", "backward"] * 2 == [row["direction"] for row in document["rows"]]


def test_the_command_says_where_an_operation_is_out_of_its_bound(capsys: pytest.CaptureFixture[str]) -> None:
    (op,) = tape_ops(["Tape.tanh"])
    with planted(op, "forward", lambda x: np.tanh(x) * (1 + 1e-5)):
        assert cli.WRONG == cli.main(["agree", "tanh", "--dtype", "float32", "--depth", "50"])
    out = capsys.readouterr().out
    assert "out of bound: Runtime.Autograd.Tape.tanh, forward" in out
    assert "  at 0x" in out or "  at -0x" in out


@pytest.mark.parametrize(
    "args", [["nosuch"], ["--backend", "tensorflow"], ["--dtype", "float16"], ["--depth", "0"]]
)
def test_bad_usage_is_one_or_two_lines(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.BAD == cli.main(["agree", *args])
    printed = capsys.readouterr()
    assert "" == printed.out
    assert len(printed.err.splitlines()) in {1, 2}


def test_the_page_shows_the_bounds_of_the_records() -> None:
    page = (ROOT / "docs" / "agreement.md").read_text(encoding="utf-8")
    assert page == with_table(page)
    assert page == with_table(
        page.replace("| `add` | forward | ulp | 0.5 |", "| `add` | forward | ulp | 5 |")
    )
    with pytest.raises(ValueError, match="0 times"):
        with_table("no table")
