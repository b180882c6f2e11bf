"""Owners about to leave: who stayed away, did not answer a due maintenance, or was unhappy.

`high` is a card to the store's manager, `risk` a card in the advisors' group, `watch` only a level on the owner.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from typing import Any

from core.churn import CARDS, Alert, ChurnFacts, Level, alert_day, churn_alert, occurrence
from journeys.items import TickItem
from storage.crm import Crm


def run(crm: Crm) -> list[TickItem]:
    """Raise what is new on the shop's day, and let the level of those who came back fall."""
    today = alert_day(crm.now, crm.shop.zone, crm.shop.policy.churn)
    midnight = datetime.combine(crm.now.astimezone(crm.shop.zone).date(), time(), crm.shop.zone)
    items, levels, cards = [], {}, Counter(crm.churn_alerts.cards_on(midnight))
    for row, facts in crm.churn_alerts.audience(today):
        alert = churn_alert(facts, today, crm.shop.policy.churn)
        levels[row.owner_id] = alert.level
        if alert.level in CARDS and cards[row.store_id] >= crm.shop.policy.churn.cards_per_day:
            continue  # not raised yet: it comes first on one of the next days
        if item := _raise(crm, row, facts, alert):
            cards[row.store_id] += alert.level in CARDS
            items.append(item)
    crm.churn_alerts.levels_now(levels)
    return items


def _raise(crm: Crm, row: Any, facts: ChurnFacts, alert: Alert) -> TickItem | None:
    raised = crm.churn_alerts.raise_with_card(row, facts, alert)
    return _item(row, alert, occurrence(row.owner_id, facts, alert)) if raised else None


def _item(row: Any, alert: Alert, name: str) -> TickItem:
    reason = ", ".join(f"{key} {value}" for key, value in alert.reasons)
    decision = "task" if alert.level in CARDS else "skip"
    if alert.level is Level.WATCH:
        reason += ": a line in the digest, no card"
    return TickItem("churn_alert", str(alert.level), name, row.owner_id, row.plate, "staff", decision, reason)
