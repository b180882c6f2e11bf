"""A new appointment, for whoever prepares for it."""

from __future__ import annotations

from handlers.desk.view import CardKind, View


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


KINDS = {
    "new_appointment": CardKind(lines, after_taking=lambda view: (("called", "done"), ("give_back",))),
}
