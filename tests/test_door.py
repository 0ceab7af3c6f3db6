"""The door: what `import leanmirror` offers, lazily, and that every form of the package has it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import leanmirror
from leanmirror.bridge._version import __version__
from leanmirror.bridge.commands import main as cli
from tests.layout import ROOMS, ROOT, for_types

DOOR = ROOT / "src" / "leanmirror"
DOOR_FILES = ("__init__.py", "__main__.py", "errors.py", "math.py", "py.typed", "rules.py")


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def test_the_door_imports_nothing_before_it_is_asked_for() -> None:
    code = (
        "import sys; before = set(sys.modules); import leanmirror; dir(leanmirror); leanmirror.__version__\n"
        "print(*sorted(name for name in set(sys.modules) - before if name.startswith('leanmirror')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "leanmirror leanmirror.bridge leanmirror.bridge._version\n" == done.stdout


def test_what_the_door_lists_is_there() -> None:
    assert [] == [name for name in dir(leanmirror) if not hasattr(leanmirror, name)]
    assert not hasattr(leanmirror, "prove")
    assert set(leanmirror.__all__) <= set(dir(leanmirror))


def test_the_type_checker_sees_what_the_door_gives() -> None:
    """The imports for the type checker are those that happen."""
    tree = ast.parse((DOOR / "__init__.py").read_bytes())
    seen = {
        alias.asname or alias.name: f"{node.module}:{alias.name}"
        for block in tree.body
        if for_types(block)
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom) and node.module != "typing"
        for alias in node.names
    }
    homes = {
        name: f"leanmirror:{name}" if home == f"{name}:" else f"leanmirror.{home}"
        for name, home in leanmirror._HOMES.items()
    }
    assert homes == seen
    assert sorted({*homes, "__version__"}) == sorted(leanmirror.__all__)


def test_every_command_is_a_function_too() -> None:
    assert set() == set(cli.COMMANDS) - set(leanmirror.__all__)


def test_the_bridge_exports_nothing() -> None:
    assert 1 == len(ast.parse((ROOT / "bridge" / "__init__.py").read_bytes()).body)


def built(kind: str, source: Path, folder: Path) -> Path:
    """A wheel or an sdist of a source tree."""
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(source)], capture_output=True, check=True)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(built("wheel", ROOT, tmp_path_factory.mktemp("wheel")))


def test_a_wheel_of_the_sdist_holds_the_same(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    with tarfile.open(built("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    with zipfile.ZipFile(built("wheel", unpacked, tmp_path / "wheel")) as again:
        assert sorted(wheel.namelist()) == sorted(again.namelist())
        assert [] == [name for name in again.namelist() if wheel.read(name) != again.read(name)]


def test_a_wheel_opens_the_door(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Unpacked in a folder of its own: this checkout is not on the path."""
    wheel.extractall(tmp_path)
    code = (
        "import leanmirror as lm; print(lm.__file__); print(lm.math.max_(1, 2), lm.errors.BadInput.__name__);"
        "print(lm.check_text('theorem t (a b : ℝ) : a - b = b - a'))"
    )
    first, second, *rest = run_outside(tmp_path, "-c", code).splitlines()
    assert [str(tmp_path / "leanmirror" / "__init__.py"), "2 BadInput"] == [first, second]
    assert "1 claims: no counterexample to 0; 1 refuted" == rest[-1]
    assert f"leanmirror {__version__}\n" == run_outside(tmp_path, "-m", "leanmirror", "--version")


def run_outside(folder: Path, *arguments: str) -> str:
    """What Python prints in a folder that is the first on its path."""
    environment = os.environ | {"PYTHONPATH": str(folder)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=folder, check=True
    ).stdout


def test_a_wheel_holds_leanmirror_and_nothing_beside_it(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {"leanmirror", f"leanmirror-{__version__}.dist-info"} == tops


def test_a_wheel_holds_every_file_of_the_rooms(wheel: zipfile.ZipFile) -> None:
    expected = {f"leanmirror/{path.relative_to(ROOT).as_posix()}" for room in ROOMS for path in sources(room)}
    data = {"leanmirror/lean_names.json", *(f"leanmirror/{room}/py.typed" for room in ROOMS)}
    data |= {f"leanmirror/{name}" for name in DOOR_FILES}
    assert set() == (expected | data) - set(wheel.namelist())


def test_a_wheel_holds_no_tests(wheel: zipfile.ZipFile) -> None:
    assert [] == [name for name in wheel.namelist() if re.search(r"(^|/)(test_|conftest)", name)]


def test_a_wheel_registers_the_command_and_the_pytest_plugin(wheel: zipfile.ZipFile) -> None:
    text = wheel.read(f"leanmirror-{__version__}.dist-info/entry_points.txt").decode()
    assert "[pytest11]\nleanmirror = leanmirror.bridge.commands.pytest_plugin" in text
    assert "[console_scripts]\nleanmirror = leanmirror.bridge.commands.entry:run" in text


def test_the_door_stands_beside_links_to_the_rooms() -> None:
    found = {path.name: path.is_symlink() for path in DOOR.iterdir() if path.name != "__pycache__"}
    assert dict.fromkeys(DOOR_FILES, False) | dict.fromkeys((*ROOMS, "lean_names.json"), True) == found


@pytest.mark.parametrize("by_name", [True, False], ids=["script", "standard input"])
def test_a_script_needs_no_guard(by_name: bool, tmp_path: Path) -> None:
    """Workers never import what the user runs: nothing runs twice, and nothing need be guarded."""
    script = tmp_path / "script.py"
    script.write_text(
        "import leanmirror as lm\nprint('once')\n"
        "print(lm.check_text('theorem t (x : ℝ) : x = x + 1', jobs=1, examples=3).summary['refuted'])\n",
        encoding="utf-8",
    )
    with script.open(encoding="utf-8") as text:
        arguments = [str(script)] if by_name else ["-"]
        done = subprocess.run(
            [sys.executable, *arguments], stdin=text, capture_output=True, text=True, cwd=tmp_path, check=True
        )
    assert "once\n1\n" == done.stdout
