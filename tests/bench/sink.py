"""The platforms' side: takes every call a server makes, answers at once, and tells whom a message was for."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import cast
from urllib.parse import quote_plus

from tests.bench.client import content_length

CHAT = re.compile(rb'chat_id(?:=|"\s*:\s*"?|"\r\n\r\n)(-?\d+)')
BOT = {"id": 123456789, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
Heard = Callable[[int, bytes], None]


def _answer(document: object) -> bytes:
    body = json.dumps(document).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


SENT = {"message_id": 7, "date": 1795000000, "chat": {"id": 1, "type": "private"}, "from": BOT, "text": "…"}
MESSAGE = _answer({"ok": True, "result": SENT})
ME = _answer({"ok": True, "result": BOT})
DONE = _answer({"ok": True, "result": True})
WECHAT = _answer({"errcode": 0, "errmsg": "ok", "access_token": "bench-access", "expires_in": 7200})


class Sink(asyncio.Protocol):
    """One connection of a server to a platform; `heard` gets the chat and body of each message."""

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while self.buffer:
            head, separator, rest = self.buffer.partition(b"\r\n\r\n")
            if not separator:
                return
            length = content_length(head.lower())
            if len(rest) < length:
                return
            body, self.buffer = rest[:length], rest[length:]
            self.transport.write(self.answer(head[: head.find(b" HTTP/")], body))

    def answer(self, request: bytes, body: bytes) -> bytes:
        if b"/cgi-bin/" in request:
            return WECHAT
        if b"/sendMessage" in request:
            found = CHAT.search(body)
            if found:
                self.heard(int(found[1]), body)
            return MESSAGE
        return ME if b"/getMe" in request else DONE


def says(body: bytes, text: str) -> bool:
    """Whether a form, JSON or plain body holds this text."""
    forms = (text.encode(), quote_plus(text).encode(), json.dumps(text)[1:-1].encode())
    return any(form in body for form in forms)
