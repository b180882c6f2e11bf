"""What the staff do: a tap on a card, wherever the card stands, and words to the bot in private."""

from __future__ import annotations

import re
from dataclasses import replace

from core.errors import Refused
from core.messages import Bubble, Heard, Inbound, Kind, TapAnswer
from core.say import StaffSay
from core.understanding import understand
from core.understanding.staff_words import likely
from flows.state import State
from handlers import orders
from handlers.desk import ACTIONS, COMMANDS, NUMBERED, WORDED, replies, threads
from handlers.desk.person import answered
from handlers.orders.whom import Desk
from storage.conversation_rows import Talk
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import Task

TAKERS = ("advisor", "manager", "operator", "boss")
_SIGN_IN = re.compile(r"^\s*(登录|登陆|/login|sign in|log in)\s*$", re.I)
_HELP = re.compile(r"^\s*(帮助|/help|help)\s*$", re.I)


def act(crm: Crm, staff: Staff, task_id: int, action: str, language: str = "zh", words: str = "") -> str:
    """Do it, and return the sentence for the one who tapped. Raises Refused with the sentence otherwise.

    words: what was written with it, for the actions that want some.
    """
    say = StaffSay(language, crm.shop.zone)
    task = crm.tasks.find(task_id)
    name, _, argument = action.partition(".")
    if task is None or (action not in ACTIONS and action not in WORDED and name not in NUMBERED):
        raise Refused(say.unknown_button())
    if staff.role not in TAKERS or not staff.sees_store(task.store_id):
        raise Refused(say.other_store())
    crm.actor = f"staff:{staff.key}"
    if action in WORDED:
        return WORDED[action](crm, staff, task, say, words)
    if name in NUMBERED:
        return NUMBERED[name](crm, staff, task, say, argument)
    return ACTIONS[action](crm, staff, task, say)


def write(crm: Crm, staff: Staff, task_id: int, text: str, language: str = "zh") -> str:
    """Words to a task's owner, from the staff page: an edit of the draft, or an answer. Raises Refused."""
    say = StaffSay(language, crm.shop.zone)
    task = crm.tasks.find(task_id)
    if task is None or not threads.is_thread(task):
        raise Refused(say.unknown_button())
    if staff.role not in TAKERS or not staff.sees_store(task.store_id):
        raise Refused(say.other_store())
    crm.actor = f"staff:{staff.key}"
    if replies.is_open(crm, task):
        return replies.write(crm, staff, task, text, say)
    return threads.answer(crm, staff, task, text, say)


def receive(crm: Crm, inbound: Inbound) -> Heard:
    """Something happened in a staff group, or a button of a staff card was tapped."""
    number = crm.messages.accept(inbound, None)
    if number is None:
        return Heard(crm.messages.find(inbound.channel, inbound.key) or 0, repeated=True)
    crm.message_id, crm.chain = number, f"m{number}"
    if inbound.kind is Kind.MIGRATED:
        crm.stores.group_moved(inbound.chat, inbound.text)
    elif inbound.kind is Kind.TEXT:
        _ordered_in_group(crm, inbound)
    elif inbound.kind is Kind.CHOICE:
        text, alert = _tap(crm, inbound)
        url = "" if alert else _bot_url(crm, inbound)
        task, tapper = _task_of(crm, inbound), crm.staff.by_account(inbound.channel, inbound.account)
        crm.outbox.answer_tap(
            inbound.channel,
            TapAnswer(inbound.tap_id, text, url, alert),
            task_id=task.key if task else None,
            private=tapper.key if tapper and not inbound.chat else None,
        )
    return Heard(number)


def speaks(crm: Crm, talk: Talk, inbound: Inbound) -> bool:
    """A member of staff writes to the bot in private. False: it is not staff business, the owner's dialogue answers."""
    member = crm.staff.get(talk.staff_id or 0)
    if not member.active:
        return False
    talk.language = talk.language or "zh"
    say = StaffSay(talk.language, crm.shop.zone)
    crm.actor = f"staff:{member.key}"
    bubble = _words_for(crm, member, talk, inbound, say)
    if bubble:
        crm.outbox.reply(talk, [bubble])
    if not member.started_bot:
        member.started_bot = True
        for task in crm.tasks.taken_by(member.key):
            crm.outbox.queue_private_card(inbound.channel, member.key, task)
    crm.conversations.save(talk)
    return bubble is not None


