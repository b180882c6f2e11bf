"""A person is called, and while one has the talk the bot only passes on what the owner writes."""

from __future__ import annotations

import re

from core.messages import Bubble, Kind
from core.say import StaffSay
from flows import extra_item, media
from flows.consent import opt_out
from flows.turn import Turn
from storage.tasks import Task

_TO_THE_BOT = re.compile(
    r"^\W*(?:我要?|请)?(?:转|找|换|用)?(?:回|回到|到)?(?:机器人|自助)(?:服务)?(?:吧)?\W*$"
    r"|^\W*(?:the )?(?:bot|self[- ]?service)\W*$",
    re.I,
)
_NOT_FOR_A_PERSON = (Kind.FOLLOW, Kind.UNFOLLOW, Kind.RECEIPT, Kind.MIGRATED)


def call_person(turn: Turn) -> None:
    """An advisor is asked to take over; asking twice makes no second card. Words that nobody understood get a draft."""
    owner = turn.owner
    if turn.intent in ("human", ""):
        open_card(turn, "hand_over")
    else:
        turn.crm.drafts.want(turn.talk, owner.key, owner.store_id, kind="hand_over")
    turn.tell(turn.say.person_called())


def want_reply(turn: Turn) -> None:
    """Nothing here answers that: a person does, with a draft at hand; a second message goes on the same card."""
    owner = turn.owner
    waiting = turn.crm.tasks.unfinished_of_talk(turn.talk.id, "reply_wanted") is not None
    turn.crm.drafts.want(turn.talk, owner.key, owner.store_id)
    turn.tell(turn.say.added_for_the_person() if waiting else turn.say.a_person_answers())


def open_card(turn: Turn, kind: str) -> None:
    owner, crm = turn.owner, turn.crm
    if crm.threads.alive(turn.talk.id, kind) is None:
        crm.tasks.open(kind, store_id=owner.store_id, owner_id=owner.key, conversation_id=turn.talk.id)


def listens(turn: Turn) -> bool:
    """Whether a person has this talk: they are told what was said, and the bot says nothing. False: it answers."""
    talk, crm = turn.talk, turn.crm
    if talk.person_until is None or talk.person_until <= turn.now or turn.inbound.kind in _NOT_FOR_A_PERSON:
        return False
    task = crm.threads.last_taken(talk.id)
    if task is None:
        talk.person_until = None
        return False
    if _TO_THE_BOT.match(turn.inbound.text):
        _leave(turn, task)
        return True
    talk.person_until = turn.now + crm.shop.policy.person_silence
    _pass_on(turn, task)
    extra_item.overhears(turn)
    if turn.inbound.kind in (Kind.PHOTO, Kind.VOICE):
        media.keep(turn)
    intent = _intent(turn)
    if intent in _ALWAYS:
        _ALWAYS[intent](turn)
    return True


def _leave(turn: Turn, task: Task) -> None:
    """The owner would rather have the bot; whoever answered them is told by the card, and in private."""
    crm, say = turn.crm, StaffSay("zh", turn.crm.shop.zone)
    turn.talk.person_until = None
    crm.tasks.close(task, "self_service")
    if task.taken_by and (place := crm.staff.private_place(task.taken_by)):
        crm.outbox.queue_note(place, Bubble(say.went_to_the_bot(task.key)), task.key)
    crm.record("thread.ended", "conversation", turn.talk.id, owner_id=task.owner_id)
    turn.tell(turn.say.self_service())
    turn.ask("go", turn.say.menu(), [("booking", turn.say.menu_book()), ("human", turn.say.menu_human())])


def _intent(turn: Turn) -> str:
    """Of the words, or of a button that says what it starts."""
    _, started, intent = turn.inbound.choice.partition(":go=")
    return intent.partition(".")[0] if started else turn.intent


def _pass_on(turn: Turn, task: Task) -> None:
    """To the taker's private chat; where there is none, the group hears that something came, and no word of it."""
    crm, inbound, say = turn.crm, turn.inbound, StaffSay("zh", turn.crm.shop.zone)
    staff = crm.staff.get(task.taken_by or 0)
    if private := crm.staff.private_place(staff.key):
        words = inbound.text or _label(turn) or say.shape(inbound.kind.value)
        by_reply = private.startswith("telegram:")
        note = Bubble(say.owner_says(task.key, turn.owner.name or say.new_owner(), words, by_reply))
        crm.outbox.queue_note(private, note, task.key)
        return
    for place in crm.places(task.store_id):
        crm.outbox.queue_note(place, Bubble(say.owner_wrote_again(task.key, staff.name)), task.key)


def _label(turn: Turn) -> str:
    """What the tapped button says."""
    return next((label for id_, label in turn.state.options if id_ == turn.inbound.choice), "")


def _stop_driving(turn: Turn) -> None:
    """Safety first, whoever has the talk: a card at once."""
    open_card(turn, "warning_light")
    turn.tell(turn.say.stop_driving())


_ALWAYS = {"opt_out": opt_out, "warning_light": _stop_driving}
