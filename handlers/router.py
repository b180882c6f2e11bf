"""One inbound message, one transaction: kept under its key, answered by the owner's dialogue or the staff's work."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from core.messages import Bubble, Heard, Inbound, Kind, TapAnswer
from core.say import OwnerSay
from core.understanding import Understood, understand
from core.windows import window_after
from flows import ENGINE, SCENES, person
from flows.binding import bind_contact
from flows.engine import Engine
from flows.state import State
from flows.turn import Turn
from handlers import staff
from storage.conversations import Talk
from storage.crm import Crm
from storage.outbox import ANSWERED, PULLED

TAP_PREFIX = "t:"  # the choice ids of staff cards
PASSIVE_BYTES = 2048
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(
    r"[A-Za-z]{2,}\W+[A-Za-z]{2,}|^\W*(?:hi|hello|hey|book|booking|human|help|yes|no|cancel|restart)\W*$",
    re.I,
)
_NOTHING = Understood("unknown", {})


def receive(crm: Crm, inbound: Inbound, answer_by: float = 0.0, engine: Engine = ENGINE) -> Heard:
    """Take one message into the store and say what to answer.

    answer_by: until when, on the monotonic clock, the request's own response can still carry the answer.
    """
    crm.channel = inbound.channel
    if inbound.chat or inbound.choice.startswith(TAP_PREFIX) or inbound.kind is Kind.MIGRATED:
        return staff.receive(crm, inbound)
    talk = crm.conversations.locked(inbound.channel, inbound.account)
    number = crm.messages.accept(inbound, talk.id)
    if number is None:
        return _repeated(crm, inbound)
    if inbound.tap_id:  # the button waits for it; outside the chain, since the answer need not wait for it too
        crm.outbox.answer_tap(inbound.channel, TapAnswer(inbound.tap_id, ""))
    crm.message_id, crm.chain = number, f"c{talk.id}"
    crm.actor = f"owner:{talk.owner_id}" if talk.owner_id else f"identity:{talk.identity_id}"
    if talk.staff_id is not None and staff.speaks(crm, talk, inbound):
        return Heard(number)
    bubbles = _converse(crm, talk, inbound, engine)
    return _say(crm, talk, number, bubbles, answer_by)


def apologise(crm: Crm, inbound: Inbound, error: str) -> Heard:
    """A bug must not lose the message: keep it, say one kind sentence, and give the talk to a person."""
    crm.channel = inbound.channel
    talk = crm.conversations.locked(inbound.channel, inbound.account)
    number = crm.messages.accept(inbound, talk.id)
    if number is None:
        return _repeated(crm, inbound)
    crm.message_id, crm.chain = number, f"c{talk.id}"
    crm.messages.fail(number, error)
    if talk.owner_id and crm.tasks.unfinished_of_talk(talk.id, "bug") is None:
        owner = crm.owners.get(talk.owner_id)
        crm.tasks.open("bug", store_id=owner.store_id, owner_id=owner.key, conversation_id=talk.id)
    say = OwnerSay(talk.language, crm.shop.zone)
    return _say(crm, talk, number, [Bubble(say.bug())], 0.0)


def _converse(crm: Crm, talk: Talk, inbound: Inbound, engine: Engine) -> Sequence[Bubble]:
    """Let the dialogue answer, and keep what it remembers."""
    _notice(crm, talk, inbound)
    state = State.unpacked(talk.state)
    turn = Turn(crm, talk, state, inbound, _understood(crm, inbound))
    turn.argument = _argument(inbound)
    if person.listens(turn):
        turn.state.touched = turn.now.isoformat()
    elif inbound.kind in _CALM:
        _CALM[inbound.kind](turn)
    else:
        if inbound.kind is Kind.CONTACT and inbound.phone:
            bind_contact(turn, inbound.phone)
        engine.converse(turn)
    turn.keep_owner()
    talk.state = state.packed()
    crm.conversations.save(talk)
    return turn.bubbles


def _understood(crm: Crm, inbound: Inbound) -> Understood:
    if inbound.kind is Kind.TEXT:
        return understand(inbound.text, crm.now.astimezone(crm.shop.zone))
    if inbound.kind is Kind.MENU:
        return Understood(inbound.text or "help", {})
    if inbound.kind in (Kind.FOLLOW, Kind.SCAN):
        return Understood(SCENES.get(inbound.scene.partition("-")[0], "greeting"), {})
    return _NOTHING


def _argument(inbound: Inbound) -> str:
    """What a scanned code or deep link is about: "r-K7Q2" → "K7Q2"."""
    return inbound.scene.partition("-")[2] if inbound.kind in (Kind.FOLLOW, Kind.SCAN) else ""


def _notice(crm: Crm, talk: Talk, inbound: Inbound) -> None:
    """What the message says beside its words: the language, the window, that the person can be reached."""
    typed = inbound.text if inbound.kind is Kind.TEXT else ""  # a tapped label is our words, not theirs
    talk.language = _language(typed) or talk.language or "zh"
    if inbound.channel == "wechat":
        talk.window_left, talk.window_until = window_after(inbound.kind, talk.window_left, talk.window_until, crm.now)
    if inbound.kind is Kind.UNFOLLOW:
        crm.identities.get(talk.identity_id).reachable = False
        crm.record("identity.left", "identity", talk.identity_id, owner_id=talk.owner_id)
    elif not talk.reachable:
        crm.identities.get(talk.identity_id).reachable = True
    if inbound.scene:
        crm.record("scene.scanned", "identity", talk.identity_id, owner_id=talk.owner_id, detail=inbound.scene[:64])


def _language(text: str) -> str:
    """The language of the words, if they tell: the one Chinese character of a plate does not."""
    chinese = len(_CHINESE.findall(text[:200]))
    if chinese <= 1 and _ENGLISH.search(text[:200]):
        return "en"
    return "zh" if chinese > 1 else ""


def _say(crm: Crm, talk: Talk, number: int, bubbles: Sequence[Bubble], answer_by: float) -> Heard:
    """Write the answers to the outbox. WeChat's first answer is the response itself when there is still time."""
    bubbles = [_merged(bubbles)] if talk.channel == "wechat" and len(bubbles) > 1 else list(bubbles)
    passive = talk.channel == "wechat" and time.monotonic() < answer_by and _fits_response(bubbles)
    ids = crm.outbox.reply(talk, bubbles, answered=int(passive))
    replies = tuple(bubbles) if passive or talk.channel in PULLED else ()
    return Heard(number, replies, tuple(ids), passive=passive)


