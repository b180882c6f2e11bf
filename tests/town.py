"""A shop of three people who live through whatever happens, over real sockets; what happened is written down in plain
words beside it, and what the platforms got.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import update

from core.errors import Refused
from core.holidays import Calendar
from core.messages import Bubble, Notice, Rank
from core.policy import GateRules
from core.quiet import Quiet
from handlers.staff import act
from journeys.notices import recall
from journeys.step import Happening, send
from storage.consents import MARKETING
from storage.crm import Crm
from storage.outbox_rows import OUTBOX, WAITING
from storage.tasks import OPEN
from tests import guardian
from tests.bot.office import Office, opens_window
from tests.fakes.sms import FakeSms
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat

PEOPLE = range(3)
HOUSEHOLDS = {0: (0, 1), 1: (0, 1), 2: (2,)}  # the first two drive the same car
CHANNELS = ("telegram", "wechat", "sms")
TEMPLATE = 'templates.due.wechat = {id = "TPL_due", fields = ["thing1:words"]}\n'
NAMED = re.compile(r"[MS]\d+")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Rules:
    """How one shop is set up."""

    cap: int
    marketing: Quiet | None
    service: Quiet | None
    waits: bool  # on holidays
    holidays: tuple[int, ...]  # days after the start
    routes: tuple[str, ...] = GateRules().routes


@dataclass
class Left:
    """One message that a platform got, or an advisor sent."""

    at: datetime
    person: int
    channel: str
    name: str


@dataclass
class Facts:
    """What happened, in plain words."""

    consents: list[tuple[datetime, int, str, bool]] = field(default_factory=list)
    complaints: list[tuple[datetime, int, bool]] = field(default_factory=list)  # opened or settled
    recalls: list[tuple[datetime, int, bool]] = field(default_factory=list)  # of whose car: told, or the car was here
    expiry: dict[tuple[str, int], datetime] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


class Unlimited:
    """No platform is ever busy."""

    async def ask(self, bucket: str, per_second: float, burst: int) -> float:
        return 0.0

    async def pause(self, bucket: str, seconds: float) -> None:
        return


class Town:
    """One shop for all histories; each has people of its own, and begins at ten in the morning."""

    def __init__(self, telegram: FakeTelegram, wechat: FakeWeChat, sms: FakeSms) -> None:
        self.telegram, self.wechat, self.sms = telegram, wechat, sms
        policy = guardian.directory("policy") / "policy.toml"
        policy.write_text(TEMPLATE, "utf-8")
        wechat.template("TPL_due", "thing1")
        self.office = Office(telegram, wechat, sms, POLICY=str(policy))
        self.office.house.ports.limits = Unlimited()
        self.office.store()
        self.advisor = self.office.crm(lambda crm: crm.staff.add("王工", "advisor", 1).key)
        self.zone = self.office.house.shop.zone

    def begins(self, rules: Rules) -> None:
        self.rules, self.facts, self.series = rules, Facts(), next(_numbers)
        self.office.crm(_forget_what_waits)
        today = self.office.clock.now().astimezone(self.zone).date()
        self.moves(datetime.combine(today + timedelta(days=1), time(10), self.zone))
        self.holidays = {self.today + timedelta(days=n) for n in rules.holidays}
        self.set_rules()
        self.people = [self.makes(number) for number in PEOPLE]
        self.read: dict[str, int] = {}
        self.looks(count=False)

    @property
    def now(self) -> datetime:
        return self.office.clock.now()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def set_rules(self) -> None:
        rules, shop = self.rules, self.office.house.shop
        gate = replace(
            shop.policy.gate,
            cap_per_30_days=rules.cap,
            routes=rules.routes,
            holidays="wait" if rules.waits else "send",
            calendar=Calendar(frozenset(self.holidays)),
        )
        policy = replace(shop.policy, gate=gate, quiet_marketing=rules.marketing, quiet_service=rules.service)
        self.office.house.database.shop = replace(shop, policy=policy)

    def account(self, person: int, channel: str) -> str:
        number = self.series * 10 + person
        return {"telegram": f"{7_000_000 + number}", "wechat": f"oPerson{number:021d}", "sms": f"+86138{number:08d}"}[
            channel
        ]

    def makes(self, person: int) -> int:
        chat, openid = self.account(person, "telegram"), self.account(person, "wechat")
        self.telegram.user(int(chat)).person.started = True
        self.wechat.owner(openid)

        def record(crm: Crm) -> int:
            owner = crm.owners.add(f"车主{person}", store_id=1)
            crm.owners.set_phone(owner, self.account(person, "sms"), verified=True)
            plate = f"粤B{self.series * 10 + HOUSEHOLDS[person][0]:05d}"
            car = (crm.vehicles.with_plate(plate) if person == 1 else None) or crm.vehicles.add(plate)
            crm.vehicles.connect(owner.key, car.key)
            crm.identities.give_to_owner("telegram", chat, owner.key)
            crm.identities.give_to_owner("wechat", openid, owner.key)
            return owner.key

        return self.office.crm(record)

    # --- what happens -----------------------------------------------------------------------------

    def lives(self, history: list[tuple[Any, ...]]) -> None:
        for verb, *details in history:
            self.moves(self.now + timedelta(seconds=1))  # so that before and after can be told apart
            getattr(self, verb)(*details)
            self.office.sends()
            self.looks()

    def moves(self, to: datetime) -> None:
        self.wechat.advance((to - self.now).total_seconds())
        self.office.clock.advance_to(to)

    def waits(self, hours: int) -> None:
        self.moves(self.now + timedelta(hours=hours))

    def consents(self, person: int, channel: str, given: bool) -> None:
        self.facts.consents.append((self.now, person, channel, given))
        self.office.crm(lambda crm: crm.consents.write(self.people[person], MARKETING, channel, given))

    def complains(self, person: int) -> None:
        self.facts.complaints.append((self.now, person, True))
        self.office.crm(lambda crm: crm.tickets.open(self.people[person], 1).key)

    def settles(self, person: int) -> None:
        self.facts.complaints.append((self.now, person, False))

        def close(crm: Crm) -> None:
            for ticket in crm.tickets.of_owner(self.people[person]):
                crm.tickets.withdraw(ticket)

        self.office.crm(close)

    def is_recalled(self, person: int) -> None:
        """The maker calls their car back: everybody who drives it is told."""
        name, household = f"S{next(_numbers)}", HOUSEHOLDS[person]
        self.facts.recalls.append((self.now, household[0], True))
        self.facts.expiry |= {(name, one): self.now + timedelta(days=3) for one in household}
        self.office.crm(lambda crm: recall(crm, name, "更换软管", crm.vehicles.of_owner(self.people[person])[0]))

    def comes(self, person: int) -> None:
        """Their car is here, and the work is done."""
        self.facts.recalls.append((self.now, HOUSEHOLDS[person][0], False))

        def record(crm: Crm) -> None:
            car = crm.vehicles.of_owner(self.people[person])[0]
            crm.visits.add(f"W{next(_numbers)}", vehicle_id=car.key, visited_on=self.today)

        self.office.crm(record)

    def writes(self, person: int) -> None:
        openid = self.account(person, "wechat")
        opens_window(self.wechat, openid)
        self.office.identity("wechat", openid, self.people[person])

    def stops_following(self, person: int) -> None:
        """They stop following the account."""
        with self.wechat.watch:
            self.wechat.state.followers.discard(self.account(person, "wechat"))

    def sends(self, person: int, journey: str, marketing: bool, hours: int, later: int) -> None:
        self._decides([person], journey, marketing, hours, later, shared=False)

    def compete(self, person: int, later: int) -> None:
        """What is less important is decided first."""
        for journey in ("campaign:spring", "festival", "birthday"):
            self.sends(person, journey, True, 30, later)

    def shares(self, journey: str, hours: int, later: int) -> None:
        """The same words to everybody."""
        self._decides(list(PEOPLE), journey, True, hours, later, shared=True)

    def by_hand(self) -> None:
        """The advisor takes every card and says that it is sent, whatever stands on it."""

        def tap(crm: Crm, task: int, action: str) -> bool:
            try:
                act(crm, crm.staff.get(self.advisor), task, action)
            except Refused:
                return False
            return True

        tasks = self.office.crm(lambda crm: [(t.key, t.told()["row"], t.owner_id) for t in _cards(crm)])
        for task, row, owner in tasks:
            self.office.crm(lambda crm, t=task: tap(crm, t, "take"))  # type: ignore[misc]
            if owner in self.people and self.office.crm(lambda crm, t=task: tap(crm, t, "sent_by_hand")):  # type: ignore[misc]
                words = self.office.crm(lambda crm, r=row: crm.outbox.payload(crm.outbox.row(r)))  # type: ignore[misc]
                self._notes(self.people.index(owner), "hand", Bubble.unpacked(words).text)

    def _decides(self, people: list[int], journey: str, marketing: bool, hours: int, later: int, shared: bool) -> None:
        name, due = f"{'M' if marketing else 'S'}{next(_numbers)}", self.now + timedelta(hours=later)
        bubble = Bubble(name, notice=Notice("due", (("words", name),)), shared=shared)
        for person in people:
            self.facts.expiry[name, person] = due + timedelta(hours=hours)
            what = Happening(journey, "s", name + f"-{person}", self.people[person])
            rank = Rank.MARKETING if marketing else Rank.SERVICE
            life = timedelta(hours=hours)
            self.office.crm(lambda crm, w=what, r=rank, f=life: send(crm, w, bubble, r, f, due_at=due))  # type: ignore[misc]

    # --- what the platforms got -------------------------------------------------------------------

    def looks(self, count: bool = True) -> None:
        for person in PEOPLE:
            chat, openid, phone = (self.account(person, channel) for channel in CHANNELS)
            self._reads(person, "telegram", self.telegram.user(int(chat)).inbox.texts, count)
            self._reads(person, "wechat", self.wechat.owner(openid).inbox.texts, count)
            self._reads(person, "sms", self.sms.texts(phone.removeprefix("+86")), count)

    def _reads(self, person: int, channel: str, texts: list[str], count: bool) -> None:
        account = self.account(person, channel)
        for text in texts[self.read.get(account, 0) :] if count else ():
            self._notes(person, channel, text)
        self.read[account] = len(texts)

    def _notes(self, person: int, channel: str, text: str) -> None:
        found = NAMED.search(text)
        assert found, text
        self.facts.left.append(Left(self.now, person, channel, found[0]))


def _forget_what_waits(crm: Crm) -> None:
    crm.connection.execute(update(OUTBOX).where(OUTBOX.c.state.in_(WAITING)).values(state="skipped"))
    for task in _cards(crm):
        crm.tasks.close(task, "done")


def _cards(crm: Crm) -> list[Any]:
    return [task for task in crm.tasks.unfinished(1) if task.kind == "send_yourself" and task.status == OPEN]
