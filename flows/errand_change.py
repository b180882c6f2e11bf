"""A pick-up that was asked for is changed or called off, in words; help at the roadside that is not needed any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from core.messages import Kind
from core.understanding import Understood
from core.understanding.errand_words import ASK, OFF, SOMETHING, WHEN, WHERE, Change, change_in
from flows.change import coming
from flows.errands import errand_line, under_way
from flows.flow import Flow, Slot
from flows.pick_up import ask_when, place_told, read_when, settle_when
from flows.state import Slots
from flows.turn import Turn
from flows.wish import local_iso, wished_moment
from storage.errands import PICK_UP, ROADSIDE

_TAKEN_FOR = frozenset(
    "cancel cancel_appointment reschedule no yes unknown answer booking ask_car_status ask_address ask_hours ask_other "
    "greeting thanks".split()
)  # what the rules may take such words for
_BARE = frozenset({"cancel_appointment", "reschedule", "no", "unknown", "answer", "ask_address", "ask_car_status"})


def as_errand_change(turn: Turn) -> Understood:
    """不用来取了 and the like are about the pick-up or the help that is under way, where there is one."""
    words = turn.understood
    if turn.inbound.kind is not Kind.TEXT or words.intent not in _TAKEN_FOR:
        return words
    change = change_in(turn.inbound.text)
    if change is None and words.intent == "cancel_appointment" and not words.slots:
        change = Change(OFF)  # 不用来了
    kind = _meant(turn, change) if change else ""
    if not kind:
        return words
    verbs = {OFF: f"cancel_{kind}", ASK: "errand_status"}
    return replace(words, intent=verbs.get(change.what if change else "", f"change_{kind}"), topic="")


def has_errand(turn: Turn) -> bool:
    if not under_way(turn, _kind(turn)):
        turn.tell(turn.say.no_errand(_kind(turn)))
        return False
    return True


def ask_which(turn: Turn, slots: Slots) -> None:
    choices = [(str(errand.key), errand_line(turn, errand)) for errand in under_way(turn, PICK_UP)]
    turn.ask("errand", turn.say.which_pick_up(), choices)


def read_which(turn: Turn, slots: Slots) -> int | None:
    """A tapped one, or that of the car that was named."""
    chosen, plate = turn.choice("errand"), turn.heard("plate")
    mine = under_way(turn, PICK_UP) if chosen or plate else []
    fits = [errand.key for errand in mine if str(errand.key) == chosen or (plate and errand.plate == plate)]
    return fits[0] if len(fits) == 1 else None


def the_only_one(turn: Turn, slots: Slots) -> int | None:
    """Help is under way once in a talk; of several pick-ups one has to be named."""
    found = under_way(turn, _kind(turn))
    return found[0].key if len(found) == 1 or (found and found[0].kind == ROADSIDE) else None


def ask_where(turn: Turn, slots: Slots) -> None:
    turn.ask("where", turn.say.where_to_fetch())


def read_where(turn: Turn, slots: Slots) -> str | None:
    """The place that the words name as the new one, else the answer to the question for it."""
    change = _said(turn)
    return (change.place if change else "") or place_told(turn, slots)


def same_place(turn: Turn, slots: Slots) -> str | None:
    if "errand" not in slots or _asks_for(turn, "where", WHERE):
        return None
    return turn.crm.errands.place(turn.crm.errands.get(slots["errand"]))


def same_time(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    """Whoever wants another hour and names none is asked for it."""
    if "errand" not in slots:
        return None
    at = _wanted_at(turn, slots)
    return {"date": at.partition("T")[0], "open": True} if _asks_for(turn, "wish", WHEN) else {"at": at}


def settle(turn: Turn, slots: Slots) -> str | None:
    """A new day keeps the hour, a new hour keeps the day."""
    wish = slots.get("wish")
    if wish and "errand" in slots and "at" not in wish:
        day, clock = _wanted_at(turn, slots).split("T")
        hour = {} if {"time", "part", "open"} & wish.keys() else {"time": clock}
        slots["wish"] = {"date": day} | hour | wish
    return settle_when(turn, slots)


def show_change(turn: Turn, slots: Slots) -> None:
    errand = turn.crm.errands.get(slots["errand"])
    text = turn.say.pick_up_change(errand_line(turn, errand), slots["where"], _moment(turn, slots))
    choices = [
        ("yes", turn.say.change_it()),
        ("change.where", turn.say.change_place()),
        ("change.wish", turn.say.change_time()),
    ]
    also = [("drop", turn.say.no_move())]
    turn.ask("confirm", text, [*choices, *also])


def write_change(turn: Turn, slots: Slots) -> None:
    """The advisor is asked again, on the card that is there or a new one."""
    errand, moment = turn.crm.errands.get(slots["errand"]), _moment(turn, slots)
    if (slots["where"], moment) == (turn.crm.errands.place(errand), errand.wanted_at):
        turn.tell(turn.say.pick_up_as_it_was(errand_line(turn, errand)))
    elif turn.crm.errands.change(errand, place=slots["where"], wanted_at=moment):
        turn.tell(turn.say.pick_up_changed(moment))
    else:
        turn.tell(turn.say.no_errand(PICK_UP))


def ask_really(turn: Turn, slots: Slots) -> None:
    errand = turn.crm.errands.get(slots["errand"])
    text = turn.say.really_drop(errand.kind, errand_line(turn, errand))
    turn.ask("sure", text, [("yes", turn.say.drop_errand(errand.kind)), ("no", turn.say.keep_errand())])


def read_really(turn: Turn, slots: Slots) -> str | None:
    said = turn.choice("sure") or turn.intent if turn.state.asked == "sure" else ""
    return said if said in ("yes", "no") else None


def drop(turn: Turn, slots: Slots) -> None:
    errand = turn.crm.errands.get(slots["errand"])
    if slots["sure"] == "no":
        turn.tell(turn.say.errand_kept())
    else:
        turn.crm.errands.drop(errand)
        turn.tell(turn.say.errand_dropped(errand.kind))


def _meant(turn: Turn, change: Change) -> str:
    """The kind of errand that is to change, "" for none: named by the words, else the one there is and nothing else."""
    top = turn.state.top.flow if turn.state.top else ""
    if change.what == ASK:
        return next((errand.kind for errand in under_way(turn, change.kind)), "")
    if top == PICK_UP and change.what != OFF:
        return ""  # still being asked for
    if change.kind:
        return change.kind if change.what == OFF or under_way(turn, change.kind) else ""
    if turn.understood.intent not in _BARE or top not in ("", "change_pick_up"):
        return ""
    found = [errand.kind for errand in under_way(turn)]
    if change.what == OFF:
        own_way = turn.understood.intent != "cancel_appointment"  # 我自己开过去
        wanted = [kind for kind in found if kind == PICK_UP or not own_way]
        return wanted[0] if wanted and (own_way or not coming(turn)) else ""
    about_it = change.place or not coming(turn)
    return PICK_UP if PICK_UP in found and about_it and (change.what != SOMETHING or _moves(turn)) else ""


def _moves(turn: Turn) -> bool:
    return turn.understood.intent == "reschedule"


def _said(turn: Turn) -> Change | None:
    return None if turn.chosen or turn.inbound.kind is not Kind.TEXT else change_in(turn.inbound.text)


def _asks_for(turn: Turn, slot: str, what: str) -> bool:
    """The owner wants that to be another, and has not said which."""
    change = _said(turn) if turn.state.asked != slot else None
    return (
        turn.state.asked == slot or turn.choice("confirm") == f"change.{slot}" or bool(change and change.what == what)
    )


def _kind(turn: Turn) -> str:
    return ROADSIDE if turn.understood.intent == f"cancel_{ROADSIDE}" else PICK_UP


def _wanted_at(turn: Turn, slots: Slots) -> str:
    wanted: datetime | None = turn.crm.errands.get(slots["errand"]).wanted_at
    return local_iso(turn, wanted or turn.now)


def _moment(turn: Turn, slots: Slots) -> datetime:
    return wished_moment(turn, {"at": slots["at"]}) or turn.now.astimezone(UTC)


def _no_words(turn: Turn, slots: Slots) -> None:
    return None


def _stands(turn: Turn, value: Any) -> bool:
    return any(errand.key == value for errand in under_way(turn))


WHICH = Slot("errand", ask=ask_which, read=read_which, default=the_only_one, stands=_stands)

CHANGE_PICK_UP = Flow(
    name="change_pick_up",
    intents=frozenset({"change_pick_up"}),
    aside=frozenset({"complaint", "cancel_pick_up"}),
    inside={
        "cancel_pick_up": "instead.cancel_errand",
        "cancel_appointment": "instead.cancel_errand",
        "reschedule": "change.wish",
    },
    slots=(
        WHICH,
        Slot("wish", ask=ask_when, read=read_when, default=same_time, asked_by="at"),
        Slot("where", ask=ask_where, read=read_where, default=same_place),
        Slot("at", ask=ask_when, read=_no_words, derived=True),
    ),
    may_start=has_errand,
    settle=settle,
    confirm=show_change,
    finish=write_change,
)

CANCEL_ERRAND = Flow(
    name="cancel_errand",
    intents=frozenset({"cancel_pick_up", "cancel_roadside"}),
    aside=frozenset({"complaint"}),
    inside={"change_pick_up": "instead.change_pick_up"},
    slots=(WHICH, Slot("sure", ask=ask_really, read=read_really)),
    may_start=has_errand,
    finish=drop,
)
