"""WeCom's side of an AI bot: its long connection, its groups and the people in them.

with FakeWeComBot() as bot:
    wang, group = bot.colleague("wang"), bot.group("wrNS")
    wang.says("绑定 NS", in_group=group)
    card = group.waits_for("新预约")
    wang.taps("我来跟进", on=card)
"""

from __future__ import annotations

import contextlib
import itertools
import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import WSMsgType, web

from tests.fakes import wecom_bot_rules as rules
from tests.fakes.server import FakeServer
from tests.fakes.wecom_bot_people import PATIENCE, Chat, Colleague, Said

T = TypeVar("T")
BOT_ID, SECRET = "aib-ns-1", "s3cret-of-the-bot"
WRONG_SECRET, UNKNOWN_CHAT, TOO_OFTEN, NOT_SUBSCRIBED, WRONG_REQUEST = 40001, 93006, 45009, 93000, 846605
A_MINUTE, AN_HOUR = 30, 1000
TAP_SECONDS = 5.0


class FakeWeComBot(FakeServer):
    """One bot. Strict: what it refuses is in `refused`, in words."""

    def __init__(self, secret: str = SECRET) -> None:
        super().__init__()
        self.secret = secret
        self.said: list[Said] = []
        """Everything that the bot has posted or answered, oldest first."""
        self.refused: list[str] = []
        self.commands: list[str] = []
        """Of every frame that came, in order."""
        self.lines = 0
        """How many connections were subscribed so far."""
        self.kicked = 0
        self.ahead = 0.0
        self.silent = False
        """True: frames are taken, and never answered."""
        self._cut_at: str = ""
        self._live: web.WebSocketResponse | None = None
        self._asked: dict[str, tuple[str, Any, float]] = {}  # req_id → (message or tap, what, when)
        self._sent: list[float] = []
        self._card_ids: set[str] = set()
        self._known: set[str] = set()
        self._numbers = itertools.count(1)

    @property
    def settings(self) -> dict[str, str]:
        url = f"ws://127.0.0.1:{self.port}"
        return {"WECOM_BOT_ID": BOT_ID, "WECOM_BOT_SECRET": SECRET, "WECOM_WS_BASE": url}

    def connect(self, product_url: str) -> None:
        """Nothing: the product comes by itself."""

    def colleague(self, userid: str) -> Colleague:
        return Colleague(self, userid)

    def group(self, chatid: str) -> Chat:
        return Chat(self, chatid)

    @property
    def connected(self) -> bool:
        return self._live is not None

    def wait_for(self, predicate: Callable[[], T], timeout: float = PATIENCE, what: str = "") -> T:
        return self.watch.wait_for(predicate, timeout, what)

    def waits_for_line(self, number: int = 1) -> None:
        """Until so many connections were subscribed, the newest of which lives."""
        self.wait_for(lambda: self.lines >= number and self.connected, what=f"line {number} to WeCom")

    def advance(self, seconds: float) -> None:
        """The platform's clock, for its limits."""
        with self.watch:
            self.ahead += seconds

    def is_used_up(self) -> None:
        """The bot has said all that it may in this minute."""
        with self.watch:
            self._sent = [self.now] * A_MINUTE

    def drops_the_line(self) -> None:
        """The connection breaks, as it does."""
        self.call_soon(self._drop)

    def cuts_at(self, command: str) -> None:
        """The next frame of that command takes effect, but the connection breaks before the answer."""
        with self.watch:
            self._cut_at = command

    def kicks(self) -> None:
        """Somebody else connects with the same bot."""
        live = self._live
        assert live is not None
        self._run(self._kick(live))

    # --- what people do -----------------------------------------------------------------------------

    def callback(self, command: str, body: dict[str, Any], what: Any, number: str = "", msgid: str = "") -> str:
        """Bring it to the product; the req_id."""
        number = number or f"req-{next(self._numbers)}"
        chat = str(body.get("chatid") or body["from"]["userid"])
        body = {"msgid": msgid or f"msg-{next(self._numbers)}", "aibotid": BOT_ID, "create_time": 1795400000} | body
        with self.watch:
            self._known.add(chat)
            self._asked[number] = ("tap" if command == "aibot_event_callback" else "message", what, self.now)
        self._run(self._send({"cmd": command, "headers": {"req_id": number}, "body": body}))
        return number

    @property
    def now(self) -> float:
        return time.monotonic() + self.ahead

    # --- the connection -----------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            frame = json.loads(message.data)
            command = str(frame.get("cmd"))
            with self.watch:
                self.commands.append(command)
                code, why = self._take(socket, frame)
                if code:
                    self.refused.append(f"{command}: {code} {why}")
                cut, self._cut_at = self._cut_at == command, "" if self._cut_at == command else self._cut_at
            if cut:
                self._drop()
            elif not self.silent:
                with contextlib.suppress(ConnectionError):
                    await socket.send_json({"headers": frame["headers"], "errcode": code, "errmsg": why or "ok"})
            if command == "aibot_subscribe":
                await self._subscribed(socket, code)
        with self.watch:
            self._live = None if self._live is socket else self._live
        return socket

    async def _subscribed(self, socket: web.WebSocketResponse, code: int) -> None:
        if code:
            await socket.close()
            return
        older = self._live
        with self.watch:
            self._live, self.lines = socket, self.lines + 1
        if older is not None and not older.closed:
            await self._kick(older)

    async def _kick(self, socket: web.WebSocketResponse) -> None:
        event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        frame = {"cmd": "aibot_event_callback", "headers": {"req_id": "kick"}, "body": event}
        with contextlib.suppress(ConnectionError):  # it has left by itself
            await socket.send_json(frame)
            with self.watch:
                self.kicked += 1
            await socket.close()

    async def _send(self, frame: dict[str, Any]) -> None:
        assert self._live is not None, "the bot is not connected"
        await self._live.send_json(frame)

    async def _close(self) -> None:
        self._drop()
        await super()._close()

    def _drop(self) -> None:
        with self.watch:
            live, self._live = self._live, None
        if live is not None and live._req is not None and live._req.transport is not None:
            live._req.transport.abort()

    # --- what the bot says --------------------------------------------------------------------------

    def _take(self, socket: web.WebSocketResponse, frame: dict[str, Any]) -> rules.Refusal:
        if frame.keys() - {"cmd", "headers", "body"} or not frame.get("headers", {}).get("req_id"):
            return rules.WRONG_TYPE, f"no such frame: {sorted(frame)}"
        command, body = frame.get("cmd"), frame.get("body") or {}
        if command == "aibot_subscribe":
            right = body == {"bot_id": BOT_ID, "secret": self.secret}
            return rules.FINE if right else (WRONG_SECRET, "invalid credential")
        if socket is not self._live:
            return NOT_SUBSCRIBED, "not subscribed"
        if command == "ping":
            return rules.FINE
        self._sent = [at for at in self._sent if at > self.now - 3600]
        if len(self._sent) >= AN_HOUR or sum(at > self.now - 60 for at in self._sent) >= A_MINUTE:
            return TOO_OFTEN, "api freq out of limit"
        says = {
            "aibot_send_msg": self._post,
            "aibot_respond_msg": self._answer,
            "aibot_respond_update_msg": self._update,
        }
        if command not in says:
            return rules.WRONG_TYPE, f"no command {command}"
        code, why = says[command](frame["headers"]["req_id"], body)
        if not code:
            self._sent.append(self.now)
        return code, why

    def _post(self, number: str, body: dict[str, Any]) -> rules.Refusal:
        if body.get("chatid") not in self._known:
            return UNKNOWN_CHAT, "invalid chatid"
        refusal = rules.post_refusal(body, self._card_ids)
        if refusal == rules.FINE:
            said = Said(body["chatid"], body["msgtype"], body[body["msgtype"]])
            self._card_ids |= {said.content["task_id"]} if said.kind == "template_card" else set()
            self.said.append(said)
        return refusal

    def _answer(self, number: str, body: dict[str, Any]) -> rules.Refusal:
        kind, chat, _ = self._asked.get(number, ("", "", 0.0))
        if kind != "message":
            return WRONG_REQUEST, "invalid req_id"
        refusal = rules.answer_refusal(body)
        if refusal == rules.FINE:
            self.said.append(Said(chat, "stream", body["stream"]))
        return refusal

    def _update(self, number: str, body: dict[str, Any]) -> rules.Refusal:
        """Once, and within five seconds of the tap."""
        kind, said, when = self._asked.get(number, ("", None, 0.0))
        if kind != "tap" or self.now > when + TAP_SECONDS:
            return WRONG_REQUEST, "invalid req_id"
        refusal = rules.update_refusal(body, said.content["task_id"])
        if refusal == rules.FINE:
            del self._asked[number]
            said.changes(body["template_card"], body.get("userids"))
        return refusal
