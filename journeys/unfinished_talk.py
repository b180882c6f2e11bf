"""Something was left in the middle of a talk: one reminder, then a clean end that gives back what was held."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.messages import Bubble, Inbound, Kind, Rank, starting
from core.say import OwnerSay
from core.understanding import Understood
from core.unfinished import Look, look
from flows import ENGINE
from flows.stack import end_all, unfinished
from flows.state import TIMED_OUT, State
from flows.turn import Turn
from journeys.items import TickItem
from storage.conversation_rows import Talk
from storage.crm import Crm
from storage.steps import SEND, SKIP

JOURNEY = "unfinished_talk"
LIFE = timedelta(hours=1)  # a reminder that could not leave by then is none


def first_look(crm: Crm, unfinished: str) -> datetime | None:
    """When to look at a talk in which the owner has written just now."""
    return crm.now + crm.shop.policy.talk.reminded_after if unfinished else None


def run(crm: Crm) -> list[TickItem]:
    """Every talk whose time has come. Switched off, it ends in its time without a word."""
    return [item for number in crm.conversations.to_look_at() if (item := _look_at(crm, number))]


def _look_at(crm: Crm, number: int) -> TickItem | None:
    """Locked and read again first: the owner may be writing this very moment."""
    talk = crm.conversations.locked_by_number(number)
    if talk.look_again_at is None or talk.look_again_at > crm.now:
        return None
    turn = Turn(crm, talk, _state(talk), Inbound(talk.channel, "", "", Kind.OTHER), Understood("", {}))
    flow, touched, top = unfinished(ENGINE, turn.state), turn.state.touched_at(), turn.state.top
    item, talk.look_again_at = None, None
    if flow and touched and top:
        found = look(touched, turn.state.reminded == top.run, crm.now, crm.shop.zone, crm.shop.policy)
        talk.look_again_at = found.again_at
        if found.what is Look.REMIND:
            item = _remind(turn, flow, top.run)
        elif found.what is Look.END:
            turn.state.untold = end_all(ENGINE, turn, TIMED_OUT)
            item = _item(turn, "end", top.run, SKIP, f"{flow} was left alone: ended")
    talk.state = turn.state.packed()
    crm.conversations.put_down(talk)
    return item


def _state(talk: Talk) -> State:
    """One that cannot be read is begun anew: it must not stop the others' time."""
    try:
        return State.unpacked(talk.state)
    except (ValueError, TypeError, AttributeError):
        return State()


def _remind(turn: Turn, flow: str, run: int) -> TickItem | None:
    """Once for each thing that was begun, and only where it costs nothing and nobody else is talking."""
    turn.state.reminded = run
    if not turn.crm.shop.policy.journey(JOURNEY).on:
        return None
    if reason := _why_not(turn.crm, turn.talk):
        return _item(turn, "reminder", run, SKIP, reason)
    say = OwnerSay(turn.talk.language, turn.crm.shop.zone)
    choices = (starting("resume", say.go_on(), run), starting("cancel", say.drop_this(), run))
    bubble, talk = Bubble(say.unfinished(flow), choices), turn.talk
    row = turn.crm.outbox.queue_bubble(talk.channel, talk.identity_id, talk.id, bubble, Rank.SERVICE, LIFE)
    return _item(turn, "reminder", run, SEND, "", row)


def _why_not(crm: Crm, talk: Talk) -> str:
    if not talk.reachable:
        return "cannot be reached there any more"
    if talk.person_until is not None and talk.person_until > crm.now:
        return "a person has the thread"
    is_open = talk.window_left > 0 and talk.window_until is not None and talk.window_until > crm.now
    return "window closed" if talk.channel == "wechat" and not is_open else ""


def _item(turn: Turn, step: str, run: int, decision: str, reason: str, outbox_id: int | None = None) -> TickItem | None:
    """What is told of it; somebody of whom nothing is known yet has no row."""
    crm, talk = turn.crm, turn.talk
    name = f"talk:{talk.id}:{run}"
    if talk.owner_id is None or not crm.shop.policy.journey(JOURNEY).on:
        return None
    number = crm.steps.claim(JOURNEY, step, name, talk.owner_id, decision=decision, reason=reason)
    if number is not None:
        crm.steps.led_to(number, channel=talk.channel, outbox_id=outbox_id)
    return TickItem(JOURNEY, step, name, talk.owner_id, None, talk.channel, decision, reason)
