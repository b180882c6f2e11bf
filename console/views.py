"""What the staff pages show, read from the store: plain values for the templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from console.card_lines import pairs
from console.ledger import sentence
from console.plates import parted
from console.unanswered import may_read
from core.birthdays import knows_year
from core.codes import grouped
from core.errors import Refused
from core.masking import masked_phone
from core.messages import Button, Card
from core.say import OwnerSay, StaffSay
from core.say.offers import gives, title
from core.say.page import PageSay
from core.say.why import WhySay
from handlers.cards import card
from handlers.desk import WORDED, replies, threads
from handlers.desk.view import View
from handlers.desk.why import lines as why_lines
from handlers.facts import said
from handlers.staff import TAKERS
from storage.consents import MARKETING
from storage.coupons import CLAIMED
from storage.crm import Crm
from storage.media import Medium
from storage.owners import Owner
from storage.profile_figures import day_of, reasons
from storage.references import surviving
from storage.staff import Staff
from storage.tasks import OPEN, UNFINISHED, Task
from storage.visits import Visit

VISITS_SHOWN, EVENTS_SHOWN, IN_A_LINE = 12, 20, 3
MESSAGES_SHOWN = 20
_ICONS = {"alarm": "alarm", "warn": "warn", "done": "done"}
_URGENCY = {"alarm": 0, "warn": 1}


class Missing(Exception):
    """There is no such record."""


def home(crm: Crm, staff: Staff, language: str) -> dict[str, Any]:
    """My tasks, and those of my stores that wait for somebody; the most urgent first."""
    seen = [task for task in crm.tasks.unfinished() if may_see(staff, task.store_id)]
    mine = [task for task in seen if task.taken_by == staff.key]
    waiting = [task for task in seen if task.status == OPEN]
    lists: dict[str, list[dict[str, Any]]] = {
        name: _by_urgency([_item(crm, t, language) for t in tasks])
        for name, tasks in (("mine", mine), ("waiting", waiting))
    }
    counts = {"mine_count": len(mine), "waiting_count": len(waiting)}
    first = next((items.pop(0) for items in lists.values() if items), None)
    return {**lists, **counts, "next": first, "reads_questions": may_read(staff)}


def task_page(crm: Crm, staff: Staff, task_id: int, language: str) -> dict[str, Any]:
    """One task: masked, or full for its taker, which is recorded. Raises Missing, Refused."""
    task, say = crm.tasks.find(task_id), StaffSay(language, crm.shop.zone)
    if task is None:
        raise Missing
    if not may_see(staff, task.store_id):
        raise Refused
    mine = task.taken_by == staff.key and task.status in UNFINISHED
    shown = card(crm, task, full_for=staff.key if mine else None, language=language)
    if mine:
        crm.record("owner.revealed", "task", task.key, owner_id=task.owner_id, detail=staff.name)
    return {
        "task": task,
        "title": shown.title,
        "tone": shown.tone,
        "icon_name": _ICONS.get(shown.tone, "info"),
        "lines": pairs(shown, say),
        "footer": shown.footer,
        "buttons": _buttons(shown, task) if mine or task.status == OPEN else [],
        "mine": mine,
        "media": _media(crm, task) if mine else [],
        "worded": WORDED,
        "thread": said(crm, task.conversation_id, MESSAGES_SHOWN) if mine and task.conversation_id else [],
        "writing": _writing(crm, task) if mine or task.status == OPEN else None,
    }


def _media(crm: Crm, task: Task) -> list[Medium]:
    view = View(crm, task, StaffSay("zh", crm.shop.zone), full=True)
    return view.media()


def _writing(crm: Crm, task: Task) -> dict[str, Any] | None:
    """What the form that answers the owner starts with; None where there is nobody to answer."""
    if not threads.is_thread(task):
        return None
    if replies.is_open(crm, task):
        draft = crm.drafts.of_task(task.key)
        return {"text": crm.drafts.replies(draft)[0].text if draft and task.status != OPEN else "", "draft": True}
    return {"text": "", "draft": False} if task.status != OPEN else None


def _buttons(shown: Card, task: Task) -> list[Button]:
    """What comes next first: not what was just done, and giving back last."""
    return sorted(
        (button for row in shown.buttons for button in row),
        key=lambda b: (b.action == "give_back", b.action == task.outcome),
    )


def owner_page(crm: Crm, staff: Staff, owner_id: int, language: str) -> dict[str, Any]:
    """Everything on record about an owner, on one page; the look is recorded. Raises Missing, Refused."""
    owner = surviving(crm, owner_id)
    if owner is None:
        raise Missing
    if not may_see(staff, owner.store_id):
        raise Refused
    crm.record("owner.revealed", "owner", owner.key, owner_id=owner.key, detail=staff.name)
    visits = crm.visits.of_owner(owner.key)
    return {
        "owner": owner,
        "phone": _phone(crm, staff, owner),
        "store": crm.stores.get(owner.store_id).name if owner.store_id else "",
        "advisor": crm.staff.get(owner.advisor_id).name if owner.advisor_id else "",
        "spent": sum(visit.amount_fen for visit in visits if visit.status == "completed"),
        "foretold": crm.predictions.of_owner(owner.key),
        "cars": [(car, parted(car.plate or "")) for car in crm.vehicles.of_owner(owner.key)],
        "appointments": _appointments(crm, owner, language),
        "tickets": _tickets(crm, owner, language),
        "opportunities": _opportunities(crm, owner, language),
        "visits": visits[:VISITS_SHOWN],
        "rating": _last_rating(visits),
        "marketing": _marketing(crm, owner),
        "birthday": _birthday(crm, owner, language),
        "tags": crm.tags.of_owner(owner.key),
        "coupons": _coupons(crm, owner, language),
        "why": why_lines(crm, owner, WhySay(language, crm.shop.zone)),
        "because": _because(crm, owner, language),
        "timeline": _timeline(crm, owner, language),
        "tasks": [_item(crm, t, language) for t in crm.tasks.unfinished() if t.owner_id == owner.key],
    }


def _because(crm: Crm, owner: Owner, language: str) -> dict[str, str]:
    """Why they have their grade and stand where they stand."""
    say, (of_grade, of_stage) = PageSay(language, crm.shop.zone), reasons(crm, owner)
    return {"grade": say.because(of_grade), "stage": say.because(of_stage)}


def _timeline(crm: Crm, owner: Owner, language: str) -> list[tuple[datetime, str]]:
    """What happened, and how grade and stage have changed, newest first."""
    say = PageSay(language, crm.shop.zone)
    happened = [(event.at, sentence(crm, event, language)) for event in crm.events.of_owner(owner.key, EVENTS_SHOWN)]
    changes = [
        (day_of(crm, one), f"{say.changed(one.what, one.before, one.after)} · {say.because(one.because)}")
        for one in crm.figures.history(owner.key)
    ]
    return sorted([*happened, *changes], key=lambda entry: entry[0], reverse=True)[:EVENTS_SHOWN]


def may_see(staff: Staff, store_id: int | None) -> bool:
    return staff.role in TAKERS and staff.sees_store(store_id)


def _item(crm: Crm, task: Task, language: str) -> dict[str, Any]:
    """A task as one line of a list."""
    say = StaffSay(language, crm.shop.zone)
    shown = card(crm, task, language=language)
    values = [pair["value"] for pair in pairs(shown, say) if not pair["quote"]]
    return {
        "id": task.key,
        "title": shown.title,
        "line": " · ".join(values[:IN_A_LINE]),
        "footer": shown.footer,
        "tone": shown.tone,
        "icon": _ICONS.get(shown.tone, "info"),
    }


def _by_urgency(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: (_URGENCY.get(item["tone"], 2), item["id"]))


def _phone(crm: Crm, staff: Staff, owner: Owner) -> str:
    """In full for those who work with this owner: the advisor, the manager, whoever has taken a task of theirs."""
    phone = crm.owners.phone(owner) or ""
    tasks = crm.tasks.taken_by(staff.key)
    works_with = owner.advisor_id == staff.key or staff.role != "advisor" or any(t.owner_id == owner.key for t in tasks)
    return phone if works_with else masked_phone(phone) if phone else ""


def _appointments(crm: Crm, owner: Owner, language: str) -> list[dict[str, Any]]:
    say = PageSay(language, crm.shop.zone)
    return [
        {
            "number": one.key,
            "when": say.moment(one.starts_at),
            "what": crm.services.get(one.service_id).named(language),
            "where": crm.stores.get(one.store_id).name,
            "plate": parted(one.plate),
            "status": say.status(one.status),
        }
        for one in crm.appointments.of_owner(owner.key)[:VISITS_SHOWN]
    ]


def _birthday(crm: Crm, owner: Owner, language: str) -> str:
    say, day = PageSay(language, crm.shop.zone), owner.birthday
    return "" if day is None else say.year_day(day) if knows_year(day) else say.month_day(day)


def _coupons(crm: Crm, owner: Owner, language: str) -> list[dict[str, Any]]:
    say = StaffSay(language, crm.shop.zone)
    return [
        {
            "title": title(say, crm.coupons.offer(one)),
            "gives": gives(say, crm.coupons.offer(one)),
            "code": grouped(one.code) if one.status == CLAIMED else "",
            "status": say.coupon_status(one.status),
            "until": say.day(crm.coupons.last_day(one)),
        }
        for one in crm.coupons.of_owner(owner.key)[:VISITS_SHOWN]
    ]


def _tickets(crm: Crm, owner: Owner, language: str) -> list[dict[str, Any]]:
    """Complaints, the owner's first words and how each stands."""
    say = StaffSay(language, crm.shop.zone)
    return [
        {
            "number": one.number,
            "when": say.day(one.created_at.astimezone(crm.shop.zone).date()),
            "state": say.ticket_state(one.state),
            "words": next((text for note in crm.tickets.notes(one) if (text := crm.tickets.text(note))), ""),
        }
        for one in crm.tickets.of_owner(owner.key)[:VISITS_SHOWN]
    ]


def _opportunities(crm: Crm, owner: Owner, language: str) -> list[dict[str, Any]]:
    """What they may want, how far each is, and what comes next."""
    say, items = StaffSay(language, crm.shop.zone), OwnerSay(language, crm.shop.zone)
    return [
        {
            "item": items.item(one.item),
            "stage": say.opportunity_stage(one.stage),
            "amount": say.money(one.amount_fen) if one.amount_fen else "",
            "next_step": one.next_step,
            "when": say.short_moment(one.remind_at) if one.remind_at else "",
            "advisor": crm.staff.get(one.advisor_id).name if one.advisor_id else "",
        }
        for one in crm.opportunities.of_owner(owner.key)[:VISITS_SHOWN]
    ]


def _last_rating(visits: list[Visit]) -> int | None:
    return next((visit.rating for visit in visits if visit.rating), None)


def _marketing(crm: Crm, owner: Owner) -> bool | None:
    said = [row.given for row in crm.consents.of_owner(owner.key) if row.purpose == MARKETING]
    return said[-1] if said else None
