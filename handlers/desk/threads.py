"""Two people talk: who took the card answers the owner, and the bot stays out of it."""

from __future__ import annotations

from core.errors import Refused
from core.messages import Bubble, Rank, starting
from core.say import OwnerSay, StaffSay
from storage.conversation_rows import Conversation
from storage.crm import Crm
from storage.outbox import REPLY_LIFE
from storage.staff import Staff
from storage.tasks import SNOOZED, TAKEN, Task
from storage.threads import KINDS

LONGEST_ANSWER = 2000


def is_thread(task: Task) -> bool:
    return task.kind in KINDS and task.conversation_id is not None


def check_free(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> None:
    """Lock the talk. Raises Refused when a colleague is with the owner by another card."""
    assert task.conversation_id is not None
    crm.threads.locked(task.conversation_id)
    holder = crm.threads.holder(task.conversation_id)
    if holder and holder.key != task.key and holder.taken_by not in (None, staff.key):
        raise Refused(say.colleague_has_thread(crm.staff.get(holder.taken_by or 0).name))


def begin(crm: Crm, staff: Staff, task: Task) -> None:
    """The taker has the talk, and the owner is told once who answers."""
    assert task.conversation_id is not None
    told_before = crm.threads.is_held_by(task)
    crm.threads.begin(task)
    if not told_before:
        tell(crm, task, _say(crm, task).serves_you(staff.name))


def end(crm: Crm, task: Task, *, done: bool) -> None:
    """The bot answers again, and says so if it had been silent."""
    assert task.conversation_id is not None
    talk = crm.conversations.get(task.conversation_id)
    crm.session.refresh(talk)
    if talk.person_until is None:
        return
    silent = talk.person_until > crm.now
    crm.threads.end(talk.key, task.owner_id)
    if silent:
        say = _say(crm, task)
        tell(crm, task, say.bot_is_back() if done else say.another_will_come(), menu=True)


def tell(crm: Crm, task: Task, text: str, *, menu: bool = False) -> None:
    """The house says something in the talk, where it can be said."""
    if (way := crm.threads.way(task.conversation_id or 0)) is None:
        return
    identity, talk = way
    say = _say(crm, task)
    choices = (starting("booking", say.menu_book()), starting("human", say.menu_human())) if menu else ()
    bubble = Bubble(text, choices)
    crm.outbox.queue_bubble(identity.channel, identity.key, talk.key, bubble, Rank.REPLY, REPLY_LIFE)


def answer(crm: Crm, staff: Staff, task: Task, text: str, say: StaffSay) -> str:
    """A person's words to the owner. Raises Refused: not theirs, over, or no way to reach the owner now."""
    mine = task.taken_by == staff.key and task.status in (TAKEN, SNOOZED)
    if not is_thread(task) or not mine:
        raise Refused(say.no_such_thread(task.key))
    check_free(crm, staff, task, say)
    say_to_owner(crm, staff, task, text, say)
    crm.threads.goes_on(task.conversation_id or 0)
    crm.tasks.worked_on(task)
    for number in crm.drafts.answered(task.conversation_id or 0):
        crm.tasks.touch(crm.tasks.get(number))
    return say.reply_sent()


def say_to_owner(crm: Crm, staff: Staff, task: Task, text: str, say: StaffSay, label: str = "") -> None:
    """Queue it for the owner, in the writer's name. Raises Refused when no channel takes it now."""
    text = text.strip()
    if not text:
        raise Refused(say.say_something())
    if len(text) > LONGEST_ANSWER:
        raise Refused(say.too_long())
    if (way := crm.threads.way(task.conversation_id or 0)) is None:
        raise Refused(say.no_way())
    identity, talk = way
    words = _say(crm, task).in_the_name_of(staff.name, text + label)
    crm.chain = f"c{talk.key}"
    number = crm.outbox.queue_bubble(
        identity.channel, identity.key, talk.key, Bubble(words), Rank.REPLY, REPLY_LIFE, task_id=task.key
    )
    crm.record("reply.sent", "outbox", number, owner_id=task.owner_id, detail=staff.name)


def undelivered(crm: Crm, task_id: int, reason: str, by: str = "") -> None:
    """An answer did not arrive, or went another way: whoever wrote it must know."""
    task = crm.tasks.get(task_id)
    say = StaffSay("zh", crm.shop.zone)
    text = say.went_elsewhere(task.key, by) if by else say.not_delivered(task.key, reason)
    private = crm.staff.private_place(task.taken_by) if task.taken_by else ""
    for place in [private] if private else crm.places(task.store_id):
        crm.outbox.queue_note(place, Bubble(text), task.key)


def unseen(crm: Crm, task_id: int, staff_id: int) -> None:
    """Their own chat did not take what was for them alone: the WeCom group tells them how to open it."""
    place = f"wecom_bot:store:{crm.tasks.get(task_id).store_id or 0}"
    if place in crm.places(crm.tasks.get(task_id).store_id):
        name = crm.staff.get(staff_id).name
        crm.outbox.queue_note(place, Bubble(StaffSay("zh", crm.shop.zone).hello_first(name)), task_id)


def _say(crm: Crm, task: Task) -> OwnerSay:
    talk: Conversation = crm.conversations.get(task.conversation_id or 0)
    return OwnerSay(talk.language or "zh", crm.shop.zone)
