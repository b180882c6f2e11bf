"""What the shop is to fetch, or whom to help, and has not yet."""

from __future__ import annotations

from core.messages import starting
from flows.turn import Turn
from storage.errands import PICK_UP, ROADSIDE, Errand


def under_way(turn: Turn, kind: str = "") -> list[Errand]:
    """The owner's, newest first; "" is any kind."""
    found = turn.crm.errands.under_way(turn.talk.owner_id) if turn.talk.owner_id else []
    return [errand for errand in found if kind in ("", errand.kind)]


def errand_line(turn: Turn, errand: Errand) -> str:
    """One of them in one line."""
    return turn.say.errand_line(errand.plate, turn.crm.errands.place(errand), errand.wanted_at)


def tell_status(turn: Turn) -> None:
    """Whether it is arranged, each in one line."""
    found = under_way(turn)
    if not found:
        turn.tell(turn.say.no_errand(PICK_UP))
    for errand in found:
        turn.tell(turn.say.errand_status(errand.kind, errand.status, errand_line(turn, errand)))


def recall_pick_up(turn: Turn, appointment_id: int) -> None:
    """The appointment has changed: the pick-up for it still stands as it was, and can be changed too."""
    for errand in under_way(turn, PICK_UP):
        if errand.appointment_id == appointment_id:
            buttons = {"change_pick_up": turn.say.change_pick_up(), "cancel_pick_up": turn.say.drop_errand(PICK_UP)}
            text = turn.say.pick_up_stands(errand_line(turn, errand))
            turn.offer(text, [starting(intent, label) for intent, label in buttons.items()])


def learn_place(turn: Turn) -> bool:
    """A location that comes while help is under way is where they are now; the card shows it."""
    found = under_way(turn, ROADSIDE)
    if found:
        turn.crm.errands.learn(found[0], place=turn.inbound.text)
        turn.tell(turn.say.place_passed_on())
    return bool(found)
