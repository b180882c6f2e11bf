"""A month at the desk: cards of every kind come in, advisors tap at random, go on leave, forget; the clock runs.

Afterwards nothing is lost, nobody had a card that another had, and what nobody finished is with a manager.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from core.errors import Refused
from core.say import StaffSay
from handlers import orders
from handlers.cards import card
from handlers.orders.whom import Desk
from handlers.staff import act
from journeys import desk, digest
from storage.approvals import Approval
from storage.crm import Crm
from storage.events import Event
from storage.leases import Lease
from storage.roster import LeaveRefused
from storage.tasks import SNOOZED, TAKEN, UNFINISHED, Task
from tests.chat import Shop

STORES = ("深圳南山店", "深圳福田店", "深圳罗湖店")
HOURS = 10  # of a day, from half past nine on
PLAIN = (
    "churn_alert", "churn_alert", "win_back_call", "sms_reply", "warning_light", "recall_call", "media_received",
    "export_wanted", "hand_over", "bug", "interest",
)  # fmt: skip
ORDERS = (
    "查 粤B{car}",
    "记 粤B{car} 怕胎噪，后天给他回电话",
    "商机 粤B{car} 延保 3000元 下周三",
    "申请 8折 粤B{car} 老客户",
    "到店 粤B{car}",
    "我的任务",
)


class Month:
    """Three stores and their people; `lives` through the days, `rests` until the clock has come to an end."""

    def __init__(self, shop: Shop, seed: int, advisors: int = 30, owners: int = 60) -> None:
        self.shop, self.chance = shop, random.Random(seed)
        self.owners = owners
        self.advisors: list[int] = shop.do(lambda crm: _people(crm, advisors))
        shop.do(lambda crm: _owners(crm, owners, self.advisors))

    def lives(self, days: int, cards_an_hour: int, taps_an_hour: int) -> None:
        for _ in range(days):
            for _ in range(HOURS):
                self._moves(timedelta(hours=1))
                for _ in range(cards_an_hour):
                    self.shop.do(self._card_comes_in)
                for _ in range(taps_an_hour):
                    self._somebody_does_something()
            self._moves(timedelta(hours=24 - HOURS))

    def rests(self, days: int = 21) -> None:
        """Nobody taps any more."""
        for _ in range(days * 8):
            self._moves(timedelta(hours=3))

    def _moves(self, by: timedelta) -> None:
        self.shop.clock.advance_to(self.shop.clock.now() + by)
        self.shop.do(_tick)

    def _card_comes_in(self, crm: Crm) -> None:
        owner = self.chance.randrange(1, self.owners + 1)
        store = crm.owners.get(owner).store_id
        maker: Callable[[Crm, int, int | None], int | None] = self.chance.choice((*[self._plain] * 6, _ticket, _wish))
        number = maker(crm, owner, store)
        offered = crm.tasks.get(number).offered_to if number else None
        assert offered is None or not crm.roster.is_away(offered), "offered to somebody who is away"

    def _plain(self, crm: Crm, owner: int, store: int | None) -> int | None:
        return crm.tasks.open(self.chance.choice(PLAIN), store_id=store, owner_id=owner)

    def _somebody_does_something(self) -> None:
        me, dice = self._somebody(), self.chance.random()
        if dice < 0.02:
            self.shop.do(lambda crm: self._goes_on_leave(crm, me))
        elif dice < 0.10:
            self.shop.do(lambda crm: self._orders(crm, me))
        elif found := self.shop.ask(lambda crm: self._a_button(crm, me)):
            colleagues = self.chance.sample(self.advisors, 2) if self.chance.random() < 0.2 else []
            for one in (me, *colleagues):  # the same button of the same card
                self._taps(one, *found)

    def _somebody(self) -> int:
        """Mostly one of those who have a card."""
        query = select(Task.taken_by).where(col(Task.status) == TAKEN).distinct().order_by(col(Task.taken_by))
        busy = self.shop.ask(lambda crm: [one for one in crm.session.exec(query) if one])
        return self.chance.choice(busy if busy and self.chance.random() < 0.7 else self.advisors)

    def _taps(self, me: int, number: int, action: str) -> None:
        try:
            self.shop.do(lambda crm: act(crm, crm.staff.get(me), number, action, words="换了密封条"))
        except Refused:
            return  # somebody was first, or it is for the manager

    def _a_button(self, crm: Crm, me: int) -> tuple[int, str] | None:
        """Mostly of one's own cards; half of the time nobody cares."""
        staff = crm.staff.get(me)
        mine = crm.tasks.taken_by(me)
        there = mine if mine and self.chance.random() < 0.7 else crm.tasks.unfinished(staff.store_id)[-8:]
        if not there or self.chance.random() < 0.3:
            return None
        task = self.chance.choice(there)
        buttons = [b.action for row in card(crm, task, full_for=me).buttons for b in row if b.action != "feedback"]
        return (task.key, self.chance.choice(buttons)) if buttons else None

    def _orders(self, crm: Crm, me: int) -> None:
        words = self.chance.choice(ORDERS).format(car=10000 + self.chance.randrange(1, self.owners + 1))
        crm.actor = f"staff:{me}"
        assert orders.answer(Desk(crm, crm.staff.get(me), StaffSay("zh", crm.shop.zone), full=True), words)

    def _goes_on_leave(self, crm: Crm, me: int) -> None:
        first = crm.roster.today + timedelta(days=self.chance.randrange(3))
        backup = self.chance.choice([None, *self.advisors])
        try:
            crm.roster.go_on_leave(me, first, first + timedelta(days=self.chance.randrange(5)), backup)
        except LeaveRefused:
            return


