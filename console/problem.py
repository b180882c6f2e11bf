"""Errors as RFC 9457 problem documents."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from core.errors import StoreUnavailable

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class TooLarge(HTTPException):
    """The body is larger than the route takes."""

    def __init__(self, most: int) -> None:
        super().__init__(413, f"at most {most} bytes")


def problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """`{"type","title","status","detail", …}`; `more` are members of this kind of problem."""
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status} | ({"detail": detail} if detail else {})
    text = json.dumps(body | more, ensure_ascii=False)
    return Response(text, status, dict(headers or {}), MEDIA_TYPE)


def answer_with_problems(app: FastAPI) -> None:
    """Every error of the app, raised by whomever, leaves as a problem document."""
    for kind, answer in _ANSWERS.items():
        app.add_exception_handler(kind, answer)


async def answer_to(request: Request, error: Exception) -> Response:
    """The problem document of an error, for what does not go through the app."""
    return await next(answer for kind, answer in _ANSWERS.items() if isinstance(error, kind))(request, error)


async def body_of(request: Request, most: int) -> bytes:
    """The whole body. Raises TooLarge without reading on."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise TooLarge(most)
        parts.append(part)
    return b"".join(parts)


def unavailable() -> Response:
    """The database cannot take a change now: nothing was accepted."""
    return problem(503, "nothing was accepted: send it again", {"Retry-After": "2"})


async def _of_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    return problem(error.status_code, "" if error.detail == phrase else str(error.detail), error.headers)


async def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = [{"field": ".".join(str(part) for part in e["loc"]), "reason": e["msg"]} for e in error.errors()]
    detail = "; ".join(f"{field['field']}: {field['reason']}" for field in fields)
    return problem(422, detail, errors=fields)


async def _of_store(request: Request, error: Exception) -> Response:
    log.warning("the store is away: %s", type(error).__name__)
    return unavailable()


async def _of_bug(request: Request, error: Exception) -> Response:
    """The stack goes to the log by the server itself."""
    return problem(500, "a bug on our side, it is in the log")


_ANSWERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    HTTPException: _of_status,
    RequestValidationError: _of_validation,
    StoreUnavailable: _of_store,
    Exception: _of_bug,
}
