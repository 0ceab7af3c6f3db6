"""Every operator, function, constant, index, accumulation and order of parents of the tape, changed.

A mutant is rejected by random graphs, by the agreement of the operations, or by the tests of its module.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import leanmirror.runtime
from leanmirror.bridge.agree.graphs.compare import Expected, against, expected
from leanmirror.bridge.agree.graphs.run import cases
from leanmirror.bridge.agree.run import agree
from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.spec.errors import LeanMirrorError
from tests.runtime.mutation.edits import of_kernels, of_sweeps
from tests.runtime.mutation.survivors import SURVIVORS, reason
from tests.spec.mutation.campaign import SAMPLE, apart, definitions, sample, unchanged
from tests.spec.mutation.mutants import Edit, Mutant, mutants, planted

pytestmark = pytest.mark.xdist_group("mutants of the tape")
WRONG = (
    LeanMirrorError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a mutant may raise."""
GRAPHS, NODES, POINTS = 40, 12, 40
ENGINE = "autograd/engine"
SHARING = f"{ENGINE}/core/test_sharing.py"
TESTS = {
    "kernels.linear": ("kernels/test_bits.py", f"{ENGINE}/core/test_linear.py"),
    "kernels.constants": (
        SHARING,
        "kernels/test_bits.py",
        f"{ENGINE}/core/test_elementwise.py",
        f"{ENGINE}/core/test_activations_loss.py",
    ),
    "kernels.numbers": ("kernels/test_numbers.py",),
    "kernels.quiet": (),  # it runs once, at import
    "kernels.activations": (SHARING, "kernels/test_bits.py", f"{ENGINE}/core/test_activations_loss.py"),
    "kernels.": ("kernels/test_bits.py",),
    "autograd.engine.core.backward": (SHARING, f"{ENGINE}/core/test_backward.py"),
    "autograd.engine.core.core": (SHARING, f"{ENGINE}/core/test_core.py", f"{ENGINE}/core/test_backward.py"),
    "autograd.engine.core.linear": (SHARING, f"{ENGINE}/core/test_linear.py"),
    "autograd.engine.core.activations_loss": (f"{ENGINE}/core/test_activations_loss.py",),
    "autograd.engine.core.elementwise": (f"{ENGINE}/core/test_elementwise.py",),
    "storage": (
        SHARING,
        f"{ENGINE}/core/test_core.py",
        f"{ENGINE}/core/test_elementwise.py",
        f"{ENGINE}/core/test_activations_loss.py",
        f"{ENGINE}/test_tape_m.py",
    ),
    "context": (f"{ENGINE}/core/test_core.py",),
}
"""The tests of each module of the tape, by the beginning of its name."""


def files_of(function: FunctionType) -> tuple[str, ...]:
    """The files with the tests of the function's module."""
    module = function.__module__.removeprefix("leanmirror.runtime.")
    return next((files for start, files in TESTS.items() if module.startswith(start)), ())


@cache
def functions() -> tuple[FunctionType, ...]:
    """The functions that are changed."""
    found = [f for f in definitions(leanmirror.runtime).values() if files_of(f)]
    return tuple(sorted(found, key=lambda f: (f.__module__, f.__qualname__)))


def edits(function: FunctionType) -> Edit:
    """The further ways to change a function."""
    return of_kernels if ".kernels." in function.__module__ else of_sweeps


@cache
def known() -> tuple[Expected, ...]:
    """Random graphs with what the spec says of them, in both float types."""
    found = [expected(c, dtype) for c in cases(GRAPHS, NODES, 7) for dtype in ("float64", "float32")]
    return tuple(found)


@cache
def using(function: FunctionType) -> tuple[str, ...]:
    """The operations whose kernels are the function or call it, by their Lean names."""
    return tuple(op.lean for op in OPS if function in called(op.forward) | called(op.backward))


@cache
def called(kernel: Callable[..., Any]) -> frozenset[Callable[..., Any]]:
    """A kernel and the functions of its module that it calls, and those that these call."""
    code, scope = getattr(kernel, "__code__", None), getattr(kernel, "__globals__", {})
    names = code.co_names if code else ()
    inner = (called(scope[name]) for name in names if isinstance(scope.get(name), FunctionType))
    return frozenset({kernel}).union(*inner)


