"""Sealing of identifying fields, and the keyed hash by which they are still found.

A key is written `id:base64`, ids are numbers; several are separated by commas and the first one is current.
From each secret two keys are derived, one to seal and one to index, so that an index never helps to unseal.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32
NONCE_BYTES = 12
INDEX_BYTES = 16


class KeyProblem(Exception):
    """The encryption keys cannot be used, and the text says why and what to do."""


@dataclass(frozen=True)
class Key:
    """One secret, its number, and the two keys derived from it."""

    number: int
    secret: bytes = field(repr=False)

    @cached_property
    def sealing(self) -> AESGCM:
        return AESGCM(self._derive(b"huiche seal"))

    @cached_property
    def index(self) -> bytes:
        return self._derive(b"huiche index")

    def _derive(self, purpose: bytes) -> bytes:
        return HKDF(hashes.SHA256(), 32, salt=None, info=purpose).derive(self.secret)

    def __str__(self) -> str:
        return f"{self.number}:{base64.b64encode(self.secret).decode()}"


class Keys:
    """The keys of one installation: seals with the current one, unseals with any."""

    def __init__(self, keys: tuple[Key, ...]) -> None:
        self.all = keys
        self.current = keys[0]
        self._by_number = {key.number: key for key in keys}

    @classmethod
    def parse(cls, text: str) -> Keys:
        """Read the setting's value. Raises KeyProblem."""
        parts = (part.strip() for part in text.split(","))
        keys = tuple(dict.fromkeys(_parse_key(part) for part in parts if part))
        if not keys:
            raise KeyProblem("no encryption key: create one with `huiche keys new`")
        if len({key.number for key in keys}) < len(keys):
            raise KeyProblem("two encryption keys have the same number")
        return cls(keys)

    @classmethod
    def new(cls, *, after: Keys | None = None) -> Keys:
        """A fresh current key, in front of those there are."""
        number = max((key.number for key in after.all), default=0) + 1 if after else 1
        return cls((Key(number, secrets.token_bytes(SECRET_BYTES)), *(after.all if after else ())))

    def __str__(self) -> str:
        return ",".join(map(str, self.all))

    def seal(self, text: str | bytes, what: str) -> bytes:
        """Encrypt for the field named `what` ("owner.phone"); the name must be the same to unseal."""
        plain = text.encode() if isinstance(text, str) else text
        nonce = os.urandom(NONCE_BYTES)
        head = self.current.number.to_bytes(4, "big")
        return head + nonce + self.current.sealing.encrypt(nonce, plain, what.encode())

    def unseal(self, sealed: bytes, what: str) -> str:
        return self.unseal_bytes(sealed, what).decode()

    def unseal_bytes(self, sealed: bytes, what: str) -> bytes:
        """Raises KeyProblem when the key is missing or the data was changed or belongs to another field."""
        number, nonce, body = int.from_bytes(sealed[:4], "big"), sealed[4:16], sealed[16:]
        key = self._by_number.get(number)
        if key is None:
            raise KeyProblem(f"encryption key {number} is missing: put it back into HUICHE_ENCRYPTION_KEYS")
        try:
            return key.sealing.decrypt(nonce, body, what.encode())
        except (InvalidTag, ValueError) as error:
            raise KeyProblem(f"a sealed {what} does not open with key {number}") from error

    def is_current(self, sealed: bytes) -> bool:
        return int.from_bytes(sealed[:4], "big") == self.current.number

    def index(self, value: str, what: str) -> bytes:
        """The keyed hash under which a value is stored now."""
        return _index(self.current, value, what)

    def indexes(self, value: str, what: str) -> list[bytes]:
        """Every keyed hash under which a value may be stored, newest first, for look-up while keys rotate."""
        return [_index(key, value, what) for key in self.all]


def _index(key: Key, value: str, what: str) -> bytes:
    return hmac.digest(key.index, f"{what}\0{value}".encode(), hashlib.sha256)[:INDEX_BYTES]


def _parse_key(text: str) -> Key:
    number, _, encoded = text.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        secret = b""
    if not number.isdecimal() or not 0 < int(number) < 2**32 or len(secret) != SECRET_BYTES:
        raise KeyProblem("an encryption key looks like 1:BASE64 with 32 bytes: create one with `huiche keys new`")
    return Key(int(number), secret)
