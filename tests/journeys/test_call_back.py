"""A low rating is called back within 48 hours, or the boss hears of it."""

from __future__ import annotations

from journeys import call_back
from tests.chat import Shop


def rated(shop: Shop) -> None:
    owner = shop.owner("李明", plate="粤B12345", last_visit="2026-11-22", account="li-account-1")
    owner.starts("rate_visit.1.2")
    assert len(shop.cards("call_back")) == 1


def test_after_48_hours_the_boss_has_a_card_once(shop: Shop) -> None:
    rated(shop)
    shop.time_is("2026-11-25 09:59")
    assert shop.do(call_back.run) == []
    shop.time_is("2026-11-25 10:00")
    assert [(one.journey, one.step, one.decision) for one in shop.do(call_back.run)] == [("call_back", "late", "task")]
    assert shop.do(call_back.run) == []
    (late,) = shop.cards("call_back_late")
    assert "评分：2 / 5" in late.text


def test_who_called_in_time_hears_nothing_more(shop: Shop) -> None:
    rated(shop)
    manager = shop.advisor("钱店长", "manager")
    manager.taps("take", on=shop.cards("call_back")[0])
    manager.taps("done", on=shop.cards("call_back")[0])
    shop.time_is("2026-11-26 10:00")
    assert shop.do(call_back.run) == []
