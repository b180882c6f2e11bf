"""WeCom's AI bot (智能机器人): cards with real buttons in the staff group, over one long connection.

The platform lets a card change only as the answer to a tap, within five seconds. What a tap waits for is therefore
remembered here and nowhere else: after a crash it is too late anyhow, and the change is posted.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.channels import Outgoing
from bot.channels import wecom_bot_wire as wire
from bot.channels.body import parts_of
from bot.channels.wecom_bot_card import small_card, template_card, words_before
from bot.channels.wecom_bot_line import Line
from bot.channels.wecom_card import LONGEST_MARKDOWN, plain, size
from bot.settings import Settings
from core.errors import DeliveryFailed
from core.limits import LINE, LineRules
from core.messages import Bubble, Card, Inbound, Kind, TapAnswer
from core.say import StaffSay

log = logging.getLogger(__name__)
Take = Callable[[Inbound], Coroutine[Any, Any, None]]
MOST_WAITING = 500  # taps and words; beyond that the oldest are forgotten


@dataclass(slots=True)
class Waiting:
    """A tap or words that the platform wants an answer to."""

    inbound: Inbound
    came: float  # on the monotonic clock
    answered: bool = False


class WeComBotChannel:
    """Sends while this process holds the line; `away` otherwise."""

    name = "wecom_bot"
    edits_cards = False
    edits_on_tap = True

    def __init__(self, settings: Settings, rules: LineRules = LINE) -> None:
        self.rules = rules
        self._id, self._secret = settings.wecom_bot_id, settings.wecom_bot_secret.get_secret_value()
        self._url = settings.wecom_ws_base
        self._page = settings.public_url
        self._zone = settings.zone
        self._line: Line | None = None
        self._waiting: dict[str, Waiting] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def away(self) -> bool:
        return self._line is None

    async def hold(self, take: Take, connected: Callable[[], None]) -> None:
        """Be the one connection and hand over what people do, until it ends. Raises DeliveryFailed, Kicked."""
        line = await Line.open(self._url, self.rules)
        tasks = [asyncio.create_task(self._listen(line, take))]
        try:
            await line.request(wire.subscribe(line.number("aibot_subscribe"), self._id, self._secret))
            self._line = line
            tasks.append(asyncio.create_task(line.stay_awake()))
            connected()
            await tasks[0]
        finally:
            self._line = None
            await line.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def send(self, outgoing: Outgoing) -> str:
        """The id of a card, "" for words. Raises DeliveryFailed."""
        content, line = outgoing.content, self._held()
        if isinstance(content, TapAnswer):
            await (self._answer_words(line, content) if content.chat else self._answer_tap(line, outgoing, content))
            return ""
        if isinstance(content, Bubble):
            await _post_words(line, outgoing.address, content.numbered())
            return ""
        if before := words_before(content):
            await line.request(wire.post_words(line.number("aibot_send_msg"), outgoing.address, before))
        number = f"t{content.task_id}-{secrets.token_hex(8)}"
        card = template_card(content, number, self._say(outgoing.language), self._page_of(content))
        await line.request(wire.post(line.number("aibot_send_msg"), outgoing.address, "template_card", card))
        return number

    async def reassure(self, tap_id: str) -> None:
        """Nothing can be answered yet: say so while the platform listens. Once it is done, it is posted."""
        waiting, say = self._waiting.get(tap_id), self._say("zh")
        if waiting is None or waiting.answered or self._line is None:
            return
        waiting.answered, inbound = True, waiting.inbound
        if inbound.kind is Kind.CHOICE:
            card = small_card(inbound.card, inbound.choice, say.under_way(), say.tap_again())
            frame = wire.update_card(tap_id, card, only_for=inbound.account)
        else:
            frame = wire.answer_words(tap_id, say.say_again())
        try:
            await self._line.request(frame)
        except DeliveryFailed as problem:
            log.warning("a tap in WeCom got no answer in time: %s", problem)

    def forget(self, tap_id: str) -> None:
        """It was a repetition: whoever did it has the answer, or gets it."""
        self._waiting.pop(tap_id, None)

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _listen(self, line: Line, take: Take) -> None:
        async for frame in line.callbacks():
            inbound = wire.read(frame)
            if inbound is None or inbound.tap_id in self._waiting:
                continue
            self._waiting[inbound.tap_id] = Waiting(inbound, time.monotonic())
            for oldest in list(self._waiting)[:-MOST_WAITING]:
                del self._waiting[oldest]
            self._start(take(inbound))
            if inbound.kind is Kind.CHOICE:
                self._start(self._reassure_in_time(inbound.tap_id))

    async def _reassure_in_time(self, tap_id: str) -> None:
        await asyncio.sleep(self.rules.reassures_after)
        await self.reassure(tap_id)

    async def _answer_words(self, line: Line, answer: TapAnswer) -> None:
        waiting = self._waiting.pop(answer.tap_id, None)
        if waiting and not waiting.answered and time.monotonic() < waiting.came + self.rules.words_last:
            try:
                await line.request(wire.answer_words(answer.tap_id, plain(answer.text)))
                return
            except DeliveryFailed as problem:
                if not problem.permanent:
                    raise
        await _post_words(line, answer.chat, answer.text)

    async def _answer_tap(self, line: Line, outgoing: Outgoing, answer: TapAnswer) -> None:
        """The card for everybody; what only the tapper must know, on their copy of it."""
        waiting = self._waiting.get(answer.tap_id)
        if waiting is None or waiting.answered or time.monotonic() > waiting.came + self.rules.tap_lasts:
            raise DeliveryFailed("the tap has been waiting for too long", permanent=True)
        waiting.answered, inbound, say = True, waiting.inbound, self._say(outgoing.language)
        if outgoing.card is None:
            card = small_card(inbound.card, inbound.choice, answer.text, say.tap_again())
        else:
            told = answer.text if answer.alert else ""
            card = template_card(outgoing.card, inbound.card, say, self._page_of(outgoing.card), told)
        alone = answer.alert or outgoing.card is None
        await line.request(wire.update_card(answer.tap_id, card, only_for=inbound.account if alone else ""))

    def _held(self) -> Line:
        if self._line is None:
            raise DeliveryFailed("WeCom is not connected", retry_after=1.0)
        return self._line

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _say(self, language: str) -> StaffSay:
        return StaffSay(language, self._zone)

    def _page_of(self, card: Card) -> str:
        return f"{self._page}/console/tasks/{card.task_id}" if self._page else ""


async def _post_words(line: Line, chat: str, text: str) -> None:
    for part in parts_of(plain(text), LONGEST_MARKDOWN, size):
        await line.request(wire.post_words(line.number("aibot_send_msg"), chat, part))
