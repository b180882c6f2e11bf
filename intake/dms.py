"""Records that a DMS tells of: work orders, cars and people, matched and written as an import's rows are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.errors import BadInput
from intake.clean import clean
from intake.columns import OWNERS, PERSONAL, VEHICLES, VISITS
from intake.dms_documents import Answer, CarNews, DmsEnvelope, OwnerNews, WorkOrder
from intake.due import reckon
from intake.importing import finders
from intake.known import Known, Values
from intake.plan import Plan, plan
from intake.tally import Tally
from intake.write import is_maintenance, write
from storage.appointments import ARRIVED, DONE
from storage.dms_events import LATE, WRITTEN
from storage.visits import CANCELLED, COMPLETED, OPEN, Visit

if TYPE_CHECKING:
    from storage.appointments import Appointment
    from storage.crm import Crm

STATUS = {"work_order.opened": OPEN, "work_order.completed": COMPLETED, "work_order.cancelled": CANCELLED}
AHEAD = timedelta(days=1)  # how far a DMS's clock may be in front of ours


@dataclass(slots=True)
class Taken:
    """What came of a work order: the visit as it stands now, and what was booked for it."""

    visit: Visit
    appointments: list[Appointment]


def check_moment(occurred_at: datetime, now: datetime) -> None:
    """An event that is still to come would outweigh all later ones. Raises BadInput."""
    if occurred_at > now + AHEAD:
        raise BadInput("occurred_at: lies in the future")


def take_work_order(crm: Crm, number: int, envelope: DmsEnvelope, order: WorkOrder) -> Taken | None:
    """Write it, unless something later about the same number is known. Raises BadInput for what makes no sense."""
    status = STATUS[envelope.type]
    values = _of_order(crm, envelope, order)
    if status != CANCELLED and not {"plate", "vin", "phone"} & values.keys():
        raise BadInput("data: a work order needs a plate, a VIN or the owner's phone that can be right")
    before = crm.visits.with_number(order.number)
    was = before.status if before else ""
    visit = crm.visits.tell(order.number, status, envelope.occurred_at, values["visited_on"])
    if visit is None:
        _tell_of_order(crm, number, LATE, before, values)
        return None
    if status == CANCELLED:
        appointments: list[Appointment] = []
    else:
        _fill(crm, number, visit, values)
        appointments = _came(crm, visit, values.get("plate", ""))
    if was == COMPLETED and status != COMPLETED:
        _take_back(crm, visit)
    _tell_of_order(crm, number, WRITTEN, visit, values)
    crm.record(f"visit.{status}", "visit", visit.key, owner_id=visit.owner_id, detail=order.number)
    return Taken(visit, appointments)


def take_car(crm: Crm, number: int, envelope: DmsEnvelope, news: CarNews) -> None:
    """A car, and maybe who drives it; one that is not known yet is a new one."""
    party = news.owner
    cells = {"plate": news.plate, "vin": news.vin, "model": news.model, "mileage_km": news.mileage_km}
    who = {"name": party.name, "phone": party.phone} if party else {}
    values = _cleaned(crm, cells | who)
    if not {"plate", "vin"} & values.keys():
        raise BadInput("data: a car needs a plate or a VIN that can be right")
    _write_news(crm, number, envelope, VEHICLES, values)


def take_owner(crm: Crm, number: int, envelope: DmsEnvelope, news: OwnerNews) -> None:
    """A person, found by phone, or by name and car."""
    cells = {"name": news.name, "phone": news.phone, "plate": news.plate, "address": news.address}
    values = _cleaned(crm, cells)
    if not {"name", "phone"} & values.keys():
        raise BadInput("data: an owner needs a name or a phone that can be right")
    _write_news(crm, number, envelope, OWNERS, values)


def take_answer(crm: Crm, number: int, envelope: DmsEnvelope, answer: Answer) -> None:
    """What the DMS makes of an appointment is kept on its timeline."""
    appointment = crm.appointments.find(answer.appointment_id)
    if appointment is None:
        raise BadInput("data.appointment_id: there is no such appointment")
    owner = appointment.owner_id
    crm.dms_events.told(number, WRITTEN, subject=f"appointment:{appointment.key}", owner_id=owner)
    crm.record(envelope.type, "appointment", appointment.key, owner_id=owner, detail=answer.number or "")


def _tell_of_order(crm: Crm, number: int, outcome: str, visit: Visit | None, values: Values) -> None:
    """Whom it is about is kept with the event, so that its body goes when they ask to be erased."""
    owner = visit.owner_id if visit else None
    if owner is None and "phone" in values:
        owner = next((one.key for one in crm.owners.with_phone(values["phone"])), None)
    vehicle = visit.vehicle_id if visit else None
    crm.dms_events.told(number, outcome, subject=_about("visit", visit), owner_id=owner, vehicle_id=vehicle)


def _write_news(crm: Crm, number: int, envelope: DmsEnvelope, kind: str, values: Values) -> None:
    one = _matched(crm, number, kind, values, envelope.occurred_at)
    about = one.car if kind == VEHICLES else one.person
    known = about.row if about else None
    subject = _about(kind, known)
    late = known is not None and crm.dms_events.is_late(envelope.type, subject, envelope.occurred_at)
    if not late:
        write(crm, kind, [one], 0)
    about_now = about.row if about else None
    crm.dms_events.told(
        number,
        LATE if late else WRITTEN,
        subject=_about(kind, about_now),
        owner_id=one.person.row.key if one.person and one.person.row else None,
        vehicle_id=one.car.row.key if one.car and one.car.row else None,
    )


def _of_order(crm: Crm, envelope: DmsEnvelope, order: WorkOrder) -> Values:
    """Its facts as a row of an import has them. A plate or phone that cannot be right is left out, as there."""
    party = order.owner
    moment = order.completed_at or order.opened_at or envelope.occurred_at
    names = [item.name for item in order.items or () if item.name]
    cells = {"plate": order.plate, "vin": order.vin, "mileage_km": order.mileage_km, "advisor": order.advisor}
    values = _cleaned(crm, cells | ({"name": party.name, "phone": party.phone} if party else {}))
    if order.store:
        values["store"] = finders(crm)["store"](order.store)
        if values["store"] is None:
            raise BadInput("data.store: neither code nor name of a store of ours")
    if order.amount is not None:
        values["amount"] = int(order.amount * Decimal(100))
    values["visited_on"] = moment.astimezone(crm.shop.zone).date()
    return values | {"number": order.number, "items": "、".join(names)[:1000], "status": STATUS[envelope.type]}


def _cleaned(crm: Crm, cells: dict[str, Any]) -> Values:
    today, known = crm.now.astimezone(crm.shop.zone).date(), finders(crm)
    found = {field: clean(field, [raw], today, known) for field, raw in cells.items()}
    return {field: cell.value for field, cell in found.items() if cell.state in ("ok", "fixed")}


def _matched(crm: Crm, number: int, kind: str, values: Values, occurred_at: datetime) -> Plan:
    """Whom and which car it is about. Nobody else matches meanwhile, so that nobody is made twice.

    An event from before somebody's record was erased brings nothing of that person back.
    """
    crm.imports.alone()
    if "plate" in values:
        crm.vehicles.reserve(values["plate"])
    if crm.forgotten.among([values], since=occurred_at):
        values = {field: value for field, value in values.items() if field not in PERSONAL}
        crm.dms_events.drop_body(number)
    known, tally = Known(), Tally()
    known.load(crm, [values])
    plans = plan(kind, [(1, values)], known, set(), set(), tally)
    if not plans:
        raise BadInput("data: it is about nobody who can be found")
    return plans[0]


def _fill(crm: Crm, number: int, visit: Visit, values: Values) -> None:
    """Person and car by the import's rules; the maintenance counts only once the work is done."""
    completed = values["status"] == COMPLETED
    one = _matched(crm, number, VISITS, values, visit.as_of or crm.now)
    left_out = set() if completed else {"items", "visited_on"}
    if one.person and one.person.row:
        left_out |= {"store", "advisor"}  # theirs stay: this is about one visit
    told = Plan({f: v for f, v in one.values.items() if f not in left_out}, one.person, one.car)
    write(crm, OWNERS, [told], 0)
    visit.vehicle_id = one.car.number if one.car else visit.vehicle_id
    visit.owner_id = one.person.number if one.person else visit.owner_id
    visit.store_id = values.get("store", visit.store_id)
    visit.items = values["items"] or visit.items
    visit.maintenance = is_maintenance(visit.items)
    visit.amount_fen = values.get("amount", visit.amount_fen)
    visit.mileage_km = values.get("mileage_km", visit.mileage_km)
    crm.session.flush()
    if completed and visit.owner_id:
        crm.tasks.came_back(visit.owner_id)


def _came(crm: Crm, visit: Visit, plate: str) -> list[Appointment]:
    """What was booked for that car that day."""
    begins = datetime.combine(visit.visited_on, time(), crm.shop.zone)
    status = DONE if visit.status == COMPLETED else ARRIVED
    found = crm.appointments.came(visit.vehicle_id, plate, (begins, begins + timedelta(days=1)), status)
    for one in found:
        crm.tasks.appointment_settled(one.key, status)
    return found


def _take_back(crm: Crm, visit: Visit) -> None:
    """An order that does not stand any more no longer counts as the last maintenance."""
    car = crm.vehicles.get(visit.vehicle_id) if visit.vehicle_id else None
    if car is None or not visit.maintenance or car.last_service_on != visit.visited_on:
        return
    days: list[date] = [v.visited_on for v in crm.visits.of_vehicle(car.key) if v.status == COMPLETED and v.maintenance]
    car.last_service_on, car.due_on = max(days, default=None), None
    crm.session.flush()
    reckon(crm, [car])
    crm.session.flush()


def _about(kind: str, row: Any) -> str:
    return f"{kind}:{row.key}" if row is not None else ""
