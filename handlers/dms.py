"""An event of the DMS: kept under its id, taken in, and what follows from it for the owner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intake import dms
from intake.dms_documents import DmsEnvelope
from journeys import notices
from journeys.recommendation import at_the_desk
from storage.crm import Crm
from storage.visits import Visit


def receive(crm: Crm, envelope: DmsEnvelope, data: Any, body: bytes) -> bool:
    """Take it in. False when it was accepted before. Raises BadInput, with nothing written."""
    crm.actor, crm.channel = "dms", "dms"
    number = crm.dms_events.accept(envelope.id, envelope.type, envelope.occurred_at, body)
    if number is None:
        return False
    TYPES[envelope.type](crm, number, envelope, data)
    return True


def _completed(crm: Crm, number: int, envelope: DmsEnvelope, data: Any) -> None:
    taken = dms.take_work_order(crm, number, envelope, data)
    if taken is not None:
        notices.car_ready(crm, taken.visit, taken.appointments, envelope.occurred_at)
        _at_checkout(crm, taken.visit, envelope)


def _at_checkout(crm: Crm, visit: Visit, envelope: DmsEnvelope) -> None:
    """Whoever hands the car over sees what may be recommended; a work order of long ago is nobody at the desk."""
    if visit.owner_id and crm.now - envelope.occurred_at <= crm.shop.policy.ready_within:
        at_the_desk(crm, visit.owner_id, visit.store_id)


TYPES: dict[str, Callable[[Crm, int, DmsEnvelope, Any], object]] = {
    "work_order.opened": dms.take_work_order,
    "work_order.completed": _completed,
    "work_order.cancelled": dms.take_work_order,
    "vehicle.updated": dms.take_car,
    "owner.updated": dms.take_owner,
    "appointment.accepted": dms.take_answer,
    "appointment.rejected": dms.take_answer,
}
