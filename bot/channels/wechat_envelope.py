"""WeChat's safe mode: signatures in constant time, bodies opened and sealed. Loads wechatpy's crypto."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy.crypto import PrpCrypto

from core.errors import BadInput

WINDOW_SECONDS = 600  # how old a signature may be, by the machine's clock; the same message may come again anew


class Forged(Exception):
    """Not signed by the platform for this account; the text says what is wrong and holds no secret."""


class Envelope:
    """Opens and seals with one account's secrets."""

    def __init__(self, token: str, aes_key: str, app_id: str) -> None:
        self._token = token
        self._app_id = app_id
        self._crypto = PrpCrypto(base64.b64decode(aes_key + "="))

    def greeting(self, query: Mapping[str, str]) -> str:
        """What the handshake must be answered with. Raises Forged."""
        self._check(query.get("signature", ""), query.get("timestamp", ""), query.get("nonce", ""))
        return query.get("echostr", "")

    def opened(self, query: Mapping[str, str], body: bytes) -> str:
        """The XML inside a post. Raises Forged, or BadInput when the outer body is no XML."""
        signature, timestamp = query.get("msg_signature", ""), query.get("timestamp", "")
        if not signature:
            raise Forged("no msg_signature: the account must be set to safe mode (安全模式)")
        encrypted = _encrypted(body)
        self._check(signature, timestamp, query.get("nonce", ""), encrypted)
        if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > WINDOW_SECONDS:
            raise Forged("the signature is too old, or this machine's clock is wrong")
        try:
            xml: str = self._crypto.decrypt(encrypted, self._app_id)
        except Exception as error:  # whatever the library meets in a body that was not made with our key
            raise Forged(f"cannot be opened with this app id and key ({type(error).__name__})") from error
        return xml

    def sealed(self, xml: str) -> str:
        """The XML of a passive reply, as the response must carry it."""
        timestamp, nonce = str(int(time.time())), str(secrets.randbelow(10**10))
        encrypted = self._crypto.encrypt(xml, self._app_id).decode()
        signature = self._signature(timestamp, nonce, encrypted)
        return (
            f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt><MsgSignature>{signature}</MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{nonce}</Nonce></xml>"
        )

    def _check(self, signature: str, *parts: str) -> None:
        if not hmac.compare_digest(self._signature(*parts).encode(), signature.encode("utf-8", "replace")):
            raise Forged("wrong signature")

    def _signature(self, *parts: str) -> str:
        joined = "".join(sorted([self._token, *parts]))
        return hashlib.sha1(joined.encode("utf-8", "replace")).hexdigest()


def _encrypted(body: bytes) -> str:
    try:
        outer = xmltodict.parse(body).get("xml")
    except (ExpatError, ValueError, RecursionError) as error:
        raise BadInput("the body is not XML") from error
    encrypted = outer.get("Encrypt") if isinstance(outer, dict) else None
    if not isinstance(encrypted, str):
        raise Forged("nothing encrypted in the body: the account must be set to safe mode (安全模式)")
    return encrypted
