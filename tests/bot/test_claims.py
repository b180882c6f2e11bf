"""A sender that dies in the middle, and several senders at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from bot import claimants
from bot.sender import Sender
from core.messages import Rank
from storage.consents import MARKETING
from tests.bot.office import Office
from tests.fakes.telegram import FakeTelegram

KEYS = "1:" + "A" * 43 + "="


def name_of_the_dead() -> str:
    """The name of a sender whose process has ended."""
    code = "from bot import claimants; print(claimants.new_name())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_living_are_told_from_the_dead() -> None:
    me, gone = claimants.new_name(), name_of_the_dead()
    elsewhere = "another machine:1:1:1"
    machine, pid, _, number = me.split(":")
    earlier = f"{machine}:{pid}:77:{number}"  # of the same number, before the machine was restarted
    assert claimants.dead([me, gone, elsewhere, earlier]) == [gone, earlier]


def test_what_a_dead_sender_had_in_hand_leaves_at_the_next_start(telegram: FakeTelegram) -> None:
    with Office(telegram) as office:
        telegram.user(1001).person.started = True
        row = office.queue("telegram", office.identity("telegram", "1001"), "您好")
        office.crm(lambda crm: crm.outbox.claim(name_of_the_dead(), time.time(), 10))
        assert office.state(row) == "claimed"
        office.sends()
        assert office.state(row) == "sent"


def test_marketing_of_a_dead_sender_is_not_repeated(telegram: FakeTelegram) -> None:
    with Office(telegram) as office:
        owner = office.owner("李明")
        office.crm(lambda crm: crm.consents.write(owner, MARKETING, "*", True))
        li = office.identity("telegram", "1001", owner)
        row = office.queue("telegram", li, "八折", Rank.MARKETING)
        office.crm(lambda crm: crm.outbox.claim(name_of_the_dead(), time.time(), 10))
        office.sends()
        assert office.state(row) == "unknown"


def test_what_another_machine_holds_waits_for_its_lease(telegram: FakeTelegram) -> None:
    with Office(telegram) as office:
        telegram.user(1001).person.started = True
        li = office.identity("telegram", "1001")
        held = office.queue("telegram", li, "一")
        office.crm(lambda crm: crm.outbox.claim("elsewhere:1:1:1", time.time(), 10))
        behind = office.queue("telegram", li, "二")
        office.sends()
        assert (office.state(held), office.state(behind)) == ("claimed", "queued")
        office.crm(lambda crm: crm.outbox.recover(time.time() + 61))
        office.sends()
        assert telegram.user(1001).inbox.texts == ["一", "二"]


def test_a_claim_whose_answer_was_lost_is_taken_up_again(telegram: FakeTelegram) -> None:
    """The database went away in the very commit of the claim: the sender never heard of its rows."""
    with Office(telegram) as office:
        telegram.user(1001).person.started = True
        row = office.queue("telegram", office.identity("telegram", "1001"), "您好")

        async def story() -> None:
            sender = Sender(office.house)
            await office.house.database.run(lambda crm: crm.outbox.claim(sender.worker, time.time(), 10))
            await sender.drain()
            await office.house.channels["telegram"].close()

        asyncio.run(story())
        assert office.state(row) == "sent"


def test_a_sender_that_is_stopped_lets_land_what_flies(telegram: FakeTelegram) -> None:
    with Office(telegram) as office:
        telegram.user(1001).person.started = True
        row = office.queue("telegram", office.identity("telegram", "1001"), "您好")
        telegram.hang_next(1, seconds=0.5, only="sendMessage")

        async def story() -> None:
            sender = Sender(office.house)
            running = asyncio.create_task(sender.run())
            await asyncio.to_thread(telegram.wait_for, lambda: telegram.calls_of("sendMessage"))
            sender.stop()
            await running
            await office.house.channels["telegram"].close()

        asyncio.run(story())
        assert office.state(row) == "sent"


@pytest.mark.parametrize("senders", [3])
def test_several_senders_send_everything_once_and_in_order(
    telegram: FakeTelegram, postgres_url: str, senders: int
) -> None:
    with Office(telegram, DATABASE_URL=postgres_url, ENCRYPTION_KEYS=KEYS) as office:
        people = range(3001, 3041)
        for person in people:
            telegram.user(person).person.started = True
            li = office.identity("telegram", str(person))
            for number in range(3):
                office.queue("telegram", li, f"第{number}条")

        async def story() -> None:
            await asyncio.gather(*(Sender(office.house).drain() for _ in range(senders)))
            await Sender(office.house).drain()
            await office.house.channels["telegram"].close()

        asyncio.run(story())
        for person in people:
            assert telegram.user(person).inbox.texts == ["第0条", "第1条", "第2条"]
        assert {row.state for row in office.rows()} == {"sent"}
        assert {row.attempts for row in office.rows()} == {1}


def test_a_retry_does_not_let_the_next_one_overtake(telegram: FakeTelegram) -> None:
    with Office(telegram) as office:
        telegram.user(1001).person.started = True
        li = office.identity("telegram", "1001")
        rows = [office.queue("telegram", li, text, life=timedelta(days=1)) for text in ("一", "二")]
        telegram.fail_next(1, 429, retry_after=600)
        office.sends()
        office.sends(after=300)
        assert [office.state(row) for row in rows] == ["queued", "queued"]
        office.sends(after=301)
        assert telegram.user(1001).inbox.texts == ["一", "二"]
