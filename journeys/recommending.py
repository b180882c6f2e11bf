"""Something is recommended to an owner: kept as a row, and told where they are reached best, if they allow it."""

from __future__ import annotations

from datetime import timedelta

from core.messages import Bubble, Rank, starting
from flows.voice import voice_for
from journeys.step import decent_moment
from storage.consents import MARKETING
from storage.crm import Crm

LIFE = timedelta(days=7)


def recommend(
    crm: Crm, owner_id: int, item: str, *, occurrence: str, vehicle_id: int | None = None, why: str = ""
) -> str:
    """Offer it now. "" when it is on its way; else why not: no_account, no_consent, or what the owner said before."""
    best = crm.conversations.best_of_owner(owner_id)
    if best is None:
        return "no_account"
    if not crm.consents.stands(owner_id, MARKETING, best[0].channel):
        return "no_consent"
    facts = {"why": why} if why else {}
    one = crm.recommendations.offer(owner_id, item, occurrence=occurrence, vehicle_id=vehicle_id, reason=facts)
    if one is None:
        return crm.recommendations.why_not(owner_id, item, vehicle_id) or "open"
    say = voice_for(crm, owner_id)
    plate = crm.vehicles.get(vehicle_id).plate if vehicle_id else None
    choices = (
        starting("interested", say.interested(), one.key),
        starting("recommend_later", say.not_now(), one.key),
        starting("never_recommend", say.never_recommend(), one.key),
    )
    bubble = Bubble(say.recommend(say.item(item), plate or "", why), choices)
    due = decent_moment(crm, Rank.MARKETING)
    crm.outbox.tell_owner(owner_id, bubble, Rank.MARKETING, LIFE, channels=(best[0].channel,), due_at=due)
    return ""
