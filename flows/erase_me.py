"""An owner wants to be forgotten: told what that means, asked twice, and then it is done."""

from __future__ import annotations

import re

from core.messages import Kind
from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn

_NOT = re.compile(r"(?:不|别|先不)(?:想|要|用)?删|算了|do not|don't", re.I)
_WORD = re.compile(r"^[\s“\"']*(?:确认|确定)?(?:删除|delete)[\s。.！!”\"']*$", re.I)


def ask_sure(turn: Turn, slots: Slots) -> None:
    """What goes, what the law makes us keep, and that it cannot be undone."""
    crm, say, owner = turn.crm, turn.say, turn.owner
    coming = len(crm.appointments.coming(owner.key))
    coupons = sum(one.status in ("offered", "claimed") for one in crm.coupons.of_owner(owner.key))
    turn.ask(
        "sure", say.what_erasing_means(coming, coupons), [("yes", say.go_on_erasing()), ("no", say.do_not_erase())]
    )


def read_sure(turn: Turn, slots: Slots) -> str | None:
    if turn.state.asked != "sure":
        return None
    said = "no" if _refuses(turn) else turn.choice("sure") or turn.intent
    return said if said in ("yes", "no") else None


def ask_word(turn: Turn, slots: Slots) -> None:
    """The second yes is a word to write: no tap out of habit."""
    turn.ask("word", turn.say.write_the_word(), [("no", turn.say.do_not_erase())])


def read_word(turn: Turn, slots: Slots) -> str | None:
    """Only the word itself, written; whatever else a no may look like counts as one."""
    if turn.state.asked != "word":
        return None
    if turn.inbound.kind is Kind.TEXT and _WORD.match(turn.inbound.text):
        return "yes"
    return "no" if turn.choice("word") == "no" or _refuses(turn) else None


def _refuses(turn: Turn) -> bool:
    return turn.intent == "no" or bool(_NOT.search(turn.inbound.text))


def goes_on(turn: Turn, slots: Slots) -> bool:
    return slots.get("sure") == "yes"


def finish(turn: Turn, slots: Slots) -> None:
    if "no" in (slots["sure"], slots.get("word")):
        turn.tell(turn.say.not_erased())
        return
    erased = turn.crm.erasures.erase(turn.owner.key, "owner", goodbye_to=turn.talk.identity_id)
    turn.forget_owner()
    turn.tell(turn.say.erased() if erased else turn.say.nothing_on_record())


def on_record(turn: Turn) -> bool:
    if turn.talk.owner_id is None:
        turn.tell(turn.say.nothing_on_record())
    return turn.talk.owner_id is not None


ERASE_ME = Flow(
    name="erase_me",
    intents=frozenset({"erase_me"}),
    slots=(
        Slot("sure", ask=ask_sure, read=read_sure),
        Slot("word", ask=ask_word, read=read_word, needed=goes_on),
    ),
    may_start=on_record,
    finish=finish,
)