def _repeated(crm: Crm, inbound: Inbound) -> Heard:
    """The same message again: the same answer, and no second effect."""
    number = crm.messages.find(inbound.channel, inbound.key) or 0
    rows = [row for row in crm.outbox.of_message(number) if row.state == ANSWERED]
    replies = tuple(Bubble.unpacked(crm.outbox.payload(row)) for row in rows)
    return Heard(number, replies, tuple(row.id for row in rows), repeated=True, passive=bool(rows))


def _merged(bubbles: Sequence[Bubble]) -> Bubble:
    """Several bubbles as one: WeChat counts each message that we send."""
    choices = next((b.choices for b in reversed(bubbles) if b.choices), ())
    return Bubble("\n\n".join(b.text for b in bubbles), choices)


def _fits_response(bubbles: Sequence[Bubble]) -> bool:
    return bool(bubbles) and len(bubbles[0].numbered().encode()) <= PASSIVE_BYTES


def _media(turn: Turn) -> None:
    turn.tell(turn.say.media_received())


def _other(turn: Turn) -> None:
    turn.tell(turn.say.text_please())


def _silence(turn: Turn) -> None:
    return


_CALM = {
    Kind.PHOTO: _media,
    Kind.VOICE: _media,
    Kind.OTHER: _other,
    Kind.UNFOLLOW: _silence,
    Kind.RECEIPT: _silence,
}
