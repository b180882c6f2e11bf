"""An owner rates a visit, 1 to 5. Below the policy's mark the manager is told at once and calls back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.errors import Refused
from core.points import points_in
from flows.flow import Flow, Slot
from flows.spoken import answer_to, words_of
from flows.state import Slots
from flows.turn import Turn
from storage.crm import Crm
from storage.ratings import Rating
from storage.visits import Visit

FIRST, CORRECTED, LATE = "first", "corrected", "late"
BEST = 5


@dataclass(frozen=True, slots=True)
class Rated:
    """What became of a rating. `kind`: first, corrected, or late: nothing was changed."""

    kind: str
    rating: Rating


def rated(crm: Crm, owner_id: int, visit_id: int, points: int, talk_id: int | None = None) -> Rated:
    """Keep the mark of a visit; a low one raises the alert and the manager's call, a better one takes both back.

    Raises Refused when the visit is not that owner's, or not completed.
    """
    visit = crm.visits.find(visit_id)
    if visit is None or visit.owner_id != owner_id or visit.status != "completed":
        raise Refused("this visit is somebody else's")
    rating, kind = crm.ratings.give(visit, owner_id, points), FIRST
    if rating is None:
        rating, kind = crm.ratings.of_visit(visit.key), CORRECTED
        assert rating is not None
        if not crm.ratings.correct(rating, visit, points, crm.shop.policy.care.correctable):
            return Rated(LATE, rating)
    crm.churn_alerts.look_at(owner_id)
    if points < crm.shop.policy.churn.low_rating:
        _ask_manager_to_call(crm, rating, visit, talk_id)
    else:
        _nothing_to_call_about(crm, rating, owner_id)
    return Rated(kind, rating)


def _ask_manager_to_call(crm: Crm, rating: Rating, visit: Visit, talk_id: int | None) -> None:
    """One call per visit, however often the mark is changed; its due moment stays the first one."""
    until = rating.created_at + crm.shop.policy.care.call_back
    before = crm.tasks.find(rating.call_task_id) if rating.call_task_id else None
    if before is not None and crm.tasks.tell(before, points=rating.points):
        return
    owner = crm.owners.get(rating.owner_id)
    task_id = crm.tasks.open(
        "call_back",
        store_id=visit.store_id or owner.store_id,
        owner_id=owner.key,
        vehicle_id=visit.vehicle_id,
        conversation_id=talk_id,
        level="high",
        facts={"rating": rating.key, "points": rating.points, "visit": visit.key, "until": until.isoformat()},
        occurrence=f"call_back:{visit.key}:{rating.changed_at.isoformat()}",
        to_manager=True,
    )
    rating.call_task_id = task_id
    crm.session.flush()


def _nothing_to_call_about(crm: Crm, rating: Rating, owner_id: int) -> None:
    """It was a slip of the finger: the cards say so."""
    if rating.call_task_id is None:
        return
    call = crm.tasks.find(rating.call_task_id)
    alerts = crm.tasks.of_occurrences(f"churn:{owner_id}:high:")
    for task in filter(None, [call, *alerts]):
        crm.tasks.close(task, "corrected")


# — the conversation —


def meant(turn: Turn) -> Visit | None:
    """The visit that the button names, if it is theirs; else the newest that can still be rated, of a car if named."""
    if turn.talk.owner_id is None:
        return None
    number = turn.argument.partition(".")[0]
    named = turn.crm.visits.find(int(number)) if number.isdecimal() and len(number) < 10 else None
    if named is not None and named.owner_id == turn.talk.owner_id and named.status == "completed":
        return named
    today = turn.now.astimezone(turn.crm.shop.zone).date()
    since = today - timedelta(days=turn.crm.shop.policy.care.rating_taken_days)
    found = turn.crm.ratings.rateable(turn.talk.owner_id, since)
    plate = turn.heard("plate")
    cars = {car.key for car in turn.crm.vehicles.of_owner(turn.talk.owner_id) if not plate or car.plate == plate}
    return next((v for v in found if not plate or v.vehicle_id in cars), None)


def may_rate(turn: Turn) -> bool:
    visit = meant(turn)
    if visit is None:
        turn.tell(turn.say.nothing_to_rate(turn.crm.shop.policy.care.rating_taken_days))
        return False
    before = turn.crm.ratings.of_visit(visit.key)
    if before is not None and turn.now >= before.created_at + turn.crm.shop.policy.care.correctable:
        turn.tell(turn.say.rated_before(named(turn, visit), before.points))
        return False
    return True


def named(turn: Turn, visit: Visit) -> str:
    """The visit as people name it: its day, car and work."""
    car = turn.crm.vehicles.get(visit.vehicle_id) if visit.vehicle_id else None
    return turn.say.visit(visit.visited_on, (car.plate or "") if car else "", visit.items)


def the_visit(turn: Turn, slots: Slots) -> dict[str, Any] | None:
    """{"id", "asked": our own question named it}."""
    visit = meant(turn)
    return {"id": visit.key, "asked": turn.argument.partition(".")[0] == str(visit.key)} if visit else None


def ask_points(turn: Turn, slots: Slots) -> None:
    text = turn.say.how_was_it(named(turn, turn.crm.visits.get(slots["visit"]["id"])))
    turn.ask("points", text, [(str(n), turn.say.points(n)) for n in range(1, BEST + 1)])


def read_points(turn: Turn, slots: Slots) -> int | None:
    tapped = turn.choice("points") or turn.argument.partition(".")[2]
    if tapped in ("1", "2", "3", "4", "5"):
        return int(tapped)
    if heard := turn.heard("rating"):
        return int(heard)
    asked = turn.state.asked == "points" or turn.argument or turn.intent == "rate_visit"
    return points_in(words_of(turn), turn.now) if asked and not turn.chosen else None


def ask_sure(turn: Turn, slots: Slots) -> None:
    visit = turn.crm.visits.get(slots["visit"]["id"])
    before = turn.crm.ratings.of_visit(visit.key)
    text = turn.say.rating_understood(named(turn, visit), slots["points"])
    if before is not None:
        text = turn.say.rating_changed(named(turn, visit), before.points, slots["points"])
    turn.ask("sure", text, [("yes", turn.say.rate_right()), ("no", turn.say.rate_again())])


def read_sure(turn: Turn, slots: Slots) -> str | None:
    if turn.state.asked != "sure" or turn.heard("rating"):
        return None
    said = turn.choice("sure") or turn.intent
    return said if said in ("yes", "no") else None


def is_there(turn: Turn, slots: Slots) -> bool:
    """Not, where it cannot be rated any more by the time that the talk comes back to it."""
    return "visit" in slots


def nobody_asked(turn: Turn, slots: Slots) -> bool:
    """A mark that we did not ask for is shown with its visit before it counts."""
    return "visit" in slots and not slots["visit"]["asked"]


def settle(turn: Turn, slots: Slots) -> None:
    if slots.get("sure") == "no":
        for name in ("sure", "points"):
            slots.pop(name, None)


def finish(turn: Turn, slots: Slots) -> str | None:
    """Thanks, or an apology and what went wrong. After the best mark the owner may be in the mood for more."""
    say = turn.say
    try:
        if "visit" not in slots:
            raise Refused("no visit can be rated any more")
        result = rated(turn.crm, turn.owner.key, slots["visit"]["id"], slots["points"], turn.talk.id)
    except Refused:  # meanwhile the work order was cancelled, or turned out to be somebody else's
        turn.tell(say.nothing_to_rate(turn.crm.shop.policy.care.rating_taken_days))
        return None
    if result.kind == LATE:
        turn.tell(say.rated_before(named(turn, turn.crm.visits.get(slots["visit"]["id"])), result.rating.points))
        return None
    if result.kind == CORRECTED:
        turn.tell(say.corrected_to(slots["points"]))
    if slots["points"] < turn.crm.shop.policy.churn.low_rating:
        turn.tell(say.sorry_for_low(int(turn.crm.shop.policy.care.call_back.total_seconds() // 3600)))
        return "low_rating"
    turn.tell(say.thanks_for_best() if slots["points"] == BEST else say.thanks_for_good(slots["points"]))
    return "complete_profile" if slots["points"] == BEST else None


# — what went wrong —


def ask_words(turn: Turn, slots: Slots) -> None:
    turn.ask("words", turn.say.what_went_wrong(), [("skip", turn.say.rather_not())])


def read_words(turn: Turn, slots: Slots) -> str | None:
    """Anything but another mark, which corrects the first."""
    if turn.choice("words") == "skip" or (turn.state.asked == "words" and turn.intent == "no"):
        return ""
    return None if turn.heard("rating") else answer_to(turn, "words")


def keep_words(turn: Turn, slots: Slots) -> None:
    rating = turn.crm.ratings.latest(turn.owner.key)
    if rating is None or not slots["words"]:
        turn.tell(turn.say.any_time())
        return
    turn.crm.ratings.add_words(rating, slots["words"])
    if task := turn.crm.tasks.find(rating.call_task_id or 0):
        turn.crm.tasks.tell(task, wrote=True)
    turn.tell(turn.say.passed_to_manager())


VISIT_RATING = Flow(
    name="visit_rating",
    intents=frozenset({"rate_visit"}),
    slots=(
        Slot(
            "visit",
            ask=ask_points,
            read=lambda turn, slots: None,
            default=the_visit,
            needed=lambda turn, slots: False,
            derived=True,
        ),
        Slot("points", ask=ask_points, read=read_points, needed=is_there),
        Slot("sure", ask=ask_sure, read=read_sure, needed=nobody_asked),
    ),
    may_start=may_rate,
    takes=lambda turn: points_in(words_of(turn), turn.now) is not None,
    settle=settle,
    finish=finish,
)

LOW_RATING = Flow(
    name="low_rating",
    slots=(Slot("words", ask=ask_words, read=read_words),),
    finish=keep_words,
    optional=True,
)
