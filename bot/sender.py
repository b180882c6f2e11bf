"""The only place that sends: claims what waits in the outbox, lets it fly, and writes down how it ended."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import random
import time
from collections import Counter
from datetime import timedelta

from bot import claimants
from bot.deliveries import Claims, take
from bot.delivery import Delivery
from bot.house import House
from bot.outcomes import NotSent, Outcome, Postponed, Sent, record_all
from core.errors import DeliveryFailed, StoreUnavailable
from core.limits import limits_for
from core.messages import Rank
from core.retries import after_failure
from storage.crm import Crm
from storage.outbox_rows import FAILED

log = logging.getLogger(__name__)
FLYING = 100  # sends at the same time …
FLYING_PER_CHANNEL = 80  # … so that a platform that hangs leaves room for the others
FLIGHT_SECONDS = 40.0  # well below the lease of a claim
NAP = 1.0  # the longest sleep
RECOVERS_EVERY = 5.0
LOOKS_AT_ALL_EVERY = 0.1  # answers are looked for at once; what may pile up behind a full group, this often
LANDING_SECONDS = 15.0  # what is in the air when we stop gets this long
BULK_PAUSE = 0.5  # a channel that is full is left alone for at least this long


class Sender:
    """One per process that sends; any number of processes."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.worker = claimants.new_name()
        self._flights: dict[int, asyncio.Task[None]] = {}
        self._busy: Counter[str] = Counter()  # flights per channel
        self._outcomes: list[Outcome] = []
        self._news = asyncio.Event()
        self._stopping = False
        self._bulk_from = 0.0
        self._all_from = 0.0
        self._nap = NAP
        self._recovered_at = 0.0

    async def run(self) -> None:
        """Send until `stop`, then let land what flies."""
        listener = asyncio.create_task(self._listen())
        try:
            while not self._stopping:
                self._news.clear()
                if not await self._round():
                    await self._sleep()
        finally:
            listener.cancel()
            await self._land()

    def stop(self) -> None:
        self._stopping = True
        self._news.set()

    async def drain(self) -> None:
        """Send what is due now, and come back when nothing flies any more."""
        while await self._round() or self._flights or self._outcomes:
            if self._flights:
                await asyncio.wait(self._flights.values(), return_when=asyncio.FIRST_COMPLETED)
            self._all_from = 0.0

    async def recover(self) -> None:
        """Queue again what a sender that died had claimed, and what this one claimed without hearing of it."""
        known = [*self._flights, *(outcome.delivery.row_id for outcome in self._outcomes)]

        def find(crm: Crm) -> int:
            dead = claimants.dead(crm.outbox.claimers())
            return crm.outbox.recover(time.time(), dead) + crm.outbox.forgotten(self.worker, known)

        if count := await self.house.database.run(find):
            log.warning("%d messages of a sender that stopped in the middle are queued again", count)
        self._recovered_at = time.monotonic()

    async def _round(self) -> int:
        """Write down what has ended, claim what may leave and let it fly. How many were claimed."""
        claims, outcomes = self._claims(), self._outcomes
        try:
            if time.monotonic() - self._recovered_at > RECOVERS_EVERY:
                await self.recover()
            outcomes, self._outcomes = self._outcomes, []
            deliveries = await self.house.database.run(lambda crm: self._turn(crm, outcomes, claims))
        except StoreUnavailable:
            log.warning("the database is away: nothing is sent until it is back")
            self._keep(outcomes)
            await asyncio.sleep(NAP)
            return 0
        except Exception:
            log.exception("the sender stumbled over outbox %s", claims.at)
            self._keep([one for one in outcomes if one.delivery.row_id != claims.at])
            await self._set_aside(claims.at)
            return 0
        for delivery in deliveries:
            self._start(delivery)
        if claims.below != Rank.STAFF and claims.found * 2 < claims.limit:
            self._all_from = time.monotonic() + LOOKS_AT_ALL_EVERY
        return claims.found

    def _keep(self, outcomes: list[Outcome]) -> None:
        """These are not written down yet."""
        if outcomes is not self._outcomes:
            self._outcomes = [*outcomes, *self._outcomes]

    def _claims(self) -> Claims:
        full = [name for name, channel in self.house.channels.items() if channel.away]
        full += [name for name, count in self._busy.items() if count >= FLYING_PER_CHANNEL and name not in full]
        now = time.monotonic()
        below = Rank.STAFF if now < self._all_from else Rank.SERVICE if now < self._bulk_from else None
        room = FLYING - len(self._flights)
        return Claims(self.worker, time.time(), room, self.house.channels, full, below)

    def _turn(self, crm: Crm, outcomes: list[Outcome], claims: Claims) -> list[Delivery]:
        """What one transaction does."""
        record_all(crm, outcomes, claims)
        deliveries = take(crm, claims) if claims.limit > 0 and not self._stopping else []
        if not claims.found:
            self._nap = LOOKS_AT_ALL_EVERY if claims.below == Rank.STAFF else self._until_next(crm)
        return deliveries

    def _until_next(self, crm: Crm) -> float:
        due = crm.outbox.next_due()
        return min(NAP, (due - crm.now) / timedelta(seconds=1)) if due and due > crm.now else NAP

    async def _set_aside(self, row_id: int | None) -> None:
        if row_id is None:
            await asyncio.sleep(NAP)
            return
        with contextlib.suppress(StoreUnavailable):
            await self.house.database.run(lambda crm: crm.outbox.give_up(row_id, FAILED, "a bug, see the log"))

    def _start(self, delivery: Delivery) -> None:
        self._busy[delivery.channel] += 1
        self._flights[delivery.row_id] = asyncio.create_task(self._fly(delivery))

    async def _fly(self, delivery: Delivery) -> None:
        try:
            seconds = await self._seconds_to_wait(delivery)
            outcome = Postponed(delivery, seconds) if seconds else await self._send(delivery)
            self._outcomes.append(outcome)
        finally:
            self._busy[delivery.channel] -= 1
            del self._flights[delivery.row_id]
            self._news.set()

    async def _send(self, delivery: Delivery) -> Outcome:
        channel = self.house.channels[delivery.channel]
        try:
            async with asyncio.timeout(FLIGHT_SECONDS):
                return Sent(delivery, await channel.send(delivery.outgoing))
        except DeliveryFailed as error:
            failure = error
        except TimeoutError:
            failure = DeliveryFailed("no answer in time", unknown=True)
        except Exception as bug:
            log.exception("outbox %d could not be sent", delivery.row_id)
            failure = DeliveryFailed(f"{type(bug).__name__}, see the log")
        if failure.retry_after is not None:
            await self._pause(delivery, failure.retry_after)
        step = after_failure(
            failure,
            rank=delivery.rank,
            tries=delivery.tries,
            last_reason=delivery.last_reason,
            chance=random.random(),
        )
        return NotSent(delivery, step, failure.moved_to)

    async def _seconds_to_wait(self, delivery: Delivery) -> float:
        """0 when it may go now."""
        if delivery.rank >= Rank.SERVICE and (left := self._bulk_from - time.monotonic()) > 0:
            return left
        for limit in limits_for(delivery.destination, delivery.rank):
            bucket = _bucket(delivery) if limit.each else delivery.channel
            bucket += f":{limit.part}" if limit.part else ""
            if seconds := await self.house.limits.ask(bucket, limit.per_second, limit.burst):
                if limit.each or delivery.rank < Rank.SERVICE:
                    return seconds
                self._bulk_from = time.monotonic() + max(seconds, BULK_PAUSE)
                return max(seconds, BULK_PAUSE)
        return 0.0

    async def _pause(self, delivery: Delivery, seconds: float) -> None:
        """The platform said when to come back: to this address, and for what is sent in bulk to the whole channel."""
        await self.house.limits.pause(_bucket(delivery), seconds)
        if delivery.rank >= Rank.SERVICE:
            await self.house.limits.pause(delivery.channel, seconds)

    async def _listen(self) -> None:
        while True:
            await self.house.wakeups.wait(60)
            self._news.set()

    async def _sleep(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._nap):
                await self._news.wait()

    async def _land(self) -> None:
        if self._flights:
            await asyncio.wait(self._flights.values(), timeout=LANDING_SECONDS)
        if self._outcomes:
            await self._round()


def _bucket(delivery: Delivery) -> str:
    """The address is somebody's account, or a robot's secret URL: only its hash leaves the process."""
    return f"{delivery.channel}:{hashlib.sha256(delivery.outgoing.address.encode()).hexdigest()[:16]}"
