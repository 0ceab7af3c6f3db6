"""What is printed moves no cursor and commands no service, whatever a name, a path or a text holds."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leanmirror.bridge.io.output import as_json, safe, shown
from leanmirror.bridge.report.github import annotation

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = str(Path(sys.executable).parent / "leanmirror")
EVIL = "\x1b[31mRED\x1b]0;pwn\x07\x08\u202e\u200b\x85\u2028##[stop-commands]x"
"""Colours, a title, a bell, a step back, marks of direction and width, line ends, a command in a log."""
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)
ANNOTATION = re.compile(r"^::(error|warning|notice) .*$", re.MULTILINE)

LEAN = f"""
def «f{EVIL}» (x : ℝ) : ℝ := x + 1
theorem «a{EVIL}» («x{EVIL}» : ℝ) : «x{EVIL}» = «x{EVIL}» + 1 := by sorry
theorem «b{EVIL}» (x : ℝ) (h{"₁"} : 0 < x) : «f{EVIL}» x = x := by sorry
theorem «c\r::stop-commands::tok\r» (x : ℝ) : x = x := by sorry
theorem d (l : List ℕ) : l = 1 {":: stop-commands::tok 1 " * 12}:: l := by sorry
theorem «e{EVIL}» (x : «No{EVIL}») : x = x := by sorry
example (x : ℝ) : x = x + 1 := by sorry
"""


def dangers(text: str) -> list[str]:
    """What a terminal or a log would act on."""
    unseen = sorted({f"U+{ord(char):04X}" for char in text if char != "\n" and not char.isprintable()})
    return unseen + COMMAND.findall(ANNOTATION.sub("", text))


busy = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The machine may have other work than drawing letters."""


@busy
@given(st.text() | st.lists(st.sampled_from([*EVIL, "\n", ":", "#", "[", " ", "a", "vso["])).map("".join))
def test_what_is_printed_is_safe(text: str) -> None:
    assert [] == dangers(safe(text)) == dangers(safe(shown(text)))
    assert shown(text).isprintable()  # what is a command to a log is seen to where it is printed
    assert safe(text) == safe(safe(text))
    coloured = safe(f"\x1b[31m{text}\x1b[0m", colours=True)
    assert [] == dangers(re.sub(r"\x1b\[[0-9;]*m", "", coloured))
    assert text == json.loads(document := as_json({"a": text}))["a"]
    assert [] == dangers(document)
    assert {"\n", "\r"}.isdisjoint(annotation("error", text, text, text or "f", 1))


@busy
@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    if not COMMAND.search(text):
        assert text == safe(text)


COMMANDS = {
    "check": ("check", "evil", "--examples", "20", "--github"),
    "check json": ("check", "evil", "--examples", "20", "--json", "-"),
    "check junit": ("check", "evil", "--examples", "20", "--junit", "-"),
    "missing": ("missing", "evil"),
    "index": ("index", "evil"),
    "index json": ("index", "evil", "--json", "-"),
    "drift": ("drift", "old", "evil", "--github"),
    "drift json": ("drift", "old", "evil", "--json", "-"),
    "trace": ("trace", "d", "--source", "evil"),
    "trace a name": ("trace", f"a{EVIL}"),
    "no file": ("check", f"{EVIL}.lean"),
    "no option": ("check", f"--{EVIL}"),
}


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose names and texts are all made to be acted on."""
    root = tmp_path_factory.mktemp("output")
    (root / "evil" / "dir\n::error title=x::injected").mkdir(parents=True)
    (root / "evil" / "A.lean").write_text(LEAN, encoding="utf-8", newline="")
    (root / "evil" / "dir\n::error title=x::injected" / f"B{EVIL.replace('/', '')}.lean").write_text(
        LEAN.replace("\n", "\n\n"), encoding="utf-8", newline=""
    )
    (root / "old").mkdir()
    (root / "old" / "A.lean").write_text(LEAN.replace("+ 1", "+ 2"), encoding="utf-8", newline="")
    return root


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_prints_what_is_acted_on(evil: Path, name: str) -> None:
    done = subprocess.run([PROGRAM, *COMMANDS[name]], capture_output=True, cwd=evil, check=False)
    printed, errors = done.stdout.decode(), done.stderr.decode()
    assert ([], []) == (dangers(printed), dangers(errors))
    assert "Traceback" not in errors
    if name.endswith("json"):
        json.loads(printed)
    if name.endswith("junit"):
        ElementTree.fromstring(printed)
    assert printed or errors


def test_on_a_terminal_too(evil: Path) -> None:
    done = subprocess.run(
        [PROGRAM, "check", "evil", "--examples", "20"],
        capture_output=True, cwd=evil, env={**os.environ, "FORCE_COLOR": "1"}, check=False,
    )  # fmt: skip
    printed = done.stdout.decode()
    assert "\x1b[1;31m" in printed
    assert [] == dangers(re.sub(r"\x1b\[(0|1|1;31|32|33|35)m", "", printed))


def test_pytest_prints_none_of_it(evil: Path) -> None:
    program = str(Path(sys.executable).parent / "pytest")
    done = subprocess.run(
        [program, "-p", "no:cacheprovider", "--color=no", "-rA", "evil/A.lean"],
        capture_output=True, cwd=evil, check=False,
    )  # fmt: skip
    assert [] == [each for each in dangers(done.stdout.decode()) if each.startswith("U+")]
    assert b"failed" in done.stdout


PRINTERS = {"bridge/io/output.py", "bridge/io/terminal.py"}
ALONE = {"bridge/commands/entry.py"}
"""It ends a program that may not be able to import anything; what it writes is ASCII."""


def printing(tree: ast.Module) -> Iterator[int]:
    """Where something is written to standard output or standard error."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            to_nobody = called == "os.write" and ast.unparse(node.args[0]) not in ("1", "2")
            if called in _PRINTING and not to_nobody:
                yield node.lineno


_PRINTING = {
    *("print", "click.echo", "click.secho", "os.write", "pprint"),
    *(f"sys.{out}.{how}" for out in ("stdout", "stderr", "__stdout__") for how in ("write", "writelines")),
    *(f"sys.{out}.buffer.write" for out in ("stdout", "stderr")),
}


def test_everything_is_printed_through_one_function() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for room in ("bridge", "spec", "runtime")
        for path in sorted((ROOT / room).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in PRINTERS | ALONE
        for line in printing(ast.parse(path.read_bytes()))
    ]
    assert [] == found


@pytest.mark.parametrize(
    "text",
    [
        "print(1)",
        "sys.stdout.write('')",
        "click.echo('')",
        "os.write(2, b'')",
        "sys.stderr.buffer.write(b'')",
    ],
)
def test_a_printer_is_seen(text: str) -> None:
    assert [1] == [*printing(ast.parse(text))]
