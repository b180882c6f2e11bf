"""A photo or a voice message: kept for what the owner wrote about, acknowledged, and shown to the advisor."""

from __future__ import annotations

from flows.turn import Turn
from storage.tasks import Task

_KIND = "media_received"


def take(turn: Turn) -> None:
    """Keep it; it goes with the card that is open about this talk, or brings one of its own."""
    owner = turn.owner
    if not keep(turn):
        turn.crm.tasks.open(_KIND, store_id=owner.store_id, owner_id=owner.key, conversation_id=turn.talk.id)
    turn.tell(turn.say.media_received(turn.inbound.kind.value))


def keep(turn: Turn) -> bool:
    """Keep it, and show it on the card that is open about this talk. False: there is none."""
    inbound, card = turn.inbound, _open_card(turn)
    if inbound.media:
        turn.crm.media.want(
            inbound.channel, inbound.kind.value, inbound.media, conversation_id=turn.talk.id, owner_id=turn.owner.key
        )
    if card:
        turn.crm.tasks.touch(card)
    return card is not None


def _open_card(turn: Turn) -> Task | None:
    """The newest unfinished card of this talk that is about what they want, not about an appointment or an identity."""
    cards = turn.crm.tasks.of_talk(turn.talk.id)
    return next((card for card in reversed(cards) if card.kind not in ("new_appointment", "link_proposal")), None)
