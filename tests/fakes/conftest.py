"""An owner who has started the Telegram bot, and one who follows the WeChat account of a small shop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.telegram import FakeTelegram, FakeUser
from tests.fakes.wechat import FakeOwner, FakeWeChat
from tests.fakes.wechat_shop import OPENID, Shop


@pytest.fixture
def fake(telegram: FakeTelegram) -> FakeTelegram:
    return telegram


@pytest.fixture
def li(fake: FakeTelegram) -> FakeUser:
    user = fake.user(1001, first_name="李明", language_code="zh-hans")
    user.starts()
    return user


@pytest.fixture
def shop(wechat: FakeWeChat) -> Iterator[Shop]:
    with Shop() as product:
        wechat.connect(product.base_url)
        yield product


@pytest.fixture
def wang(wechat: FakeWeChat, shop: Shop) -> FakeOwner:
    return wechat.owner(OPENID)
