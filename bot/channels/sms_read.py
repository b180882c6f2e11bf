"""What the SMS platforms post when somebody replies. None of them signs it: the path's secret is all there is."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.channels.body import decoded, words
from core.errors import BadInput
from core.messages import Inbound, Kind
from core.understanding.phones import normalise_phone

LONGEST_ID = 128


def read(body: bytes, provider: str) -> list[Inbound]:
    """The replies in a post of that provider. Raises BadInput."""
    data = decoded(body)
    if provider == "aliyun":
        return [_inbound(one, "phone_number", "content", one.get("sequence_id"), body) for one in _objects(data)]
    if provider == "tencent":
        return [_inbound(one, "mobile", "text", _made_up(one), body) for one in _objects([data])]
    return [_inbound(one, "phone", "text", one.get("id"), body) for one in _objects([data])]


def accepted(provider: str) -> dict[str, Any]:
    """What the platform wants to read."""
    if provider == "aliyun":
        return {"code": 0, "msg": "接收成功"}
    return {"result": 0, "errmsg": "OK"} if provider == "tencent" else {}


def _objects(data: Any) -> list[dict[str, Any]]:
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise BadInput("the body must be an object, or a list of them where the platform sends lists")
    return data


def _inbound(one: dict[str, Any], phone: str, text: str, key: object, body: bytes) -> Inbound:
    number = normalise_phone(str(one.get(phone, "")))
    said = one.get(text)
    if number is None:
        raise BadInput(f"{phone}: a mobile number")
    if not isinstance(said, str):
        raise BadInput(f"{text}: a string")
    if isinstance(key, bool) or not isinstance(key, (str, int)) or not 1 <= len(str(key)) <= LONGEST_ID:
        raise BadInput("id: a string, new for each message")
    return Inbound("sms", f"{number}:{key}", number, Kind.TEXT, text=words(said), raw=body)


def _made_up(one: dict[str, Any]) -> str:
    """Tencent gives its replies no id; the same words at the same second are the same message."""
    told = "\0".join(str(one.get(name, "")) for name in ("mobile", "text", "time", "extend"))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
