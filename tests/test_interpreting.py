"""A model beside the real product, over sockets: Telegram and WeChat owners, a good endpoint and bad ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.product import Product

CLOCK = "2026-11-23T10:00:00+08:00"
RIDDLE = "粤B12345这老伙计最近闹脾气，也不晓得是咋回事，大后天给瞅瞅，您几位都是明白人，费心给琢磨琢磨"
FACTS = [{"slot": "date", "value": "2026-11-26", "evidence": "大后天"}]
MakeProduct = Callable[..., Product]


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with FakeEndpoint() as fake:
        fake.answers({"intent": "booking", "facts": FACTS})
        yield fake
        assert fake.wrong == []


def opens(shop: Product) -> None:
    assert shop.cli("store", "add", "ns", "深圳南山店", "--bays", "general=2,quick=1").code == 0


def test_an_owner_in_telegram_is_understood_and_asked_for_the_rest(
    telegram: FakeTelegram, endpoint: FakeEndpoint, product: MakeProduct
) -> None:
    shop = product(telegram, endpoint, CLOCK=CLOCK, start=False)
    opens(shop)
    shop.start()
    li = telegram.user(1001, first_name="李明")
    li.starts()
    li.says(RIDDLE)
    li.waits_for("什么项目")
    assert all("12345" not in asked.raw for asked in endpoint.asked)


@pytest.mark.parametrize("manner", ["stall", "html", "drip"])
def test_a_wechat_owner_is_answered_within_five_seconds_whatever_the_endpoint_does(
    wechat: FakeWeChat, endpoint: FakeEndpoint, product: MakeProduct, manner: str
) -> None:
    endpoint.behaves(manner)
    shop = product(wechat, endpoint, CLOCK=CLOCK, start=False)
    opens(shop)
    shop.start()
    li = wechat.owner("oABCD1234567890abcdefghijklm")
    began = time.monotonic()
    assert li.says(RIDDLE) == 200
    assert time.monotonic() - began < 4.3
    assert li.inbox[-1].route == "passive"


def test_the_command_says_who_understood(endpoint: FakeEndpoint, product: MakeProduct) -> None:
    shop = product(endpoint, CLOCK=CLOCK, start=False)
    by_model = shop.cli("understand", RIDDLE, "--json").json
    assert by_model == {
        "intent": "booking",
        "slots": {"date": "2026-11-26", "plate": "粤B12345"},
        "by": "llm",
        "asks_back": False,
    }
    assert shop.cli("understand", "明天保养", "--json").json["by"] == "rules"
    endpoint.behaves("500")
    assert shop.cli("understand", RIDDLE, "--json").json["by"] == "rules"
