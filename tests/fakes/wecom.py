"""A group robot of WeCom: takes posts, gives nothing back.

with FakeWeComRobot() as robot:
    settings = {"WECOM_ROBOT_URL": robot.url}
    assert "新预约" in robot.waits_for("新预约").text
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiohttp import web

from tests.fakes.server import Dropped, FakeServer, Fault, hang

T = TypeVar("T")
KEY = "5e0c2b7a-1d34-4f6e-9a8b-c7d6e5f40312"
PATH = "/cgi-bin/webhook/send"
A_MINUTE = 20
LONGEST = {"text": 2048, "markdown": 4096, "markdown_v2": 4096}
CARD_LIMITS = {("main_title", "title"): 26, ("main_title", "desc"): 30}
MESSAGES = {
    0: "ok",
    -1: "system error",
    40008: "invalid message type",
    40058: "invalid Request Parameter",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "api freq out of limit",
    47001: "data format error",
    93000: "invalid webhook url",
}


@dataclass
class Post:
    """One message in the group."""

    msgtype: str
    body: dict[str, Any]
    text: str
    """All words of it, for a card as well."""
    links: list[str]
    at: float


class FakeWeComRobot(FakeServer):
    """One robot, reached by `url`."""

    def __init__(self, key: str = KEY) -> None:
        super().__init__()
        self.key = key
        self.posts: list[Post] = []
        self.errcodes: list[int] = []
        """Of every call, in order."""
        self.ahead = 0.0

    @property
    def url(self) -> str:
        return f"{self.base_url}{PATH}?key={self.key}"

    @property
    def settings(self) -> dict[str, str]:
        return {"WECOM_ROBOT_URL": self.url}

    def connect(self, product_url: str) -> None:
        """Nothing: a robot never calls back."""

    @property
    def last(self) -> Post:
        assert self.posts, "nothing was posted"
        return self.posts[-1]

    def waits_for(self, text: str = "", timeout: float = 10.0) -> Post:
        """The newest post that has the text."""
        post = self.wait_for(
            lambda: next((post for post in reversed(self.posts) if text in post.text), None),
            timeout,
            f"{text!r} in the group",
        )
        assert post is not None
        return post

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0, what: str = "") -> T:
        return self.watch.wait_for(predicate, timeout, what)

    def fail_next(self, n: int = 1, errcode: int = -1) -> None:
        self._expect(n, Fault("error", {"errcode": errcode}))

    def http_500_next(self, n: int = 1, status: int = 500) -> None:
        self._expect(n, Fault("http", {"status": status}))

    def advance(self, seconds: float) -> None:
        """The platform's clock for its limit of 20 a minute."""
        with self.watch:
            self.ahead += seconds

    async def handle(self, request: web.Request) -> web.StreamResponse:
        fault = self._take_fault(request.path)
        if fault and fault.kind == "http":
            return web.Response(status=fault.details["status"], text="<html>bad gateway</html>")
        if fault and fault.kind == "hang":
            await hang(request, fault.details["seconds"])
        raw = await request.read()
        with self.watch:
            refused = fault.details["errcode"] if fault and fault.kind == "error" else 0
            code = refused or self._take(request, raw)
            self.errcodes.append(code)
        if fault and fault.kind == "drop":
            raise Dropped
        return web.json_response({"errcode": code, "errmsg": MESSAGES.get(code, "error")})

    def _take(self, request: web.Request, raw: bytes) -> int:
        """The errcode; with 0 the message is in the group."""
        if request.method != "POST" or request.path != PATH or request.query.get("key") != self.key:
            return 93000
        try:
            body = json.loads(raw.decode("utf-8"))
            msgtype = body["msgtype"]
            content = body[msgtype]
        except (ValueError, KeyError, TypeError):
            return 47001
        if code := refusal(msgtype, content):
            return code
        now = time.time() + self.ahead
        if len([post for post in self.posts if post.at > now - 60]) >= A_MINUTE:
            return 45009
        words: list[str] = []
        links: list[str] = []
        _collect(content, words, links)
        self.posts.append(Post(msgtype, body, "\n".join(words), links, now))
        return 0


def refusal(msgtype: str, content: Any) -> int:
    """Why this message is not taken, or 0."""
    if not isinstance(content, dict):
        return 40058
    if msgtype in LONGEST:
        text = content.get("content")
        if not isinstance(text, str) or not text.strip():
            return 44004
        return 45002 if len(text.encode()) > LONGEST[msgtype] else 0
    if msgtype == "template_card":
        return _card_refusal(content)
    return 0 if msgtype in {"image", "news", "file", "voice"} else 40008


def _card_refusal(card: dict[str, Any]) -> int:
    if card.get("card_type") not in {"text_notice", "news_notice"}:
        return 40058
    action = card.get("card_action") or {}
    if action.get("type") not in {1, 2} or (action["type"] == 1 and not action.get("url")):
        return 40058
    if len(card.get("jump_list") or []) > 3 or len(card.get("horizontal_content_list") or []) > 6:
        return 40058
    title = (card.get("main_title") or {}).get("title")
    if not title and not card.get("sub_title_text"):
        return 40058
    for (part, name), most in CARD_LIMITS.items():
        if len((card.get(part) or {}).get(name) or "") > most:
            return 40058
    if card["card_type"] == "news_notice" and not (card.get("card_image") or {}).get("url"):
        return 40058
    return 40058 if len(card.get("sub_title_text") or "") > 112 else 0


def _collect(value: Any, words: list[str], links: list[str]) -> None:
    """Every string of the message, the links apart."""
    if isinstance(value, str):
        (links if value.startswith(("http://", "https://")) else words).append(value)
    elif isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            _collect(child, words, links)
