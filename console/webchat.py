"""The web chat's route: say something, or ask what came since."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from bot.channels import webchat
from bot.gateway import hear
from bot.house import House
from console.asking import ask
from console.problem import body_of, problem
from core.errors import BadInput
from core.messages import Bubble
from storage.crm import Crm

PATH = "/api/v1/chat/{account}/messages"
LARGEST_BODY = 64 * 1024
PER_SECOND, BURST = 4.0, 40
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(house: House) -> Endpoint:
    """POST says something, GET asks; `account` is all the right that anybody needs, and a secret."""

    async def chat(request: Request) -> Response:
        account = request.path_params["account"]
        if not webchat.ACCOUNT.fullmatch(account):
            return problem(422, "account: 8 to 64 of A-Z a-z 0-9 _ -")
        if request.method != "POST":
            return await _news(house, account, request.query_params.get("after", "0"))
        bucket = f"web:{hashlib.sha256(account.encode()).hexdigest()[:16]}"
        if wait := await house.limits.ask(bucket, PER_SECOND, BURST):
            return problem(429, "too many messages", {"Retry-After": str(math.ceil(wait))})
        return await _say(house, account, await body_of(request, LARGEST_BODY))

    return chat


async def _say(house: House, account: str, body: bytes) -> Response:
    try:
        inbound = webchat.read(body, account)
    except BadInput as error:
        return problem(422, str(error))
    heard = await hear(house, inbound)
    return JSONResponse(webchat.shown(zip(heard.reply_ids, heard.replies, strict=True)))


async def _news(house: House, account: str, after: str) -> Response:
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        return problem(422, "after: the id of the last message you have")

    def since(crm: Crm) -> list[tuple[int, Bubble]]:
        identity = crm.identities.find("web", account)
        talk = crm.conversations.of_identity(identity.key) if identity else None
        rows = crm.outbox.of_conversation(talk.key, int(after)) if talk else []
        return [(row.id, Bubble.unpacked(crm.outbox.payload(row))) for row in rows]

    return JSONResponse(webchat.shown(await ask(house, since)))


_CHOICE = {"type": "object", "properties": {"id": {"type": "string"}, "text": {"type": "string"}}}
_MESSAGE = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "text": {"type": "string"},
        "choices": {"type": "array", "items": _CHOICE},
    },
}
_MESSAGES = {"type": "object", "properties": {"messages": {"type": "array", "items": _MESSAGE}}}
_ANSWER = {"description": "What the shop says", "content": {"application/json": {"schema": _MESSAGES}}}
_PROBLEM = {"description": "Problem", "content": {"application/problem+json": {"schema": {"type": "object"}}}}
_SAID = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "maxLength": webchat.LONGEST_ID},
        "text": {"type": "string"},
        "choice": {"type": "string"},
    },
}
_ACCOUNT = {
    "name": "account",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": f"^{webchat.ACCOUNT.pattern}$"},
}
_AFTER = {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0, "default": 0}}
OPENAPI: dict[str, Any] = {
    "parameters": [_ACCOUNT],
    "post": {
        "summary": "Say something; the same id again gives the same answer and no second effect",
        "requestBody": {"required": True, "content": {"application/json": {"schema": _SAID}}},
        "responses": {"200": _ANSWER, "413": _PROBLEM, "422": _PROBLEM, "429": _PROBLEM, "503": _PROBLEM},
    },
    "get": {
        "summary": "What was said since",
        "parameters": [_AFTER],
        "responses": {"200": _ANSWER, "422": _PROBLEM},
    },
}
