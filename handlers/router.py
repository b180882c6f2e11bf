"""One inbound message, one transaction: kept under its key, answered by the owner's dialogue or the staff's work."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from core.language import asked_for, written_in
from core.messages import Bubble, Heard, Inbound, Kind, TapAnswer
from core.requests import own_request
from core.say import OwnerSay
from core.understanding import Understood, understand
from core.windows import window_after
from flows import ENGINE, SCENES, media, person, reread
from flows.binding import bind_contact
from flows.complaint import takes_photo
from flows.engine import Engine
from flows.errands import learn_place
from flows.referral import code_in_words
from flows.stack import unfinished
from flows.state import State
from flows.turn import Turn
from handlers import group, receipts, sms, staff
from handlers.bursts import Arrived, joined, turns_of
from journeys import unfinished_talk
from storage.conversation_rows import Talk
from storage.crm import Crm
from storage.outbox_rows import ANSWERED
from storage.outbox_ways import PULLED

TAP_PREFIX = "t:"  # the choice ids of staff cards
PASSIVE_BYTES = 2048
_NOTHING = Understood("unknown", {})


def receive(
    crm: Crm,
    inbound: Inbound,
    answer_by: float = 0.0,
    engine: Engine = ENGINE,
    understood: Understood | None = None,
) -> Heard:
    """Take one message into the store and say what to answer.

    answer_by: until when, on the monotonic clock, the request's own response can still carry the answer.
    understood: what somebody wiser made of the words; else the rules read them.
    """
    if not is_talk(inbound):
        crm.channel = inbound.channel
        return group.receive(crm, inbound) if group.is_said(inbound) else staff.receive(crm, inbound)
    return receive_all(
        crm, inbound.channel, inbound.account, lambda: (Arrived(inbound, answer_by, understood),), engine
    )[0]


def is_talk(inbound: Inbound) -> bool:
    """Whether it belongs to the talk with one person, and not to a staff group or card."""
    if inbound.channel == group.CHANNEL:
        return False
    return not (inbound.chat or inbound.choice.startswith(TAP_PREFIX) or inbound.kind is Kind.MIGRATED)


def receive_all(
    crm: Crm, channel: str, account: str, arrived: Callable[[], Sequence[Arrived]], engine: Engine = ENGINE
) -> list[Heard]:
    """Take everything that waits for one talk, each under its own key; `arrived` is asked once the talk is ours.

    What is understood together is answered once, and the answer hangs on the last of them.
    """
    crm.channel = channel
    talk = crm.conversations.locked(channel, account)
    waiting, new = arrived(), list[Arrived]()
    heard: dict[int, Heard] = {}
    for one in waiting:
        if number := crm.messages.accept(one.inbound, talk.id):
            heard[id(one)] = Heard(number)
            new.append(one)
    for turn in _turns(crm, talk, new):
        heard[id(turn[-1])] = _hear(crm, talk, turn, heard[id(turn[-1])].message_id, engine)
    return [heard.get(id(one)) or _repeated(crm, talk, one.inbound) for one in waiting]


def apologise(crm: Crm, inbounds: Sequence[Inbound], error: str) -> list[Heard]:
    """A bug must not lose a message: keep each, say one kind sentence, and give the talk to a person."""
    last = inbounds[-1]
    crm.channel = last.channel
    if last.channel == group.CHANNEL:
        return [group.apologise(crm, inbound, error) for inbound in inbounds]
    talk = crm.conversations.locked(last.channel, last.account)
    heard = [_failed(crm, talk, inbound, error) or _repeated(crm, talk, inbound) for inbound in inbounds]
    new = [one for one in heard if not one.repeated]
    if not new:
        return heard
    crm.message_id, crm.chain = new[-1].message_id, f"c{talk.id}"
    if not _can_be_read(talk):
        talk.state = b""  # or the same would happen for ever
        crm.conversations.save(talk)
    if talk.owner_id and crm.tasks.unfinished_of_talk(talk.id, "bug") is None:
        owner = crm.owners.get(talk.owner_id)
        crm.tasks.open("bug", store_id=owner.store_id, owner_id=owner.key, conversation_id=talk.id)
    bubble = Bubble(OwnerSay(talk.language, crm.shop.zone).bug())
    said = _say(crm, talk, new[-1].message_id, [bubble], 0.0)
    return [said if one is new[-1] else one for one in heard]


def _can_be_read(talk: Talk) -> bool:
    try:
        State.unpacked(talk.state)
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def _turns(crm: Crm, talk: Talk, new: Sequence[Arrived]) -> list[list[Arrived]]:
    """A member of staff writes commands: each is heard by itself."""
    if talk.staff_id is not None:
        return [[one] for one in new]
    return turns_of(new, lambda inbound: _understood(crm, inbound))


def _hear(crm: Crm, talk: Talk, turn: Sequence[Arrived], number: int, engine: Engine) -> Heard:
    """One turn of the talk, answered to its last message."""
    inbound = joined(turn)
    if inbound.tap_id:  # the button waits for it; outside the chain, since the answer need not wait for it too
        crm.chain = ""
        crm.outbox.answer_tap(inbound.channel, TapAnswer(inbound.tap_id, ""))
    crm.message_id, crm.chain = number, f"c{talk.id}"
    crm.actor = f"owner:{talk.owner_id}" if talk.owner_id else f"identity:{talk.identity_id}"
    if talk.staff_id is not None and staff.speaks(crm, talk, inbound):
        return Heard(number)
    understood = turn[-1].understood if len(turn) == 1 else None
    if inbound.channel == "sms":
        inbound, understood = sms.meant(crm, talk, inbound), None
        crm.actor = f"owner:{talk.owner_id}" if talk.owner_id else crm.actor
    bubbles = _converse(crm, talk, inbound, engine, understood)
    return _say(crm, talk, number, bubbles, turn[-1].answer_by)


def _failed(crm: Crm, talk: Talk, inbound: Inbound, error: str) -> Heard | None:
    number = crm.messages.accept(inbound, talk.id)
    if number is None:
        return None
    crm.messages.fail(number, error)
    return Heard(number)


def _converse(
    crm: Crm, talk: Talk, inbound: Inbound, engine: Engine, understood: Understood | None
) -> Sequence[Bubble]:
    """Let the dialogue answer, and keep what it remembers."""
    if inbound.kind is Kind.RECEIPT:
        receipts.note(crm, talk, inbound)
        return ()
    _notice(crm, talk, inbound)
    state = State.unpacked(talk.state)
    argument = _argument(crm, inbound)
    turn = Turn(crm, talk, state, inbound, understood or _understood(crm, inbound, argument))
    turn.understood = reread(turn)
    turn.argument = argument
    _look_at_offered(turn, talk.pushed)
    if person.listens(turn):
        turn.state.touched = turn.now.isoformat()
    elif inbound.kind in _CALM:
        _CALM[inbound.kind](turn)
        if inbound.kind is Kind.PHOTO and inbound.text:  # its caption
            engine.converse(turn)
    elif inbound.kind is Kind.LOCATION and state.top is None:
        _located(turn)
    elif sms.goes_to_staff(crm, inbound):
        sms.to_staff(crm, talk, turn.owner.key)
    else:
        if inbound.kind is Kind.CONTACT and inbound.phone:
            bind_contact(turn, inbound.phone)
        engine.converse(turn)
        talk.look_again_at = unfinished_talk.first_look(crm, unfinished(engine, state))
    turn.keep_owner()
    talk.state = state.packed()
    crm.conversations.save(talk)
    return turn.bubbles


def _understood(crm: Crm, inbound: Inbound, argument: str = "") -> Understood:
    if inbound.kind is Kind.TEXT and argument:
        return Understood("referred", {})
    if inbound.kind in (Kind.TEXT, Kind.PHOTO) and inbound.text:
        if request := own_request(inbound.text):
            return Understood(request, {})
        return understand(inbound.text, crm.now.astimezone(crm.shop.zone))
    if inbound.kind is Kind.MENU:
        return Understood(inbound.text or "help", {})
    if inbound.kind in (Kind.FOLLOW, Kind.SCAN):
        return Understood(SCENES.get(inbound.scene.partition("-")[0], "greeting"), {})
    return _NOTHING


def _look_at_offered(turn: Turn, pushed: list[list[str]]) -> None:
    """What our newest message has to tap can be said, by its number or in words, whoever began the talk."""
    state = turn.state
    offered = pushed or (state.options if state.asked == "go" else [])
    starts = [option for option in offered if ":go=" in option[0]]
    if state.top or not starts:
        state.options = [*pushed, *state.options]
        return
    state.asked, state.options = "go", starts
    turn.offered = starts[0][0].partition("=")[2]


def _argument(crm: Crm, inbound: Inbound) -> str:
    """What a scanned code or deep link is about: "r-K7Q2MN" → "K7Q2MN"; in words only a friend's code says so much."""
    if inbound.kind is Kind.TEXT:
        return code_in_words(crm, inbound.text)
    return inbound.scene.partition("-")[2] if inbound.kind in (Kind.FOLLOW, Kind.SCAN) else ""


