"""Owners about to leave: who stayed away, did not answer a due maintenance, or was unhappy.

`high` is a card to the store's manager, `risk` a card in the advisors' group, `watch` only a level on the owner. Looked
at are those about whom something was written, and those whose day has come. Every new card waits for room: a day has
so much per store, and the car that became due last comes first.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import Any

from core.churn import CARDS, Alert, ChurnFacts, Level, alert_day, churn_alert, occurrence
from journeys.items import TickItem
from journeys.parts import AGAIN, Found
from storage.crm import Crm

JOURNEY = "churn_alert"
Case = tuple[Any, ChurnFacts, Alert]  # a row of the audience


def run(crm: Crm, _room: int, _stop: Any = None) -> Found:
    """Look at some owners more and let the level of those who came back fall; once all are done, give the cards for
    which the shop's day has room. Switched off, the levels are kept all the same; when it is on again everybody is
    looked at (`follow_policy`)."""
    today, raises = alert_day(crm.now, crm.shop.zone, crm.shop.policy.churn), crm.shop.policy.journey(JOURNEY).on
    looks = crm.churn_alerts.looks
    looks.alone()
    if due := looks.due(today):
        found = _look(crm, due, today)
        looks.plan(due, today)
        looks.wait((row.owner_id, row.store_id, row.due_on) for row, *_ in _new_cards(crm, found) if raises)
        return _raise_all(crm, [one for one in found if raises and one[2].level not in CARDS]), AGAIN
    waiting = looks.waiting(crm.shop.policy.churn.cards_per_day, _had(crm)) if raises else []
    return (_give(crm, waiting, today), AGAIN) if waiting else ([], None)


def _give(crm: Crm, waiting: list[int], today: date) -> list[TickItem]:
    """Raise what is still true of those whose turn it is; who needs no card any more leaves the room to the next."""
    found = _look(crm, waiting, today)
    crm.churn_alerts.looks.plan(waiting, today)
    return _raise_all(crm, sorted(found, key=_rank))


def _had(crm: Crm) -> Counter[int | None]:
    """How many cards each store has had today."""
    midnight = datetime.combine(crm.now.astimezone(crm.shop.zone).date(), time(), crm.shop.zone)
    return Counter(crm.churn_alerts.cards_on(midnight))


def _look(crm: Crm, owner_ids: list[int], today: date) -> list[Case]:
    """Those of them for whom some rule holds; everybody's level is kept."""
    rules, levels = crm.shop.policy.churn, dict.fromkeys(owner_ids, Level.NONE)
    audience = crm.churn_alerts.audience(today, owner_ids=owner_ids)
    found = [(row, facts, churn_alert(facts, today, rules)) for row, facts in audience]
    levels.update({row.owner_id: alert.level for row, _, alert in found})
    crm.churn_alerts.levels_now(levels)
    return found


def _new_cards(crm: Crm, found: list[Case]) -> list[Case]:
    """Those that are worth a card and have had none."""
    cards = {occurrence(one[0].owner_id, one[1], one[2]): one for one in found if one[2].level in CARDS}
    raised = crm.churn_alerts.raised(list(cards))
    return [one for name, one in cards.items() if name not in raised]


def _rank(one: Case) -> tuple[int, int]:
    """The car that became due last comes first, what is about no due car last."""
    row = one[0]
    return (-row.due_on.toordinal() if row.due_on else 0, row.owner_id)


def _raise_all(crm: Crm, found: list[Case]) -> list[TickItem]:
    return [item for one in found if (item := _raise(crm, one))]


def _raise(crm: Crm, one: Case) -> TickItem | None:
    row, facts, alert = one
    raised = crm.churn_alerts.raise_with_card(row, facts, alert)
    return _item(row, alert, occurrence(row.owner_id, facts, alert)) if raised else None


def _item(row: Any, alert: Alert, name: str) -> TickItem:
    reason = ", ".join(f"{key} {value}" for key, value in alert.reasons)
    decision = "task" if alert.level in CARDS else "skip"
    if alert.level is Level.WATCH:
        reason += ": a line in the digest, no card"
    return TickItem(JOURNEY, str(alert.level), name, row.owner_id, row.plate, "staff", decision, reason)
