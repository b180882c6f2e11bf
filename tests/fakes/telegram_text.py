"""What the Bot API makes of a text: entities parsed, markup checked, length counted."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram_state import ApiError

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
ENTITY_OF_TAG = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
TAG = re.compile(r"<(/?)([^\s>]*)([^>]*)(>?)")
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w./-]+))""")
CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
RESERVED_IN_MARKDOWN = set("#+-=|{}.!>")


@dataclass
class OpenTag:
    name: str
    offset: int
    attributes: dict[str, str]


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parsed(text: str, parse_mode: str | None, entities: Any = None) -> tuple[str, list[dict[str, Any]]]:
    """The visible text and its entities."""
    mode = (parse_mode or "").lower()
    if mode == "html":
        return _html(text)
    if mode in {"markdownv2", "markdown"}:
        return _markdown(text, strict=mode == "markdownv2"), []
    if mode:
        raise ApiError(400, "Bad Request: unsupported parse_mode")
    return text, _given(text, entities)


def checked_text(fields: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    if "text" not in fields:
        raise ApiError(400, "Bad Request: message text is empty")
    text, entities = parsed(str(fields["text"]), fields.get("parse_mode"), fields.get("entities"))
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text.strip()) > LONGEST_TEXT:
        raise ApiError(400, "Bad Request: message is too long")
    margin = units(text) - units(text.lstrip())
    return text.strip(), [entity | {"offset": max(0, entity["offset"] - margin)} for entity in entities]


def checked_caption(fields: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    text, entities = parsed(str(fields.get("caption") or ""), fields.get("parse_mode"), fields.get("caption_entities"))
    if units(text) > LONGEST_CAPTION:
        raise ApiError(400, "Bad Request: message caption is too long")
    return text, entities


def _html(source: str) -> tuple[str, list[dict[str, Any]]]:
    shown: list[str] = []
    entities: list[dict[str, Any]] = []
    open_tags: list[OpenTag] = []
    place = 0
    while (start := source.find("<", place)) >= 0:
        shown.append(_characters(source[place:start]))
        match = TAG.match(source, start)
        assert match is not None
        at = len(source[:start].encode())
        if match[1]:
            _close(match, at, open_tags, entities, "".join(shown))
        else:
            open_tags.append(_opened(match, at, units("".join(shown))))
        place = match.end()
    shown.append(_characters(source[place:]))
    if open_tags:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1].name}"')
    return "".join(shown), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _opened(match: re.Match[str], at: int, offset: int) -> OpenTag:
    name = match[2].lower()
    if name not in ENTITY_OF_TAG:
        raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {at}')
    if not match[4]:
        raise _cannot_parse(f"Unclosed start tag at byte offset {at}")
    attributes = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in ATTRIBUTE.finditer(match[3])}
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    return OpenTag(name, offset, attributes)


def _close(match: re.Match[str], at: int, open_tags: list[OpenTag], entities: list[dict[str, Any]], shown: str) -> None:
    if not open_tags:
        raise _cannot_parse(f"Unexpected end tag at byte offset {at}")
    if not match[4]:
        raise _cannot_parse(f"Unclosed end tag at byte offset {at}")
    tag, name = open_tags.pop(), match[2].lower()
    if name and name != tag.name:
        raise _cannot_parse(f'Unmatched end tag at byte offset {at}, expected "</{tag.name}>", found "</{name}>"')
    length = units(shown) - tag.offset
    kind = ENTITY_OF_TAG[tag.name]
    if length and (kind != "text_link" or tag.attributes.get("href")):
        entity: dict[str, Any] = {"type": kind, "offset": tag.offset, "length": length}
        if kind == "text_link":
            entity["url"] = tag.attributes["href"]
        entities.append(entity)


def _characters(text: str) -> str:
    return CHARACTER.sub(lambda match: html.unescape(match[0]), text)


def _markdown(text: str, strict: bool) -> str:
    shown: list[str] = []
    characters = iter(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
    for character in characters:
        if character == "\\":
            shown.append(next(characters, "\\"))
        elif strict and character in RESERVED_IN_MARKDOWN:
            raise _cannot_parse(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        elif character not in "*_~`":
            shown.append(character)
    return "".join(shown)


def _given(text: str, entities: Any) -> list[dict[str, Any]]:
    if not entities:
        return []
    if not isinstance(entities, list) or not all(isinstance(entity, dict) for entity in entities):
        raise _cannot_parse("expected an Array of MessageEntity")
    end = units(text)
    return [e for e in entities if int(e["offset"]) >= 0 and int(e["offset"]) + int(e["length"]) <= end]


def _cannot_parse(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {reason}")
