"""An owner who stayed away says why. The answer picks what we offer and who calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Refused
from core.messages import starting
from core.reasons import ATTITUDE, FOR_MANAGER, OTHER, QUALITY, REASONS, SOLD, reasons_in
from flows.flow import Flow, Slot
from flows.spoken import answer_to, words_of
from flows.state import Slots
from flows.turn import Turn
from storage.coupons import CLAIMED, OFFERED, Coupon
from storage.crm import Crm
from storage.surveys import ANSWERED, Survey

FIRST, CORRECTED, LATE = "first", "corrected", "late"
_WORTH_ASKING = (QUALITY, ATTITUDE, OTHER)  # of which the words help whoever calls


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer. `kind`: first, corrected, or late: nothing was changed."""

    kind: str
    survey: Survey
    coupon: Coupon | None = None


def answered(
    crm: Crm, owner_id: int, survey_id: int, reasons: Sequence[str], words: str, talk_id: int | None = None
) -> Answered:
    """Keep the answer to an invitation, give what the policy offers for its leading reason, and ask somebody to call.

    reasons: of core.reasons, the leading one first. Raises Refused when the invitation is not that owner's.
    """
    survey = crm.surveys.find(survey_id)
    if survey is None or survey.owner_id != owner_id:
        raise Refused("this survey is somebody else's")
    named = [reason for reason in reasons if reason in REASONS] or [OTHER]
    first = crm.surveys.answer(survey, named, words)
    if not first and not crm.surveys.correct(survey, named, words, crm.shop.policy.care.correctable):
        return Answered(LATE, survey, _coupon_of(crm, survey))
    coupon = _offered(crm, survey, named[0])
    task_id = _asked_to_call(crm, survey, named, coupon, talk_id)
    crm.surveys.led_to(survey, coupon_id=coupon.key if coupon else None, task_id=task_id)
    return Answered(FIRST if first else CORRECTED, survey, coupon)


def _coupon_of(crm: Crm, survey: Survey) -> Coupon | None:
    return crm.coupons.find(survey.coupon_id) if survey.coupon_id else None


def _offered(crm: Crm, survey: Survey, leading: str) -> Coupon | None:
    """The coupon for that reason. The one of an earlier answer is kept if it is the same or used, else taken back."""
    offer, before = crm.shop.policy.care.answer_offers.get(leading), _coupon_of(crm, survey)
    if before and before.offer == offer and before.status in (OFFERED, CLAIMED):
        return before
    if before and before.status in (OFFERED, CLAIMED) and not crm.coupons.revoke(before, "the answer was corrected"):
        return before
    if before and before.status not in (OFFERED, CLAIMED) and before.revoked_why == "":
        return before  # used: there is no second one
    return crm.coupons.issue(survey.owner_id, offer, _name(survey), claimed=True) if offer else None


def _asked_to_call(
    crm: Crm, survey: Survey, reasons: list[str], coupon: Coupon | None, talk_id: int | None
) -> int | None:
    """A task for the advisor, for the manager where something was done badly; none about a car that is sold."""
    if survey.task_id and (before := crm.tasks.find(survey.task_id)):
        crm.tasks.close(before, "corrected")
    if reasons[0] == SOLD:
        return None
    owner, to_manager = crm.owners.get(survey.owner_id), bool(FOR_MANAGER & set(reasons))
    facts = {"survey": survey.key, "reasons": reasons, "offer": coupon.offer if coupon else "", "manager": to_manager}
    return crm.tasks.open(
        "win_back_call",
        store_id=owner.store_id,
        owner_id=owner.key,
        vehicle_id=survey.vehicle_id,
        conversation_id=talk_id,
        facts=facts,
        occurrence=_name(survey),
        to_manager=to_manager,
    )


def _name(survey: Survey) -> str:
    """Names this answer: each correction is another one."""
    return f"survey:{survey.key}:{survey.corrections}"


# — the conversation —


def meant(turn: Turn) -> Survey | None:
    """The invitation that the button names, if it is theirs; else their newest."""
    number = turn.argument.partition(".")[0]
    named = turn.crm.surveys.find(int(number)) if number.isdecimal() and len(number) < 10 else None
    if named is not None and named.owner_id == turn.talk.owner_id:
        return named
    return turn.crm.surveys.latest(turn.talk.owner_id) if turn.talk.owner_id else None


def may_answer(turn: Turn) -> bool:
    survey = meant(turn)
    if survey is None:
        turn.tell(turn.say.no_survey())
        return False
    return not _told_that_it_is_late(turn, survey)


def _told_that_it_is_late(turn: Turn, survey: Survey) -> bool:
    at, care = survey.answered_at, turn.crm.shop.policy.care
    late = survey.state == ANSWERED and at is not None and turn.now >= at + care.correctable
    if late and at is not None:
        turn.tell(turn.say.answered_before(at, survey.named()))
    return late


def ask_reasons(turn: Turn, slots: Slots) -> None:
    turn.ask("reasons", turn.say.why_away(), [(r, turn.say.reason_to_stay_away(r)) for r in REASONS])


