"""When the owner would like to come: what the words said so far, and what to offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from core.errors import NotUnderstood
from core.hours import GRID
from core.messages import starting
from core.understanding.choices import any_will_do
from flows.state import Slots
from flows.turn import Turn
from storage.service_items import ServiceItem
from storage.stores import Store

OFFERED = 6  # times that are offered at once
SEARCHED_DAYS = 14
_PARTS = {
    "morning": (0, 12),
    "noon": (11, 14),
    "afternoon": (13, 18),
    "evening": (17, 24),
}  # hours of the day
_DOUBTS = {  # of the understanding, and what is said about each
    "time_past": "time_past",
    "date_impossible": "date_impossible",
    "time_impossible": "time_vague",
    "time_vague": "time_vague",
}

Wish = dict[str, Any]  # "at": a chosen moment; or "date", "date_to", "time", "part", "near" as far as they were said


def read_wish(turn: Turn, slots: Slots) -> Wish | None:
    """What this turn adds to the wish: a new day keeps the time, a new time keeps the day."""
    if chosen := turn.choice("starts_at"):
        _local(chosen)
        return {"at": chosen}
    if turn.chosen:
        return None
    if turn.state.asked == "starts_at" and any_will_do(turn.inbound.text) and (first := _first_offered(turn)):
        return {"at": first}
    for doubt, text in _DOUBTS.items():
        if doubt in turn.understood.doubts:
            raise NotUnderstood(getattr(turn.say, text)())
    return wish_of(turn, slots, turn.understood.slots)


def wish_of(turn: Turn, slots: Slots, heard: Mapping[str, str | int]) -> Wish | None:
    """The wish with what those slots say of a day and an hour; None when they say nothing of it."""
    new = {
        "date": heard.get("date"),
        "date_to": heard.get("date_to"),
        "time": heard.get("time"),
        "part": heard.get("part_of_day"),
    }
    said = {key: value for key, value in new.items() if value is not None}
    return _merged(turn, slots.get("wish") or {}, said) if said else None


def wished_moment(turn: Turn, wish: Wish) -> datetime | None:
    """The one moment that the wish names, if it names one."""
    if "at" in wish:
        return _local(wish["at"]).replace(tzinfo=turn.crm.shop.zone).astimezone(UTC)
    if "date" in wish and "time" in wish and "date_to" not in wish:
        return _moment(turn, wish["date"], wish["time"])
    return None


def ask_time(turn: Turn, slots: Slots) -> None:
    """Ask when, offering times that are free and near to what was said."""
    store, service = turn.crm.stores.get(slots["store"]), turn.crm.services.by_code(slots["service"])
    assert service is not None
    wish: Wish = slots.get("wish") or {}
    moved = slots.get("appointment")
    offers = list(_offers(turn, store, service, wish, moved))
    not_to_be_had = "near" in wish or ("date" in wish and not offers)
    if not offers and wish:
        if "date" in wish:
            turn.tell(_why_none(turn, store, wish))
        offers = list(_offers(turn, store, service, {k: v for k, v in wish.items() if k in ("time", "near")}, moved))
    choices = [(local_iso(turn, moment), turn.say.short_moment(moment)) for moment in offers]
    offered = turn.crm.shop.policy.journey("wait_list").on
    waits = offered and not_to_be_had and not moved  # who moves an appointment has a time already
    also = [starting("wait_list", turn.say.tell_me_when_free())] if waits else []
    turn.ask("starts_at", _question(turn, offers), choices, also=also)


def in_part(local: datetime, part: str) -> bool:
    """Whether it lies in that part of the day; "" is all of it."""
    begins, ends = _PARTS.get(part, (0, 24))
    return begins <= local.hour < ends


def wish_stands(turn: Turn, wish: Any) -> bool:
    return isinstance(wish, dict)


def local_iso(turn: Turn, moment: datetime) -> str:
    return moment.astimezone(turn.crm.shop.zone).strftime("%Y-%m-%dT%H:%M")


def _first_offered(turn: Turn) -> str:
    return next((id_.partition("=")[2] for id_, _ in turn.state.options if ":starts_at=" in id_), "")


def _local(text: str) -> datetime:
    """2026-11-24T15:00 on the shop's clock. A button that nobody ever showed is not understood."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise NotUnderstood("") from None


