"""The web chat: JSON in, JSON out, pulled by the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bot.channels.body import LONGEST_READ, decoded, words
from core.errors import BadInput
from core.messages import CHOICE_ID_BYTES, Bubble, Inbound, Kind

ACCOUNT = re.compile(r"[A-Za-z0-9_-]{8,64}")
LONGEST_ID = 128


def read(body: bytes, account: str) -> Inbound:
    """`{"id","text"}` or `{"id","choice"}`. Raises BadInput."""
    data = decoded(body)
    if not isinstance(data, dict):
        raise BadInput("the body must be an object")
    number, text, choice = data.get("id"), data.get("text"), data.get("choice")
    if isinstance(number, int) and not isinstance(number, bool):
        number = str(number)
    if not isinstance(number, str) or not 1 <= len(number) <= LONGEST_ID:
        raise BadInput(f"id: a string of 1 to {LONGEST_ID} characters, new for each message")
    if choice is not None:
        kind, text = Kind.CHOICE, "" if text is None else text
        if not isinstance(choice, str) or not 1 <= len(choice.encode()) <= CHOICE_ID_BYTES:
            raise BadInput("choice: the id of a choice that was offered")
    else:
        kind, choice = Kind.TEXT, ""
    if not isinstance(text, str) or len(text) > LONGEST_READ:
        raise BadInput(f"text: a string of at most {LONGEST_READ} characters, or choice instead of it")
    return Inbound("web", f"{account}:{number}", account, kind, text=words(text), choice=words(choice), raw=body)


def shown(bubbles: Iterable[tuple[int, Bubble]]) -> dict[str, Any]:
    """`{"messages":[{"id","text","choices":[{"id","text"}]}]}` of outbox ids and what they say."""
    return {
        "messages": [
            {
                "id": number,
                "text": bubble.text,
                "choices": [{"id": choice.id, "text": choice.label} for choice in bubble.choices],
            }
            for number, bubble in bubbles
        ]
    }
