"""The data dictionary: what every exported column means, a file for each part of the product.

A test fails when a column has no words here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, Table

from core.joined import joined
from storage.dictionary import care, desk, foretold, people, shop, talks

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
OF_TABLE: dict[str, dict[str, str]] = joined(*(part.TABLES for part in (shop, people, care, talks, desk, foretold)))


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
