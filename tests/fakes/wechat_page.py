"""WeChat's own browser in a follower's hand: its script trusts what the platform signed for, its tag asks them.

hand = InWeChat(page, wechat.owner(LI))
page.goto(url)
page.get_by_role("button", name="允许").click()
"""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from tests.fakes.wechat_owner import FakeOwner

SCRIPT = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50"
MOST_TEMPLATES = 3


class InWeChat:
    """`answer`: what they tap in the pop-up, `accept`, `reject`, or the number of what goes wrong."""

    def __init__(self, page: Page, owner: FakeOwner, answer: str = "accept") -> None:
        self.owner, self.answer = owner, answer
        self.refused: list[str] = []
        self.closed = 0
        page.route(SCRIPT, self._gives)
        page.expose_function("wechatVouches", self._vouches)
        page.expose_function("wechatAsks", self._asks)
        page.expose_function("wechatCloses", self._closes)

    def _gives(self, route: Route) -> None:
        script = Path(__file__).with_name("wechat_jssdk.js").read_text("utf-8")
        route.fulfill(body=script, content_type="application/javascript")

    def _vouches(self, given: dict[str, Any], url: str) -> str:
        """ "" when the page may go on."""
        why = self._why_not(given, url.partition("#")[0])
        self.refused += [why] if why else []
        return why

    def _why_not(self, given: dict[str, Any], url: str) -> str:
        wechat = self.owner.wechat
        if given["appId"] != wechat.app_id:
            return "invalid appid"
        if not given["jsApiList"] or "wx-open-subscribe" not in given["openTagList"]:
            return "permission denied"
        with wechat.watch:
            good = [ticket for ticket, until in wechat.state.tickets.items() if until > time.time()]
        signed = {"noncestr": given["nonceStr"], "timestamp": given["timestamp"], "url": url}
        return (
            ""
            if any(_sha1(signed | {"jsapi_ticket": one}) == given["signature"] for one in good)
            else ("invalid signature")
        )

    def _asks(self, templates: str) -> dict[str, Any]:
        wanted = templates.split(",")
        if self.answer.isdecimal():
            return {"errMsg": "subscribe:fail", "errCode": self.answer}
        if len(wanted) > MOST_TEMPLATES:
            return {"errMsg": "subscribe:fail Templates count out of max bounds", "errCode": "20003"}
        if any(one not in self.owner.wechat.state.templates for one in wanted):
            return {"errMsg": "subscribe:fail No template data return", "errCode": "20001"}
        assert (self.owner.accepts if self.answer == "accept" else self.owner.declines)(*wanted) == 200
        told = {one: json.dumps({"status": self.answer}) for one in wanted}
        return {"errMsg": "subscribe:ok", "subscribeDetails": json.dumps(told)}

    def _closes(self) -> None:
        self.closed += 1


def _sha1(signed: dict[str, Any]) -> str:
    return hashlib.sha1("&".join(f"{name}={signed[name]}" for name in sorted(signed)).encode()).hexdigest()
