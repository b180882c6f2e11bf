"""Bearer tokens of the API: `HUICHE_API_TOKENS=name:token,…`."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

_bearer = HTTPBearer(auto_error=False, description="a token of HUICHE_API_TOKENS")
Check = Callable[..., Awaitable[str]]


def parse(setting: str) -> dict[str, bytes]:
    """ "dms:s3cret,boss:…" → tokens by name."""
    pairs = (part.strip().partition(":") for part in setting.split(","))
    return {name.strip(): token.strip().encode() for name, _, token in pairs if token.strip()}


def checked(setting: str) -> Check:
    """A dependency that gives the name of whoever asks, or answers 401."""
    tokens = parse(setting)

    async def check(given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)] = None) -> str:
        shown = given.credentials.encode() if given else b""
        names = [name for name, token in tokens.items() if hmac.compare_digest(token, shown)]
        if not names:
            raise HTTPException(401, "a bearer token is needed", {"WWW-Authenticate": "Bearer"})
        return names[0]

    return check
