"""Calling the staff from a talk: a card of a kind, once while it is unfinished."""

from __future__ import annotations

from flows.turn import Turn


def hand_over(turn: Turn, kind: str) -> None:
    owner = turn.owner
    if turn.crm.tasks.unfinished_of_talk(turn.talk.id, kind) is None:
        turn.crm.tasks.open(kind, store_id=owner.store_id, owner_id=owner.key, conversation_id=turn.talk.id)


def want_reply(turn: Turn) -> None:
    """A person answers what was just written, with a draft; a second message goes on the same card."""
    owner = turn.owner
    waiting = turn.crm.tasks.unfinished_of_talk(turn.talk.id, "reply_wanted") is not None
    turn.crm.drafts.want(turn.talk, owner.key, owner.store_id)
    turn.tell(turn.say.added_for_the_person() if waiting else turn.say.a_person_answers())