def _merged(turn: Turn, old: Wish, said: Wish) -> Wish:
    if "at" in old:
        local = datetime.fromisoformat(old["at"])
        old = {"date": local.date().isoformat(), "time": f"{local:%H:%M}"}
    wish = {**old, **said}
    if "date" in said and "date_to" not in said:
        wish.pop("date_to", None)
    if "date_to" in said and "date" not in said:
        wish["date"] = turn.now.astimezone(turn.crm.shop.zone).date().isoformat()
    if "part" in said and "time" not in said:
        wish.pop("time", None)
    if "time" in said:
        wish.pop("part", None)
    wish.pop("near", None)
    return wish


def _offers(turn: Turn, store: Store, service: ServiceItem, wish: Wish, moved: int | None) -> Iterator[datetime]:
    """Free moments, best first thinned out: one named day in full, else a few of each of the coming days.

    moved: the appointment that would move there.
    """
    found: list[datetime] = []
    one_day = "date" in wish and "date_to" not in wish
    for day in _days(turn, wish):
        soonest = turn.now + GRID  # nobody is asked to be here this minute
        starts = turn.crm.appointments.free_starts(store, service, day, instead_of=moved)
        free = [moment for moment in starts if moment >= soonest and _fits(turn, moment, wish)]
        if near := wish.get("near") or wish.get("time"):
            free = _nearest(turn, free, day, near, OFFERED if one_day else 2)
        found += _spread(free, OFFERED if one_day else 2)
        if len(found) >= OFFERED:
            break
    yield from found[:OFFERED]


def _days(turn: Turn, wish: Wish) -> list[date]:
    today = turn.now.astimezone(turn.crm.shop.zone).date()
    first = max(today, date.fromisoformat(wish["date"])) if "date" in wish else today
    last = date.fromisoformat(wish["date_to"]) if "date_to" in wish else first
    if "date" not in wish:
        last = first + timedelta(days=SEARCHED_DAYS)
    return [first + timedelta(days=n) for n in range(min((last - first).days, SEARCHED_DAYS) + 1)]


def _fits(turn: Turn, moment: datetime, wish: Wish) -> bool:
    if "part" in wish:
        return in_part(moment.astimezone(turn.crm.shop.zone), wish["part"])
    if "time" not in wish or "date" in wish:
        return True
    return bool(f"{moment.astimezone(turn.crm.shop.zone):%H:%M}" == wish["time"])


def _nearest(turn: Turn, free: list[datetime], day: date, clock: str, count: int) -> list[datetime]:
    wanted = _moment(turn, day.isoformat(), clock)
    return sorted(sorted(free, key=lambda moment: abs(moment - wanted))[:count])


def _spread(free: list[datetime], count: int) -> list[datetime]:
    """At most that many, spread over the day."""
    if len(free) <= count:
        return free
    step = len(free) / count
    return [free[int(index * step)] for index in range(count)]


def _question(turn: Turn, offers: list[datetime]) -> str:
    if not offers:
        return turn.say.no_time_soon()
    days = {moment.astimezone(turn.crm.shop.zone).date() for moment in offers}
    return turn.say.which_time_on(days.pop()) if len(days) == 1 else turn.say.which_time()


def _why_none(turn: Turn, store: Store, wish: Wish) -> str:
    day = date.fromisoformat(wish["date"])
    return turn.say.day_full(day) if turn.crm.stores.open_spans(store, day) else turn.say.closed_on(day)


def _moment(turn: Turn, day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), turn.crm.shop.zone).astimezone(UTC)
