"""A page that is open inside WeChat: what its script needs to trust the page, and what such a page may load."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from fastapi import Request

from bot.channels.wechat import WeChatChannel
from bot.channels.wechat_ticket import Ticket
from bot.house import House
from core.jsapi import signature

SCRIPT = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
FRAMES = "https://*.qq.com webcompt:"  # in which WeChat draws its tags
_AGENT = "micromessenger"


@dataclass(frozen=True, slots=True)
class Inside:
    """What wx.config is given; `signature` is "" while WeChat gives us no ticket."""

    app_id: str = ""
    timestamp: int = 0
    nonce: str = ""
    signature: str = ""


class Signing:
    """Signs pages for the account of the house."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._ticket: Ticket | None = None
        channel = house.channels.get("wechat")
        if isinstance(channel, WeChatChannel):
            self._ticket = Ticket(channel.api, house.settings.wechat_app_id, house.tokens, house.limits)

    async def sign(self, request: Request) -> Inside | None:
        """For the address that the browser shows; None outside WeChat."""
        if _AGENT not in request.headers.get("user-agent", "").lower():
            return None
        ticket = await self._ticket.get() if self._ticket else ""
        if not ticket:
            return Inside()
        nonce, second = secrets.token_hex(8), int(time.time())
        signed = signature(ticket, nonce, second, _address(request, self._house.shop.public_url))
        return Inside(self._house.settings.wechat_app_id, second, nonce, signed)


def _address(request: Request, public_url: str) -> str:
    """As it stands in the browser: a proxy may have changed the host on the way, and nothing else."""
    path, query = request.scope["raw_path"].decode("latin-1"), request.scope["query_string"].decode("latin-1")
    return f"{public_url or str(request.base_url).rstrip('/')}{path}{'?' if query else ''}{query}"
