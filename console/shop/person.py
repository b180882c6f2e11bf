"""An invented owner and their cars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from console.shop.cars import Car
from console.shop.history import PastVisit


@dataclass(frozen=True, slots=True)
class OwnedCar:
    """A car and everything that was done on it, oldest first."""

    car: Car
    visits: tuple[PastVisit, ...]


@dataclass(frozen=True, slots=True)
class InventedOwner:
    """One person on record. Phones are E.164; store and advisor go by code and name."""

    name: str
    phone: str
    store: str
    advisor: str
    cars: tuple[OwnedCar, ...]
    joined: date
    source: str = ""
    birthday: date | None = None
    address: str = ""
    remarks: str = ""
    consent: bool | None = None  # to marketing; None when it was never asked
    consent_on: date | None = None

    @property
    def visits(self) -> list[PastVisit]:
        """Of all cars, oldest first."""
        return sorted((visit for tie in self.cars for visit in tie.visits), key=lambda visit: visit.day)
