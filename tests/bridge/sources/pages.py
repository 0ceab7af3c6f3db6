"""Pages as doc-gen4 makes them, small and of our own."""

from __future__ import annotations

from html import escape

LINK = "https://github.com/owner/lib/blob/0123456789abcdef/Lib/Base.lean"


def link(name: str, shown: str | None = None) -> str:
    """A name in a page, which links to its declaration."""
    return f'<a href="../Lib/Other.html#{escape(name)}">{escape(name if shown is None else shown)}</a>'


def declaration(
    name: str, kind: str, args: str = "", type_: str = "", line: int = 1, inner: str = "", extra: str = ""
) -> str:
    """One declaration of a page; `args` and `type_` are HTML."""
    last = name.rpartition(".")[2]
    return (
        f'<div class="decl{extra}" id="{escape(name)}"><div class="{escape(kind.rsplit(maxsplit=1)[-1])}">'
        f'<div class="gh_link"><a href="{LINK}#L{line}-L{line + 2}">source</a></div>'
        '<div class="attributes">@[simp]</div>'
        f'<div class="decl_header"><span class="decl_kind">{escape(kind)}</span>\n<span class="decl_name">'
        f'<a class="break_within" href="#{escape(name)}"><span class="name">{escape(last)}</span></a></span>'
        f'<span class="impl_arg"><span class="decl_args">\n<span class="fn">{args}</span></span></span>'
        f'<span class="decl_args"> :</span><div class="decl_type">{type_}</div></div>'
        f"<p>What <code>{escape(last)}</code> is: a theorem : nothing.</p>{inner}"
        '<details><summary>Equations</summary><ul class="equations"><li>x = y</li></ul></details>'
        f'<details id="instances-for-{escape(name)}"><summary>Instances For</summary></details></div></div>'
    )


def page(*declarations: str, module: str = "Lib.Base") -> str:
    """A whole page."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>{module}</title>'
        "<script defer>let x = 1 < 2;</script></head><body><nav><div class='nav_link'><a href='#a'>a</a>"
        f"<br></div></nav><main><h1>Title</h1>{''.join(declarations)}</main></body></html>"
    )


NAT, REAL = link("Nat", "ℕ"), link("Real", "ℝ")
ROWS = declaration(
    "Lib.rows",
    "noncomputable def",
    f'{{<span class="fn">m</span> n : {NAT}}} (x : {link("Lib.Vec", "Vec")} (m * n))',
    f"{link('Fin')} m → {link('Lib.Vec', 'Vec')} n",
    7,
)
COMM = declaration(
    "Lib.comm",
    "theorem",
    f"{{n : {NAT}}} (x y : {link('Lib.Vec', 'Vec')} n)",
    f"x.{link('Lib.Vec.dot', 'dot')} y {link('Ne', '≠')} {link('Lib.Vec.dot')} y x",
    20,
)
PAIR = declaration(
    "Lib.Pair",
    "structure",
    f"(n : {NAT})",
    "Type",
    30,
    '<ul class="structure_fields" id="Lib.Pair.mk"><li id="Lib.Pair.fst" class="structure_field">'
    f'<div class="structure_field_info">fst : {link("Lib.Vec", "Vec")} n</div>'
    '<div class="structure_field_doc">The first : one.</div></li>'
    f'<li id="Lib.Pair.snd" class="structure_field">'
    f'<div class="structure_field_info">snd (k : {NAT}) : {link("Lib.Vec", "Vec")} k</div></li>'
    '<li class="structure_field inherited_field">old : Nothing</li></ul>',
)
TREE = declaration(
    "Lib.Tree",
    "inductive",
    "",
    "Type",
    40,
    '<ul class="constructors"><li class="constructor" id="Lib.Tree.leaf">leaf '
    f': {link("Lib.Tree", "Tree")}<div class="inductive_ctor_doc">a leaf</div></li>'
    f'<li class="constructor" id="Lib.Tree.node">node '
    f"(l r : {link('Lib.Tree', 'Tree')}) : {link('Lib.Tree')}</li></ul>",
)
PAGE = page(ROWS, COMM, PAIR, TREE)

SOURCE = """namespace Lib
axiom Vec : ℕ → Type
axiom Vec.dot {n : ℕ} (x y : Vec n) : ℕ

noncomputable def rows {m n : ℕ} (x : Vec (m * n)) : Fin m → Vec n := sorry
theorem comm {n : ℕ} (x y : Vec n) : x.dot y ≠ Vec.dot y x := sorry
structure Pair (n : ℕ) : Type where
  /-- The first : one. -/
  fst : Vec n
  snd (k : ℕ) : Vec k
inductive Tree : Type where
  | leaf : Tree
  | node (l r : Tree) : Tree
end Lib
"""
"""The same declarations as a Lean file."""
