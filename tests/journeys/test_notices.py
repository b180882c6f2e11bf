"""What an owner is told at once: the car is ready, the maker calls it back."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.messages import Bubble, Rank
from journeys import notices
from journeys.items import TickItem
from storage.crm import Crm
from tests.chat import Person, Shop


def li_ming(shop: Shop, channel: str = "telegram") -> Person:
    shop.owner("李明", plate="粤B12345")
    shop.do(lambda crm: crm.identities.give_to_owner(channel, "li-account", 1))
    return Person(shop, "li-account", channel)


def is_ready(shop: Shop, amount_fen: int = 58_000) -> TickItem | None:
    """The DMS says so now."""

    def ready(crm: Crm) -> TickItem | None:
        visit = crm.visits.tell("W1", "completed", crm.now, crm.now.date())
        assert visit is not None
        visit.owner_id, visit.vehicle_id, visit.store_id, visit.amount_fen = 1, 1, 1, amount_fen
        crm.session.flush()
        return notices.car_ready(crm, visit, [], crm.now)

    return shop.do(ready)


def queued(shop: Shop) -> list[tuple[str, datetime, int]]:
    """What waits for 李明: words, when, and its rank."""

    def rows(crm: Crm) -> list[tuple[str, datetime, int]]:
        best = crm.conversations.best_of_owner(1)
        found = crm.outbox.of_conversation(best[1].key) if best else []
        return [(Bubble.unpacked(crm.outbox.payload(row)).text, row.due_at, row.rank) for row in found]

    return shop.ask(rows)


@pytest.mark.parametrize(
    ("now", "due", "until"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00", "今天 18:00"),
        ("2026-11-23 17:59", "2026-11-23 17:59", "今天 18:00"),
        ("2026-11-23 18:30", "2026-11-23 18:30", "明天 18:00"),
        ("2026-11-23 21:30", "2026-11-24 08:00", "明天 18:00"),
        ("2026-11-24 06:00", "2026-11-24 08:00", "今天 18:00"),
    ],
)
def test_car_ready_comes_at_a_decent_hour_and_says_until_when(shop: Shop, now: str, due: str, until: str) -> None:
    li_ming(shop)
    shop.time_is(now)
    assert is_ready(shop) is not None
    text, moment, rank = queued(shop)[0]
    assert f"您的粤B12345已完工，可以来取车了。{until} 前都可以取。本次费用 580 元。" == text
    assert (moment, rank) == (shop.moment(due), Rank.SERVICE)


def test_while_the_store_is_open_the_night_does_not_matter(shop: Shop) -> None:
    li_ming(shop)

    def open_late(crm: Crm) -> None:
        store = crm.stores.by_code("s1")
        assert store is not None
        store.hours = "09:00-23:00"
        crm.session.flush()

    shop.do(open_late)
    shop.time_is("2026-11-23 21:30")
    is_ready(shop)
    assert queued(shop)[0][1] == shop.moment("2026-11-23 21:30")


def test_one_work_order_is_told_once(shop: Shop) -> None:
    li_ming(shop)
    assert is_ready(shop) is not None
    shop.time_is("2026-11-23 11:00")
    assert is_ready(shop) is None
    assert len(queued(shop)) == 1


def recalls(shop: Shop, campaign: str = "R2026-01") -> list[str]:
    def tell(crm: Crm) -> list[str]:
        text = "需免费更换高压线束。"
        return [item.decision for item in notices.recall(crm, campaign, text, crm.vehicles.get(1))]

    return shop.do(tell)


@pytest.mark.parametrize("channel", ["web", "wechat", "telegram"])
def test_a_recalled_cars_owner_is_told_once_per_campaign_and_can_book(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    if channel == "wechat":
        shop.opens_window("li-account")
    assert recalls(shop) == ["send"]
    assert recalls(shop) == []
    assert recalls(shop, "R2026-02") == ["send"]
    assert queued(shop)[0][0] == "召回通知：您的粤B12345在厂家召回范围内（编号 R2026-01）。需免费更换高压线束。"
    shop.do(lambda crm: crm.vehicles.connect(1, crm.vehicles.new("粤B77777"), fresh=True))
    li.starts("booking.1")
    li.says("明天下午三点保养")
    li.says("跳过")
    assert "粤B12345 保养" in queued(shop)[-1][0]


def test_every_owner_of_the_car_is_told(shop: Shop) -> None:
    li_ming(shop)

    def wife(crm: Crm) -> None:
        owner = crm.owners.add("王芳")
        crm.vehicles.connect(owner.key, 1)
        crm.identities.give_to_owner("web", "wang-account", owner.key)

    shop.do(wife)
    assert recalls(shop) == ["send", "send"]


def test_whose_account_takes_nothing_now_is_called(shop: Shop) -> None:
    li_ming(shop, "wechat")
    assert recalls(shop) == ["task"]


def test_who_has_no_account_is_called(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345")
    assert recalls(shop) == ["task"]
    assert recalls(shop) == []
    assert "需免费更换高压线束" in shop.cards("recall_call")[0].text
