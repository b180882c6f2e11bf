"""A reply is wanted: its draft on the card, and [send] [edit] [discard]. Nothing leaves without a person's tap."""

from __future__ import annotations

import json

from core.distance import distance
from core.errors import Refused
from core.messages import Bubble, Choice
from core.say import StaffSay
from handlers.desk import threads
from handlers.desk.view import CardKind, Rows, View, person_lines
from handlers.facts import gather, masked, said
from storage.crm import Crm
from storage.drafts import DISCARDED, DROPPED, LIVE, MODEL, READY, SENT, Draft, Reply
from storage.staff import Staff
from storage.tasks import OPEN, SNOOZED, TAKEN, UNFINISHED, Task

WORDS_SHOWN = 2  # of the owner's last messages, on the card of the group
SHORTENED = 200
MESSAGES_READ = 20


def lines(view: View) -> list[str]:
    """Who wrote what, and what could be answered."""
    return [*person_lines(view), *_words(view), *draft_lines(view)]


def _words(view: View) -> list[str]:
    """The owner's words that the card is about, as the group may read them; not what they wrote to a person since.

    The taker reads them in clear among the lines before.
    """
    if view.full or view.task.conversation_id is None:
        return []
    draft = view.crm.drafts.of_task(view.task.key)
    until = max(view.task.created_at, draft.created_at) if draft else view.task.created_at
    lately = said(view.crm, view.task.conversation_id, MESSAGES_READ, until)
    wrote = [text for who, text in lately if who == "owner"][-WORDS_SHOWN:]
    return [view.say.field("wrote", _shown(view, text[:SHORTENED])) for text in wrote]


def draft_lines(view: View) -> list[str]:
    """The draft, what in it nothing supports, and what it was made from."""
    draft, say = view.crm.drafts.of_task(view.task.key), view.say
    if draft is None or view.task.status not in UNFINISHED:
        return []
    if draft.state == DROPPED:
        return [say.draft_dropped(draft.why)]
    if draft.state != READY:
        return [say.field("draft", say.drafting())] if draft.state in LIVE else []
    offered = _offered(view.crm, draft)
    several = len(offered) > 1
    return [
        *(
            say.field("draft", _shown(view, say.numbered_reply(number, reply.text) if several else reply.text))
            for number, reply in enumerate(offered, 1)
        ),
        *(say.flagged([_shown(view, flag) for flag in reply.flags]) for reply in offered if reply.flags),
        say.field("sources", say.sources(told)) if (told := json.loads(draft.sources)) else "",
    ]


def draft_rows(view: View) -> Rows:
    """The draft's own buttons: a number on each says which draft the person has seen."""
    draft = view.crm.drafts.of_task(view.task.key)
    if draft is None:
        return ()
    if draft.state in (DROPPED, DISCARDED):
        return ((f"redraft.{draft.key}",),)
    if draft.state != READY:
        return ()
    number, offered = draft.key, _offered(view.crm, draft)
    if len(offered) > 1:
        sends = tuple(f"send.{number}.{index}" for index in range(len(offered)))
        return (sends, (f"edit.{number}", f"discard.{number}"))
    first = f"sure.{number}.{draft.edits}" if draft.edits and offered[0].flags else f"send.{number}"
    return ((first, f"edit.{number}", f"discard.{number}"),)


def while_open(view: View) -> Rows:
    return (*draft_rows(view), ("take",))


def after_taking(view: View) -> Rows:
    return (*draft_rows(view), ("called", "done"), ("give_back",))


def _offered(crm: Crm, draft: Draft) -> list[Reply]:
    """What can be sent; once a person has written, only their words."""
    replies = crm.drafts.replies(draft)
    return replies[:1] if draft.edits else replies


def _shown(view: View, text: str) -> str:
    return text if view.full else masked(view.crm, view.task.owner_id, text)


# — taps —


def send(crm: Crm, staff: Staff, task: Task, say: StaffSay, argument: str) -> str:
    """The draft as the card shows it. Raises Refused while something in it has no support."""
    draft, index = _draft(crm, staff, task, say, argument), _second(argument)
    offered = _offered(crm, draft)
    if index >= len(offered):
        raise Refused(say.unknown_button())
    if flags := offered[index].flags:
        raise Refused(say.edit_first(flags))
    label = _label(crm, draft) if draft.made_by == MODEL and not draft.edits else ""
    return _send(crm, staff, task, say, draft, offered[index].text, label)


def sure(crm: Crm, staff: Staff, task: Task, say: StaffSay, argument: str) -> str:
    """A person's own numbers, after they have read them again."""
    draft = _draft(crm, staff, task, say, argument)
    if not draft.edits or draft.edits != _second(argument) or draft.edited_by != staff.key:
        raise Refused(say.unknown_button())
    return _send(crm, staff, task, say, draft, _offered(crm, draft)[0].text)


def edit(crm: Crm, staff: Staff, task: Task, say: StaffSay, argument: str) -> str:
    """The draft goes to the advisor's private chat, where a reply to it is the new text."""
    draft = _draft(crm, staff, task, say, argument)
    place = crm.staff.private_place(staff.key)
    if not place.startswith("telegram:"):  # only there a reply says which message it is to
        raise Refused(say.edit_on_the_page())
    if task.status == OPEN:
        crm.tasks.take(task, staff.key)
        crm.record("owner.revealed", "task", task.key, owner_id=task.owner_id, detail=staff.name)
    crm.outbox.queue_note(place, Bubble(say.edit_here()), task.key)
    crm.outbox.queue_note(place, Bubble(_offered(crm, draft)[0].text), task.key)
    return say.edit_in_private()


