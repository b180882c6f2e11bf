"""Lives through days of a copy of the store on a virtual clock: every look of the journeys, and nothing is sent.

A message leaves at once, as far as the gate lets it: windows, caps and pages are used up as they would be.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import journeys
from bot.channels import Channel
from bot.deliveries import Claims, take
from bot.outcomes import Sent, record_all
from core.clock import StoppedClock
from core.policy import Policy
from core.rehearsing import looks
from core.reminders import SOON_BEFORE
from intake.due import reckon
from journeys import TickItem
from storage.crm import Crm
from storage.db import Database
from storage.rehearsal import DUE_AT, Later, begin, kept_back, moments_of, play, rewind, throw_away_copy

AT_A_TIME = 500  # rows of the outbox
DAY = timedelta(days=1)


@dataclass(slots=True)
class Rehearsal:
    """The days from `first` to `last`; `kept_back` is known once they are over."""

    copy: Database
    clock: StoppedClock
    channels: Mapping[str, Channel]
    first: date
    last: date
    later: list[Later] = field(default_factory=list)
    done: date | None = None
    kept_back: dict[str, int] = field(default_factory=dict)

    def days(self) -> Iterator[tuple[date, list[TickItem]]]:
        """Each day with what is decided on it; days before the first one are lived through untold."""
        day = _local(self.copy).date()
        while day <= self.last:
            items = self._day(day)
            if day >= self.first:
                yield day, items
            day += DAY
        since = datetime.combine(self.first, datetime.min.time(), self.copy.shop.zone)
        self.kept_back = self.copy.read(lambda crm: kept_back(crm, since))

    def _day(self, day: date) -> list[TickItem]:
        zone, items = self.copy.shop.zone, []
        midnight = datetime.combine(day, datetime.min.time(), zone)
        planned = self.copy.read(lambda crm: moments_of(crm, midnight, midnight + DAY))
        for moment in looks(day, zone, self.copy.shop.policy, self._happens(planned, midnight + DAY)):
            self.clock.advance_to(moment)
            items += self.copy.transact(self._look)
        return items

    def _happens(self, planned: list[datetime], until: datetime) -> Iterator[datetime]:
        """What comes today and what it asks for later on; around each appointment its reminder and the question
        whether the car came."""
        asked_after = self.copy.shop.policy.talk.arrival_asked_after
        for one in self.later:
            if one.at >= until:
                break
            yield one.at
            planned += [one.values[name] for name in DUE_AT if one.values.get(name)]
        for moment in planned:
            yield from (moment, moment - SOON_BEFORE, moment + asked_after)

    def _look(self, crm: Crm) -> list[TickItem]:
        """What has come until now, what is decided because of it, and what leaves; in one transaction."""
        came = next((n for n, one in enumerate(self.later) if one.at > crm.now), len(self.later))
        cars = play(crm.connection, self.later[:came])
        del self.later[:came]
        _reckon(crm, cars)
        items, self.done = journeys.look(journeys.here(crm), self.done)
        _leave(crm, self.channels)
        return items


def prepare(
    store: Database,
    channels: Mapping[str, Channel],
    folder: Path,
    first: date,
    last: date,
    policy: Policy | None = None,
) -> Rehearsal:
    """A copy of the store in that folder, as it was on the morning of the first day, or of tomorrow for days to come.

    Nothing of the store itself is changed, and no channel is asked for anything.
    """
    shop = replace(store.shop, policy=policy or store.shop.policy)
    begins = min(first, _local(store).date() + DAY)
    clock = StoppedClock(datetime.combine(begins, datetime.min.time(), shop.zone))
    copy = throw_away_copy(store, folder, clock, shop)
    return Rehearsal(copy, clock, channels, first, last, copy.transact(lambda crm: _go_back(crm, begins)))


def _go_back(crm: Crm, day: date) -> list[Later]:
    past = rewind(crm, day)
    _reckon(crm, past.cars)
    begin(crm, past.owners)
    return past.later


def _reckon(crm: Crm, cars: set[int]) -> None:
    reckon(crm, [crm.vehicles.get(number) for number in sorted(cars)])
    crm.session.flush()


def _leave(crm: Crm, channels: Mapping[str, Channel]) -> None:
    """What may leave has left."""
    crm.outbox.staff_have_read()
    while True:
        claims = Claims("rehearsal", time.time(), AT_A_TIME, channels)
        deliveries = take(crm, claims)
        if not claims.found:
            return
        record_all(crm, [Sent(delivery, "") for delivery in deliveries], claims)


def _local(database: Database) -> datetime:
    return database.clock.now().astimezone(database.shop.zone)
