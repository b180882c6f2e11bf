"""Signed bodies between us and a DMS: `t=<unix>,v1=<hex hmac-sha256 of "t.body">`."""

from __future__ import annotations

import hashlib
import hmac
import re

TOLERANCE = 300  # seconds by the machine's clock, back and ahead
_STAMP = re.compile(r"[0-9]{1,12}")


def signature(secret: str, body: bytes, at: int) -> str:
    """The header's value for a body sent at that second."""
    return f"t={at},v1={_digest(secret, body, str(at))}"


def is_signed(secret: str, body: bytes, header: str, now: float) -> bool:
    """Whether the header vouches for the body now. Without a secret nothing is signed."""
    parts = [part.strip().partition("=") for part in header.split(",")]
    stamp = next((value for name, _, value in parts if name == "t"), "")
    if not secret or not _STAMP.fullmatch(stamp) or abs(now - int(stamp)) > TOLERANCE:
        return False
    wanted = _digest(secret, body, stamp)
    return any(hmac.compare_digest(wanted.encode(), value.encode()) for name, _, value in parts if name == "v1")


def _digest(secret: str, body: bytes, stamp: str) -> str:
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
