"""WeChat's API host: a shared access token, renewed once when it is refused."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from bot.channels.wechat_errors import TOKEN_REFUSED, refusal
from bot.channels.wire import JSON, Wire, as_json
from bot.settings import Settings
from core.errors import DeliveryFailed
from core.ports import Tokens

SPARE_SECONDS = 300.0  # the platform renews a token so long before its end; so do we
LARGEST_ANSWER = 64 * 1024


class WeChatApi:
    """Calls by path below /cgi-bin/. The reason of each DeliveryFailed begins with the errcode."""

    def __init__(self, settings: Settings, tokens: Tokens) -> None:
        self._base = f"{settings.wechat_api_base}/cgi-bin/"
        self._app_id = settings.wechat_app_id
        self._secret = settings.wechat_app_secret
        self._tokens = tokens
        self._token_name = f"wechat:{settings.wechat_app_id}"
        self._wire = Wire()
        self._renewing: asyncio.Lock | None = None

    async def call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The decoded answer of a call that takes a JSON body."""
        token = await self._tokens.get(self._token_name) or await self.new_token("")
        answer = await self._post(f"{path}?access_token={token}", body)
        if answer.get("errcode") in TOKEN_REFUSED:
            token = await self.new_token(token)
            answer = await self._post(f"{path}?access_token={token}", body)
        return _checked(answer)

    async def file(self, path: str, most: int) -> bytes:
        """The bytes of a call that gives a file; what was wrong comes as JSON instead."""
        token = await self._tokens.get(self._token_name) or await self.new_token("")
        body = await self._file(f"{path}&access_token={token}", most)
        if _code(body) in TOKEN_REFUSED:
            body = await self._file(f"{path}&access_token={await self.new_token(token)}", most)
        if code := _code(body):
            raise refusal(code, "no file")
        return body

    async def ask(self, path: str) -> dict[str, Any]:
        """The decoded answer of a call that only asks, such as `ticket/getticket?type=jsapi`."""
        body = await self.file(path, LARGEST_ANSWER)
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        if isinstance(answer, dict):
            return answer
        raise DeliveryFailed("no JSON from WeChat")

    async def new_token(self, refused: str) -> str:
        """A token other than the refused one; whoever comes first fetches it for all."""
        self._renewing = self._renewing or asyncio.Lock()
        async with self._renewing:
            known = await self._tokens.get(self._token_name)
            if known and known != refused:
                return known
            await self._tokens.drop(self._token_name)
            token, seconds = await self._fetched(force=False)
            if token == refused:
                token, seconds = await self._fetched(force=True)
            await self._tokens.put(self._token_name, token, max(seconds - SPARE_SECONDS, 30.0))
            return token

    async def forget_token(self) -> None:
        """The next call asks the platform anew."""
        await self._tokens.drop(self._token_name)

    async def close(self) -> None:
        await self._wire.close()

    async def _fetched(self, force: bool) -> tuple[str, float]:
        wish = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._secret.get_secret_value(),
            "force_refresh": force,
        }
        try:
            answer = _checked(await self._post("stable_token", wish))
        except DeliveryFailed as problem:
            problem.unknown = False  # whatever became of this call, the message itself never left
            raise
        return str(answer.get("access_token", "")), float(answer.get("expires_in", 0))

    async def _file(self, path: str, most: int) -> bytes:
        status, body = await self._wire.fetch(self._base + path, most)
        if status != 200:
            raise DeliveryFailed(f"{status} instead of a file from WeChat")
        return body

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        status, answer = await self._wire.post(self._base + path, as_json(body), JSON)
        if isinstance(answer, dict):
            return answer
        raise DeliveryFailed(f"{status} without JSON from WeChat", unknown=status == 200)


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, unless it has an errcode."""
    code = answer.get("errcode", 0)
    if code:
        raise refusal(int(code), str(answer.get("errmsg", "")))
    return answer


def _code(body: bytes) -> int:
    """The errcode, where the bytes are an answer about what was wrong; 0 for a file."""
    if not body.startswith(b"{"):
        return 0
    try:
        answer = json.loads(body)
    except ValueError:
        return 0
    return int(answer.get("errcode", 0)) if isinstance(answer, dict) else 0
