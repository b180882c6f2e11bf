"""Owners, their cars, accounts and consents: who was known on a morning, and when the others came."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlalchemy import select as core_select

from storage.rehearsal.later import Morning, Row, tables

NOT_YET = "later"  # the state of an owner whom nobody knows yet: no journey is for them
TOGETHER = timedelta(hours=1)  # what is written so soon after a record came with it


def go_back(morning: Morning) -> None:
    """A record that was only written later, as by an import, is as old as the first thing that it tells of."""
    first = _first_days(morning)
    arrived = _owners(morning, first)
    _accounts(morning, arrived)
    _ties(morning, first, arrived)
    for row in morning.take("consent", tables("consent").c.at >= morning.at):
        morning.comes(row["at"], "consent", row)


def _first_days(morning: Morning) -> dict[tuple[str, int], date]:
    """The first visit or service of each owner and car, and a car's purchase: ("owner", 7) → day."""
    visit, vehicle, tie = tables("visit"), tables("vehicle"), tables("owner_vehicle")
    found: dict[tuple[str, int], date] = {}
    for what, column in (("owner", visit.c.owner_id), ("car", visit.c.vehicle_id)):
        query = core_select(column, func.min(visit.c.visited_on)).where(column.is_not(None)).group_by(column)
        _keep(found, what, morning.connection.execute(query))
    for day in (vehicle.c.purchased_on, vehicle.c.last_service_on):
        _keep(found, "car", morning.connection.execute(core_select(vehicle.c.id, day).where(day.is_not(None))))
    cars = morning.connection.execute(core_select(tie.c.owner_id, tie.c.vehicle_id))
    _keep(found, "owner", [(owner, found["car", car]) for owner, car in cars if ("car", car) in found])
    return found


def _keep(found: dict[tuple[str, int], date], what: str, days: object) -> None:
    for number, day in days:  # type: ignore[attr-defined]
        found[what, number] = min(day, found.get((what, number), day))


def _owners(morning: Morning, first: dict[tuple[str, int], date]) -> dict[int, datetime]:
    """When records were written that are newer than that morning, by owner."""
    owner = tables("owner")
    query = core_select(owner.c.id, owner.c.status, owner.c.created_at).where(owner.c.created_at >= morning.at)
    new = morning.connection.execute(query).all()
    for number, status, created_at in new:
        at = _since(morning, created_at, first.get(("owner", number)))
        if at >= morning.at and status == "active":
            morning.was("owner", number, status=NOT_YET)
            morning.changes(at, "owner", number, status=status)
    return {number: created_at for number, _, created_at in new}


def _since(morning: Morning, written: datetime, first: date | None) -> datetime:
    """When it was known: when it was written, or on the day of the first thing that it tells, if that is earlier."""
    return min(written, morning.known_at(first, written)) if first else written


def _accounts(morning: Morning, arrived: dict[int, datetime]) -> None:
    """Accounts that were bound later; one that came with its owner's record is as old as they are."""
    identity = tables("identity")
    query = core_select(identity.c.id, identity.c.owner_id, identity.c.since).where(
        identity.c.since >= morning.at, identity.c.owner_id.is_not(None)
    )
    for number, owner_id, since in morning.connection.execute(query).all():
        if owner_id not in arrived or since - arrived[owner_id] > TOGETHER:
            morning.was("identity", number, owner_id=None)
            morning.changes(since, "identity", number, owner_id=owner_id)


def _ties(morning: Morning, first: dict[tuple[str, int], date], arrived: dict[int, datetime]) -> None:
    """Who has which car: those that changed hands later are where they were."""
    tie = tables("owner_vehicle")
    for row in morning.take("owner_vehicle", tie.c.since >= morning.at):
        until = row["until"]
        at = _tied_at(morning, row, first.get(("car", row["vehicle_id"])), arrived)
        morning.comes(max(at, morning.at), "owner_vehicle", row | {"until": None})
        if until:
            morning.changes(until, "owner_vehicle", row["id"], until=until)
    query = core_select(tie.c.id, tie.c.until).where(tie.c.until >= morning.at)
    for number, until in morning.connection.execute(query).all():
        morning.was("owner_vehicle", number, until=None)
        morning.changes(until, "owner_vehicle", number, until=until)


def _tied_at(morning: Morning, row: Row, first: date | None, arrived: dict[int, datetime]) -> datetime:
    since: datetime = row["since"]
    came_with = row["owner_id"] in arrived and since - arrived[row["owner_id"]] <= TOGETHER
    return _since(morning, since, first) if came_with else since
