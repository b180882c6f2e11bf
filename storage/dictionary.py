"""The data dictionary: what every exported column means. A test fails when a column has no words here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, Table

COMMON = {
    "id": "number of the row",
    "owner_id": "the owner: id in owners.csv",
    "vehicle_id": "the car: id in vehicles.csv",
    "store_id": "the store: id in stores.csv",
    "staff_id": "the member of staff: id in staff.csv",
    "advisor_id": "the advisor: id in staff.csv",
    "technician_id": "the technician: id in staff.csv",
    "service_id": "the service: id in service_items.csv",
    "bay_id": "the bay: id in bays.csv",
    "appointment_id": "the appointment: id in appointments.csv",
    "conversation_id": "the talk: id in conversations.csv",
    "identity_id": "the chat account: id in identities.csv",
    "message_id": "the message that caused it: id in messages_in.csv",
    "task_id": "the task: id in tasks.csv",
    "outbox_id": "the message out: id in outbox.csv",
    "created_at": "when the row was made",
    "changed_at": "when it last changed",
    "at": "when it happened",
    "active": "1 while it is in use",
    "channel": "telegram, wechat, wecom, sms or web",
    "language": "the language they are answered in",
    "plate": "licence plate",
    "mileage_km": "odometer, kilometres",
    "name": "name",
    "level": "how urgent",
    "reason": "why, in the platform's or the product's words",
    "state": "what became of it",
    "status": "where it stands",
    "kind": "what kind it is",
    "address": "address",
    "phone": "phone, +86…",
    "code": "the short name used in commands and links",
    "since": "from when",
    "until": "until when; empty: still",
    "occurrence": "what makes it happen once only",
}
OF_TABLE = {
    "import_batch": {
        "kind": "owners, vehicles or visits",
        "file": "name of the file",
        "figures": "what the command printed",
    },
    "moved_group": {"old": "id of a Telegram group that moved", "new": "its id now"},
    "service_item": {
        "name_en": "name in English",
        "minutes": "how long it takes",
        "bay_type": "in which kind of bay",
        "price": "price in yuan",
        "skill": "what a technician must have; empty: any",
    },
    "shop_clock": {
        "offset_seconds": "how far the shop's clock is ahead of the machine's",
        "latest": "the shop's time when it was last kept",
        "marked_at": "the machine's time then",
    },
    "store": {
        "hours": "opening hours",
        "closed_weekdays": "weekdays it is closed on, Monday is 1",
        "staff_chat": "its own Telegram staff group",
    },
    "vehicle": {
        "vin": "vehicle identification number",
        "model": "model",
        "powertrain": "bev, phev or ice",
        "purchased_on": "day of purchase",
        "last_service_on": "day of the last maintenance",
        "due_on": "day the next maintenance is due",
    },
    "bay": {"number": "as painted on the floor", "type": "general, quick, alignment, bodywork, …"},
    "holiday": {"day": "closed on this day", "note": "why", "store_id": "the store; empty: all of them"},
    "staff": {
        "role": "advisor, manager, technician, operator, boss or it",
        "skills": "a technician's, comma-separated",
        "started_bot": "1 when the Telegram bot may write to them",
        "joined_at": "first day",
        "left_at": "last day; empty: still here",
    },
    "owner": {
        "status": "active, provisional (not yet known to be anybody on record) or merged",
        "phone_verified": "1 when the platform or a code vouched for it",
        "birthday": "date of birth",
        "source": "where they came from",
        "remarks": "what the staff noted",
        "grade": "diamond, gold, silver, normal, dormant or lost",
        "stage": "new, growing, mature, at_risk or lost",
        "churn_level": "none, watch, risk or high, as last raised",
        "phone_asked_at": "when they were last asked for the phone",
        "consent_asked_at": "when they were last asked for consent",
        "merged_into": "the owner that this record became part of",
    },
    "consent": {
        "purpose": "what for",
        "channel": "where; * for all channels",
        "given": "1 yes, 0 no; the newest row counts",
        "wording": "version of the text that was shown",
        "evidence": "how we know: message:17, batch:3, staff:2",
    },
    "identity": {"account": "the platform's id of the person", "reachable": "0 once they blocked or unfollowed"},
    "owner_vehicle": {"role": "owner, driver, payer or provisional"},
    "visit": {
        "number": "work order number",
        "visited_on": "day of the visit",
        "status": "open, completed or cancelled",
        "items": "what was done",
        "maintenance": "1 when the next due day counts from here",
        "amount": "amount in yuan",
        "rating": "1 to 5, by the owner",
    },
    "conversation": {
        "state": "where the talk stands",
        "person_until": "until when a person has the thread",
        "window_left": "messages that WeChat still takes",
        "window_until": "until when",
        "started_at": "first message",
        "last_in_at": "latest message of the owner",
    },
    "appointment": {
        "starts_at": "begin",
        "ends_at": "end",
        "status": "held, expired, booked, arrived, done, cancelled or no_show",
        "held_until": "until when it is kept while the owner decides",
        "price": "estimated price in yuan",
    },
    "message_in": {
        "kind": "text, choice, contact, follow, …",
        "text": "what they wrote or tapped",
        "raw": "the verified body as it came",
        "error": "what went wrong, if it did",
        "received_at": "when it was accepted",
    },
    "event": {
        "actor": "who: owner:5, staff:3, import:2 or system",
        "verb": "what happened",
        "noun": "to what",
        "noun_id": "its number",
        "detail": "which, in a word",
    },
    "task": {
        "facts": "what its card tells, JSON",
        "taken_by": "who took it: id in staff.csv",
        "taken_at": "when",
        "snoozed_until": "when it comes back",
        "outcome": "how it ended or stands",
        "version": "how often its cards changed",
    },
    "churn_alert": {"reasons": "why, JSON", "raised_at": "when it was raised"},
    "outbox": {
        "rank": "0 taps, 1 answers, 2 staff, 3 service, 5 marketing",
        "destination": "to whom",
        "chain": "what leaves one after the other",
        "payload": "what is sent, JSON",
        "due_at": "not before",
        "expires_at": "not after",
        "attempts": "how often it was tried",
        "claimed_by": "which sender has it",
        "claimed_until": "until when, in seconds of the machine's clock",
        "platform_id": "the platform's id of the sent message",
        "left_at": "when it left",
    },
    "post": {
        "place": "where the card stands",
        "message": "the platform's id of it",
        "version": "which version it shows",
        "posted_at": "since when",
    },
    "outbox_attempt": {"outcome": "retry, failed, …", "error": "the platform's words"},
    "step": {
        "journey": "which journey",
        "step": "which step of it",
        "decision": "send, skip, hold_out or task",
        "reason": "why it was skipped",
    },
    "link": {
        "purpose": "which page it opens",
        "subject": "number of what it is about",
        "expires_at": "not after",
        "opened_at": "when it was opened first",
    },
    "coupon": {
        "offer": "which offer of the policy",
        "percent": "what is still to pay, per cent; 0: no discount",
        "amount": "money off, in yuan",
        "cost": "what it counts in the budget, in yuan",
        "status": "offered, claimed, redeemed, revoked or expired",
        "valid_until": "end of its last day",
        "claimed_at": "when the owner took it",
        "redeemed_at": "when it was used",
        "redeemed_by": "who redeemed it: id in staff.csv",
        "redeemed_store_id": "where: id in stores.csv",
        "revoked_why": "why it was taken back",
    },
    "offer_budget": {
        "offer": "which offer",
        "month": "calendar month, 2026-11",
        "spent": "what its coupons count together, in yuan",
    },
    "draft": {
        "state": "wanted, making, ready, sent, discarded or dropped",
        "why": "why it was dropped: moved_on, expired, answered, taken",
        "replies": "what the card offers, and what in it no fact supports, JSON",
        "sources": "what it was made from, JSON",
        "made_by": "model or template",
        "model": "which model",
        "trouble": "why it is not a model's",
        "seconds": "how long it took",
        "tokens_in": "tokens that the model read",
        "tokens_out": "tokens that it wrote",
        "edits": "how often a person wrote it anew",
        "edited_by": "who did last: id in staff.csv",
        "distance": "characters changed between the draft and what was sent",
        "answered_by": "who sent or discarded it: id in staff.csv",
        "tries": "how often a drafter began",
        "claimed_by": "the process that makes it",
        "claimed_until": "until when it has it, seconds of the machine's clock",
    },
}  # fmt: skip


def meaning(table: Table, shown: str) -> str:
    """Of the column as it is named in the file; "" when there are no words for it, which a test forbids."""
    return OF_TABLE.get(table.name, {}).get(shown) or COMMON.get(shown, "")


def form(column: Column[Any]) -> str:
    """How its values are written."""
    if column.name.endswith("_fen"):
        return "yuan, as in 580.50"
    for kind, words in (
        (Boolean, "0 or 1"),
        (Integer, "number"),
        (Float, "number"),
        (Date, "YYYY-MM-DD"),
    ):
        if isinstance(column.type, kind):
            return words
    return "ISO 8601 with offset" if isinstance(getattr(column.type, "impl", None), DateTime) else "text"
