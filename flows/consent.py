"""May we write about offers? Asked once, after the confirmation; each answer is kept as evidence."""

from __future__ import annotations

from flows.flow import Flow, Slot
from flows.state import Slots
from flows.turn import Turn
from storage.consents import MARKETING

WORDING = "offers-1"  # which version of the question was shown


def wants_to_ask_consent(turn: Turn) -> bool:
    """Never to somebody who answered, and not again soon to somebody who did not."""
    owner = turn.owner
    if turn.crm.consents.answered(owner.key, MARKETING):
        return False
    asked = owner.consent_asked_at
    return asked is None or turn.now - asked > turn.crm.shop.policy.consent_asked_again


def write_consent(turn: Turn, given: bool, channel: str) -> None:
    evidence = f"message:{turn.crm.message_id}"
    turn.crm.consents.write(turn.owner.key, MARKETING, channel, given, wording=WORDING, evidence=evidence)


def opt_out(turn: Turn) -> None:
    """No more marketing, on any channel, at once."""
    write_consent(turn, False, "*")
    turn.tell(turn.say.opted_out())


def opt_in(turn: Turn) -> None:
    write_consent(turn, True, turn.talk.channel)
    turn.tell(turn.say.opted_in())


def _ask(turn: Turn, slots: Slots) -> None:
    turn.owner.consent_asked_at = turn.now
    turn.ask("answer", turn.say.may_we_write(), [("yes", turn.say.yes_tell_me()), ("no", turn.say.no_thanks())])


def _read(turn: Turn, slots: Slots) -> str | None:
    if turn.state.asked != "answer":
        return None
    answer = turn.choice("answer") or turn.intent
    return answer if answer in ("yes", "no") else None


def _finish(turn: Turn, slots: Slots) -> None:
    given = slots["answer"] == "yes"
    write_consent(turn, given, turn.talk.channel)
    turn.tell(turn.say.consent_noted(given))


MARKETING_CONSENT = Flow(
    name="marketing_consent",
    slots=(Slot("answer", ask=_ask, read=_read),),
    finish=_finish,
    optional=True,
)