def rejected_by(mutant: Mutant) -> str:
    """What says no to the mutant; empty when nothing does."""
    with planted(mutant), warnings.catch_warnings(action="ignore"):
        for name, check in (("graphs", _graphs), ("agree", _agree), ("tests", _tests)):
            try:
                if not check(mutant):
                    return name
            except WRONG:
                return name  # a mutant that cannot run is seen as an error, not passed over
    return ""


def _graphs(_: Mutant) -> bool:
    return not any(against(each).fault for each in known())


def _agree(mutant: Mutant) -> bool:
    ops = using(mutant.function)
    return not ops or agree(ops, depth=POINTS).within


def _tests(mutant: Mutant) -> bool:
    here = Path(__file__).parent.parent
    files = [str(here / file) for file in files_of(mutant.function)]
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "--tb=no", "--no-header"]
    with redirect_stdout(StringIO()):
        return pytest.main([*quiet, *files]) == 0


@cache
def of_module(module: str) -> tuple[Mutant, ...]:
    """The mutants of a module that floats can see."""
    chosen = [f for f in functions() if f.__module__ == module]
    return tuple(m for f in chosen for m in mutants(f, more=edits(f)) if not commutes(m.change))


def unexplained(module: str, every: int) -> list[str]:
    """The mutants of a module that live and may not, of every so many."""
    tried = [m for m in sample(of_module(module), every) if reason(m.name) is None]
    return [mutant.name for mutant in tried if not rejected_by(mutant)]


def commutes(change: str) -> bool:
    """Whether only the two sides of a sum or product of arrays are exchanged: floats do not see it."""
    old, _, new = change.partition(" -> ")
    calls = [ast.parse(text, mode="eval").body for text in (old, new) if re.match(r"(np\.|add\()", text)]
    if len(calls) < 2 or not all(isinstance(c, ast.Call) and _name(c) in COMMUTING for c in calls):
        return False
    one, two = ([ast.dump(a) for a in c.args] for c in calls if isinstance(c, ast.Call))
    return _name(calls[0]) == _name(calls[1]) and [one[1], one[0], *one[2:]] == two


COMMUTING = ("np.add", "np.multiply", "np.logical_and", "add")


def _name(call: ast.expr) -> str:
    return ast.unparse(call.func) if isinstance(call, ast.Call) else ""


MODULES = sorted({function.__module__ for function in functions()})
by_module = pytest.mark.parametrize("module", MODULES)
by_pattern = pytest.mark.parametrize("pattern", [pattern for pattern, _ in SURVIVORS])


def rejecting_unchanged(module: str) -> str:
    """What rejects a function of the module as it is."""
    return rejected_by(unchanged(next(f for f in functions() if f.__module__ == module)))


@by_module
def test_a_function_that_is_not_changed_passes(module: str) -> None:
    known()  # here, and so in the other process
    assert "" == apart(rejecting_unchanged, module)


@by_module
def test_a_sample_of_mutants_is_rejected_or_explained(module: str) -> None:
    known()
    assert [] == apart(unexplained, module, SAMPLE)


@pytest.mark.campaign
@by_module
def test_every_mutant_is_rejected_or_explained(module: str) -> None:
    known()
    assert [] == apart(unexplained, module, 1)


def living(pattern: str) -> str | None:
    """A mutant that lives and that the pattern explains."""
    found = [m for module in MODULES for m in of_module(module) if re.search(pattern, m.name)]
    return next((mutant.name for mutant in found if not rejected_by(mutant)), None)


@pytest.mark.campaign
@by_pattern
def test_a_pattern_explains_what_lives(pattern: str) -> None:
    known()
    assert apart(living, pattern) is not None


@by_pattern
def test_a_pattern_speaks_of_a_mutant(pattern: str) -> None:
    assert any(re.search(pattern, mutant.name) for module in MODULES for mutant in of_module(module))


def test_most_mutants_have_to_be_rejected() -> None:
    names = [mutant.name for module in MODULES for mutant in of_module(module)]
    assert len(names) > 300
    assert sum(reason(name) is not None for name in names) < 0.2 * len(names)
