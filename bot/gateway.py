"""The way in: one message, one committed transaction, and what the request may be answered with."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.house import House
from bot.interpreter import interpret
from core.errors import StoreUnavailable
from core.limits import MODEL_LEAVES
from core.messages import Heard, Inbound
from core.understanding import Understood
from handlers import apologise, receive
from storage.crm import Crm

log = logging.getLogger(__name__)
_late: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly


async def hear(house: House, inbound: Inbound, answer_by: float = 0.0) -> Heard:
    """Take the message in and return once that is committed.

    answer_by: a moment of the monotonic clock; 0 waits as long as the store does. When it passes first, or the
    store is away, StoreUnavailable is raised: the platform has to send the message again. It may be committed
    all the same a little later; then its answers leave by the sender.
    """
    if house.model is None:
        return await _hear(house, inbound, answer_by, None)
    async with _turns.of(inbound, answer_by):
        return await _hear(house, inbound, answer_by, await interpret(house, inbound, answer_by))


async def _hear(house: House, inbound: Inbound, answer_by: float, understood: Understood | None) -> Heard:
    attempt = secrets.token_hex(4)
    if not answer_by:
        return await _heard(house, inbound, answer_by, attempt, understood)
    hearing = asyncio.create_task(_heard(house, inbound, answer_by, attempt, understood))
    await asyncio.wait((hearing,), timeout=max(answer_by - time.monotonic(), 0.0))
    if not hearing.done():
        late = asyncio.create_task(_answer_late(house, hearing, attempt))
        _late.add(late)
        late.add_done_callback(_late.discard)
        raise StoreUnavailable("not committed in time")
    return hearing.result()


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


async def _heard(
    house: House, inbound: Inbound, answer_by: float, attempt: str, understood: Understood | None = None
) -> Heard:
    def change(crm: Crm) -> Heard:
        heard = receive(crm, inbound, answer_by, understood=understood)
        if heard.repeated and heard.passive and answer_by:
            crm.outbox.fetch_again(heard.reply_ids, attempt)
        return heard

    try:
        return await house.database.run(change)
    except StoreUnavailable:
        raise
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} at {where.name}, line {where.lineno}"
        log.exception("a bug while hearing a message of %s: %s", inbound.channel, what)
    return await _apologised(house, inbound, what)


async def _apologised(house: House, inbound: Inbound, what: str) -> Heard:
    try:
        return await house.database.run(lambda crm: apologise(crm, inbound, what))
    except StoreUnavailable:
        raise
    except Exception as error:
        log.exception("and another while apologising for it")
        raise StoreUnavailable("the message could not be kept") from error


async def _answer_late(house: House, hearing: asyncio.Task[Heard], attempt: str) -> None:
    """The response is gone; what was to be in it leaves by the sender, unless a repeated request has fetched it."""
    try:
        heard = await hearing
        if heard.passive:
            by = attempt if heard.repeated else ""
            await house.database.run(lambda crm: crm.outbox.give_to_sender(heard.reply_ids, by))
    except StoreUnavailable as problem:
        log.warning("a message was not accepted: %s", problem)
