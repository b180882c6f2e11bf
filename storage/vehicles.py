"""Vehicles, and who drives, owns or pays for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage import locks
from storage.columns import Moment, table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm


class Vehicle(SQLModel, table=True):
    """One car. Plates change hands, so a car is its number here and the plate only an attribute."""

    id: int | None = Field(default=None, primary_key=True)
    plate: str | None = Field(default=None, max_length=16, index=True)
    vin_sealed: bytes | None = None
    vin_hash: bytes | None = Field(default=None, index=True)
    model: str = Field(default="", max_length=64)
    powertrain: str = Field(default="", max_length=8)  # bev, phev, ice
    purchased_on: date | None = Field(default=None, index=True)
    last_service_on: date | None = None
    mileage_km: int | None = None
    due_on: date | None = Field(default=None, index=True)  # next maintenance, from core.due
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class OwnerVehicle(SQLModel, table=True):
    """A person and a car: from when until when, and as what (owner, driver, payer)."""

    __tablename__ = "owner_vehicle"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    vehicle_id: int = Field(foreign_key="vehicle.id", index=True)
    role: str = Field(default="owner", max_length=16)
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)


VEHICLES = table_of(Vehicle)
_NEWEST_WITH_PLATE = Prepared(
    core_select(VEHICLES.c.id).where(VEHICLES.c.plate == bindparam("plate")).order_by(VEHICLES.c.id.desc()).limit(1)
)
TIES = table_of(OwnerVehicle)
_TIED = Prepared(
    core_select(TIES.c.id)
    .where(TIES.c.owner_id == bindparam("owner"), TIES.c.vehicle_id == bindparam("vehicle"), TIES.c.until.is_(None))
    .limit(1)
)


class Vehicles:
    """Verbs on vehicles."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, vehicle_id: int) -> Vehicle:
        return self.crm.session.get_one(Vehicle, vehicle_id)

    def with_plate(self, plate: str) -> Vehicle | None:
        """The newest car under that plate."""
        number = _NEWEST_WITH_PLATE.value(self.crm.connection, plate=plate)
        return self.get(number) if number else None

    def reserve(self, plate: str) -> None:
        """Until this is committed nobody else makes a car of that plate: look first, then add."""
        if not self.crm.is_sqlite:
            lock = select(func.pg_advisory_xact_lock(locks.PLATES, func.hashtext(plate)))
            self.crm.connection.execute(lock)

    def vin(self, vehicle: Vehicle) -> str | None:
        return self.crm.keys.unseal(vehicle.vin_sealed, "vehicle.vin") if vehicle.vin_sealed else None

    def set_vin(self, vehicle: Vehicle, vin: str) -> None:
        vehicle.vin_sealed = self.crm.keys.seal(vin, "vehicle.vin")
        vehicle.vin_hash = self.crm.keys.index(vin, "vehicle.vin")
        self.crm.session.flush()

    def correct(self, vehicle: Vehicle, field: str, value: Any) -> None:
        """One fact as its owner tells it; the odometer only rises."""
        if field == "mileage_km":
            value = max(int(value), vehicle.mileage_km or 0)
        elif field == "purchased_on":
            value = date.fromisoformat(str(value))
        setattr(vehicle, field, value)
        self.crm.session.flush()

    def plates(self, vehicle_ids: Iterable[int | None]) -> dict[int, str | None]:
        """The plates of these cars."""
        query = select(Vehicle.id, Vehicle.plate).where(col(Vehicle.id).in_({n for n in vehicle_ids if n}))
        return {number: plate for number, plate in self.crm.session.exec(query) if number}

    def of_owner(self, owner_id: int) -> list[Vehicle]:
        query = (
            select(Vehicle)
            .join(OwnerVehicle, col(OwnerVehicle.vehicle_id) == col(Vehicle.id))
            .where(OwnerVehicle.owner_id == owner_id, col(OwnerVehicle.until).is_(None))
        )
        return list(self.crm.session.exec(query.order_by(col(Vehicle.id)).distinct()))

    def own(self, owner_id: int) -> list[Vehicle]:
        """Their cars, without somebody else's that was only named in a talk."""
        query = select(Vehicle).where(col(Vehicle.id).in_(self.tied_to(owner_id)))
        return list(self.crm.session.exec(query.order_by(col(Vehicle.id))))

    def tied_to(self, owner_id: int) -> Any:
        """The numbers of their cars, to be asked for within another question; not of one that was only named."""
        mine = (TIES.c.owner_id == owner_id, TIES.c.until.is_(None), TIES.c.role != "provisional")
        return core_select(TIES.c.vehicle_id).where(*mine)

    def roles(self, owner_id: int) -> dict[int, str]:
        """What the person is to each of their cars."""
        query = select(OwnerVehicle).where(OwnerVehicle.owner_id == owner_id, col(OwnerVehicle.until).is_(None))
        return {tie.vehicle_id: tie.role for tie in self.crm.session.exec(query)}

    def make_driver(self, owner_id: int, vehicle_id: int) -> None:
        """They drive the car; it is somebody else's."""
        self.connect(owner_id, vehicle_id, "driver")
        statement = update(TIES).where(
            TIES.c.owner_id == owner_id, TIES.c.vehicle_id == vehicle_id, TIES.c.role == "provisional"
        )
        self.crm.connection.execute(statement.values(role="driver"))

    def part(self, owner_id: int, vehicle_id: int) -> bool:
        """The car is theirs no more. False when it was not."""
        statement = update(TIES).where(
            TIES.c.owner_id == owner_id, TIES.c.vehicle_id == vehicle_id, TIES.c.until.is_(None)
        )
        parted = self.crm.connection.execute(statement.values(until=self.crm.now)).rowcount > 0
        if parted:
            self.crm.record("vehicle.parted", "vehicle", vehicle_id, owner_id=owner_id)
        return parted

    def new(self, plate: str) -> int:
        """A car of which nothing but the plate is known; its number."""
        number = self.crm.insert(Vehicle, plate=plate, created_at=self.crm.now)
        self.crm.record("vehicle.added", "vehicle", number, detail=plate)
        return number

    def add(self, plate: str | None, **fields: Any) -> Vehicle:
        vehicle = self.crm.add(Vehicle(plate=plate, created_at=self.crm.now, **fields))
        self.crm.record("vehicle.added", "vehicle", vehicle.key, detail=plate or "")
        return vehicle

    def connect(self, owner_id: int, vehicle_id: int, role: str = "owner", *, fresh: bool = False) -> None:
        """Tie a person to a car; doing it twice changes nothing. `fresh`: one of them was made just now."""
        if fresh or not _TIED.all(self.crm.connection, owner=owner_id, vehicle=vehicle_id):
            self.crm.insert(OwnerVehicle, owner_id=owner_id, vehicle_id=vehicle_id, role=role, since=self.crm.now)

    def move_owner(self, old: int, new: int) -> None:
        """The cars of one record become another's; what both had stays once."""
        for tie in self.crm.session.exec(select(OwnerVehicle).where(OwnerVehicle.owner_id == old)):
            tie.until = tie.until or self.crm.now
            self.connect(new, tie.vehicle_id, "owner" if tie.role == "provisional" else tie.role)
        self.crm.session.flush()
