"""Where an invented owner stands: grade and stage, from what they did."""

from __future__ import annotations

from datetime import date, timedelta

from console.shop.person import InventedOwner

# The preset `nev`: days since the last visit, visits in twelve months, spend in twelve months (yuan).
_GRADES = (("diamond", 180, 3, 15_000), ("gold", 270, 2, 8_000), ("silver", 365, 1, 4_000))


def grade(owner: InventedOwner, today: date) -> str:
    visits = owner.visits
    away = (today - visits[-1].day).days if visits else 0
    if away > 365:
        return "lost" if away > 540 else "dormant"
    year = [visit for visit in visits if visit.day > today - timedelta(days=365)]
    spent = sum(visit.amount_fen for visit in year) // 100
    return next((name for name, r, f, m in _GRADES if away < r and len(year) >= f and spent >= m), "normal")


def stage(owner: InventedOwner, today: date, churn_level: str) -> str:
    standing = grade(owner, today)
    if standing == "lost":
        return "lost"
    if churn_level in ("risk", "high") or standing == "dormant":
        return "at_risk"
    if (today - owner.joined).days < 90:
        return "new"
    return "mature" if len(owner.visits) >= 4 or standing == "gold" else "growing"
