"""The shop's own journeys and campaigns, as its policy file has them now: plans like every other.

A step says the shop's words, with a button towards the journey's goal and a coupon where it names an offer. Nothing is
promised that the budgets do not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from core.gate import CAMPAIGN_BUDGET, FROZEN, OFFER_BUDGET
from core.journeys import Kind, Step
from core.messages import Bubble, Choice, Notice, Rank, starting
from core.own_journeys import BOOKING, VISIT, OwnJourney, Told, placeholders_in, worded
from core.say import OwnerSay
from core.say.offers import title
from flows.voice import voice_for
from flows.wallet import told as told_of
from journeys.engine import Plan
from journeys.items import TickItem
from journeys.step import Happening, assign, send, skip
from storage.coupons import Coupon
from storage.crm import Crm
from storage.own_audience import own_audience

TASK = "own_call"  # the advisor's card


def plans(crm: Crm) -> list[Plan]:
    """Own journeys before campaigns, in the file's order. What was over long ago is not looked at any more."""
    policy, today = crm.shop.policy, crm.now.astimezone(crm.shop.zone).date()
    found = [_plan(own, None) for own in policy.own_journeys if not own.is_over(today)]
    campaigns = ((one.journey, one.budget_fen) for one in policy.campaigns)
    return [*found, *(_plan(own, budget_fen) for own, budget_fen in campaigns if not own.is_over(today))]


def _plan(own: OwnJourney, budget_fen: int | None) -> Plan:
    acts = {step.name: OwnStep(own, step, budget_fen).act for step in own.journey.steps}
    return Plan(own.planned, partial(own_audience, own), acts)


@dataclass(frozen=True, slots=True)
class OwnStep:
    """One step. budget_fen: what its journey's coupons may cost in all."""

    own: OwnJourney
    step: Step
    budget_fen: int | None

    def act(self, crm: Crm, what: Happening, row: Any) -> TickItem | None:
        if self.step.kind is Kind.TASK:
            return self._call(crm, what, row)
        words = self._with_coupon(crm, what, row) if self._told.offer else self._words(crm, row)
        rank = Rank.MARKETING if self._markets else Rank.SERVICE
        return send(crm, what, words, rank, crm.shop.policy.care.message_life, template=self._shape)

    @property
    def _told(self) -> Told:
        return self.own.told[self.step.name]

    @property
    def _markets(self) -> bool:
        return self.step.kind is Kind.MARKETING

    def _call(self, crm: Crm, what: Happening, row: Any) -> TickItem | None:
        """A person says it; nobody calls with an offer while a complaint is open."""
        if crm.tickets.freezes(what.owner_id):
            return skip(crm, what, FROZEN)
        say = [_filled(OwnerSay(language, crm.shop.zone), self._told, row) for language in ("zh", "en")]
        return assign(crm, what, TASK, say=say, offer=self._told.offer)

    def _words(self, crm: Crm, row: Any) -> Bubble:
        """Words that name nobody may go to many at once; then the button does not name a car either."""
        say = voice_for(crm, row.owner_id)
        shared = self._markets and not placeholders_in(say.pick(*self._told.text))
        car = None if shared else row.vehicle_id
        text = _filled(say, self._told, row)
        if self._markets:
            return Bubble(say.with_way_out(text), _towards(say, self.own.goal, car), shared=shared)
        return Bubble(text, _towards(say, self.own.goal, car), notice=_notice(self.own.name, say, row))

    def _with_coupon(self, crm: Crm, what: Happening, row: Any) -> Callable[[], Bubble | str]:
        """The words with a coupon to claim; or why there is none for this owner."""

        def words() -> Bubble | str:
            coupon = self._coupon(crm, what)
            if isinstance(coupon, str):
                return coupon
            say = voice_for(crm, row.owner_id)
            text = say.with_coupon(_filled(say, self._told, row), *told_of(crm, say, coupon))
            claim = starting("claim_coupon", say.claim_it(title(say, crm.coupons.offer(coupon))), coupon.key)
            choices = (claim, *_towards(say, self.own.goal, row.vehicle_id))
            if self._markets:
                return Bubble(say.with_way_out(text), choices)
            return Bubble(text, choices, notice=_notice(self.own.name, say, row))

        return words

    def _coupon(self, crm: Crm, what: Happening) -> Coupon | str:
        """Within the campaign's budget, and within the offer's own of the month."""
        offer, name, most_fen = crm.shop.policy.offers[self._told.offer], self.own.name, self.budget_fen
        if most_fen is not None and not crm.campaign_budgets.spend(name, offer.cost_fen, most_fen):
            return CAMPAIGN_BUDGET
        coupon = crm.coupons.issue(what.owner_id, offer.name, f"{name}:{what.step}:{what.occurrence}")
        if coupon is None and most_fen is not None:
            crm.campaign_budgets.give_back(name, offer.cost_fen)
        return coupon or OFFER_BUDGET

    @property
    def _shape(self) -> str:
        """Words that are made only when they leave have the shape of the journey's own template."""
        return "" if self._markets else self.own.name


def _filled(say: OwnerSay, told: Told, row: Any) -> str:
    """Where no name is known the words begin with what follows it."""
    text = worded(say.pick(*told.text), name=row.name, plate=row.plate or "", day=say.day(row.anchor))
    return text.lstrip("，,、 ")


def _towards(say: OwnerSay, goal: str, car: int | None) -> tuple[Choice, ...]:
    """What brings the owner to the goal; a coupon has a button of its own, an answer needs none."""
    return (starting("booking", say.book_a_visit(), car or ""),) if goal in (BOOKING, VISIT) else ()


def _notice(name: str, say: OwnerSay, row: Any) -> Notice:
    return Notice(name, (("name", row.name), ("plate", row.plate or ""), ("day", say.day(row.anchor))))
