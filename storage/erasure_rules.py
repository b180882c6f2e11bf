"""What becomes of each table's rows when an owner is forgotten.

`RULES` names each table that belongs to owners or keeps something sealed. Amounts and work orders stay, as the law
wants them, and tell of nobody. A test fails when a table or a sealed column has no rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ERASED = "erased"
NOTHING_SEALED = "nothing, sealed"


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes of a table's rows: columns that are set to a value, or nothing at all, or the row goes."""

    sets: Mapping[str, Any] = field(default_factory=dict)
    deletes: bool = False


KEEPS = Rule()
GOES = Rule(deletes=True)
RULES: dict[str, Rule] = {  # in this order: what points to a row goes before it
    "touched": GOES,
    "owner_figures": GOES,
    "late_card": GOES,
    "draft": GOES,
    "sms_question": GOES,
    "phone_code": GOES,
    "link": GOES,
    "subscribe_token": GOES,
    "notice_offer": GOES,
    "mass_member": GOES,
    "recommendation": GOES,
    "opportunity": GOES,
    "profile_question": GOES,
    "time_offer": GOES,
    "waiting": GOES,
    "tag": GOES,
    "medium": GOES,
    "question": GOES,
    "owner_vehicle": GOES,
    "prediction": GOES,
    "rating": Rule({"words_sealed": None}),
    "survey": Rule({"words_sealed": None}),
    "ticket": Rule({"decision_sealed": None}),
    "ticket_note": Rule({"text_sealed": None}),
    "errand": Rule({"where_sealed": None}),
    "dms_event": Rule({"body_sealed": None}),
    "event": Rule({"detail": ""}),
    "outbox": Rule({"payload_sealed": NOTHING_SEALED, "kind": ERASED, "platform_id": ""}),
    "message_in": Rule({"text_sealed": None, "raw_sealed": NOTHING_SEALED, "error": ""}),
    "task": Rule({"facts": "{}", "conversation_id": None}),
    "approval": Rule({"why": "", "gift": ""}),
    "appointment": Rule({"plate": "", "conversation_id": None}),
    "conversation": Rule({"state_sealed": None, "pushed_sealed": None, "person_until": None}),
    "identity": Rule({"owner_id": None}),  # and its account, by storage/erasures.py
    "vehicle": Rule({"plate": None, "vin_sealed": None, "vin_hash": None}),
    "owner": Rule(
        {
            "name": "",
            "phone_sealed": None,
            "phone_hash": None,
            "phone_verified": False,
            "address_sealed": None,
            "birthday": None,
            "birthday_set_at": None,
            "remarks": "",
            "source": "",
            "advisor_id": None,
            "churn_level": "none",
            "phone_asked_at": None,
            "consent_asked_at": None,
        }
    ),
    "visit": KEEPS,  # day, work and amount, of nobody
    "consent": KEEPS,  # evidence of what was allowed, of nobody
    "coupon": KEEPS,  # revoked before
    "referral": KEEPS,
    "referral_code": KEEPS,
    "extra_item": KEEPS,
    "step": KEEPS,
    "churn_alert": KEEPS,
    "grade_change": KEEPS,  # how grades moved, of nobody
    "erasure": KEEPS,
    "forgotten": KEEPS,
    "store": KEEPS,  # the shop's own secret
}
