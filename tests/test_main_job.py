"""The main job, end to end, over real sockets: an owner books in chat, the store has it, an advisor takes it."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.fakes.wecom import FakeWeComRobot
from tests.product import Product

GROUP, LI, WANG = -1001234567890, 1001, 7001
CLOCK = "2026-11-23T10:00:00+08:00"
WISH = "明天下午三点给粤B12345做保养"
MakeProduct = Callable[..., Product]


def opens(shop: Product) -> None:
    """A store with two bays and one advisor."""
    bays = ("--bays", "general=2,quick=1")
    assert shop.cli("store", "add", "ns", "深圳南山店", *bays).code == 0
    staff = shop.cli("staff", "add", "王工", "--role", "advisor", "--store", "ns", "--telegram", str(WANG))
    assert staff.code == 0, staff.err


def test_a_telegram_talk_ends_in_one_appointment_and_a_card_that_is_taken(
    telegram: FakeTelegram, product: MakeProduct
) -> None:
    group = telegram.group(GROUP, title="服务群")
    shop = product(telegram, CLOCK=CLOCK, TELEGRAM_STAFF_CHAT=str(GROUP), start=False)
    opens(shop)
    shop.start()
    li, wang = telegram.user(LI, first_name="李明"), telegram.user(WANG, first_name="王工")
    li.starts()
    wang.starts()
    li.says(WISH)
    li.waits_for("手机号")
    li.says("跳过")
    li.waits_for("请确认")
    sent = li.taps("确认预约")
    li.waits_for("已为您预约")
    card = group.waits_for("新预约")
    telegram.repeat(sent, 3)
    wang.taps("我来跟进", on=card)
    group.waits_for("王工 已领取")
    assert "粤B12345" in wang.waits_for("粤B12345").text
    assert "粤B12345" not in card.text
    document = shop.cli("owner", "粤B12345", "--json").json
    assert [(a["status"], a["service"]) for a in document["appointments"]] == [("booked", "maintenance")]
    assert len([m for m in li.inbox.texts if "已为您预约" in m]) == 1
    assert len([m for m in telegram.messages(GROUP) if "新预约" in m.text]) == 1


def test_an_encrypted_wechat_talk_ends_in_one_appointment_and_one_card(
    wechat: FakeWeChat, telegram: FakeTelegram, product: MakeProduct
) -> None:
    group = telegram.group(GROUP, title="服务群")
    shop = product(telegram, wechat, CLOCK=CLOCK, TELEGRAM_STAFF_CHAT=str(GROUP), start=False)
    opens(shop)
    shop.start()
    li = wechat.owner("oABCD1234567890abcdefghijklm")
    sent = li.says(WISH)
    assert "手机号" in li.inbox[-1].text
    assert li.inbox[-1].route == "passive"
    wechat.repeat(sent, 3)
    wechat.repeat_reencrypted(sent, 3)
    li.says("1")
    booked = li.says("好的")
    assert "已为您预约" in li.inbox[-1].text
    wechat.repeat(booked, 3)
    group.waits_for("新预约")
    document = shop.cli("owner", "粤B12345", "--json").json
    assert [a["status"] for a in document["appointments"]] == ["booked"]
    assert len([m for m in telegram.messages(GROUP) if "新预约" in m.text]) == 1
    assert wechat.calls_of("custom/send") == []


def test_the_robots_link_leads_to_the_signed_in_page(robot: FakeWeComRobot, product: MakeProduct) -> None:
    shop = product(robot, CLOCK=CLOCK, PUBLIC_URL="http://shop.test", start=False)
    opens(shop)
    shop.start()
    for number, text in enumerate((WISH, "跳过", "确认")):
        assert shop.post("/api/v1/chat/li-secret-account/messages", {"id": f"m{number}", "text": text}).status == 200
    post = robot.waits_for("新预约")
    assert any("/console/tasks/" in link for link in post.links)
    assert shop.get("/console/tasks/1").status == 401
    assert "粤B12345" not in str(post.body)
