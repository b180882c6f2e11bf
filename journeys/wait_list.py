"""A time became free: it is held for the first who waits for one like it, then for the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from core.errors import Refused, SlotTaken
from core.hours import GRID
from core.messages import Bubble, Rank, starting
from core.notices import notice
from flows.voice import voice_for
from flows.wish import in_part
from journeys.items import TickItem
from journeys.step import is_quiet
from storage.crm import Crm
from storage.steps import SEND
from storage.wait_list import Waiting

JOURNEY = "wait_list"
LOOKED_AT = 14  # days of a wish, at the most


def run(crm: Crm) -> list[TickItem]:
    """Nobody is woken up for a free time; one that nobody can still come to is not offered."""
    today = crm.now.astimezone(crm.shop.zone).date()
    if not crm.wait_list.anybody(today):
        return []
    crm.wait_list.lapse()
    if is_quiet(crm, Rank.SERVICE) or not crm.shop.policy.journey(JOURNEY).on:
        return []
    return [item for waiting in crm.wait_list.waiting(today) if (item := _serve(crm, waiting, today))]


def _serve(crm: Crm, waiting: Waiting, today: date) -> TickItem | None:
    """The first time that fits and can be held is offered to them."""
    if _has_booked(crm, waiting):
        crm.wait_list.over(waiting)
        return None
    until = crm.now + crm.shop.policy.talk.offer_held
    for moment in _fitting(crm, waiting, today, until + GRID):
        try:
            held = crm.appointments.hold(
                waiting.owner_id,
                crm.stores.get(waiting.store_id),
                crm.services.get(waiting.service_id),
                moment,
                channel=JOURNEY,
                conversation_id=waiting.conversation_id,
                life=crm.shop.policy.talk.offer_held,
            )
        except (SlotTaken, Refused):
            continue
        number = crm.wait_list.offer(waiting, held, until)
        if number is None:
            crm.appointments.release(held.key)
            return None
        return _tell(crm, waiting, number, moment, until)
    return None


def _has_booked(crm: Crm, waiting: Waiting) -> bool:
    """They found another time in the meantime."""
    return any(
        booked.service_id == waiting.service_id
        and waiting.first_on <= booked.starts_at.astimezone(crm.shop.zone).date() <= waiting.last_on
        and booked.created_at >= waiting.created_at
        for booked in crm.appointments.coming(waiting.owner_id)
    )


def _fitting(crm: Crm, waiting: Waiting, today: date, soonest: datetime) -> Iterator[datetime]:
    first = max(waiting.first_on, today)
    store, service = crm.stores.get(waiting.store_id), crm.services.get(waiting.service_id)
    known = crm.wait_list.offered(waiting.key)
    for number in range(min((waiting.last_on - first).days, LOOKED_AT) + 1):
        for moment in crm.appointments.free_starts(store, service, first + timedelta(days=number)):
            local = moment.astimezone(crm.shop.zone)
            at_that_time = waiting.clock in ("", f"{local:%H:%M}")
            if moment >= soonest and moment not in known and at_that_time and in_part(local, waiting.part):
                yield moment


def _tell(crm: Crm, waiting: Waiting, number: int, moment: datetime, until: datetime) -> TickItem:
    say = voice_for(crm, waiting.owner_id)
    service = crm.services.get(waiting.service_id).named(say.pick("zh", "en"))
    store, plate = crm.stores.get(waiting.store_id).name, waiting.plate
    text = say.time_is_free(moment=moment, plate=plate, service=service, store=store, until=until)
    shape = notice(JOURNEY, crm.shop.zone, plate=plate, service=service, store=store, starts_at=moment, until=until)
    choices = (starting("take_time", say.take_time(), number), starting("decline_time", say.decline_time(), number))
    row = crm.outbox.tell_owner(waiting.owner_id, Bubble(text, choices, notice=shape), Rank.SERVICE, until - crm.now)
    channel = row.destination.partition(":")[0] if row else ""
    name = f"offer:{number}"
    return TickItem(JOURNEY, "offer", name, waiting.owner_id, waiting.plate or None, channel, SEND, "")
