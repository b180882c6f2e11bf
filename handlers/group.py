"""What the staff write to WeCom's bot: in a group where they mention it, or alone with it.

A group is bound to a store by such a word, since WeCom tells a group's id in no other way.
"""

from __future__ import annotations

import re

from core.messages import Heard, Inbound, Kind, TapAnswer
from core.say import StaffSay
from handlers.orders.whom import Desk
from handlers.staff import answer_to
from storage.crm import Crm
from storage.staff import Staff
from storage.stores import Store

CHANNEL = "wecom_bot"  # nobody but staff writes there
BINDERS = ("manager", "operator", "boss")
_BIND = re.compile(
    r"(?:^|\s)(?P<verb>绑定|解绑|bind|unbind)(?![a-z])\s*(?:门店|store)?\s*[:：]?\s*(?P<store>.*?)\s*$", re.I
)
_MY_TASKS = re.compile(r"^\s*(我的任务|待办|my tasks)\s*$", re.I)


def is_said(inbound: Inbound) -> bool:
    """Words, and not a tap on a card."""
    return inbound.channel == CHANNEL and inbound.kind is not Kind.CHOICE


def receive(crm: Crm, inbound: Inbound) -> Heard:
    """Answered where it was said."""
    number = crm.messages.accept(inbound, None)
    if number is None:
        return Heard(crm.messages.find(inbound.channel, inbound.key) or 0, repeated=True)
    crm.message_id, crm.chain = number, f"m{number}"
    answer = TapAnswer(inbound.tap_id, _answer(crm, inbound), chat=inbound.chat or inbound.account)
    crm.outbox.answer_tap(CHANNEL, answer)
    return Heard(number)


def apologise(crm: Crm, inbound: Inbound, error: str) -> Heard:
    """A bug met it: kept with the error, and answered all the same."""
    number = crm.messages.accept(inbound, None)
    if number is None:
        return Heard(crm.messages.find(inbound.channel, inbound.key) or 0, repeated=True)
    crm.messages.fail(number, error)
    text = StaffSay("zh", crm.shop.zone).broken()
    chat = "" if inbound.kind is Kind.CHOICE else inbound.chat or inbound.account
    crm.outbox.answer_tap(CHANNEL, TapAnswer(inbound.tap_id, text, alert=True, chat=chat))
    return Heard(number)


def _answer(crm: Crm, inbound: Inbound) -> str:
    say = StaffSay("zh", crm.shop.zone)
    member = crm.staff.by_account(CHANNEL, inbound.account)
    if member is None:
        return say.not_staff_yet(inbound.account)
    crm.actor = f"staff:{member.key}"
    if found := _BIND.search(inbound.text):
        return _bind(crm, member, inbound.chat, found, say)
    if inbound.chat and not _MY_TASKS.match(inbound.text):
        return say.group_help()
    return answer_to(Desk(crm, member, say, full=not inbound.chat), inbound) or _welcome(crm, member, say)


def _welcome(crm: Crm, member: Staff, say: StaffSay) -> str:
    """Whoever says hello can be written to from now on: what they have taken comes again."""
    for task in crm.tasks.taken_by(member.key):
        crm.outbox.queue_private_card(CHANNEL, member.key, task)
    return say.staff_help()


def _bind(crm: Crm, member: Staff, chat: str, found: re.Match[str], say: StaffSay) -> str:
    if not chat:
        return say.bind_in_the_group()
    named = _store(crm, found["store"])
    if named is None:
        return say.which_store(say.listed(f"{one.code} {one.name}" for one in crm.stores.all()))
    if member.role not in BINDERS or not member.sees_store(named.key):
        return say.managers_bind()
    store = crm.stores.by_code(named.code)
    assert store is not None
    binds = found["verb"].lower() in ("绑定", "bind")
    crm.stores.bind_wecom(store, chat if binds else "")
    return say.group_bound(store.name) if binds else say.group_unbound(store.name)


def _store(crm: Crm, said: str) -> Store | None:
    """The one that was named; the only one there is, when none was."""
    stores = crm.stores.all()
    if not said:
        return stores[0] if len(stores) == 1 else None
    return crm.stores.named(said)
