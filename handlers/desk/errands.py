"""The shop goes out: pick-up and delivery, roadside help. The taker says yes or no, and the owner is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from core.errors import Refused
from core.masking import masked_place
from core.messages import Bubble, Rank
from core.say import StaffSay
from flows.voice import voice_for
from handlers.desk.view import CardKind, Rows, View
from handlers.desk.work import noted
from storage.crm import Crm
from storage.errands import ACCEPTED, PICK_UP, REFUSED, ROADSIDE, Errand
from storage.staff import Staff
from storage.tasks import TAKEN, Task

LIFE = {PICK_UP: timedelta(hours=24), ROADSIDE: timedelta(hours=2)}  # how long the answer is worth sending
_SEEN: Rows = (("done",), ("give_back",))


def lines(view: View) -> list[str]:
    """Where, which car, when; the place and the plate in full for the taker alone."""
    say, errand = view.say, view.crm.errands.of_task(view.task.key)
    if errand is None:
        return []
    place = view.crm.errands.place(errand)
    shown = place if view.full else masked_place(place)
    return [
        say.field("owner", view.name(view.owner)),
        view.phone(),
        say.field("car", view.plate(errand.plate)) if errand.plate else "",
        say.field("where", shown) if place else "",
        say.field("time", say.moment(errand.wanted_at)) if errand.wanted_at else "",
        say.changed_by_owner() if view.task.told().get("changed") else "",
        *view.words(),
    ]


def _accept(crm: Crm, staff: Staff, task: Task, say: StaffSay, seen: str) -> str:
    return _decide(crm, staff, task, say, ACCEPTED, seen)


def _refuse(crm: Crm, staff: Staff, task: Task, say: StaffSay, seen: str) -> str:
    return _decide(crm, staff, task, say, REFUSED, seen)


def _decide(crm: Crm, staff: Staff, task: Task, say: StaffSay, status: str, seen: str) -> str:
    """The taker decides once; help that is on its way stays on the card until it is done.

    seen: which change the card showed; nobody promises a time or place that they have not seen.
    """
    errand = crm.errands.of_task(task.key)
    if errand is None:
        raise Refused(say.unknown_button())
    if task.status != TAKEN or task.taken_by != staff.key:
        return noted(crm, staff, task, say, False)
    crm.session.refresh(task)
    if seen != _change(task):
        raise Refused(say.changed_meanwhile())
    if not crm.errands.decide(errand, status):
        raise Refused(say.already_over())
    changed = crm.tasks.finish if status == ACCEPTED and errand.kind == PICK_UP else crm.tasks.note
    changed(task, staff.key, f"errand_{status}")
    _tell(crm, errand, status)
    return say.noted()


def _change(task: Task) -> str:
    return str(task.told().get("changed", ""))


def _tell(crm: Crm, errand: Errand, status: str) -> None:
    say = voice_for(crm, errand.owner_id)
    texts: dict[tuple[str, str], Callable[[], str]] = {
        (PICK_UP, ACCEPTED): lambda: say.pick_up_accepted(errand.wanted_at),
        (PICK_UP, REFUSED): say.pick_up_refused,
        (ROADSIDE, ACCEPTED): say.help_is_coming,
        (ROADSIDE, REFUSED): say.help_cannot_come,
    }
    bubble = Bubble(texts[errand.kind, status]())
    crm.outbox.tell_owner(errand.owner_id, bubble, Rank.REPLY, LIFE[errand.kind])


def _after_taking(view: View) -> Rows:
    errand = view.crm.errands.of_task(view.task.key)
    decided = errand is not None and errand.status in (ACCEPTED, REFUSED)
    if decided:
        return (("called", "done"), ("give_back",))
    answers = tuple(".".join(filter(None, (answer, _change(view.task)))) for answer in ("errand_yes", "errand_no"))
    return (answers, ("called", "give_back"))


KINDS = {
    PICK_UP: CardKind(lines, after_taking=_after_taking),
    f"{PICK_UP}_off": CardKind(lines, after_taking=lambda view: _SEEN),
    f"{ROADSIDE}_off": CardKind(lines, after_taking=lambda view: _SEEN),
    ROADSIDE: CardKind(lines, tone="alarm", after_taking=_after_taking),
}
NUMBERED = {"errand_yes": _accept, "errand_no": _refuse}
