"""Grades, stages and tags: of whom something was written about, and once a day of those whose day has come."""

from __future__ import annotations

from typing import Any

from journeys.parts import AGAIN, Found
from storage.crm import Crm
from storage.figures import BATCH


def follow(crm: Crm, most: int = 5000) -> list[int]:
    """Owners about whom something has changed, taken and looked at; whoever comes next goes on where there are more."""
    touched = crm.touched.take(most)
    crm.figures.look_at(touched)
    return touched


def night(crm: Crm, _room: int, _stop: Any = None) -> Found:
    """Nothing to tell: the history of each owner has it."""
    return [], AGAIN if len(crm.figures.night(crm.figures.today)) == BATCH else None
