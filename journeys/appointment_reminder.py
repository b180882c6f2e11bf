"""An appointment to come: a reminder the day before, and one two hours before. None for what was booked after that."""

from __future__ import annotations

from datetime import datetime, time

from core.messages import Bubble, Rank
from core.notices import notice
from core.reminders import SOON, reminders
from flows.voice import voice_for
from journeys.engine import TOO_LATE
from journeys.items import TickItem
from journeys.step import Happening, send, skip
from storage.appointments import Appointment
from storage.crm import Crm

NAME = "appointment_reminder"


def run(crm: Crm) -> list[TickItem]:
    """Everybody whose moment has come; who missed the first reminder is told by the second alone."""
    items: list[TickItem | None] = []
    for one in crm.appointments.to_remind():
        items += _remind(crm, one)
        crm.appointments.reminded(one)
    return [item for item in items if item]


def _remind(crm: Crm, one: Appointment) -> list[TickItem | None]:
    rules, quiet = crm.shop.policy.journey(NAME), crm.shop.policy.quiet_service
    moments = reminders(one.starts_at, crm.shop.zone, rules.at, quiet)
    due = [step for step, moment in moments if one.remind_at and one.remind_at <= moment <= crm.now]
    if not rules.on or one.starts_at <= crm.now or not due:
        return []
    return [*(skip(crm, _happening(one, step), TOO_LATE) for step in due[:-1]), _send(crm, one, due[-1])]


def _send(crm: Crm, one: Appointment, step: str) -> TickItem | None:
    say = voice_for(crm, one.owner_id)
    service = crm.services.get(one.service_id).named(say.pick("zh", "en"))
    words = say.appointment_soon if step == SOON else say.appointment_tomorrow
    store = crm.stores.get(one.store_id).name
    shape = notice(NAME, crm.shop.zone, plate=one.plate, service=service, store=store, starts_at=one.starts_at)
    bubble = Bubble(words(one.starts_at, one.plate, service, store), notice=shape)
    ends = one.starts_at if step == SOON else _midnight(crm, one)
    return send(crm, _happening(one, step), bubble, Rank.SERVICE, ends - crm.now)


def _happening(one: Appointment, step: str) -> Happening:
    name = f"appointment {one.key} / {one.starts_at:%Y-%m-%dT%H:%M}"
    return Happening(NAME, step, name, one.owner_id, one.vehicle_id, one.plate or None)


def _midnight(crm: Crm, one: Appointment) -> datetime:
    """At which "tomorrow" would no longer be true."""
    return datetime.combine(one.starts_at.astimezone(crm.shop.zone).date(), time(), crm.shop.zone)
