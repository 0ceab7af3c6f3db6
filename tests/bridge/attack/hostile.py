"""One repository made of everything hostile at once, and what is right about its good claims."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from importlib import metadata
from pathlib import Path

EVIL = "\x1b[31mRED\x1b]0;pwn\x07\x08\u202e\u200b\x85\u2028##[stop-commands]x"
"""Colours, a title, a bell, a step back, marks of direction and width, line ends, a command in a log."""

RIGHT = {
    "good.one": "no_counterexample",
    "good.two": "refuted",
    "good.three": "no_counterexample",
    "good.four": "refuted",
}
GOOD = """
namespace good
theorem one (x : ℝ) : x + 0 = x := by sorry
theorem two (x : ℝ) : x + 1 = x := by sorry
def twice (x : ℝ) : ℝ := x + x
theorem three (x : ℝ) : twice x = 2 * x := by sorry
theorem four (x : ℝ) : twice x = x := by sorry
end good
"""

TEXTS = {
    "Broken.lean": "theorem t (x : ℝ) : x = := by sorry\n)]}» «\n/- never ended\n",
    "DoBlock.lean": (
        "def g (x : ℝ) : Option ℝ := do\n  let y ← some x\ntheorem t1 (x : ℝ) : g x = some x := by sorry\n"
    ),
    "Endless.lean": (
        "def f : ℕ → ℕ\n  | 0 => 1\n  | n+1 => f n + f n\ntheorem t2 (x : Fin (f 60)) : x = x := by sorry\n"
    ),
    "Doubling.lean": (
        "def h : ℕ → List ℕ\n  | 0 => [1]\n  | n+1 => let a := h n; a ++ a\n"
        "theorem t3 : (h 40).length = 0 := by sorry\n"
    ),
    "Numbers.lean": (
        "theorem t4 : ∀ i < 10^5000, i = 0 := by sorry\n"
        "theorem t5 (v : Proofs.Autograd.Vec (2^64)) : v = v := by sorry\n"
        f"theorem t6 : {'9' * 200_000} = 0 := by sorry\n"
    ),
    "Deep.lean": f"theorem t7 : {'(' * 100_000}1{')' * 100_000} = 1 := by sorry\n",
    "Namespaces.lean": "namespace a\n" * 300 + "theorem t8 : 1 = 1 := by sorry\n",
    "Notations.lean": "".join(f'local notation "n{at}" => {at}\n' for at in range(30)),
    "Names.lean": f"theorem «a{EVIL}» («x{EVIL}» : ℝ) : «x{EVIL}» = «x{EVIL}» + 1 := by sorry\n"
    "theorem «c\r::stop-commands::tok\r» (x : ℝ) : x = x := by sorry\n",
    "Paths.lean": "import «../../victim»\nimport Paths\ntheorem «../../x» (x : ℝ) : x = x + 1 := by sorry\n",
    "Empty.lean": "",
    "Zero.lean": "\0\0\0",
    ".lake/packages/p/P.lean": "theorem inside (x : ℝ) : x = x + 1 := by sorry\n",
}
PROGRAM = "open({mark!r}, 'a').write({name!r} + '\\n')\n"


def make(root: Path) -> Path:
    """Write the repository into `root`/repository, beside a victim that nothing may touch; the former."""
    repository, victim = root / "repository", root / "victim"
    for folder in (repository, victim):
        folder.mkdir()
    (victim / "V.lean").write_text("theorem outside (x : ℝ) : x = x + 1 := by sorry\n", encoding="utf-8")
    with sqlite3.connect(victim / "app.db") as db:
        db.execute("CREATE TABLE theirs (x)")
    for name, text in {**TEXTS, "Good.lean": GOOD}.items():
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text(text, encoding="utf-8", newline="")
    _odd_files(repository)
    _programs(repository, root / "imported")
    _documents(repository)
    folder = repository / ".leanmirror"
    folder.mkdir()
    (folder / "results.sqlite").symlink_to("../../victim/app.db")
    (folder / "witnesses").symlink_to("../../victim")
    return repository


def _odd_files(repository: Path) -> None:
    (repository / "Latin.lean").write_bytes(b"theorem t9 : \xff = 1 := by sorry\n")
    (repository / os.fsdecode(b"\xff.lean")).write_text("example : 1 = 2 := by sorry\n")
    (repository / "Device.lean").symlink_to("/dev/zero")
    (repository / "Outside.lean").symlink_to("../victim/V.lean")
    (repository / "Nowhere.lean").symlink_to("nowhere")
    (repository / "loop").symlink_to(".")
    (repository / "Folder.lean").mkdir()
    os.mkfifo(repository / "Pipe.lean")
    with open(repository / "Sparse.lean", "wb") as file:
        file.truncate(50 << 30)
    odd = repository / "dir\n::error title=x::injected"
    odd.mkdir()
    (odd / "B.lean").write_text("example (x : ℝ) : x = x + 1 := by sorry\n", encoding="utf-8")


def _programs(repository: Path, mark: Path) -> None:
    installed = set(metadata.packages_distributions()) - {"leanmirror"}
    for name in sys.stdlib_module_names | installed | {"sitecustomize", "usercustomize"}:
        if "/" not in name:
            (repository / f"{name}.py").write_text(PROGRAM.format(mark=str(mark), name=name))
    (repository / "leanmirror").mkdir()
    (repository / "leanmirror" / "__init__.py").write_text(PROGRAM.format(mark=str(mark), name="leanmirror"))


def _documents(repository: Path) -> None:
    (repository / "witness.json").write_text(json.dumps({"schema": "leanmirror.witness/1", "claim": EVIL}))
    for name, document in {
        "a.ilean": {"version": 4, "module": "A", "directImports": 5, "references": {}, "decls": {}},
        "b.ilean": {"version": 4, "module": EVIL, "directImports": [], "references": [], "decls": 3},
    }.items():
        (repository / "ileans").mkdir(exist_ok=True)
        (repository / "ileans" / name).write_text(json.dumps(document))
    (repository / "pages").mkdir()
    declarations = {"declarations": {"A.b": {"kind": "theorem"}, EVIL: {"kind": "def", "docLink": "/"}}}
    (repository / "pages" / "declaration-data.bmp").write_text(json.dumps(declarations))
