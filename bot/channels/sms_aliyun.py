"""Texts by Aliyun (短信服务): SendSms 2017-05-25, signed ACS3-HMAC-SHA256; their SDK is eight packages for one post."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from bot.channels.sms import Text, values_in_order
from bot.settings import Settings
from core.errors import DeliveryFailed

HOST = "https://dysmsapi.aliyuncs.com"
ALGORITHM = "ACS3-HMAC-SHA256"
EMPTY = hashlib.sha256(b"").hexdigest()
# Answers that time mends, with the seconds to wait, and those that somebody has to mend in the settings.
_LATER = {"isv.BUSINESS_LIMIT_CONTROL": 3600.0, "Throttling": 5.0, "Throttling.User": 5.0, "isp.SYSTEM_ERROR": None}
_MENDS = ("isv.AMOUNT_NOT_ENOUGH", "isv.OUT_OF_SERVICE", "InvalidAccessKeyId", "SignatureDoesNotMatch", "Forbidden")
_UNTIL_MENDED = 300.0


class Aliyun:
    """One signed post for each message."""

    free = False

    def __init__(self, settings: Settings) -> None:
        self._base = settings.sms_api_base or HOST
        self._key = settings.sms_key_id
        self._secret = settings.sms_key_secret.get_secret_value()
        self._sign = settings.sms_sign

    def request(self, text: Text, now: datetime) -> tuple[str, bytes, dict[str, str]]:
        assert text.template is not None
        query = {
            "PhoneNumbers": text.phone.removeprefix("+86"),
            "SignName": self._sign,
            "TemplateCode": text.template.id,
            "TemplateParam": json.dumps(dict(values_in_order(text)), ensure_ascii=False),
            "OutId": str(text.number),
        }
        asked = "&".join(f"{quote(name, safe='~')}={quote(query[name], safe='~')}" for name in sorted(query))
        headers = signed(asked, urlsplit(self._base).netloc, self._key, self._secret, now, secrets.token_hex(16))
        return f"{self._base}/?{asked}", b"", headers

    def accepted(self, status: int, answer: Any) -> str:
        told = answer if isinstance(answer, dict) else {}
        code = str(told.get("Code", ""))
        if code == "OK":
            return str(told.get("BizId", ""))[:64]
        reason = f"{status} {code} {told.get('Message', 'no answer of Aliyun')}"
        if code in _LATER:
            raise DeliveryFailed(reason, retry_after=_LATER[code])
        if code.startswith(_MENDS):
            raise DeliveryFailed(reason, permanent=True, retry_after=_UNTIL_MENDED)
        raise DeliveryFailed(reason, permanent=bool(code), reroute=code.startswith("isv.MOBILE"))


def signed(query: str, host: str, key: str, secret: str, now: datetime, nonce: str) -> dict[str, str]:
    """The headers that sign a POST of that query with an empty body."""
    headers = {
        "host": host,
        "x-acs-action": "SendSms",
        "x-acs-content-sha256": EMPTY,
        "x-acs-date": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": "2017-05-25",
    }
    return headers | {"authorization": authorization(query, headers, key, secret)}


def authorization(query: str, headers: dict[str, str], key: str, secret: str) -> str:
    """The header that signs a POST of that query with these headers (lower case) and an empty body."""
    names = sorted(headers)
    lines = "".join(f"{name}:{headers[name]}\n" for name in names)
    canonical = f"POST\n/\n{query}\n{lines}\n{';'.join(names)}\n{EMPTY}"
    wanted = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), wanted.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key},SignedHeaders={';'.join(names)},Signature={signature}"
