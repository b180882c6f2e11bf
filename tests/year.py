"""A year of a shop on a virtual clock, and what must happen in it by a straightforward calculation of its own.

The calculation looks at everybody every day and knows nothing of the product but the shop's rules, written out anew.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from core.policy import NEV, JourneyRules
from core.policy_file import read_policy
from journeys import TickItem, tick, wake
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Shop

BEGINS, ENDS = date(2027, 1, 1), date(2027, 12, 31)
CAMPAIGN_DAY = date(2027, 6, 12)
JOURNEYS = (
    "maintenance_due", "birthday", "win_back", "nurture", "inspection_due", "winter_check", "campaign:summer",
)  # fmt: skip
NINE = time(9)  # when all that is due is due
HOURS = (time(0, 5), NINE, time(21, 30))  # when the worker looks: the quiet ones on some days
Decision = tuple[str, str, int, date, str]  # journey, step, subject (car or owner), the day counted from, decision
OURS = read_policy("""
[journeys.winter_check]
anchor = "last_visit"
audience = { min_visits = 2 }
last_days = 5
steps = [
  { name = "d60", days = 60, text = "{name}，{plate} 来做冬检吧。" },
  { name = "d75", days = 75, kind = "task", text = "给 {name} 打电话。" },
]
[campaigns.summer]
on_day = 2027-06-12
text = "夏天好，空调免费检查。"
audience = { min_visits = 1 }
""")
EVERYBODY = replace(  # nobody is held out or waits, and there is no cap
    NEV,
    desk=replace(NEV.desk, late_cards_per_day=1000),
    journeys=MappingProxyType(
        {name: replace(rules, hold_out=0.0) for name, rules in NEV.journeys.items()}
        | {"recommendation": JourneyRules(on=False)}
    ),
    gate=replace(NEV.gate, cap_per_30_days=0),
    own_journeys=OURS.own_journeys,
    campaigns=OURS.campaigns,
)


@dataclass
class Car:
    """`owner`: whose it is now; nobody's, once it has been scrapped."""

    key: int
    owner: int | None
    due: date | None = None
    bought: date | None = None
    visits: list[date] = field(default_factory=list)
    booked: date | None = None


@dataclass
class Person:
    """`visits`: of whatever car, also one that they have sold since."""

    key: int
    birthday: date | None = None
    consents: bool = False
    visits: list[date] = field(default_factory=list)


