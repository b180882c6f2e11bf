"""The 360° profile: everything known about one owner, in one document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.churn import churn_alert
from core.messages import Bubble
from core.money import yuan
from storage import foretold
from storage.appointments import Appointment
from storage.coupons import Coupon
from storage.opportunities import Opportunity
from storage.owners import Owner
from storage.profile_figures import changed, figures
from storage.references import surviving
from storage.tickets import Ticket
from storage.visits import Visit

if TYPE_CHECKING:
    from storage.crm import Crm
    from storage.predictions import Prediction

LATEST = 200  # entries of the timeline


def profile(crm: Crm, owner_id: int) -> dict[str, Any] | None:
    """What `owner --json` and GET /api/v1/owners/{id} give, newest things first; nothing without such an owner."""
    owner = surviving(crm, owner_id)
    if owner is None:
        return None
    visits, prediction = crm.visits.of_owner(owner.key), crm.predictions.of_owner(owner.key)
    return {
        **_identity(crm, owner),
        "grade": owner.grade,
        "stage": owner.stage,
        **figures(crm, owner),
        "churn": _churn(crm, owner, prediction),
        "ltv": yuan(sum(visit.amount_fen for visit in visits if visit.status == "completed")),
        "foretold": foretold.of_owner(prediction),
        "tags": crm.tags.of_owner(owner.key),
        "vehicles": _vehicles(crm, owner),
        "visits": _visits(crm, visits),
        "appointments": [appointment_item(crm, one) for one in crm.appointments.of_owner(owner.key)],
        "coupons": [coupon_item(crm, one) for one in crm.coupons.of_owner(owner.key)],
        "opportunities": [opportunity_item(crm, one) for one in crm.opportunities.of_owner(owner.key)],
        "tickets": [_ticket(crm, ticket) for ticket in crm.tickets.of_owner(owner.key)],
        "consents": _consents(crm, owner),
        "timeline": _timeline(crm, owner),
    }


def appointment_item(crm: Crm, appointment: Appointment) -> dict[str, Any]:
    """An appointment as the API and the profile show it."""
    return {
        "id": appointment.key,
        "owner_id": appointment.owner_id,
        "plate": appointment.plate or None,
        "service": crm.services.get(appointment.service_id).code,
        "store": crm.stores.get(appointment.store_id).code,
        "bay": crm.stores.bay(appointment.bay_id).number,
        "starts_at": shown(crm, appointment.starts_at),
        "ends_at": shown(crm, appointment.ends_at),
        "status": appointment.status,
        "channel": appointment.channel,
    }


def coupon_item(crm: Crm, coupon: Coupon) -> dict[str, Any]:
    """A coupon as the API and the profile show it."""
    offer = crm.coupons.offer(coupon)
    store = crm.stores.get(coupon.redeemed_store_id) if coupon.redeemed_store_id else None
    by = crm.staff.get(coupon.redeemed_by).name if coupon.redeemed_by else coupon.redeemed_via.removeprefix("api:")
    return {
        "code": coupon.code,
        "owner_id": coupon.owner_id,
        "offer": coupon.offer,
        "title": offer.title[0],
        "percent": coupon.percent or None,
        "amount": yuan(coupon.amount_fen) if coupon.amount_fen else None,
        "gifts": offer.gifts[0],
        "status": coupon.status,
        "valid_until": shown(crm, coupon.valid_until),
        "claimed_at": shown(crm, coupon.claimed_at),
        "redeemed_at": shown(crm, coupon.redeemed_at),
        "redeemed_by": by or None,
        "store": store.code if store else None,
    }


def opportunity_item(crm: Crm, one: Opportunity) -> dict[str, Any]:
    """An opportunity as the API and the profile show it."""
    car = crm.vehicles.get(one.vehicle_id) if one.vehicle_id else None
    return {
        "id": one.key,
        "owner_id": one.owner_id,
        "plate": car.plate if car else None,
        "store": crm.stores.get(one.store_id).code if one.store_id else None,
        "advisor": crm.staff.get(one.advisor_id).name if one.advisor_id else None,
        "item": one.item,
        "stage": one.stage,
        "amount": yuan(one.amount_fen) if one.amount_fen else None,
        "next_step": one.next_step,
        "remind_at": shown(crm, one.remind_at),
        "created_at": shown(crm, one.created_at),
        "changed_at": shown(crm, one.changed_at),
    }


def shown(crm: Crm, moment: datetime | None) -> str | None:
    """ISO 8601 with the shop's offset, to the second."""
    return moment.astimezone(crm.shop.zone).isoformat(timespec="seconds") if moment else None


def _identity(crm: Crm, owner: Owner) -> dict[str, Any]:
    store = crm.stores.get(owner.store_id) if owner.store_id else None
    advisor = crm.staff.get(owner.advisor_id) if owner.advisor_id else None
    return {
        "id": owner.key,
        "name": owner.name,
        "status": owner.status,
        "phone": crm.owners.phone(owner),
        "phone_verified": owner.phone_verified,
        "birthday": str(owner.birthday) if owner.birthday else None,
        "address": crm.owners.address(owner),
        "language": owner.language,
        "store": store.code if store else None,
        "advisor": advisor.name if advisor else None,
        "source": owner.source,
        "remarks": owner.remarks,
        "channels": sorted({one.channel for one in crm.identities.of_owner(owner.key)}),
        "created_at": shown(crm, owner.created_at),
    }


