"""A model behind any OpenAI-compatible endpoint, asked so that a bad endpoint can do no harm and costs no time."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

import openai
from openai import AsyncOpenAI

from bot.answers import WrongAnswer, fished
from bot.model import Answer, ModelUnavailable
from bot.settings import Settings

CONNECT = 1.0  # seconds; an endpoint that is there answers the handshake at once
AT_ONCE = 8  # questions in flight; more would only wait for each other
LARGEST = 256 * 1024  # bytes of a response
REMEMBERED = 600.0  # seconds for which a rung that failed is not tried again
FAILURES = 3  # in a row, before the endpoint is left alone
REST = 30.0  # seconds for which it is left alone
ENOUGH = 1.0  # seconds; whoever gives less time learns nothing about the endpoint
RUNGS = ("json_schema", "json_object", "text")  # from the strictest way of asking to the plainest
_REFUSED = {400, 404, 405, 415, 422, 501}  # the endpoint does not know this way of asking
_PLAIN = "Answer with one JSON object and nothing else. It keeps to this JSON schema:\n"


class Endpoint:
    """Implements `bot.model.Model`. One per process; it belongs to the loop that first asks it."""

    def __init__(self, settings: Settings) -> None:
        self._name = settings.openai_model
        self._client = AsyncOpenAI(
            base_url=settings.openai_base_url,
            api_key=settings.openai_api_key.get_secret_value() or "none",  # a local endpoint wants none, the SDK one
            max_retries=0,
            timeout=openai.Timeout(30.0, connect=CONNECT),
        )
        self._free = asyncio.Semaphore(AT_ONCE)
        self._rest = _Rest()
        self._rung, self._rung_until = 0, 0.0

    async def ask(self, rules: str, question: str, schema: Mapping[str, Any], *, within: float) -> Answer:
        """See `Model.ask`. `within` covers everything: waiting for a turn and every way of asking."""
        started = time.monotonic()
        self._rest.admit(started)
        asked = False
        try:
            async with asyncio.timeout(within), self._free:
                asked = True
                answer = await self._down_the_ladder(rules, question, schema, started)
        except TimeoutError:
            if asked and within >= ENOUGH:
                self._rest.failed(time.monotonic())
            raise ModelUnavailable("no answer in time" if asked else "too many questions at once") from None
        except ModelUnavailable:
            self._rest.failed(time.monotonic())
            raise
        self._rest.worked()
        return answer

    async def close(self) -> None:
        await self._client.close()

    async def _down_the_ladder(self, rules: str, question: str, schema: Mapping[str, Any], started: float) -> Answer:
        reason = ""
        first = self._rung if started < self._rung_until else 0
        for rung in range(first, len(RUNGS)):
            try:
                words, tokens_in, tokens_out = _read(
                    await self._response(_request(RUNGS[rung], rules, question, schema))
                )
                value = fished(words, schema)
            except _Refused as refusal:
                reason = str(refusal)
                self._remember(min(rung + 1, len(RUNGS) - 1))
            except WrongAnswer as problem:
                reason = f"a wrong answer: {problem}"
            else:
                if rung != first:
                    self._remember(rung)
                return Answer(value, self._name, tokens_in, tokens_out, time.monotonic() - started)
        raise ModelUnavailable(reason)

    def _remember(self, rung: int) -> None:
        self._rung, self._rung_until = rung, time.monotonic() + REMEMBERED

    async def _response(self, request: dict[str, Any]) -> bytes:
        """The body of a 200. Raises _Refused for a way of asking that the endpoint does not know, ModelUnavailable."""
        body = bytearray()
        create = self._client.chat.completions.with_streaming_response.create
        try:
            async with create(model=self._name, **request) as response:
                async for piece in response.iter_bytes(16 * 1024):
                    body += piece
                    if len(body) > LARGEST:
                        raise ModelUnavailable("the response is too large")
        except ModelUnavailable:
            raise
        except openai.APIStatusError as error:
            kind = _Refused if error.status_code in _REFUSED else ModelUnavailable
            raise kind(f"the endpoint answered {error.status_code}") from None
        except Exception as error:  # a hostile body breaks the SDK in ways that it does not name
            raise ModelUnavailable(f"the endpoint failed: {type(error).__name__}") from None
        return bytes(body)


class _Refused(Exception):
    """The endpoint does not know this way of asking."""


class _Rest:
    """After a few failures in a row the endpoint is left alone for a while; then one question tries it again."""

    def __init__(self) -> None:
        self._failures, self._until = 0, 0.0

    def admit(self, now: float) -> None:
        """Raises ModelUnavailable while the endpoint rests."""
        if self._failures < FAILURES:
            return
        if now < self._until:
            raise ModelUnavailable("it failed several times and is left alone for a while")
        self._until = now + REST

    def failed(self, now: float) -> None:
        self._failures += 1
        self._until = now + REST

    def worked(self) -> None:
        self._failures = 0


def _request(rung: str, rules: str, question: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Only what every endpoint knows: no temperature and no token limit, which newer models refuse."""
    if rung == "json_schema":
        wanted = {"name": "answer", "schema": dict(schema), "strict": True}
        return {"messages": _messages(rules, question), "response_format": {"type": rung, "json_schema": wanted}}
    messages = _messages(f"{rules}\n\n{_PLAIN}{json.dumps(schema, ensure_ascii=False)}", question)
    return {"messages": messages} | ({"response_format": {"type": rung}} if rung == "json_object" else {})


def _messages(rules: str, question: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": rules}, {"role": "user", "content": question}]


def _read(body: bytes) -> tuple[str, int, int]:
    """Words, tokens in and tokens out of a chat completion. Raises ModelUnavailable for a web page, WrongAnswer."""
    try:
        completion = json.loads(body)
        words = completion["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise ModelUnavailable("the response is no chat completion") from None
    if not isinstance(words, str):
        raise WrongAnswer("blank")
    usage = completion.get("usage")
    counts = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")] if isinstance(usage, dict) else []
    tokens = [count if isinstance(count, int) else 0 for count in counts] or [0, 0]
    return words, tokens[0], tokens[1]
