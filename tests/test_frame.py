"""The frame: who may import whom, where files stand, and that README.md is true."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from leanmirror.bridge.names.table import default_names, module_file
from tests.layout import (
    ROOMS,
    ROOT,
    against,
    circles,
    classes,
    edges,
    for_types,
    long_functions,
    methods,
    modules,
)

STANDARD = frozenset(sys.stdlib_module_names)
ALLOWED = {
    "spec": {"mpmath", "flint", "networkx", "leanmirror.spec"},
    "runtime": {"numpy", "leanmirror.runtime"},
    "bridge": {
        *(
            "numpy",
            "mpmath",
            "flint",
            "networkx",
            "hypothesis",
            "click",
            "rich",
            "pebble",
            "junitparser",
            "msgspec",
        ),
        *("leanmirror.spec", "leanmirror.runtime", "leanmirror.bridge"),
    },
}
PYTEST_LOADS = "bridge/commands/pytest_plugin.py"
"""The one file that may import pytest on top, and speak of its sessions: nothing else imports it."""

ALLOWED_INSIDE_FUNCTIONS = {
    "spec": set[str](),
    "runtime": {"networkx"},
    "bridge": {"torch", "jax", "autograd", "matplotlib", "pytest"},
}


FOLDERS = (
    *("io", "lean", "core", "names", "elaborate", "compile", "sources", "agree", "check", "fidelity"),
    *("drift", "trace", "rules", "value", "audit", "report", "cluster", "commands"),
)
"""The folders of bridge, in the one order in which they may import: each from those before it."""

SPEC = (
    *(
        ("errors",),
        ("core", "nn_core"),
        ("judge",),
        ("mathlib",),
        ("layers", "autograd"),
        ("torchlean_types",),
    ),
    ("ops", "graphs", "proofs", "claims"),
)
"""What stands in spec, in the order in which it may import; what stands together is of one rank."""

LINES, FUNCTION_LINES, METHODS = 400, 50, 40
LONG_FILES = {"bridge/lean/syntax.py"}
"""Files that may be longer: the nodes of Lean's syntax, one after the other."""

LONG_FUNCTIONS = {
    ("runtime/autograd/engine/core/backward.py", "_sweep"),  # the hot loop: a call in it costs time
}


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    """Every import: its line, what it imports, and whether it runs only when a function is called."""
    pending: list[tuple[ast.AST, bool]] = [(tree, False)]
    while pending:
        node, inside = pending.pop()
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            rooms = {alias.name for alias in node.names} & set(ROOMS)
            found = [f"leanmirror.{room}" for room in rooms] if origin == "leanmirror" else [origin]
            yield from ((node.lineno, name, inside) for name in found)
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or for_types(node)
        pending.extend((child, inside) for child in ast.iter_child_nodes(node))


def trespasses(room: str, tree: ast.Module, file: str) -> list[str]:
    """The imports of a file that its room does not allow, as file:line."""
    found = []
    for line, name, inside in sorted(imports(tree)):
        head = ".".join(name.split(".")[:2]) if name.startswith("leanmirror.") else name.split(".")[0]
        allowed = ALLOWED[room] | STANDARD | (ALLOWED_INSIDE_FUNCTIONS[room] if inside else set())
        allowed |= {"pytest"} if file == PYTEST_LOADS else set()
        if head not in allowed:
            found.append(f"{file}:{line} imports {name}")
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    found = [
        trespass
        for path in sources(room)
        for trespass in trespasses(room, ast.parse(path.read_bytes()), str(path.relative_to(ROOT)))
    ]
    assert [] == found


@pytest.mark.parametrize(
    ("room", "text", "caught"),
    [
        ("spec", "from leanmirror.runtime.context import x", True),
        ("spec", "def f():\n    import leanmirror.runtime", True),
        ("spec", "from leanmirror import runtime", True),
        ("spec", "import numpy as np", True),
        ("spec", "from .core import x", True),
        ("spec", "import runtime", True),
        ("runtime", "import leanmirror.spec.errors", True),
        ("runtime", "import networkx", True),
        ("runtime", "def f():\n    import networkx", False),
        ("runtime", "if TYPE_CHECKING:\n    import networkx as nx", False),
        ("spec", "if TYPE_CHECKING:\n    from leanmirror.runtime import x", True),
        ("runtime", "import torch", True),
        ("runtime", "from leanmirror.bridge import names", True),
        ("bridge", "import jax.numpy", True),
        ("bridge", "def f():\n    import torch", False),
        ("bridge", "from leanmirror.runtime import context\nimport os.path", False),
    ],
)
def test_a_trespass_is_seen(room: str, text: str, caught: bool) -> None:
    assert caught == bool(trespasses(room, ast.parse(text), "f.py"))


