"""Safe mode as the platform does it, written from its description and not from the product's library.

AES-256-CBC; the key is the base64 of EncodingAESKey + "=", the IV its first 16 bytes; PKCS#7 to blocks of 32
bytes. Inside: 16 random bytes, the length of the message as a big-endian uint32, the message, the app id.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class BadEnvelope(Exception):
    """Not encrypted or signed as agreed."""


class Envelope:
    """Seals and opens with one account's secrets."""

    def __init__(self, token: str, aes_key: str, app_id: str) -> None:
        assert len(aes_key) == 43, "an EncodingAESKey has 43 characters"
        self.token = token
        self.app_id = app_id
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def signature(self, *parts: str) -> str:
        """sha1 over the token and the parts, sorted and joined."""
        return hashlib.sha1("".join(sorted([self.token, *parts])).encode()).hexdigest()

    def encrypt(self, message: str) -> str:
        content = message.encode()
        plain = os.urandom(16) + struct.pack(">I", len(content)) + content + self.app_id.encode()
        missing = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted: str) -> str:
        decryptor = self._cipher.decryptor()
        try:
            padded = decryptor.update(base64.b64decode(encrypted, validate=True)) + decryptor.finalize()
        except ValueError as problem:
            raise BadEnvelope(f"cannot be decrypted: {problem}") from problem
        missing = padded[-1]
        if not 1 <= missing <= BLOCK or padded[-missing:] != bytes([missing]) * missing:
            raise BadEnvelope(f"padding of {missing} is not PKCS#7 with blocks of {BLOCK}")
        plain = padded[:-missing]
        (length,) = struct.unpack(">I", plain[16:20])
        message, app_id = plain[20 : 20 + length], plain[20 + length :].decode("utf-8", "replace")
        if app_id != self.app_id:
            raise BadEnvelope(f"app id {app_id!r} instead of {self.app_id!r}")
        return message.decode()

    def open_reply(self, body: str) -> str:
        """The message inside a passive reply, its signature checked."""
        found = {name: _element(body, name) for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")}
        absent = [name for name, value in found.items() if not value]
        if absent:
            raise BadEnvelope(f"a passive reply without {', '.join(absent)}: {body[:300]!r}")
        if found["MsgSignature"] != self.signature(found["TimeStamp"], found["Nonce"], found["Encrypt"]):
            raise BadEnvelope("MsgSignature does not fit")
        return self.decrypt(found["Encrypt"])


def _element(body: str, name: str) -> str:
    pattern = rf"<{name}>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))\s*</{name}>"
    match = re.search(pattern, body, re.DOTALL)
    return (match[1] or match[2] or "").strip() if match else ""
