"""Documents as classes: a frozen dataclass to JSON's values, back again strictly, and its JSON schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from inspect import cleandoc
from typing import Annotated, Any, TypeVar

import msgspec

from leanmirror.bridge.io.output import parse_json, shown
from leanmirror.spec.errors import BadInput

T = TypeVar("T")
Json = bytes | str | Mapping[str, Any]
"""A JSON text, or the object that one holds."""
Count = Annotated[int, msgspec.Meta(ge=0)]
"""How many: no document has fewer than none."""


def plain(record: Any) -> dict[str, Any]:
    """The dataclass, and those inside it, as JSON's values."""
    found: dict[str, Any] = _listed(msgspec.to_builtins(record))
    return found


def _listed(value: Any) -> Any:
    """The value with lists for tuples, which JSON does not have."""
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def document(name: str, record: Any, **also: Any) -> dict[str, Any]:
    """The dataclass as a document of that form, with what is written besides."""
    return {"schema": name, **plain(record), **also}


def read(data: Json, kind: type[T], where: str = "JSON", *, whole: bool = False) -> T:
    """The dataclass that JSON holds. A field that the class does not have is looked past unless `whole`.

    Raises BadInput for JSON that `parse_json` refuses, a field that is missing or of another type and, with
    `whole`, for one that the class does not have; `where` names the text.
    """
    value = data if isinstance(data, Mapping) else parse_json(data, where)
    try:
        found = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise BadInput(f"{shown(where)}: {shown(str(error))}") from None
    unknown = _unknown(value, found) if whole else None
    if unknown is not None:
        raise BadInput(f"{shown(where)}: the field '{shown(unknown)}' is not known")
    return found


def read_document(data: Json, kind: type[T], name: str, where: str = "JSON", *, whole: bool = False) -> T:
    """The dataclass that a document of that form holds, as `read` does."""
    value = data if isinstance(data, Mapping) else parse_json(data, where)
    if not isinstance(value, Mapping) or value.get("schema") != name:
        raise BadInput(f"{shown(where)}: its schema is not {name}")
    return read({key: item for key, item in value.items() if key != "schema"}, kind, where, whole=whole)


def _unknown(value: Any, found: Any) -> str | None:
    """A key of the JSON that the dataclass read from it has no field for."""
    if isinstance(value, Mapping) and is_dataclass(found):
        known = {each.name for each in fields(found)}
        inside = (
            (key, _unknown(item, getattr(found, key)) if key in known else key) for key, item in value.items()
        )
        return next((unknown for _, unknown in inside if unknown is not None), None)
    if isinstance(value, Sequence) and isinstance(found, tuple):
        inside_ = (_unknown(each, one) for each, one in zip(value, found, strict=False))
        return next((unknown for unknown in inside_ if unknown is not None), None)
    return None


def schema(kind: type, title: str, name: str, **also: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON schema of a document: its class's fields, the name of its form, what is written besides."""
    (reference,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    own = parts.pop(reference["$ref"].rpartition("/")[2])
    properties = {"schema": {"const": name}, **own["properties"], **also}
    whole: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "required": list(properties),
        "properties": properties,
    }
    # What is written has every field, also those that Python has a default for.
    inner = {key: {**part, "required": list(part["properties"])} for key, part in parts.items()}
    if inner:
        whole["$defs"] = inner
    return {key: _plain_schema(item) for key, item in whole.items()}


def _plain_schema(value: Any) -> Any:
    """A schema without the defaults of Python, its descriptions without the indentation of docstrings."""
    if isinstance(value, dict):
        kept = {key: _plain_schema(item) for key, item in value.items() if key != "default"}
        told = kept.get("description")
        return kept | {"description": cleandoc(told)} if isinstance(told, str) else kept
    return [_plain_schema(each) for each in value] if isinstance(value, list) else value
