"""How long `index` takes for 1,000 pages of doc-gen4 and for 1,000 `.ilean` files, and how much memory.

The files are made here, of the size that a library has: about 45 kB a page with 20 declarations, 60 kB an
`.ilean` with 900 usages. The budget is 10 s for the pages, 5 s for the `.ilean`, 20 s for their graph of
900,000 edges, and 1 GiB in all. Processor time counts, and the better of two runs.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from leanmirror.bridge.sources.ilean import IleanIndex
from leanmirror.bridge.sources.recognise import read_source

FILES = 1_000
DECLARATIONS = 20
BUDGET = {"pages": 10.0, "ilean": 5.0, "graph": 20.0}
MOST_MEMORY = 1 << 30


def linked(name: str) -> str:
    """A name in a page."""
    return f'<a href="../../../Lib/Core/Basic.html#{name}">{name.rpartition(".")[2]}</a>'


def declaration(module: str, number: int) -> str:
    """One theorem of a page, with a docstring and an equation."""
    name = f"{module}.lemma{number}"
    binder = f'<span class="fn">{{<span class="fn">m</span> n : {linked("Nat")}}}</span>'
    vector = (
        f'<span class="fn">{linked("Lib.Vec")} (<span class="fn">m</span> * <span class="fn">n</span>)</span>'
    )
    side = (
        f'<span class="fn">{linked("Lib.inner")} (<span class="fn">{linked("Lib.jvp")} x dx</span>) δ</span>'
    )
    link = f"https://github.com/a/b/blob/0123456789abcdef/Lib/M.lean#L{number}-L{number + 9}"
    parts = (
        f'<div class="decl" id="{name}"><div class="theorem">',
        f'<div class="gh_link"><a href="{link}">source</a></div><div class="attributes">@[simp]</div>',
        '<div class="decl_header"><span class="decl_kind">theorem</span> <span class="decl_name">',
        f'<a class="break_within" href="#{name}"><span class="name">lemma</span></a></span>',
        f'<span class="impl_arg"><span class="decl_args"> {binder}</span></span>',
        f'<span class="decl_args"> (x dx δ : {vector})</span><span class="decl_args"> :</span>',
        f'<div class="decl_type">{side} = {side}</div></div>',
        f"<p>{'What this says in a sentence or two, as authors do. ' * 8}</p>",
        '<details><summary>Equations</summary><ul class="equations">',
        f'<li class="equation">{side}</li></ul></details></div></div>',
    )
    return "".join(parts)


def page(module: str) -> str:
    """A page with a navigation bar and declarations."""
    names = [f"{module}.lemma{i}" for i in range(DECLARATIONS)]
    links = "".join(f'<div class="nav_link"><a href="#{name}">{name}</a></div>' for name in names)
    body = "".join(declaration(module, i) for i in range(DECLARATIONS))
    head = f"<!DOCTYPE html><html><head><title>{module}</title></head>"
    return f"{head}<body><nav>{links}</nav><main>{body}</main></body></html>"


def ilean(module: str) -> str:
    """An `.ilean` file of 300 names with three usages each."""
    decls = {f"{module}.x{i}": [i, 0, i + 1, 40, i, 8, i, 20] for i in range(40)}
    references = {
        json.dumps({"c": {"m": module, "n": f"{module}.x{i}"}}): {
            "definition": [i, 8, i, 20, f"{module}.x{i}"] if i < 40 else None,
            "usages": [[i + j, 4, i + j, 16, f"{module}.x{(i + j) % 40}"] for j in range(3)],
        }
        for i in range(300)
    }
    document = {"version": 5, "module": module, "directImports": [], "references": references, "decls": decls}
    return json.dumps(document)


def measured(label: str, work: Callable[[], int]) -> bool:
    """Run and print; whether the budget was kept."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        count = work()
        best = min(best, time.process_time() - start)
    print(f"{label:<6} {count:>7}  {best:6.2f} s (budget {BUDGET[label]})")
    return best <= BUDGET[label]


def main() -> int:
    """Measure and print; 1 when a budget is exceeded."""
    with tempfile.TemporaryDirectory() as scratch:
        pages, build = Path(scratch, "pages"), Path(scratch, "build")
        for folder, ending, make in ((pages, "html", page), (build, "ilean", ilean)):
            folder.mkdir()
            for i in range(FILES):
                (folder / f"M{i}.{ending}").write_text(make(f"Lib.M{i}"), encoding="utf-8")
            size = sum(path.stat().st_size for path in folder.iterdir())
            print(f"{folder.name:<6} {FILES} files, {size / FILES / 1000:.0f} kB each")
        kept = [
            measured("pages", lambda: len(read_source(pages).declarations)),
            measured("ilean", lambda: len(read_source(build).declarations)),
            measured("graph", lambda: IleanIndex.read(build).graph().number_of_edges()),
        ]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"memory {memory / (1 << 20):.0f} MiB (budget {MOST_MEMORY >> 20})")
    return 0 if all(kept) and memory <= MOST_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
