"""The API host over HTTP: access tokens, charset, allow-list, faults."""

from __future__ import annotations

import json
import re
import time
from typing import Any

from aiohttp import web

from tests.fakes.server import Dropped, FakeServer, hang
from tests.fakes.wechat_api import ENDPOINTS
from tests.fakes.wechat_state import GRACE, AccessToken, Call, Json, State, WeChatError

ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")
TOKEN_FORM = re.compile(r"[A-Za-z0-9_-]{20,512}")
TOKEN_PATHS = ("stable_token", "token")
FORCE_PAUSE = 30.0


class ApiHost(FakeServer):
    """Answers under /cgi-bin/ for one service account."""

    def __init__(self, app_id: str, secret: str) -> None:
        super().__init__()
        self.app_id = app_id
        self.secret = secret
        self.state = State()
        self.ip_forbidden = False
        self.forbidden_apis: set[str] = set()
        self.every_token_is_bad = False
        self._stable: AccessToken | None = None
        self._plain: AccessToken | None = None
        self._forced_at = 0.0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/cgi-bin/")
        call = Call(path, dict(request.query), None, self.state.now())
        with self.watch:
            self.state.calls.append(call)
        if path == request.path or path not in (*TOKEN_PATHS, *ENDPOINTS):
            return web.Response(status=404, text="404 page not found")
        fault = self._take_fault(path, TOKEN_PATHS)
        if fault and fault.kind == "http":
            return web.Response(status=fault.details["status"], text="<html>bad gateway</html>")
        if fault and fault.kind == "hang":
            await hang(request, fault.details["seconds"])
        try:
            if fault and fault.kind == "error":
                raise WeChatError(fault.details["errcode"])
            result = await self._perform(request, call)
        except WeChatError as error:
            result = {"errcode": error.code, "errmsg": error.message}
        if fault and fault.kind == "drop":
            raise Dropped
        return self._response(call, result)

    async def _perform(self, request: web.Request, call: Call) -> Json | bytes:
        if call.path in TOKEN_PATHS:
            return await self._token(request, call)
        method, endpoint = ENDPOINTS[call.path]
        with self.watch:
            self._check_token(call.query.get("access_token"))
            if call.path in self.forbidden_apis or call.path.removeprefix("message/") in self.forbidden_apis:
                raise WeChatError(48001)
        if request.method != method:
            raise WeChatError(43002 if method == "POST" else 43001)
        call.body = await _body(request, call.path)
        with self.watch:
            result = endpoint(self.state, call.query, call.body)
        if isinstance(result, dict) and call.path.startswith(("message/", "menu/create", "menu/delete", "clear")):
            return {"errcode": 0, "errmsg": "ok"} | result
        return result if isinstance(result, bytes | dict) else {}

    async def _token(self, request: web.Request, call: Call) -> Json:
        stable = call.path == "stable_token"
        if request.method != ("POST" if stable else "GET"):
            raise WeChatError(43002 if stable else 43001)
        call.body = await _body(request, call.path) if stable else None
        given: Json = call.body if stable else dict(call.query)
        if self.ip_forbidden:
            raise WeChatError(40164)
        if given.get("grant_type") != "client_credential":
            raise WeChatError(40002)
        if given.get("appid") != self.app_id:
            raise WeChatError(40013)
        if given.get("secret") != self.secret:
            raise WeChatError(40125)
        with self.watch:
            token = self._stable_token(bool(given.get("force_refresh"))) if stable else self._plain_token()
        return {"access_token": token.value, "expires_in": int(token.until - time.time())}

    def _stable_token(self, force: bool) -> AccessToken:
        """The same one until five minutes before its end."""
        if force and time.time() - self._forced_at < FORCE_PAUSE:
            raise WeChatError(45011)
        if force:
            self._forced_at = time.time()
        old = self._stable
        if old is None or force or old.until - time.time() < GRACE:
            self._stable = self._renewed(old)
        assert self._stable is not None
        return self._stable

    def _plain_token(self) -> AccessToken:
        """A new one each time; the one before lives five minutes more."""
        self._plain = self._renewed(self._plain)
        return self._plain

    def _renewed(self, old: AccessToken | None) -> AccessToken:
        if old is not None:
            old.until = min(old.until, time.time() + GRACE)
        return self.state.new_token()

    def _check_token(self, value: str | None) -> None:
        if not value:
            raise WeChatError(41001)
        if self.every_token_is_bad:
            raise WeChatError(40001)
        if not TOKEN_FORM.fullmatch(value):
            raise WeChatError(40014)
        token = next((token for token in self.state.tokens if token.value == value), None)
        if token is None:
            raise WeChatError(40001)
        if token.until <= time.time():
            raise WeChatError(42001)

    def _response(self, call: Call, result: Json | bytes) -> web.Response:
        code = result.get("errcode", 0) if isinstance(result, dict) else 0
        with self.watch:
            call.errcode = code
        if isinstance(result, bytes):
            return web.Response(body=result, content_type="image/jpeg")
        body = json.dumps(result, ensure_ascii=False).encode()
        kind = "text/plain" if call.path == "media/get" else "application/json; encoding=utf-8"
        return web.Response(body=body, headers={"Content-Type": kind})


async def _body(request: web.Request, path: str) -> Any:
    """Decoded JSON, or the bytes of an uploaded file."""
    if request.method != "POST":
        return None
    if path == "media/upload":
        part = (await request.post()).get("media")
        return part.file.read() if isinstance(part, web.FileField) else None
    raw = await request.read()
    if not raw:
        raise WeChatError(44002)
    if ESCAPED.search(raw):
        raise WeChatError(40033)
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise WeChatError(40033) from None
    except ValueError:
        raise WeChatError(47001) from None
    if not isinstance(value, dict):
        raise WeChatError(47001)
    return value
