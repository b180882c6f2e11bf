"""A service account of WeChat: its API host, as strict as the real one, and its followers.

with FakeWeChat() as wechat:
    wechat.deliver_to("http://127.0.0.1:8000/wechat")
    li = wechat.owner("oABCD1234567890abcdefghijklm")
    li.says("粤B12345 明天下午能做保养吗")
    assert li.waits_for("保养").route == "passive"
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlencode

from tests import web
from tests.fakes.server import Fault
from tests.fakes.wechat_crypto import BadEnvelope, Envelope
from tests.fakes.wechat_owner import FakeOwner, Status
from tests.fakes.wechat_request import (
    Attempt,
    PassiveReply,
    Value,
    WeChatRequest,
    message_xml,
    passive_reply,
    post,
    sealed,
)
from tests.fakes.wechat_server import ApiHost
from tests.fakes.wechat_state import Call, Said, numbered

__all__ = [
    "AES_KEY",
    "APP_ID",
    "APP_SECRET",
    "TOKEN",
    "Envelope",
    "FakeOwner",
    "FakeWeChat",
    "Said",
    "Status",
]

T = TypeVar("T")
APP_ID = "wx1a2b3c4d5e6f7a8b"
APP_SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "TokenOfTheTests"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = "gh_0a1b2c3d4e5f"
OUT_OF_ORDER = "该公众号提供的服务出现故障，请稍后再试"


class FakeWeChat(ApiHost):
    """The API host on `base_url`, the followers, and the faults that it can have."""

    def __init__(
        self, app_id: str = APP_ID, secret: str = APP_SECRET, token: str = TOKEN, aes_key: str = AES_KEY
    ) -> None:
        super().__init__(app_id, secret)
        self.envelope = Envelope(token, aes_key, app_id)
        self.aes_key = aes_key
        self.account = ACCOUNT
        self.target = ""
        self.deadline = 5.0
        """Seconds for an answer to one attempt."""
        self._owners: dict[str, FakeOwner] = {}

    @property
    def settings(self) -> dict[str, str]:
        """What the product needs to know, without the prefix HUICHE_."""
        return {
            "WECHAT_APP_ID": self.app_id,
            "WECHAT_APP_SECRET": self.secret,
            "WECHAT_TOKEN": self.envelope.token,
            "WECHAT_AES_KEY": self.aes_key,
            "WECHAT_API_BASE": self.base_url,
        }

    def connect(self, product_url: str) -> None:
        self.deliver_to(f"{product_url}/wechat")

    def deliver_to(self, url: str) -> None:
        self.target = url

    def owner(self, openid: str, follows: bool = True) -> FakeOwner:
        """The person of that openid (28 characters); made on first use, a follower already."""
        assert len(openid) == 28, f"an openid has 28 characters, {openid!r} has {len(openid)}"
        if openid not in self._owners:
            with self.watch:
                self.state.known.add(openid)
                if follows:
                    self.state.followers.add(openid)
                self._owners[openid] = FakeOwner(self, openid)
        return self._owners[openid]

    def template(self, template_id: str, *fields: str) -> None:
        """Approve a template with these fields."""
        with self.watch:
            self.state.templates[template_id] = list(fields)

    # --- what was sent ----------------------------------------------------------------------------

    @property
    def seen(self) -> list[Said]:
        """Everything that any owner sees, in order."""
        with self.watch.looking:
            return list(self.state.seen)

    @property
    def sends(self) -> list[Said]:
        """What came by the API and took effect: customer-service messages, templates, notifications, mass sends."""
        return [said for said in self.seen if said.route in {"api", "template", "subscribe", "mass"}]

    @property
    def calls(self) -> list[Call]:
        with self.watch.looking:
            return list(self.state.calls)

    def calls_of(self, path: str) -> list[Call]:
        """By the path after /cgi-bin/, such as `message/custom/send` or `stable_token`."""
        return [call for call in self.calls if call.path == path]

    def wait_for(self, predicate: Callable[[], T], timeout: float = 10.0, what: str = "") -> T:
        return self.watch.wait_for(predicate, timeout, what)

    # --- requests to the product ------------------------------------------------------------------

    def handshake(self, echostr: str = "4821079365", token: str | None = None) -> web.Answer:
        """The GET that verifies the address; the body must be the echostr and nothing else."""
        timestamp, nonce = str(int(time.time())), "771203"
        signer = self.envelope if token is None else Envelope(token, self.aes_key, self.app_id)
        signature = signer.signature(timestamp, nonce)
        query = {"signature": signature, "timestamp": timestamp, "nonce": nonce, "echostr": echostr}
        return web.request("GET", f"{self.target}?{urlencode(query)}")

    def seal(self, openid: str, fields: dict[str, Value], with_id: bool) -> WeChatRequest:
        """A request with the common fields added; messages have an id, events have none."""
        with self.watch:
            common: dict[str, Value] = {
                "ToUserName": self.account,
                "FromUserName": openid,
                "CreateTime": int(self.state.now()),
            }
            tail: dict[str, Value] = {"MsgId": self.state.new_msgid()} if with_id else {}
        return sealed(self.envelope, self.account, openid, message_xml(common | fields | tail))

    def post(self, request: WeChatRequest, attempts: int = 1) -> Status:
        """Deliver it; while no answer comes in time, sealed anew. AssertionError for a bad reply."""
        assert self.target, "call deliver_to or connect first"
        made: list[Attempt] = []
        while len(made) < attempts and not (made and made[-1].in_time):
            sent = request if not made else self.sealed_anew(request)
            made.append(post(self.target, sent, self.deadline))
        reply = self._shown(request.openid, made[-1])
        return Status(request, made, reply)

    def delivers(self, xml: str) -> Status:
        """Any message as it is, such as one of tests/payloads/wechat: sealed, sent, no window opened."""
        sender = re.search(r"<FromUserName><!\[CDATA\[(.*?)]]>", xml)
        return self.post(sealed(self.envelope, self.account, sender[1] if sender else "", xml))

    def sealed_anew(self, request: WeChatRequest) -> WeChatRequest:
        return sealed(self.envelope, self.account, request.openid, request.xml)

    def repeat(self, request: WeChatRequest | Status, times: int = 1) -> list[Status]:
        """The identical request again; its passive replies are shown like any other."""
        same = request.request if isinstance(request, Status) else request
        return [self.post(same) for _ in range(times)]

    def repeat_reencrypted(self, request: WeChatRequest | Status, times: int = 1) -> list[Status]:
        """The same message in a new envelope: other nonce, timestamp and cipher text."""
        same = request.request if isinstance(request, Status) else request
        return [self.post(self.sealed_anew(same)) for _ in range(times)]

    def _shown(self, openid: str, attempt: Attempt) -> PassiveReply | None:
        """Put what came back before the owner's eyes, as WeChat would."""
        if not attempt.in_time or attempt.answer.status != 200:
            self._show(openid, OUT_OF_ORDER, "platform")
            return None
        try:
            reply = passive_reply(self.envelope, self.account, openid, attempt.answer.text)
        except BadEnvelope as problem:
            self._show(openid, OUT_OF_ORDER, "platform")
            raise AssertionError(f"WeChat cannot read the passive reply: {problem}") from problem
        if reply is not None:
            self._show(openid, reply.text, "passive", reply)
        return reply

    def _show(self, openid: str, text: str, route: str, reply: PassiveReply | None = None) -> None:
        said = Said(openid, text, route, self.state.now(), numbered(text) if reply else [])
        if reply:
            said.msgtype, said.body = reply.msgtype, dict(reply.fields)
        with self.watch:
            self.state.show(said)

    # --- the clock and faults ---------------------------------------------------------------------

    def advance(self, seconds: float) -> None:
        """The platform's clock for windows and dates; signatures and tokens keep the machine's."""
        with self.watch:
            self.state.ahead += seconds

    def fail_next(self, n: int = 1, errcode: int = -1, only: str | None = None) -> None:
        """The next n calls (of the path `only`) are refused without effect."""
        self._expect(n, Fault("error", {"errcode": errcode}, only))

    def http_500_next(self, n: int = 1, status: int = 500, only: str | None = None) -> None:
        self._expect(n, Fault("http", {"status": status}, only))

    def expire_token(self) -> None:
        """Every token so far has expired (42001)."""
        with self.watch:
            for token in self.state.tokens:
                token.until = 0.0

    def invalidate_token(self) -> None:
        """Every token so far is unknown (40001), as when somebody else fetched a new one."""
        with self.watch:
            self.state.tokens.clear()
            self._stable = self._plain = None

    def always_40001(self, on: bool = True) -> None:
        self.every_token_is_bad = on

    def close_window(self, openid: str) -> None:
        with self.watch:
            self.state.window(openid).close()

    def use_up_window(self, openid: str) -> None:
        """Open, but no message left (45047)."""
        with self.watch:
            self.state.window(openid).use_up(self.state.now())

    def forbid_ip(self, on: bool = True) -> None:
        """The token is refused with 40164."""
        self.ip_forbidden = on

    def forbid_api(self, path: str, on: bool = True) -> None:
        """`message/custom/send` or `custom/send`: 48001."""
        (self.forbidden_apis.add if on else self.forbidden_apis.discard)(path)
