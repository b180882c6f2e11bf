"""An owner rates a visit: talks that are also the documentation."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Refused
from flows.visit_rating import rated
from storage.crm import Crm
from tests.chat import Person, Shop
from tests.walkers import deploys

CHANNELS = ("web", "wechat", "telegram")


def served(shop: Shop, channel: str = "web", *, day: str = "2026-11-22", asked: bool = True) -> Person:
    """Li Ming's car was here yesterday; on Monday at ten he is asked how it was."""

    def record(crm: Crm) -> None:
        owner, car = crm.owners.add("李明", store_id=1), crm.vehicles.add("粤B12345")
        crm.vehicles.connect(owner.key, car.key)
        on = date.fromisoformat(day)
        crm.visits.add("W1", owner_id=owner.key, vehicle_id=car.key, store_id=1, visited_on=on, items="保养")
        crm.identities.give_to_owner(channel, "li", owner.key)

    shop.do(record)
    li = shop.stranger("li", channel)
    if channel == "wechat":
        shop.opens_window("li")
    if asked:
        assert [(i.step, i.decision) for i in shop.tick() if i.journey == "after_visit"] == [("csat", "send")]
        assert "11 月 22 日（周日） 粤B12345 保养，这次服务您满意吗" in li.was_told()
    return li


def marks(shop: Shop) -> int | None:
    return shop.ask(lambda crm: crm.visits.get(1).rating)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("said", ["5", "五星", "★★★★★", "很满意"])
def test_five_points_are_thanked_for_however_they_are_said(shop: Shop, channel: str, said: str) -> None:
    li = served(shop, channel)
    assert "谢谢您的 5 分" in li.says(said)
    assert marks(shop) == 5
    assert shop.cards() == []


@pytest.mark.parametrize(("said", "points"), [("四分", 4), ("不错", 4)])
def test_four_is_good(shop: Shop, said: str, points: int) -> None:
    li = served(shop)
    assert "谢谢您的 4 分" in li.says(said)
    assert marks(shop) == points


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_low_mark_reaches_the_manager_at_once(shop: Shop, channel: str) -> None:
    li = served(shop, channel)
    told = li.taps("2 分")
    assert "店长会在 48 小时内给您打电话" in told
    assert "哪里没做好" in told
    assert {card.title for card in shop.cards()} == {"流失预警 · 高风险", "低分回访，店长请致电 · 高风险"}
    assert "最晚联系：11 月 25 日（周三）10:00" in shop.cards("call_back")[0].text
    assert shop.ask(lambda crm: crm.owners.get(1).churn_level) == "high"
    assert "原话转给店长" in li.says("等了两个小时，还没洗干净")
    assert [i for i in shop.tick() if i.journey == "churn_alert"] == []


def test_only_who_takes_the_call_reads_what_went_wrong(shop: Shop) -> None:
    li, wang = served(shop), shop.advisor("王店长", "manager")
    li.says("太差")
    li.says("等了两个小时")
    card = shop.cards("call_back")[0]
    assert "等了两个小时" not in card.text
    wang.taps("take", on=card)
    assert "最近说：等了两个小时" in wang.sees(card)


def test_a_slip_of_the_finger_is_taken_back_with_its_cards(shop: Shop) -> None:
    li = served(shop)
    li.taps("1 分")
    assert "从 1 分改成 4 分，对吗" in li.says("点错了，是4分")
    assert "已改为 4 分" in li.says("对")
    assert marks(shop) == 4
    assert all("车主已更正" in card.text for card in shop.cards())
    assert shop.ask(lambda crm: crm.owners.get(1).churn_level) == "none"


def test_after_a_day_a_mark_stands(shop: Shop) -> None:
    li = served(shop)
    li.taps("5 分")
    shop.time_is("2026-11-24 10:30")
    assert "您已经评过 5 分" in li.taps("1 分")
    assert marks(shop) == 5


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_mark_nobody_asked_for_is_shown_with_its_visit_first(shop: Shop, channel: str) -> None:
    li = served(shop, channel, day="2026-11-10", asked=False)
    assert "11 月 10 日（周二） 粤B12345 保养，打 4 分，对吗" in li.says("上次服务打4分")
    assert marks(shop) is None
    assert "谢谢您的 4 分" in li.says("对")
    assert marks(shop) == 4


def test_a_visit_of_long_ago_is_not_rated(shop: Shop) -> None:
    li = served(shop, day="2026-09-01", asked=False)
    assert "最近 30 天没有查到" in li.says("上次服务打4分")


def test_nobody_is_asked_twice_nor_late_nor_at_night(shop: Shop) -> None:
    served(shop)
    assert [i for i in shop.tick() if i.journey == "after_visit"] == []
    old = shop.do(lambda crm: crm.owners.add("王芳").key)
    shop.do(lambda crm: crm.visits.add("W2", owner_id=old, visited_on=date(2026, 11, 19)).key)
    assert [i for i in shop.tick() if i.journey == "after_visit"] == []
    shop.do(lambda crm: crm.visits.add("W3", owner_id=old, visited_on=date(2026, 11, 23)).key)
    shop.time_is("2026-11-23 22:00")
    assert [i for i in shop.tick() if i.journey == "after_visit"] == []
    shop.time_is("2026-11-24 08:00")
    assert [i.occurrence for i in shop.tick() if i.journey == "after_visit"] == ["visit 3"]


def test_whom_wechat_shuts_out_is_asked_once_they_have_written(shop: Shop) -> None:
    served(shop, "web", asked=False)
    shop.do(lambda crm: crm.identities.lost(1))
    shop.do(lambda crm: crm.identities.give_to_owner("wechat", "li", 1))
    assert [i for i in shop.tick() if i.journey == "after_visit"] == []
    shop.opens_window("li")
    assert [i.decision for i in shop.tick() if i.journey == "after_visit"] == ["send"]


def test_a_rated_visit_is_not_asked_about(shop: Shop) -> None:
    li = served(shop, asked=False)
    li.says("给5分")
    li.says("对")
    assert [i for i in shop.tick() if i.journey == "after_visit"] == []


def test_somebody_elses_visit_cannot_be_rated(shop: Shop) -> None:
    served(shop)
    zhang = shop.stranger("zhang")
    assert "没有查到您的到店记录" in zhang.starts("rate_visit.1.1")
    with pytest.raises(Refused):
        shop.do(lambda crm: rated(crm, crm.owners.add("张").key, 1, 1))
    assert marks(shop) is None


def test_a_visit_that_turned_out_to_be_somebody_elses_is_not_rated(shop: Shop) -> None:
    li = served(shop, asked=False)
    assert "打 2 分，对吗" in li.says("上次服务打2分")

    def told_otherwise(crm: Crm) -> None:
        crm.visits.get(1).owner_id = crm.owners.add("张伟").key
        crm.session.flush()

    shop.do(told_otherwise)
    assert "没有查到您的到店记录" in li.says("对")
    assert marks(shop) is None


def test_a_talk_that_a_deploy_interrupts_does_not_ask_about_a_visit_that_is_gone(shop: Shop) -> None:
    li = served(shop, asked=False)
    li.starts("rate_visit")

    def told_otherwise(crm: Crm) -> None:
        crm.visits.get(1).owner_id = crm.owners.add("张伟").key
        crm.session.flush()

    shop.do(told_otherwise)
    deploys(li)
    assert "没有查到您的到店记录" in li.says("几点关门")


def test_in_english(shop: Shop) -> None:
    li = served(shop)
    assert "Thank you for the 5" in li.says("excellent service")
