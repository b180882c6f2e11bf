"""Cards: a task as the staff see it. Masked where the group reads, full only for the one who took it."""

from __future__ import annotations

from collections.abc import Callable

from core.masking import masked_name, masked_phone, masked_plate
from core.messages import Button, Card
from core.say import StaffSay
from storage.crm import Crm
from storage.owners import Owner
from storage.tasks import CLOSED, DONE, OPEN, SNOOZED, TAKEN, Task

WORDS_SHOWN = 3  # of the owner's last messages, on the full card
_WORK = (("called", "booked"), ("snooze", "not_reachable"), ("done", "give_back"))
_AFTER_TAKING = {
    "new_appointment": (("called", "done"), ("give_back",)),
    "link_proposal": (("link_yes", "link_no"), ("give_back",)),
    "hand_over": (("called", "done"), ("snooze", "not_reachable"), ("give_back",)),
}
_TONES = {"churn_alert": "warn", "warning_light": "alarm", "bug": "alarm", "hand_over": "warn"}


def card(crm: Crm, task: Task, *, full_for: int | None = None, language: str = "zh") -> Card:
    """The task's card. `full_for`: the member of staff who may see everything; nobody else may."""
    view = _View(crm, task, StaffSay(language, crm.shop.zone), full=full_for is not None and full_for == task.taken_by)
    lines = tuple(line for line in _LINES.get(task.kind, _person_lines)(view) if line)
    tone = (
        "done" if task.status in (DONE, CLOSED) else "alarm" if task.level == "high" else _TONES.get(task.kind, "info")
    )
    return Card(task.key, view.say.title(task.kind, task.level), lines, _buttons(view), tone, _footer(view))


def change_note(crm: Crm, task: Task, language: str = "zh") -> str:
    """What changed, in one line, for channels that cannot edit a card."""
    view = _View(crm, task, StaffSay(language, crm.shop.zone), full=False)
    return f"{view.say.title(task.kind, task.level)} #{task.key} · {_footer(view)}"


class _View:
    """A task, the rows it points to, and how much of them may be shown."""

    def __init__(self, crm: Crm, task: Task, say: StaffSay, *, full: bool) -> None:
        self.crm, self.task, self.say, self.full = crm, task, say, full
        self.owner: Owner | None = crm.owners.get(task.owner_id) if task.owner_id else None

    def name(self, owner: Owner | None) -> str:
        if owner is None or not owner.name:
            return self.say.new_owner()
        return owner.name if self.full else masked_name(owner.name)

    def plate(self, plate: str | None) -> str:
        return (plate if self.full else masked_plate(plate)) if plate else ""

    def phone(self) -> str:
        """Only the taker sees a number at all."""
        phone = self.crm.owners.phone(self.owner) if self.owner and self.full else None
        return self.say.field("phone", phone) if phone else ""


def _appointment_lines(view: _View) -> list[str]:
    crm, say = view.crm, view.say
    appointment = crm.appointments.get(view.task.appointment_id or 0)
    service = crm.services.get(appointment.service_id).named("en" if say.english else "zh")
    where = say.listed([crm.stores.get(appointment.store_id).name, say.bay(crm.stores.bay(appointment.bay_id).number)])
    return [
        say.field("time", say.moment(appointment.starts_at)),
        say.field("service", " · ".join(filter(None, [service, view.plate(appointment.plate)]))),
        say.field("store", where),
        say.field("owner", view.name(view.owner)),
        view.phone(),
        *_words(view),
    ]


def _churn_lines(view: _View) -> list[str]:
    say, told = view.say, view.task.told()
    vehicle = view.crm.vehicles.get(view.task.vehicle_id) if view.task.vehicle_id else None
    car = " · ".join(filter(None, [view.plate(vehicle.plate), vehicle.model])) if vehicle else ""
    why = say.listed(say.reason(key, value) for key, value in told.get("reasons", []))
    remarks = view.owner.remarks if view.owner and view.full else ""
    return [
        say.field("owner", view.name(view.owner)),
        say.field("car", car) if car else "",
        view.phone(),
        say.field("why", why),
        say.field("remarks", remarks) if remarks else "",
        say.field("say", _opening(view, vehicle.model if vehicle else "")) if view.full else "",
    ]


def _link_lines(view: _View) -> list[str]:
    say, told = view.say, view.task.told()
    known = view.crm.owners.get(told["known"])
    cars = say.listed(view.plate(car.plate) for car in view.crm.vehicles.of_owner(known.key))
    phone = view.crm.owners.phone(known)
    shown = phone if view.full else masked_phone(phone) if phone else ""
    return [
        say.field("owner", view.name(view.owner)),
        say.field("known_as", say.listed([view.name(known), cars, shown or ""])),
        *_words(view),
    ]


def _person_lines(view: _View) -> list[str]:
    cars = view.crm.vehicles.of_owner(view.owner.key) if view.owner else []
    plates = view.say.listed(view.plate(car.plate) for car in cars)
    return [
        view.say.field("owner", view.name(view.owner)),
        view.say.field("car", plates) if plates else "",
        view.phone(),
        *_words(view),
    ]


_LINES: dict[str, Callable[[_View], list[str]]] = {
    "new_appointment": _appointment_lines,
    "churn_alert": _churn_lines,
    "link_proposal": _link_lines,
}


def _words(view: _View) -> list[str]:
    """The owner's last words, for the taker only."""
    if not view.full or not view.task.conversation_id:
        return []
    messages = view.crm.messages.of_conversation(view.task.conversation_id)
    texts = [view.crm.messages.text(m) for m in messages if m.kind == "text"][-WORDS_SHOWN:]
    return [view.say.field("wrote", text[:200]) for text in texts if text]


def _opening(view: _View, model: str) -> str:
    name = view.owner.name if view.owner else ""
    reasons = {key for key, _ in view.task.told().get("reasons", [])}
    if "low_rating" in reasons:
        return view.say.say_to_unhappy(name)
    return view.say.say_to_due(name, model) if "overdue_since" in reasons else view.say.say_to_away(name, model)


def _buttons(view: _View) -> tuple[tuple[Button, ...], ...]:
    task = view.task
    if task.status == OPEN:
        rows: tuple[tuple[str, ...], ...] = (("take",),)
        if task.kind == "link_proposal":
            rows = (("link_yes", "link_no"), ("take",))
    elif task.status in (TAKEN, SNOOZED):
        rows = _AFTER_TAKING.get(task.kind, _WORK)
    else:
        rows = ()
    return tuple(tuple(Button(action, view.say.button(action)) for action in row) for row in rows)


def _footer(view: _View) -> str:
    task, say = view.task, view.say
    name = view.crm.staff.get(task.taken_by).name if task.taken_by else ""
    if task.status == OPEN:
        return say.waiting(task.changed_at)
    if task.status == SNOOZED and task.snoozed_until:
        return say.snoozed(name, task.snoozed_until)
    if task.status == CLOSED:
        return say.over(task.outcome)
    if task.outcome:
        return say.progress(name, task.outcome, task.changed_at)
    return say.taken(name, task.taken_at or task.changed_at)