def _tick(crm: Crm) -> None:
    """What the clock does at the desk; the journeys to owners have tests of their own."""
    crm.tasks.wake()
    desk.run(crm)
    digest.run(crm)


def wrong(crm: Crm) -> list[str]:
    """What may not be after a month and a rest."""
    crm.write_events()
    tasks = crm.session.exec(select(Task).order_by(col(Task.id))).all()
    return [*_left_behind(tasks), *_held_twice(crm), *_unrecorded(crm, tasks)]


def _left_behind(tasks) -> list[str]:  # type: ignore[no-untyped-def]
    still = [task for task in tasks if task.status in UNFINISHED and task.escalated_at is None]
    return [f"task {task.key} ({task.kind}) is {task.status} and with no manager" for task in still]


def _held_twice(crm: Crm) -> list[str]:
    """Of one task each lease begins when the one before it has ended, and the row says whose it is."""
    found: list[str] = []
    last: Lease | None = None
    for lease in crm.session.exec(select(Lease).order_by(col(Lease.task_id), col(Lease.id))):
        if last and last.task_id == lease.task_id and (last.ended_at is None or last.ended_at > lease.taken_at):
            found.append(f"task {lease.task_id} was held by {last.staff_id} and {lease.staff_id} at once")
        last = lease
        task = crm.tasks.get(lease.task_id)
        if lease.ended_at is None and (task.taken_by != lease.staff_id or task.status not in (TAKEN, SNOOZED)):
            found.append(f"task {task.key} is {task.status} by {task.taken_by}, and its lease is {lease.staff_id}'s")
    return found


def _unrecorded(crm: Crm, tasks) -> list[str]:  # type: ignore[no-untyped-def]
    """Each change of a row has its event."""
    query = select(Event.noun_id).where(Event.noun == "task", col(Event.verb).startswith("task."))
    counts: dict[int, int] = {}
    for number in crm.session.exec(query):
        counts[number] = counts.get(number, 0) + 1
    return [
        f"task {t.key}: {t.version} versions, {counts.get(t.key)} events"
        for t in tasks
        if counts.get(t.key) != t.version
    ]


def _people(crm: Crm, advisors: int) -> list[int]:
    for store in (1, 2, 3):
        crm.staff.add(f"店长{store}", "manager", store)
    return [crm.staff.add(f"工{n}", "advisor", n % 3 + 1).key for n in range(advisors)]


def _owners(crm: Crm, count: int, advisors: list[int]) -> None:
    for number in range(1, count + 1):
        advisor = advisors[number % len(advisors)] if number % 2 else None
        owner = crm.owners.add(f"车主{number}", store_id=number % 3 + 1, advisor_id=advisor)
        crm.vehicles.connect(owner.key, crm.vehicles.add(f"粤B{10000 + number}").key)


def _ticket(crm: Crm, owner: int, store: int | None) -> int | None:
    if crm.tickets.unsettled(owner):
        return None
    ticket = crm.tickets.open(owner, store)
    crm.tickets.add(ticket, "没修好")
    return crm.tasks.open_ticket(ticket, "ticket")


def _wish(crm: Crm, owner: int, store: int | None) -> int | None:
    asker = next(one.key for one in crm.staff.all() if one.store_id == store and one.role == "advisor")
    new = Approval(staff_id=asker, owner_id=owner, store_id=store, percent_off=15, created_at=crm.now)
    return crm.approvals.ask(new, to_boss=False).task_id
