"""What the journeys themselves decided from a day on is taken away: the rehearsal decides it anew."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, text, union, update
from sqlalchemy import select as core_select

from storage.outbox_rows import HANDED, QUEUED, WAITING
from storage.rehearsal.later import Morning, tables
from storage.steps import TASK

# Per table the column that tells when its rows were written.
_WRITTEN = {
    "step": "at",
    "outbox": "created_at",
    "outbox_attempt": "at",
    "task": "created_at",
    "churn_alert": "raised_at",
    "survey": "created_at",
    "coupon": "created_at",
    "opportunity": "created_at",
    "recommendation": "offered_at",
    "waiting": "created_at",
    "time_offer": "created_at",
    "extra_item": "asked_at",
    "churn_model": "fitted_at",
}
_BEGUN_ANEW = ("touched", "late_card", "owner_figures", "figures_mark", "prediction", "shop_clock")


def take_away(morning: Morning) -> list[int]:
    """Decisions, messages, cards and marks from that morning on; what was on its way then is on its way again.

    Returns the owners whose card may have waited that morning: they are looked at again.
    """
    waited = _waited(morning)
    for name, column in _WRITTEN.items():
        table = tables(name)
        morning.connection.execute(table.delete().where(table.c[column] >= morning.at))
    for name in _BEGUN_ANEW:
        morning.connection.execute(tables(name).delete())
    for name, column in (("digest", "day"), ("grade_change", "on")):
        table = tables(name)
        morning.connection.execute(table.delete().where(table.c[column] >= morning.day))
    morning.connection.execute(text("DELETE FROM post WHERE task_id NOT IN (SELECT id FROM task)"))
    morning.connection.execute(text("DELETE FROM mass_member WHERE outbox_id NOT IN (SELECT id FROM outbox)"))
    _on_its_way(morning)
    _marks(morning)
    _budgets(morning)
    return waited


def _waited(morning: Morning) -> list[int]:
    """Owners with a card that waits, or that came later."""
    step, progress, late = tables("step"), tables("progress"), tables("late_card")
    by_plan = step.c.journey.in_(core_select(progress.c.journey))
    came = core_select(step.c.owner_id).where(step.c.at >= morning.at, step.c.decision == TASK, by_plan)
    owners = union(came, core_select(late.c.owner_id)).subquery()
    return list(morning.connection.execute(core_select(owners).order_by(owners.c[0])).scalars())


def _on_its_way(morning: Morning) -> None:
    """Written before that morning, left after it."""
    outbox, step, referral = tables("outbox"), tables("step"), tables("referral")
    waits = {"state": QUEUED, "left_at": None, "attempts": 0, "claimed_by": "", "reason": "", "way": ""}
    left = (outbox.c.left_at >= morning.at, outbox.c.state.not_in((*WAITING, HANDED)))
    morning.connection.execute(update(outbox).where(*left).values(waits))
    unpaid = {"left_at": None, "route": "", "cost_fen": 0, "reason": ""}
    morning.connection.execute(update(step).where(step.c.left_at >= morning.at).values(unpaid))
    invited = {"status": "invited", "visit_id": None, "rewarded_at": None}
    morning.connection.execute(update(referral).where(referral.c.rewarded_at >= morning.at).values(invited))


def _marks(morning: Morning) -> None:
    """Steps that were looked after before had done everything up to the day before; others begin."""
    progress, step = tables("progress"), tables("step")
    ran = core_select(step.c.id).where(step.c.journey == progress.c.journey)
    morning.connection.execute(progress.delete().where(progress.c.through >= morning.day, ~ran.exists()))
    back = update(progress).where(progress.c.through >= morning.day)
    morning.connection.execute(back.values(through=morning.day - timedelta(days=1)))


def _budgets(morning: Morning) -> None:
    """What the coupons of a month, and those of a campaign, have cost so far."""
    budget, campaign, coupon = tables("offer_budget"), tables("campaign_budget"), tables("coupon")
    cost = core_select(func.coalesce(func.sum(coupon.c.cost_fen), 0))
    of_month = cost.where(coupon.c.offer == budget.c.offer, coupon.c.month == budget.c.month)
    of_campaign = cost.where(coupon.c.occurrence.startswith(campaign.c.campaign + ":", autoescape=False))
    morning.connection.execute(update(budget).values(spent_fen=of_month.scalar_subquery()))
    morning.connection.execute(update(campaign).values(spent_fen=of_campaign.scalar_subquery()))