def discard(crm: Crm, staff: Staff, task: Task, say: StaffSay, argument: str) -> str:
    """Not this one; the task stays."""
    draft = _draft(crm, staff, task, say, argument)
    if not crm.drafts.discard(draft, staff.key):
        raise Refused(say.draft_over())
    crm.tasks.touch(task)
    return say.discarded()


def redraft(crm: Crm, staff: Staff, task: Task, say: StaffSay, argument: str) -> str:
    newest = crm.drafts.of_task(task.key)
    _check_hands(crm, staff, task, say)
    if newest is None or str(newest.key) != argument or newest.state not in (DROPPED, DISCARDED):
        raise Refused(say.draft_over())
    crm.drafts.want_again(newest)
    crm.tasks.touch(task)
    return say.drafted_again()


def write(crm: Crm, staff: Staff, task: Task, text: str, say: StaffSay) -> str:
    """New words in place of the draft: sent at once, or shown again where a number in them has no support."""
    draft = _draft(crm, staff, task, say, str(newest.key) if (newest := crm.drafts.of_task(task.key)) else "")
    text = text.strip()
    if not text or len(text) > threads.LONGEST_ANSWER:
        raise Refused(say.too_long() if text else say.say_something())
    flags = gather(crm, draft).flags(text)
    if not crm.drafts.edit(draft, staff.key, Reply(text, flags)):
        raise Refused(say.draft_over())
    if not flags:
        return _send(crm, staff, task, say, draft, text)
    crm.tasks.touch(task)
    _ask_again(crm, staff, task, say, draft, text)
    return say.sure_on_the_page(flags)


def is_open(crm: Crm, task: Task) -> bool:
    """Whether words about this task are an edit of its draft."""
    draft = crm.drafts.of_task(task.key)
    return draft is not None and draft.state == READY and not crm.threads.is_held_by(task)


def _ask_again(crm: Crm, staff: Staff, task: Task, say: StaffSay, draft: Draft, text: str) -> None:
    if crm.channel != "telegram":
        return
    sure_button = Choice(f"t:{task.key}:sure.{draft.key}.{draft.edits}", say.button("sure"))
    bubble = Bubble(say.sure(_offered(crm, draft)[0].flags, text), (sure_button,))
    crm.outbox.queue_note(f"telegram:member:{staff.key}", bubble, task.key)


def _draft(crm: Crm, staff: Staff, task: Task, say: StaffSay, argument: str) -> Draft:
    """The draft that the person has seen, if it may still be sent by them. Raises Refused with what happened."""
    if task.conversation_id is not None:
        threads.check_free(crm, staff, task, say)
    number = argument.partition(".")[0]
    draft = crm.drafts.find(int(number)) if number.isdecimal() and len(number) < 10 else None
    if draft is None or draft.task_id != task.key:
        raise Refused(say.unknown_button())
    crm.session.refresh(draft)
    if draft.state in (SENT, DISCARDED):
        by = crm.staff.get(draft.answered_by).name if draft.answered_by else ""
        raise Refused(say.draft_sent_by(by) if draft.state == SENT and by else say.draft_over())
    _check_hands(crm, staff, task, say)
    if draft.state == DROPPED:
        raise Refused(say.draft_dropped(draft.why))
    if draft.state != READY:
        raise Refused(say.draft_not_ready())
    if not crm.drafts.is_current(draft):
        crm.drafts.drop(draft, "moved_on")
        crm.tasks.touch(task)
        raise Refused(say.draft_dropped("moved_on"))
    return draft


def _check_hands(crm: Crm, staff: Staff, task: Task, say: StaffSay) -> None:
    crm.session.refresh(task)
    if task.status in (TAKEN, SNOOZED) and task.taken_by != staff.key:
        raise Refused(say.somebody_took_it(crm.staff.get(task.taken_by or 0).name))
    if task.status not in UNFINISHED:
        raise Refused(say.already_over())


def _send(crm: Crm, staff: Staff, task: Task, say: StaffSay, draft: Draft, text: str, label: str = "") -> str:
    """Once: whoever changes the row's state sends. The task is done, unless its taker goes on talking."""
    changed = distance(crm.drafts.replies(draft)[-1].text, text) if draft.edits else 0
    if crm.threads.way(draft.conversation_id) is None:
        raise Refused(say.no_way())
    if not crm.drafts.send(draft, staff.key, changed):
        raise Refused(say.draft_over())
    threads.say_to_owner(crm, staff, task, text, say, label)
    if crm.threads.is_held_by(task):
        crm.threads.goes_on(draft.conversation_id)
        crm.tasks.worked_on(task)
        crm.tasks.touch(task)
    else:
        if task.status == OPEN:
            crm.tasks.take(task, staff.key)
        crm.tasks.finish(task, staff.key, "replied")
    return say.reply_sent()


def _label(crm: Crm, draft: Draft) -> str:
    """AI text says what it is, as the law asks: the policy's words."""
    chinese, english = crm.shop.policy.ai_label
    english_talk = crm.conversations.get(draft.conversation_id).language == "en"
    return f" {english}" if english_talk else chinese


def _second(argument: str) -> int:
    number = argument.partition(".")[2]
    return int(number) if number.isdecimal() and len(number) < 5 else 0


KINDS = {
    "reply_wanted": CardKind(lines, while_open=while_open, after_taking=after_taking),
}
NUMBERED = {"send": send, "sure": sure, "edit": edit, "discard": discard, "redraft": redraft}
