"""The booking talk that every server is driven with, as real-looking platform payloads."""

import base64
import hashlib
import json
import os
import struct
import time
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

TELEGRAM_TOKEN = "123456789:AAF-benchmark-token-of-forty-six-letters"
TELEGRAM_SECRET = "bench-secret"
TELEGRAM_STAFF_CHAT = -1001234567890
WECHAT_APP_ID = "wx0123456789abcdef"
WECHAT_TOKEN = "bench-token"
WECHAT_AES_KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")

DONE = "已为您预约"
BAYS = 40
DAYS = 30
HOURS = ("上午9点", "上午10点", "上午11点", "下午1点", "下午2点", "下午3点", "下午4点", "下午5点")


def turns(talk: int) -> tuple[str, ...]:
    """What the owner of this talk writes; cars differ, and times spread so that all can be booked."""
    day = datetime.now(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=1 + talk // len(HOURS) % DAYS)
    return (
        "我要保养",
        f"粤B{talk % 100_000:05d}",
        f"{day.month}月{day.day}日{HOURS[talk % len(HOURS)]}",
        "跳过",
        "确认",
    )


def telegram_chat(talk: int) -> int:
    return 5_000_000_000 + talk


def telegram_request(talk: int, turn: int, text: str) -> bytes:
    person = {"id": telegram_chat(talk), "first_name": "明", "last_name": "李"}
    update = {
        "update_id": talk * 10 + turn,
        "message": {
            "message_id": turn * 2 + 1,
            "from": {**person, "is_bot": False, "language_code": "zh-hans"},
            "chat": {**person, "type": "private"},
            "date": int(time.time()),
            "text": text,
        },
    }
    header = f"X-Telegram-Bot-Api-Secret-Token: {TELEGRAM_SECRET}\r\n"
    return _post("/telegram/webhook", "application/json", json.dumps(update).encode(), header)


def wechat_request(talk: int, turn: int, text: str) -> bytes:
    now, nonce = str(int(time.time())), str(talk * 10 + turn)
    openid = f"oBench{talk:022d}"
    secret = _encrypt(
        f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[{openid}]]></FromUserName>"
        f"<CreateTime>{now}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>"
        f"<MsgId>{24_000_000_000_000_000 + talk * 10 + turn}</MsgId></xml>"
    )
    query = {
        "signature": _sign(WECHAT_TOKEN, now, nonce),
        "timestamp": now,
        "nonce": nonce,
        "openid": openid,
        "encrypt_type": "aes",
        "msg_signature": _sign(WECHAT_TOKEN, now, nonce, secret),
    }
    body = f"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[{secret}]]></Encrypt></xml>"
    return _post(f"/wechat?{urlencode(query)}", "text/xml", body.encode())


def wechat_reply(body: bytes) -> str:
    """The XML inside an encrypted passive reply."""
    secret = body.partition(b"<Encrypt>")[2].partition(b"</Encrypt>")[0]
    data = base64.b64decode(secret.replace(b"<![CDATA[", b"").replace(b"]]>", b""))
    decryptor = _cipher().decryptor()
    clear = decryptor.update(data) + decryptor.finalize()
    (length,) = struct.unpack(">I", clear[16:20])
    return clear[20 : 20 + length].decode()


def _post(path: str, content_type: str, body: bytes, header: str = "") -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _cipher() -> Cipher[CBC]:
    key = base64.b64decode(WECHAT_AES_KEY + "=")
    return Cipher(AES(key), CBC(key[:16]))


def _encrypt(xml: str) -> str:
    clear = os.urandom(16) + struct.pack(">I", len(xml.encode())) + xml.encode() + WECHAT_APP_ID.encode()
    pad = 32 - len(clear) % 32
    encryptor = _cipher().encryptor()
    return base64.b64encode(encryptor.update(clear + bytes([pad]) * pad) + encryptor.finalize()).decode()


def _sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()
