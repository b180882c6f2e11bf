"""One message a morning instead of a flood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from journeys import digest
from storage.crm import Crm
from tests.chat import Shop
from tests.handlers.test_orders import notes
from tests.storage.two import together


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """Two stores that share the Telegram group of the settings."""
    with Shop(f"sqlite:///{tmp_path}/shop.db", stores=("深圳南山店", "深圳福田店")) as two:
        two.database.shop = replace(two.database.shop, staff_page=False, telegram=True, telegram_staff_chat="-1001")
        yield two


def a_morning(shop: Shop) -> None:
    """An owner on watch, a card that has waited too long, one that was done."""
    shop.owner("李明", plate="粤B12345", last_visit="2026-05-02")
    shop.do(lambda crm: crm.update(type(crm.owners.get(1)), 1, {"churn_level": "watch"}))
    wang = shop.advisor("王工")
    for _ in range(2):
        shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1, owner_id=1))
    card = shop.cards()[0]
    wang.taps("take", on=card)
    wang.taps("booked", on=card)
    shop.time_is("2026-11-23 18:00")
    shop.tick()


def test_the_group_hears_once_what_is_on_and_nobody_s_name(shop: Shop) -> None:
    a_morning(shop)
    shop.time_is("2026-11-24 08:29")
    shop.do(digest.run)
    assert notes(shop) == []
    shop.time_is("2026-11-24 08:30")
    together(shop, [digest.run] * 5)
    (told,) = notes(shop)
    assert told.splitlines() == [
        "早上好，深圳南山店 11 月 24 日（周二）",
        "未完成任务 1 条，其中 1 条等了太久",
        "关注车主 1 位：李* 粤B·**45",
        "昨天完成任务 1 条",
    ]


def test_a_morning_with_nothing_to_tell_is_quiet(shop: Shop) -> None:
    shop.time_is("2026-11-24 09:00")
    shop.do(digest.run)
    shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1))
    shop.do(digest.run)
    assert notes(shop) == []


def test_a_shop_that_was_down_all_morning_is_not_told_at_night(shop: Shop) -> None:
    shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1))
    shop.time_is("2026-11-24 20:00")
    shop.do(digest.run)
    assert notes(shop) == []


def test_the_boss_reads_every_store_and_what_the_staff_suggest(shop: Shop) -> None:
    def staffed(crm: Crm) -> None:
        crm.staff.add("孙总", "boss", 1, telegram="9001").started_bot = True
        wang = crm.staff.add("王工", "advisor", 2)
        crm.tasks.open("churn_alert", store_id=2)
        crm.feedback.add(wang.key, "按钮太小")

    shop.do(staffed)
    shop.time_is("2026-11-24 08:30")
    shop.do(digest.run)
    boss = notes(shop)[-1]
    assert "深圳福田店" in boss
    assert "建议（王工）：按钮太小" in boss
    shop.clock.advance_to(shop.clock.now() + timedelta(days=1))
    shop.do(digest.run)
    assert "按钮太小" not in notes(shop)[-1]


def test_a_closed_store_has_no_morning(shop: Shop) -> None:
    shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1))
    shop.do(lambda crm: crm.stores.close_on(shop.moment("2026-11-24 08:30").date()))
    shop.time_is("2026-11-24 08:30")
    shop.do(digest.run)
    assert notes(shop) == []
