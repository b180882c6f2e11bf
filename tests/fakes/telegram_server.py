"""The Bot API over HTTP: tokens, method names, faults, polling and limits."""

from __future__ import annotations

import asyncio
import json
import re
import time

from aiohttp import web

from tests.fakes.server import Dropped, FakeServer, hang
from tests.fakes.telegram_methods import METHODS
from tests.fakes.telegram_request import PROBLEM, fields_of
from tests.fakes.telegram_state import ApiError, Call, Json, State, now
from tests.fakes.telegram_webhook import (
    Deliveries,
    delete_webhook,
    remember_allowed,
    set_webhook,
    webhook_info,
)

NAMES = {method.lower(): method for method in METHODS} | {
    name.lower(): name for name in ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
}
SPARED = ("getUpdates", "getMe", "setWebhook", "deleteWebhook", "getWebhookInfo", "setMyCommands")
"""Methods that a fault without a name of its own passes by."""
SENDING = {"sendMessage", "sendPhoto", "sendDocument"}


class BotApi(FakeServer):
    """Answers the calls of one bot."""

    def __init__(self, token: str, username: str, limits: bool) -> None:
        super().__init__()
        self.token = token
        self.limits = limits
        """True: 429 above 30 messages a second in all or 20 a minute in a group."""
        self.state = State(
            {
                "id": int(token.split(":")[0]),
                "is_bot": True,
                "first_name": "回车服务",
                "username": username,
                "can_join_groups": True,
                "can_read_all_group_messages": False,
                "supports_inline_queries": False,
            }
        )
        self.deliveries = Deliveries(self.state)
        self.calls: list[Call] = []
        self.revoked = False
        self._poll_turn = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if match := re.fullmatch(r"/file/bot([^/]+)/(.+)", request.path):
            return self._download(match[1], match[2])
        match = re.fullmatch(r"/bot([^/]+)/(\w+)", request.path)
        if not match:
            return _refusal(ApiError(404, "Not Found"))
        fields = await fields_of(request)
        name = NAMES.get(match[2].lower(), match[2])
        call = Call(name, fields, now())
        with self.watch:
            self.calls.append(call)
        try:
            return await self._answer(request, match[1], call)
        except ApiError as error:
            with self.watch:
                call.status, call.description = error.code, error.description
            return _refusal(error)

    async def _answer(self, request: web.Request, token: str, call: Call) -> web.Response:
        if token != self.token or self.revoked:
            raise ApiError(401, "Unauthorized")
        if call.method.lower() not in NAMES:
            raise ApiError(404, "Not Found: method not found")
        fault = self._take_fault(call.method, SPARED)
        if fault and fault.kind == "error":
            extra = {k: v for k, v in fault.details.items() if k == "retry_after"}
            raise ApiError(fault.details["status"], fault.details["description"], **extra)
        if fault and fault.kind == "hang":
            await hang(request, fault.details["seconds"])
        result, description = await self._perform(call)
        if fault and fault.kind == "drop":
            raise Dropped
        with self.watch:
            call.status = 200
        body = {"ok": True, "result": result} | ({"description": description} if description else {})
        return web.json_response(body, dumps=_dumps)

    async def _perform(self, call: Call) -> tuple[object, str]:
        if isinstance(problem := call.fields.get(PROBLEM), str):
            raise ApiError(400, f"Bad Request: {problem}")
        if call.method == "getUpdates":
            return await self._get_updates(call.fields), ""
        with self.watch:
            if call.method == "getWebhookInfo":
                return webhook_info(self.state, self.deliveries), ""
            if call.method in {"setWebhook", "deleteWebhook"}:
                return self._change_webhook(call)
            if self.limits and call.method in SENDING:
                self._check_limits(call.fields)
            return METHODS[call.method](self.state, call.fields), ""

    def _change_webhook(self, call: Call) -> tuple[bool, str]:
        change = set_webhook if call.method == "setWebhook" else delete_webhook
        answer = change(self.state, call.fields)
        deliveries = self.deliveries
        pending = deliveries.undelivered + deliveries.waiting
        if str(call.fields.get("drop_pending_updates", "")).lower() == "true":
            pending = []
        webhook = bool(self.state.webhook)
        deliveries.undelivered, deliveries.waiting = (pending, []) if webhook else ([], pending)
        return answer

    async def _get_updates(self, fields: Json) -> list[Json]:
        if self.state.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                "the webhook first",
            )
        remember_allowed(self.state, fields)
        self._poll_turn += 1
        mine = self._poll_turn
        self.deliveries.confirm_below(int(fields.get("offset") or 0))
        until = time.monotonic() + min(int(fields.get("timeout") or 0), 50)
        while not self.deliveries.waiting and time.monotonic() < until:
            await asyncio.sleep(0.01)
            if self._poll_turn != mine:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return self.deliveries.waiting[: int(fields.get("limit") or 100)]

    def _check_limits(self, fields: Json) -> None:
        recent = [m for m in self.state.sent[-200:] if m.at > now() - 60]
        last_second = [m for m in recent if m.at > now() - 1]
        if len(last_second) >= 30:
            raise ApiError(429, "Too Many Requests: retry after 1", retry_after=1)
        chat = str(fields.get("chat_id"))
        in_group = [m for m in recent if m.chat_id < 0 and str(m.chat_id) == chat]
        if len(in_group) >= 20:
            wait = max(1, int(60 - (now() - in_group[-20].at)) + 1)
            raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)

    def _download(self, token: str, path: str) -> web.Response:
        if token != self.token or self.revoked:
            return _refusal(ApiError(401, "Unauthorized"))
        for stored in self.state.files.values():
            if stored.path == path:
                return web.Response(body=stored.content, content_type="application/octet-stream")
        return _refusal(ApiError(404, "Not Found"))


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code, dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
