"""Imports: which modules a file sees, with and without the word `module`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from leanmirror.bridge.lean.heads import head
from leanmirror.bridge.lean.imports import Head, Import, Imports
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.module_paths import ModulePaths
from leanmirror.bridge.lean.source_root import SourceRoot


def imports(texts: Mapping[str, str]) -> Imports:
    found = Imports()
    for module, text in texts.items():
        found.set(module, head(Source(text)))
    return found


def test_a_head_is_read_as_it_is_written() -> None:
    text = (
        "/- c -/\nmodule\n\npublic import A\nimport all B\npublic meta import C.D\nimport E\ndef import' := 1"
    )
    expected = (Import("A", True), Import("B", whole=True), Import("C.D", True, meta=True), Import("E"))
    assert Head(True, expected) == head(Source(text))
    assert Head(False, (Import("A"),)) == head(Source("import A\n/-- module -/\ndef module_ := 1"))


def test_a_plain_file_sees_all_that_its_imports_lead_to() -> None:
    found = imports({"A": "", "B": "import A", "C": "import B", "D": "import C"})
    assert {"A", "B", "C", "D"} == found.visible("D")


def test_a_module_sees_what_is_passed_on_to_it() -> None:
    found = imports(
        {
            "A": "module",
            "B": "module\nimport A",
            "C": "module\nimport B",
            "D": "module\npublic import A",
            "E": "module\nimport D",
        }
    )
    assert {"B", "C"} == found.visible("C")
    assert {"A", "D", "E"} == found.visible("E")


def test_a_plain_file_sees_what_a_module_imports_for_itself() -> None:
    found = imports({"A": "module", "B": "module\nimport A", "C": "import B"})
    assert {"A", "B", "C"} == found.visible("C")


def test_import_all_sees_what_the_module_sees() -> None:
    found = imports({"A": "module", "B": "module\nimport A", "C": "module\nimport all B"})
    assert {"A", "B", "C"} == found.visible("C")
    assert (True, False) == (found.sees_all_of("C", "B"), found.sees_all_of("B", "A"))


@pytest.mark.parametrize("order", ["ABC", "ACB", "BAC", "BCA", "CAB", "CBA"])
def test_a_circle_ends_and_what_is_seen_is_the_same_in_any_order(order: str) -> None:
    texts = {"A": "import B", "B": "import C\nimport D", "C": "import A"}
    found = Imports()
    for module in order:
        found.set(module, head(Source(texts[module])))
        for each in texts:
            found.visible(each)  # what was found before all heads are known must not stay
    assert [{"A", "B", "C", "D"}] * 3 == [found.visible(each) for each in "ABC"]


def test_modules_stand_in_the_order_in_which_lean_loads_them() -> None:
    found = imports({"A": "", "B": "import A", "C": "", "D": "import C\nimport B"})
    assert ("C", "A", "B", "D") == found.in_order("D")


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_a_module_is_found_in_source_folders_and_packages(tmp_path: Path) -> None:
    files = {
        "lakefile.lean": 'package p where\n  srcDir := "src"\n',
        "src/P/A.lean": "",
        "P/B.lean": "",
        ".lake/packages/q/lakefile.toml": 'name = "q"\n[[lean_lib]]\nname = "Q"\nsrcDir = "lib"\n',
        ".lake/packages/q/lib/Q/C.lean": "",
        ".lake/packages/mathlib/Mathlib/D.lean": "",
        "sub/R/E.lean": "",
        "lake-manifest.json": """{"packages": [
            {"type": "path", "name": "r", "dir": "./sub"}, {"type": "path", "dir": ".."}]}""",
    }
    root = write(tmp_path / "w", files).resolve()
    write(tmp_path, {"S/F.lean": ""})
    paths = ModulePaths(root)
    found = {module: paths.find(module) for module in ("P.A", "P.B", "Q.C", "R.E", "Mathlib.D", "S.F", "P.Z")}
    assert {
        "P.A": root / "src/P/A.lean",
        "P.B": root / "P/B.lean",
        "Q.C": root / ".lake/packages/q/lib/Q/C.lean",
        "R.E": root / "sub/R/E.lean",
        "Mathlib.D": None,
        "S.F": None,
        "P.Z": None,
    } == found
    assert "P.A" == paths.module_of(root / "src/P/A.lean")
    assert (True, False) == (paths.is_stood_for("Mathlib.D"), paths.is_stood_for("S.F"))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"out/Q/A.lean": "", "w/lakefile.toml": ""})
    (tmp_path / "w/.lake/packages").mkdir(parents=True)
    (tmp_path / "w/.lake/packages/q").symlink_to(tmp_path / "out")
    assert ModulePaths((tmp_path / "w").resolve()).find("Q.A") is None


def test_what_is_nowhere_is_named(tmp_path: Path) -> None:
    files = {
        "lakefile.toml": "",
        "P/A.lean": "import Mathlib.Data.Real.Basic\nimport Gone.X\n",
        "P/B.lean": "import P.A\nimport P.Z",
    }
    root = SourceRoot(write(tmp_path, files))
    root.module("P.B")
    assert ("Gone.X", "P.Z") == root.not_read("P.B")


@pytest.mark.parametrize(
    ("toolchain", "expected"),
    [
        ("leanprover/lean4:v4.11.0", True),
        ("leanprover/lean4:v4.9.0-rc1", True),
        ("leanprover/lean4:v4.12.0", False),
        ("4.10.0", True),
        ("leanprover/lean4:nightly-2024-01-01", True),
        ("leanprover/lean4:nightly-2025-01-01", False),
        ("stable", False),
    ],
)
def test_the_toolchain_says_how_variables_are_included(
    tmp_path: Path, toolchain: str, expected: bool
) -> None:
    write(tmp_path, {"lean-toolchain": toolchain})
    assert expected == ModulePaths(tmp_path).old_variables
