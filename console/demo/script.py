"""The scripted talk: a known owner books by one sentence, and an advisor takes the card. All of it by the real path."""

from __future__ import annotations

import itertools
import json

from bot.channels import webchat
from bot.house import House
from console.demo.opening import FIRST_ACCOUNT
from console.shop.cast import FIRST_PLATE
from core.messages import Bubble
from handlers import receive
from handlers.staff import act
from storage.crm import Crm
from storage.tasks import OPEN, Task

FIRST_WORDS = f"明天下午三点给{FIRST_PLATE}做保养"
BOOKED = "已为您预约"
MOST_TURNS = 8
_WANTED = ("确认", "跳过", "不用", "以后")  # what the owner of the script taps, in this order


def play(house: House) -> bool:
    """Talk until it is booked, then let the advisor take the card. False: it did not end in an appointment."""
    bubbles = _say(house, 1, {"text": FIRST_WORDS})
    for number in itertools.count(2):
        if any(BOOKED in bubble.text for bubble in bubbles):
            return _take(house)
        choice = _choice(bubbles)
        if choice is None or number > MOST_TURNS:
            return False
        bubbles = _say(house, number, {"choice": choice[0], "text": choice[1]})
    return False


def _say(house: House, number: int, words: dict[str, str]) -> tuple[Bubble, ...]:
    body = json.dumps({"id": str(number), **words}).encode()
    inbound = webchat.read(body, FIRST_ACCOUNT)
    return house.database.transact(lambda crm: receive(crm, inbound)).replies


def _choice(bubbles: tuple[Bubble, ...]) -> tuple[str, str] | None:
    offered = [(choice.id, choice.label) for bubble in bubbles for choice in bubble.choices]
    wanted = (one for words in _WANTED for one in offered if words in one[1])
    return next(wanted, offered[0] if offered else None)


def _take(house: House) -> bool:
    def take(crm: Crm) -> bool:
        task = _card(crm)
        advisor = (
            next((m for m in crm.staff.all() if m.role == "advisor" and m.sees_store(task.store_id)), None)
            if task
            else None
        )
        if task is None or advisor is None:
            return False
        crm.channel = "staff_web"
        act(crm, advisor, task.key, "take")
        return True

    return house.database.transact(take)


def _card(crm: Crm) -> Task | None:
    return next((t for t in reversed(crm.tasks.unfinished()) if t.kind == "new_appointment" and t.status == OPEN), None)
