"""Backends: what is imported when, what is promised, what is seen, and the accurate kernels' promise."""

from __future__ import annotations

import importlib.util
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from leanmirror.bridge.agree import accurate_tables as constants
from leanmirror.bridge.agree.backends import load
from leanmirror.bridge.agree.backends.analogues import Analogue, Analogues
from leanmirror.bridge.agree.backends.protocol import measures
from leanmirror.bridge.agree.backends.tape import TAPE
from leanmirror.bridge.agree.choices import DTYPES
from leanmirror.bridge.agree.measured import Measured
from leanmirror.bridge.agree.run import AgreeReport, agree, comparison
from leanmirror.bridge.agree.selection import EVERYTHING, FORMULAS
from leanmirror.bridge.commands import main as cli
from leanmirror.runtime import accurate
from leanmirror.runtime.accurate import sigmoids, softpluses, tables
from leanmirror.runtime.autograd.ops import Bound
from leanmirror.spec.errors import BadInput

ROOT = Path(__file__).resolve().parents[3]
FRAMEWORKS = ("torch", "jax")
dtypes = pytest.mark.parametrize("dtype", DTYPES)
NAMES = [op.lean for op in accurate.OPS]


def outside(report: AgreeReport) -> str:
    return "\n".join(line for line in report.text.splitlines() if "OUT" in line or line.startswith("  at"))


# The accurate kernels


@dtypes
@pytest.mark.parametrize("lean", NAMES)
def test_the_accurate_kernels_keep_their_promise(lean: str, dtype: str) -> None:
    report = agree([lean], backend="accurate", dtype=dtype, depth=1500)
    assert "" == outside(report)
    assert ["forward", "backward"] == [row.direction for row in report.rows]
    assert all(row.undecided == row.excluded == row.lost == 0 and row.points > 30 for row in report.rows)


@pytest.mark.campaign
@dtypes
@pytest.mark.parametrize("seed", range(1, 21))
def test_the_accurate_kernels_keep_their_promise_for_many_arguments(seed: int, dtype: str) -> None:
    assert "" == outside(agree(backend="accurate", dtype=dtype, depth=20_000, seed=seed))


def test_what_the_accurate_kernels_promise() -> None:
    for op in accurate.OPS:
        limits = {(b.dtype, b.limit) for b in op.bounds if b.unit == "ulp"}
        assert {("float32", 0.51), ("float64", 4.0)} == limits
        assert () == sum((b.exclusions for b in op.bounds), start=())


ROOTS = {
    "gelu": ("Runtime.Autograd.Tape.gelu", "backward", tables.GELU_DERIVATIVE.root[0], sigmoids.GELU_RADIUS),
    "silu": ("Activation.Math.swishSpec", "backward", tables.SILU_DERIVATIVE.root[0], sigmoids.SILU_RADIUS),
    "safeLog": ("Runtime.Autograd.Tape.safeLog", "forward", 0.5413233142, softpluses.RADIUS),
}


@dtypes
@pytest.mark.parametrize("name", ROOTS)
def test_around_a_root_and_where_its_series_ends_the_promise_holds(name: str, dtype: str) -> None:
    lean, direction, root, radius = ROOTS[name]
    (op,) = (op for op in EVERYTHING if op.lean == lean)
    away = np.concatenate([np.geomspace(1e-18, 2 * radius, 400), np.linspace(0.98, 1.02, 200) * radius])
    x = np.unique(np.concatenate([root - away, root + away]).astype(dtype))
    accurate_backend, found = load("accurate"), Measured()
    (bound,) = (b for b in accurate_backend.bounds(op, dtype) if b.direction == direction)
    pair: Any = comparison(op, dtype, accurate_backend)
    pair.compare(bound, [x], np.ones_like(x), found)
    assert (len(x), 0) == (found.points, found.undecided)
    assert found.error <= bound.limit
    literal: Any = comparison(op, dtype, TAPE)
    literal.compare(Bound(dtype, bound.direction, "ulp", math.inf), [x], np.ones_like(x), plain := Measured())
    assert plain.error > 100 * bound.limit


def test_without_the_series_the_promise_would_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sigmoids, "GELU_RADIUS", -1.0)
    assert "backward" in outside(agree(["Tape.gelu"], backend="accurate", depth=300))


def test_the_tables_are_those_that_balls_give() -> None:
    text = (ROOT / "runtime" / "accurate" / "tables.py").read_text(encoding="utf-8")
    assert constants.tables() in text
    with pytest.raises(ArithmeticError, match="no root near 3"):
        constants.root(lambda x, n: constants.derivative(constants.softplus, x, n), 3.0)


# What is promised, and of what


def test_where_nothing_is_promised_the_bound_is_null_and_nothing_is_out() -> None:
    (forward, backward) = agree(["swishSpec"], depth=400).rows
    for row in (forward, backward):
        assert row.to_json()["bound"] is None
        assert row.max_ulp > 1e9
        assert row.within
    assert (1, ("-inf",)) == (forward.lost, forward.lost_at)


def test_everywhere_leaves_no_argument_out_and_declares_nothing() -> None:
    bounded, free = (agree(["Tape.gelu"], depth=400, everywhere=e).rows for e in (False, True))
    assert [True, False] == [any(row.excluded for row in rows) for rows in (bounded, free)]
    assert ["ulp", "ulp"] == [row.unit for row in free]
    assert all(math.isinf(row.bound) and row.within for row in free)
    assert max(row.max_ulp for row in free) > 1e15
    assert any(row.lost for row in free)


