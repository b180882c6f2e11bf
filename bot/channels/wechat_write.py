"""What we say → WeChat's customer-service messages and passive replies."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from bot.channels.body import parts_of
from core.messages import Bubble

LONGEST_TEXT = 2048  # bytes


def service_messages(openid: str, bubble: Bubble) -> list[dict[str, Any]]:
    """The bodies to send, in order; more than one only for a very long text."""
    choices = [{"id": choice.id, "content": choice.label} for choice in bubble.choices]
    room = LONGEST_TEXT - sum(_size(choice["content"]) + 1 for choice in choices)
    *before, last = parts_of(bubble.text, max(room, LONGEST_TEXT // 4), _size) or ["…"]
    bodies: list[dict[str, Any]] = [_text(openid, part) for part in before]
    if not choices:
        return [*bodies, _text(openid, last)]
    menu = {"head_content": last, "list": choices, "tail_content": ""}
    return [*bodies, {"touser": openid, "msgtype": "msgmenu", "msgmenu": menu}]


def passive_text(bubbles: Sequence[Bubble]) -> str:
    """Several answers as one text, choices as a numbered list to be answered by number, cut to what fits."""
    whole = "\n\n".join(bubble.numbered() for bubble in bubbles)
    return (parts_of(whole, LONGEST_TEXT, _size) or ["…"])[0]


def passive_xml(to: str, account: str, text: str) -> str:
    """A text reply from the account, not sealed yet."""
    return (
        f"<xml><ToUserName>{_cdata(to)}</ToUserName><FromUserName>{_cdata(account)}</FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType>{_cdata('text')}</MsgType>"
        f"<Content>{_cdata(text)}</Content></xml>"
    )


def _text(openid: str, content: str) -> dict[str, Any]:
    return {"touser": openid, "msgtype": "text", "text": {"content": content}}


def _cdata(text: str) -> str:
    """Text that cannot end its own CDATA section, without the characters that XML has no place for."""
    fit = text.encode("utf-8", "replace").decode()
    printable = "".join(c for c in fit if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
    return f"<![CDATA[{printable.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
