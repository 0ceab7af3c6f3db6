"""The schemas in docs that are made from classes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.report.schemas import schemas

FOLDER = Path(__file__).parents[3] / "docs" / "schemas"


@pytest.mark.parametrize(("name", "document"), list(schemas()), ids=[name for name, _ in schemas()])
def test_the_shipped_schema_is_that_of_the_class(name: str, document: dict[str, Any]) -> None:
    """After a change of a class: `make schemas`."""
    assert document == json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
