"""The ledger: one readable line per row of what happened."""

from __future__ import annotations

import json
from typing import Any

from console.plates import parted
from core.masking import masked_name
from core.say import StaffSay
from core.say.demo import DemoSay
from core.say.ledger import LedgerSay
from core.say.page import PageSay
from storage.crm import Crm
from storage.events import Event

_QUIET = {"staff.joined", "store.added"}  # how the shop was set up, before anybody looked
_ICONS = {
    "appointment": "calendar", "task": "hand", "owner": "person", "vehicle": "car", "consent": "shield",
    "churn_alert": "warn", "staff": "key", "identity": "phone", "shop_clock": "clock",
    "coupon": "gift", "referral": "people", "tag": "info",
}  # fmt: skip
_VERB_ICONS = {
    "appointment.cancelled": "cross", "task.opened": "people", "task.done": "done", "task.closed": "done",
    "task.snoozed": "moon", "owner.revealed": "eye", "owner.bound": "link", "owner.phone_set": "phone",
}  # fmt: skip
_TONES = {
    "appointment.booked": "done", "appointment.cancelled": "alarm", "task.done": "done", "owner.bound": "done",
    "churn_alert.raised": "warn", "coupon.claimed": "done", "coupon.redeemed": "done", "coupon.revoked": "alarm",
    "referral.rewarded": "done",
}  # fmt: skip


def entries(crm: Crm, after: int, language: str) -> list[dict[str, Any]]:
    """The lines of the rows after that one, oldest first."""
    events = crm.events.after(after) if after else crm.events.latest(80)
    lines: list[dict[str, Any]] = []
    for event in events:
        if _is_watched(event) and lines and lines[-1]["first"]:
            _join(lines[-1], event, LedgerSay(language, crm.shop.zone))
        elif event.verb not in _QUIET:
            lines.append(entry(crm, event, language))
    return lines


def entry(crm: Crm, event: Event, language: str) -> dict[str, Any]:
    """One row as `{"id","first","verb","day","time","icon","tone","text","row","brought"}`."""
    page = PageSay(language, crm.shop.zone)
    return {
        "id": event.id,
        "first": event.noun_id if _is_watched(event) else 0,
        "verb": event.verb,
        "day": page.day(event.at.astimezone(crm.shop.zone).date()),
        "time": page.clock(event.at),
        "icon": _VERB_ICONS.get(event.verb) or _ICONS.get(event.noun, "info"),
        "tone": _TONES.get(event.verb, "info"),
        "text": sentence(crm, event, language),
        "row": _row(event, language, crm),
        "brought": _brought(event, DemoSay(language, crm.shop.zone)),
    }


def _brought(event: Event, say: DemoSay) -> list[str]:
    """Where the clock moved on: a line per journey of what that did."""
    told = json.loads(event.detail).get("journeys", []) if event.verb == "clock.moved" else []
    return [say.brought(one["journey"], one["decided"], one["skipped"]) for one in told]


def _is_watched(event: Event) -> bool:
    """An alert that only keeps an eye on somebody: a morning brings a dozen of them."""
    return event.verb == "churn_alert.raised" and event.detail == "watch"


def _join(line: dict[str, Any], event: Event, say: LedgerSay) -> None:
    line["id"] = event.id
    line["text"] = say.watched(line["first"], event.noun_id)
    line["row"] = f"churn_alert {line['first']}–{event.noun_id} · {say.actor('system')}"


def sentence(crm: Crm, event: Event, language: str) -> str:
    """What happened, in words: 预约 #1042 · 粤B·12345 · 明天 15:00 · 2 号工位."""
    if event.verb == "clock.moved":
        return DemoSay(language, crm.shop.zone).arrived(event.at, json.loads(event.detail))
    say = LedgerSay(language, crm.shop.zone)
    verb = "task.woken" if event.verb == "task.taken" and event.actor == "system" else event.verb
    return say.sentence(verb, _Values(crm, event, language)).rstrip(" ·")


class _Values:
    """What a sentence may name, looked up only when it does."""

    def __init__(self, crm: Crm, event: Event, language: str) -> None:
        self.crm, self.event, self.language = crm, event, language
        self.say = LedgerSay(language, crm.shop.zone)

    def __getitem__(self, name: str) -> object:
        value: object = getattr(self, f"_{name}")()
        return value

    def _id(self) -> int:
        return self.event.noun_id

    def _detail(self) -> str:
        if self.event.verb in ("owner.revealed", "owner.bound"):
            return self.event.detail
        return f" · {self.say.detail(parted(self.event.detail))}" if self.event.detail else ""

    def _owner(self) -> str:
        owner = self.crm.owners.get(self.event.owner_id) if self.event.owner_id else None
        return owner.name if owner and owner.name else self.say.actor("owner")

    def _level(self) -> str:
        return PageSay(self.language, self.crm.shop.zone).level(self.event.detail)

    def _staff(self) -> str:
        return self.crm.staff.get(self.event.noun_id).name if self.event.noun == "staff" else ""

    def _who(self) -> str:
        kind, _, number = self.event.actor.partition(":")
        return self.crm.staff.get(int(number)).name if kind == "staff" else self.say.actor(kind)

    def _what(self) -> str:
        if self.event.noun == "appointment":
            return self._appointment()
        if self.event.noun == "owner":
            return self._owner()
        task = self.crm.tasks.find(self.event.noun_id) if self.event.noun == "task" else None
        if task is None:
            return ""
        title = StaffSay(self.language, self.crm.shop.zone).title(task.kind)
        owner = self.crm.owners.get(task.owner_id) if task.owner_id else None
        return " · ".join(filter(None, (title, masked_name(owner.name) if owner else "")))

    def _appointment(self) -> str:
        crm, say = self.crm, self.say
        one = crm.appointments.get(self.event.noun_id)
        day = one.starts_at.astimezone(crm.shop.zone).date()
        when = f"{say.near_day(day, self.event.at.astimezone(crm.shop.zone).date())} {say.clock(one.starts_at)}"
        bay = say.bay(crm.stores.bay(one.bay_id).number)
        return " · ".join(filter(None, (parted(one.plate), when, crm.stores.get(one.store_id).name, bay)))


def _row(event: Event, language: str, crm: Crm) -> str:
    """The row itself: table, number, who, by which channel."""
    if event.verb == "clock.moved":
        return ""
    say = LedgerSay(language, crm.shop.zone)
    kind, _, number = event.actor.partition(":")
    who = f"{say.actor(kind)} #{number}" if number else say.actor(kind)
    return " · ".join(filter(None, (f"{event.noun} {event.noun_id}", who, say.channel(event.channel))))