def _notice(crm: Crm, talk: Talk, inbound: Inbound) -> None:
    """What the message says beside its words: the language, the window, that the person can be reached."""
    _notice_language(crm, talk, inbound.text if inbound.kind is Kind.TEXT else "")  # a tapped label is our words
    if inbound.channel == "wechat":
        talk.window_left, talk.window_until = window_after(inbound.kind, talk.window_left, talk.window_until, crm.now)
    if inbound.kind is Kind.UNFOLLOW:
        crm.identities.get(talk.identity_id).reachable = False
        crm.record("identity.left", "identity", talk.identity_id, owner_id=talk.owner_id)
    elif not talk.reachable:
        crm.identities.get(talk.identity_id).reachable = True
    if inbound.scene:
        crm.record("scene.scanned", "identity", talk.identity_id, owner_id=talk.owner_id, detail=inbound.scene[:64])


def _notice_language(crm: Crm, talk: Talk, typed: str) -> None:
    """The owner's language is kept with the owner, and follows what they ask for and write in."""
    so_far = talk.language
    if so_far == "en" and typed and crm.stores.named(typed.strip()):
        typed = ""  # the name of a store is Chinese in any language
    said = asked_for(typed) or written_in(typed, so_far)
    if said and said == so_far:
        return
    known = crm.owners.person(talk.owner_id).language if talk.owner_id else ""
    talk.language = said or known or "zh"
    if talk.owner_id and talk.language != known:
        crm.owners.speaks(talk.owner_id, talk.language)


