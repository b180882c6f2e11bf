"""Two servers and two workers on one PostgreSQL and one Redis, which come and go while people talk."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests import servers
from tests.fakes.telegram import FakeTelegram, FakeUser
from tests.fakes.telegram_state import BotMessage
from tests.killing import CLOCK, GROUP, WANG, open_shop
from tests.product import Product
from tests.records import ask, count, settled

MakeProduct = Callable[..., Product]
PATIENCE = 40.0
OWNERS = {1001: ("李明", "粤B12345"), 1002: ("王芳", "粤B23456"), 1003: ("赵强", "粤B34567")}
HOURS = {1001: "三", 1002: "四", 1003: "三"}


class Town:
    """Owners whose every message goes to one of the servers."""

    def __init__(self, telegram: FakeTelegram, shops: list[Product]) -> None:
        self.telegram, self.shops = telegram, shops
        self.dice = random.Random(7)
        self.owners = [telegram.user(number, name) for number, (name, _) in OWNERS.items()]
        self.wang, self.group = telegram.user(WANG, "王工"), telegram.group(GROUP)

    def all_do(self, step: Callable[[FakeUser], object], see: str) -> None:
        """Each owner does it, and sees the answer; what a server did not take is delivered again."""
        for owner in self.owners:
            self.anywhere(lambda owner=owner: step(owner))  # type: ignore[misc]
        for owner in self.owners:
            owner.waits_for(see, PATIENCE)

    def anywhere(self, step: Callable[[], object]) -> None:
        self.telegram.connect(self.dice.choice(self.shops).url)
        step()
        while self.telegram.redeliver():
            self.telegram.connect(self.dice.choice(self.shops).url)


def test_the_same_talks_end_the_same_on_many_processes(
    product: MakeProduct, telegram: FakeTelegram, postgres_url: str, redis_server: servers.Redis
) -> None:
    settings = {"DATABASE_URL": postgres_url, "REDIS_URL": redis_server.url, "TELEGRAM_STAFF_CHAT": str(GROUP)}
    one = product(telegram, command=("serve", "--no-worker"), start=False, CLOCK=CLOCK, **settings)
    open_shop(one)
    other = one.beside("serve", "--no-worker")
    every = (one, other, one.beside("worker"), one.beside("worker"))
    for each in every:
        each.start(wait=False)
    for each in every:
        each.wait_until_ready()
    town = Town(telegram, [one, other])
    with ThreadPoolExecutor(1) as hand:
        town.all_do(lambda owner: owner.starts(), "我可以帮您")
        redis_server.kill9()
        town.all_do(lambda owner: owner.says(wish(owner)), "手机号")
        restarted = hand.submit(servers.postgres().restart)
        town.all_do(lambda owner: owner.says("跳过"), "请确认")
        restarted.result()
        redis_server.start()
        servers.postgres().disconnect_everybody()
        town.all_do(lambda owner: owner.taps("确认预约"), "已为您预约")
    takes_every_card(town)
    settled(one)
    assert_everything_is_there_once(town, one)


def cards(town: Town) -> list[BotMessage]:
    """The cards of the bookings; the morning's digest stands in the group too."""
    return [message for message in town.group.inbox if "新预约" in message.text]


def wish(owner: FakeUser) -> str:
    return f"明天下午{HOURS[owner.id]}点给{OWNERS[owner.id][1]}做保养"


def takes_every_card(town: Town) -> None:
    town.telegram.wait_for(lambda: len(cards(town)) == len(OWNERS), PATIENCE, "all cards")
    for card in cards(town):
        town.anywhere(lambda card=card: town.wang.taps("我来跟进", on=card))  # type: ignore[misc]
        town.telegram.wait_for(lambda card=card: "王工 已领取" in card.text, PATIENCE, "taken")  # type: ignore[misc]


def assert_everything_is_there_once(town: Town, shop: Product) -> None:
    assert sorted(ask(shop, "SELECT plate, status FROM appointment")) == [
        (plate, "booked") for _, plate in sorted(OWNERS.values(), key=lambda owner: owner[1])
    ]
    assert count(shop, "task", "status = 'taken'") == len(OWNERS)
    assert len(cards(town)) == len(OWNERS)
    assert count(shop, "message_in", "state <> 'done'") == 0
    for owner in town.owners:
        assert Counter(owner.inbox.texts).most_common(1)[0][1] == 1, owner.inbox.texts
