"""Extra work found during a visit (增项): yes, no or "call me" to each piece, by a button or in words."""

from __future__ import annotations

from core.decisions import AGREED, CALL, DECLINED, decisions, names_work, says_anything
from core.messages import Bubble, Choice, starting
from core.say import OwnerSay, StaffSay
from flows.turn import Turn
from storage.extra_items import ASKED, ExtraItem

WORDING = "extra-1"  # which version of the question was shown
_MAY_DECIDE = {"yes", "no", "answer", "unknown", "booking", "cancel_appointment", "human", "ask_other", "cancel"}
_INTENTS = {AGREED: "extra_yes", DECLINED: "extra_no", CALL: "extra_call"}


def question(say: OwnerSay, item: ExtraItem, total_fen: int) -> Bubble:
    """What the owner is asked. total_fen: what the whole visit would then cost; 0 when that is not known."""
    text = say.extra_item(
        plate=item.plate,
        name=item.name,
        amount_fen=item.amount_fen,
        total_fen=total_fen,
        minutes=item.minutes or 0,
        until=item.expires_at,
    )
    labels = {AGREED: say.agree(), DECLINED: say.disagree(), CALL: say.call_me()}
    return Bubble(text, tuple(starting(_INTENTS[answer], label, item.key) for answer, label in labels.items()))


def hears(turn: Turn) -> bool:
    """Words outside any flow that answer what was proposed; False when they do not, or nothing was."""
    if turn.chosen or turn.argument or turn.talk.owner_id is None or turn.understood.intent not in _MAY_DECIDE:
        return False
    if not says_anything(turn.inbound.text) or not turn.crm.extra_items.any_asked(turn.talk.owner_id):
        return False
    open_items = _asked_since(turn, turn.crm.extra_items.unanswered(turn.talk.owner_id))
    said = decisions(turn.inbound.text, [item.name for item in open_items]) if open_items else []
    if not open_items or not (any(said) or turn.understood.intent in ("yes", "no")):
        return False
    if _is_plain(turn, open_items):
        for item, answer in zip(open_items, said, strict=True):
            if answer:
                _answer(turn, item, answer)
    _ask_the_rest(turn)
    return True


def _is_plain(turn: Turn, items: list[ExtraItem]) -> bool:
    """The first words after the question, or words that name the work or agree: an OK later on may mean anything."""
    touched, words = turn.state.touched_at(), turn.inbound.text
    first = touched is None or all(item.asked_at >= touched for item in items)
    return first or names_work(words, [item.name for item in items])


def _asked_since(turn: Turn, items: list[ExtraItem]) -> list[ExtraItem]:
    """Where something else was asked in this talk, only what was asked after it can be meant."""
    touched = turn.state.touched_at()
    return [item for item in items if not turn.state.top or touched is None or item.asked_at > touched]


def overhears(turn: Turn) -> None:
    """While a person has the talk the bot is silent, but an answer to extra work is kept all the same."""
    _, started, rest = turn.inbound.choice.partition(":go=")
    intent, _, turn.argument = rest.partition(".")
    answer = next((answer for answer, name in _INTENTS.items() if started and name == intent), "")
    if answer:
        _tapped(turn, answer)
    elif names_work(turn.inbound.text, [item.name for item in turn.crm.extra_items.unanswered(turn.owner.key)]):
        hears(turn)


def yes(turn: Turn) -> None:
    _tapped(turn, AGREED)


def no(turn: Turn) -> None:
    _tapped(turn, DECLINED)


def call(turn: Turn) -> None:
    _tapped(turn, CALL)


def _tapped(turn: Turn, answer: str) -> None:
    item = turn.crm.extra_items.find(turn.subject) if turn.subject else None
    if _names_none_of_several(turn):
        _ask_the_rest(turn)
    elif item is None or item.owner_id != turn.talk.owner_id:
        turn.tell(turn.say.old_button("", ""))
    else:
        _answer(turn, item, answer)


def _names_none_of_several(turn: Turn) -> bool:
    """A button's label typed in words: with several pieces waiting it does not tell which one is meant."""
    labels = {turn.say.agree(), turn.say.disagree(), turn.say.call_me()}
    if turn.inbound.choice or turn.inbound.text.strip() not in labels:
        return False
    return len(turn.crm.extra_items.unanswered(turn.talk.owner_id or 0)) > 1


def _answer(turn: Turn, item: ExtraItem, answer: str) -> None:
    """Keep it, with this message as its evidence, and say what was kept."""
    if not turn.crm.extra_items.answer(item, answer):
        turn.tell(turn.say.extra_over(item.name, item.status))
        return
    _tell_proposer(turn, item)
    if answer == AGREED:
        turn.tell(turn.say.extra_agreed(item.name, item.amount_fen))
    else:
        turn.tell(turn.say.extra_declined(item.name) if answer == DECLINED else turn.say.extra_call(item.name))


def _tell_proposer(turn: Turn, item: ExtraItem) -> None:
    """The one who waits with the spanner hears it in private; the group's card shows it anyway."""
    crm = turn.crm
    if place := crm.staff.private_place(item.proposed_by):
        text = StaffSay("zh", crm.shop.zone).extra_answered(item.name, item.status)
        crm.outbox.queue_note(place, Bubble(text))


def _ask_the_rest(turn: Turn) -> None:
    """Each piece that still waits, with its own two buttons."""
    rest = [item for item in turn.crm.extra_items.unanswered(turn.talk.owner_id or 0) if item.status == ASKED]
    if not rest:
        return
    choices: list[Choice] = []
    for item in rest:
        choices += [
            starting(_INTENTS[AGREED], turn.say.agree_to(item.name), item.key),
            starting(_INTENTS[DECLINED], turn.say.disagree_to(item.name), item.key),
        ]
    turn.state.asked, turn.state.options = "go", [[choice.id, choice.label] for choice in choices]
    turn.bubbles.append(Bubble(turn.say.extra_each(), tuple(choices)))
