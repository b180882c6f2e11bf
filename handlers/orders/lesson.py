"""帮助: five small steps with an invented owner. Nothing of it is kept, and no figure knows of it."""

from __future__ import annotations

from datetime import datetime

from core.messages import Bubble, Choice
from core.understanding import staff_words
from core.understanding.staff_words import Order
from core.understanding.todos import todos
from handlers.orders.whom import Desk

CARD = "lesson"  # the action of the practice card's button
CHOICE = f"t:0:{CARD}"


def first(desk: Desk, order: Order) -> str:
    """In the group only where it is taught; in private the practice card comes with its button."""
    return desk.say.lesson_card() if desk.full else desk.say.lesson_in_private()


def practice_card(desk: Desk) -> Bubble:
    return Bubble(desk.say.lesson_card(), (Choice(CHOICE, desk.say.button("take")),))


def practised(desk: Desk, order: Order) -> str:
    """The answer as it would be, and the next step."""
    say = desk.say
    if order.name == staff_words.FIND:
        return say.lesson_found()
    if order.name == staff_words.NOTE:
        return say.lesson_noted(_planned(desk, order.words))
    return say.lesson_is_here() if order.name == staff_words.CHECK_IN else say.lesson_card()


def _planned(desk: Desk, words: str) -> list[str]:
    crm = desk.crm
    found = todos(words, crm.now.astimezone(crm.shop.zone))
    at = crm.shop.policy.desk.reminded_at
    return [desk.say.will_remind(datetime.combine(one.day, one.at or at, crm.shop.zone), one.words) for one in found]
