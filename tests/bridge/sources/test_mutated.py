"""Bytes of every form, changed at random: read or refused in one line, never a crash."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leanmirror.bridge.sources.live_text import messages
from leanmirror.bridge.sources.recognise import read_source
from leanmirror.spec.errors import LeanMirrorError
from tests.bridge.commands.test_schemas import faults
from tests.bridge.sources.pages import PAGE, SOURCE
from tests.bridge.sources.test_docgen import DATA
from tests.bridge.sources.test_docgen_text import LOST
from tests.bridge.sources.test_ilean import document

FORMS = {
    "Base.html": PAGE,
    "declaration-data.bmp": json.dumps(DATA, ensure_ascii=False),
    "Use.ilean": json.dumps(document()),
    "base.txt": LOST,
    "Base.lean": SOURCE,
}
PIECES = (
    b"<", b">", b"</div>", b"<div class='decl' id='a'>", b'"', b"{", b"}", b"[", b"]", b",", b"null", b"-1",
    b"NaN", b"\\ud800", b"\xff", b"\x00", b"\xef\xbb\xbf", b"&#x110000;", b"<!--", b"<![CDATA[", b"<details",
    b" := ", b" theorem x", b"\n", b"\xc2\xab", b"true", b"/-", b"Instances For\n", b'"decls": 3, ', b"<?",
    b"1e999",
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.sampled_from(["cut", "put", "copy", "byte"]), st.floats(0, 1), st.integers(0, 400)),
    min_size=1,
    max_size=6,
)


def changed(data: bytes, changes: list[tuple[str, float, int]]) -> bytes:
    """The bytes after the changes: a cut, a piece put in, a part doubled, or one byte replaced."""
    for what, where, number in changes:
        at = int(where * len(data))
        before, after = data[:at], data[at:]
        if what == "cut":
            data = before + after[number:] if number else before
        elif what == "put":
            data = before + PIECES[number % len(PIECES)] + after
        elif what == "copy":
            data = before + after[:number] + after
        else:
            data = before + bytes([number % 256]) + after[1:]
    return data


def survives(name: str, data: bytes) -> None:
    """Read a source of these bytes: the document fits its schema, or the error is one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            document = read_source(path).to_json()
        except LeanMirrorError as error:
            lines, wrong = str(error).splitlines(), []
        else:
            lines, wrong = ["read"], faults(json.loads(json.dumps(document)))
        assert (1, []) == (len(lines), wrong)


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=60, deadline=None)
@given(CHANGES)
def test_changed_bytes_are_read_or_refused(name: str, changes: list[tuple[str, float, int]]) -> None:
    survives(name, changed(FORMS[name].encode(), changes))


@pytest.mark.campaign
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=20_000, deadline=None)
@given(CHANGES)
def test_many_changed_bytes_are_read_or_refused(name: str, changes: list[tuple[str, float, int]]) -> None:
    survives(name, changed(FORMS[name].encode(), changes))


@settings(max_examples=200, deadline=None)
@given(CHANGES)
def test_changed_messages_are_skipped_or_read(changes: list[tuple[str, float, int]]) -> None:
    line = json.dumps({"severity": "error", "pos": {"line": 3, "column": 0}, "data": "x\ny", "endPos": None})
    for message in messages(changed(f"{line}\nbuilding\n{line}\n".encode(), changes)):
        assert isinstance(message.line, int)


@pytest.mark.parametrize("name", FORMS)
def test_every_prefix_is_read_or_refused(name: str) -> None:
    data = FORMS[name].encode()
    for end in range(0, len(data), max(1, len(data) // 60)):
        survives(name, data[:end])


REPEATED = (
    "<!--",
    "<![",
    "<a ",
    "<div class='decl' id='",
    "&",
    "<?",
    "<details>",
    "</div>",
    "<a b=",
    "&#",
    "</",
)


@pytest.mark.parametrize(
    "piece", [*REPEATED, "<a b='", '<div class="decl" id="a">', "<div ", "a b ", "<!", "x=x"]
)
def test_the_time_for_repeated_pieces_grows_with_their_number(piece: str) -> None:
    start = time.process_time()
    survives("Base.html", f'<title>decl</title><div class="decl" id="x"><div {piece * 20_000}'.encode())
    assert time.process_time() - start < 10, "with the square of it, this takes a minute and more"
