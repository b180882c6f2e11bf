"""A year of a shop on a virtual clock, beside what must happen in it by tests/year_calculation.py."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, time, timedelta
from types import MappingProxyType

from core.policy import NEV, JourneyRules
from core.policy_file import read_policy
from journeys import TickItem, tick, wake
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Shop
from tests.year_calculation import BEGINS, Car, Decision, Person, World, birthday_in, months_later

JOURNEYS = (
    "maintenance_due", "birthday", "win_back", "nurture", "inspection_due", "winter_check", "campaign:summer",
)  # fmt: skip
NINE = time(9)  # when all that is due is due
HOURS = (time(0, 5), NINE, time(21, 30))  # when the worker looks: the quiet ones on some days
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
