"""为什么 粤B12345: an advisor asks why an owner got something, or did not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from core.say import StaffSay
from core.say.why import WhySay
from storage.crm import Crm
from storage.owners import Owner
from storage.references import owners_by_reference
from storage.staff import Staff
from storage.why import why

ASKERS = ("advisor", "manager", "operator", "boss")
SHOWN = 8  # decisions in one answer
_WHY = re.compile(r"^\s*(?:为\s*什\s*么|为啥|/?why\b)[\s:：,，]*(?P<who>\S.*?)?\s*[?？]?\s*$", re.I | re.S)


def lines(crm: Crm, owner: Owner, say: WhySay, journey: str = "", most: int = SHOWN) -> list[str]:
    """One line for now, one for each decision, one for each journey that has decided nothing yet."""
    told = why(crm, owner, journey)
    decided = [_decision(say, step) for step in told["steps"][:most]]
    return [say.marketing_now(told["marketing"]), *(decided or [say.nothing()]), *_not_yet(say, told["not_yet"])]


def _ask(crm: Crm, staff: Staff, found: re.Match[str], say: StaffSay) -> str:
    """The look is kept like any other look at a record."""
    words = WhySay("en" if say.english else "zh", say.zone)
    reference = (found["who"] or "").strip()
    owners = owners_by_reference(crm, reference) if reference else []
    if not reference:
        return words.why_usage()
    mine = [owner for owner in owners if staff.role in ASKERS and staff.sees_store(owner.store_id)]
    if not mine:
        return words.other_store() if owners else words.nobody(reference)
    if len(mine) > 1:
        return "\n".join([words.several(len(mine)), *(f"#{owner.key} {owner.name}" for owner in mine)])
    owner = mine[0]
    crm.record("owner.revealed", "owner", owner.key, owner_id=owner.key, detail=staff.name)
    return "\n".join([f"#{owner.key} {owner.name}", *lines(crm, owner, words)])


def _decision(say: WhySay, step: dict[str, Any]) -> str:
    """ "11 月 23 日（周一）10:00 生日 · 发送 · 短信 · 已发出"."""
    task = [] if step["decision"] != "task" else [step["task"]["outcome"] if step["task"] else ""]
    parts = [
        f"{say.moment(datetime.fromisoformat(step['at']))} {say.journey(step['journey'])} {step['step']}",
        say.decision(step["decision"]),
        "" if step["messages"] or not step["route"] else say.route(step["route"]),
        "" if step["messages"] and step["messages"][-1]["reason"] else say.reason(step["reason"]),
        *(_message(say, one) for one in step["messages"]),
        *task,
    ]
    return " · ".join(part for part in parts if part)


def _message(say: WhySay, one: dict[str, Any]) -> str:
    moment = one["at"] if one["state"] != "queued" else one["due_at"]
    when = say.short_moment(datetime.fromisoformat(moment)) if moment else ""
    why_so = say.reason(one["reason"]) if one["state"] not in ("sent", "answered") else ""
    return " ".join(part for part in (say.route(one["route"]), say.became(one["state"]), when, why_so) if part)


def _not_yet(say: WhySay, found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        day = say.day(date.fromisoformat(one["due"])) if one["due"] else ""
        yield " · ".join(part for part in (say.journey(one["journey"]), say.reason(one["reason"]), day) if part)


KINDS: dict[str, Any] = {}
COMMANDS = ((_WHY, _ask),)
