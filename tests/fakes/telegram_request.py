"""The fields of one call, from query, form, multipart or JSON."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.fakes.telegram_state import Json

PROBLEM = "\x00problem"
"""The field that tells what could not be decoded."""
OBJECTS = {
    "reply_markup": "object expected as reply markup",
    "entities": "can't parse entities: expected an Array of MessageEntity",
    "caption_entities": "can't parse entities: expected an Array of MessageEntity",
    "allowed_updates": "can't parse allowed updates",
    "commands": "can't parse commands JSON array",
    "scope": "can't parse BotCommandScope: expected an Object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
}


async def fields_of(request: web.Request) -> Json:
    """Values are strings, decoded objects for the fields in OBJECTS, and (name, bytes) for files.

    What cannot be decoded is told under the key `\\x00problem`.
    """
    fields: Json = dict(request.query)
    if request.content_type == "application/json":
        fields |= _json_body(await request.read())
    else:
        for name, value in (await request.post()).items():
            fields[name] = _uploaded(value) if isinstance(value, web.FileField) else value
    for name, complaint in OBJECTS.items():
        if isinstance(fields.get(name), str) and fields[name]:
            try:
                fields[name] = json.loads(fields[name])
            except ValueError:
                fields[PROBLEM] = complaint
    return fields


def _json_body(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {PROBLEM: "can't parse JSON object"}
    return value if isinstance(value, dict) else {PROBLEM: "object expected"}


def _uploaded(value: web.FileField) -> tuple[str, Any]:
    return value.filename, value.file.read()
