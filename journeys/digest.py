"""The morning digest: what is on today, who is to be watched, what came of yesterday. One message per group and day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from core.masking import masked_name, masked_plate
from core.messages import Bubble
from core.say import StaffSay
from journeys.items import TickItem
from storage.crm import Crm
from storage.digests import Morning
from storage.stores import Store


def run(crm: Crm) -> list[TickItem]:
    """One statement once everybody was told. It is about no owner: nothing is told of it."""
    local, rules = crm.now.astimezone(crm.shop.zone), crm.shop.policy.desk
    if not rules.digest_at <= local.time() < rules.digest_until:
        return []
    told = crm.digests.told(local.date())
    _tell_groups(crm, local.date(), told)
    _tell_bosses(crm, local.date(), told)
    return []


def _tell_groups(crm: Crm, day: date, told: set[str]) -> None:
    """Stores that share a group share the message."""
    groups: dict[tuple[str, str], list[tuple[str, Store]]] = {}
    for store in _open_on(crm, day):
        for place in crm.places(store.key):
            if place not in told:
                groups.setdefault(_group(crm, place, store), []).append((place, store))
    for members in groups.values():
        claimed = [crm.digests.claim(day, place) for place, _ in members]
        text = _text(crm, day, [store for _, store in members]) if all(claimed) else ""
        if text:
            crm.outbox.queue_note(members[0][0], Bubble(text))


def _tell_bosses(crm: Crm, day: date, told: set[str]) -> None:
    """Every store in a few lines, and what the staff suggest."""
    places = [f"telegram:member:{one.key}" for one in crm.staff.bosses()] if crm.shop.telegram else []
    for place in places:
        if place not in told and crm.digests.claim(day, place):
            text = "\n".join(filter(None, [_text(crm, day, crm.stores.all()), *_suggestions(crm, day)]))
            if text:
                crm.outbox.queue_note(place, Bubble(text))


def _open_on(crm: Crm, day: date) -> Iterable[Store]:
    return (store for store in crm.stores.all() if crm.stores.open_spans(store, day))


def _group(crm: Crm, place: str, store: Store) -> tuple[str, str]:
    """The channel and where in it the message would arrive."""
    channel = place.partition(":")[0]
    address = {"telegram": crm.stores.group, "wecom": crm.stores.robot}.get(channel)
    return channel, address(store.key) if address else place


def _text(crm: Crm, day: date, stores: Iterable[Store]) -> str:
    """Stores with nothing to tell are left out; "" when none has anything."""
    return "\n\n".join(text for store in stores if (text := _of_store(crm, day, store)))


def _of_store(crm: Crm, day: date, store: Store) -> str:
    begins = datetime.combine(day, time(), crm.shop.zone)
    morning = crm.digests.morning(
        store.key,
        (begins, begins + timedelta(days=1)),
        begins - timedelta(days=1),
        crm.shop.policy.desk.watch_shown,
    )
    if morning.is_empty:
        return ""
    say = StaffSay("zh", crm.shop.zone)
    return "\n".join([say.digest_of(store.name, day), *_lines(crm, say, morning)])


def _lines(crm: Crm, say: StaffSay, morning: Morning) -> list[str]:
    lines = [say.digest_appointments(morning.appointments)] if morning.appointments else []
    lines += [say.digest_tasks(morning.open, morning.overdue)] if morning.open else []
    if morning.watch:
        lines.append(say.digest_watch(morning.watch, [_masked(crm, one) for one in morning.watched]))
    if morning.done or morning.visits:
        lines.append(say.digest_yesterday(morning.done, morning.visits))
    return lines


def _masked(crm: Crm, owner_id: int) -> str:
    owner = crm.owners.get(owner_id)
    plates = [masked_plate(car.plate) for car in crm.vehicles.of_owner(owner_id) if car.plate]
    return " ".join(filter(None, [masked_name(owner.name), *plates[:1]]))


def _suggestions(crm: Crm, day: date) -> list[str]:
    """Since the digest of the day before."""
    say = StaffSay("zh", crm.shop.zone)
    since = datetime.combine(day - timedelta(days=1), crm.shop.policy.desk.digest_at, crm.shop.zone)
    return [say.digest_feedback(crm.staff.get(one.staff_id).name, one.words) for one in crm.feedback.since(since)]
