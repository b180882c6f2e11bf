"""Talks, complaints and coupons: as they stood on a morning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, update
from sqlalchemy import select as core_select

from core.messages import Kind
from core.windows import window_after
from storage.coupons import CLAIMED, EXPIRED, OFFERED
from storage.rehearsal.later import Morning, Row, tables
from storage.tickets import OPEN, SOLVED, UNSETTLED

_STEPS = ("late_contact_at", "late_solution_at", "asked_again_at", "undecided_at")  # which time decides anew


def go_back(morning: Morning) -> None:
    _windows(morning)
    _tickets(morning)
    _coupons(morning)


def _windows(morning: Morning) -> None:
    """What owners wrote opens WeChat's window again at its moment. What was left half said is not gone on with."""
    talk, message = tables("conversation"), tables("message_in")
    silent = {"window_left": 0, "window_until": None, "look_again_at": None, "person_until": None, "last_in_at": None}
    morning.connection.execute(update(talk).values(silent))
    query = core_select(message.c.conversation_id, message.c.kind, message.c.received_at)
    window: dict[int, tuple[int, datetime | None]] = {}
    before: dict[int, Row] = {}
    for number, kind, at in morning.connection.execute(query.order_by(message.c.received_at)).all():
        if number is None or kind not in set(Kind):
            continue
        window[number] = window_after(Kind(kind), *window.get(number, (0, None)), at)
        facts = {"last_in_at": at, "window_left": window[number][0], "window_until": window[number][1]}
        if at >= morning.at:
            morning.changes(at, "conversation", number, **facts)
        else:
            before[number] = facts
    for number, facts in before.items():
        morning.was("conversation", number, **facts)


def _tickets(morning: Morning) -> None:
    """A complaint freezes marketing from its moment until it is over."""
    ticket = tables("ticket")
    for row in morning.take("ticket", ticket.c.created_at >= morning.at):
        morning.comes(row["created_at"], "ticket", row | _as_opened())
        _goes_on(morning, row)
    changed = core_select(ticket).where(ticket.c.changed_at >= morning.at)
    for found in morning.connection.execute(changed).mappings().all():
        row = dict(found)
        solved = row["solved_at"] and row["solved_at"] < morning.at
        undone = {name: None for name in _STEPS if row[name] and row[name] >= morning.at}
        morning.was("ticket", row["id"], state=SOLVED if solved else OPEN, **undone)
        _goes_on(morning, row)


def _as_opened() -> Row:
    nothing: dict[str, Any] = dict.fromkeys((*_STEPS, "contacted_at", "solved_at", "solved_by"))
    return nothing | {"state": OPEN}


def _goes_on(morning: Morning, row: Row) -> None:
    """What people did about it; the end stands at its last change."""
    for column, also in (("contacted_at", {}), ("solved_at", {"state": SOLVED, "solved_by": row["solved_by"]})):
        if row[column] and row[column] >= morning.at:
            morning.changes(row[column], "ticket", row["id"], **{column: row[column]}, **also)
    if row["state"] not in UNSETTLED:
        morning.changes(row["changed_at"], "ticket", row["id"], state=row["state"])


def _coupons(morning: Morning) -> None:
    """Coupons given before: claimed and used when they were."""
    coupon = tables("coupon")
    over = and_(coupon.c.status == EXPIRED, coupon.c.valid_until >= morning.at)
    later = or_(coupon.c.claimed_at >= morning.at, coupon.c.redeemed_at >= morning.at, over)
    for row in morning.connection.execute(core_select(coupon).where(later)).mappings().all():
        claimed, used = row["claimed_at"], row["redeemed_at"]
        before = claimed is not None and claimed < morning.at
        claim = {} if before else {"claimed_at": None}
        morning.was("coupon", row["id"], status=CLAIMED if before else OFFERED, redeemed_at=None, **claim)
        if claimed and not before:
            morning.changes(claimed, "coupon", row["id"], status=CLAIMED, claimed_at=claimed)
        if used and used >= morning.at:
            morning.changes(used, "coupon", row["id"], status=row["status"], redeemed_at=used)
