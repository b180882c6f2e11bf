"""Large crowds on three channels at once, with crashes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.crowd import ACCOUNTS, WebWalker, crowd, ends_well, open_shop, telegram_walker, wechat_walker
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.product import Product

MakeProduct = Callable[..., Product]


@pytest.mark.parametrize("seed", range(100, 120))
def test_a_crowd_ends_with_consistent_rows(
    telegram: FakeTelegram, wechat: FakeWeChat, product: MakeProduct, seed: int
) -> None:
    shop = product(telegram, wechat, CLOCK="2026-11-23T10:00:00+08:00", start=False)
    open_shop(shop)
    shop.start()
    walkers = [WebWalker(shop, account).acts for account in ACCOUNTS]
    crowd(shop, [*walkers, telegram_walker(telegram), wechat_walker(wechat)], seed, steps=60, kills=8)
    ends_well(shop)
