"""The pytest plugin: what it collects, and which outcome a verdict is."""

from __future__ import annotations

from importlib import metadata

import pytest

import leanmirror.bridge.check.pool  # noqa: F401 - stays: pytester unloads what its runs import

pytest_plugins = "pytester"

PLUGIN = "leanmirror.bridge.commands.pytest_plugin"
TEXT = """
namespace Proofs.Autograd
theorem bad {n : ℕ} (x δ : Vec n) : (matApplyLin x).adjoint δ = outer x δ := by sorry
theorem good (x : ℝ) : x + 0 = x := by sorry
example (x : ℝ) : x = x := by sorry
theorem none_met (x : ℝ) (h : x < x) : x = 1 := by sorry
theorem unread (x : ℝ : x = x := by sorry
end Proofs.Autograd
"""
GOOD = "theorem good (x : ℝ) : x + 0 = x := by sorry\n"


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    """pytest in a folder of its own; the plugin is named where no installation registers it."""
    registered = any(each.value == PLUGIN for each in metadata.entry_points(group="pytest11"))
    plugin = [] if registered else ["-p", PLUGIN]
    return pytester.runpytest_inprocess(*plugin, "--leanmirror-examples=20", *args)


def ids(pytester: pytest.Pytester, *args: str) -> list[str]:
    """What is collected."""
    return [line for line in run(pytester, "--collect-only", "-q", *args).outlines if "::" in line]


def write(pytester: pytest.Pytester, **files: str) -> None:
    """Files by their paths, with `/` as `__` and `.` as `_dot_`."""
    for name, text in files.items():
        path = pytester.path / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_verdicts_are_outcomes_and_a_counterexample_is_the_report(pytester: pytest.Pytester) -> None:
    write(pytester, My_dot_lean=TEXT)
    found = run(pytester, "My.lean", "-rfs", "--junitxml=out.xml")
    found.assert_outcomes(failed=1, passed=2, skipped=2)
    text = found.stdout.str()
    assert "  x := !₂[0, 1]" in text
    assert "issue: 1 = 0 does not hold at entry [0, 1]" in text
    assert "Traceback" not in text
    assert "NotHeld" not in text
    found.stdout.fnmatch_lines(["FAILED My.lean::Proofs.Autograd.bad - refuted: 1 = 0 *"])
    found.stdout.fnmatch_lines(["SKIPPED * My.lean:6: vacuous: *", "SKIPPED * My.lean:7: unsupported: *"])
    assert '<property name="verdict" value="refuted"' in (pytester.path / "out.xml").read_text("utf-8")


def test_strict_fails_what_was_not_decided(pytester: pytest.Pytester) -> None:
    write(pytester, My_dot_lean=TEXT, pytest_dot_ini="[pytest]\nleanmirror_strict = true\n")
    run(pytester, "My.lean", "-k", "none_met or unread or good").assert_outcomes(
        failed=2, passed=1, deselected=2
    )


def test_one_claim_is_chosen_by_its_lean_name(pytester: pytest.Pytester) -> None:
    write(pytester, sub__My_dot_lean=TEXT)
    assert [
        "sub/My.lean::Proofs.Autograd.bad",
        "sub/My.lean::Proofs.Autograd.good",
        "sub/My.lean::My.lean:5",
        "sub/My.lean::Proofs.Autograd.none_met",
        "sub/My.lean::Proofs.Autograd.unread",
    ] == ids(pytester, "sub/My.lean")
    assert ["sub/My.lean::Proofs.Autograd.good"] == ids(pytester, "sub/My.lean::Proofs.Autograd.good")


def test_a_folder_is_collected_when_it_is_given(pytester: pytest.Pytester) -> None:
    write(pytester, lean__A_dot_lean=GOOD, lean__deep__B_dot_lean=GOOD, other__C_dot_lean=GOOD)
    assert ["lean/A.lean::good", "lean/deep/B.lean::good"] == ids(pytester, "lean")


@pytest.mark.parametrize("args", [[], ["tests"], ["."]])
def test_fixtures_among_python_tests_are_no_tests(pytester: pytest.Pytester, args: list[str]) -> None:
    python = "def test_this():\n    pass\n"
    write(pytester, tests__test_a_dot_py=python, tests__data__A_dot_lean=GOOD)
    assert ["tests/test_a.py::test_this"] == ids(pytester, *args)


def test_nothing_is_collected_when_nothing_is_given(pytester: pytest.Pytester) -> None:
    write(pytester, A_dot_lean=GOOD)
    assert [] == ids(pytester)


def test_testpaths_are_not_given_paths(pytester: pytest.Pytester) -> None:
    write(pytester, lean__A_dot_lean=GOOD, pytest_dot_ini="[pytest]\ntestpaths = lean\n")
    assert [] == ids(pytester)


def test_configured_folders_are_collected_among_python_tests(pytester: pytest.Pytester) -> None:
    ini = "[pytest]\nleanmirror_paths = tests/lean\n"
    write(pytester, tests__lean__A_dot_lean=GOOD, tests__B_dot_lean=GOOD, pytest_dot_ini=ini)
    write(pytester, tests__test_a_dot_py="def test_this():\n    pass\n")
    assert {"tests/lean/A.lean::good", "tests/test_a.py::test_this"} == set(ids(pytester))


def test_a_virtual_environment_does_not_make_a_lean_folder_pythons(pytester: pytest.Pytester) -> None:
    write(pytester, A_dot_lean=GOOD, _dot_venv__lib__test_x_dot_py="")
    assert ["A.lean::good"] == ids(pytester, ".")


def test_a_file_that_is_no_text_is_one_line(pytester: pytest.Pytester) -> None:
    (pytester.path / "Bad.lean").write_bytes(b"theorem a : 1 = 1 := rfl \xff\n")
    found = run(pytester, "Bad.lean")
    found.assert_outcomes(errors=1)
    assert "Bad.lean: the byte 0xFF is not UTF-8" in found.stdout.str()
    assert "Traceback" not in found.stdout.str()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--leanmirror-digits=0", "'0' is not between 1 and 900"),
        ("--leanmirror-examples=many", "'many' is not a number"),
        ("--leanmirror-timeout=inf", "'inf' is not a positive number"),
    ],
)
def test_an_impossible_number_is_bad_usage(pytester: pytest.Pytester, option: str, said: str) -> None:
    write(pytester, A_dot_lean=GOOD)
    found = run(pytester, "A.lean", option)
    assert pytest.ExitCode.USAGE_ERROR == found.ret
    assert said in found.stderr.str()


def test_a_time_limit_is_kept(pytester: pytest.Pytester) -> None:
    statement = "{n : ℕ} (x : Fin n → ℝ) : ∑ i, Real.exp (x i) = ∑ i, Real.exp (x i)"
    write(pytester, A_dot_lean=f"theorem slow {statement} := by sorry\n")
    found = run(pytester, "A.lean", "--leanmirror-examples=1000000", "--leanmirror-timeout=1", "-rs")
    found.assert_outcomes(skipped=1)
    found.stdout.fnmatch_lines(["SKIPPED * A.lean:1: undecided: resource: time limit of 1 s reached"])
