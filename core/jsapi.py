"""What vouches for a page of ours to WeChat's script: sha1 over the account's ticket and the address."""

from __future__ import annotations

import hashlib


def signature(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """In hex. `url`: as the browser shows it, query included; what stands behind # does not count."""
    address = url.partition("#")[0]
    whole = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={address}"
    return hashlib.sha1(whole.encode()).hexdigest()
