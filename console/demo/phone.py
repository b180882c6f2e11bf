"""The owner's phone: what was said on it so far, and the first greeting."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from core.messages import Bubble, Inbound, Kind
from core.say.page import PageSay
from handlers import receive
from storage.crm import Crm
from storage.links import BOOKING

FIRST_ON_RECORD = 1


def greet(crm: Crm, account: str, language: str) -> None:
    """The phone's owner follows the shop, in that language; once per language."""
    talk = crm.conversations.locked("web", account)
    if talk.language != language:
        talk.language = language
        crm.conversations.save(talk)
    receive(crm, Inbound("web", f"{account}:follow-{language}", account, Kind.FOLLOW))


def talk_of(crm: Crm, account: str, language: str) -> list[dict[str, Any]]:
    """Both sides of the talk, in order: `{"id","who","text","day","time","choices"}`; ids are the web chat's."""
    identity = crm.identities.find("web", account)
    talk = crm.conversations.of_identity(identity.key) if identity else None
    if talk is None:
        return []
    say = PageSay(language, crm.shop.zone)
    said: list[tuple[Any, dict[str, Any]]] = []
    for message in crm.messages.of_conversation(talk.key):
        if message.kind in (Kind.TEXT, Kind.CHOICE):
            words = {"id": 0, "who": "owner", "text": crm.messages.text(message), "choices": []}
            said.append(((message.received_at, 0, message.id), words | _when(say, message.received_at)))
    for row in crm.outbox.of_conversation(talk.key):
        bubble = Bubble.unpacked(crm.outbox.payload(row))
        choices = [{"id": choice.id, "text": choice.label} for choice in bubble.choices]
        words = {"id": row.id, "who": "shop", "text": bubble.text, "choices": choices}
        said.append(((row.created_at, 1, row.id), words | _when(say, row.created_at)))
    return [words for _, words in sorted(said, key=lambda one: one[0])]


def _when(say: PageSay, moment: datetime) -> dict[str, str]:
    return {"day": say.day(moment.astimezone(say.zone).date()), "time": say.clock(moment)}


def last_said(crm: Crm, account: str) -> int:
    """The id of the newest bubble on the phone."""
    identity = crm.identities.find("web", account)
    talk = crm.conversations.of_identity(identity.key) if identity else None
    rows = crm.outbox.of_conversation(talk.key) if talk else []
    return rows[-1].id if rows else 0


def known_as(crm: Crm, account: str) -> str:
    """The name on the record that the phone is linked to; empty for a stranger."""
    identity = crm.identities.find("web", account)
    owner = crm.owners.get(identity.owner_id) if identity and identity.owner_id else None
    return owner.name if owner and owner.status == "active" else ""


def booking_page(crm: Crm, account: str) -> str:
    """The token of a booking page for the phone's owner; a stranger is lent the first on record."""
    identity = crm.identities.find("web", account)
    owner_id = identity.owner_id if identity and identity.owner_id else FIRST_ON_RECORD
    return crm.links.ready(BOOKING, owner_id, crm.shop.policy.link_life)