def test_sums_are_measured_by_their_own_bound_everywhere() -> None:
    for op in EVERYTHING:
        units = [(b.direction, b.unit, bool(b.per)) for b in measures(op, "float64")]
        assert all((unit == "abs") == per for _, unit, per in units)
    (matmul,) = (op for op in EVERYTHING if op.name == "matmul")
    assert ["abs", "abs"] == [b.unit for b in measures(matmul, "float32")]


def test_an_operation_that_a_backend_does_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.BAD == cli.main(["agree", "--backend", "accurate", "relu"])
    assert "the accurate backend has nothing for Runtime.Autograd.Tape.relu\n" in capsys.readouterr().err
    found = agree(["*gelu*", "*softplus*"], backend="accurate", depth=50)
    assert {"Runtime.Autograd.Tape.gelu", "Runtime.Autograd.Tape.softplus"} == {row.op for row in found.rows}


# A backend of someone else


class Wrong(Analogues):
    """gelu by erf and a softplus that is NaN far out, for numpy."""

    name = "wrong"

    def __init__(self) -> None:
        erf = np.vectorize(math.erf)
        self.table = {
            "Runtime.Autograd.Tape.gelu": Analogue("by erf", lambda x: x * (1 + erf(x / 2**0.5)) / 2, "erf"),
            "Runtime.Autograd.Tape.softplus": Analogue("NaN", lambda x: np.log(1 + np.exp(x)) * (x / x)),
        }

    def version(self) -> str:
        return "wrong 1"

    def forward(self, op: Any, inputs: Any, parameters: Any) -> Any:
        with np.errstate(all="ignore"):
            return self.table[op.lean].call(*inputs)

    def vjp(self, op: Any, inputs: Any, parameters: Any, g: Any) -> Any:
        return [g]


def test_errors_of_any_backend_are_counted_with_their_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leanmirror.bridge.agree.run.load", lambda _: Wrong())
    gelu, _, softplus, _ = agree(["Tape.gelu", "Tape.softplus"], backend="torch", depth=400).rows
    assert ("by erf", "erf") == (gelu.runs, gelu.differs)
    assert gelu.max_ulp > 1e10
    assert softplus.lost > 20
    assert math.isinf(softplus.lost_error)
    assert softplus.within
    report = agree(["Tape.gelu", "Tape.softplus"], backend="torch", depth=400)
    assert "by erf: erf" in report.text
    assert f"NaN or ∞ where the spec is finite, {softplus.lost} arguments" in report.text
    assert 0 == report.exit_status


# What is imported, and when


def test_no_framework_is_imported_unless_it_is_asked_for() -> None:
    code = (
        "import sys; from leanmirror.bridge.agree.run import agree;"
        "agree(['relu'], depth=5); agree(['gelu'], backend='accurate', depth=5);"
        "print({'torch', 'jax', 'matplotlib'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()\n" == done.stdout


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_backend_that_is_not_installed_is_one_clear_line(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    assert cli.BAD == cli.main(["agree", "relu", "--backend", name])
    printed = capsys.readouterr()
    assert "" == printed.out
    assert 1 == len(printed.err.splitlines())
    assert f"pip install 'leanmirror[{name}]'" in printed.err


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_framework_has_an_analogue_of_every_operation(name: str) -> None:
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    backend = load(name)
    assert [] == [op.lean for op in EVERYTHING if not backend.has(op)]
    report = agree(["relu", "softplus", "silu", "matmul", "sliceLeadingAxisRange"], backend=name, depth=60)
    assert 0 == report.exit_status
    worst = {(row.op.rpartition(".")[2], row.direction): row.max_ulp for row in report.rows}
    assert worst["relu", "forward"] == worst["sliceLeadingAxisRange", "backward"] == 0
    assert worst["matmul", "forward"] <= 1
    assert worst["softplus", "forward"] > 1000  # the threshold, or denormals that are flushed


def test_the_tape_has_lean_s_formula_for_functions_without_an_operation() -> None:
    (silu, *_) = FORMULAS
    x = np.array([0.5, -2.0])
    assert TAPE.forward(silu, [x], []).tolist() == (x * (1 / (1 + np.exp(-x)))).tolist()
    assert (0,) == TAPE.forward(silu, [np.zeros(0)], []).shape


# The picture


def test_a_picture_is_drawn_and_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.svg", tmp_path / "two.svg"
    for file in (one, two):
        assert cli.FINE == cli.main(["agree", "Tape.gelu", "sum", "--depth", "60", "--plot", str(file)])
    assert one.read_bytes() == two.read_bytes()
    text = one.read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    assert 6 == text.count('<g id="axes_')  # three rows of gelu, two of sum, and an empty panel


def test_a_picture_that_cannot_be_written_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "nowhere" / "x.svg"
    assert cli.BAD == cli.main(["agree", "relu", "--depth", "5", "--plot", str(file)])
    assert "cannot be written" in capsys.readouterr().err


def test_the_json_of_rows_without_a_bound_is_what_the_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["agree", "gelu", "--everywhere", "--depth", "50", "--json", "-"])
    document = json.loads(capsys.readouterr().out)
    schema = json.loads((ROOT / "docs" / "schemas" / "agree.schema.json").read_text(encoding="utf-8"))
    assert [] == [e.message for e in Draft202012Validator(schema).iter_errors(document)]
    assert [None, None] == [row["bound"] for row in document["rows"]]


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(BadInput, match="is not offered: numpy, accurate, torch, jax"):
        agree(["relu"], backend="tinygrad")