def texts() -> dict[str, str]:
    """Every module's text by its name."""
    return {name: path.read_text(encoding="utf-8") for name, path in modules().items()}


def test_a_folder_imports_only_from_those_before_it() -> None:
    assert [] == against(FOLDERS, edges(texts()))


def test_spec_imports_in_order() -> None:
    rank = {f"leanmirror.spec.{name}": place for place, names in enumerate(SPEC) for name in names}
    found = [
        f"{one}:{line} imports {other}"
        for one, other, line in edges(texts())
        if one.startswith("leanmirror.spec.") and other.startswith("leanmirror.spec.")
        if rank[".".join(one.split(".")[:3])] < rank[".".join(other.split(".")[:3])]
    ]
    assert [] == found


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    assert [] == circles(edges(texts()))


A, B, C = "leanmirror.bridge.io.a", "leanmirror.bridge.lean.b", "leanmirror.bridge.lean.c"


@pytest.mark.parametrize(
    ("of_a", "of_b", "of_c", "wrong", "circle"),
    [
        ("", f"import {A}", f"from {B} import x", [], []),
        (f"import {B}", "", "", [f"{A}:1 imports {B}"], []),
        (f"\ndef f():\n    from {B} import x", "", "", [f"{A}:3 imports {B}"], []),
        ("from leanmirror.bridge.lean import b", "", "", [f"{A}:1 imports {B}"], []),
        (f"if TYPE_CHECKING:\n    import {B}", f"import {A}", "", [], []),
        ("", f"import {C}", f"def f():\n    import {B}", [], [[B, C]]),
        ("", f"import {C}", f"if TYPE_CHECKING:\n    import {B}\nelse:\n    import {B}", [], [[B, C]]),
        (f"import {C}", f"import {A}", f"import {B}", [f"{A}:1 imports {C}"], [[A, B, C]]),
    ],
)
def test_a_wrong_import_is_seen(
    of_a: str, of_b: str, of_c: str, wrong: list[str], circle: list[list[str]]
) -> None:
    found = edges({A: of_a, B: of_b, C: of_c})
    assert wrong == against(FOLDERS, found)
    assert circle == circles(found)


def test_a_folder_of_no_rank_is_seen() -> None:
    new = "leanmirror.bridge.new.a"
    assert [f"{new}:1 imports {A}"] == against(FOLDERS, edges({new: f"import {A}", A: ""}))


