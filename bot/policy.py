"""The policy file of a running process: read at the start, and taken anew when it has changed for the good."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import SettingsProblem
from core.errors import BadInput, StoreUnavailable
from core.holidays import Calendar, read_calendar
from core.policy import Policy
from core.policy_file import PolicyProblems, read_policy
from core.policy_reading import Problem

if TYPE_CHECKING:
    from bot.house import House

log = logging.getLogger(__name__)
LOOKS_EVERY = 1.0  # seconds of real time


def text_of(file: str) -> str:
    """What the policy file says; nothing where none is set. Raises SettingsProblem."""
    try:
        return Path(file).read_bytes().decode("utf-8-sig") if file else ""
    except OSError as error:
        raise SettingsProblem(f"HUICHE_POLICY: {file} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise SettingsProblem(f"HUICHE_POLICY: {file} cannot be read: it is not UTF-8") from None


def policy_of(file: str) -> Policy:
    """The policy of that file, or the `nev` preset. Raises SettingsProblem: the first problem, and how many more."""
    return read_or_refuse(text_of(file), file)


def read_or_refuse(text: str, file: str) -> Policy:
    """The same for a text that was read already, with the file of holidays that it names."""
    try:
        policy = read_policy(text)
    except PolicyProblems as wrong:
        raise SettingsProblem(f"HUICHE_POLICY: {_in_one_line(wrong.problems, file)}") from None
    name = policy.gate.calendar_file
    return replace(policy, gate=replace(policy.gate, calendar=_calendar(name, file))) if name else policy


def _calendar(name: str, policy: str) -> Calendar:
    try:
        return read_calendar((Path(policy).parent / name).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadInput) as error:
        raise SettingsProblem(f"HUICHE_POLICY: {policy}: calendar {name}: {error}") from None


def _in_one_line(problems: Sequence[Problem], file: str) -> str:
    more = f" ({len(problems) - 1} more: huiche policy check {file})" if len(problems) > 1 else ""
    return f"{file}:{problems[0]}{more}"


class PolicyWatch:
    """Looks at the file every second. A text counts once it was there twice: editors do not write in one go."""

    def __init__(self, house: House) -> None:
        self.house, self.file = house, house.settings.policy
        self.seen = self.judged = (house.policy_text, "")  # a text, or why there is none
        self.kept = False  # whether the store knows what is in force

    async def run(self) -> None:
        while self.file or not self.kept:
            with contextlib.suppress(StoreUnavailable):
                await self.look()
            await asyncio.sleep(LOOKS_EVERY)

    async def look(self) -> None:
        """Use what is good from the next turn and tick on; what is bad changes nothing and is logged once."""
        before, self.seen = self.seen, await asyncio.to_thread(_look_at, self.file)
        if before == self.seen != self.judged:
            self.judged = self.seen
            self._judge(*self.seen)
        if not self.kept:
            await keep(self.house)
            self.kept = True

    def _judge(self, text: str, trouble: str) -> None:
        if not trouble:
            try:
                self.house.take(read_or_refuse(text, self.file), text)
            except SettingsProblem as problem:
                trouble = str(problem)
        if trouble:
            log.error("the policy stays as it was: %s", trouble)
            return
        self.kept = False


def _look_at(file: str) -> tuple[str, str]:
    try:
        return text_of(file), ""
    except SettingsProblem as problem:
        return "", str(problem)


async def keep(house: House) -> None:
    """Write down which text is in force."""
    text, preset = house.policy_text, house.shop.policy.preset
    number = await house.database.run(lambda crm: crm.policies.take(text, preset))
    log.info("policy version %d (%s) is in force", number, preset)
