"""Codes that people read out and type: of coupons, and of those who bring friends."""

from __future__ import annotations

import re
import unicodedata

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread or misheard for another
COUPON_LENGTH, REFERRAL_LENGTH = 10, 6
_ONE = f"[{LETTERS}]"
_COUPON = re.compile(rf"(?<![A-Z0-9]){_ONE}{{5}}[ \-·.]*{_ONE}{{5}}(?![A-Z0-9])", re.I)
_WHOLE = re.compile(f"{_ONE}{{{COUPON_LENGTH}}}", re.I)
_IN_ADDRESS = re.compile(r"^.*[?&]code=", re.S)
_INVITED = re.compile(
    rf"(?:介绍码|推荐码|邀请码|REFERRAL CODE|INVITE CODE|INVITATION CODE)\s*(?:是|为|IS)?\s*[:,]?\s*"
    rf"(?:R-)?({_ONE}{{{REFERRAL_LENGTH}}})(?![A-Z0-9])"
)
_BARE = re.compile(rf"(?:R-)?({_ONE}{{{REFERRAL_LENGTH}}})")
_GAPS = re.compile(r"[ \-·.]")


def grouped(code: str) -> str:
    """ABCDEFGHJK → ABCDE FGHJK, to be read out."""
    return f"{code[:5]} {code[5:]}"


def coupon_code(text: str) -> str | None:
    """The coupon's code in what somebody typed or scanned: any case, full-width, with gaps, in words or an address."""
    plain = _IN_ADDRESS.sub("", _plain(text))
    bare = _GAPS.sub("", plain).strip(":,")
    found = _WHOLE.fullmatch(bare) or _COUPON.search(plain)
    return _GAPS.sub("", found[0]).upper() if found else None


def without_code(text: str) -> str:
    """What was said beside the code."""
    return _COUPON.sub(" ", _plain(text), count=1).strip(" :,。.")


def referral_code(text: str) -> str | None:
    """The code that a friend typed after 介绍码."""
    found = _INVITED.search(_plain(text).upper())
    return found[1] if found else None


def maybe_referral_code(text: str) -> str | None:
    """The same where it is all they typed: only the store knows whether it is one."""
    found = _BARE.fullmatch(_plain(text).upper().strip())
    return found[1] if found else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:200])
