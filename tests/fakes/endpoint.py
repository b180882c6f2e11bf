"""An OpenAI-compatible endpoint that can misbehave in every way a real one has.

with FakeEndpoint() as endpoint:
    endpoint.answers({"intent": "booking"})
    settings = endpoint.settings
    endpoint.asked[-1].question
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.server import Dropped, FakeServer, hang

PATH = "/v1/chat/completions"
MODEL = "local-7b"
_KNOWN = {"model", "messages", "response_format"}
Reply = Callable[["Asked"], "str | dict[str, Any]"]


@dataclass
class Asked:
    """One question as it came over the wire."""

    rung: str
    rules: str
    question: str
    schema: dict[str, Any] | None
    raw: str
    """The whole request: head and body."""


class FakeEndpoint(FakeServer):
    """Serves one model. `behaves` sets how every answer goes; strict about what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Asked] = []
        self.wrong: list[str] = []
        """Requests that no endpoint would take, in words; a test ends with none."""
        self.cannot: set[str] = set()
        """Ways of asking refused with 400: json_schema, json_object."""
        self._reply: Reply = lambda asked: "{}"
        self._manner = "well"

    @property
    def settings(self) -> dict[str, str]:
        return {"OPENAI_BASE_URL": f"{self.base_url}/v1", "OPENAI_API_KEY": "sk-test", "OPENAI_MODEL": MODEL}

    def connect(self, product_url: str) -> None:
        """Nothing: an endpoint never calls back."""

    def answers(self, reply: str | dict[str, Any] | Reply) -> None:
        self._reply = reply if callable(reply) else lambda asked: reply

    def behaves(self, manner: str) -> None:
        """One of `_MANNERS`, or an HTTP status."""
        self._manner = manner

    async def handle(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        asked = self._read(request, raw)
        if asked is None:
            return web.json_response(
                {"error": {"message": self.wrong[-1], "type": "invalid_request_error"}}, status=400
            )
        with self.watch:
            self.asked.append(asked)
            manner = self._manner
        if asked.rung in self.cannot:
            message = f"response_format {asked.rung} is not supported: {asked.question}"
            return web.json_response({"error": {"message": message}}, status=400)
        return await _MANNERS.get(manner, _status)(self, request, asked)

    def words(self, asked: Asked) -> str:
        reply = self._reply(asked)
        return reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)

    @property
    def manner(self) -> str:
        return self._manner

    def _read(self, request: web.Request, raw: bytes) -> Asked | None:
        """The question; None when it is malformed."""
        try:
            body = json.loads(raw)
            kind = body.get("response_format", {"type": "text"})
            (system, user) = body["messages"]
            assert (request.method, request.path) == ("POST", PATH), "no such path"
            assert body["model"] == MODEL, "no such model"
            assert not body.keys() - _KNOWN, f"unknown {body.keys() - _KNOWN}"
            assert (system["role"], user["role"]) == ("system", "user"), "roles"
            assert kind["type"] in {"json_schema", "json_object", "text"}, "response_format"
            schema = _strict(kind["json_schema"]) if kind["type"] == "json_schema" else None
            assert kind["type"] != "json_object" or "json" in system["content"].lower(), "the word JSON must be said"
        except (ValueError, KeyError, TypeError, AssertionError) as error:
            self.wrong.append(f"{type(error).__name__}: {error}")
            return None
        head = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        return Asked(kind["type"], system["content"], user["content"], schema, f"{head}\n\n{raw.decode()}")


def _strict(wanted: dict[str, Any]) -> dict[str, Any]:
    """What strict mode asks of a schema: closed objects whose members are all required."""
    assert wanted["strict"] is True
    assert wanted["name"].isidentifier()
    schema: dict[str, Any] = wanted["schema"]
    _closed(schema)
    return schema


def _closed(schema: dict[str, Any]) -> None:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "object" in kinds:
        assert schema["additionalProperties"] is False, "an open object"
        assert sorted(schema["required"]) == sorted(schema["properties"]), "optional members"
        for member in schema["properties"].values():
            _closed(member)
    if "array" in kinds:
        _closed(schema["items"])


def _completion(words: str | None, finish: str = "stop") -> dict[str, Any]:
    message = {"role": "assistant", "content": words}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1795000000,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150},
    }


async def _well(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.json_response(_completion(fake.words(asked)))


async def _stall(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    await hang(request, 30)
    return web.Response()


async def _html(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.Response(text="<html><body>Please sign in</body></html>", content_type="text/html")


async def _blank(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.json_response(_completion("  \n"))


async def _none(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.json_response(_completion(None, "content_filter"))


async def _fenced(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.json_response(_completion(f"```json\n{fake.words(asked)}\n```"))


async def _chatter(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    words = f'<think>The owner {{"says": ...</think>好的！{{您看}} 结果如下：{fake.words(asked)} 希望对您有帮助。'
    return web.json_response(_completion(words))


async def _wrong(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.json_response(_completion('{"something": ["else"]}'))


async def _truncated(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.json_response(_completion(fake.words(asked)[:-4], "length"))


async def _drip(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    """Each byte comes before any read time-out; the whole takes a minute."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    for byte in json.dumps(_completion(fake.words(asked))).encode():
        await response.write(bytes([byte]))
        await asyncio.sleep(0.2)
    return response


async def _huge(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.json_response(_completion("好" * 4_000_000))


async def _drop(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    raise Dropped


async def _gzip(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.Response(body=b"\x1f\x8b broken", headers={"Content-Encoding": "gzip"}, content_type="application/json")


async def _status(fake: FakeEndpoint, request: web.Request, asked: Asked) -> web.StreamResponse:
    return web.Response(status=int(fake.manner), text=f"<html>{asked.question}</html>", headers={"Retry-After": "600"})


_MANNERS = {
    "well": _well,
    "stall": _stall,
    "html": _html,
    "blank": _blank,
    "none": _none,
    "fenced": _fenced,
    "chatter": _chatter,
    "wrong": _wrong,
    "truncated": _truncated,
    "drip": _drip,
    "huge": _huge,
    "drop": _drop,
    "gzip": _gzip,
}
