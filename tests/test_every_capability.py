"""What an owner can do in chat (A1–A14), each as one short talk, on each channel's own protocol.

A line is what the owner says, or taps in brackets, and what they read then. The same lines are spoken to the web chat
over HTTP, to the Telegram webhook, and as sealed WeChat messages.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.wiring import open_house
from core.clock import StoppedClock
from storage.consents import MARKETING
from storage.crm import Crm
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.phones import Phone, TelegramPhone, WebPhone, WeChatPhone
from tests.product import Product

CLOCK, NEXT_DAY = "2026-11-23T10:00:00+08:00", "2026-11-24T10:00:00+08:00"
TODAY = date(2026, 11, 23)
SECRET = "secret-of-the-dms"
CHANNELS = ("web", "telegram", "wechat")
Talk = tuple[tuple[str, str], ...]

TALKS: dict[str, Talk] = {
    "A1 book": (
        ("明天下午三点做保养", "请确认"),
        ("[确认预约]", "已为您预约"),
        ("", "优惠活动也要在这里告诉您吗"),
        ("[不用]", "只发服务通知"),
    ),
    "A2 move and cancel": (
        ("后天上午十点做保养", "请确认"),
        ("[确认预约]", "已为您预约"),
        ("", "优惠活动也要在这里告诉您吗"),
        ("[不用]", "只发服务通知"),
        ("改到后天下午四点", "16:00"),
        ("[确认改期]", "已改到"),
        ("取消预约", "确定取消"),
        ("[取消预约]", "已取消"),
    ),
    "A3 birthday coupon": (("领生日券", "已领取生日礼券：8 折"), ("我的券", "券码")),
    "A5 rate a visit": (("上次服务打5分", "谢谢您的 5 分"),),
    "A6 complain": (("我要投诉，上次把车门刮花了", "投诉已登记"), ("投诉进度", "12:00 前联系您")),
    "A7 refer a friend": (("我想介绍朋友来", "您的介绍码"),),
    "A8 consent": (("以后有优惠告诉我", "随时可回复“退订”"), ("退订", "已退订")),
    "A9 ask": (("你们几点关门", "09:00-18:00"), ("我上次什么时候来的", "2026 年 8 月 17 日")),
    "A10 reach a person": (("人工", "已请顾问"),),
    "A11 my data": (("我的资料", "138****"), ("谁看过我的资料", "还没有员工看过")),
    "A13 complete the profile": (("谢谢", "您的生日"), ("1986年5月3日", "已保存：生日 1986 年 5 月 3 日")),
    "A14 answer a recommendation": (("别再给我推延保了", "不再给您推荐延保"),),
}
ON_WECHAT: dict[str, Talk] = {  # where the shop may ask only once the owner has written
    "A5 rate a visit": (("上次服务打5分", "打 5 分，对吗"), ("对", "谢谢您的 5 分")),
}
SHOP_FIRST: dict[str, Talk] = {
    "A4 win-back survey": (("你好", "您好"), ("", "有 3 个月没见您"), ("太贵了", "价格偏高"), ("[对]", "礼券")),
    "A12 be told": (("你好", "您好"), ("", "可以来取"), ("谢谢", "不客气")),
}
NAMES = (*TALKS, *SHOP_FIRST)


@dataclass(frozen=True)
class Shop:
    """The running product, and what its owners hold in their hands."""

    product: Product
    phones: dict[str, Callable[[str], Phone]]

    def phone(self, name: str, channel: str) -> Phone:
        return self.phones[channel](account(name, channel))


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with FakeTelegram() as telegram, FakeWeChat() as wechat:
        product = Product(platforms=(telegram, wechat), CLOCK=CLOCK, DMS_SECRET=SECRET)
        url = f"sqlite:///{product.directory}/huiche.db"
        house = open_house(Settings(database_url=url), clock=StoppedClock(datetime.fromisoformat(CLOCK)))
        house.database.transact(furnish)
        house.database.close()
        phones: dict[str, Callable[[str], Phone]] = {
            "web": lambda one: WebPhone(product, one),
            "telegram": lambda one: TelegramPhone(telegram.user(int(one), "李明")),
            "wechat": lambda one: WeChatPhone(wechat.owner(one)),
        }
        with product:
            yield Shop(product, phones)


def furnish(crm: Crm) -> None:
    """A store with room for everybody, and an owner for each talk on each channel."""
    crm.stores.add("ns", "深圳南山店", bays={"general": 30})
    crm.staff.add("王工", "advisor", 1)
    for name in NAMES:
        for channel in CHANNELS:
            an_owner(crm, name, channel)


def an_owner(crm: Crm, name: str, channel: str) -> None:
    owner = crm.owners.add(f"李{name.split()[0]}", store_id=1, source="到店")
    crm.owners.set_phone(owner, f"+86138{number(name, channel):08d}", verified=True)
    car = crm.vehicles.add(plate(name, channel), model="比亚迪 汉 EV")
    crm.vehicles.connect(owner.key, car.key)
    crm.identities.give_to_owner(channel, account(name, channel), owner.key)
    if name != "A13 complete the profile":
        owner.birthday = TODAY.replace(year=1990) if name.startswith("A3") else date(1990, 6, 1)
    if name.startswith("A4"):
        crm.consents.write(owner.key, MARKETING, channel, True)
    away = {"A5": TODAY - timedelta(days=2), "A4": date(2026, 8, 24)}.get(name.split()[0], date(2026, 8, 17))
    crm.visits.add(plate(name, channel), owner_id=owner.key, vehicle_id=car.key, visited_on=away, amount_fen=58_000)


def number(name: str, channel: str) -> int:
    return 10_000 + 10 * NAMES.index(name) + CHANNELS.index(channel)


def plate(name: str, channel: str) -> str:
    return f"粤B{number(name, channel)}"


def account(name: str, channel: str) -> str:
    digits = number(name, channel)
    return {"web": f"web-account-{digits}", "telegram": f"{digits}", "wechat": f"oWeChat{digits:021d}"}[channel]


def talks(phone: Phone, lines: Talk) -> None:
    for said, wanted in lines:
        if said.startswith("["):
            phone.taps(said[1:-1])
        elif said:
            phone.says(said)
        phone.reads(wanted)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("name", TALKS)
def test_what_an_owner_can_do(shop: Shop, name: str, channel: str) -> None:
    talks(shop.phone(name, channel), ON_WECHAT.get(name, TALKS[name]) if channel == "wechat" else TALKS[name])


def test_what_begins_with_a_message_of_the_shop(shop: Shop) -> None:
    begun = [(shop.phone(name, channel), lines) for name, lines in SHOP_FIRST.items() for channel in CHANNELS]
    for phone, lines in begun:
        talks(phone, lines[:1])
    assert shop.product.cli("tick", "--at", NEXT_DAY).code == 0
    for channel in CHANNELS:
        completes(shop.product, plate("A12 be told", channel))
    for phone, lines in begun:
        talks(phone, lines[1:])


def completes(product: Product, car: str) -> None:
    """The DMS says that the work on the car is done."""
    data = {
        "number": f"WO-{car}", "store": "ns", "plate": car, "amount": "580.00", "opened_at": CLOCK,
        "completed_at": NEXT_DAY, "items": [{"code": "maintenance", "name": "保养", "amount": "580.00"}],
    }  # fmt: skip
    event = {"id": f"e-{car}", "type": "work_order.completed", "occurred_at": NEXT_DAY, "data": data}
    body, moment = json.dumps(event).encode(), int(time.time())
    signature = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Huiche-Signature": f"t={moment},v1={signature}"}
    assert product.post("/api/v1/dms/events", body, headers).status == 202
