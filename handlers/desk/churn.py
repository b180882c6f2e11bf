"""An owner about to leave: why, and what to say."""

from __future__ import annotations

from handlers.desk.view import CardKind, View


def lines(view: View) -> list[str]:
    say, told = view.say, view.task.told()
    vehicle = view.crm.vehicles.get(view.task.vehicle_id) if view.task.vehicle_id else None
    car = " · ".join(filter(None, [view.plate(vehicle.plate), vehicle.model])) if vehicle else ""
    why = say.listed(say.reason(key, value) for key, value in told.get("reasons", []))
    remarks = view.owner.remarks if view.owner and view.full else ""
    return [
        say.field("owner", view.name(view.owner)),
        say.field("car", car) if car else "",
        view.phone(),
        say.field("why", why),
        say.field("remarks", remarks) if remarks else "",
        say.field("say", _opening(view, vehicle.model if vehicle else "")) if view.full else "",
    ]


def _opening(view: View, model: str) -> str:
    name = view.owner.name if view.owner else ""
    reasons = {key for key, _ in view.task.told().get("reasons", [])}
    if "low_rating" in reasons:
        return view.say.say_to_unhappy(name)
    return view.say.say_to_due(name, model) if "overdue_since" in reasons else view.say.say_to_away(name, model)


KINDS = {"churn_alert": CardKind(lines, tone="warn")}
