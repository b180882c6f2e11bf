"""Choices that an owner gets outside a turn: "1" means the first of them where there are no buttons."""

from __future__ import annotations

from core.messages import Bubble
from flows.state import State
from storage.conversations import Conversation
from storage.crm import Crm


def on_offer(crm: Crm, owner_id: int, bubble: Bubble) -> None:
    """Remember in their talk what can be chosen now; a talk in which something is under way goes on first."""
    best = crm.conversations.best_of_owner(owner_id)
    if best is None or not bubble.choices:
        return
    identity, _ = best
    talk = crm.conversations.locked(identity.channel, crm.identities.account(identity))
    state = State.unpacked(talk.state)
    if state.top:
        return
    state.asked, state.options = "go", [[choice.id, choice.label] for choice in bubble.choices]
    crm.update(Conversation, talk.id, {"state_sealed": crm.keys.seal(state.packed(), "conversation.state")})
