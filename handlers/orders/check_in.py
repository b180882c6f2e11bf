"""到店 粤B12345: the owner is here. Their appointment has arrived, and the advisor sees what to think of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.birthdays import next_birthday
from core.understanding.staff_words import Order
from handlers.desk.work import reveal
from handlers.orders.lookup import going_on
from handlers.orders.whom import Desk, whom
from journeys.recommendation import at_the_desk, worth_telling
from storage.appointments import BOOKED, Appointment
from storage.owners import Owner

BIRTHDAY_NEAR = 7  # days


def check_in(desk: Desk, order: Order) -> str:
    owner, why_not = whom(desk, order)
    if owner is None:
        return why_not
    crm = desk.crm
    arrived = [one for one in _booked_today(desk, owner) if crm.appointments.arrived(one)]
    for one in arrived:
        crm.tasks.appointment_settled(one.key, "arrived")
    crm.record("owner.checked_in", "owner", owner.key, owner_id=owner.key)
    head = desk.say.is_here(desk.name(owner), desk.plates(owner), [one.starts_at for one in arrived])
    lines = [head, _birthday(desk, owner), *going_on(desk, owner), _recommended(desk, owner), _missing(desk, owner)]
    _show_card(desk, owner)
    return "\n".join(line for line in lines if line)


def _booked_today(desk: Desk, owner: Owner) -> list[Appointment]:
    """By them, or for one of their cars by somebody whom nobody knows yet."""
    crm, day = desk.crm, _today(desk)
    begins = datetime.combine(day, time(), crm.shop.zone)
    plates = {car.plate for car in crm.vehicles.of_owner(owner.key) if car.plate}
    booked = [one for one in crm.appointments.starting(begins, begins + timedelta(days=1)) if one.status == BOOKED]
    return [one for one in booked if one.owner_id == owner.key or one.plate in plates]


def _birthday(desk: Desk, owner: Owner) -> str:
    if owner.birthday is None:
        return ""
    day = next_birthday(owner.birthday, _today(desk))
    near = (day - _today(desk)).days <= BIRTHDAY_NEAR
    return desk.say.field("birthday", desk.say.near_day(day, _today(desk))) if near else ""


def _recommended(desk: Desk, owner: Owner) -> str:
    names = [desk.owner_say.item(one["item"]) for one in worth_telling(desk.crm, owner.key)]
    return desk.say.field("recommend", desk.say.listed(names)) if names else ""


def _show_card(desk: Desk, owner: Owner) -> None:
    """What they make of it is one tap on the card of who has written."""
    crm = desk.crm
    number = at_the_desk(crm, owner.key, owner.store_id or desk.staff.store_id)
    if number is not None and crm.tasks.take(task := crm.tasks.get(number), desk.staff.key, anyway=True):
        reveal(crm, desk.staff, task)


def _missing(desk: Desk, owner: Owner) -> str:
    """What to ask for, since they are here."""
    crm, cars = desk.crm, desk.crm.vehicles.of_owner(owner.key)
    known = {
        "name": bool(owner.name),
        "phone": owner.phone_sealed is not None,
        "birthday": owner.birthday is not None,
        "address": owner.address_sealed is not None,
    }
    known |= {field: all(getattr(car, field) for car in cars) for field in ("model", "mileage_km", "purchased_on")}
    fields = [field for field in ("name", "phone", *crm.shop.policy.profile.order) if not known.get(field, True)]
    return desk.say.field("missing", desk.say.listed(desk.owner_say.fact(field) for field in fields)) if fields else ""


def _today(desk: Desk) -> date:
    return desk.crm.now.astimezone(desk.crm.shop.zone).date()
