"""查 粤B12345: who that is, their cars, and what is going on with them. Each look is kept."""

from __future__ import annotations

from core.understanding.staff_words import Order
from handlers.orders.whom import Desk, whom
from storage.owners import Owner
from storage.vehicles import Vehicle


def find(desk: Desk, order: Order) -> str:
    owner, why_not = whom(desk, order)
    if owner is None:
        return why_not
    desk.crm.record("owner.revealed", "owner", owner.key, owner_id=owner.key, detail=desk.staff.name)
    lines = [*_person(desk, owner), *_cars(desk, owner), *going_on(desk, owner), _page(desk, owner)]
    return "\n".join(line for line in lines if line)


def going_on(desk: Desk, owner: Owner) -> list[str]:
    """Appointments, complaints, coupons, opportunities: what whoever talks with them must know."""
    crm, say = desk.crm, desk.say
    coming = [say.short_moment(one.starts_at) for one in crm.appointments.coming(owner.key)]
    tickets = [one.number for one in crm.tickets.of_owner(owner.key) if one.state in ("open", "solved")]
    coupons = [say.pick(*crm.coupons.offer(one).title) for one in crm.coupons.usable(owner.key)]
    wishes = [
        f"{desk.owner_say.item(one.item)} {say.opportunity_stage(one.stage)}"
        for one in crm.opportunities.of_owner(owner.key)
        if one.is_open
    ]
    fields = {"booked": coming, "complaints": tickets, "coupons": coupons, "opportunities": wishes}
    return [say.field(name, say.listed(values)) for name, values in fields.items() if values]


def _person(desk: Desk, owner: Owner) -> list[str]:
    crm, say = desk.crm, desk.say
    phone = crm.owners.phone(owner) if desk.full else None
    advisor = crm.staff.get(owner.advisor_id).name if owner.advisor_id else ""
    visits = [one for one in crm.visits.of_owner(owner.key) if one.status == "completed"]
    return [
        say.field("owner", say.listed([desk.name(owner), say.standing(owner.grade)])),
        say.field("phone", phone) if phone else "",
        say.field("own_advisor", advisor) if advisor else "",
        say.field("last_visit", say.listed([say.day(visits[0].visited_on), visits[0].items])) if visits else "",
        say.field("remarks", owner.remarks) if owner.remarks and desk.full else "",
    ]


def _cars(desk: Desk, owner: Owner) -> list[str]:
    return [_car(desk, car) for car in desk.crm.vehicles.of_owner(owner.key)]


def _car(desk: Desk, car: Vehicle) -> str:
    say = desk.say
    driven = say.km(car.mileage_km) if car.mileage_km else ""
    due = say.due(car.due_on) if car.due_on else ""
    return say.field("car", say.listed([desk.plate(car.plate), car.model, driven, due]))


def _page(desk: Desk, owner: Owner) -> str:
    url = desk.crm.shop.public_url
    return f"{url}/console/owners/{owner.key}" if url and desk.full else ""