def _churn(crm: Crm, owner: Owner, prediction: Prediction | None) -> dict[str, Any]:
    """As the rules see it now, whether or not an alert was raised already; `probability`, where there is a
    prediction: of not coming within a year."""
    today = crm.now.astimezone(crm.shop.zone).date()
    alerts = [
        churn_alert(facts, today, crm.shop.policy.churn)
        for _, facts in crm.churn_alerts.audience(today, owner_id=owner.key)
    ]
    probability = {"probability": round(1 - prediction.p_return_365d, 4)} if prediction else {}
    if not alerts:
        return {"level": "none", "reasons": [], **probability}
    return {
        "level": alerts[0].level.value,
        "reasons": [{"why": why, "value": value} for why, value in alerts[0].reasons],
        **probability,
    }


def _vehicles(crm: Crm, owner: Owner) -> list[dict[str, Any]]:
    cars = crm.vehicles.of_owner(owner.key)
    forecasts = foretold.of_cars(crm, cars)
    return [
        {
            "id": car.key,
            "plate": car.plate,
            "vin": crm.vehicles.vin(car),
            "model": car.model,
            "powertrain": car.powertrain,
            "mileage_km": car.mileage_km,
            "purchased_on": str(car.purchased_on) if car.purchased_on else None,
            "last_service_on": str(car.last_service_on) if car.last_service_on else None,
            "due_on": str(car.due_on) if car.due_on else None,
            "forecast": forecasts[car.key],
        }
        for car in cars
    ]


def _visits(crm: Crm, visits: list[Visit]) -> list[dict[str, Any]]:
    plates = crm.vehicles.plates(visit.vehicle_id for visit in visits)
    return [
        {
            "number": visit.number,
            "visited_on": str(visit.visited_on),
            "plate": plates.get(visit.vehicle_id or 0),
            "items": [item for item in visit.items.split("、") if item],
            "mileage_km": visit.mileage_km,
            "amount": yuan(visit.amount_fen),
            "status": visit.status,
            "rating": visit.rating,
        }
        for visit in visits
    ]


def _ticket(crm: Crm, ticket: Ticket) -> dict[str, Any]:
    """A complaint with everything that was said and done about it."""
    return {
        "number": ticket.number,
        "state": ticket.state,
        "plate": crm.vehicles.plates([ticket.vehicle_id]).get(ticket.vehicle_id or 0),
        "opened_at": shown(crm, ticket.created_at),
        "contact_by": shown(crm, ticket.contact_by),
        "contacted_at": shown(crm, ticket.contacted_at),
        "solve_by": shown(crm, ticket.solve_by),
        "solved_at": shown(crm, ticket.solved_at),
        "reopened": ticket.reopened,
        "decision": crm.tickets.decision(ticket),
        "notes": [
            {"at": shown(crm, note.at), "by": note.by, "kind": note.kind, "text": crm.tickets.text(note)}
            for note in crm.tickets.notes(ticket)
        ],
    }


def _consents(crm: Crm, owner: Owner) -> list[dict[str, Any]]:
    return [
        {
            "purpose": one.purpose,
            "channel": one.channel,
            "given": one.given,
            "wording": one.wording,
            "evidence": one.evidence,
            "at": shown(crm, one.at),
        }
        for one in reversed(crm.consents.of_owner(owner.key))
    ]


def _timeline(crm: Crm, owner: Owner) -> list[dict[str, Any]]:
    """What happened, what they said and what they were told."""
    entries = [*_happened(crm, owner), *changed(crm, owner), *_said(crm, owner)]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    return [{"at": shown(crm, at), **entry} for at, entry in entries[:LATEST]]


def _happened(crm: Crm, owner: Owner) -> Iterator[tuple[datetime, dict[str, Any]]]:
    for event in crm.events.of_owner(owner.key, LATEST):
        yield (
            event.at,
            {"kind": event.verb, "channel": event.channel, "actor": event.actor, "text": event.detail},
        )


def _said(crm: Crm, owner: Owner) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Both sides of every talk."""
    for identity in crm.identities.of_owner(owner.key):
        talk = crm.conversations.of_identity(identity.key)
        if talk is None:
            continue
        common = {"channel": identity.channel}
        for message in crm.messages.of_conversation(talk.key, LATEST):
            text = crm.messages.text(message)
            yield message.received_at, {"kind": "said", **common, "actor": f"owner:{owner.key}", "text": text}
        for row in crm.outbox.latest_of_conversation(talk.key, LATEST):
            text = Bubble.unpacked(crm.outbox.payload(row)).text
            yield (
                row.created_at,
                {"kind": "told", **common, "actor": "shop", "text": text, "state": row.state},
            )
