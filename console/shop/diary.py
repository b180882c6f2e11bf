"""The next days' appointments that are already in the book, so that not every time is free."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from core.hours import cells, starts
from storage.appointments import BOOKED
from storage.crm import Crm
from storage.service_items import ServiceItem
from storage.stores import Store

LAST_NUMBER = 1040
DAYS = 5
_ASKED_FOR = ("maintenance",) * 6 + ("wash", "wash", "tyres", "air_conditioning", "inspection", "battery", "brakes")


class Diary:
    """Rows for appointments and their claims, never two in one bay or with one technician."""

    def __init__(self, crm: Crm, ties: list[dict[str, Any]], today: date) -> None:
        self.crm, self.today = crm, today
        self.random = Random(len(ties))
        self.guests = self.random.sample(ties[40:], min(60, max(0, len(ties) - 40)))
        self.appointments: list[dict[str, Any]] = []
        self.bays: list[dict[str, Any]] = []
        self.crew: list[dict[str, Any]] = []
        self.busy: set[tuple[str, int, datetime]] = set()
        for store in crm.stores.all():
            for ahead in range(DAYS):
                self._day(store, today + timedelta(days=ahead))
        self._number()

    def _day(self, store: Store, day: date) -> None:
        for code in self.random.sample(_ASKED_FOR, 3 if day > self.today else 2):
            service = self.crm.services.by_code(code)
            times = list(starts(self.crm.stores.open_spans(store, day), service.duration)) if service else []
            times = [t for t in times if t > self.crm.now and not self._kept_free(store, day, t)]
            if service and times and self.guests:
                self._book(store, service, self.random.choice(times))

    def _kept_free(self, store: Store, day: date, moment: datetime) -> bool:
        """Tomorrow afternoon in the first store, which the demo's sentences ask for."""
        return (
            store.id == 1 and day == self.today + timedelta(days=1) and moment.astimezone(self.crm.shop.zone).hour >= 13
        )

    def _book(self, store: Store, service: ServiceItem, starts_at: datetime) -> None:
        wanted = cells(starts_at, service.duration)
        bays = [bay.id or 0 for bay in self.crm.stores.bays(store.key, service.bay_type)]
        crew = [member.key for member in self.crm.staff.technicians(store.key, service.skill)]
        bay, technician = self._free("bay", bays, wanted), self._free("crew", crew, wanted)
        if not bay or not technician:
            return
        guest, number = self.guests.pop(), 1 + len(self.appointments)
        vehicle, owner = self.crm.vehicles.get(guest["vehicle_id"]), self.crm.owners.get(guest["owner_id"])
        self.appointments.append(
            {
                "id": number, "owner_id": owner.key, "vehicle_id": vehicle.key, "plate": vehicle.plate,
                "store_id": store.key, "service_id": service.key, "bay_id": bay, "technician_id": technician,
                "advisor_id": owner.advisor_id, "starts_at": starts_at, "ends_at": starts_at + service.duration,
                "status": BOOKED, "held_until": None, "price_fen": service.price_fen, "channel": "wechat",
                "conversation_id": None, "created_at": self.crm.now - timedelta(hours=self.random.randint(3, 90)),
            }
        )  # fmt: skip
        for cell in wanted:
            self.busy |= {("bay", bay, cell), ("crew", technician, cell)}
            self.bays.append({"bay_id": bay, "cell": cell, "appointment_id": number})
            self.crew.append({"staff_id": technician, "cell": cell, "appointment_id": number})

    def _number(self) -> None:
        """So that the book goes on with a number of a shop that has been open for a while."""
        ahead = LAST_NUMBER - len(self.appointments)
        for row in self.appointments:
            row["id"] += ahead
        for row in self.bays + self.crew:
            row["appointment_id"] += ahead

    def _free(self, kind: str, ids: list[int], wanted: list[datetime]) -> int | None:
        return next((i for i in ids if not any((kind, i, cell) in self.busy for cell in wanted)), None)
