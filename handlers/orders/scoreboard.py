"""排行: the month's scoreboard of one's own store; head office sees every store's."""

from __future__ import annotations

from datetime import timedelta

from core.understanding.staff_words import Order
from handlers.orders.whom import Desk
from storage.scoreboard import scoreboard

SHOWN = 10


def show(desk: Desk, order: Order) -> str:
    today = desk.crm.now.astimezone(desk.crm.shop.zone).date()
    month = today.replace(day=1) - timedelta(days=1) if "上" in order.words else today
    store = None if desk.staff.role in ("boss", "operator") else desk.staff.store_id
    scores = scoreboard(desk.crm, month, store)
    lines = [desk.say.score_line(place, one) for place, one in enumerate(scores[:SHOWN], 1)]
    return "\n".join([desk.say.scoreboard_of(month), *lines]) if lines else desk.say.no_scores()
