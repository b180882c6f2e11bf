"""Birthdays: a greeting on the day, with the year's coupon to claim by one tap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from core.birthdays import born_on
from core.messages import Bubble, Rank, starting
from core.say.offers import title
from flows.birthday_coupon import OFFER, occurrence
from flows.voice import voice_for
from flows.wallet import told
from journeys.items import TickItem
from journeys.step import Happening, is_quiet, send, skip
from storage.crm import Crm
from storage.owners import Owner

JOURNEY, STEP = "birthday", "greeting"


def run(crm: Crm) -> list[TickItem]:
    """Greet whose day it is, once its hour has come; who was not reached on their day is told as a skip."""
    zone, policy = crm.shop.zone, crm.shop.policy
    local = crm.now.astimezone(zone)
    if is_quiet(crm, Rank.MARKETING):
        return []
    items = _too_late(crm, local.date() - timedelta(days=1))
    if local.time() >= policy.journey(JOURNEY).at:
        items += [greet(crm, owner, local.date()) for owner in _celebrating(crm, local.date())]
    return [item for item in items if item]


def greet(crm: Crm, owner: Owner, day: date) -> TickItem | None:
    """In the owner's name; without a coupon when the month's budget is used up or this year's was given already."""
    return send(crm, _happening(owner, day), lambda: _greeting(crm, owner, day), Rank.MARKETING, _rest_of(crm, day))


def _greeting(crm: Crm, owner: Owner, day: date) -> Bubble:
    say = voice_for(crm, owner.key)
    coupon = crm.coupons.issue(owner.key, OFFER, occurrence(owner.key, day.year), given_on=day)
    if coupon is None:
        return Bubble(say.birthday_wishes(owner.name))
    claim = starting("claim_coupon", say.claim_it(title(say, crm.coupons.offer(coupon))), coupon.key)
    return Bubble(say.birthday_greeting(owner.name, *told(crm, say, coupon)), (claim,))


def _too_late(crm: Crm, day: date) -> list[TickItem | None]:
    return [skip(crm, _happening(owner, day), "the day is over") for owner in _celebrating(crm, day)]


def _celebrating(crm: Crm, day: date) -> Sequence[Owner]:
    return crm.owners.born_on(born_on(day), undecided=(JOURNEY, STEP, f":{day.year}"))


def _happening(owner: Owner, day: date) -> Happening:
    return Happening(JOURNEY, STEP, f"{owner.key}:{day.year}", owner.key)


def _rest_of(crm: Crm, day: date) -> timedelta:
    """A greeting is of use on its own day only."""
    return datetime.combine(day + timedelta(days=1), time(), crm.shop.zone) - crm.now
