"""What time makes us do. A tick looks at the shop at one moment and leaves rows; nothing here sends."""

from __future__ import annotations

from journeys import churn_alert
from journeys.items import TickItem
from storage.crm import Crm

JOURNEYS = (churn_alert.run,)

__all__ = ["TickItem", "tick", "wake"]


def tick(crm: Crm) -> list[TickItem]:
    """Everything that is due at `crm.now`, done once: the same tick again does nothing."""
    wake(crm)
    return [item for run in JOURNEYS for item in run(crm)]


def wake(crm: Crm) -> int:
    """The part of a tick that depends on minutes, not on days: snoozed tasks come back. Cheap when none is due."""
    return crm.tasks.wake()
