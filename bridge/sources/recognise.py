"""One door for every form that Lean declarations come in: what a path holds is found out and read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.lean.tree import files_under, lean_files
from leanmirror.bridge.sources.docgen import DATA, PAGES, index_docgen
from leanmirror.bridge.sources.docgen_text import index_text, is_text_page
from leanmirror.bridge.sources.files import rooted, text_of
from leanmirror.bridge.sources.ilean import index_ilean
from leanmirror.bridge.sources.indexed import IndexResult
from leanmirror.bridge.sources.lean_tree import index_tree
from leanmirror.spec.errors import BadInput

Reader = Callable[[Path], IndexResult]
FORMS = "Lean files, pages or JSON of doc-gen4, or .ilean files"


def read_source(path: str | os.PathLike[str]) -> IndexResult:
    """The declarations of a Lean tree or file, of doc-gen4's pages or JSON, of pages saved as text, or of
    `.ilean` files; the form of the result says which it was.

    A folder is read in the first of these forms that it has files of. Nothing outside of it is read. Raises
    BadInput for a path that holds none of these.
    """
    source = rooted(path)
    return (_file_form(source) if source.is_file() else _folder_form(source))(source)


def _file_form(path: Path) -> Reader:
    if path.suffix == ".lean":
        return index_tree
    if path.suffix == ".ilean":
        return index_ilean
    if path.suffix in (*PAGES, *DATA):
        return index_docgen
    text = text_of(path)
    if text.lstrip()[:1] in ("<", "{"):
        return index_docgen
    if is_text_page(text):
        return index_text
    raise BadInput(f"{shown(os.fspath(path))}: none of {FORMS}")


def _folder_form(folder: Path) -> Reader:
    forms: tuple[tuple[tuple[str, ...], Reader], ...] = (
        (PAGES, index_docgen),
        ((".bmp",), index_docgen),
        ((".ilean",), index_ilean),
        ((".txt",), index_text),
    )
    if next(lean_files(folder), None) is not None:
        return index_tree
    for endings, reader in forms:
        if next(files_under(folder, endings), None) is not None:
            return reader
    raise BadInput(f"{shown(os.fspath(folder))}: no {FORMS} in it; is it the root of the project?")
