"""The way in: what waits for one talk, one committed transaction, and what each request may be answered with.

Nobody waits for more to come: messages are taken together only where the store was busy while they came.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.bursts import Burst, Outcome
from bot.house import House
from bot.interpreter import interpret
from core.errors import StoreUnavailable
from core.limits import MODEL_LEAVES
from core.messages import Heard, Inbound
from handlers import Arrived, apologise, is_talk, receive, receive_all
from storage.crm import Crm

log = logging.getLogger(__name__)
_late: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly


async def hear(house: House, inbound: Inbound, answer_by: float = 0.0) -> Heard:
    """Take the message in and return once that is committed.

    answer_by: a moment of the monotonic clock; 0 waits as long as the store does. When it passes first, or the
    store is away, StoreUnavailable is raised: the platform has to send the message again. It may be committed
    all the same a little later; then its answers leave by the sender.
    """
    if house.model is None or not is_talk(inbound):
        return await _hear(house, Arrived(inbound, answer_by))
    async with _turns.of(inbound, answer_by):
        understood = await interpret(house, inbound, answer_by)
        return await _hear(house, Arrived(inbound, answer_by, understood))


async def _hear(house: House, one: Arrived) -> Heard:
    hearing, place = _join(house, one)
    answer_by = one.answer_by
    left = max(answer_by - time.monotonic(), 0.0) if answer_by else None
    await asyncio.wait((hearing,), timeout=left)
    if not hearing.done():
        late = asyncio.create_task(_answer_late(house, hearing, place))
        _late.add(late)
        late.add_done_callback(_late.discard)
        raise StoreUnavailable("not committed in time")
    return hearing.result()[place][0]


class _Turns:
    """While a model thinks about an owner's message, their next one waits: no message overtakes another."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[str, str, str], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, inbound: Inbound, answer_by: float) -> AsyncIterator[None]:
        """Waits no longer than there is time to answer; then the message goes on without its turn."""
        lock = self._locks.setdefault((inbound.channel, inbound.account, inbound.chat), asyncio.Lock())
        patience = max(answer_by - MODEL_LEAVES - time.monotonic(), 0.0) if answer_by else None
        try:
            await asyncio.wait_for(lock.acquire(), patience)
        except TimeoutError:
            yield
            return
        try:
            yield
        finally:
            lock.release()


_turns = _Turns()


def _join(house: House, one: Arrived) -> tuple[asyncio.Task[list[Outcome]], int]:
    """The task in which the message is heard, and its place there: with those that wait already, or the first."""
    talk = (one.inbound.channel, one.inbound.account)
    burst = house.bursts.get(talk) if is_talk(one.inbound) else None
    place = burst.join(one) if burst else None
    if burst is None or place is None:
        burst, place = Burst([one]), 0
        burst.hearing = asyncio.create_task(_heard(house, burst))
        if is_talk(one.inbound):
            house.bursts[talk] = burst
            burst.hearing.add_done_callback(lambda _: _forget(house, talk, burst))
    assert burst.hearing is not None
    return burst.hearing, place


def _forget(house: House, talk: tuple[str, str], burst: Burst) -> None:
    if house.bursts.get(talk) is burst:
        del house.bursts[talk]


async def _heard(house: House, burst: Burst) -> list[Outcome]:
    try:
        return await house.database.run(lambda crm: _received(crm, burst))
    except StoreUnavailable:
        raise
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} at {where.name}, line {where.lineno}"
        log.exception("a bug while hearing a message of %s: %s", burst.arrived[0].inbound.channel, what)
    finally:
        burst.take()  # whatever happened, nobody may join it any more
    return await _apologised(house, burst, what)


def _received(crm: Crm, burst: Burst) -> list[Outcome]:
    first = burst.arrived[0].inbound
    if is_talk(first):
        heard = receive_all(crm, first.channel, first.account, burst.take)
    else:
        heard = [receive(crm, first)]
    outcomes = [(one, secrets.token_hex(4)) for one in heard]
    for arrived, (one, attempt) in zip(burst.arrived, outcomes, strict=True):
        if one.repeated and one.passive and arrived.answer_by:
            crm.outbox.fetch_again(one.reply_ids, attempt)
    return outcomes


async def _apologised(house: House, burst: Burst, what: str) -> list[Outcome]:
    inbounds = [one.inbound for one in burst.arrived]
    try:
        heard = await house.database.run(lambda crm: apologise(crm, inbounds, what))
    except StoreUnavailable:
        raise
    except Exception as error:
        log.exception("and another while apologising for it")
        raise StoreUnavailable("the message could not be kept") from error
    return [(one, "") for one in heard]


async def _answer_late(house: House, hearing: asyncio.Task[list[Outcome]], place: int) -> None:
    """The response is gone; what was to be in it leaves by the sender, unless a repeated request has fetched it."""
    try:
        heard, attempt = (await hearing)[place]
        if heard.passive:
            by = attempt if heard.repeated else ""
            await house.database.run(lambda crm: crm.outbox.give_to_sender(heard.reply_ids, by))
    except StoreUnavailable as problem:
        log.warning("a message was not accepted: %s", problem)
