"""Replies for when no model drafts one: chosen by what the owner's words are about, filled with facts only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from core.say import OwnerSay
from core.understanding import Understood, understand
from handlers.facts import Material

MOST = 3
_Template = Callable[[OwnerSay], str]
_BY_INTENT: dict[str, tuple[_Template, ...]] = {
    "ask_car_status": (OwnerSay.template_status,),
    "thanks": (OwnerSay.template_thanks,),
    "complaint": (OwnerSay.template_sorry, OwnerSay.template_call),
    "booking": (OwnerSay.template_time,),
    "reschedule": (OwnerSay.template_time,),
}


def replies(material: Material, say: OwnerSay, now: datetime) -> list[str]:
    """One to three of them, the likeliest first."""
    understood = understand(material.words, now)
    chosen = [
        *_facts_about(material, understood),
        *(template(say) for template in _BY_INTENT.get(understood.intent, ())),
        say.template_received(),
        say.template_call(),
    ]
    return list(dict.fromkeys(chosen))[:MOST]


def _facts_about(material: Material, understood: Understood) -> Iterable[str]:
    """Prices and hours as they are on record."""
    service = understood.slots.get("service")
    if understood.intent in ("ask_hours", "ask_address"):
        wanted = "hours:"
    elif understood.intent == "ask_price" and service:
        wanted = f"price:{service}"
    else:
        return []
    return [fact.text for fact in material.facts if fact.id.startswith(wanted)][:1]
