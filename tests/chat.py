"""The driver of talks: a shop with people in it, on a real store, without a network."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import handlers
import journeys
from core.clock import StoppedClock
from core.errors import Refused
from core.messages import Bubble, Card, Inbound, Kind
from core.shop import Shop as ShopFacts
from flows import ENGINE
from handlers.cards import card
from handlers.staff import act
from storage.crm import Crm
from storage.crypto import Keys
from storage.db import Database
from storage.migrate import migrate
from storage.tasks import Task

T = TypeVar("T")
_EMPTY: list[bytes] = []  # a migrated SQLite file
MONDAY = "2026-11-23 10:00"


class Shop:
    """A shop at one moment. `owner`, `advisor` and `stranger` make people; `time_is` moves the clock."""

    def __init__(self, url: str, *, now: str = MONDAY, stores: tuple[str, ...] = ("深圳南山店",)) -> None:
        facts = ShopFacts(staff_page=True)
        self.zone = facts.zone
        self.clock = StoppedClock(self.moment(now))
        self.database = Database(url, Keys.new(), self.clock, facts)
        _migrated(self.database)
        for number, name in enumerate(stores, 1):
            self.do(lambda crm, n=number, s=name: crm.stores.add(f"s{n}", s, bays={"general": 2, "quick": 1}))  # type: ignore[misc]
        self.engine = ENGINE
        self.keys = itertools.count(1)

    def __enter__(self) -> Shop:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()

    def do(self, change: Callable[[Crm], T]) -> T:
        return self.database.transact(change)

    def ask(self, question: Callable[[Crm], T]) -> T:
        return self.database.read(question)

    def moment(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)

    def time_is(self, text: str) -> None:
        self.clock.advance_to(self.moment(text))

    def stranger(self, account: str = "stranger-1", channel: str = "web") -> Person:
        return Person(self, account, channel)

    def owner(
        self, name: str, *, plate: str = "", phone: str = "", last_visit: str = "", due: str = "", account: str = ""
    ) -> Person:
        """Somebody on record; with `account`, their chat is bound already."""
        self.do(lambda crm: _record(crm, name, plate, phone, last_visit, due, account))
        return Person(self, account or f"account-of-{name}", "web")

    def opens_window(self, account: str) -> None:
        """That account of WeChat has just written."""

        def opened(crm: Crm) -> None:
            talk = crm.conversations.locked("wechat", account)
            talk.window_left, talk.window_until = 5, crm.now + timedelta(hours=48)
            crm.conversations.save(talk)

        self.do(opened)

    def advisor(self, name: str, role: str = "advisor") -> Advisor:
        return Advisor(self, self.do(lambda crm: crm.staff.add(name, role, 1)).key, name)

    def tick(self) -> list[journeys.TickItem]:
        return self.do(journeys.tick)

    def cards(self, kind: str = "") -> list[Card]:
        """What the staff group shows, oldest first, finished work included."""
        return self.ask(lambda crm: [card(crm, task) for task in _tasks(crm) if kind in ("", task.kind)])

    @property
    def appointments(self) -> list[tuple[str, str, str]]:
        """(local start, plate, status) of everything that is listed."""
        return self.ask(
            lambda crm: [
                (f"{a.starts_at.astimezone(self.zone):%m-%d %H:%M}", a.plate, a.status)
                for o in range(1, 500)
                for a in reversed(crm.appointments.of_owner(o))
            ]
        )

    def verbs(self) -> list[str]:
        return self.ask(lambda crm: [event.verb for event in crm.events.latest(500)])


class Person:
    """An owner with a phone in hand."""

    def __init__(self, shop: Shop, account: str, channel: str) -> None:
        self.shop, self.account, self.channel = shop, account, channel
        self.bubbles: list[Bubble] = []
        self.last_inbound: Inbound | None = None

    def says(self, text: str) -> str:
        """Everything that is answered, in one text."""
        return self._sends(Kind.TEXT, text=text)

    def starts(self, intent: str) -> str:
        """Tap a menu button that stands for an intent."""
        return self._sends(Kind.CHOICE, choice=f"0:go={intent}")

    def taps(self, label: str) -> str:
        """Tap a choice by its label, the newest one that carries it."""
        for bubble in reversed(self.bubbles):
            for choice in bubble.choices:
                if label in choice.label:
                    return self._sends(Kind.CHOICE, choice=choice.id)
        raise AssertionError(f"no choice {label!r} among {[c.label for b in self.bubbles for c in b.choices]}")

    def sends_choice(self, choice: str) -> str:
        """Tap a button by its id, whether it was ever shown or not."""
        return self._sends(Kind.CHOICE, choice=choice)

    def shares_phone(self, phone: str) -> str:
        return self._sends(Kind.CONTACT, phone=phone)

    def sends_location(self, place: str) -> str:
        return self._sends(Kind.LOCATION, text=place)

    def sends_photo(self, handle: str, caption: str = "") -> str:
        return self._sends(Kind.PHOTO, media=handle, text=caption)

    def does(self, kind: Kind) -> str:
        return self._sends(kind)

    def repeats(self) -> str:
        """The platform delivers the last message again."""
        assert self.last_inbound is not None
        return self._heard(self.last_inbound)

    def was_told(self) -> str:
        """The newest thing that the shop wrote by itself; its buttons can be tapped from now on."""
        bubble = self.shop.ask(lambda crm: _newest(crm, self.channel, self.account))
        self.bubbles.append(bubble)
        return bubble.text

    @property
    def choices(self) -> list[str]:
        return [choice.label for choice in self.bubbles[-1].choices]

    def _sends(self, kind: Kind, *, text: str = "", choice: str = "", phone: str = "", media: str = "") -> str:
        key = f"k{next(self.shop.keys)}"
        self.last_inbound = Inbound(
            self.channel, key, self.account, kind, text=text, choice=choice, phone=phone, media=media, raw=b"{}"
        )
        return self._heard(self.last_inbound)

    def _heard(self, inbound: Inbound) -> str:
        heard = self.shop.do(lambda crm: handlers.receive(crm, inbound, engine=self.shop.engine))
        replies = heard.replies or self.shop.ask(lambda crm: _waiting(crm, heard.message_id))
        self.bubbles += replies
        return "\n".join(bubble.text for bubble in replies)


class Advisor:
    """A member of staff in front of the group."""

    def __init__(self, shop: Shop, key: int, name: str) -> None:
        self.shop, self.key, self.name = shop, key, name

    def taps(self, action: str, on: Card, words: str = "") -> str:
        """The sentence the tapper reads, whether it went through or not; `words` as on the staff page's form."""
        try:
            return self.shop.do(lambda crm: act(crm, crm.staff.get(self.key), on.task_id, action, words=words))
        except Refused as refusal:
            return str(refusal)

    def sees(self, on: Card) -> str:
        """The card in full, as far as it is theirs to see."""
        return self.shop.ask(lambda crm: card(crm, crm.tasks.get(on.task_id), full_for=self.key).text)


