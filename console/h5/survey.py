"""The survey page: an owner who stayed away says why, and gets what fits, with the way to a booking."""

from __future__ import annotations

from typing import Any

from console.h5.call import Call, Done, Elsewhere, NoLink, Shown, Wrong
from core.codes import grouped
from core.reasons import REASONS
from core.say.offers import gives, title
from flows.win_back_survey import LATE, Answered, answered
from storage.coupons import CLAIMED, Coupon
from storage.surveys import ANSWERED, Survey


def show(call: Call) -> Shown:
    """The question, or thanks for the answer and what it brings."""
    survey, say = _survey(call), call.say
    said = say.notice(call.asked.get("said", ""), None)
    common: dict[str, Any] = {"name": call.owner_name(), "said": said, "survey": survey}
    if survey.state == ANSWERED and not (_may_correct(call, survey) and "change" in call.asked):
        coupon = call.crm.coupons.find(survey.coupon_id) if survey.coupon_id else None
        values: dict[str, Any] = {"thanks": say.thanks_for_answer(survey.named()[0]), "offer": _offer(call, coupon)}
        reasons = say.listed(say.reason_to_stay_away(reason) for reason in survey.named())
        values |= {"reasons": reasons, "may_correct": _may_correct(call, survey)}
        return Shown("h5_answered.html", say.survey_thanks(), common | values)
    rows = [(reason, say.reason_to_stay_away(reason)) for reason in REASONS]
    chosen = call.asked.get("reason") or next(iter(survey.named()), "")
    asked = {"rows": rows, "chosen": chosen, "words": call.asked.get("words", ""), "changes": "change" in call.asked}
    return Shown("h5_survey.html", say.survey_title(), common | asked)


def act(call: Call) -> Done | Elsewhere:
    if call.asked.get("do") == "book":
        return call.to_booking()
    return _answer(call) if call.asked.get("do") == "answer" else {}


def _answer(call: Call) -> Done:
    """Kept once; what is sent again says nothing new, and another answer counts only where they meant to correct it."""
    survey, reason, words = _survey(call), call.asked.get("reason", ""), call.asked.get("words", "").strip()
    if reason not in REASONS:
        raise Wrong(reason=call.say.reason_missing())
    if survey.state == ANSWERED and not call.asked.get("change"):
        return {"said": "" if survey.named() == [reason] else "answered"}
    if survey.state == ANSWERED and (survey.named(), call.crm.surveys.words(survey)) == ([reason], words):
        return {}
    result = answered(call.crm, call.link.owner_id, survey.key, [reason], words)
    if result.kind == LATE:
        return {"said": "answered"}
    call.crm.links.used(call.link, "answered")
    call.tell_in_chat(_told(call, result, reason))
    return {}


def _told(call: Call, result: Answered, reason: str) -> str:
    """The same words as in chat."""
    coupon, say = result.coupon, call.say
    offers = call.crm.shop.policy.offers
    gift = say.your_offer(offers[coupon.offer], coupon.code, coupon.valid_until) if coupon else ""
    return "\n".join(filter(None, [say.thanks_for_answer(reason), gift]))


def _survey(call: Call) -> Survey:
    survey = call.crm.surveys.find(call.link.subject or 0)
    if survey is None or survey.owner_id != call.link.owner_id:
        raise NoLink(410)
    return survey


def _may_correct(call: Call, survey: Survey) -> bool:
    within = call.crm.shop.policy.care.correctable
    return survey.answered_at is not None and call.crm.now < survey.answered_at + within


def _offer(call: Call, coupon: Coupon | None) -> dict[str, Any] | None:
    if coupon is None or coupon.status != CLAIMED or coupon.valid_until <= call.crm.now:
        return None
    offer, last = call.crm.coupons.offer(coupon), call.crm.coupons.last_day(coupon)
    return {
        "title": title(call.say, offer),
        "gives": gives(call.say, offer),
        "last": call.say.valid_until(last),
        "code": grouped(coupon.code),
    }