def _words_for(crm: Crm, member: Staff, talk: Talk, inbound: Inbound, say: StaffSay) -> Bubble | None:
    desk = Desk(crm, member, say, full=True)
    if inbound.kind is Kind.FOLLOW or _HELP.match(inbound.text):
        text = say.staff_help() + "\n" + say.lesson_card()
        return replace(orders.lesson.practice_card(desk), text=text)
    text = answer_to(desk, inbound) or _hint(desk, talk, inbound)
    return Bubble(text) if text else None


def answer_to(desk: Desk, inbound: Inbound) -> str:
    """What a member of staff gets to read for their words; "" when they are none of the staff's."""
    crm, member, say = desk.crm, desk.staff, desk.say
    if inbound.answers and inbound.text and (text := answered(crm, member, inbound.answers, inbound.text, say)):
        return text
    if _SIGN_IN.match(inbound.text):
        if not crm.shop.public_url:
            return say.no_public_url()
        return say.sign_in_link(f"{crm.shop.public_url}/console/sign-in/{crm.signins.link(member.key)}")
    for pattern, answer in COMMANDS:
        if (found := pattern.match(inbound.text)) and (text := answer(crm, member, found, say)):
            return text
    return orders.answer(desk, inbound.text)


def _hint(desk: Desk, talk: Talk, inbound: Inbound) -> str:
    """Words that mean nothing to anybody here: the orders that they come nearest to."""
    if inbound.kind is not Kind.TEXT or not inbound.text or State.unpacked(talk.state).top is not None:
        return ""
    if understand(inbound.text, desk.crm.now.astimezone(desk.crm.shop.zone)).intent != "unknown":
        return ""
    return desk.say.did_you_mean(likely(inbound.text))


def _ordered_in_group(crm: Crm, inbound: Inbound) -> None:
    """An order where all colleagues read: answered there, masked. What is no order stays between colleagues."""
    member = crm.staff.by_account(inbound.channel, inbound.account)
    stores = [store.key for store in crm.stores.all() if crm.stores.group(store.key) == inbound.chat]
    if member is None or not stores:
        return
    crm.actor = f"staff:{member.key}"
    text = orders.answer(Desk(crm, member, StaffSay("zh", crm.shop.zone), full=False), inbound.text)
    if text:
        crm.outbox.queue_note(f"{inbound.channel}:store:{stores[0]}", Bubble(text))


def _tap(crm: Crm, inbound: Inbound) -> tuple[str, bool]:
    """The answer to a tap, and whether it must be seen."""
    say = StaffSay("zh", crm.shop.zone)
    member = crm.staff.by_account(inbound.channel, inbound.account)
    if member is None:
        return say.not_staff(), True
    if inbound.choice == orders.lesson.CHOICE:
        crm.outbox.queue_note(f"{inbound.channel}:member:{member.key}", Bubble(say.lesson_find()))
        return say.lesson_taken(), False
    number, action = _tapped(inbound)
    try:
        return act(crm, member, number, action), False
    except Refused as refusal:
        return str(refusal), True


def _tapped(inbound: Inbound) -> tuple[int, str]:
    """Task and action of "t:12:take"; 0 for a number that is none."""
    _, _, rest = inbound.choice.partition(":")
    number, _, action = rest.partition(":")
    return int(number) if number.isdecimal() and len(number) < 10 else 0, action


def _task_of(crm: Crm, inbound: Inbound) -> Task | None:
    return crm.tasks.find(_tapped(inbound)[0])


def _bot_url(crm: Crm, inbound: Inbound) -> str:
    """Where the taker opens the private chat, when the bot may not write there yet."""
    member = crm.staff.by_account(inbound.channel, inbound.account)
    if member is None or member.started_bot or not inbound.choice.endswith(":take"):
        return ""
    return "?start=staff"
