"""Is this unknown account that owner? An advisor knows."""

from __future__ import annotations

from core.errors import Refused
from core.masking import masked_phone
from core.say import StaffSay
from handlers.desk.view import CardKind, View
from handlers.desk.work import noted
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import OPEN, Task


def lines(view: View) -> list[str]:
    say, told = view.say, view.task.told()
    known = view.crm.owners.get(told["known"])
    cars = say.listed(view.plate(car.plate) for car in view.crm.vehicles.of_owner(known.key))
    phone = view.crm.owners.phone(known)
    shown = phone if view.full else masked_phone(phone) if phone else ""
    return [
        say.field("owner", view.name(view.owner)),
        say.field("known_as", say.listed([view.name(known), cars, shown or ""])),
        *view.words(),
    ]


def link_yes(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """The same person: what the unknown account did becomes the known owner's."""
    _decide(crm, staff, task, say, "link_yes")
    stranger, known = crm.owners.get(task.owner_id or 0), crm.owners.get(task.told()["known"])
    if stranger.status != "merged" and stranger.key != known.key:
        others = [other for other in crm.tasks.open_links(stranger.key) if other.key != task.key]
        for other in others:
            crm.tasks.close(other, "done")
        crm.owners.absorb(stranger, known)
    return say.noted()


def link_no(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """Somebody else: a new owner, unless another proposal is still open."""
    _decide(crm, staff, task, say, "link_no")
    stranger = crm.owners.get(task.owner_id or 0)
    if stranger.status == "provisional" and not crm.tasks.open_links(stranger.key):
        stranger.status = "active"
    return say.noted()


def link_household(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """Two people of one household: each stays who they are, and the second drives the first one's car."""
    _decide(crm, staff, task, say, "link_household")
    stranger, known = crm.owners.get(task.owner_id or 0), crm.owners.get(task.told()["known"])
    theirs = [car.key for car in crm.vehicles.of_owner(known.key)]
    shared = [car for car, role in crm.vehicles.roles(stranger.key).items() if role == "provisional" and car in theirs]
    for car in shared or (theirs if len(theirs) == 1 else []):
        crm.vehicles.make_driver(stranger.key, car)
    if stranger.status == "provisional" and not crm.tasks.open_links(stranger.key):
        stranger.status = "active"
    crm.record("owner.household", "owner", stranger.key, owner_id=stranger.key, detail=f"#{known.key}")
    return say.noted()


def _decide(crm: Crm, staff: Staff, task: Task, say: StaffSay, outcome: str) -> None:
    if task.kind != "link_proposal":
        raise Refused(say.unknown_button())
    if task.status == OPEN:
        crm.tasks.take(task, staff.key)
    noted(crm, staff, task, say, crm.tasks.finish(task, staff.key, outcome))


KINDS = {
    "link_proposal": CardKind(
        lines,
        while_open=lambda view: (("link_yes", "link_no"), ("link_household",), ("take",)),
        after_taking=lambda view: (("link_yes", "link_no"), ("link_household",), ("give_back",)),
    ),
}
ACTIONS = {"link_yes": link_yes, "link_no": link_no, "link_household": link_household}
