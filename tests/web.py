"""One plain HTTP request: no redirects followed, no errors raised for a status."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 means that nothing did: refused, cut or too late."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.body)


def request(
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = 10.0,
) -> Answer:
    """Send it and read the whole answer; header names of the answer are lower case."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    path = parts.path or "/"
    try:
        connection.request(method, f"{path}?{parts.query}" if parts.query else path, body, dict(headers or {}))
        response = connection.getresponse()
        content = response.read()
        return Answer(response.status, content, {k.lower(): v for k, v in response.getheaders()})
    except (OSError, http.client.HTTPException) as problem:
        return Answer(0, error=f"{type(problem).__name__}: {problem}")
    finally:
        connection.close()


def post_json(url: str, value: object, headers: Mapping[str, str] | None = None, timeout: float = 10.0) -> Answer:
    body = json.dumps(value, ensure_ascii=False).encode()
    return request("POST", url, body, {"Content-Type": "application/json", **(headers or {})}, timeout)


def is_problem(answer: Answer, status: int) -> bool:
    """An RFC 9457 document with that status."""
    assert answer.status == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert {"type", "title", "status"} <= answer.json().keys()
    return bool(answer.json()["status"] == status)
