"""Who is to be warned of, against a second calculation in plain Python over invented shops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.churn import ChurnFacts, Level, churn_alert
from storage.crm import Crm
from tests.chat import Shop

TODAY = date(2027, 2, 28)  # a month's end that clamps: three months before are 28 to 30 November
NEAR = st.sampled_from([0, 1, 6, 7, 8, 29, 30, 59, 89, 90, 91, 92, 93, 120, 400])
PAST = NEAR.map(lambda days: TODAY - timedelta(days=days))


@dataclass(frozen=True)
class Came:
    on: date
    completed: bool
    rating: int | None
    car: int | None


@dataclass(frozen=True)
class Drives:
    due_on: date | None
    still: bool
    booked: bool


@dataclass(frozen=True)
class Somebody:
    status: str
    cars: list[Drives]
    visits: list[Came]


CARS = st.builds(Drives, st.none() | PAST, st.booleans(), st.booleans())
VISITS = st.builds(Came, PAST, st.booleans(), st.none() | st.integers(1, 5), st.sampled_from([None, 0, 1]))
PEOPLE = st.builds(
    Somebody, st.sampled_from(["active", "active", "provisional", "merged"]), st.lists(CARS, max_size=2),
    st.lists(VISITS, max_size=3, unique_by=lambda visit: visit.on),
)  # fmt: skip


def expected(person: Somebody) -> ChurnFacts | None:
    """From the words of the rules, not from the statement."""
    if person.status != "active":
        return None
    completed = sorted((v for v in person.visits if v.completed), key=lambda v: v.on)
    last = completed[-1] if completed else None
    due = []
    for index, car in enumerate(person.cars):
        came = any(v.car == index and car.due_on and v.on >= car.due_on for v in completed)
        if car.due_on and car.still and not car.booked and not came and (TODAY - car.due_on).days >= 7:
            due.append(car.due_on)
    return ChurnFacts(last.on if last else None, min(due, default=None), last_rating=last.rating if last else None)


def written(crm: Crm, people: list[Somebody]) -> list[int]:
    return [record(crm, person, number) for number, person in enumerate(people)]


def record(crm: Crm, person: Somebody, number: int) -> int:
    owner = crm.owners.add(f"车主{number}", status=person.status).key
    cars = [crm.vehicles.add(None, due_on=car.due_on).key for car in person.cars]
    for key, car in zip(cars, person.cars, strict=True):
        crm.vehicles.connect(owner, key)
        if not car.still:
            crm.vehicles.move_owner(owner, crm.owners.add("新车主", status="merged").key)
            for other, stays in zip(cars, person.cars, strict=True):
                if stays.still and other != key:
                    crm.vehicles.connect(owner, other)
        if car.booked:
            book(crm, owner, key)
    for index, visit in enumerate(person.visits):
        crm.visits.add(
            f"W{owner}-{index}", owner_id=owner, visited_on=visit.on, rating=visit.rating,
            vehicle_id=cars[visit.car] if visit.car is not None and visit.car < len(cars) else None,
            status="completed" if visit.completed else "open",
        )  # fmt: skip
    return owner


def book(crm: Crm, owner: int, vehicle: int) -> None:
    from storage.appointments import BOOKED, Appointment

    appointment = Appointment(
        owner_id=owner, vehicle_id=vehicle, store_id=1, service_id=1, bay_id=1, status=BOOKED,
        starts_at=crm.now, ends_at=crm.now, created_at=crm.now,
    )  # fmt: skip
    crm.session.add(appointment)
    crm.session.flush()


class Undo(Exception):
    pass


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(PEOPLE, max_size=6))
def test_the_statement_finds_whom_the_rules_find(shop: Shop, people: list[Somebody]) -> None:
    def compare(crm: Crm) -> None:
        owners = written(crm, people)
        rules = crm.shop.policy.churn
        found = {row.owner_id: churn_alert(facts, TODAY, rules) for row, facts in crm.churn_alerts.audience(TODAY)}
        for number, person in zip(owners, people, strict=True):
            facts = expected(person)
            alert = churn_alert(facts, TODAY, rules) if facts else None
            wanted = alert if alert and alert.level is not Level.NONE else None
            assert found.get(number) == wanted, person
            alone = crm.churn_alerts.audience(TODAY, owner_id=number)
            assert [churn_alert(facts, TODAY, rules) for _, facts in alone] == ([wanted] if wanted else [])
        raise Undo

    shop.time_is("2027-02-28 10:00")
    with pytest.raises(Undo):
        shop.do(compare)


def test_levels_are_kept_on_owners_and_fall_when_the_reason_is_gone(shop: Shop) -> None:
    first, second = (shop.do(lambda crm: crm.owners.add("车主").key) for _ in range(2))
    shop.do(lambda crm: crm.churn_alerts.levels_now({first: Level.RISK, second: Level.WATCH}))
    shop.do(lambda crm: crm.churn_alerts.levels_now({first: Level.NONE, second: Level.HIGH}))
    levels = shop.ask(lambda crm: [crm.owners.get(number).churn_level for number in (first, second)])
    assert levels == ["none", "high"]
