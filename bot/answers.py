"""A model's words → the object that was asked for, or why they are not it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 64_000  # characters; an answer to a chat message has a few hundred
_TRIES = 40  # opening braces looked at in a chatty answer
_FENCED = re.compile(r"```[\w\-]*\s*\n?(.*?)(?:```|$)", re.DOTALL)
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL)
_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


class WrongAnswer(Exception):
    """The words hold no object that keeps to the schema; the text names no value."""


def fished(words: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The first object in the words that keeps to the schema: bare, fenced, or with chatter around.

    Raises WrongAnswer.
    """
    if len(words) > LONGEST:
        raise WrongAnswer("the answer is too long")
    reason = "blank" if not words.strip() else "no JSON object"
    for value in _objects(_THOUGHTS.sub("", words)):
        fault = fault_of(value, schema)
        if fault is None:
            return value
        reason = fault
    raise WrongAnswer(reason)


def fault_of(value: Any, schema: Mapping[str, Any], path: str = "answer") -> str | None:
    """Where the value breaks the schema, or None. Knows what we use of JSON Schema: types, enums, limits, members."""
    kinds = schema.get("type")
    if kinds is not None and not _is_one_of(value, kinds if isinstance(kinds, list) else [kinds]):
        return f"{path} is not of type {kinds}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{path} is none of the allowed values"
    if isinstance(value, str):
        return None if len(value) <= schema.get("maxLength", LONGEST) else f"{path} is too long"
    if isinstance(value, list):
        return _fault_of_list(value, schema, path)
    if isinstance(value, dict):
        return _fault_of_object(value, schema, path)
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        return None if low <= value <= high else f"{path} is out of range"
    return None


def _is_one_of(value: Any, kinds: list[str]) -> bool:
    if isinstance(value, bool):
        return "boolean" in kinds
    return any(isinstance(value, _TYPES[kind]) for kind in kinds)


def _fault_of_list(value: list[Any], schema: Mapping[str, Any], path: str) -> str | None:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return f"{path} has too many or too few items"
    faults = (fault_of(item, schema.get("items", {}), f"{path}[{n}]") for n, item in enumerate(value))
    return next((fault for fault in faults if fault), None)


def _fault_of_object(value: dict[str, Any], schema: Mapping[str, Any], path: str) -> str | None:
    members: Mapping[str, Any] = schema.get("properties", {})
    if missing := [name for name in schema.get("required", ()) if name not in value]:
        return f"{path}.{missing[0]} is missing"
    if schema.get("additionalProperties") is False and value.keys() - members.keys():
        return f"{path} has members nobody asked for"
    faults = (fault_of(value[name], member, f"{path}.{name}") for name, member in members.items() if name in value)
    return next((fault for fault in faults if fault), None)


def _objects(words: str) -> Iterator[dict[str, Any]]:
    """Every JSON object in the words, the likeliest first."""
    for part in (words, *_FENCED.findall(words)):
        try:
            value = _DECODER.decode(part.strip())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value
    yield from _objects_within(words)


def _objects_within(words: str) -> Iterator[dict[str, Any]]:
    start = words.find("{")
    for _ in range(_TRIES):
        if start < 0:
            return
        try:
            value, end = _DECODER.raw_decode(words, start)
        except (ValueError, RecursionError):
            end = start + 1
        else:
            if isinstance(value, dict):
                yield value
        start = words.find("{", end)


def _no_such_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_such_number)
