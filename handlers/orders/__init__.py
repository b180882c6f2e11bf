"""Orders: what a member of staff writes to the bot, one file for each. In private in full, in the group masked.

A file's answer does what was ordered and returns the sentence for who wrote it. A new order is a word in
core/understanding/staff_words.py, one file here and one line below.
"""

from __future__ import annotations

from collections.abc import Callable

from core.understanding import staff_words
from core.understanding.staff_words import Order
from handlers.orders import (
    check_in,
    discount,
    feedback,
    leave,
    lesson,
    lookup,
    my_tasks,
    notes,
    opportunity,
    scoreboard,
)
from handlers.orders.whom import Desk

Answer = Callable[[Desk, Order], str]
ANSWERS: dict[str, Answer] = {
    staff_words.FIND: lookup.find,
    staff_words.NOTE: notes.note,
    staff_words.CHECK_IN: check_in.check_in,
    staff_words.MY_TASKS: my_tasks.mine,
    staff_words.LEAVE: leave.ask,
    staff_words.BACK: leave.come_back,
    staff_words.DISCOUNT: discount.ask,
    staff_words.OPPORTUNITY: opportunity.keep,
    staff_words.SCOREBOARD: scoreboard.show,
    staff_words.FEEDBACK: feedback.keep,
    staff_words.HELP: lesson.first,
}


def answer(desk: Desk, text: str) -> str:
    """What came of the words; "" when they are no order."""
    order = staff_words.order(text)
    if order is None:
        return ""
    if order.kind == staff_words.PRACTICE:
        return lesson.practised(desk, order)
    return ANSWERS[order.name](desk, order)
