"""A warning light or a danger in words: an alarm card at once; red stops the car, and what is not certain is asked."""

from __future__ import annotations

from core.warning_lights import CALM, STOP, UNCLEAR, verdict
from flows.flow import Flow, Slot
from flows.person import open_card
from flows.state import Slots
from flows.turn import Turn

_UNSURE = "unsure"


def alarm(turn: Turn) -> bool:
    """The card comes first, whatever is answered later."""
    open_card(turn, "warning_light")
    return True


def ask_colour(turn: Turn, slots: Slots) -> None:
    labels = {STOP: turn.say.colour_red(), CALM: turn.say.colour_yellow(), _UNSURE: turn.say.colour_unsure()}
    turn.ask("colour", turn.say.which_colour(), list(labels.items()))


def read_colour(turn: Turn, slots: Slots) -> str | None:
    if chosen := turn.choice("colour"):
        return chosen
    said = verdict(turn.inbound.text)
    return said if said != UNCLEAR else None


def tell(turn: Turn, slots: Slots) -> None:
    """What to do now; the card's taker reads the words themselves."""
    texts = {STOP: turn.say.stop_now, CALM: turn.say.light_not_red, _UNSURE: turn.say.light_unsure}
    turn.tell(texts[slots["colour"]]())


WARNING_LIGHT = Flow(
    name="warning_light",
    intents=frozenset({"warning_light", "danger"}),
    slots=(Slot("colour", ask=ask_colour, read=read_colour),),
    may_start=alarm,
    urgent=True,
    finish=tell,
)
