"""A crowd at the door: owners on several channels at once who say and tap anything, over HTTP, while the product dies
and comes back. Every message is answered in the end, nothing is a bug, and the rows agree with each other.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.consistency import inconsistencies
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.product import Product
from tests.records import ask, settled
from tests.walks import WORDS

OPENID, LI = "oLiMing00000000000000000000A", 1001
OWNER = f"姓名,手机,车牌,生日,wechat_openid,telegram_id\n李明,13800138000,粤B12345,1986-11-23,{OPENID},{LI}\n"
ACCOUNTS = ("walker-one-web", "walker-two-web")
PATIENCE = 60.0
Said = Callable[[random.Random], None]


def open_shop(shop: Product) -> None:
    """A store with little room, an advisor, and one owner who uses both WeChat and Telegram."""
    assert shop.cli("store", "add", "ns", "深圳南山店", "--bays", "general=1,quick=1").code == 0
    assert shop.cli("staff", "add", "王工", "--role", "advisor", "--store", "ns").code == 0
    (shop.directory / "owners.csv").write_text(OWNER, "utf-8")
    assert shop.cli("import", "owners.csv").code == 0


class WebWalker:
    """Somebody at the web chat, who says a message again until it is answered."""

    def __init__(self, shop: Product, account: str) -> None:
        self.shop, self.account, self.number = shop, account, 0
        self.choices: list[str] = []

    def acts(self, chance: random.Random) -> None:
        self.number += 1
        body: dict[str, Any] = {"id": f"m{self.number}"}
        if self.choices and chance.random() < 0.5:
            body["choice"] = chance.choice(self.choices)
        else:
            body["text"] = chance.choice(WORDS)
        first = self._posted(body)
        for message in first:
            self.choices = [choice["id"] for choice in message["choices"]] or self.choices
        if chance.random() < 0.2:
            assert self._posted(body) == first

    def _posted(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        until = time.monotonic() + PATIENCE
        while True:
            answer = self.shop.post(f"/api/v1/chat/{self.account}/messages", body)
            if answer.status == 200:
                messages: list[dict[str, Any]] = answer.json()["messages"]
                return messages
            assert answer.status in (0, 429, 503), answer.text
            assert time.monotonic() < until, answer.text
            time.sleep(1.0 if answer.status == 429 else 0.1)


def telegram_walker(telegram: FakeTelegram) -> Said:
    li = telegram.user(LI, "李明")

    def acts(chance: random.Random) -> None:
        buttons = [b["text"] for message in li.inbox[-3:] for row in message.buttons for b in row]
        if buttons and chance.random() < 0.5:
            li.taps(chance.choice(buttons))
        else:
            li.says(chance.choice([word for word in WORDS if word.strip()])[:4000])
        if chance.random() < 0.2:
            telegram.redeliver()

    return acts


def wechat_walker(wechat: FakeWeChat) -> Said:
    li = wechat.owner(OPENID)

    def acts(chance: random.Random) -> None:
        said = li.says(chance.choice([*"123", *WORDS]).replace("]]>", "") or "你好")
        if said == 0 or chance.random() < 0.2:
            wechat.repeat_reencrypted(said)

    return acts


def crowd(shop: Product, walkers: list[Said], seed: int, steps: int, kills: int = 0) -> None:
    """Each walker in a thread of its own; the product is killed that often meanwhile."""
    problems: list[BaseException] = []

    def walk(number: int, acts: Said) -> None:
        chance = random.Random(f"{seed} {number}")
        try:
            for _ in range(steps):
                acts(chance)
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=walk, args=(n, acts)) for n, acts in enumerate(walkers)]
    for thread in threads:
        thread.start()
    chance = random.Random(seed)
    for _ in range(kills):
        time.sleep(chance.uniform(0.2, 1.5))
        shop.restart(crash=True)
    for thread in threads:
        thread.join()
    assert not problems, problems[0]


def ends_well(shop: Product) -> None:
    """What must hold when everybody has gone home."""
    settled(shop)
    bugs = ask(shop, "SELECT error FROM message_in WHERE state = 'failed'")
    assert not bugs, bugs[:3]
    failed = ask(shop, "SELECT kind, reason FROM outbox WHERE state = 'failed' AND kind = 'bubble' AND rank < 3")
    assert not [reason for _, reason in failed if "bug" in reason], failed[:3]
    wrong = inconsistencies(lambda question: ask(shop, question))
    assert not wrong, wrong
