"""What was kept long enough is erased: photos and voice messages at the end of the policy's time."""

from __future__ import annotations

from journeys.items import TickItem
from storage.crm import Crm


def run(crm: Crm) -> list[TickItem]:
    """Nothing that is told about anybody."""
    crm.media.forget_old()
    return []
