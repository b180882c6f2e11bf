"""How cars are usually driven: learnt from the shop's own odometer readings, by model and over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel

from core.mileage import USUAL, Driving, usual_driving
from storage.columns import table_of
from storage.vehicles import VEHICLES
from storage.visits import COMPLETED, VISITS

if TYPE_CHECKING:
    from storage.crm import Crm

ALL = ""  # over all models
_LEAST_DAYS = 60  # between a car's first and last reading
_AT_ONCE = 5_000


class UsualDriving(SQLModel, table=True):
    """Kilometres a day of a model's cars, and by how much they differ (a standard deviation). Model "": of all."""

    __tablename__ = "usual_driving"

    model: str = Field(primary_key=True, max_length=64)
    km_per_day: float
    spread: float
    cars: int
    as_of: date


DRIVING = table_of(UsualDriving)


class Drivings:
    """Verbs on usual driving."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def of_model(self, model: str) -> Driving:
        """As that model is driven, else as the shop's cars are, else as cars are."""
        query = core_select(DRIVING).where(DRIVING.c.model.in_({model, ALL})).order_by(DRIVING.c.model.desc()).limit(1)
        row = self.crm.connection.execute(query).first()
        return Driving(row.km_per_day, row.spread) if row else USUAL

    def relearn(self, today: date) -> None:
        """Anew from all readings; what too few cars tell of is not kept."""
        paces: dict[str, list[float]] = defaultdict(list)
        for model, pace in self._paces():
            for name in {model, ALL}:
                paces[name].append(pace)
        rows = [
            {"model": model, "km_per_day": usual.km_per_day, "spread": usual.spread, "cars": len(one), "as_of": today}
            for model, one in paces.items()
            if (usual := usual_driving(one))
        ]
        self.crm.connection.execute(delete(DRIVING))
        if rows:
            self.crm.connection.execute(insert(DRIVING), rows)

    def _paces(self) -> Iterator[tuple[str, float]]:
        """(model, kilometres a day) of each car with readings far enough apart."""
        first, last = func.min(VISITS.c.visited_on), func.max(VISITS.c.visited_on)
        driven = func.max(VISITS.c.mileage_km) - func.min(VISITS.c.mileage_km)
        query = (
            core_select(VEHICLES.c.model, first, last, driven)
            .join(VEHICLES, VEHICLES.c.id == VISITS.c.vehicle_id)
            .where(VISITS.c.status == COMPLETED, VISITS.c.mileage_km.is_not(None))
            .group_by(VEHICLES.c.id, VEHICLES.c.model)
            .having(last > first)
        )
        for model, since, until, km in self.crm.connection.execute(query.execution_options(yield_per=_AT_ONCE)):
            if (until - since).days >= _LEAST_DAYS:
                yield model, km / (until - since).days
