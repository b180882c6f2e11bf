"""A car is due tomorrow and its owner has not answered: the advisor calls, with a time to propose."""

from __future__ import annotations

from datetime import date, datetime

from handlers.desk.view import CardKind, View


def lines(view: View) -> list[str]:
    say, told = view.say, view.task.told()
    car = view.crm.vehicles.get(view.task.vehicle_id) if view.task.vehicle_id else None
    proposed = told.get("proposed")
    return [
        say.field("owner", view.name(view.owner)),
        say.field("car", say.listed([view.plate(car.plate), car.model])) if car else "",
        view.phone(),
        say.field("due", say.day(date.fromisoformat(told["due"]))),
        say.field("proposed", say.moment(datetime.fromisoformat(proposed))) if proposed else "",
        say.field("say", say.say_to_due(view.owner.name, car.model if car else "")) if view.full and view.owner else "",
    ]


KINDS = {"maintenance_call": CardKind(lines)}
