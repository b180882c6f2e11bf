"""The 48 hours in which a manager calls back after a low rating: when they are over, the boss hears of it, once."""

from __future__ import annotations

from journeys.items import TickItem
from storage.crm import Crm
from storage.tasks import Task

JOURNEY, STEP = "call_back", "late"


def run(crm: Crm) -> list[TickItem]:
    """One statement while every call was made in time."""
    late = crm.tasks.older_than("call_back", crm.now - crm.shop.policy.care.call_back)
    return [item for task in late if (item := _tell(crm, task))]


def _tell(crm: Crm, task: Task) -> TickItem | None:
    number = crm.tasks.open(
        "call_back_late",
        store_id=task.store_id,
        owner_id=task.owner_id,
        vehicle_id=task.vehicle_id,
        level=task.level,
        facts=task.told(),
        occurrence=f"call_back_late:{task.key}",
        to_boss=True,
    )
    if number is None or task.owner_id is None:
        return None
    return TickItem(JOURNEY, STEP, f"task {task.key}", task.owner_id, None, "staff", "task", "")
