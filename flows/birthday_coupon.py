"""An owner claims a coupon: by one tap on the greeting, or in words; who has no birthday on record tells it first."""

from __future__ import annotations

from datetime import date

from core.birthdays import knows_year, next_birthday, open_birthday, read_birthday
from core.codes import grouped
from core.errors import NotUnderstood
from flows.consent import wants_to_ask_consent
from flows.flow import Flow, Slot
from flows.notices import notices_line
from flows.state import Slots
from flows.turn import Turn
from flows.wallet import page_line, told
from storage.coupons import CLAIMED, OFFERED, Coupon, CouponRefused
from storage.crm import Crm

OFFER = "birthday"
SKIP = "skip"


def occurrence(owner_id: int, year: int) -> str:
    """One birthday coupon per owner and year."""
    return f"birthday:{owner_id}:{year}"


def claimed(crm: Crm, owner_id: int, coupon_id: int) -> Coupon:
    """The coupon is theirs now; without a talk, for the page too.

    Raises CouponRefused, whose `why` is unknown (none of theirs), claimed (already theirs), redeemed, revoked or
    expired, with the coupon where it is theirs.
    """
    return crm.coupons.claim(owner_id, coupon_id)


def birthday_coupon(crm: Crm, owner_id: int, birthday: date) -> Coupon | None:
    """This year's, claimed in their birthday week without waiting for a greeting. None: given before, or no budget."""
    day = open_birthday(birthday, _today(crm), crm.shop.policy.offers[OFFER])
    if day is None:
        return None
    return crm.coupons.issue(owner_id, OFFER, occurrence(owner_id, day.year), claimed=True, given_on=day)


# — which coupon, which birthday —


def tapped(turn: Turn, slots: Slots) -> int | None:
    """The coupon that the button names."""
    return turn.subject if turn.intent == "claim_coupon" else None


def birthday_is_missing(turn: Turn, slots: Slots) -> bool:
    """Only who has nothing to claim is asked, and only while nobody knows the day."""
    waits = "coupon" in slots or turn.crm.coupons.usable(turn.owner.key, OFFERED)
    return not waits and turn.crm.owners.get(turn.owner.key).birthday is None


def ask_birthday(turn: Turn, slots: Slots) -> None:
    turn.ask("birthday", turn.say.which_birthday(), [(SKIP, turn.say.rather_not())])


def read_day(turn: Turn, slots: Slots) -> str | None:
    """A day, or the wish not to tell it."""
    asked, text = turn.state.asked == "birthday", turn.inbound.text
    if turn.choice("birthday") == SKIP or (asked and turn.intent == "no"):
        return SKIP
    if turn.chosen or not (asked or "生日" in text or "birthday" in text.lower()):
        return None
    if day := read_birthday(text, _today(turn.crm)):
        return day.isoformat()
    if asked and any(character.isdigit() for character in text):
        raise NotUnderstood(turn.say.birthday_unreadable())
    return None


def must_be_sure(turn: Turn, slots: Slots) -> bool:
    """A day that is not the one on record; not asked for on the way to a coupon that was tapped."""
    said = SKIP if "coupon" in slots else slots.get("birthday", SKIP)
    return said != SKIP and date.fromisoformat(said) != turn.crm.owners.get(turn.owner.key).birthday


def ask_sure(turn: Turn, slots: Slots) -> None:
    text = turn.say.is_this_your_birthday(shown(turn, date.fromisoformat(slots["birthday"])))
    turn.ask("sure", text, [("yes", turn.say.yes_that_day()), ("no", turn.say.another_day())])


def read_sure(turn: Turn, slots: Slots) -> str | None:
    if turn.state.asked != "sure":
        return None
    said = turn.choice("sure") or turn.intent
    return said if said in ("yes", "no") else None


def settle(turn: Turn, slots: Slots) -> None:
    """A day that was not meant is asked for again."""
    if slots.get("sure") == "no":
        slots.pop("birthday", None)
        slots.pop("sure")


# — the claim —


