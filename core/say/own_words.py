"""A shop's own wording of some texts to owners: the same values in the shop's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from inspect import Signature, signature
from string import Formatter
from typing import Any

from core.say.words import Words

LANGUAGES = ("zh", "en")
CHANGEABLE = (
    "welcome",
    "may_we_write",
    "person_called",
    "opted_out",
    "thanks",
    "birthday_greeting",
    "birthday_wishes",
    "coupon_claimed",
    "coupon_expiring",
    "long_not_seen",
    "how_was_it",
    "thanks_for_best",
    "thanks_for_good",
    "sorry_for_low",
    "missed",
    "referral_offer",
    "referral_thanks",
    "friend_welcome",
)
NEEDED = ("code",)  # an owner who is not told it has nothing


def speak(say: Words, texts: Mapping[str, str]) -> None:
    """From now on this catalogue says those texts, by the names of its methods, in the shop's words."""
    for name, text in texts.items():
        setattr(say, name, _spoken(say, text, signature(getattr(say, name))))


def values_of(catalogue: type[Words], name: str) -> tuple[str, ...]:
    """What may stand between braces in that text."""
    return tuple(list(signature(getattr(catalogue, name)).parameters)[1:])


def _spoken(say: Words, text: str, values: Signature) -> Callable[..., str]:
    def spoken(*given: Any, **named: Any) -> str:
        told = values.bind(*given, **named).arguments
        shown = {name: _shown(say, value) for name, value in told.items()}
        return "".join(before + shown.get(name or "", "") for before, name, _, _ in Formatter().parse(text))

    return spoken


def _shown(say: Words, value: object) -> str:
    if isinstance(value, datetime):
        return say.moment(value)
    return say.day(value) if isinstance(value, date) else str(value)
