"""Visits, ratings, appointments and what cars are known to need: as they were on a morning."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlalchemy import select as core_select

from storage.appointment_rows import ARRIVED, BOOKED, EXPIRED, HELD, LISTED, NO_SHOW
from storage.rehearsal.later import Morning, Row, tables
from storage.visits import COMPLETED

_BY_TIME = (ARRIVED, NO_SHOW)  # what a tick decides where nobody has said it
Turns = dict[int, list[tuple[datetime, str]]]


def go_back(morning: Morning) -> set[int]:
    """Returns the cars whose due day must be reckoned anew."""
    ratings = _ratings(morning)
    visits = _visits(morning, ratings)
    _appointments(morning)
    return _cars(morning, visits)


def _ratings(morning: Morning) -> set[int]:
    """The visits that were rated later."""
    rated = morning.take("rating", tables("rating").c.created_at >= morning.at)
    for row in rated:
        morning.was("visit", row["visit_id"], rating=None)
        morning.comes(row["created_at"], "rating", row)
        morning.changes(row["created_at"], "visit", row["visit_id"], rating=row["points"])
    return {row["visit_id"] for row in rated}


def _visits(morning: Morning, rated: set[int]) -> list[Row]:
    visits = morning.take("visit", tables("visit").c.visited_on >= morning.day)
    for row in visits:
        at = morning.known_at(row["visited_on"], row["as_of"] or row["created_at"])
        morning.comes(at, "visit", row)
    return visits


def _cars(morning: Morning, visits: list[Row]) -> set[int]:
    """The last service and the odometer, as the remaining visits tell; each visit to come brings its own."""
    coming: dict[int, list[Row]] = defaultdict(list)
    for row in sorted(visits, key=lambda one: (one["visited_on"], one["id"])):
        if row["vehicle_id"] and row["status"] == COMPLETED:
            coming[row["vehicle_id"]].append(row)
    vehicle, known = tables("vehicle"), _known(morning)
    for car in morning.connection.execute(core_select(vehicle)).mappings().all():
        served_later = car["last_service_on"] and car["last_service_on"] >= morning.day
        if served_later or car["id"] in coming:
            _car(morning, dict(car), known.get(car["id"], (None, None)), coming.get(car["id"], []))
    return set(coming)


def _car(morning: Morning, car: Row, known: tuple[Any, Any], coming: list[Row]) -> None:
    """`known`: the last maintenance and the highest reading among the visits before."""
    served, km = car["last_service_on"], known[1]
    if served and served >= morning.day:
        served = known[0]
        morning.was("vehicle", car["id"], last_service_on=served, due_on=None)
    if any(row["mileage_km"] for row in coming):
        morning.was("vehicle", car["id"], mileage_km=km)
    for row in coming:
        served = max(filter(None, (served, row["visited_on"] if row["maintenance"] else None)), default=None)
        km = max(filter(None, (km, row["mileage_km"])), default=None)
        at = morning.known_at(row["visited_on"], row["as_of"] or row["created_at"])
        morning.changes(at, "vehicle", car["id"], last_service_on=served, mileage_km=km)
    if car["last_service_on"] and (served is None or served < car["last_service_on"]):
        at = morning.known_at(car["last_service_on"], morning.at)
        morning.changes(at, "vehicle", car["id"], last_service_on=car["last_service_on"])


def _known(morning: Morning) -> dict[int, tuple[Any, Any]]:
    """By car: its last maintenance and its highest reading, as the visits that are left tell."""
    visit = tables("visit")
    query = core_select(visit.c.vehicle_id, visit.c.visited_on, visit.c.maintenance, visit.c.mileage_km)
    found: dict[int, tuple[Any, Any]] = {}
    for number, day, maintenance, km in morning.connection.execute(query.where(visit.c.status == COMPLETED)):
        served, most = found.get(number, (None, None))
        served = max(filter(None, (served, day if maintenance else None)), default=None)
        found[number] = served, max(filter(None, (most, km)), default=None)
    return found


def _appointments(morning: Morning) -> None:
    """Those made later come as they were booked; what became of them is told by people, or by the rehearsal."""
    appointment, turns = tables("appointment"), _turns(morning)
    for row in morning.take("appointment", appointment.c.created_at >= morning.at):
        if row["status"] not in (HELD, EXPIRED):
            booked_at = next((at for at, verb in turns.get(row["id"], ()) if verb == BOOKED), row["created_at"])
            morning.comes(booked_at, "appointment", row | _booked(booked_at))
            _claims(morning, row["id"], booked_at)
            _what_became_of_it(morning, row, turns)
    later = or_(appointment.c.starts_at >= morning.at, appointment.c.id.in_(list(turns)))
    settled = appointment.c.status.not_in((HELD, EXPIRED))
    for found in morning.connection.execute(core_select(appointment).where(later, settled)).mappings().all():
        morning.was("appointment", found["id"], **_booked(morning.at))
        _what_became_of_it(morning, dict(found), turns)


def _booked(since: datetime) -> Row:
    """Nobody is asked about it, and reminders that come after that moment are still to come."""
    return {"status": BOOKED, "asked_at": None, "remind_at": since}


def _claims(morning: Morning, number: int, booked_at: datetime) -> None:
    for name in ("bay_claim", "technician_claim"):
        for claim in morning.take(name, tables(name).c.appointment_id == number):
            morning.comes(booked_at, name, claim)


def _what_became_of_it(morning: Morning, row: Row, turns: Turns) -> None:
    """As the record of events tells; where it tells nothing, at the time it was booked for."""
    told = [(at, verb) for at, verb in turns.get(row["id"], []) if verb != BOOKED]
    if row["id"] not in turns and row["status"] != BOOKED:
        told = [(row["starts_at"], row["status"])]
    for at, status in told:
        if status:
            morning.changes(at, "appointment", row["id"], status=status)


def _turns(morning: Morning) -> Turns:
    """By appointment: what was done about it from that morning on; "" for what time alone did, as it will again."""
    event = tables("event")
    verbs = {f"appointment.{status}": status for status in LISTED}
    query = core_select(event.c.noun_id, event.c.at, event.c.verb, event.c.actor).where(
        event.c.at >= morning.at, event.c.noun == "appointment", event.c.verb.in_(list(verbs))
    )
    found: Turns = defaultdict(list)
    for number, at, verb, actor in morning.connection.execute(query.order_by(event.c.id)):
        by_time = actor == "system" and verbs[verb] in _BY_TIME
        found[number].append((at, "" if by_time else verbs[verb]))
    return found
