"""What the owner's own records tell: the car in the workshop, past visits, the next maintenance, the warranty's start.

Only to the owner on record. An account that is not recognised yet learns how to be, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.due import months_after
from flows.change import coming, line
from flows.knowledge import from_articles
from flows.person import open_card
from flows.turn import Turn
from storage.appointments import ARRIVED
from storage.vehicles import Vehicle
from storage.visits import Visit


def recognised(turn: Turn) -> bool:
    """Whether this account is an owner's on record; says how to become one where it is not."""
    if turn.talk.owner_id is not None and turn.owner.status == "active":
        return True
    turn.tell_with_phone_button(turn.say.how_to_be_recognised(), turn.say.share_phone())
    return False


def car_status(turn: Turn) -> None:
    """From the open work order, what was finished today, or today's appointment; else a person looks."""
    told = _in_the_workshop(turn) or _todays_appointments(turn) if turn.talk.owner_id else []
    if told:
        turn.tell("\n".join(told))
        return
    open_card(turn, "hand_over")
    turn.tell(turn.say.car_unknown())


def last_visit(turn: Turn) -> None:
    _of_each_car(turn, _last_visit, turn.say.no_visit_known())


def last_amount(turn: Turn) -> None:
    _of_each_car(turn, _last_amount, turn.say.no_visit_known())


def next_due(turn: Turn) -> None:
    _of_each_car(turn, _next_due, turn.say.due_unknown())


def mileage(turn: Turn) -> None:
    _of_each_car(turn, _mileage, turn.say.mileage_unknown())


def warranty(turn: Turn) -> None:
    """What the shop says about it, with the day from which the owner's own cars count."""
    cars = _cars(turn) if turn.talk.owner_id is not None and turn.owner.status == "active" else []
    for car in cars:
        if car.purchased_on:
            turn.tell(turn.say.car_bought(car.plate or car.model, car.purchased_on))
    from_articles(turn)


def _of_each_car(turn: Turn, tells: Callable[[Turn, Vehicle], str], nothing: str) -> None:
    if recognised(turn):
        lines = [text for car in _cars(turn) if (text := tells(turn, car))]
        turn.tell("\n".join(lines) or nothing)


def _cars(turn: Turn) -> list[Vehicle]:
    """Their own cars, or the one of them that was named; not one that was only lent to this talk."""
    own = turn.crm.vehicles.own(turn.owner.key)
    return [car for car in own if car.plate == turn.heard("plate")] or own


def _visits(turn: Turn, car: Vehicle) -> list[Visit]:
    """Their own visits with that car, newest first; not those of whoever had it before."""
    mine = turn.crm.visits.of_owner(turn.owner.key)
    return [visit for visit in mine if visit.vehicle_id == car.key and visit.status == "completed"]


def _in_the_workshop(turn: Turn) -> list[str]:
    today, told = _today(turn), []
    plates = {car.key: car.plate or car.model for car in turn.crm.vehicles.own(turn.owner.key)}
    for visit in turn.crm.visits.of_owner(turn.owner.key):
        plate = plates.get(visit.vehicle_id or 0, "")
        if visit.status == "open":
            told.append(turn.say.in_the_workshop(plate, visit.items))
        elif visit.status == "completed" and visit.visited_on == today:
            told.append(turn.say.finished_today(plate, visit.items))
    return told


def _todays_appointments(turn: Turn) -> list[str]:
    zone = turn.crm.shop.zone
    mine = [a for a in turn.crm.appointments.of_owner(turn.owner.key) if a.status == ARRIVED]
    arrived = [a for a in mine if a.starts_at.astimezone(zone).date() == _today(turn)]
    expected = [a for a in coming(turn) if a.starts_at.astimezone(zone).date() == _today(turn) and a not in arrived]
    told = [turn.say.arrived_today(line(turn, one)) for one in arrived]
    return told or [turn.say.expected_today(line(turn, one)) for one in expected]


def _last_visit(turn: Turn, car: Vehicle) -> str:
    visits, plate = _visits(turn, car), car.plate or car.model
    if turn.heard("service") == "maintenance":
        done = next((visit.visited_on for visit in visits if visit.maintenance), car.last_service_on)
        return turn.say.last_service(plate, done) if done else ""
    if visits:
        store = turn.crm.stores.get(visits[0].store_id).name if visits[0].store_id else ""
        return turn.say.last_visit(plate, visits[0].visited_on, visits[0].items, store)
    return turn.say.last_service(plate, car.last_service_on) if car.last_service_on else ""


def _last_amount(turn: Turn, car: Vehicle) -> str:
    visits = _visits(turn, car)
    if not visits:
        return ""
    last = visits[0]
    return turn.say.last_amount(car.plate or car.model, last.visited_on, last.amount_fen, last.items)


def _next_due(turn: Turn, car: Vehicle) -> str:
    if car.due_on is None:
        return ""
    overdue = car.due_on < _today(turn)
    return turn.say.next_due(car.plate or car.model, car.due_on, overdue=overdue, why=_why_due(turn, car))


def _why_due(turn: Turn, car: Vehicle) -> str:
    rule, last = turn.crm.shop.policy.maintenance, car.last_service_on
    if last is None:
        return turn.say.due_as_recorded()
    if car.due_on == months_after(last, rule.months):
        return turn.say.due_by_months(last, rule.months)
    return turn.say.due_by_km(rule.km)


def _mileage(turn: Turn, car: Vehicle) -> str:
    return turn.say.mileage(car.plate or car.model, car.mileage_km) if car.mileage_km else ""


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.crm.shop.zone).date()
