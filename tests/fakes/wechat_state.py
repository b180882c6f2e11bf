"""What the platform keeps about one service account."""

from __future__ import annotations

import re
import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.wechat_window import Window

Json = dict[str, Any]
TOKEN_LIVES = 7200.0
GRACE = 300.0
CHOICE = re.compile(r"^\s*[\[【(（]?(\d{1,2})[\]】)）.、:：]\s*(\S.*?)\s*$", re.MULTILINE)
MESSAGES = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid appid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40025: "invalid sub button name size",
    40033: "invalid charset. please check your request, if include \\uxxxx will create fail!",
    40035: "invalid parameter",
    40037: "invalid template_id",
    40053: "invalid action info",
    40130: "invalid openid list size, at least two openid",
    45065: "clientmsgid exist",
    40066: "invalid url",
    40125: "invalid appsecret",
    40164: "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist",
    41001: "access_token missing",
    41005: "media data missing",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43004: "require subscribe",
    43019: "require remove blacklist",
    43101: "user refuse to accept the msg",
    44002: "empty post data",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit  mustslower  retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    45080: "already set typing",
    45081: "no recent message",
    46003: "menu no exist",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
    48006: "forbid to clear quota because of reaching the limit",
}


class WeChatError(Exception):
    """An answer with an errcode."""

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        rid = f"rid: {int(time.time()):x}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
        self.message = f"{detail or MESSAGES.get(code, 'error')} {rid}"


@dataclass
class Said:
    """What an owner sees in the chat with the account."""

    openid: str
    text: str
    route: str
    """`passive`, `api`, `template`, `subscribe`, `mass`, or `platform` for the fault that WeChat itself shows."""
    at: float
    choices: list[tuple[str, str]] = field(default_factory=list)
    """(id, label): of a msgmenu, else read from numbered lines."""
    msgtype: str = "text"
    body: Json = field(default_factory=dict)
    """The request as it was sent, or the fields of the passive reply."""
    msgid: int = 0

    @property
    def labels(self) -> list[str]:
        return [label for _, label in self.choices]


@dataclass
class Call:
    """One API request and its errcode; None = not answered."""

    path: str
    query: dict[str, str]
    body: Any
    at: float
    errcode: int | None = None


@dataclass
class AccessToken:
    value: str
    until: float
    grace_until: float = 0.0


@dataclass
class State:
    """Times are seconds of the machine's clock plus `ahead`."""

    windows: dict[str, Window] = field(default_factory=dict)
    followers: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    typing: set[str] = field(default_factory=set)
    seen: list[Said] = field(default_factory=list)
    seen_by: defaultdict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    calls: list[Call] = field(default_factory=list)
    tokens: list[AccessToken] = field(default_factory=list)
    tickets: dict[str, float] = field(default_factory=dict)
    """Until when each vouches for pages."""
    templates: dict[str, list[str]] = field(default_factory=dict)
    template_ids: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    accepts: dict[tuple[str, str], int] = field(default_factory=dict)
    mass_ids: dict[str, float] = field(default_factory=dict)
    mass_used: dict[tuple[str, str], int] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    menu: Json | None = None
    qrcodes: list[Json] = field(default_factory=list)
    quota_cleared: int = 0
    ahead: float = 0.0
    next_msgid: int = 24_876_543_210_987_001

    def now(self) -> float:
        return time.time() + self.ahead

    def window(self, openid: str) -> Window:
        return self.windows.setdefault(openid, Window())

    def new_msgid(self) -> int:
        self.next_msgid += 1
        return self.next_msgid

    def new_token(self) -> AccessToken:
        token = AccessToken(f"82_{secrets.token_urlsafe(100)}", time.time() + TOKEN_LIVES)
        self.tokens.append(token)
        return token

    def new_ticket(self) -> str:
        ticket = f"sM4AOVdW{secrets.token_urlsafe(58)}"
        self.tickets[ticket] = time.time() + TOKEN_LIVES
        return ticket

    def show(self, said: Said) -> Said:
        self.seen.append(said)
        self.seen_by[said.openid].append(said)
        return said


def numbered(text: str) -> list[tuple[str, str]]:
    """The choices of a numbered list: "1. 保养" and the like; one alone is no list."""
    found = [(match[1], match[2]) for match in CHOICE.finditer(text)]
    return found if len(found) > 1 and found[0][0] == "1" else []
