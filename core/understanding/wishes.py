"""A discount or gift in words: 8折, 88折, 减100元, 送雨刮; 20% off. "discount 80%" is what is still to pay."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.approvals import Wish

_ZHE = re.compile(r"(?:打)?(?P<n>\d(?:\.\d)?|[1-9]\d)\s*折")
_PERCENT = re.compile(r"(?P<n>\d{1,3})\s*%\s*(?P<off>off)?", re.I)
_GIFT = re.compile(r"(?:赠送|送|赠|\bgift:?)\s*(?P<gift>[^\s，,。；;]{1,20})", re.I)
_MONEY = re.compile(
    r"(?:减免?|优惠|便宜|抵|[¥￥])\s*(?P<a>\d{1,6}(?:\.\d{1,2})?)\s*(?:元|块)?"
    r"|(?P<b>\d{1,6}(?:\.\d{1,2})?)\s*(?:元|块|yuan)",
    re.I,
)
_BARE = re.compile(r"^\s*(?P<a>\d{2,6})(?=\s|$)")  # discount 100 …
_MOSTLY = 50  # per cent: from here on a bare per cent is what is still to pay


def wish_in(words: str) -> tuple[Wish, str]:
    """The wish, and the words without it: the reason. An empty wish when there is none."""
    rest, percent = _take(words, _ZHE, lambda found: 100 - _to_pay(found["n"]))
    if not percent:
        rest, percent = _take(rest, _PERCENT, _off)
    rest, yuan = _take(rest, _MONEY, lambda found: round(float(found["a"] or found["b"]) * 100))
    if not percent and not yuan:
        rest, yuan = _take(rest, _BARE, lambda found: int(found["a"]) * 100)
    gift = _GIFT.search(rest)
    if gift:
        rest = rest[: gift.start()] + " " + rest[gift.end() :]
    return Wish(percent, yuan, gift["gift"] if gift else ""), " ".join(rest.strip(" ,，。:：").split())


def _take(words: str, pattern: re.Pattern[str], value: Callable[[re.Match[str]], int]) -> tuple[str, int]:
    found = pattern.search(words)
    return (words[: found.start()] + " " + words[found.end() :], value(found)) if found else (words, 0)


def _to_pay(said: str) -> int:
    """8 → 80, 8.8 → 88, 88 → 88 per cent."""
    amount = float(said)
    return round(amount * 10) if amount < 10 else round(amount)


def _off(found: re.Match[str]) -> int:
    amount = min(100, int(found["n"]))
    return amount if found["off"] or amount < _MOSTLY else 100 - amount