@dataclass
class World:
    """The shop as plain facts, and what has been decided in it."""

    people: dict[int, Person] = field(default_factory=dict)
    cars: dict[int, Car] = field(default_factory=dict)
    decided: set[tuple[str, str, int, date]] = field(default_factory=set)
    told: dict[tuple[str, int], date] = field(default_factory=dict)  # when that step about a car last went out
    looked: date = BEGINS - timedelta(1)  # the last day on which the worker ran

    def expects(self, today: date) -> set[Decision]:
        """Everything that must be decided today, by looking at everybody."""
        found = {one for car in self.cars.values() for one in self._of_car(car, today)}
        found |= {one for person in self.people.values() for one in self._of_person(person, today)}
        for journey, step, subject, anchor, decision in found:
            self.decided.add((journey, step, subject, anchor))
            if journey == "maintenance_due" and decision != "skip":
                self.told[step, subject] = today
        self.looked = today
        return found

    def _of_car(self, car: Car, today: date) -> list[Decision]:
        if car.owner is None:
            return []
        found, person = [], self.people[car.owner]
        if car.due and not self._is_looked_after(car, today):
            on = {"t7": car.due - timedelta(7), "t3": car.due - timedelta(3), "t1": car.due - timedelta(1)}
            last = {"t7": on["t3"] - timedelta(1), "t3": on["t1"] - timedelta(1), "t1": car.due}
            for step, day in on.items():
                does = "task" if step == "t1" else "send"
                if self._just_told(step, car.key, today):
                    does = "skip"
                found += self._due("maintenance_due", step, car.key, car.due, today, (day, last[step]), does)
        if car.bought:
            on = {f"d{n}": car.bought + timedelta(n) for n in (1, 7, 30, 90)}
            after = [on["d7"], on["d30"], on["d90"], on["d90"] + timedelta(15)]
            for (step, day), following in zip(on.items(), after, strict=True):
                span = (day, following - timedelta(1))
                does = "send" if person.consents else "skip"
                found += self._due("nurture", step, car.key, car.bought, today, span, does)
        if car.bought and not car.booked:
            for years in (2, 4):
                ends = month_end(car.bought, years)
                for step, before in (("d30", (30, 8)), ("d7", (7, 0))):
                    span = (ends - timedelta(before[0]), ends - timedelta(before[1]))
                    found += self._while_useful("inspection_due", step, car.key, ends, today, span, "send")
        return found

    def _of_person(self, person: Person, today: date) -> list[Decision]:
        found = []
        for day in days(min(self.looked + timedelta(1), today - timedelta(1)), today):
            if person.birthday and birthday_in(day.year, person.birthday) == day:
                does = "send" if person.consents else "skip"
                found += self._due("birthday", "greeting", person.key, day, today, (day, day), does)
        seen = self._last_seen(person)
        if seen and not any(car.booked for car in self.cars.values() if car.owner == person.key):
            on = {f"m{n}": months_later(seen, n) for n in (3, 5, 6)}
            last = [on["m5"] - timedelta(1), on["m6"] - timedelta(1), on["m6"] + timedelta(14)]
            what = ["send" if person.consents else "skip", "task" if person.consents else "skip", "task"]
            for (step, day), until, does in zip(on.items(), last, what, strict=True):
                found += self._due("win_back", step, person.key, seen, today, (day, until), does)
        allowed = "send" if person.consents else "skip"
        if seen and len(person.visits) >= 2:
            for step, days_since, does in (("d60", (60, 74), allowed), ("d75", (75, 80), "task")):
                first, until = (seen + timedelta(n) for n in days_since)
                found += self._while_useful("winter_check", step, person.key, seen, today, (first, until), does)
        if person.visits:
            week = (CAMPAIGN_DAY, CAMPAIGN_DAY + timedelta(7))
            found += self._while_useful("campaign:summer", "send", person.key, CAMPAIGN_DAY, today, week, allowed)
        return found

    def _while_useful(
        self, journey: str, step: str, subject: int, anchor: date, today: date, span: tuple[date, date], does: str
    ) -> list[Decision]:
        """Of these nothing is told that came too late: a worker is never away for as long as they are of use."""
        return self._due(journey, step, subject, anchor, today, span, does) if today <= span[1] else []

    def _due(
        self, journey: str, step: str, subject: int, anchor: date, today: date, span: tuple[date, date], does: str
    ) -> list[Decision]:
        if today < span[0] or (journey, step, subject, anchor) in self.decided:
            return []
        return [(journey, step, subject, anchor, does if today <= span[1] else "skip")]

    def _is_looked_after(self, car: Car, today: date) -> bool:
        assert car.due is not None
        return car.booked is not None or any(day >= car.due - timedelta(7) for day in car.visits)

    def _just_told(self, step: str, car: int, today: date) -> bool:
        told = self.told.get((step, car))
        return told is not None and today - told < timedelta(30)

    def _last_seen(self, person: Person) -> date | None:
        days = [*person.visits, *(day for car in self.cars.values() if car.owner == person.key for day in car.visits)]
        return max(days, default=None)


def months_later(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def month_end(bought: date, years: int) -> date:
    last = calendar.monthrange(bought.year + years, bought.month)[1]
    return date(bought.year + years, bought.month, last)


def birthday_in(year: int, born: date) -> date:
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, born.month, born.day)


