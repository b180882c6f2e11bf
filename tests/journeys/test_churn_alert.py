"""Owners about to leave are seen, with reasons, once."""

from __future__ import annotations

from datetime import date

import journeys
from storage.crm import Crm
from tests.chat import Shop


def raised(shop: Shop) -> list[journeys.TickItem]:
    """What a tick says about owners who may leave."""
    return [item for item in shop.tick() if item.journey == "churn_alert"]


def test_an_owner_whose_maintenance_is_overdue_gets_a_card(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2025-11-01", due="2026-11-01")
    items = raised(shop)
    assert [(item.step, item.decision, item.plate) for item in items] == [("risk", "task", "粤B12345")]
    text = shop.cards("churn_alert")[0].text
    assert "李*" in text
    assert "粤B·**45" in text
    assert "11 月 1 日（周日）" in text


def test_the_same_tick_again_does_nothing(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2025-11-01", due="2026-11-01")
    shop.tick()
    assert raised(shop) == []
    shop.time_is("2026-11-24 10:00")
    assert raised(shop) == []
    assert len(shop.cards()) == 1


def test_three_months_away_is_only_watched(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2026-08-23", due="2027-08-23")
    assert [(item.step, item.decision) for item in raised(shop)] == [("watch", "skip")]
    assert shop.cards() == []
    assert shop.ask(lambda crm: crm.owners.get(1).churn_level) == "watch"


def test_a_car_that_only_the_old_crm_knew_is_watched_too(shop: Shop) -> None:
    def moved_over(crm: Crm) -> None:
        owner, car = crm.owners.add("李明", store_id=1), crm.vehicles.add("粤B12345", last_service_on=date(2026, 7, 1))
        crm.vehicles.connect(owner.key, car.key)

    shop.do(moved_over)
    assert [item.step for item in raised(shop)] == ["watch"]


def test_before_nine_it_is_still_yesterday(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2026-08-24", due="2027-08-24")
    shop.time_is("2026-11-24 08:59")
    assert raised(shop) == []
    shop.time_is("2026-11-24 09:00")
    assert [item.step for item in raised(shop)] == ["watch"]


def test_a_low_rating_is_high_at_once(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2026-11-20")

    def rate(crm: Crm) -> None:
        crm.visits.of_owner(1)[0].rating = 3

    shop.do(rate)
    assert [item.step for item in raised(shop)] == ["high"]
    assert "高风险" in shop.cards()[0].title


def test_who_books_is_no_longer_chased(shop: Shop) -> None:
    li = shop.owner("李明", plate="粤B12345", last_visit="2025-11-01", due="2026-11-01", account="li-account")
    shop.tick()
    li.says("明天下午三点做保养")
    li.says("跳过")
    li.says("确认")
    assert "车主已约" in shop.cards("churn_alert")[0].text
    shop.time_is("2026-11-24 10:00")
    shop.tick()
    assert shop.ask(lambda crm: crm.owners.get(1).churn_level) == "watch"


def test_a_backlog_is_spread_over_days(shop: Shop) -> None:
    for number in range(35):
        shop.owner(f"车主{number}", plate=f"粤B{10000 + number}", last_visit="2025-10-01", due="2026-10-01")
    assert sum(item.decision == "task" for item in raised(shop)) == 30
    assert raised(shop) == []
    shop.time_is("2026-11-24 10:00")
    assert sum(item.decision == "task" for item in raised(shop)) == 5


def test_a_dry_run_writes_nothing(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2025-11-01", due="2026-11-01")
    assert len([i for i in shop.ask(journeys.tick) if i.journey == "churn_alert"]) == 1
    assert shop.cards() == []
    assert len(raised(shop)) == 1


def test_who_ticks_all_day_looks_once_a_day(shop: Shop) -> None:
    done = journeys.tick_on(shop.do, None)
    shop.owner("李明", plate="粤B12345", last_visit="2025-11-01", due="2026-11-01")
    assert journeys.tick_on(shop.do, done) == done
    assert shop.cards() == []
    shop.time_is("2026-11-24 09:00")
    assert journeys.tick_on(shop.do, done) != done
    assert len(shop.cards()) == 1
