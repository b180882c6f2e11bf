"""Appointments, for whoever prepares for them: a new one, one that changed, one that has begun without its car."""

from __future__ import annotations

from collections.abc import Callable

import journeys
from core.errors import Refused
from core.say import StaffSay
from handlers.desk.view import CardKind, Rows, View
from handlers.desk.work import noted
from storage.appointments import NO_SHOW, Appointment
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import OPEN, Task


def lines(view: View) -> list[str]:
    crm, say = view.crm, view.say
    appointment = crm.appointments.get(view.task.appointment_id or 0)
    service = crm.services.get(appointment.service_id).named("en" if say.english else "zh")
    where = say.listed([crm.stores.get(appointment.store_id).name, say.bay(crm.stores.bay(appointment.bay_id).number)])
    return [
        say.field("time", say.moment(appointment.starts_at)),
        say.field("service", " · ".join(filter(None, [service, view.plate(appointment.plate)]))),
        say.field("store", where),
        say.field("owner", view.name(view.owner)),
        view.phone(),
        *view.words(),
    ]


def arrived(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """The car is here."""
    return _settle(crm, staff, task, say, "arrived", crm.appointments.arrived)


def no_show(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """It did not come: the owner gets one kind word and a way to book again."""

    def missed(appointment: Appointment) -> bool:
        if crm.appointments.no_show(appointment):
            journeys.rebook(crm, appointment)
        return appointment.status == NO_SHOW

    return _settle(crm, staff, task, say, "no_show", missed)


def _settle(
    crm: Crm, staff: Staff, task: Task, say: StaffSay, outcome: str, change: Callable[[Appointment], bool]
) -> str:
    if task.kind != "arrival" or task.appointment_id is None:
        raise Refused(say.unknown_button())
    if task.status == OPEN:
        crm.tasks.take(task, staff.key)
    answer = noted(crm, staff, task, say, crm.tasks.finish(task, staff.key, outcome))
    if change(crm.appointments.get(task.appointment_id)):
        crm.tasks.appointment_settled(task.appointment_id, outcome)
    return answer


def _after_taking(view: View) -> Rows:
    return (("called", "done"), ("give_back",))


_ARRIVAL: Rows = (("arrived", "no_show"),)
KINDS = {
    "new_appointment": CardKind(lines, after_taking=_after_taking),
    "appointment_moved": CardKind(lines, after_taking=_after_taking),
    "appointment_cancelled": CardKind(lines, tone="warn", after_taking=_after_taking),
    "arrival": CardKind(
        lines,
        while_open=lambda view: (*_ARRIVAL, ("take",)),
        after_taking=lambda view: (*_ARRIVAL, ("called", "give_back")),
    ),
}
ACTIONS = {"arrived": arrived, "no_show": no_show}
