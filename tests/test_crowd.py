"""A small crowd on three channels at once, with a crash in the middle; `make soak` brings a large one."""

from __future__ import annotations

from collections.abc import Callable

from tests.crowd import ACCOUNTS, WebWalker, crowd, ends_well, open_shop, telegram_walker, wechat_walker
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.product import Product

MakeProduct = Callable[..., Product]


def test_a_crowd_on_three_channels_and_a_crash_end_with_consistent_rows(
    telegram: FakeTelegram, wechat: FakeWeChat, product: MakeProduct
) -> None:
    shop = product(telegram, wechat, CLOCK="2026-11-23T10:00:00+08:00", start=False)
    open_shop(shop)
    shop.start()
    walkers = [WebWalker(shop, account).acts for account in ACCOUNTS]
    crowd(shop, [*walkers, telegram_walker(telegram), wechat_walker(wechat)], seed=1, steps=8, kills=1)
    ends_well(shop)
