"""Owners about to leave: who stayed away, did not answer a due maintenance, or was unhappy.

`high` is a card to the store's manager, `risk` a card in the advisors' group, `watch` only a level on the owner.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.churn import Alert, ChurnFacts, Level, churn_alert
from core.policy import ChurnRules
from journeys.items import TickItem
from storage.crm import Crm

CARDS = (Level.RISK, Level.HIGH)


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


def alert_day(now: datetime, zone: ZoneInfo, rules: ChurnRules) -> date:
    """The day whose alerts are due: today once its hour has come, yesterday before."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= rules.at else local.date() - timedelta(days=1)


def occurrence(owner_id: int, facts: ChurnFacts, alert: Alert) -> str:
    """Names this happening: the same reason about the same visit or due day is one."""
    since = facts.due_on if alert.level is Level.RISK else facts.last_visit
    return f"churn:{owner_id}:{alert.level}:{since}"


def _raise(crm: Crm, row: Any, facts: ChurnFacts, alert: Alert) -> TickItem | None:
    name = occurrence(row.owner_id, facts, alert)
    if alert.level is Level.NONE:
        return None
    raised = crm.churn_alerts.raise_alert(row.owner_id, row.vehicle_id, alert, name)
    if raised is None:
        return None
    if alert.level in CARDS:
        raised.task_id = crm.tasks.open(
            "churn_alert",
            store_id=row.store_id,
            owner_id=row.owner_id,
            vehicle_id=row.vehicle_id,
            level=alert.level,
            facts={"reasons": alert.reasons, "advisor": row.advisor_id},
            occurrence=name,
            to_manager=alert.level is Level.HIGH,
        )
    return _item(row, alert, name)


def _item(row: Any, alert: Alert, name: str) -> TickItem:
    reason = ", ".join(f"{key} {value}" for key, value in alert.reasons)
    decision = "task" if alert.level in CARDS else "skip"
    if alert.level is Level.WATCH:
        reason += ": a line in the digest, no card"
    return TickItem("churn_alert", str(alert.level), name, row.owner_id, row.plate, "staff", decision, reason)
