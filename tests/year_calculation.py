"""What must happen in the year of tests/year.py, by a straightforward calculation of its own.

It looks at everybody every day and knows nothing of the product but the shop's rules, written out anew.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

BEGINS, ENDS = date(2027, 1, 1), date(2027, 12, 31)
CAMPAIGN_DAY = date(2027, 6, 12)
Decision = tuple[str, str, int, date, str]  # journey, step, subject (car or owner), the day counted from, decision


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


def days(since: date, until: date) -> list[date]:
    return [since + timedelta(n) for n in range((until - since).days + 1)]


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
