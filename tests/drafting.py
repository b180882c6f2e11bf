"""A drafter beside a talk: what it is told, what it makes, and a model that says what a test wants.

model = SaysWhatWeWant("您好，保养约 580 元。", sources=["price:maintenance"])
makes_drafts(shop, model)
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.drafter import Drafter
from bot.house import House
from bot.model import Answer, Model, ModelUnavailable
from bot.settings import Settings
from core.messages import Bubble
from storage.ports import ports
from tests.chat import Advisor, Person, Shop


class SaysWhatWeWant:
    """A model of few words. Keeps what it was asked."""

    def __init__(self, reply: str, sources: tuple[str, ...] = ()) -> None:
        self.reply, self.sources = reply, sources
        self.asked: list[str] = []

    async def ask(self, rules: str, question: str, schema: Mapping[str, Any], *, within: float) -> Answer:
        self.asked.append(question)
        if not self.reply:
            raise ModelUnavailable("nothing to say")
        value = {"reply": self.reply, "sources": list(self.sources)}
        return Answer(value, "few-words", tokens_in=100, tokens_out=20, seconds=0.5)

    async def close(self) -> None:
        return


def house_of(shop: Shop, model: Model | None) -> House:
    settings = Settings(database_url=shop.database.url)
    return House(settings, shop.clock, shop.database, ports(""), model=model)


def makes_drafts(shop: Shop, model: Model | None = None) -> None:
    """What is wanted now is made."""

    async def drain() -> None:
        await Drafter(house_of(shop, model)).drain()
        if model is not None:
            await model.close()

    asyncio.run(drain())


def told_later(shop: Shop, person: Person) -> list[str]:
    """Everything the owner has been told, in order."""

    def read(crm: Any) -> list[str]:
        talk = crm.conversations.locked(person.channel, person.account)
        rows = crm.outbox.of_conversation(talk.id)
        return [Bubble.unpacked(crm.outbox.payload(row)).text for row in rows]

    return shop.do(read)


def writes(shop: Shop, advisor: Advisor, task_id: int, text: str) -> str:
    """An advisor's words on the task's page."""
    from core.errors import Refused
    from handlers.staff import write

    try:
        return shop.do(lambda crm: write(crm, crm.staff.get(advisor.key), task_id, text))
    except Refused as refusal:
        return str(refusal)