def _waiting(crm: Crm, message_id: int) -> tuple[Bubble, ...]:
    """What was answered on a channel whose answers wait in the outbox."""
    return tuple(Bubble.unpacked(crm.outbox.payload(row)) for row in crm.outbox.of_message(message_id))


def _newest(crm: Crm, channel: str, account: str) -> Bubble:
    talk = crm.conversations.locked(channel, account)
    return Bubble.unpacked(crm.outbox.payload(crm.outbox.latest_of_conversation(talk.id, 1)[0]))


def _migrated(database: Database) -> None:
    """Migrate; a second SQLite store is a copy of the first, since migrating costs more than a whole talk."""
    if not database.is_sqlite:
        migrate(database)
        return
    path = Path(database.url.removeprefix("sqlite:///"))
    if not _EMPTY:
        migrate(database)
        database.engine.dispose()
        _EMPTY.append(path.read_bytes())
    path.write_bytes(_EMPTY[0])


def _record(crm: Crm, name: str, plate: str, phone: str, last_visit: str, due: str, account: str) -> None:
    owner = crm.owners.add(name, store_id=1)
    if phone:
        crm.owners.set_phone(owner, phone, verified=True)
    vehicle = None
    if plate:
        vehicle = crm.vehicles.add(plate, model="比亚迪 汉 EV", due_on=date.fromisoformat(due) if due else None)
        crm.vehicles.connect(owner.key, vehicle.key)
    if last_visit:
        crm.visits.add(
            f"W{owner.key}",
            owner_id=owner.key,
            vehicle_id=vehicle.key if vehicle else None,
            visited_on=date.fromisoformat(last_visit),
        )
    if account:
        crm.identities.give_to_owner("web", account, owner.key)


def _tasks(crm: Crm) -> list[Task]:
    found = (crm.tasks.find(number) for number in range(1, 200))
    return [task for task in found if task]
