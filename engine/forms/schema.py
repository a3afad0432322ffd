"""The JSON Schema (2020-12) of a form: what its typed answers must be, for the API and for our own checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from engine.forms.model import Field

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_ITEMS = 100
"""Entries of one dynamic list or files of one picker: more is a mistake or an attack."""

EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"
PHONE = r"^(\+[1-9][0-9]{6,14}|01[0125][0-9]{8}|0[2-9][0-9]{7,9}|1[0-9]{2,4})$"
"""E.164, or as dialled in Egypt: mobile, landline with area code, hotline (Egypt's numbering plan, ITU E.164)."""

_DATE = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_PARTIAL_DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}~?$"}
_TIME = {"type": "string", "format": "time", "pattern": "^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"}
_MOMENT = {"type": "string", "format": "date-time"}
_FILE = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
        "name": {"type": "string", "maxLength": 255},
        "size": {"type": "integer", "minimum": 0},
        "type": {"type": "string", "maxLength": 127},
    },
    "required": ["id"],
    "additionalProperties": False,
}


def schema_of(fields: Sequence[Field]) -> dict[str, Any]:
    """An object of these questions. One that may be hidden is never required here: the answers decide."""
    return {
        "type": "object",
        "properties": {field.key: schema_of_field(field) for field in fields},
        "required": [field.key for field in fields if field.required and not field.hide],
        "additionalProperties": False,
    }


def schema_of_field(field: Field) -> dict[str, Any]:
    """What one answer must be, with its texts and classification for whoever reads the schema."""
    schema = {
        **_shape(field),
        "title": field.label.en,
        "x-title-ar": field.label.ar,
        "x-classification": field.classification,
    }
    if field.hint:
        schema |= {"description": field.hint.en, "x-description-ar": field.hint.ar}
    if field.hide:
        schema["$comment"] = f"Not asked, and dropped, where: {field.hide}"
    return schema


def plain(schema: Any) -> Any:
    """The schema with numbers that JSON can write."""
    if isinstance(schema, Decimal):
        return int(schema) if schema == schema.to_integral_value() else float(schema)
    if isinstance(schema, Mapping):
        return {name: plain(value) for name, value in schema.items()}
    return [plain(value) for value in schema] if isinstance(schema, list) else schema


@lru_cache(maxsize=4096)
def validator_of(field: Field) -> Validator:
    """Checks one answer, already in its JSON form."""
    return Draft202012Validator(_shape(field))


def _shape(field: Field) -> dict[str, Any]:
    if field.kind in ("textfield", "textarea"):
        return _text_shape(field)
    if field.kind == "number":
        return _number_shape(field)
    if field.kind == "datetime":
        return _moment_shape(field)
    if field.kind == "checkbox":
        return {"type": "boolean"} | ({"const": True} if field.required else {})
    if field.kind in ("radio", "select"):
        return _choice_shape(field)
    if field.kind == "checklist":
        return _list_shape(field, {"items": _choice_shape(field), "uniqueItems": True})
    if field.kind == "filepicker":
        return _list_shape(field, {"items": _FILE} | ({} if field.multiple else {"maxItems": 1}))
    return _list_shape(field, {"items": schema_of(field.fields)})


def _list_shape(field: Field, more: Mapping[str, object]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1 if field.required else 0, "maxItems": MOST_ITEMS, **more}


def _choice_shape(field: Field) -> dict[str, Any]:
    return {
        "type": "string",
        "enum": [option.value for option in field.options],
        "x-options": {option.value: {"en": option.text.en, "ar": option.text.ar} for option in field.options},
    }


def _text_shape(field: Field) -> dict[str, Any]:
    limits = field.limits
    shape: dict[str, Any] = {"type": "string", "minLength": limits.shortest or (1 if field.required else 0)}
    if limits.longest is not None:
        shape["maxLength"] = limits.longest
    if limits.pattern:
        shape["pattern"] = limits.pattern
    if limits.form == "email":
        shape |= {"format": "email", "allOf": [{"pattern": EMAIL}]}
    elif limits.form == "phone":
        shape["allOf"] = [{"pattern": PHONE}]
    return shape


def _number_shape(field: Field) -> dict[str, Any]:
    limits = field.limits
    shape: dict[str, Any] = {"type": "integer" if limits.decimal_digits == 0 else "number"}
    if limits.decimal_digits:
        shape["multipleOf"] = Decimal(1).scaleb(-limits.decimal_digits)
    if limits.least is not None:
        shape["minimum"] = limits.least
    if limits.most is not None:
        shape["maximum"] = limits.most
    return shape


def _moment_shape(field: Field) -> dict[str, Any]:
    if field.subtype == "time":
        return dict(_TIME)
    if field.subtype == "datetime":
        return dict(_MOMENT)
    return dict(_DATE if field.precision == "day" else _PARTIAL_DATE)