def _say(crm: Crm, talk: Talk, number: int, bubbles: Sequence[Bubble], answer_by: float) -> Heard:
    """Write the answers to the outbox. WeChat's first answer is the response itself when there is still time."""
    bubbles = [_merged(bubbles)] if talk.channel == "wechat" and len(bubbles) > 1 else list(bubbles)
    passive = talk.channel == "wechat" and time.monotonic() < answer_by and _fits_response(bubbles)
    ids = crm.outbox.reply(talk, bubbles, answered=int(passive))
    replies = tuple(bubbles) if passive or talk.channel in PULLED else ()
    return Heard(number, replies, tuple(ids), passive=passive)


def _repeated(crm: Crm, talk: Talk, inbound: Inbound) -> Heard:
    """The same message again: the same answer, and no second effect."""
    number = crm.messages.find(inbound.channel, inbound.key) or 0
    rows = [r for r in crm.outbox.of_message(number) if r.state == ANSWERED and r.conversation_id == talk.id]
    replies = tuple(Bubble.unpacked(crm.outbox.payload(row)) for row in rows)
    return Heard(number, replies, tuple(row.id for row in rows), repeated=True, passive=bool(rows))


def _merged(bubbles: Sequence[Bubble]) -> Bubble:
    """Several bubbles as one: WeChat counts each message that we send."""
    choices = next((b.choices for b in reversed(bubbles) if b.choices), ())
    return Bubble("\n\n".join(b.text for b in bubbles), choices)


def _fits_response(bubbles: Sequence[Bubble]) -> bool:
    return bool(bubbles) and len(bubbles[0].numbered().encode()) <= PASSIVE_BYTES


def _photo(turn: Turn) -> None:
    """Part of a complaint where one is open, which its card shows; else an advisor's."""
    if not takes_photo(turn):
        media.take(turn)


def _other(turn: Turn) -> None:
    turn.tell(turn.say.text_please())


def _located(turn: Turn) -> None:
    """A place that nobody asked for: where they wait for help, else what is it for?"""
    if learn_place(turn):
        return
    entries = [("roadside", turn.say.menu_roadside()), ("pick_up", turn.say.menu_pick_up())]
    turn.ask("go", turn.say.what_for_there(), entries)


def _silence(turn: Turn) -> None:
    return


_CALM = {
    Kind.PHOTO: _photo,
    Kind.VOICE: media.take,
    Kind.OTHER: _other,
    Kind.UNFOLLOW: _silence,
}