def finish(turn: Turn, slots: Slots) -> str | None:
    waiting = turn.crm.coupons.usable(turn.owner.key, OFFERED)
    if number := slots.get("coupon"):
        claim(turn, number)
    elif slots.get("birthday") == SKIP:
        turn.tell(turn.say.no_birthday_no_coupon())
    elif "birthday" in slots and must_be_sure(turn, slots) and not keep_birthday(turn, slots["birthday"]):
        turn.tell(turn.say.birthday_not_changed())
    elif waiting:
        for coupon in waiting:
            claim(turn, coupon.key)
    else:
        return claim_birthday(turn)
    return None


def claim(turn: Turn, coupon_id: int) -> None:
    """Say what became of it; a second tap shows the code again."""
    crm, say = turn.crm, turn.say
    try:
        coupon = claimed(crm, turn.owner.key, coupon_id)
    except CouponRefused as refusal:
        if refusal.why == CLAIMED and refusal.coupon:
            text = say.coupon_claimed_before(*told(crm, say, refusal.coupon), grouped(refusal.coupon.code))
            _with_buttons(turn, text + page_line(crm, say, refusal.coupon))
        else:
            turn.tell(say.coupon_refused(refusal.why))
        return
    _show(turn, coupon)


def claim_birthday(turn: Turn) -> str | None:
    """In the birthday week the year's coupon, else when it comes, and may we write then?"""
    crm, owner = turn.crm, turn.crm.owners.get(turn.owner.key)
    assert owner.birthday is not None
    day = open_birthday(owner.birthday, _today(crm), crm.shop.policy.offers[OFFER])
    if day is None:
        turn.tell(turn.say.birthday_comes(next_birthday(owner.birthday, _today(crm))))
        return "marketing_consent" if wants_to_ask_consent(turn) else None
    if before := _given_in(crm, owner.key, day.year):
        claim(turn, before.key)
    elif coupon := birthday_coupon(crm, owner.key, owner.birthday):
        _show(turn, coupon)
    else:
        turn.tell(turn.say.nothing_left_this_month())
    return None


def keep_birthday(turn: Turn, day: str) -> bool:
    birthday = date.fromisoformat(day)
    kept = turn.crm.owners.set_birthday(turn.crm.owners.get(turn.owner.key), birthday)
    if kept:
        turn.tell(turn.say.birthday_kept(shown(turn, birthday)))
    return kept


def shown(turn: Turn, birthday: date) -> str:
    """With its year where that is known."""
    day = turn.say.birthday_day(birthday.month, birthday.day)
    year = turn.say.pick(f"{birthday.year} 年 ", f" {birthday.year}") if knows_year(birthday) else ""
    return turn.say.pick(year + day, day + year)


def _given_in(crm: Crm, owner_id: int, year: int) -> Coupon | None:
    """The year's birthday coupon, under whichever record of theirs it was given."""
    mine = (c for c in crm.coupons.of_owner(owner_id) if c.offer == OFFER)
    return next((c for c in mine if c.occurrence and c.occurrence.endswith(f":{year}")), None)


def _show(turn: Turn, coupon: Coupon) -> None:
    text = turn.say.coupon_claimed(*told(turn.crm, turn.say, coupon), grouped(coupon.code))
    _with_buttons(turn, text + page_line(turn.crm, turn.say, coupon) + notices_line(turn))


def _with_buttons(turn: Turn, text: str) -> None:
    turn.ask("go", text, [("booking", turn.say.use_it_now()), ("my_coupons", turn.say.to_wallet())])


def _today(crm: Crm) -> date:
    return crm.now.astimezone(crm.shop.zone).date()


BIRTHDAY_COUPON = Flow(
    name="birthday_coupon",
    intents=frozenset({"claim_coupon"}),
    slots=(
        Slot("coupon", ask=ask_birthday, read=tapped, needed=lambda turn, slots: False),
        Slot("birthday", ask=ask_birthday, read=read_day, needed=birthday_is_missing),
        Slot("sure", ask=ask_sure, read=read_sure, needed=must_be_sure),
    ),
    settle=settle,
    finish=finish,
)
