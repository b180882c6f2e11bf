"""Work for the staff that is caught up late, as after a first import: so much a day, the owners worth most first.

What falls today is never delayed and never counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from core.journeys import Kind
from journeys.engine import Due, Plan, due_steps, give_cards
from journeys.items import TickItem
from storage.crm import Crm
from storage.steps import TASK

Dues = dict[tuple[str, str], Due]  # by journey and step


def give(crm: Crm, plans: Sequence[Plan], room: int) -> tuple[list[TickItem], bool]:
    """The day's share of the cards that wait, store by store; and whether there is more to decide."""
    steps = [due for plan in plans for due in due_steps(crm, plan) if due.step.kind is Kind.TASK]
    stores = crm.late_cards.stores() if steps else []
    if not stores:
        return [], False
    dues: Dues = {(due.name, due.step.name): due for due in steps}
    today = crm.now.astimezone(crm.shop.zone).date()
    crm.late_cards.reserve()
    crm.late_cards.forget_given(today)
    items = _decide(crm, dues, crm.late_cards.over(_journeys(dues), today, room), today)
    for store_id in stores:
        items += _of_store(crm, dues, store_id, today, room - len(items))
    return items, len(items) >= room


def _of_store(crm: Crm, dues: Dues, store_id: int | None, today: date, most: int) -> list[TickItem]:
    """Until its room is used up, since some of those who waited need no card any more; about `most` at a time."""
    items: list[TickItem] = []
    room = crm.shop.policy.desk.late_cards_per_day - crm.late_cards.given(store_id, today)
    while (wanted := min(room, most - len(items))) > 0:
        rows = crm.late_cards.first(_journeys(dues), store_id, wanted)
        if not rows:
            break
        found = _decide(crm, dues, rows, today)
        items += found
        room -= sum(item.decision == TASK for item in found)
    return items


def _decide(crm: Crm, dues: Dues, rows: Sequence[Any], today: date) -> list[TickItem]:
    """What becomes of these cards; none of them waits after that."""
    items: list[TickItem] = []
    for name, group in groupby(sorted(rows, key=_step), key=_step):
        waited = list(group)
        found = give_cards(crm, dues[name], sorted(row.owner_id for row in waited))
        carded = {item.owner for item in found if item.decision == TASK}
        crm.late_cards.give([row.id for row in waited if row.owner_id in carded], today)
        crm.late_cards.drop([row.id for row in waited if row.owner_id not in carded])
        items += found
    return items


def _journeys(dues: Dues) -> set[str]:
    return {journey for journey, _ in dues}


def _step(row: Any) -> tuple[str, str]:
    return row.journey, row.step
