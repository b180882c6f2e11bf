"""Birthdays: a greeting on the day, with the year's coupon to claim by one tap."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from core.known_journeys import KNOWN
from core.messages import Bubble, Rank, starting
from core.say.offers import title
from flows.birthday_coupon import OFFER, occurrence
from flows.voice import voice_for
from flows.wallet import told
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.calendar_audiences import birthdays
from storage.crm import Crm


def greet(crm: Crm, what: Happening, row: Any) -> TickItem | None:
    """In the owner's name; without a coupon when the month's budget is used up or this year's was given already."""
    ends = datetime.combine(row.anchor + timedelta(days=1), time(), crm.shop.zone)
    return send(crm, what, lambda: _greeting(crm, row), Rank.MARKETING, ends - crm.now)


def _greeting(crm: Crm, row: Any) -> Bubble:
    say = voice_for(crm, row.owner_id)
    name = occurrence(row.owner_id, row.anchor.year)
    coupon = crm.coupons.issue(row.owner_id, OFFER, name, given_on=row.anchor)
    if coupon is None:
        return Bubble(say.birthday_wishes(row.name))
    claim = starting("claim_coupon", say.claim_it(title(say, crm.coupons.offer(coupon))), coupon.key)
    return Bubble(say.birthday_greeting(row.name, *told(crm, say, coupon)), (claim,))


BIRTHDAY = Plan(KNOWN["birthday"], birthdays, {"greeting": greet})
