"""How much marketing an owner gets in 30 days, over all channels, the more important first; two workers at once too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.channels import Outgoing
from bot.deliveries import Claims, take
from core.messages import Bubble, Rank
from journeys.step import Happening, send
from storage.consents import MARKETING
from storage.crm import Crm
from storage.outbox_rows import OUTBOX
from tests.chat import Shop
from tests.storage.conftest import postgres_copy
from tests.storage.two import together, transaction

DAY = timedelta(days=1)
ELSEWHERE = {"destination": "telegram:identity:2", "chain": "another"}  # so that both may fly at once


class Silent:
    """A channel that is there."""

    name, edits_cards = "telegram", True
    edits_on_tap = away = False

    async def send(self, outgoing: Outgoing) -> str:
        return ""

    async def close(self) -> None:
        return


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """Li Ming allows marketing and has two accounts of Telegram."""
    on_sqlite = request.param == "sqlite"
    with Shop(f"sqlite:///{tmp_path}/shop.db") if on_sqlite else Shop(postgres_copy(), stores=()) as shop:
        li_ming(shop)
        yield shop


def li_ming(shop: Shop) -> None:
    def record(crm: Crm) -> None:
        owner = crm.owners.add("李明", store_id=1)
        crm.consents.write(owner.key, MARKETING, "*", True)
        for account in ("1001", "1002"):
            crm.identities.give_to_owner("telegram", account, owner.key)

    shop.do(record)


def decides(shop: Shop, journey: str, rank: Rank = Rank.MARKETING, number: int = 1) -> str:
    """ "send", or the reason not to."""
    what = Happening(journey, "s", f"{number}", 1)
    item = shop.do(lambda crm: send(crm, what, Bubble(journey), rank, 2 * DAY))
    assert item is not None
    return item.reason or item.decision


def leaving(crm: Crm, worker: str = "a", limit: int = 100) -> list[str]:
    """The words that one look of a sender lets out."""
    ready = take(crm, Claims(worker, 0.0, limit, {"telegram": Silent()}))
    crm.outbox.all_left([(one.row_id, "") for one in ready])
    return [one.outgoing.content.text for one in ready]


def leaves(shop: Shop) -> list[str]:
    """All that may leave now."""
    found: list[str] = []
    for _ in range(shop.ask(lambda crm: crm.outbox.waiting())):
        found += shop.do(leaving)
    return found


def ends(shop: Shop, state: str) -> None:
    """What flies now ends like that."""

    def end(crm: Crm) -> None:
        for one in take(crm, Claims("a", 0.0, 100, {"telegram": Silent()})):
            crm.outbox.give_up(one.row_id, state, "no answer")

    shop.do(end)


def passes_days(shop: Shop, days: int) -> None:
    shop.clock.advance_to(shop.clock.now() + days * DAY)


def capped(shop: Shop, cap: int) -> None:
    facts = shop.database.shop
    gate = replace(facts.policy.gate, cap_per_30_days=cap)
    shop.database.shop = replace(facts, policy=replace(facts.policy, gate=gate))


def test_the_third_message_in_30_days_is_a_skip_and_service_is_none(shop: Shop) -> None:
    assert [decides(shop, "festival", number=n) for n in range(3)] == ["send", "send", "cap"]
    assert decides(shop, "maintenance_due", Rank.SERVICE) == "send"
    assert len(leaves(shop)) == 3


def test_without_a_cap_everything_goes(shop: Shop) -> None:
    capped(shop, 0)
    assert [decides(shop, "festival", number=n) for n in range(5)] == ["send"] * 5
    assert len(leaves(shop)) == 5


def test_30_days_later_there_is_room_again(shop: Shop) -> None:
    decides(shop, "festival")
    decides(shop, "nurture")
    assert len(leaves(shop)) == 2
    passes_days(shop, 29)
    assert decides(shop, "birthday") == "cap"
    passes_days(shop, 1)
    assert decides(shop, "birthday", number=2) == "send"


def test_the_more_important_takes_the_place_of_what_waits(shop: Shop) -> None:
    assert [decides(shop, one) for one in ("campaign:spring", "festival", "birthday", "win_back")] == ["send"] * 4
    assert sorted(leaves(shop)) == ["birthday", "win_back"]
    steps = shop.ask(lambda crm: {one.journey: one.reason for one in crm.steps.of_owner(1)})
    assert steps == {"campaign:spring": "cap", "festival": "cap", "birthday": "", "win_back": ""}


def test_what_has_left_keeps_its_place(shop: Shop) -> None:
    decides(shop, "campaign:spring")
    decides(shop, "festival")
    assert len(leaves(shop)) == 2
    assert decides(shop, "birthday") == "cap"


def test_what_did_not_arrive_does_not_count(shop: Shop) -> None:
    decides(shop, "festival")
    decides(shop, "nurture")
    ends(shop, "failed")
    assert decides(shop, "birthday") == "send"


def test_what_may_have_arrived_counts(shop: Shop) -> None:
    capped(shop, 1)
    decides(shop, "festival")
    ends(shop, "unknown")
    assert decides(shop, "birthday") == "cap"


def test_marketing_that_no_journey_decided_counts_too(shop: Shop) -> None:
    for words in ("一", "二", "三"):
        shop.do(lambda crm, w=words: crm.outbox.tell_owner(1, Bubble(w), Rank.MARKETING, DAY) and None)  # type: ignore[misc]
    assert leaves(shop) == ["一", "二"]


def test_two_workers_at_once_let_out_no_more_than_the_cap() -> None:
    with Shop(postgres_copy(), stores=()) as shop:
        li_ming(shop)
        capped(shop, 1)
        decides(shop, "festival")
        with transaction(shop) as first:
            out = leaving(first, "a")
            decides(shop, "birthday")
            shop.do(lambda crm: crm.connection.execute(update(OUTBOX).where(OUTBOX.c.id == 2).values(ELSEWHERE)))
            with transaction(shop) as second:
                out += leaving(second, "b")
        assert shop.ask(lambda crm: crm.outbox.waiting()) == 1
        shop.clock.advance_to(shop.clock.now() + timedelta(seconds=2))
        assert out + leaves(shop) == ["festival"]


def test_two_ticks_at_once_show_no_more_than_the_cap_in_the_web_chat() -> None:
    with Shop(postgres_copy(), stores=()) as shop:
        capped(shop, 1)

        def record(crm: Crm) -> None:
            owner = crm.owners.add("李明", store_id=1)
            crm.consents.write(owner.key, MARKETING, "*", True)
            crm.conversations.begun_with(crm.identities.give_to_owner("web", "li-account", owner.key))

        def tick(crm: Crm, journey: str) -> str:
            item = send(crm, Happening(journey, "s", "1", 1), Bubble(journey), Rank.MARKETING, DAY)
            return item.decision if item else ""

        shop.do(record)
        out = together(shop, [lambda crm, j=j: tick(crm, j) for j in ("birthday", "festival", "nurture", "own")])  # type: ignore[misc]
        assert sorted(map(str, out)) == ["send", "skip", "skip", "skip"]
