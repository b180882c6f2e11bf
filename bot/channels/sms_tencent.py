"""Texts by Tencent Cloud (腾讯云短信): SendSms 2021-01-11, signed TC3-HMAC-SHA256."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.channels.sms import Text, values_in_order
from bot.channels.wire import as_json
from bot.settings import Settings
from core.errors import DeliveryFailed

HOST = "https://sms.tencentcloudapi.com"
ALGORITHM, SERVICE = "TC3-HMAC-SHA256", "sms"
CONTENT = "application/json"
# Answers that time mends, with the seconds to wait, and those that somebody has to mend in the settings.
_LATER = {"RequestLimitExceeded": 5.0, "InternalError": None, "LimitExceeded": 3600.0}
_MENDS = ("AuthFailure", "UnauthorizedOperation", "FailedOperation.InsufficientBalance", "ResourceInsufficient")
_UNTIL_MENDED = 300.0


class Tencent:
    """One signed post for each message."""

    free = False

    def __init__(self, settings: Settings) -> None:
        self._base = settings.sms_api_base or HOST
        self._key = settings.sms_key_id
        self._secret = settings.sms_key_secret.get_secret_value()
        self._sign, self._app, self._region = settings.sms_sign, settings.sms_app_id, settings.sms_region

    def request(self, text: Text, now: datetime) -> tuple[str, bytes, dict[str, str]]:
        assert text.template is not None
        body = as_json(
            {
                "PhoneNumberSet": [text.phone],
                "SmsSdkAppId": self._app,
                "SignName": self._sign,
                "TemplateId": text.template.id,
                "TemplateParamSet": [value for _, value in values_in_order(text)],
                "SessionContext": str(text.number),
            }
        )
        host = urlsplit(self._base).netloc
        headers = {
            "Content-Type": CONTENT,
            "Host": host,
            "X-TC-Action": "SendSms",
            "X-TC-Version": "2021-01-11",
            "X-TC-Region": self._region,
            "X-TC-Timestamp": str(int(now.timestamp())),
            "Authorization": authorization(body, host, self._key, self._secret, now),
        }
        return f"{self._base}/", body, headers

    def accepted(self, status: int, answer: Any) -> str:
        """An HTTP 200 may hide that this one number was refused."""
        told = answer.get("Response", {}) if isinstance(answer, dict) else {}
        one = next(iter(told.get("SendStatusSet") or ()), None) or told.get("Error") or {}
        code = str(one.get("Code", ""))
        if code == "Ok":
            return str(one.get("SerialNo", ""))[:64]
        reason = f"{status} {code} {one.get('Message', 'no answer of Tencent')}"
        for start, wait in _LATER.items():
            if code.startswith(start):
                raise DeliveryFailed(reason, retry_after=wait)
        if code.startswith(_MENDS):
            raise DeliveryFailed(reason, permanent=True, retry_after=_UNTIL_MENDED)
        raise DeliveryFailed(reason, permanent=bool(code), reroute="PhoneNumber" in code)


def authorization(body: bytes, host: str, key: str, secret: str, now: datetime) -> str:
    """The header that signs a POST of that body."""
    canonical = f"POST\n/\n\ncontent-type:{CONTENT}\nhost:{host}\n\ncontent-type;host\n{_hash(body)}"
    day = f"{now:%Y-%m-%d}"
    scope = f"{day}/{SERVICE}/tc3_request"
    wanted = f"{ALGORITHM}\n{int(now.timestamp())}\n{scope}\n{_hash(canonical.encode())}"
    signing = f"TC3{secret}".encode()
    for part in (day, SERVICE, "tc3_request"):
        signing = hmac.digest(signing, part.encode(), hashlib.sha256)
    signature = hmac.new(signing, wanted.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key}/{scope}, SignedHeaders=content-type;host, Signature={signature}"


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
