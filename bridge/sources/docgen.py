"""doc-gen4 as a source: its pages, its list of all declarations, and its JSON of one module.

A page and the JSON of a module know name, kind, module, file, line (from the source link) and the statement
as Lean prints it, which our reader reads; its digest is that of the tree where the author wrote what Lean
prints. They know no defaults of fields and no bodies. `declaration-data.bmp` knows name, kind and module, and
the place in older releases; it has no statements.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from leanmirror.bridge.io.output import parse_json, shown
from leanmirror.bridge.lean.commands import DECLARATIONS
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.signatures import text_digest
from leanmirror.bridge.lean.tree import files_under
from leanmirror.bridge.sources.docgen_page import Page, Part, header_of, page_of, plain, source_file
from leanmirror.bridge.sources.files import each_file, text_of
from leanmirror.bridge.sources.indexed import Indexed, IndexResult, merged
from leanmirror.bridge.sources.lean_tree import indexed
from leanmirror.spec.errors import BadInput, ReadError

PAGES = (".html", ".htm")
DATA = (".bmp", ".json")
NO_STATEMENTS = "the list of declarations has no statements"
_NO_BODY = frozenset(("axiom", "opaque", "structure", "class", "inductive", "coinductive"))
_LISTED = ("where", "")


def index_docgen(path: Path) -> IndexResult:
    """The declarations of a page, a JSON file, or all pages under a folder, else all its JSON files.

    A page that cannot be read is one of the problems. Raises BadInput when that leaves nothing at all.
    """
    if path.is_file():
        return _one(path.parent, Path(path.name))
    paths = list(files_under(path, PAGES)) or list(files_under(path, DATA))
    problems: list[str] = []
    found = merged(each_file(path, paths, _one, problems), "docgen")
    if problems and not found.declarations:
        raise BadInput(problems[0])
    return replace(found, problems=(*found.problems, *problems))


def _one(root: Path, path: Path) -> IndexResult:
    text = text_of(root / path)
    if path.suffix in PAGES or text.lstrip()[:1] == "<":
        return index_page(text, path.as_posix())
    return index_json(text, path.as_posix())


def index_page(text: str, file: str) -> IndexResult:
    """The declarations of one page. Raises BadInput for a page that ends within a declaration."""
    if "decl" not in text:
        return IndexResult((), (), "docgen")
    page = page_of(text)
    module = _module(page, file)
    rows = tuple(row(part, module) for part in page.parts)
    problems = (f"{shown(file)}: the page ends within '{shown(page.part.name)}'",) if page.part else ()
    return IndexResult(rows, (), "docgen", problems)


def _module(page: Page, file: str) -> str:
    title = page.title.strip()
    return title if title and " " not in title else module_of_link(file)


def module_of_link(link: str) -> str:
    """The module whose page a link leads to: `./NN/Spec/X.html#N` is `NN.Spec.X`."""
    path = PurePosixPath(unquote(link.partition("#")[0]))
    return ".".join(part for part in path.with_suffix("").parts if part not in (".", "..", "/"))


def index_json(text: str, file: str) -> IndexResult:
    """The declarations of `declaration-data.bmp`, or of the JSON of one module.

    Raises BadInput when the file is neither.
    """
    document = parse_json(text, file)
    declarations = document.get("declarations") if isinstance(document, dict) else None
    if isinstance(declarations, dict):
        return IndexResult(tuple(_listed(n, e, file) for n, e in declarations.items()), (), "docgen")
    if isinstance(declarations, list) and isinstance(document.get("name"), str):
        rows = tuple(_headed(each, document["name"], file) for each in declarations)
        return IndexResult(rows, (), "docgen")
    raise BadInput(f"{shown(file)}: JSON, but neither a list of declarations nor a module of doc-gen4")


def _listed(name: str, entry: Any, file: str) -> Indexed:
    info = _object(entry, name, file)
    kind, link, line = _text(info, "kind"), _text(info, "docLink"), info.get("line")
    return Indexed(
        name,
        _kind(kind),
        module_of_link(link),
        source_file(_text(info, "sourceLink")),
        line if isinstance(line, int) and not isinstance(line, bool) and line > 0 else 0,
        "",
        "",
        False,
        NO_STATEMENTS,
    )


def _headed(entry: Any, module: str, file: str) -> Indexed:
    declaration = _object(entry, "declarations", file)
    info = _object(declaration.get("info"), "info", file)
    name = _text(info, "name")
    if not name:
        raise BadInput(f"{shown(file)}: a declaration without a name")
    listed = _listed(name, info, file)
    part = header_of(name, _text(declaration, "header"))
    part.kind = part.kind or [_text(info, "kind")]
    found = row(part, module)
    return replace(found, file=listed.file, line=listed.line, kind=found.kind or listed.kind)


def _object(value: Any, key: str, file: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadInput(f"{shown(file)}: '{shown(key)}' is not an object")
    return value


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _kind(shown_kind: str) -> str:
    """`def` of `noncomputable def`; empty for a kind that is none of Lean's keywords."""
    return next((word for word in shown_kind.split() if word in DECLARATIONS), "")


def row(part: Part, module: str) -> Indexed:
    """A declaration of a page as the index lists it."""
    kind = _kind("".join(part.kind))
    text = statement_text(kind, part)
    found = read_statement(kind, text)
    return replace(found, name=part.name, kind=kind, module=module, file=part.file, line=part.line)


def statement_text(kind: str, part: Part) -> str:
    """What stands after the name in Lean: binders, type, and the fields or constructors, one a line."""
    lines = [plain(part.head)]
    if kind in ("structure", "class") and part.fields:
        lines = [f"{lines[0]} where", *(plain(each) for each in part.fields)]
    elif kind in ("inductive", "class") and part.constructors:
        bars = (plain(each).removeprefix("| ") for each in part.constructors)
        lines = [f"{lines[0]} where", *(f"| {each}" for each in bars)]
    return "\n  ".join(lines)


def read_statement(kind: str, text: str) -> Indexed:
    """A statement that stands alone, read as the declaration of a name that it does not mention."""
    unread = Indexed("", kind, "", "", 0, " ".join(text.split()), text_digest(" ".join(text.split())), False)
    if not kind:
        return replace(unread, reason="the kind of the declaration is not known")
    if not text and kind not in ("structure", "class", "inductive"):
        return replace(unread, statement="", digest="", reason="the statement is missing")
    word = "class inductive" if kind == "class" and "\n  | " in text else kind
    body = "" if kind in _NO_BODY else " := d"
    try:
        file = read_file("", text=f"{word} d {text}{body}\n")
    except ReadError as error:
        return replace(unread, reason=str(error))
    if len(file.declarations) != 1 or file.unread:
        return replace(unread, reason="the statement is not one declaration")
    return indexed(file.declarations[0])
