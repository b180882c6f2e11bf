"""One request to a platform; what went wrong is told apart: it never left, or it may have arrived."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from core.errors import DeliveryFailed

TIMEOUT = 10.0  # seconds for one request
CONNECT_TIMEOUT = 5.0
KEEP_ALIVE = 20.0  # shorter than the platforms', so that they do not hang up on a message under way
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json; charset=utf-8"}
_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


class Wire:
    """Connections to one platform, kept open."""

    def __init__(self, proxy: str = "") -> None:
        self.proxy = proxy or None
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, body: bytes, headers: dict[str, str], within: float = TIMEOUT) -> tuple[int, Any]:
        """The status and the decoded JSON, None when it is something else. Raises DeliveryFailed.

        URLs carry secrets, so no message names more of them than the host.
        """
        limits = aiohttp.ClientTimeout(total=within, connect=CONNECT_TIMEOUT)
        host = urlsplit(url).hostname
        try:
            async with self._open().post(url, data=body, headers=headers, timeout=limits, proxy=self.proxy) as answer:
                return answer.status, _decoded(await answer.read())
        except _NEVER_LEFT as problem:
            raise DeliveryFailed(f"{host} cannot be reached ({type(problem).__name__})") from None
        except (aiohttp.ClientError, TimeoutError) as problem:
            raise DeliveryFailed(f"{host} did not answer ({type(problem).__name__})", unknown=True) from None

    async def fetch(self, url: str, most: int, within: float = TIMEOUT) -> tuple[int, bytes]:
        """The status and the body of a GET, which may not be larger than that. Raises DeliveryFailed."""
        limits = aiohttp.ClientTimeout(total=within, connect=CONNECT_TIMEOUT)
        host = urlsplit(url).hostname
        try:
            async with self._open().get(url, timeout=limits, proxy=self.proxy) as answer:
                body = await answer.content.read(most + 1)
                while len(body) <= most and (more := await answer.content.read(most + 1 - len(body))):
                    body += more
        except (aiohttp.ClientError, TimeoutError) as problem:
            raise DeliveryFailed(f"{host} gave no file ({type(problem).__name__})") from None
        if len(body) > most:
            raise DeliveryFailed(f"the file is larger than {most} bytes", permanent=True)
        return answer.status, body

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        """Made on first use, inside the loop that uses it."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=200, keepalive_timeout=KEEP_ALIVE)
            cookies = aiohttp.DummyCookieJar()  # no platform sets any
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=cookies)
        return self._session


def as_json(value: object) -> bytes:
    """UTF-8 as it is, without escapes; a half of a surrogate pair becomes a question mark."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
