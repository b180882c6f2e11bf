"""建议 #12 按钮太小: kept for the boss, with the card that it is about."""

from __future__ import annotations

import re

from core.understanding.staff_words import Order
from handlers.orders.whom import Desk

_CARD = re.compile(r"^#?(?P<number>\d{1,9})(?!\d)[\s,，:：]*")


def keep(desk: Desk, order: Order) -> str:
    found = _CARD.match(order.words)
    task = desk.crm.tasks.find(int(found["number"])) if found else None
    words = order.words[found.end() :] if found and task else order.words
    if not words.strip():
        return desk.say.feedback_how(task.key if task else 0)
    desk.crm.feedback.add(desk.staff.key, words, task.key if task else None)
    return desk.say.feedback_kept()