def read_reasons(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    """{"named": reasons, "clear": one tap named it}. Words beat the label that they happen to resemble."""
    if turn.state.asked == "words":
        return None  # more about the reason that was tapped
    tapped = turn.choice("reasons") or turn.argument.partition(".")[2]
    said = list(reasons_in(words_of(turn)))
    if said and said != [tapped]:
        return {"named": said, "clear": False}
    if tapped in REASONS:
        return {"named": [tapped], "clear": True}
    if turn.state.asked == "reasons" and answer_to(turn, "reasons") and turn.intent not in ("yes", "no"):
        return {"named": [OTHER], "clear": False}
    return None


def ask_words(turn: Turn, slots: Slots) -> None:
    turn.ask("words", turn.say.tell_more(), [("skip", turn.say.rather_not())])


def read_words(turn: Turn, slots: Slots) -> str | None:
    if turn.choice("words") == "skip" or (turn.state.asked == "words" and turn.intent == "no"):
        return ""
    if turn.state.asked == "words":
        return answer_to(turn, "words")
    return words_of(turn) if "reasons" in slots and not slots["reasons"]["clear"] and not _only_agrees(turn) else None


def _only_agrees(turn: Turn) -> bool:
    return bool(turn.chosen) or (turn.intent in ("yes", "no") and not reasons_in(words_of(turn)))


def words_help(turn: Turn, slots: Slots) -> bool:
    return slots["reasons"]["clear"] and slots["reasons"]["named"][0] in _WORTH_ASKING


def ask_sure(turn: Turn, slots: Slots) -> None:
    text = turn.say.understood_reasons(slots["reasons"]["named"], slots.get("words", ""))
    turn.ask("sure", text, [("yes", turn.say.thats_right()), ("no", turn.say.choose_again())])


def read_sure(turn: Turn, slots: Slots) -> str | None:
    if turn.state.asked != "sure" or (not turn.chosen and reasons_in(words_of(turn))):
        return None
    said = turn.choice("sure") or turn.intent
    return said if said in ("yes", "no") else None


def was_in_words(turn: Turn, slots: Slots) -> bool:
    """What we made of somebody's words is shown before it counts."""
    return not slots["reasons"]["clear"]


def settle(turn: Turn, slots: Slots) -> None:
    """Not what they meant: they choose."""
    if slots.get("sure") == "no":
        for name in ("sure", "reasons", "words"):
            slots.pop(name, None)


def finish(turn: Turn, slots: Slots) -> str | None:
    result = answered(
        turn.crm, turn.owner.key, slots["survey"], slots["reasons"]["named"], slots.get("words", ""), turn.talk.id
    )
    if result.kind == LATE:
        _told_that_it_is_late(turn, result.survey)
        return None
    if result.kind == CORRECTED:
        turn.tell(turn.say.answer_corrected())
    leading = slots["reasons"]["named"][0]
    if leading == SOLD:
        return "car_sold"
    _offer(turn, result, leading)
    return None


def _offer(turn: Turn, result: Answered, leading: str) -> None:
    """Thanks, what they get, and what can come next."""
    say, survey, coupon = turn.say, result.survey, result.coupon
    gift = ""
    if coupon is not None:
        gift = say.your_offer(turn.crm.shop.policy.offers[coupon.offer], coupon.code, coupon.valid_until)
    turn.offer(
        "\n".join(filter(None, [say.thanks_for_answer(leading), gift])),
        (
            starting("booking", say.book_now(), survey.vehicle_id or ""),
            starting("call_me", say.please_call_me(), survey.key),
            starting("not_now", say.another_time()),
        ),
    )


def call_me(turn: Turn) -> None:
    """They want to be called: it stands on the card that their answer made, or on a new one when that is over."""
    survey = meant(turn)
    task = turn.crm.tasks.find(survey.task_id) if survey and survey.task_id else None
    if task is None or not turn.crm.tasks.tell(task, wants_call=True):
        facts = (
            {"survey": survey.key, "reasons": survey.named(), "wants_call": True} if survey else {"wants_call": True}
        )
        name = f"survey:{survey.key}:call" if survey else None
        owner = turn.owner
        turn.crm.tasks.open(
            "win_back_call",
            store_id=owner.store_id,
            owner_id=owner.key,
            conversation_id=turn.talk.id,
            facts=facts,
            occurrence=name,
        )
    turn.tell(turn.say.will_call_you())


def not_now(turn: Turn) -> None:
    turn.tell(turn.say.any_time())


WIN_BACK_SURVEY = Flow(
    name="win_back_survey",
    intents=frozenset({"win_back_survey"}),
    slots=(
        Slot(
            "survey",
            ask=ask_reasons,
            read=lambda turn, slots: None,
            default=lambda turn, slots: survey.key if (survey := meant(turn)) else None,
            derived=True,
        ),
        Slot("reasons", ask=ask_reasons, read=read_reasons),
        Slot("words", ask=ask_words, read=read_words, needed=words_help),
        Slot("sure", ask=ask_sure, read=read_sure, needed=was_in_words),
    ),
    may_start=may_answer,
    takes=lambda turn: bool(reasons_in(words_of(turn))),
    settle=settle,
    finish=finish,
)
