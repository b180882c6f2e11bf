"""`POST /api/v1/dms/events`: what the DMS tells, signed."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from fastapi import Request, Response

from bot.house import House
from console.problem import body_of, problem
from core.errors import BadInput
from core.signing import is_signed
from handlers import dms
from intake.dms import check_moment
from intake.dms_documents import DOCUMENTS, read_event

PATH = "/api/v1/dms/events"
HEADER = "X-Huiche-Signature"
LARGEST_EVENT = 1024 * 1024


def endpoint(house: House) -> Callable[[Request], Awaitable[Response]]:
    """202 once it is committed, also for a repeat; 401 unsigned; 422 for what makes no sense; 503 try again."""
    secret = house.settings.dms_secret.get_secret_value()

    async def events(request: Request) -> Response:
        body = await body_of(request, LARGEST_EVENT)
        if not is_signed(secret, body, request.headers.get(HEADER, ""), time.time()):
            return problem(401, f"{HEADER} is wrong, missing or older than five minutes")
        try:
            envelope, data = read_event(body)
            check_moment(envelope.occurred_at, max(house.clock.now(), datetime.now(UTC)))
            await house.database.run(lambda crm: dms.receive(crm, envelope, data, body))
        except BadInput as error:
            return problem(422, str(error))
        return Response(status_code=202)

    return events


_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
_EVENT = {
    "type": "object",
    "required": ["id", "type", "occurred_at", "data"],
    "properties": {
        "id": {"type": "string", "maxLength": 96},
        "type": {"enum": list(DOCUMENTS)},
        "occurred_at": {"type": "string", "format": "date-time"},
        "data": {"type": "object"},
    },
}
OPENAPI: dict[str, Any] = {
    "post": {
        "summary": "What the DMS tells; the same id again has no second effect",
        "parameters": [{"name": HEADER, "in": "header", "required": True, "schema": {"type": "string"}}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _EVENT}}},
        "responses": {
            "202": {"description": "Accepted, now or before"},
            "401": {"description": "Not signed", **_PROBLEM},
            "413": {"description": "Too large", **_PROBLEM},
            "422": {"description": "Signed, but senseless", **_PROBLEM},
            "503": {"description": "Nothing was accepted: send it again", **_PROBLEM},
        },
    }
}
