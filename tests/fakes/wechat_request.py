"""What the platform posts to the product: XML, sealed and signed."""

from __future__ import annotations

import secrets
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from tests import web
from tests.fakes.wechat_crypto import BadEnvelope, Envelope

LONGEST_TEXT = 2048
Value = str | int | float | dict[str, "Value"] | list["Value"]


@dataclass(frozen=True)
class WeChatRequest:
    """One POST, ready to be sent, repeated or tampered with."""

    xml: str
    """The message before it was sealed."""
    openid: str
    query: dict[str, str]
    body: bytes

    def tampered(self, **query: str | None) -> WeChatRequest:
        """With other query parameters; None leaves one out."""
        changed = {k: v for k, v in (self.query | query).items() if v is not None}
        return replace(self, query=changed)

    def with_body(self, body: bytes) -> WeChatRequest:
        return replace(self, body=body)


@dataclass(frozen=True)
class Attempt:
    """One try to deliver, with what came back before the deadline."""

    answer: web.Answer
    seconds: float

    in_time: bool


@dataclass(frozen=True)
class PassiveReply:
    msgtype: str
    text: str
    fields: dict[str, str]


def message_xml(fields: dict[str, Value]) -> str:
    """`<xml>` with text in CDATA and numbers bare, as the platform writes it."""
    return f"<xml>{''.join(_element(name, value) for name, value in fields.items())}</xml>"


def sealed(envelope: Envelope, account: str, openid: str, xml: str) -> WeChatRequest:
    """Encrypted anew, with a nonce and a timestamp of its own."""
    encrypted = envelope.encrypt(xml)
    timestamp, nonce = str(int(time.time())), str(secrets.randbelow(2**31))
    query = {
        "signature": envelope.signature(timestamp, nonce),
        "timestamp": timestamp,
        "nonce": nonce,
        "openid": openid,
        "encrypt_type": "aes",
        "msg_signature": envelope.signature(timestamp, nonce, encrypted),
    }
    body = message_xml({"ToUserName": account, "Encrypt": encrypted}).encode()
    return WeChatRequest(xml, openid, query, body)


def post(url: str, request: WeChatRequest, deadline: float) -> Attempt:
    """Send it; the connection is cut after `deadline` seconds."""
    started = time.monotonic()
    headers = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0", "Pragma": "no-cache"}
    answer = web.request("POST", f"{url}?{urlencode(request.query)}", request.body, headers, deadline)
    seconds = time.monotonic() - started
    return Attempt(answer, seconds, answer.status != 0 and seconds <= deadline)


def passive_reply(envelope: Envelope, account: str, openid: str, body: str) -> PassiveReply | None:
    """What the body says; None for the empty body and `success`; BadEnvelope for anything wrong."""
    if body in {"", "success"}:
        return None
    xml = envelope.open_reply(body)
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as problem:
        raise BadEnvelope(f"not XML: {problem}: {xml[:300]!r}") from problem
    fields = {element.tag: "".join(element.itertext()) for element in root}
    if fields.get("ToUserName") != openid or fields.get("FromUserName") != account:
        raise BadEnvelope(f"to {fields.get('ToUserName')!r} from {fields.get('FromUserName')!r}")
    if not fields.get("CreateTime", "").isdigit():
        raise BadEnvelope("CreateTime is not a number")
    msgtype = fields.get("MsgType", "")
    if msgtype not in {"text", "image", "voice", "video", "music", "news"}:
        raise BadEnvelope(f"MsgType {msgtype!r}")
    text = fields.get("Content", "")
    if msgtype == "text" and not 1 <= len(text.encode()) <= LONGEST_TEXT:
        raise BadEnvelope(f"Content of {len(text.encode())} bytes")
    return PassiveReply(msgtype, text, fields)


def _element(name: str, value: Value) -> str:
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(*child) for child in value.items())}</{name}>"
    if isinstance(value, int | float):
        return f"<{name}>{value}</{name}>"
    return f"<{name}><![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"
