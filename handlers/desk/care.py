"""Owners to be won back: why they stayed away, what they were given, and who gave a low mark."""

from __future__ import annotations

from datetime import date, datetime

from core.reasons import ATTITUDE, DISTANCE, PRICE, QUALITY
from handlers.desk.view import CardKind, Rows, View, person_lines

_WAYS = (QUALITY, ATTITUDE, PRICE, DISTANCE)  # what to say is about the gravest of the reasons


def win_back(view: View) -> list[str]:
    """Why they stayed away, in their words for whoever calls."""
    crm, say, told = view.crm, view.say, view.task.told()
    survey = crm.surveys.find(told["survey"]) if "survey" in told else None
    reasons, why = told.get("reasons", []), ""
    if "last_visit" in told:  # nobody asked them yet
        why = say.reason("away_days", (crm.now.date() - date.fromisoformat(told["last_visit"])).days)
    offer = crm.shop.policy.offers.get(told.get("offer", ""))
    words = crm.surveys.words(survey) if survey and view.full else ""
    return [
        *_who(view),
        say.field("why", why or say.listed(say.reason_away(reason) for reason in reasons)) if why or reasons else "",
        say.field("wrote", words[:200]) if words else "",
        say.field("offer", say.pick(*offer.title)) if offer else "",
        say.field("wants", say.a_call()) if told.get("wants_call") else "",
        say.field("say", say.say_to_away_because(_name(view), _leading(reasons))) if view.full else "",
    ]


def call_back(view: View) -> list[str]:
    """The mark, the visit, and until when the manager promised to call."""
    crm, say, told = view.crm, view.say, view.task.told()
    visit = crm.visits.get(told["visit"])
    rating = crm.ratings.of_visit(visit.key)
    words = crm.ratings.words(rating) if rating and view.full else ""
    return [
        *_who(view),
        say.field("rating", f"{told['points']} / 5"),
        say.field("visit", say.listed([say.day(visit.visited_on), visit.items])),
        say.field("call_by", say.moment(datetime.fromisoformat(told["until"]))),
        say.field("wrote", words[:200]) if words else "",
        say.field("say", say.say_to_unhappy(_name(view))) if view.full else "",
    ]


def _who(view: View) -> list[str]:
    """Name, cars and phone; the owner's words come from the answer, not from the talk."""
    return [line for line in person_lines(view) if not line.startswith(view.say.field("wrote", ""))]


def _name(view: View) -> str:
    return view.owner.name if view.owner else ""


def _leading(reasons: list[str]) -> str:
    return next((reason for reason in _WAYS if reason in reasons), "other")


def _after_taking(view: View) -> Rows:
    return (("called", "booked"), ("snooze", "not_reachable"), ("done", "give_back"))


KINDS = {
    "win_back_call": CardKind(win_back, tone="warn", after_taking=_after_taking),
    "call_back": CardKind(call_back, tone="alarm", after_taking=_after_taking),
    "call_back_late": CardKind(call_back, tone="alarm", after_taking=_after_taking),
}
