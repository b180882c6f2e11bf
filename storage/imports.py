"""Imports: one row per file that was read in, and the bulk look-ups by which its rows find whom they are about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import text
from sqlmodel import Field, SQLModel, col, select, tuple_

from storage import locks
from storage.columns import Moment
from storage.events import Event
from storage.identities import Identity
from storage.owners import Owner
from storage.vehicles import OwnerVehicle, Vehicle
from storage.visits import Visit

if TYPE_CHECKING:
    from storage.crm import Crm

Value = TypeVar("Value")


class ImportBatch(SQLModel, table=True):
    """One run of `huiche import`. `figures` is the JSON that the command printed."""

    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=16)
    file: str = Field(max_length=200)
    figures: str = "{}"
    at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Imports:
    """Verbs on imports."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def begin(self, kind: str, file: str) -> int:
        batch = ImportBatch(kind=kind, file=file[:200], at=self.crm.now)
        self.crm.session.add(batch)
        self.crm.session.flush()
        self.crm.record("import.begun", "import_batch", batch.key, detail=kind)
        return batch.key

    def finish(self, batch_id: int, figures: str) -> None:
        self.crm.session.get_one(ImportBatch, batch_id).figures = figures
        self.crm.record("import.finished", "import_batch", batch_id)
        if not self.crm.is_sqlite:
            self.crm.connection.execute(text("ANALYZE"))  # the next tick may come before PostgreSQL does it by itself

    def alone(self) -> None:
        """No other import looks up and writes until this transaction ends."""
        if not self.crm.is_sqlite:
            self.crm.connection.execute(text(f"SELECT pg_advisory_xact_lock({locks.IMPORTING})"))

    def note(self, verb: str, noun: str, noun_id: int, owner_id: int | None, detail: str = "") -> None:
        """As `Crm.record`, for many at once: written with the next flush."""
        self.crm.session.add(
            Event(
                at=self.crm.now,
                actor=self.crm.actor,
                verb=verb,
                noun=noun,
                noun_id=noun_id,
                owner_id=owner_id,
                detail=detail,
            )
        )

    # — whom and what rows may be about; each takes many keys and asks once —

    def owners_with_phones(self, phones: Collection[str]) -> Iterator[tuple[str, Owner]]:
        """(phone, owner on record), oldest first."""
        by_hash = self._by_hash(phones, "owner.phone")
        query = (
            select(Owner).where(col(Owner.phone_hash).in_(by_hash), Owner.status == "active").order_by(col(Owner.id))
        )
        for owner in self.crm.session.exec(query) if by_hash else ():
            yield by_hash[owner.phone_hash or b""], owner

    def identities(self, channel: str, accounts: Collection[str]) -> Iterator[tuple[str, Identity, Owner]]:
        """(account, identity, the owner it is bound to)."""
        by_hash = self._by_hash(accounts, f"identity.{channel}")
        query = select(Identity, Owner).join(Owner, col(Owner.id) == col(Identity.owner_id))
        query = query.where(Identity.channel == channel, col(Identity.account_hash).in_(by_hash))
        for identity, owner in self.crm.session.exec(query) if by_hash else ():
            yield by_hash[identity.account_hash], identity, owner

    def cars_with_plates(self, plates: Collection[str]) -> list[Vehicle]:
        """Oldest first: the newest one has the plate now."""
        query = select(Vehicle).where(col(Vehicle.plate).in_(plates)).order_by(col(Vehicle.id))
        return list(self.crm.session.exec(query)) if plates else []

    def cars_with_vins(self, vins: Collection[str]) -> Iterator[tuple[str, Vehicle]]:
        by_hash = self._by_hash(vins, "vehicle.vin")
        query = select(Vehicle).where(col(Vehicle.vin_hash).in_(by_hash))
        for car in self.crm.session.exec(query) if by_hash else ():
            yield by_hash[car.vin_hash or b""], car

    def drivers(self, vehicle_ids: Collection[int]) -> list[tuple[int, Owner]]:
        """(car, owner on record), whoever is longest on record first."""
        query = select(OwnerVehicle.vehicle_id, Owner).join(Owner, col(Owner.id) == col(OwnerVehicle.owner_id))
        query = query.where(
            col(OwnerVehicle.vehicle_id).in_(vehicle_ids), col(OwnerVehicle.until).is_(None), Owner.status == "active"
        )
        return list(self.crm.session.exec(query.order_by(col(OwnerVehicle.id)))) if vehicle_ids else []

    def bare_owners(self, names: Collection[str]) -> list[Owner]:
        """Owners on record of whom there is neither phone nor car."""
        has_car = select(OwnerVehicle.id).where(OwnerVehicle.owner_id == Owner.id, col(OwnerVehicle.until).is_(None))
        query = select(Owner).where(
            col(Owner.name).in_(names), col(Owner.phone_hash).is_(None), Owner.status == "active", ~has_car.exists()
        )
        return list(self.crm.session.exec(query.order_by(col(Owner.id)))) if names else []

    def visits_with_numbers(self, numbers: Collection[str]) -> list[Visit]:
        return list(self.crm.session.exec(select(Visit).where(col(Visit.number).in_(numbers)))) if numbers else []

    def ties(self, pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        """Which of these (owner, car) pairs are tied already."""
        wanted = list(pairs)
        query = select(OwnerVehicle.owner_id, OwnerVehicle.vehicle_id).where(
            tuple_(col(OwnerVehicle.owner_id), col(OwnerVehicle.vehicle_id)).in_(wanted),
            col(OwnerVehicle.until).is_(None),
        )
        return set(self.crm.session.exec(query)) if wanted else set()

    def readings(self, vehicle_ids: Collection[int]) -> list[Any]:
        """(car, day, kilometres) of every completed visit with an odometer reading."""
        query = select(col(Visit.vehicle_id), col(Visit.visited_on), col(Visit.mileage_km)).where(
            col(Visit.vehicle_id).in_(vehicle_ids), Visit.status == "completed", col(Visit.mileage_km).is_not(None)
        )
        return list(self.crm.session.exec(query)) if vehicle_ids else []

    def _by_hash(self, values: Collection[str], what: str) -> dict[bytes, str]:
        return {hashed: value for value in values for hashed in self.crm.keys.indexes(value, what)}
