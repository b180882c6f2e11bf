"""The churn alerts of the past, as if the shop had run all the time: only what is new today is still to be raised."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from core.churn import Alert, ChurnFacts, Level, churn_alert, occurrence
from core.due import months_after
from storage.churn_alerts import ChurnAlert
from storage.crm import Crm


def past_alerts(crm: Crm, today: date) -> list[dict[str, Any]]:
    """A row for everybody who was worth an alert yesterday, except those whom yesterday's visit made unhappy."""
    yesterday, rules = today - timedelta(days=1), crm.shop.policy.churn
    rows = []
    for owner, facts in crm.churn_alerts.audience(yesterday):
        alert = churn_alert(facts, yesterday, rules)
        news = alert.level is Level.HIGH and facts.last_visit is not None and facts.last_visit >= yesterday
        if alert.level is not Level.NONE and not news:
            rows.append(_row(crm, owner, facts, alert))
    return rows


def write(crm: Crm, today: date) -> None:
    rows = past_alerts(crm, today)
    if rows:
        crm.connection.execute(ChurnAlert.__table__.insert(), rows)  # type: ignore[attr-defined]


def _row(crm: Crm, owner: Any, facts: ChurnFacts, alert: Alert) -> dict[str, Any]:
    return {
        "owner_id": owner.owner_id,
        "vehicle_id": owner.vehicle_id,
        "level": str(alert.level),
        "reasons": json.dumps(alert.reasons, ensure_ascii=False),
        "occurrence": occurrence(owner.owner_id, facts, alert),
        "task_id": None,
        "raised_at": datetime.combine(_raised_on(crm, facts, alert), time(1), UTC),
    }


def _raised_on(crm: Crm, facts: ChurnFacts, alert: Alert) -> date:
    rules = crm.shop.policy.churn
    if alert.level is Level.RISK and facts.due_on:
        return facts.due_on + timedelta(days=rules.risk_overdue_days)
    last = facts.last_visit or facts.due_on or crm.now.date()
    return last + timedelta(days=1) if alert.level is Level.HIGH else months_after(last, rules.watch_months)
