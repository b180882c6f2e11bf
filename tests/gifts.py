"""Coupons in talks: who has a birthday, what the shop sent by itself, and an advisor in a private chat."""

from __future__ import annotations

from datetime import date

import handlers
from core.messages import Bubble, Inbound, Kind
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop


def born(shop: Shop, name: str, birthday: str, *, channel: str = "web", consent: bool = True) -> Person:
    """Somebody on record with a birthday, whose chat is bound."""
    account = f"account-of-{name}"

    def record(crm: Crm) -> None:
        owner = crm.owners.add(name, store_id=1, birthday=date.fromisoformat(birthday))
        crm.identities.give_to_owner(channel, account, owner.key)
        if consent:
            crm.consents.write(owner.key, MARKETING, "*", True)

    shop.do(record)
    if channel == "wechat":
        shop.opens_window(account)
    return Person(shop, account, channel)


def hears(shop: Shop, person: Person) -> str:
    """What the shop sent last without being asked; it can be tapped then."""

    def sent(crm: Crm) -> list[Bubble]:
        identity = crm.identities.find(person.channel, person.account)
        talk = crm.conversations.of_identity(identity.key) if identity else None
        rows = crm.outbox.of_conversation(talk.key) if talk else []
        return [Bubble.unpacked(crm.outbox.payload(row)) for row in rows if row.rank > 1]

    bubbles = shop.ask(sent)
    person.bubbles += bubbles
    return bubbles[-1].text if bubbles else ""


def greeted(shop: Shop, person: Person) -> str:
    """The day's tick, and the greeting."""
    shop.tick()
    return hears(shop, person)


class Desk:
    """A member of staff in a private chat with the bot."""

    def __init__(self, shop: Shop, name: str, role: str = "advisor", store: int = 1) -> None:
        self.shop, self.account = shop, f"desk-of-{name}"
        self.key = shop.do(lambda crm: crm.staff.add(name, role, store, telegram=self.account).key)

    def says(self, text: str) -> str:
        """What the bot answers in that chat."""
        key = f"k{next(self.shop.keys)}"
        inbound = Inbound("telegram", key, self.account, Kind.TEXT, text=text, raw=b"{}")
        heard = self.shop.do(lambda crm: handlers.receive(crm, inbound, engine=self.shop.engine))
        rows = self.shop.ask(
            lambda crm: [Bubble.unpacked(crm.outbox.payload(r)) for r in crm.outbox.of_message(heard.message_id)]
        )
        return "\n".join(bubble.text for bubble in rows)
