"""An appointment has begun and nobody said that the car is here: the staff are asked, then time decides."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.messages import Bubble, Rank, starting
from core.notices import notice
from flows.voice import voice_for
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.appointments import Appointment
from storage.crm import Crm
from storage.steps import TASK
from storage.stores import Store

JOURNEY = "no_show"
LOOKS_BACK = timedelta(days=4)  # over a long weekend; what is older is history and not asked about
SEARCHED_DAYS = 10
LIFE = timedelta(hours=12)


def run(crm: Crm) -> list[TickItem]:
    """Ask about what has begun; decide what nobody has answered by the next opening. Switched off, nobody is asked and
    the owner not told."""
    asks = crm.shop.policy.journey(JOURNEY).on
    until = crm.now - crm.shop.policy.talk.arrival_asked_after
    items = []
    for row in crm.appointments.begun(crm.now - LOOKS_BACK, until):
        if row.asked_at is None and asks:
            items.append(_ask(crm, crm.appointments.get(row.id)))
        elif _next_opening(crm, crm.stores.get(row.store_id), row.starts_at) <= crm.now:
            items.append(_decide(crm, crm.appointments.get(row.id)))
    return [item for item in items if item]


def rebook(crm: Crm, appointment: Appointment) -> TickItem | None:
    """One kind message, with a button that books the same again."""
    if not crm.shop.policy.journey(JOURNEY).on:
        return None
    say = voice_for(crm, appointment.owner_id)
    service = crm.services.get(appointment.service_id).named(say.pick("zh", "en"))
    text = say.missed(moment=appointment.starts_at, plate=appointment.plate, service=service)
    shape = notice(JOURNEY, crm.shop.zone, plate=appointment.plate, service=service, starts_at=appointment.starts_at)
    bubble = Bubble(text, (starting("book_again", say.book_again(), appointment.key),), notice=shape)
    what = Happening(
        JOURNEY, "rebook", _name(appointment), appointment.owner_id, appointment.vehicle_id, appointment.plate or None
    )
    return send(crm, what, bubble, Rank.SERVICE, LIFE)


def came(crm: Crm, appointment: Appointment) -> bool:
    """Whether a work order says that the car was here that day."""
    day = appointment.starts_at.astimezone(crm.shop.zone).date()
    return crm.visits.came_on(day, appointment.vehicle_id, appointment.owner_id)


def _ask(crm: Crm, appointment: Appointment) -> TickItem | None:
    if came(crm, appointment):
        crm.appointments.arrived(appointment)
        return None
    if not crm.appointments.ask_about(appointment):
        return None
    crm.tasks.open(
        "arrival",
        store_id=appointment.store_id,
        owner_id=appointment.owner_id,
        vehicle_id=appointment.vehicle_id,
        appointment_id=appointment.key,
        occurrence=f"arrival:{_name(appointment)}",
    )
    return _item(appointment, "arrival", TASK)


def _decide(crm: Crm, appointment: Appointment) -> TickItem | None:
    """Nobody answered: no work order of that day means that they did not come."""
    if came(crm, appointment):
        if crm.appointments.arrived(appointment):
            crm.tasks.appointment_settled(appointment.key, "arrived")
        return None
    if not crm.appointments.no_show(appointment):
        return None
    crm.tasks.appointment_settled(appointment.key, "no_show")
    return rebook(crm, appointment)


def _next_opening(crm: Crm, store: Store, starts_at: datetime) -> datetime:
    """When the store opens on its next open day."""
    day: date = starts_at.astimezone(crm.shop.zone).date()
    for number in range(1, SEARCHED_DAYS + 1):
        if spans := crm.stores.open_spans(store, day + timedelta(days=number)):
            return spans[0][0]
    return starts_at + timedelta(days=SEARCHED_DAYS)


def _name(appointment: Appointment) -> str:
    return f"appointment:{appointment.key}:{appointment.starts_at:%Y%m%d%H%M}"


def _item(appointment: Appointment, step: str, decision: str) -> TickItem:
    plate = appointment.plate or None
    return TickItem(JOURNEY, step, _name(appointment), appointment.owner_id, plate, "staff", decision, "")