class Year:
    """The product beside the world: what happens in one happens in the other."""

    def __init__(self, shop: Shop, owners: int, seed: int) -> None:
        self.shop, self.world, self.chance = shop, World(), random.Random(seed)
        shop.database.shop = replace(shop.database.shop, policy=EVERYBODY)
        self.orders = 0
        for _ in range(owners):
            self.newcomer(BEGINS - timedelta(self.chance.randrange(1, 900)))

    def tick(self, at: time, today: date) -> list[TickItem]:
        """As the worker does: the whole once a day, else what may have become due."""
        self.shop.time_is(f"{today} {at:%H:%M}")
        items = self.shop.do(tick if at == NINE else wake)
        return [item for item in items if item.journey in JOURNEYS]

    def day_passes(self, today: date) -> None:
        """The worker looks once or several times; at nine it decides exactly what the calculation says."""
        for at in HOURS if today.day % 5 == 0 else (NINE,):
            decided = {self.named(item) for item in self.tick(at, today)}
            expected = self.world.expects(today) if at == NINE else set()
            assert not decided - expected, f"{today} {at}: not expected {sorted(decided - expected)}"
            assert not expected - decided, f"{today} {at}: missing {sorted(expected - decided)}"
        if today.day % 5 == 1:
            assert self.shop.do(tick) == []

    def named(self, item: TickItem) -> Decision:
        """As the calculation writes it: "vehicle 7 / 2027-03-01", "owner 7 / 2027-03-01", "7:2027"."""
        if item.journey == "birthday":
            person = self.world.people[item.owner]
            assert person.birthday is not None
            anchor = birthday_in(int(item.occurrence.partition(":")[2]), person.birthday)
            return item.journey, item.step, item.owner, anchor, item.decision
        subject, _, day = item.occurrence.partition(" / ")
        return item.journey, item.step, int(subject.split()[1]), date.fromisoformat(day), item.decision

    # — what happens in the shop —

    def happens(self, today: date, most: int) -> None:
        """Some of what may happen, once the morning's work is done."""
        self.shop.time_is(f"{today} 23:30")
        for car in [one for one in self.world.cars.values() if one.booked and one.booked <= today]:
            self.visits(car, today)
        for _ in range(self.chance.randrange(most + 1)):
            car = self.chance.choice(list(self.world.cars.values()))
            act = self.chance.choice((self.visits, self.books, self.cancels, self.sells, self.changes_mind, self.reads))
            if car.owner is not None:
                act(car, today)
        if self.chance.random() < 0.1:
            self.newcomer(today)

    def newcomer(self, since: date) -> None:
        """A person with a car, as an import or a sale brings them."""
        chance = self.chance
        born = date(1988, 2, 29) if chance.random() < 0.05 else date(1960, 1, 1) + timedelta(chance.randrange(16_000))
        due = since + timedelta(chance.randrange(-200, 900)) if chance.random() < 0.7 else None
        bought = since if chance.random() < 0.5 else None
        consents = chance.random() < 0.7

        def write(crm: Crm) -> tuple[int, int]:
            owner = crm.owners.add(f"车主{chance.randrange(10**6)}", store_id=1, birthday=born)
            car = crm.vehicles.add(f"粤B{chance.randrange(10**5):05d}", due_on=due, purchased_on=bought)
            crm.vehicles.connect(owner.key, car.key)
            crm.identities.give_to_owner("web", f"account-{owner.key}", owner.key)
            if consents:
                crm.consents.write(owner.key, MARKETING, "web", True)
            return owner.key, car.key

        owner, car = self.shop.do(write)
        self.world.people[owner] = Person(owner, born, consents)
        self.world.cars[car] = Car(car, owner, due, bought)
        if chance.random() < 0.8:
            self._writes_visit(self.world.cars[car], since + timedelta(chance.randrange(max(1, (BEGINS - since).days))))

    def visits(self, car: Car, today: date) -> None:
        """The car is here; every second time for maintenance, and then it is due again in a year."""
        if car.booked:
            self.shop.do(lambda crm: [crm.appointments.arrived(a) for a in crm.appointments.coming(car.owner or 0)])
            car.booked = None
        self._writes_visit(car, today)
        if self.chance.random() < 0.5:
            self._is_due(car, months_later(today, 12))

    def books(self, car: Car, today: date) -> None:
        if car.booked is None:
            day = today + timedelta(self.chance.randrange(1, 20))
            self.shop.do(lambda crm: book(crm, car.key, car.owner or 0, day))
            car.booked = day

    def cancels(self, car: Car, today: date) -> None:
        if car.booked:
            self.shop.do(lambda crm: [crm.appointments.cancel(a) for a in crm.appointments.coming(car.owner or 0)])
            for other in self.world.cars.values():
                other.booked = None if other.owner == car.owner else other.booked

    def sells(self, car: Car, today: date) -> None:
        """To somebody else of the shop, or to the scrapyard."""
        self.cancels(car, today)
        buyer = self.chance.choice([*self.world.people, None])
        if buyer == car.owner:
            return

        def write(crm: Crm) -> None:
            crm.vehicles.part(car.owner or 0, car.key)
            if buyer is not None:
                crm.vehicles.connect(buyer, car.key)

        self.shop.do(write)
        car.owner = buyer

    def changes_mind(self, car: Car, today: date) -> None:
        person = self.world.people[car.owner or 0]
        person.consents = not person.consents
        self.shop.do(lambda crm: crm.consents.write(person.key, MARKETING, "web", person.consents))

    def reads(self, car: Car, today: date) -> None:
        """An odometer reading brings the due day nearer, or puts it off."""
        if car.due:
            self._is_due(car, car.due + timedelta(self.chance.randrange(-40, 40)))

    def _is_due(self, car: Car, day: date) -> None:
        car.due = day
        self.shop.do(lambda crm: setattr(crm.vehicles.get(car.key), "due_on", day))

    def _writes_visit(self, car: Car, day: date) -> None:
        self.orders += 1
        number, owner = f"W{self.orders}", car.owner
        self.shop.do(lambda crm: crm.visits.add(number, owner_id=owner, vehicle_id=car.key, visited_on=day))
        car.visits.append(day)
        if owner is not None:
            self.world.people[owner].visits.append(day)


def book(crm: Crm, car: int, owner: int, day: date) -> None:
    """The last time of that day at which nobody else comes."""
    store, service = crm.stores.get(1), crm.services.by_code("maintenance")
    assert service is not None
    moment = crm.appointments.free_starts(store, service, day)[-1]
    held = crm.appointments.hold(owner, store, service, moment, channel="web", conversation_id=None)
    crm.appointments.confirm(held, vehicle_id=car, plate="", advisor_id=None)


def days(since: date, until: date) -> list[date]:
    return [since + timedelta(n) for n in range((until - since).days + 1)]


def shop_moment(day: date, at: time) -> str:
    return f"{datetime.combine(day, at):%Y-%m-%dT%H:%M}+08:00"
