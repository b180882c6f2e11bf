"""SMS platforms: a plain gateway, Aliyun and Tencent, which check each signature by their own reading of the rules.

with FakeSms("http") as sms:
    shop = product(sms)
    assert "验证码" in sms.waits_for("13800138000").text
    sms.replies("13800138000", "YY")
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote

from aiohttp import web

from tests import web as client
from tests.fakes.server import FakeServer

KEY, SECRET, SIGN, APP, PATH = "key-id-example", "key-secret-example", "回车", "1400000000", "path-secret-of-the-shop"


@dataclass
class Sent:
    """One text that reached a phone."""

    phone: str  # eleven digits
    text: str  # the words, or the template's values
    template: str = ""


class FakeSms(FakeServer):
    """One platform of the three; `settings` wires a product to it."""

    def __init__(self, provider: str = "http") -> None:
        super().__init__()
        self.provider = provider
        self.sent: list[Sent] = []
        self.refusals: list[str] = []
        self.answers: list[Any] = []  # instead of accepting, in order: an HTTP status or a code of the platform
        self._product = ""
        self._numbers = iter(range(1, 10**9))

    @property
    def settings(self) -> dict[str, str]:
        common = {"SMS_PROVIDER": self.provider, "SMS_SECRET": PATH}
        if self.provider == "http":
            return common | {"SMS_URL": f"{self.base_url}/send"}
        keys = {"SMS_KEY_ID": KEY, "SMS_KEY_SECRET": SECRET, "SMS_SIGN": SIGN, "SMS_API_BASE": self.base_url}
        return common | keys | ({"SMS_APP_ID": APP} if self.provider == "tencent" else {})

    def connect(self, product_url: str) -> None:
        self._product = product_url

    def replies(self, phone: str, text: str, number: str = "", path: str = PATH) -> client.Answer:
        """A person answers; the platform posts it as it does."""
        number = number or f"r{next(self._numbers)}"
        body: object = {"id": number, "phone": phone, "text": text}
        if self.provider == "aliyun":
            body = [{"phone_number": phone, "content": text, "send_time": "2026-11-23 10:00:00", "sequence_id": number}]
        elif self.provider == "tencent":
            body = {"mobile": phone, "nationcode": "86", "text": text, "time": number, "extend": "", "sign": SIGN}
        return client.post_json(f"{self._product}/sms/{path}/inbound", body)

    def texts(self, phone: str) -> list[str]:
        return [one.text for one in self.sent if one.phone == phone]

    def waits_for(self, phone: str, words: str = "", timeout: float = 10.0) -> Sent:
        """The newest text to that phone with these words."""

        def found() -> Sent | None:
            return next((one for one in reversed(self.sent) if one.phone == phone and words in one.text), None)

        sent = self.watch.wait_for(found, timeout, f"{words!r} at {phone}")
        assert sent is not None
        return sent

    async def handle(self, request: web.Request) -> web.StreamResponse:
        fault = self._take_fault(request.path)
        raw = await request.read()
        with self.watch:
            answer = self.answers.pop(0) if self.answers else None
            if fault and fault.kind == "error":
                return web.Response(status=500, text="<html>bad gateway</html>")
            return getattr(self, f"_{self.provider}")(request, raw, answer)  # type: ignore[no-any-return]

    def _http(self, request: web.Request, raw: bytes, answer: Any) -> web.Response:
        if answer:
            return web.json_response({"error": "no"}, status=answer)
        body = json.loads(raw)
        if set(body) != {"id", "phone", "text"} or not body["phone"].startswith("+86"):
            return self._refuse(f"odd body {body}", {"error": "odd"})
        self.sent.append(Sent(body["phone"][3:], body["text"]))
        return web.json_response({"id": f"m{len(self.sent)}"})

    def _aliyun(self, request: web.Request, raw: bytes, answer: Any) -> web.Response:
        query = dict(parse_qsl(request.query_string, strict_parsing=True))
        if not _signed_for_aliyun(request, query):
            return self._refuse("signature", {"Code": "SignatureDoesNotMatch", "Message": "no"})
        if answer:
            return web.json_response({"Code": answer, "Message": "no"}, status=400)
        values = json.loads(query["TemplateParam"])
        self.sent.append(Sent(query["PhoneNumbers"], " ".join(values.values()), query["TemplateCode"]))
        return web.json_response({"Code": "OK", "BizId": f"b{len(self.sent)}"})

    def _tencent(self, request: web.Request, raw: bytes, answer: Any) -> web.Response:
        if not _signed_for_tencent(request, raw):
            error = {"Code": "AuthFailure.SignatureFailure", "Message": "no"}
            return self._refuse("signature", {"Response": {"Error": error}})
        body = json.loads(raw)
        code = answer or "Ok"
        if code == "Ok":
            phone, values = body["PhoneNumberSet"][0], body["TemplateParamSet"]
            self.sent.append(Sent(phone.removeprefix("+86"), " ".join(values), body["TemplateId"]))
        one = {"Code": code, "Message": "", "SerialNo": f"s{len(self.sent)}"}
        return web.json_response({"Response": {"SendStatusSet": [one], "RequestId": "x"}})

    def _refuse(self, why: str, body: Mapping[str, Any]) -> web.Response:
        self.refusals.append(why)
        return web.json_response(body, status=400)


def _signed_for_aliyun(request: web.Request, query: dict[str, str]) -> bool:
    """Written from the platform's description, not from ours."""
    method, _, rest = request.headers["authorization"].partition(" ")
    told = dict(part.split("=", 1) for part in rest.split(","))
    names = told["SignedHeaders"].split(";")
    pairs = sorted((quote(k, safe="~"), quote(v, safe="~")) for k, v in query.items())
    lines = [
        "POST",
        "/",
        "&".join("=".join(pair) for pair in pairs),
        *[f"{name}:{request.headers[name].strip()}" for name in names],
        "",
        ";".join(names),
        request.headers["x-acs-content-sha256"],
    ]
    to_sign = f"{method}\n{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}"
    wanted = hmac.new(SECRET.encode(), to_sign.encode(), "sha256").hexdigest()
    return told["Credential"] == KEY and told["Signature"] == wanted and query["SignName"] == SIGN


def _signed_for_tencent(request: web.Request, raw: bytes) -> bool:
    head = request.headers
    day, scope = head["Authorization"].split("/")[1], "/".join(head["Authorization"].split(",")[0].split("/")[1:])
    hashed = hashlib.sha256(raw).hexdigest()
    canonical = f"POST\n/\n\ncontent-type:{head['Content-Type']}\nhost:{head['Host']}\n\ncontent-type;host\n{hashed}"
    to_sign = "\n".join(
        ["TC3-HMAC-SHA256", head["X-TC-Timestamp"], scope, hashlib.sha256(canonical.encode()).hexdigest()]
    )
    key = f"TC3{SECRET}".encode()
    for part in (day, "sms", "tc3_request"):
        key = hmac.new(key, part.encode(), "sha256").digest()
    signature = hmac.new(key, to_sign.encode(), "sha256").hexdigest()
    return head["Authorization"].endswith(f"Signature={signature}") and head["X-TC-Action"] == "SendSms"
