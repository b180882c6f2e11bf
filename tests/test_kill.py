"""kill -9 at any point of a talk, then a restart: nothing is lost, nothing is there twice."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.killing import (
    CLOCK,
    GROUP,
    Killer,
    opened_before,
    telegram_talk,
    wechat_talk,
    written,
)
from tests.product import Platform, Product

MakeProduct = Callable[..., Product]


def opened(product: MakeProduct, *platforms: Platform) -> Product:
    """A shop with a store and an advisor, running."""
    shop = product(*platforms, CLOCK=CLOCK, TELEGRAM_STAFF_CHAT=str(GROUP), start=False)
    shop.directory = opened_before()
    return shop.start()


def test_a_telegram_talk_survives_every_kill(product: MakeProduct) -> None:
    telegram_survives(product, seeds=(1, 2))


def test_a_wechat_talk_survives_every_kill(product: MakeProduct) -> None:
    wechat_survives(product, seeds=(1,))


def telegram_survives(product: MakeProduct, seeds: tuple[int, ...]) -> None:
    """The undisturbed talk, then one per seed with kills: the same is written, at most one send more per kill."""
    with FakeTelegram() as telegram:
        calm = opened(product, telegram)
        telegram_talk(telegram, Killer(calm, random.Random(0), willing=0))
        expected, sends = written(calm), len(telegram.sends)
        calm.stop()
    for seed in seeds:
        with FakeTelegram() as telegram:
            killer = Killer(opened(product, telegram), random.Random(seed))
            telegram_talk(telegram, killer)
            assert written(killer.shop) == expected, f"seed {seed}"
            assert 0 <= len(telegram.sends) - sends <= killer.kills, f"seed {seed}"
            killer.shop.stop()


def wechat_survives(product: MakeProduct, seeds: tuple[int, ...]) -> None:
    """The same over WeChat."""
    with FakeWeChat() as wechat:
        calm = opened(product, wechat)
        wechat_talk(wechat, Killer(calm, random.Random(0), willing=0))
        expected, sends = written(calm), len(wechat.sends)
        calm.stop()
    for seed in seeds:
        with FakeWeChat() as wechat:
            killer = Killer(opened(product, wechat), random.Random(seed), willing=0.7)
            wechat_talk(wechat, killer)
            assert written(killer.shop) == expected, f"seed {seed}"
            assert 0 <= len(wechat.sends) - sends <= killer.kills, f"seed {seed}"
            killer.shop.stop()


def test_an_interrupted_answer_leaves_soon_after_the_restart(product: MakeProduct) -> None:
    """The message is acknowledged, its answer hangs at Telegram, the process dies: the answer leaves again."""
    with FakeTelegram() as telegram:
        shop = opened(product, telegram)
        telegram.hang_next(1, seconds=1, only="sendMessage")
        li = telegram.user(1001, "李明")
        li.says("你好")
        telegram.wait_for(lambda: telegram.calls_of("sendMessage"))
        shop.restart(crash=True)
        li.waits_for(None, timeout=10)
