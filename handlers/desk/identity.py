"""Is this unknown account that owner? An advisor knows.

One tap binds an account that is nobody on file yet. Two records on file are shown beside each other first, and only a
second tap makes them one.
"""

from __future__ import annotations

from core.errors import Refused
from core.masking import masked_phone
from core.say import StaffSay
from handlers.desk.view import CardKind, Rows, View
from handlers.desk.work import noted
from storage.crm import Crm
from storage.owners import Owner
from storage.staff import Staff
from storage.tasks import OPEN, TAKEN, Task


def lines(view: View) -> list[str]:
    say, known = view.say, view.crm.owners.get(view.task.told()["known"])
    if _is_asked(view.task) and view.owner is not None:
        return [
            say.field("owner", _record(view, view.owner)),
            say.field("known_as", _record(view, known)),
            say.really_one_record(),
            *view.words(),
        ]
    return [
        say.field("owner", view.name(view.owner)),
        say.field("known_as", say.listed([view.name(known), _cars(view, known), _phone(view, known)])),
        *view.words(),
    ]


def link_yes(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """The same person: at once for an account that is nobody on file; two records on file are shown first."""
    _check_kind(task, say)
    if not _is_on_file(crm, task):
        return _join(crm, staff, task, say)
    if task.status == OPEN:
        crm.tasks.take(task, staff.key)
    if task.status != TAKEN or task.taken_by != staff.key or not crm.tasks.tell(task, asked_of=staff.key):
        return noted(crm, staff, task, say, False)
    return say.look_at_both()


def link_merge(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """The second tap, by the one who was shown both."""
    _check_kind(task, say)
    if not _is_asked(task) or task.taken_by != staff.key:
        raise Refused(say.unknown_button())
    return _join(crm, staff, task, say)


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


def _join(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> str:
    """What the one did becomes the known owner's."""
    _decide(crm, staff, task, say, "link_yes")
    stranger, known = crm.owners.get(task.owner_id or 0), crm.owners.get(task.told()["known"])
    if stranger.status != "merged" and stranger.key != known.key:
        for other in crm.tasks.open_links(stranger.key):
            crm.tasks.close(other, "done")
        crm.owners.absorb(stranger, known)
    return say.noted()


def _decide(crm: Crm, staff: Staff, task: Task, say: StaffSay, outcome: str) -> None:
    _check_kind(task, say)
    if task.status == OPEN:
        crm.tasks.take(task, staff.key)
    noted(crm, staff, task, say, crm.tasks.finish(task, staff.key, outcome))


def _check_kind(task: Task, say: StaffSay) -> None:
    if task.kind != "link_proposal":
        raise Refused(say.unknown_button())


def _is_on_file(crm: Crm, task: Task) -> bool:
    return crm.owners.get(task.owner_id or 0).status == "active"


def _is_asked(task: Task) -> bool:
    """Whoever has it now has said that it is the same person, and has not seen both yet."""
    return task.taken_by is not None and task.told().get("asked_of") == task.taken_by


def _record(view: View, owner: Owner) -> str:
    """#3 李*、粤B·**45、138****5678、2 次到店: what becomes one."""
    visits = view.say.times_here(len(view.crm.visits.of_owner(owner.key)))
    name = f"#{owner.key} {view.name(owner)}"
    return view.say.listed([name, _cars(view, owner), _phone(view, owner), visits])


def _cars(view: View, owner: Owner) -> str:
    return view.say.listed(view.plate(car.plate) for car in view.crm.vehicles.of_owner(owner.key))


def _phone(view: View, owner: Owner) -> str:
    phone = view.crm.owners.phone(owner)
    return (phone if view.full else masked_phone(phone)) if phone else ""


def _rows(view: View, last: str) -> Rows:
    if _is_asked(view.task):
        return (("link_merge", "link_no"), ("link_household",), (last,))
    return (("link_yes", "link_no"), ("link_household",), (last,))


KINDS = {
    "link_proposal": CardKind(
        lines, while_open=lambda view: _rows(view, "take"), after_taking=lambda view: _rows(view, "give_back")
    ),
}
ACTIONS = {"link_yes": link_yes, "link_merge": link_merge, "link_no": link_no, "link_household": link_household}