def test_files_are_short() -> None:
    """Data and the mirrors of one Lean module may be longer."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in modules().values()
        if len(path.read_bytes().splitlines()) > LINES
        and not MIRROR.search(ast.get_docstring(ast.parse(path.read_bytes())) or "")
    }
    assert set() == found - LONG_FILES


def test_functions_are_short() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in modules().values()
        for name in long_functions(path.read_text(encoding="utf-8"), FUNCTION_LINES)
    }
    assert set() == found - LONG_FUNCTIONS


def test_classes_are_small() -> None:
    assert [] == [f"{c.__module__}.{c.__qualname__}" for c in classes() if len(methods(c)) > METHODS]


def test_what_is_long_is_seen() -> None:
    class Above:
        def f(self) -> None: ...

    class Below(Above):
        @property
        def g(self) -> int:
            return 1

    assert {"f", "g"} == methods(Below)
    assert {"f": 3} == long_functions("def f():\n    x = 1\n    return x\ndef g():\n    return 1", 2)


def test_bridge_has_no_files_of_its_own_but_its_frame() -> None:
    found = {path.name for path in (ROOT / "bridge").iterdir() if path.is_file()}
    assert {"__init__.py", "__main__.py", "_version.py", "py.typed"} == found


def test_the_pytest_plugin_loads_nothing_heavy() -> None:
    code = (
        "import sys, leanmirror.bridge.commands.pytest_plugin\n"
        "print({'numpy', 'mpmath', 'flint', 'click', 'leanmirror.spec'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()\n" == done.stdout


def test_importing_the_package_imports_no_framework() -> None:
    rooms = ", ".join(f"leanmirror.{room}" for room in ROOMS)
    code = f"import sys, {rooms}; print({{'torch', 'jax', 'matplotlib'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()\n" == done.stdout


def test_names_stand_where_their_lean_module_says() -> None:
    wrong = [
        f"{entry.name}: {entry.python} is not {expected.replace('/', '.')}"
        for entry in default_names()
        if entry.python
        and (expected := module_file(entry.module))
        and entry.python.split(":")[0] != f"leanmirror.{expected.replace('/', '.')}"
    ]
    assert [] == wrong


LEAN_MODULE = re.compile(r"^Lean module: (\S+)$", re.MULTILINE)
MIRROR = re.compile(r"^Lean module: |\ANN\.[\w.]+:", re.MULTILINE)
"""How a file says which one Lean module it mirrors."""


@pytest.mark.parametrize("room", ["spec", "runtime"])
def test_a_file_that_names_its_lean_module_stands_at_its_place(room: str) -> None:
    wrong = []
    for path in sources(room):
        named = LEAN_MODULE.search(ast.get_docstring(ast.parse(path.read_bytes())) or "")
        place = path.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__")
        if named and module_file(named[1]) != place:
            wrong.append(f"{place} says {named[1]}, which belongs in {module_file(named[1])}")
    assert [] == wrong


BLOCK = re.compile(
    r"^```(?P<kind>\w+)\n(?P<text>.*?)^```\n(?:\s*^```text\n(?P<out>.*?)^```\n)?", re.MULTILINE | re.DOTALL
)


def blocks(text: str) -> list[tuple[int, str, str | None]]:
    """The Python blocks of a Markdown text: line, code, and the text block right after it, its output."""
    return [
        (text.count("\n", 0, found.start()) + 2, found["text"], found["out"])
        for found in BLOCK.finditer(text)
        if found["kind"] == "python"
    ]


def run_block(line: int, code: str, output: str | None, folder: Path) -> list[str]:
    """What is wrong with a block when it runs by itself in a fresh process or, with `>>>`, as a doctest."""
    if code.startswith(">>>"):
        test = doctest.DocTestParser().get_doctest(code, {}, f"line {line}", "README.md", line)
        said: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
        return said
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=False
    )
    if done.returncode != 0:
        return [f"line {line}: {done.stderr}"]
    return [] if output is None or output == done.stdout else [f"line {line}: printed\n{done.stdout}"]


PAGES = [
    (path.name, *block)
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for block in blocks(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("block", PAGES, ids=[f"{page} line {line}" for page, line, *_ in PAGES])
def test_the_code_of_a_page_runs(block: tuple[str, int, str, str | None], tmp_path: Path) -> None:
    _, line, code, output = block
    assert [] == run_block(line, code, output, folder=tmp_path)


STATIONS = sorted(path.parent.name for path in (ROOT / "bridge").glob("*/__init__.py"))


@pytest.mark.parametrize("folder", STATIONS)
def test_a_folder_says_what_it_is_for_and_its_example_runs(folder: str) -> None:
    module = importlib.import_module(f"leanmirror.bridge.{folder}")
    assert (module.__doc__ or "").strip() != ""
    assert 0 == doctest.testmod(module).failed


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("```python\nprint(1)\n```\n", True),
        ("```python\nprint(1)\n```\n\n```text\n1\n```\n", True),
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", False),
        ("```python\n1 / 0\n```\n", False),
        ("```python\n>>> 1 + 1\n2\n```\n", True),
        ("```python\n>>> 1 + 1\n3\n```\n", False),
    ],
)
def test_a_wrong_block_is_seen(text: str, right: bool, tmp_path: Path) -> None:
    (block,) = blocks(text)
    assert right == (not run_block(*block, folder=tmp_path))


FOREIGN = re.compile(
    r"\bissues? #|\bsession\b|\bhelper\b|/work/|/root/|/tmp/|\bTODO\b|\bFIXME\b|\bXXX\b", re.IGNORECASE
)


def test_the_project_speaks_of_itself_only() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a checkout")
    files = [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FOREIGN.search(re.sub("[Ss]ession", "", line) if path == ROOT / PYTEST_LOADS else line)
    ]
    assert [] == found


def test_every_room_is_typed() -> None:
    assert [] == [room for room in ROOMS if not (ROOT / room / "py.typed").is_file()]


def test_a_test_stands_in_the_room_of_what_it_tests() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if len(path.relative_to(ROOT).parts) > 2 and path.relative_to(ROOT).parts[1] not in ROOMS
    ]
    assert [] == found
